/* Callbacks and their deliveries. SQL only: what is told is jobs/callback.h's, when and how is
 * jobs/deliver.h's.
 *
 * All functions run inside a ct_db_fn (store/db.h). Slices of a row that was read live in the
 * arena it was read into. */
#ifndef CT_STORE_CALLBACK_ROWS_H
#define CT_STORE_CALLBACK_ROWS_H

#include "base/arena.h"
#include "store/sql.h"

#define CT_DELIVERY_ID_MAX 40 /* "evt_" and 32 hex digits, NUL */

struct ct_callback_row {
    struct ct_slice url, base_url;
};
CT_MUSTCHECK ct_code ct_callback_row_insert(struct ct_sql *sql, struct ct_slice job_id,
                                            const struct ct_callback_row *row, struct ct_err *err);
/* *found false: nobody wants to be told of this job. */
CT_MUSTCHECK ct_code ct_callback_row_get(bool *found, struct ct_callback_row *out,
                                         struct ct_sql *sql, struct ct_arena *arena,
                                         struct ct_slice job_id, struct ct_err *err);

struct ct_delivery_row {
    struct ct_slice id, job_id, key_id, type, url, host, body;
    int64_t created_ms, first_ms;
    int64_t next_ms; /* 0: delivered or dead */
    int attempts;
    int64_t last_ms; /* 0: never tried */
    int status;
    struct ct_slice error; /* ptr NULL: none */
    int64_t delivered_ms;  /* 0: not delivered */
};
/* A new one, due at next_ms. */
CT_MUSTCHECK ct_code ct_delivery_row_insert(struct ct_sql *sql, const struct ct_delivery_row *row,
                                            struct ct_err *err);
/* CT_E_NOT_FOUND */
CT_MUSTCHECK ct_code ct_delivery_row_get(struct ct_delivery_row *out, struct ct_sql *sql,
                                         struct ct_arena *arena, struct ct_slice id,
                                         struct ct_err *err);
/* Ids and hosts of what is due, the longest due first, at most `per_host` of one host. */
CT_MUSTCHECK ct_code ct_delivery_rows_due(struct ct_delivery_row *out, int max, int *n_out,
                                          struct ct_sql *sql, struct ct_arena *arena,
                                          int64_t now_ms, int per_host, struct ct_err *err);

/* What came of an attempt. */
struct ct_delivery_outcome {
    struct ct_slice id;
    int64_t now_ms;
    bool delivered;
    int64_t next_ms; /* not delivered: when to try again; 0: never (dead) */
    int status;
    struct ct_slice error;
};
CT_MUSTCHECK ct_code ct_delivery_row_note(struct ct_sql *sql, const struct ct_delivery_outcome *o,
                                          struct ct_err *err);
/* Newest first, without bodies, at most `limit`; the row is valid during the call. */
CT_MUSTCHECK ct_code ct_delivery_rows_each(struct ct_sql *sql, bool dead_only, int limit,
                                           void (*fn)(void *ctx, const struct ct_delivery_row *row),
                                           void *ctx, struct ct_err *err);
/* Starts the schedule again, from now on: of one, whatever became of it, or of all dead ones
 * (id.ptr NULL). *n: how many. CT_E_NOT_FOUND: there is no such delivery. */
CT_MUSTCHECK ct_code ct_delivery_row_redeliver(int *n, struct ct_sql *sql, struct ct_slice id,
                                               int64_t now_ms, struct ct_err *err);
struct ct_delivery_counts {
    int64_t pending, dead;
};
CT_MUSTCHECK ct_code ct_delivery_rows_count(struct ct_delivery_counts *out, struct ct_sql *sql,
                                            struct ct_err *err);
/* Forgets what was delivered, and what died, before a time. */
CT_MUSTCHECK ct_code ct_delivery_rows_forget(struct ct_sql *sql, int64_t delivered_before_ms,
                                             int64_t dead_before_ms, struct ct_err *err);

/* How often the key's secret was changed, and when last; 0 and 0: never. */
CT_MUSTCHECK ct_code ct_callback_secret_get(int64_t *generation, int64_t *rotated_ms,
                                            struct ct_sql *sql, struct ct_slice key_id,
                                            struct ct_err *err);
CT_MUSTCHECK ct_code ct_callback_secret_rotate(struct ct_sql *sql, struct ct_slice key_id,
                                               int64_t now_ms, struct ct_err *err);

#endif
