/* What of a job is durable: every change of its state, written before anybody hears of it.
 *
 * A job's row says what a restart needs: where it stood, how to read its request again, and at the
 * end what came of it. Without a database (the command line, tests) changes happen in memory only.
 *
 * A job has one change on its way at a time: who may make it is decided by the queue (waiting) or
 * is the runner (running). Thread-safe between jobs. */
#ifndef CT_JOBS_JOURNAL_H
#define CT_JOBS_JOURNAL_H

#include "jobs/callback.h"
#include "store/db.h"
#include "store/job_files.h"

struct ct_journal {
    struct ct_db *db;    /* NULL: nothing is kept */
    int64_t keep_ms;     /* how long an ended job can be asked for */
    const struct ct_callbacks *callbacks; /* NULL: nobody is told of ends */
    struct ct_job_files *files; /* what goes with a durable job's end; may be NULL */
    struct ct_spend *spend; /* whom durable jobs' reservations are settled with; may be NULL */
};

typedef void (*ct_journal_then)(void *ctx, struct ct_job *job, ct_code rc,
                                const struct ct_err *err);

/* Writes a new job down; `then` hears when it is durable, on the database's thread (or at once,
 * on this one, without a database). An error returned means that `then` will not be called. */
CT_MUSTCHECK ct_code ct_journal_accept(const struct ct_journal *journal, struct ct_job *job,
                                       ct_journal_then then, void *ctx, struct ct_err *err);
/* Moves the job, waiting until that is durable; the state in memory follows. Not for ends. */
CT_MUSTCHECK ct_code ct_journal_move(const struct ct_journal *journal, struct ct_job *job,
                                     enum ct_job_state from, enum ct_job_state to,
                                     struct ct_err *err);
/* Ends the job with what it has by then: its error, its pictures, its tokens, its warnings; and
 * settles its price, in the ledger and in memory. */
CT_MUSTCHECK ct_code ct_journal_end(const struct ct_journal *journal, struct ct_job *job,
                                    enum ct_job_state from, enum ct_job_state to,
                                    struct ct_err *err);
/* The same without waiting, for network loops and for the database's own thread. */
CT_MUSTCHECK ct_code ct_journal_end_later(const struct ct_journal *journal, struct ct_job *job,
                                          enum ct_job_state from, enum ct_job_state to,
                                          ct_journal_then then, void *ctx, struct ct_err *err);

/* Once more what could not be written of a client's job, which has ended in memory and is settled
 * there. Waits. */
CT_MUSTCHECK ct_code ct_journal_end_again(const struct ct_journal *journal, struct ct_job *job,
                                          struct ct_err *err);

/* After a start, before any job runs: what a server that died left behind. Durable jobs go back to
 * the queue, others are cancelled: their clients are gone. Then calls fn for each job that waits,
 * oldest first; the row is valid during the call. */
CT_MUSTCHECK ct_code ct_journal_recover(const struct ct_journal *journal,
                                        ct_code (*fn)(void *ctx, const struct ct_job_row *row,
                                                      struct ct_err *err),
                                        void *ctx, struct ct_err *err);

#endif
