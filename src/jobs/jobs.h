/* The queue and its runners.
 *
 * Jobs wait in lanes (jobs/lanes.h) and are drawn by `runners` threads that share one computing
 * pool, so a poster of 50 ms does not wait behind a rendering of 20 s. With a database every job
 * is written down before it waits and every change of its state before anybody hears of it
 * (jobs/journal.h); a durable job that waits costs a few hundred bytes, because its request stays
 * in the database until its turn comes. Thread-safe. */
#ifndef CT_JOBS_JOBS_H
#define CT_JOBS_JOBS_H

#include "base/log.h"
#include "contract/parse.h"
#include "jobs/job.h"
#include "image/decoder.h"
#include "jobs/recipes.h"
#include "store/db.h"

struct ct_jobs;
struct ct_prompt_log;
struct ct_job_stats;

struct ct_jobs_options {
    int runners;                  /* 0 = CPUs + 1, at least 2 */
    int queue_max;                /* waiting jobs whose clients wait too; 0 = 256 */
    int durable_max;              /* waiting durable jobs; 0 = 100,000 */
    struct ct_pictures *pictures; /* for URLs and durable jobs; may be NULL when nobody asks */
    const char *software;         /* PNG "Software"; lives as long as the jobs */
    const struct ct_recipes *recipes; /* lives as long as the jobs; may be NULL */
    struct ct_decoder *decoder; /* of input pictures; NULL: they are decoded in this process */
    struct ct_db *db;             /* NULL: jobs live in memory only, and none is durable */
    int64_t keep_ms;              /* how long an ended job can be asked for; 0 = 24 hours */
    const struct ct_callbacks *callbacks; /* lives as long as the jobs; NULL: nobody is told */
    struct ct_job_files *files;   /* the input pictures of durable jobs; NULL: they have none */
    struct ct_spend *spend;       /* settles what jobs hold; may be NULL */
    struct ct_engine *engine;     /* draws durable jobs; needed with db */
    const struct ct_contract *contract; /* reads their requests again; needed with db */
    struct ct_log *log;                 /* may be NULL */
    const struct ct_prompt_log *prompts; /* lives as long as the jobs; may be NULL */
};

/* With a database: first settles what a server that died left behind, then queues what is durable
 * and not done. */
CT_MUSTCHECK ct_code ct_jobs_start(struct ct_jobs **out, const struct ct_jobs_options *options,
                                   struct ct_err *err);
/* Writes the job down and queues it (with references of its own). CT_E_OVERLOADED when the queue is
 * full, CT_E_DRAINING after ct_jobs_drain(), CT_E_STORAGE when the database cannot keep up; then
 * on_end is not called. Otherwise it is, once. Of a durable job the observer hears on_accepted (or
 * on_end, when it could not be written) and nothing more: what comes of it is in its row. */
CT_MUSTCHECK ct_code ct_jobs_submit(struct ct_jobs *jobs, struct ct_job *job, struct ct_err *err);
/* Asks the job to stop: at once when queued, within the engine's cancel contract when running.
 * Idempotent; after the end it does nothing. Does not wait. */
void ct_jobs_cancel(struct ct_jobs *jobs, struct ct_job *job);

/* What is known of a job that waits or runs. */
struct ct_job_view {
    bool running;
    bool cancelling;
    int progress;       /* per cent */
    int position;       /* waiting ones that are likely to come before it; 0 when running */
    int estimated_s;    /* until it is done, from recent work; -1: nothing to go by */
};
/* false: it has ended, or never was; its row tells. */
bool ct_jobs_look(struct ct_jobs *jobs, struct ct_slice id, struct ct_job_view *out);

enum ct_cancel_result {
    CT_CANCEL_NOT_LIVE, /* it has ended, or never was */
    CT_CANCEL_ENDING,   /* it was waiting: `then` hears when its end is durable */
    CT_CANCEL_ASKED,    /* it runs and was told to stop */
};
/* Cancels by id. `then` may be called before this returns, or on the database's thread. */
enum ct_cancel_result ct_jobs_cancel_id(struct ct_jobs *jobs, struct ct_slice id,
                                        void (*then)(void *ctx, ct_code rc), void *ctx);

/* What has been drawn since the start; lives as long as the jobs. Thread-safe. */
struct ct_job_stats *ct_jobs_stats(struct ct_jobs *jobs);

/* Waiting and running jobs; by lane may be NULL. */
void ct_jobs_count(struct ct_jobs *jobs, int *queued, int *running);
void ct_jobs_count_lanes(struct ct_jobs *jobs, int waiting[CT_LANE_COUNT]);
/* Ends waiting jobs whose deadline is over, and writes ends down that could not be written; once a
 * second is often enough. Waits for the database. */
void ct_jobs_sweep(struct ct_jobs *jobs);
/* No new work from now on. Waits until all is done or deadline_ms passed, then cancels the rest
 * and waits for it. Durable jobs that are not done stay queued in the database for the next start;
 * those that wait are left alone at once. */
void ct_jobs_drain(struct ct_jobs *jobs, int deadline_ms);
void ct_jobs_stop(struct ct_jobs **jobs); /* drains with deadline 0, joins, frees */

#endif
