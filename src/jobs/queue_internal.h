/* What queue.c and runner.c share. */
#ifndef CT_JOBS_QUEUE_INTERNAL_H
#define CT_JOBS_QUEUE_INTERNAL_H

#include "jobs/entry.h"
#include "jobs/jobs.h"
#include "jobs/journal.h"
#include "jobs/run.h"
#include "jobs/stats.h"
#include "jobs/unwritten.h"

#include <pthread.h>

#define CT_MAX_RUNNERS 64

struct ct_jobs {
    pthread_mutex_t lock; /* guards everything down to `threads` */
    pthread_cond_t work;  /* a job was queued or put back, or stop */
    pthread_cond_t idle;  /* a job ended */
    struct ct_lanes *lanes;
    struct ct_entries entries; /* waiting and running */
    int n_pending[2];          /* being written down; [1]: durable ones */
    int n_waiting[2], n_running;
    int n_ending; /* never ran, and their end is being written */
    bool draining, stop;
    struct ct_entry *running[CT_MAX_RUNNERS]; /* by runner; NULL when idle */
    double recent_us_per_cost;                /* a moving mean; 0: nothing has run yet */

    pthread_t threads[CT_MAX_RUNNERS];
    int n_threads;
    struct ct_jobs_options options;
    struct ct_journal journal;
    struct ct_run run;
    struct ct_pool *pool;
    struct ct_job_stats stats;
    struct ct_unwritten unwritten;
};

/* Starts one more runner thread (runner.c). */
CT_MUSTCHECK ct_code ct_jobs__start_runner(struct ct_jobs *jobs, struct ct_err *err);
/* With the lock held: the entry leaves the queue's tables; the caller frees it. */
void ct_jobs__forget(struct ct_jobs *jobs, struct ct_entry *entry);
/* With the lock held: queues an entry and wakes a runner; false: out of memory. */
bool ct_jobs__enqueue(struct ct_jobs *jobs, struct ct_entry *entry);

#endif
