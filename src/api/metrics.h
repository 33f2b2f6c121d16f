/* GET /metrics, and what the api counts for it. */
#ifndef CT_API_METRICS_H
#define CT_API_METRICS_H

#include "base/metric.h"

#define CT_STATS_ROUTES 64  /* rows of routes.def at most */
#define CT_STATS_CLASSES 6  /* by the first digit of a status */
#define CT_STATS_CACHE 4    /* enum ct_cache_outcome */

struct ct_api_stats { /* all zero: nothing yet */
    atomic_uint_least64_t requests[CT_STATS_ROUTES + 1][CT_STATS_CLASSES]; /* [0]: of no route */
    atomic_uint_least64_t errors[CT_CODE_COUNT];
    atomic_uint_least64_t cache[CT_STATS_CACHE];
};

struct ct_call;
/* A reply that is sent, or will never be; once a call, on its loop. */
void ct_metrics_count(struct ct_call *call, int status);

#endif
