/* The replies table: what was answered to which Idempotency-Key (docs/replay.md). SQL only; the
 * files of large bodies are store/replies.h's.
 *
 * All functions run inside a ct_db_fn (store/db.h). */
#ifndef CT_STORE_REPLY_ROWS_H
#define CT_STORE_REPLY_ROWS_H

#include "base/arena.h"
#include "base/hash.h"
#include "store/sql.h"

/* The numbers are in databases. */
enum ct_reply_state {
    CT_REPLY_EXECUTING, /* written with the job, before any work */
    CT_REPLY_KEPT,      /* can be repeated */
    CT_REPLY_GONE,      /* something was executed, and its reply is not here (any more) */
};

struct ct_reply_row {
    uint8_t id[CT_SHA256_LEN];
    uint8_t fingerprint[CT_SHA256_LEN];
    struct ct_slice job_id; /* "" of a reply without one */
    enum ct_reply_state state;
    int64_t created_ms, expires_ms;
    int status;
    struct ct_slice content_type, fields;
    struct ct_slice body; /* ptr NULL: in a file of `bytes` bytes, unless that is 0 */
    int64_t bytes;
    const struct ct_slice *pictures; /* named by URL in the body; written, not read */
    int n_pictures;
};

/* Writes the row, over one of the same id. */
CT_MUSTCHECK ct_code ct_reply_row_put(struct ct_sql *sql, const struct ct_reply_row *row,
                                      struct ct_err *err);
CT_MUSTCHECK ct_code ct_reply_row_drop(struct ct_sql *sql, const uint8_t id[CT_SHA256_LEN],
                                       struct ct_err *err);
/* Texts live in the arena. A row that has expired is not found. */
CT_MUSTCHECK ct_code ct_reply_row_get(bool *found, struct ct_reply_row *out, struct ct_sql *sql,
                                      struct ct_arena *arena, const uint8_t id[CT_SHA256_LEN],
                                      int64_t now_ms, struct ct_err *err);

/* After a start, when jobs are settled: rows that still say executing. Their work was cancelled
 * and may be asked for again, so they go; of a job that is done, or may have been bought
 * (`unknown`), nobody may, so it is GONE. The two are states of jobs. */
CT_MUSTCHECK ct_code ct_reply_rows_recover(struct ct_sql *sql, int done, int unknown,
                                           struct ct_err *err);

/* Rows to let go of: up to `max` ids into out. First what has expired; then, when those in files
 * are more than max_bytes together, the oldest of these, which are *gone (their rows stay). */
struct ct_reply_victims {
    uint8_t expired[64][CT_SHA256_LEN], gone[64][CT_SHA256_LEN];
    int n_expired, n_gone;
};
CT_MUSTCHECK ct_code ct_reply_rows_victims(struct ct_reply_victims *out, struct ct_sql *sql,
                                           int64_t now_ms, int64_t max_bytes, struct ct_err *err);
/* Deletes those that are still expired, marks the others, and keeps in *v only which it did: a row
 * may have been written anew since it was listed. */
CT_MUSTCHECK ct_code ct_reply_rows_let_go(struct ct_sql *sql, struct ct_reply_victims *v,
                                          int64_t now_ms, struct ct_err *err);

#endif
