/* Statements of the tables of 0006_cache.sql. */
#include "store/cache_rows.h"

#include <stdio.h>

#define KEY(key) ct_slice_n((const char *)(key), CT_SHA256_LEN)
#define MAX_VICTIMS 64

ct_code ct_cache_row_drop(struct ct_sql *sql, const uint8_t key[CT_SHA256_LEN], struct ct_err *err)
{
    return ct_sql_run(sql, err, "DELETE FROM cache WHERE key = ?", "b", KEY(key));
}

ct_code ct_cache_row_put(struct ct_sql *sql, const struct ct_cache_row *row, struct ct_err *err)
{
    int64_t bytes = 0;
    for (int i = 0; i < row->n_pictures; i++)
        bytes += row->pictures[i].bytes;
    CT_TRY(ct_cache_row_drop(sql, row->key, err)); /* with its pictures */
    CT_TRY(ct_sql_run(sql, err,
                      "INSERT INTO cache (key, created_ms, used_ms, bytes, warnings) "
                      "VALUES (?,?,?,?,?)",
                      "biiis", KEY(row->key), row->created_ms, row->used_ms, bytes, row->warnings));
    for (int i = 0; i < row->n_pictures; i++)
        CT_TRY(ct_sql_run(sql, err,
                          "INSERT INTO cache_pictures (key, idx, name, bytes, seed) "
                          "VALUES (?,?,?,?,?)",
                          "bisii", KEY(row->key), (int64_t)i, row->pictures[i].name,
                          row->pictures[i].bytes, (int64_t)row->pictures[i].seed));
    return CT_OK;
}

static ct_code read_pictures(struct ct_cache_row *out, struct ct_sql *sql, struct ct_arena *arena,
                             struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT name, bytes, seed FROM cache_pictures WHERE key = ? ORDER BY idx",
                        "b", KEY(out->key)));
    while (out->n_pictures < CT_CACHE_MAX_PICTURES && ct_sql_next(&rows))
        out->pictures[out->n_pictures++] = (struct ct_job_picture_row){
            .name = ct_arena_dup(arena, ct_sql_text(&rows, 0)),
            .bytes = ct_sql_int(&rows, 1),
            .seed = (int32_t)ct_sql_int(&rows, 2),
        };
    return ct_sql_end(&rows, err);
}

ct_code ct_cache_row_get(bool *found, struct ct_cache_row *out, struct ct_sql *sql,
                         struct ct_arena *arena, const uint8_t key[CT_SHA256_LEN], int64_t since_ms,
                         struct ct_err *err)
{
    struct ct_sql_rows rows;
    *out = (struct ct_cache_row){ .n_pictures = 0 };
    memcpy(out->key, key, CT_SHA256_LEN);
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT created_ms, used_ms, bytes, warnings FROM cache "
                        "WHERE key = ? AND created_ms > ?",
                        "bi", KEY(key), since_ms));
    *found = ct_sql_next(&rows);
    if (*found) {
        struct ct_slice warnings = ct_sql_text(&rows, 3);
        out->created_ms = ct_sql_int(&rows, 0);
        out->used_ms = ct_sql_int(&rows, 1);
        out->bytes = ct_sql_int(&rows, 2);
        out->warnings = warnings.ptr ? ct_arena_dup(arena, warnings) : warnings;
    }
    CT_TRY(ct_sql_end(&rows, err));
    if (*found)
        CT_TRY(read_pictures(out, sql, arena, err));
    if (ct_arena_failed(arena))
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    return CT_OK;
}

ct_code ct_cache_row_used(struct ct_sql *sql, const uint8_t key[CT_SHA256_LEN], int64_t at_ms,
                          struct ct_err *err)
{
    return ct_sql_run(sql, err, "UPDATE cache SET used_ms = ? WHERE key = ?", "ib", at_ms,
                      KEY(key));
}

static void take(struct ct_cache_victims *out, struct ct_slice key)
{
    if (key.len == CT_SHA256_LEN && out->n < MAX_VICTIMS)
        memcpy(out->keys[out->n++], key.ptr, CT_SHA256_LEN);
}

static ct_code find_old(struct ct_cache_victims *out, struct ct_sql *sql, int64_t since_ms,
                        struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT key FROM cache WHERE created_ms <= ? LIMIT 64",
                        "i", since_ms));
    while (ct_sql_next(&rows))
        take(out, ct_sql_text(&rows, 0));
    return ct_sql_end(&rows, err);
}

static ct_code find_least_used(struct ct_cache_victims *out, struct ct_sql *sql, int64_t max_bytes,
                               struct ct_err *err)
{
    struct ct_sql_rows rows;
    int64_t over = 0;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT SUM(bytes) FROM cache", ""));
    if (ct_sql_next(&rows))
        over = ct_sql_int(&rows, 0) - max_bytes;
    CT_TRY(ct_sql_end(&rows, err));
    if (over <= 0)
        return CT_OK;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT key, bytes FROM cache ORDER BY used_ms LIMIT 64",
                        ""));
    while (over > 0 && ct_sql_next(&rows)) {
        take(out, ct_sql_text(&rows, 0));
        over -= ct_sql_int(&rows, 1);
    }
    return ct_sql_end(&rows, err);
}

static ct_code list_names(struct ct_cache_victims *out, struct ct_sql *sql, int i,
                          struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT name FROM cache_pictures WHERE key = ?", "b",
                        KEY(out->keys[i])));
    while (ct_sql_next(&rows) && out->n_names < MAX_VICTIMS * CT_CACHE_MAX_PICTURES) {
        struct ct_slice name = ct_sql_text(&rows, 0);
        snprintf(out->names[out->n_names++], sizeof(out->names[0]), "%.*s", CT_SARG(name));
    }
    return ct_sql_end(&rows, err);
}

ct_code ct_cache_rows_victims(struct ct_cache_victims *out, struct ct_sql *sql, int64_t since_ms,
                              int64_t max_bytes, struct ct_err *err)
{
    out->n = out->n_names = 0;
    CT_TRY(find_old(out, sql, since_ms, err));
    if (out->n == 0)
        CT_TRY(find_least_used(out, sql, max_bytes, err));
    for (int i = 0; i < out->n; i++)
        CT_TRY(list_names(out, sql, i, err));
    return CT_OK;
}
