/* Bodies of kept replies that are too large for the database, and what is let go of.
 *
 *   DATA/replies/3f/3f9a...e1      the body, named by the id of its row (store/reply_rows.h)
 *
 * A body is written and synced before its row says that it is there, and removed after its row has
 * gone, so a row never promises what is not there; a file without a row (the server died between)
 * is removed at the next start. Thread-safe. */
#ifndef CT_STORE_REPLIES_H
#define CT_STORE_REPLIES_H

#include "base/blob.h"
#include "store/db.h"
#include "store/reply_rows.h"

#define CT_REPLY_INLINE_BYTES ((size_t)16 << 10) /* a body up to this stands in its row */

struct ct_replies;

struct ct_replies_options {
    const char *data_dir;
    struct ct_db *db; /* outlives the replies */
    int64_t keep_ms;
    int64_t max_bytes;         /* of all files together */
    int job_done, job_unknown; /* states of jobs (jobs/job.h) */
};
/* After ct_jobs_start(), which settles jobs: forgets what a server that died was executing, removes
 * files without a row. CT_E_CONFIG when the folder cannot be made. */
CT_MUSTCHECK ct_code ct_replies_open(struct ct_replies **out,
                                     const struct ct_replies_options *options, struct ct_err *err);
void ct_replies_close(struct ct_replies **replies);
int64_t ct_replies_keep_ms(const struct ct_replies *replies);

/* Durable when it returns CT_OK. */
CT_MUSTCHECK ct_code ct_replies_write(struct ct_replies *replies, const uint8_t id[CT_SHA256_LEN],
                                      const struct ct_blob *body, struct ct_err *err);
/* A descriptor of the body, which the caller closes; -1 when it is not there. */
int ct_replies_read(struct ct_replies *replies, const uint8_t id[CT_SHA256_LEN], int64_t *bytes);

/* The reply of that id; texts live in the arena. Reads the database, on any thread. */
CT_MUSTCHECK ct_code ct_replies_find(bool *found, struct ct_reply_row *out,
                                     struct ct_replies *replies, const uint8_t id[CT_SHA256_LEN],
                                     struct ct_arena *arena, struct ct_err *err);

/* Lets go of what has expired or is too much; for whoever keeps house, every few seconds. Waits
 * for the database. */
CT_MUSTCHECK ct_code ct_replies_expire(struct ct_replies *replies, int64_t now_ms,
                                       struct ct_err *err);

#endif
