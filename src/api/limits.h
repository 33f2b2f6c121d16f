/* The caller's requests, images and tokens a minute, and the fields that tell of them. */
#ifndef CT_API_LIMITS_H
#define CT_API_LIMITS_H

#include "contract/image_request.h"
#include "policy/rate.h"

struct ct_call;
struct ct_call_fields;

/* What the x-ratelimit-* fields of a call say; part of it. */
struct ct_limits {
    struct {
        char limit[24], remaining[24], reset[24];
    } texts[CT_RATE_KINDS]; /* limit "": there is none */
    int64_t retry_us;       /* of a refusal, see policy/rate.h */
    char retry_s[24], retry_ms[24];
};

/* Looks at the buckets without taking, so that also a refusal for another reason can tell. */
void ct_limits_look(struct ct_call *call);
/* Takes the request from the buckets of its key, or refuses it. Loop thread only. */
CT_MUSTCHECK ct_code ct_limits_take(struct ct_call *call, const struct ct_image_request *request,
                                    struct ct_err *err);
/* x-ratelimit-*; nothing for a key without limits. The values live as long as the call. */
void ct_limits_put(const struct ct_call *call, struct ct_call_fields *fields);
/* retry-after, retry-after-ms, or x-should-retry, of a 429 and of repeated requests. */
void ct_limits_put_retry(struct ct_call *call, const struct ct_err *err,
                         struct ct_call_fields *fields);

#endif
