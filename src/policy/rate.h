/* Requests, images and tokens a minute, by key: token buckets, exact under concurrency.
 *
 * A bucket holds a minute's worth and fills evenly. A request takes from all three or from none.
 * Thread-safe. */
#ifndef CT_POLICY_RATE_H
#define CT_POLICY_RATE_H

#include "store/key_rows.h"

struct ct_rate;

/* NULL: out of memory. */
struct ct_rate *ct_rate_new(void);
void ct_rate_free(struct ct_rate **rate);

enum ct_rate_kind { CT_RATE_REQUESTS, CT_RATE_IMAGES, CT_RATE_TOKENS, CT_RATE_KINDS };

/* One bucket as it is after a request was let in or refused. */
struct ct_rate_level {
    int64_t limit; /* 0: there is none, and the rest means nothing */
    int64_t remaining;
    int64_t reset_us; /* until it is full again */
};

struct ct_rate_levels {
    struct ct_rate_level of[CT_RATE_KINDS];
    int64_t
        retry_us; /* of a refusal: until there is enough; -1: never, it is more than a minute's */
};

struct ct_rate_request {
    const char *key_id;
    const struct ct_key_limits *limits;
    int64_t costs[CT_RATE_KINDS]; /* all 0: only looks */
    /* For the sentence of a refusal. */
    const char *model, *organization;
};

/* CT_E_RATE, CT_E_RATE_IMAGES or CT_E_RATE_TOKENS in the official words. *out is filled always. */
CT_MUSTCHECK ct_code ct_rate_take(struct ct_rate_levels *out, struct ct_rate *rate,
                                  const struct ct_rate_request *request, int64_t now_us,
                                  struct ct_err *err);

/* "1s", "6m0s", "120ms", as the official headers write it. */
void ct_rate_duration(char out[24], int64_t us);

#endif
