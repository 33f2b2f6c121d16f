/* Drawing one job, start to end, on the calling thread: what a runner does, and what the command
 * line does when it draws in process. */
#ifndef CT_JOBS_RUN_H
#define CT_JOBS_RUN_H

#include "jobs/job.h"
#include "jobs/recipes.h"

struct ct_run {
    struct ct_pool *pool;         /* may be NULL */
    struct ct_pictures *pictures; /* may be NULL unless the request wants URLs */
    const char *software;         /* PNG "Software"; may be NULL */
    const struct ct_recipes *recipes; /* gives pictures their recipes; may be NULL */
};

/* Takes a queued job through running and finishing to its end and calls its observer. A job that
 * was cancelled while queued is left alone (whoever cancelled it ended it). */
void ct_job_run(struct ct_job *job, const struct ct_run *run);
/* Ends a job that never ran: queued -> cancelled with this error, on_end. false: it was faster. */
bool ct_job_end_queued(struct ct_job *job, ct_code code, const char *why);

#endif
