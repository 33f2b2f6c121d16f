/* A job: one image_request on its way to pictures.
 *
 *   queued -> running -> finishing -> done
 *      \________\____________\-----> failed | cancelled
 *
 * ct_jobs_submit() queues it, a runner thread draws it with the engine, encodes each picture as
 * it comes, stores it when the reply is to carry URLs, and tells the observer. The state changes
 * in one function over one table of legal edges (job.c).
 *
 * A job is reference counted: the submitter holds one, the queue and runner another. Results are
 * immutable once on_end was called. */
#ifndef CT_JOBS_JOB_H
#define CT_JOBS_JOB_H

#include "engines/engine.h"
#include "store/pictures.h"

#include <stdatomic.h>

enum ct_job_state {
    CT_JOB_QUEUED,
    CT_JOB_RUNNING,
    CT_JOB_FINISHING, /* every picture is drawn; the last is being encoded and stored */
    CT_JOB_DONE,
    CT_JOB_FAILED,
    CT_JOB_CANCELLED,
    CT_JOB_STATE_COUNT
};

const char *ct_job_state_name(enum ct_job_state state);
/* The table of legal edges. */
bool ct_job_edge(enum ct_job_state from, enum ct_job_state to);

#define CT_JOB_MAX_PICTURES 10
#define CT_JOB_MAX_WARNINGS 32

struct ct_job_picture {
    struct ct_blob *file;           /* encoded; owned by the job */
    char name[CT_PICTURE_NAME_MAX]; /* in the picture store; "" when not stored */
    int32_t seed;
};

struct ct_job;

/* All called on the runner's thread, in this order: progress and partials between, each picture
 * once, end exactly once and last (also for a job cancelled while queued: then on the thread that
 * cancelled or drained). Callbacks must not block for long: the runner waits. Any may be NULL. */
struct ct_job_observer {
    void *ctx;
    void (*on_progress)(void *ctx, struct ct_job *job, double fraction, const char *stage);
    /* An encoded partial picture; borrowed. */
    void (*on_partial)(void *ctx, struct ct_job *job, int picture, int partial_index,
                       struct ct_blob *file);
    void (*on_picture)(void *ctx, struct ct_job *job, int picture);
    void (*on_end)(void *ctx, struct ct_job *job);
};

struct ct_job {
    /* Set by the submitter, immutable afterwards. */
    const struct ct_image_request *request; /* in `arena`; its input files are owned */
    struct ct_arena *arena;                 /* owned */
    struct ct_blob *body;                   /* what the request's slices point into; owned */
    struct ct_engine *engine;               /* borrowed; outlives all jobs */
    struct ct_job_observer observer;

    /* Results, valid in on_picture (that picture) and from on_end on. */
    struct ct_job_picture pictures[CT_JOB_MAX_PICTURES];
    int n_pictures;
    char *warnings[CT_JOB_MAX_WARNINGS]; /* owned; complete before the first picture */
    int n_warnings;
    int partials_sent; /* over all pictures */
    struct ct_err err; /* when failed or cancelled */

    int64_t queued_us, started_us, drawn_us, ended_us; /* ct_clock_us(); 0 = not reached */

    atomic_int state;  /* enum ct_job_state; written only by ct_job_set_state() */
    atomic_int cancel; /* non-zero: stop */
    atomic_int refs;
    struct ct_job *next; /* in the queue; its lock */
};

/* Takes the request's input files, arena and body, also on failure. NULL: out of memory. */
struct ct_job *ct_job_new(const struct ct_image_request *request, struct ct_arena *arena,
                          struct ct_blob *body, struct ct_engine *engine,
                          const struct ct_job_observer *observer);
struct ct_job *ct_job_ref(struct ct_job *job);
void ct_job_unref(struct ct_job **job);
enum ct_job_state ct_job_state(const struct ct_job *job);
/* The only function that changes a job's state; aborts on an edge that is not in the table, which
 * is a bug of ours and never reachable by input. Returns false when another thread was faster
 * (the state is no longer `from`). */
bool ct_job_set_state(struct ct_job *job, enum ct_job_state from, enum ct_job_state to);

#endif
