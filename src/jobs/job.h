/* A job: one image_request on its way to pictures (docs/jobs.md).
 *
 *   queued -> running -> finishing -> done
 *      \________\____________\-----> failed | cancelled | expired
 *
 * ct_jobs_submit() writes it down and queues it, a runner thread draws it with the engine, encodes
 * each picture as it comes, stores it, and tells the observer. The state changes in one function
 * over one table of legal edges (job.c), and is in the journal before anybody hears of it.
 *
 * A job is reference counted: the submitter holds one, the queue and runner another. Results are
 * immutable once on_end was called. */
#ifndef CT_JOBS_JOB_H
#define CT_JOBS_JOB_H

#include "engines/engine.h"
#include "jobs/lanes.h"
#include "policy/spend.h"
#include "store/job_rows.h"
#include "store/key_rows.h"
#include "store/pictures.h"

#include <stdatomic.h>

/* The numbers are in databases: new ones go to the end. */
enum ct_job_state {
    CT_JOB_QUEUED,
    CT_JOB_RUNNING,
    CT_JOB_FINISHING, /* every picture is drawn; the last is being encoded and stored */
    CT_JOB_DONE,
    CT_JOB_FAILED,
    CT_JOB_CANCELLED,
    CT_JOB_EXPIRED, /* its deadline came before its turn */
    CT_JOB_SENT,    /* handed to a paying provider: it is bought, whatever happens to us */
    CT_JOB_UNKNOWN, /* was sent, and no answer came: never sent again without a person's word */
    CT_JOB_STATE_COUNT
};

const char *ct_job_state_name(enum ct_job_state state);
/* done, failed, cancelled, expired: nothing follows. */
bool ct_job_state_ends(enum ct_job_state state);
/* The table of legal edges. */
bool ct_job_edge(enum ct_job_state from, enum ct_job_state to);

#define CT_JOB_MAX_PICTURES 10
#define CT_JOB_MAX_WARNINGS 32

struct ct_job_picture {
    struct ct_blob *file;           /* encoded; owned by the job */
    char name[CT_PICTURE_NAME_MAX]; /* in the picture store; "" when not stored */
    int64_t bytes;                  /* of the file, also when it has gone */
    int32_t seed;
};

/* Why a job is to stop. */
enum ct_job_cancel {
    CT_JOB_CANCEL_ASKED = 1, /* its client left, or asked for it */
    CT_JOB_CANCEL_PUT_BACK,  /* durable, and the server is stopping: back to queued */
};

struct ct_callbacks;
struct ct_job_files;
struct ct_job;

/* accepted first, on the journal's thread, when the job is durable; the others on the runner's:
 * progress and partials between, each picture once, end exactly once and last (also for a job that
 * never ran: then on the thread that cancelled, drained or found its deadline over). A job that
 * could not be written down ends without being accepted. Callbacks must not block for long: the
 * runner waits. Any may be NULL. */
struct ct_job_observer {
    void *ctx;
    void (*on_accepted)(void *ctx, struct ct_job *job);
    void (*on_progress)(void *ctx, struct ct_job *job, double fraction, const char *stage);
    /* An encoded partial picture; borrowed. */
    void (*on_partial)(void *ctx, struct ct_job *job, int picture, int partial_index,
                       struct ct_blob *file);
    void (*on_picture)(void *ctx, struct ct_job *job, int picture);
    void (*on_end)(void *ctx, struct ct_job *job);
};

/* What stands or falls with a job: rows of somebody else's in the transactions that accept and end
 * it. Any may be NULL. `ctx` lives until on_end (of a durable job: until on_accepted or on_end). */
struct ct_job_rider {
    void *ctx;
    /* On the database's thread, inside the transaction. An error undoes the job's part as well. */
    ct_code (*accept)(void *ctx, struct ct_sql *sql, const struct ct_job *job, struct ct_err *err);
    ct_code (*end)(void *ctx, struct ct_sql *sql, const struct ct_job *job, struct ct_err *err);
    /* Before the transaction of the end of a job that had its turn, on the runner's thread: results
     * are complete, and there is time to write files. */
    void (*prepare)(void *ctx, struct ct_job *job, enum ct_job_state to);
};

struct ct_job {
    /* Set by the submitter, immutable afterwards. */
    char id[CT_JOB_ID_MAX];              /* "imgtask_" and 32 hex digits */
    char request_id[CT_REQUEST_ID_MAX];  /* of the request that made it */
    char key_id[CT_KEY_ID_MAX];
    enum ct_lane lane;
    bool durable;        /* outlives its client and a restart */
    int concurrency;     /* jobs of this key that may run at once; 0: any number */
    int64_t created_ms;  /* ct_clock_wall_ms() */
    int64_t deadline_ms; /* not begun by then: expired; 0: none */
    const struct ct_image_request *request; /* in `arena`; its input files are owned */
    struct ct_arena *arena;                 /* owned */
    struct ct_slice base_url;               /* "https://host" of a callback's URLs; in `arena` */
    struct ct_blob *body;                   /* what the request's slices point into; owned */
    struct ct_blob *kept; /* of a durable job with pictures: what its row has (contract/keep.h) */
    struct ct_engine *engine;               /* borrowed; outlives all jobs */
    struct ct_job_observer observer;
    struct ct_job_rider rider;
    /* What it may cost at most, until its end; of a durable job its row in the ledger has it. */
    struct ct_hold hold;

    /* Results, valid in on_picture (that picture) and from on_end on. */
    struct ct_job_picture pictures[CT_JOB_MAX_PICTURES];
    int n_pictures;
    char *warnings[CT_JOB_MAX_WARNINGS]; /* owned; complete before the first picture */
    int n_warnings;
    int partials_sent; /* over all pictures */
    enum ct_outcome outcome; /* of the drawing; means nothing before drawn_us */
    struct ct_err err; /* when failed or cancelled */

    int64_t queued_us, started_us, drawn_us, ended_us; /* ct_clock_us(); 0 = not reached */
    int64_t encode_us,
        store_us; /* of the time between started and ended: files made, things kept */

    enum ct_job_state written;     /* what its row says: the journal's */
    struct ct_job *next_unwritten; /* jobs/unwritten.h */
    atomic_int state;  /* enum ct_job_state; written only by ct_job_set_state() */
    atomic_int cancel; /* 0, or enum ct_job_cancel: stop */
    atomic_int progress; /* per mille of the drawing, never falling */
    atomic_int refs;
    /* The journal's: the one change of its row that is on its way, and what to do afterwards. */
    struct ct_job_change {
        enum ct_job_state from, to;
        int64_t keep_ms; /* of an end: until its row may go */
        const struct ct_callbacks *callbacks; /* of an end: how it is told */
        struct ct_job_files *files;
        struct ct_spend *spend;
        struct ct_hold hold; /* of a durable job's end: as its row had it */
        int64_t cost;        /* of an end: what is settled */
        void (*then)(void *ctx, struct ct_job *job, ct_code rc, const struct ct_err *err);
        void *ctx;
    } change;
};

struct ct_job_params {
    const struct ct_image_request *request;
    struct ct_arena *arena;
    struct ct_blob *body;
    struct ct_blob *kept; /* NULL: the row has the body */
    struct ct_engine *engine;
    struct ct_job_observer observer;
    struct ct_job_rider rider;
    struct ct_slice base_url; /* of a request with a callback; copied */
    const char *id;         /* NULL: a new one is made */
    const char *request_id; /* NULL: none, outside a server */
    const char *key_id;     /* NULL or "": no key */
    enum ct_lane lane;
    bool durable;
    int concurrency;
    int64_t created_ms; /* 0: now */
    int64_t deadline_ms;
    struct ct_hold *hold; /* moved to the job; may be NULL */
};

/* Takes the request's input files, arena, body, kept and hold, also on failure. NULL: out of
 * memory. A job that is freed before its end releases what it holds. */
struct ct_job *ct_job_new(const struct ct_job_params *params);
/* A new id, for a job whose pictures are kept under it before it is made. */
void ct_job_make_id(char id[CT_JOB_ID_MAX]);
struct ct_job *ct_job_ref(struct ct_job *job);
void ct_job_unref(struct ct_job **job);
enum ct_job_state ct_job_state(const struct ct_job *job);
/* The only function that changes a job's state; aborts on an edge that is not in the table, which
 * is a bug of ours and never reachable by input. Returns false when another thread was faster
 * (the state is no longer `from`). */
bool ct_job_set_state(struct ct_job *job, enum ct_job_state from, enum ct_job_state to);

#endif
