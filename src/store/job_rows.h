/* The jobs table: what of a job is durable. SQL only; what the states mean is jobs/job.h's.
 *
 * All functions run inside a ct_db_fn (store/db.h). Slices of a row that was read live in the
 * arena it was read into. */
#ifndef CT_STORE_JOB_ROWS_H
#define CT_STORE_JOB_ROWS_H

#include "base/arena.h"
#include "store/sql.h"

#define CT_JOB_ID_MAX 48      /* "imgtask_" and 32 hex digits, NUL */
#define CT_REQUEST_ID_MAX 48 /* "req_" and 32 hex digits; a job id where no request made it */

struct ct_job_row {
    struct ct_slice id, request_id, key_id;
    int state, lane;
    bool durable, extended;
    int reply_as;
    struct ct_slice engine, operation, model;
    int n;
    struct ct_slice size, quality, format, background;
    struct ct_slice safety_identifier; /* ptr NULL: none */
    struct ct_slice body;              /* ptr NULL: ended, or not asked for */
    int64_t created_ms, started_ms, ended_ms, deadline_ms, expires_ms; /* 0: none */
    int attempts;
    struct ct_slice error; /* the id of a row of base/err.def; ptr NULL: none */
    struct ct_slice error_param, error_message;
    int64_t text_tokens_in, image_tokens_in, image_tokens_out;
    struct ct_slice warnings; /* JSON array; ptr NULL: none */
    int concurrency; /* of its key, which is not the job's: ct_job_rows_open() alone tells */
};

struct ct_job_picture_row {
    struct ct_slice name;
    int64_t bytes;
    int32_t seed;
};

/* A new job, in the state, lane and times given. */
CT_MUSTCHECK ct_code ct_job_row_insert(struct ct_sql *sql, const struct ct_job_row *row,
                                       struct ct_err *err);
/* Moves a job that is in state `from`; CT_E_INTERNAL when it is in another, or gone. `started_ms`
 * other than 0 also counts an attempt. */
CT_MUSTCHECK ct_code ct_job_row_move(struct ct_sql *sql, struct ct_slice id, int from, int to,
                                     int64_t started_ms, struct ct_err *err);
/* The same to an end: with ended_ms, expires_ms, the error, the tokens and the warnings of `row`,
 * and its pictures. The body is let go. */
CT_MUSTCHECK ct_code ct_job_row_end(struct ct_sql *sql, const struct ct_job_row *row, int from,
                                    const struct ct_job_picture_row *pictures, int n_pictures,
                                    struct ct_err *err);

/* An ended job and its pictures are kept at least until then. */
CT_MUSTCHECK ct_code ct_job_row_keep(struct ct_sql *sql, struct ct_slice id, int64_t until_ms,
                                     struct ct_err *err);

/* A durable job, by its id or by that of the request that made it. CT_E_NOT_FOUND also for another
 * key's. */
CT_MUSTCHECK ct_code ct_job_row_get(struct ct_job_row *out, struct ct_sql *sql,
                                    struct ct_arena *arena, struct ct_slice id,
                                    struct ct_slice key_id, bool with_body, struct ct_err *err);
/* At most `max` pictures, in their order; *n_out how many. */
CT_MUSTCHECK ct_code ct_job_row_pictures(struct ct_job_picture_row *out, int max, int *n_out,
                                         struct ct_sql *sql, struct ct_arena *arena,
                                         struct ct_slice id, struct ct_err *err);

struct ct_job_list {
    struct ct_slice key_id;
    struct ct_slice after; /* a job id; ptr NULL: from the newest */
    unsigned states;       /* 1 << state of each that is wanted; 0: any */
    int limit;
};
/* Durable ones, newest first, without bodies; up to `limit` rows into out, and whether there are
 * more. */
CT_MUSTCHECK ct_code ct_job_row_list(struct ct_job_row *out, int *n_out, bool *more,
                                     struct ct_sql *sql, struct ct_arena *arena,
                                     const struct ct_job_list *list, struct ct_err *err);
/* Calls fn for every job that has not ended, oldest first, without bodies, and with how many its
 * key may run at once as the key has it now (0: any number); the row is valid during the call. An
 * error that fn returns stops it and is passed on. */
CT_MUSTCHECK ct_code ct_job_rows_open(struct ct_sql *sql,
                                      ct_code (*fn)(void *ctx, const struct ct_job_row *row,
                                                    struct ct_err *err),
                                      void *ctx, struct ct_err *err);

/* What a server that died left behind: states and texts are the caller's (jobs/journal.c). */
struct ct_job_recovery {
    int queued, running, finishing, cancelled, sent, unknown;
    struct ct_slice error; /* of those that nobody waits for */
    struct ct_slice error_message;
    int64_t now_ms, expires_ms;
};
/* Durable jobs that ran go back to queued, other open ones are cancelled, sent ones are unknown. */
CT_MUSTCHECK ct_code ct_job_rows_recover(struct ct_sql *sql, const struct ct_job_recovery *r,
                                         struct ct_err *err);

#endif
