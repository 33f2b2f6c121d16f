/* Drawing one job, start to end, on the calling thread: what a runner does, and what the command
 * line does when it draws in process. */
#ifndef CT_JOBS_RUN_H
#define CT_JOBS_RUN_H

#include "base/log.h"
#include "jobs/journal.h"
#include "image/decoder.h"
#include "jobs/recipes.h"

struct ct_prompt_log;
struct ct_job_stats;
struct ct_unwritten;

struct ct_run {
    struct ct_pool *pool;             /* may be NULL */
    struct ct_pictures *pictures;     /* may be NULL unless the request wants URLs */
    const char *software;             /* PNG "Software"; may be NULL */
    const struct ct_journal *journal; /* NULL: changes of state happen in memory only */
    struct ct_log *log;               /* may be NULL */
    const struct ct_prompt_log *prompts; /* how the log tells of prompts; NULL: it does not */
    struct ct_unwritten *unwritten; /* of clients' jobs; may be NULL */
    struct ct_job_stats *stats; /* where ends are counted; may be NULL */
    const struct ct_recipes *recipes; /* gives pictures their recipes; may be NULL */
    struct ct_decoder *decoder; /* of input pictures; NULL: they are decoded in this process */
};

/* Takes a queued job through running and finishing to its end and calls its observer. When the
 * journal cannot be written before the drawing, a client's job fails without drawing; a durable
 * one waits until it can. A durable job that is stopped with CT_JOB_CANCEL_PUT_BACK does not end:
 * it is queued in its row again. */
void ct_job_run(struct ct_job *job, const struct ct_run *run);

#endif
