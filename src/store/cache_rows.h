/* The tables of the content cache: which pictures were drawn for which request. SQL only; what a
 * key is made of is policy/cache.h's.
 *
 * All functions run inside a ct_db_fn (store/db.h). */
#ifndef CT_STORE_CACHE_ROWS_H
#define CT_STORE_CACHE_ROWS_H

#include "base/hash.h"
#include "store/job_rows.h"

#define CT_CACHE_MAX_PICTURES 10

struct ct_cache_row {
    uint8_t key[CT_SHA256_LEN];
    int64_t created_ms, used_ms, bytes;
    struct ct_slice warnings; /* JSON array; ptr NULL: none */
    struct ct_job_picture_row pictures[CT_CACHE_MAX_PICTURES];
    int n_pictures;
};

/* Writes the row, over one of the same key. `bytes` is worked out. */
CT_MUSTCHECK ct_code ct_cache_row_put(struct ct_sql *sql, const struct ct_cache_row *row,
                                      struct ct_err *err);
CT_MUSTCHECK ct_code ct_cache_row_drop(struct ct_sql *sql, const uint8_t key[CT_SHA256_LEN],
                                       struct ct_err *err);
/* Of one that was made after since_ms; texts live in the arena. */
CT_MUSTCHECK ct_code ct_cache_row_get(bool *found, struct ct_cache_row *out, struct ct_sql *sql,
                                      struct ct_arena *arena, const uint8_t key[CT_SHA256_LEN],
                                      int64_t since_ms, struct ct_err *err);
CT_MUSTCHECK ct_code ct_cache_row_used(struct ct_sql *sql, const uint8_t key[CT_SHA256_LEN],
                                       int64_t at_ms, struct ct_err *err);
/* What is to go: up to 64 keys of rows made before since_ms, or, when all together are more than
 * max_bytes, of those that were not used for longest; with the names of their pictures. */
struct ct_cache_victims {
    uint8_t keys[64][CT_SHA256_LEN];
    int n;
    char names[64 * CT_CACHE_MAX_PICTURES][80];
    int n_names;
};
CT_MUSTCHECK ct_code ct_cache_rows_victims(struct ct_cache_victims *out, struct ct_sql *sql,
                                           int64_t since_ms, int64_t max_bytes, struct ct_err *err);

#endif
