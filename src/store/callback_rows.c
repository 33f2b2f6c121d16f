/* Statements of the tables of 0004_callbacks.sql. */
#include "store/callback_rows.h"

#define COLUMNS                                                                                    \
    "id, job_id, key_id, type, url, host, created_ms, first_ms, next_ms, attempts, last_ms, "      \
    "status, error, delivered_ms"
#define BODY_COLUMN 14 /* behind COLUMNS, where it is asked for */

/* The hosts that something is pending for, each found by one step in the index. */
#define HOSTS                                                                                      \
    "WITH RECURSIVE hosts (host) AS (SELECT MIN(host) FROM deliveries WHERE next_ms IS NOT NULL "  \
    "UNION ALL SELECT (SELECT MIN(d.host) FROM deliveries d WHERE d.next_ms IS NOT NULL AND "      \
    "d.host > hosts.host) FROM hosts WHERE hosts.host IS NOT NULL) "

static ct_code out_of_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory. Please try again later.");
}

ct_code ct_callback_row_insert(struct ct_sql *sql, struct ct_slice job_id,
                               const struct ct_callback_row *row, struct ct_err *err)
{
    return ct_sql_run(sql, err, "INSERT INTO callbacks (job_id, url, base_url) VALUES (?,?,?)",
                      "sss", job_id, row->url, row->base_url);
}

ct_code ct_callback_row_get(bool *found, struct ct_callback_row *out, struct ct_sql *sql,
                            struct ct_arena *arena, struct ct_slice job_id, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT url, base_url FROM callbacks WHERE job_id = ?",
                        "s", job_id));
    *found = ct_sql_next(&rows);
    if (*found)
        *out = (struct ct_callback_row){ ct_arena_dup(arena, ct_sql_text(&rows, 0)),
                                         ct_arena_dup(arena, ct_sql_text(&rows, 1)) };
    CT_TRY(ct_sql_end(&rows, err));
    return ct_arena_failed(arena) ? out_of_memory(err) : CT_OK;
}

ct_code ct_delivery_row_insert(struct ct_sql *sql, const struct ct_delivery_row *row,
                               struct ct_err *err)
{
    return ct_sql_run(sql, err,
                      "INSERT INTO deliveries (id, job_id, key_id, type, url, host, body, "
                      "created_ms, first_ms, next_ms) VALUES (?,?,?,?,?,?,?,?,?,?)",
                      "ssssssbiii", row->id, row->job_id, row->key_id, row->type, row->url,
                      row->host, row->body, row->created_ms, row->first_ms, row->next_ms);
}

static struct ct_delivery_row borrow_row(const struct ct_sql_rows *r)
{
    return (struct ct_delivery_row){
        .id = ct_sql_text(r, 0),
        .job_id = ct_sql_text(r, 1),
        .key_id = ct_sql_text(r, 2),
        .type = ct_sql_text(r, 3),
        .url = ct_sql_text(r, 4),
        .host = ct_sql_text(r, 5),
        .created_ms = ct_sql_int(r, 6),
        .first_ms = ct_sql_int(r, 7),
        .next_ms = ct_sql_int(r, 8),
        .attempts = (int)ct_sql_int(r, 9),
        .last_ms = ct_sql_int(r, 10),
        .status = (int)ct_sql_int(r, 11),
        .error = ct_sql_text(r, 12),
        .delivered_ms = ct_sql_int(r, 13),
    };
}

static ct_code not_found(struct ct_err *err, struct ct_slice id)
{
    return ct_fail(err, CT_E_NOT_FOUND, NULL, "There is no delivery '%.*s'.",
                   CT_SARG(ct_slice_sub(id, 0, 200)));
}

ct_code ct_delivery_row_get(struct ct_delivery_row *out, struct ct_sql *sql, struct ct_arena *arena,
                            struct ct_slice id, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT " COLUMNS ", body FROM deliveries WHERE id = ?",
                        "s", id));
    bool found = ct_sql_next(&rows);
    if (found) {
        *out = borrow_row(&rows);
        out->body = ct_sql_text(&rows, BODY_COLUMN);
        struct ct_slice *const texts[] = { &out->id,  &out->job_id, &out->key_id, &out->type,
                                           &out->url, &out->host,   &out->body,   &out->error };
        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
            if (texts[i]->ptr)
                *texts[i] = ct_arena_dup(arena, *texts[i]);
    }
    CT_TRY(ct_sql_end(&rows, err));
    if (!found)
        return not_found(err, id);
    return ct_arena_failed(arena) ? out_of_memory(err) : CT_OK;
}

ct_code ct_delivery_rows_due(struct ct_delivery_row *out, int max, int *n_out, struct ct_sql *sql,
                             struct ct_arena *arena, int64_t now_ms, int per_host,
                             struct ct_err *err)
{
    struct ct_sql_rows rows;
    *n_out = 0;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        HOSTS
                        "SELECT d.id, d.host FROM hosts JOIN deliveries d ON d.id IN (SELECT o.id "
                        "FROM deliveries o WHERE o.host = hosts.host AND o.next_ms IS NOT NULL AND "
                        "o.next_ms <= ? ORDER BY o.next_ms, o.id LIMIT ?) "
                        "ORDER BY d.next_ms, d.id LIMIT ?",
                        "iii", now_ms, (int64_t)per_host, (int64_t)max));
    while (*n_out < max && ct_sql_next(&rows))
        out[(*n_out)++] = (struct ct_delivery_row){
            .id = ct_arena_dup(arena, ct_sql_text(&rows, 0)),
            .host = ct_arena_dup(arena, ct_sql_text(&rows, 1)),
        };
    CT_TRY(ct_sql_end(&rows, err));
    return ct_arena_failed(arena) ? out_of_memory(err) : CT_OK;
}

ct_code ct_delivery_row_note(struct ct_sql *sql, const struct ct_delivery_outcome *o,
                             struct ct_err *err)
{
    return ct_sql_run(sql, err,
                      "UPDATE deliveries SET attempts = attempts + 1, last_ms = ?1, status = ?2, "
                      "error = ?3, delivered_ms = NULLIF(?4, 0), next_ms = NULLIF(?5, 0) "
                      "WHERE id = ?6",
                      "iisiis", o->now_ms, (int64_t)o->status, o->error,
                      o->delivered ? o->now_ms : (int64_t)0,
                      o->delivered ? (int64_t)0 : o->next_ms, o->id);
}

ct_code ct_delivery_rows_each(struct ct_sql *sql, bool dead_only, int limit,
                              void (*fn)(void *ctx, const struct ct_delivery_row *row), void *ctx,
                              struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT " COLUMNS " FROM deliveries WHERE ? = 0 OR (next_ms IS NULL AND "
                        "delivered_ms IS NULL) ORDER BY created_ms DESC, id LIMIT ?",
                        "ii", (int64_t)dead_only, (int64_t)limit));
    while (ct_sql_next(&rows)) {
        struct ct_delivery_row row = borrow_row(&rows);
        fn(ctx, &row);
    }
    return ct_sql_end(&rows, err);
}

#define AGAIN                                                                                      \
    "UPDATE deliveries SET first_ms = ?1, next_ms = ?1, attempts = 0, delivered_ms = NULL "

ct_code ct_delivery_row_redeliver(int *n, struct ct_sql *sql, struct ct_slice id, int64_t now_ms,
                                  struct ct_err *err)
{
    if (id.ptr)
        CT_TRY(ct_sql_run(sql, err, AGAIN "WHERE id = ?2", "is", now_ms, id));
    else
        CT_TRY(ct_sql_run(sql, err, AGAIN "WHERE next_ms IS NULL AND delivered_ms IS NULL", "i",
                          now_ms));
    *n = (int)ct_sql_changes(sql);
    return id.ptr && *n == 0 ? not_found(err, id) : CT_OK;
}

ct_code ct_delivery_rows_count(struct ct_delivery_counts *out, struct ct_sql *sql,
                               struct ct_err *err)
{
    struct ct_sql_rows rows;
    *out = (struct ct_delivery_counts){ 0 };
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT (SELECT COUNT(*) FROM deliveries WHERE next_ms IS NOT NULL), "
                        "(SELECT COUNT(*) FROM deliveries WHERE next_ms IS NULL AND "
                        "delivered_ms IS NULL)",
                        ""));
    if (ct_sql_next(&rows))
        *out = (struct ct_delivery_counts){ ct_sql_int(&rows, 0), ct_sql_int(&rows, 1) };
    return ct_sql_end(&rows, err);
}

ct_code ct_delivery_rows_forget(struct ct_sql *sql, int64_t delivered_before_ms,
                                int64_t dead_before_ms, struct ct_err *err)
{
    return ct_sql_run(sql, err,
                      "DELETE FROM deliveries WHERE next_ms IS NULL AND created_ms < ?1 AND "
                      "last_ms < CASE WHEN delivered_ms IS NULL THEN ?2 ELSE ?1 END",
                      "ii", delivered_before_ms, dead_before_ms);
}

ct_code ct_callback_secret_get(int64_t *generation, int64_t *rotated_ms, struct ct_sql *sql,
                               struct ct_slice key_id, struct ct_err *err)
{
    struct ct_sql_rows rows;
    *generation = *rotated_ms = 0;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT generation, rotated_ms FROM callback_secrets WHERE key_id = ?", "s",
                        key_id));
    if (ct_sql_next(&rows)) {
        *generation = ct_sql_int(&rows, 0);
        *rotated_ms = ct_sql_int(&rows, 1);
    }
    return ct_sql_end(&rows, err);
}

ct_code ct_callback_secret_rotate(struct ct_sql *sql, struct ct_slice key_id, int64_t now_ms,
                                  struct ct_err *err)
{
    return ct_sql_run(sql, err,
                      "INSERT INTO callback_secrets (key_id, generation, rotated_ms) VALUES "
                      "(?1, 1, ?2) ON CONFLICT (key_id) DO UPDATE SET generation = generation + 1, "
                      "rotated_ms = ?2",
                      "si", key_id, now_ms);
}
