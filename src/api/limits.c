/* See limits.h. The texts are made where the buckets are looked at, so that the reply, which may
 * come from another thread and much later, tells of the moment the request was let in. */
#include "api/limits.h"

#include "api/call.h"
#include "base/clock.h"
#include "contract/usage.h"

#include <inttypes.h>
#include <stdio.h>

static ct_code ask(struct ct_call *call, const int64_t costs[CT_RATE_KINDS], const char *model,
                   struct ct_err *err)
{
    struct ct_rate_levels levels;
    struct ct_limits *l = &call->limits;
    struct ct_rate_request rq = {
        .key_id = call->caller.key_id,
        .limits = &call->caller.limits,
        .model = model,
        .organization = call->organization[0] ? call->organization : call->api->organization,
    };
    memcpy(rq.costs, costs, sizeof(rq.costs));
    ct_code rc = ct_rate_take(&levels, call->api->rate, &rq, ct_clock_us(), err);
    for (int k = 0; k < CT_RATE_KINDS; k++) {
        if (!levels.of[k].limit)
            continue;
        snprintf(l->texts[k].limit, 24, "%" PRId64, levels.of[k].limit);
        snprintf(l->texts[k].remaining, 24, "%" PRId64, levels.of[k].remaining);
        ct_rate_duration(l->texts[k].reset, levels.of[k].reset_us);
    }
    l->retry_us = levels.retry_us;
    return rc;
}

void ct_limits_look(struct ct_call *call)
{
    static const int64_t nothing[CT_RATE_KINDS] = { 0 };
    (void)!ask(call, nothing, "", NULL);
}

ct_code ct_limits_take(struct ct_call *call, const struct ct_image_request *request,
                       struct ct_err *err)
{
    struct ct_usage usage = ct_usage_of(request, (int64_t)request->n * request->partial_images);
    const int64_t costs[CT_RATE_KINDS] = {
        [CT_RATE_REQUESTS] = 1,
        [CT_RATE_IMAGES] = request->n,
        [CT_RATE_TOKENS] =
            usage.text_tokens_in + usage.image_tokens_in + usage.image_tokens_out,
    };
    return ask(call, costs, request->model->id, err);
}

void ct_limits_put(const struct ct_call *call, struct ct_call_fields *fields)
{
    static const struct {
        const char *limit, *remaining, *reset;
    } names[] = {
        [CT_RATE_REQUESTS] = { "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests",
                               "x-ratelimit-reset-requests" },
        [CT_RATE_IMAGES] = { "x-ratelimit-limit-images", "x-ratelimit-remaining-images",
                             "x-ratelimit-reset-images" },
        [CT_RATE_TOKENS] = { "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens",
                             "x-ratelimit-reset-tokens" },
    };
    for (int k = 0; k < CT_RATE_KINDS; k++) {
        if (!call->limits.texts[k].limit[0])
            continue;
        ct_call_add_field(fields, names[k].limit, ct_slice(call->limits.texts[k].limit));
        ct_call_add_field(fields, names[k].remaining, ct_slice(call->limits.texts[k].remaining));
        ct_call_add_field(fields, names[k].reset, ct_slice(call->limits.texts[k].reset));
    }
}

void ct_limits_put_retry(struct ct_call *call, const struct ct_err *err,
                         struct ct_call_fields *fields)
{
    struct ct_limits *l = &call->limits;
    bool rate = err->code == CT_E_RATE || err->code == CT_E_RATE_IMAGES ||
                err->code == CT_E_RATE_TOKENS;
    if (err->code == CT_E_IDEMPOTENCY_BUSY) {
        ct_call_add_field(fields, "x-should-retry", CT_S("true"));
        ct_call_add_field(fields, "retry-after", CT_S("1"));
    } else if (err->code == CT_E_QUOTA || err->code == CT_E_IDEMPOTENCY_REUSE ||
               err->code == CT_E_IDEMPOTENCY_GONE || (rate && l->retry_us < 0)) {
        ct_call_add_field(fields, "x-should-retry", CT_S("false"));
    } else if (rate) {
        snprintf(l->retry_s, sizeof(l->retry_s), "%" PRId64, (l->retry_us + 999999) / 1000000);
        snprintf(l->retry_ms, sizeof(l->retry_ms), "%" PRId64, (l->retry_us + 999) / 1000);
        ct_call_add_field(fields, "retry-after", ct_slice(l->retry_s));
        ct_call_add_field(fields, "retry-after-ms", ct_slice(l->retry_ms));
    }
}
