/* What has been drawn since the start, for /metrics: counted at the end of every job, without a
 * lock. */
#ifndef CT_JOBS_STATS_H
#define CT_JOBS_STATS_H

#include "base/metric.h"
#include "jobs/job.h"

#define CT_STATS_ENGINES 4 /* counted apart; further ones with the last */

enum ct_stage {
    CT_STAGE_RECEIVE, /* body and input pictures, before the queue; requests whose client waits */
    CT_STAGE_QUEUE,
    CT_STAGE_DRAW,
    CT_STAGE_ENCODE,
    CT_STAGE_STORE,
    CT_STAGE_SEND,  /* from the job's end to the last byte; requests whose client waits */
    CT_STAGE_TOTAL, /* of all these; requests whose client waits */
    CT_STAGE_COUNT
};
const char *ct_stage_name(enum ct_stage stage);

struct ct_engine_stats {
    _Atomic(const struct ct_engine *) engine; /* NULL: unused, and so are all that follow */
    struct ct_histogram stages[CT_STAGE_COUNT];
    atomic_uint_least64_t pictures, input_tokens, output_tokens;
    atomic_uint_least64_t cost; /* nano-dollars; simulated unless the engine charges */
};

struct ct_job_stats { /* all zero: nothing yet */
    struct ct_engine_stats engines[CT_STATS_ENGINES];
    atomic_uint_least64_t ended[CT_JOB_STATE_COUNT]; /* by the state at the end */
};

struct ct_engine_stats *ct_stats_of_engine(struct ct_job_stats *stats,
                                           const struct ct_engine *engine);
/* A job that has just ended, once. */
void ct_stats_add_end(struct ct_job_stats *stats, const struct ct_job *job);

#endif
