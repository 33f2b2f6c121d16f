/* The queue and its runners.
 *
 * First in, first out, bounded; `runners` jobs draw at once and share one computing pool, so a
 * poster of 50 ms does not wait behind a rendering of 20 s. Thread-safe. */
#ifndef CT_JOBS_JOBS_H
#define CT_JOBS_JOBS_H

#include "jobs/job.h"
#include "jobs/recipes.h"

struct ct_jobs;

struct ct_jobs_options {
    int runners;                  /* 0 = CPUs + 1, at least 2 */
    int queue_max;                /* waiting jobs; 0 = 256 */
    struct ct_pictures *pictures; /* for CT_REPLY_URL; may be NULL when nobody asks for it */
    const char *software;         /* PNG "Software"; lives as long as the jobs */
    const struct ct_recipes *recipes; /* lives as long as the jobs; may be NULL */
};

CT_MUSTCHECK ct_code ct_jobs_start(struct ct_jobs **out, const struct ct_jobs_options *options,
                                   struct ct_err *err);
/* Queues the job (the queue takes a reference of its own). CT_E_OVERLOADED when the queue is
 * full, CT_E_DRAINING after ct_jobs_drain(); then on_end is not called. */
CT_MUSTCHECK ct_code ct_jobs_submit(struct ct_jobs *jobs, struct ct_job *job, struct ct_err *err);
/* Asks the job to stop: at once when queued, within the engine's cancel contract when running.
 * Idempotent; after the end it does nothing. */
void ct_jobs_cancel(struct ct_jobs *jobs, struct ct_job *job);
/* Waiting and running jobs. */
void ct_jobs_count(struct ct_jobs *jobs, int *queued, int *running);
/* No new work from now on. Waits until all is done or deadline_ms passed, then cancels the rest
 * and waits for it. */
void ct_jobs_drain(struct ct_jobs *jobs, int deadline_ms);
void ct_jobs_stop(struct ct_jobs **jobs); /* drains with deadline 0, joins, frees */

#endif
