/* Statements of the tables of 0005_replies.sql. */
#include "store/reply_rows.h"

#define ID(id) ct_slice_n((const char *)(id), CT_SHA256_LEN)
#define MAX_VICTIMS 64

ct_code ct_reply_row_drop(struct ct_sql *sql, const uint8_t id[CT_SHA256_LEN], struct ct_err *err)
{
    return ct_sql_run(sql, err, "DELETE FROM replies WHERE id = ?", "b", ID(id));
}

ct_code ct_reply_row_put(struct ct_sql *sql, const struct ct_reply_row *row, struct ct_err *err)
{
    CT_TRY(ct_reply_row_drop(sql, row->id, err)); /* with its pictures */
    CT_TRY(ct_sql_run(sql, err,
                      "INSERT INTO replies (id, fingerprint, job_id, state, created_ms, "
                      "expires_ms, status, content_type, fields, body, bytes) "
                      "VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                      "bbsiiiissbi", ID(row->id), ID(row->fingerprint), row->job_id,
                      (int64_t)row->state, row->created_ms, row->expires_ms, (int64_t)row->status,
                      row->content_type.ptr ? row->content_type : CT_S(""),
                      row->fields.ptr ? row->fields : CT_S(""), row->body, row->bytes));
    for (int i = 0; i < row->n_pictures; i++)
        CT_TRY(ct_sql_run(sql, err,
                          "INSERT OR IGNORE INTO reply_pictures (reply_id, name) VALUES (?,?)",
                          "bs", ID(row->id), row->pictures[i]));
    return CT_OK;
}

static struct ct_slice dup_or_null(struct ct_arena *arena, struct ct_slice text)
{
    return text.ptr ? ct_arena_dup(arena, text) : text;
}

ct_code ct_reply_row_get(bool *found, struct ct_reply_row *out, struct ct_sql *sql,
                         struct ct_arena *arena, const uint8_t id[CT_SHA256_LEN], int64_t now_ms,
                         struct ct_err *err)
{
    struct ct_sql_rows rows;
    *out = (struct ct_reply_row){ 0 };
    memcpy(out->id, id, CT_SHA256_LEN);
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT fingerprint, job_id, state, created_ms, expires_ms, status, "
                        "content_type, fields, body, bytes FROM replies "
                        "WHERE id = ? AND expires_ms > ?",
                        "bi", ID(id), now_ms));
    *found = ct_sql_next(&rows);
    if (*found) {
        struct ct_slice fingerprint = ct_sql_text(&rows, 0);
        if (fingerprint.len == CT_SHA256_LEN)
            memcpy(out->fingerprint, fingerprint.ptr, CT_SHA256_LEN);
        out->job_id = ct_arena_dup(arena, ct_sql_text(&rows, 1));
        out->state = (enum ct_reply_state)ct_sql_int(&rows, 2);
        out->created_ms = ct_sql_int(&rows, 3);
        out->expires_ms = ct_sql_int(&rows, 4);
        out->status = (int)ct_sql_int(&rows, 5);
        out->content_type = ct_arena_dup(arena, ct_sql_text(&rows, 6));
        out->fields = ct_arena_dup(arena, ct_sql_text(&rows, 7));
        out->body = dup_or_null(arena, ct_sql_text(&rows, 8));
        out->bytes = ct_sql_int(&rows, 9);
    }
    CT_TRY(ct_sql_end(&rows, err));
    if (ct_arena_failed(arena))
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    return CT_OK;
}

ct_code ct_reply_rows_recover(struct ct_sql *sql, int done, int unknown, struct ct_err *err)
{
    CT_TRY(ct_sql_run(sql, err,
                      "UPDATE replies SET state = 2 WHERE state = 0 AND EXISTS "
                      "(SELECT 1 FROM jobs WHERE jobs.id = job_id AND jobs.state IN (?, ?))",
                      "ii", (int64_t)done, (int64_t)unknown));
    return ct_sql_run(sql, err, "DELETE FROM replies WHERE state = 0", "");
}

static void take(uint8_t ids[][CT_SHA256_LEN], int *n, struct ct_slice id)
{
    if (id.len == CT_SHA256_LEN && *n < MAX_VICTIMS)
        memcpy(ids[(*n)++], id.ptr, CT_SHA256_LEN);
}

static ct_code find_expired(struct ct_reply_victims *out, struct ct_sql *sql, int64_t now_ms,
                            struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT id FROM replies WHERE expires_ms <= ? LIMIT 64",
                        "i", now_ms));
    while (ct_sql_next(&rows))
        take(out->expired, &out->n_expired, ct_sql_text(&rows, 0));
    return ct_sql_end(&rows, err);
}

static ct_code find_too_many(struct ct_reply_victims *out, struct ct_sql *sql, int64_t now_ms,
                             int64_t max_bytes, struct ct_err *err)
{
    struct ct_sql_rows rows;
    int64_t over = 0;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT SUM(bytes) FROM replies WHERE bytes > 0", ""));
    if (ct_sql_next(&rows))
        over = ct_sql_int(&rows, 0) - max_bytes;
    CT_TRY(ct_sql_end(&rows, err));
    if (over <= 0)
        return CT_OK;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT id, bytes FROM replies WHERE bytes > 0 AND expires_ms > ? "
                        "ORDER BY created_ms LIMIT 64",
                        "i", now_ms));
    while (over > 0 && ct_sql_next(&rows)) {
        take(out->gone, &out->n_gone, ct_sql_text(&rows, 0));
        over -= ct_sql_int(&rows, 1);
    }
    return ct_sql_end(&rows, err);
}

ct_code ct_reply_rows_victims(struct ct_reply_victims *out, struct ct_sql *sql, int64_t now_ms,
                              int64_t max_bytes, struct ct_err *err)
{
    out->n_expired = out->n_gone = 0;
    CT_TRY(find_expired(out, sql, now_ms, err));
    return find_too_many(out, sql, now_ms, max_bytes, err);
}

/* Keeps the id when its row was changed just now. */
static void keep_changed(uint8_t ids[][CT_SHA256_LEN], int *n, int i, const struct ct_sql *sql)
{
    if (ct_sql_changes(sql) == 1)
        memmove(ids[(*n)++], ids[i], CT_SHA256_LEN);
}

ct_code ct_reply_rows_let_go(struct ct_sql *sql, struct ct_reply_victims *v, int64_t now_ms,
                             struct ct_err *err)
{
    int n_expired = 0, n_gone = 0;
    for (int i = 0; i < v->n_expired; i++) {
        CT_TRY(ct_sql_run(sql, err, "DELETE FROM replies WHERE id = ? AND expires_ms <= ?", "bi",
                          ID(v->expired[i]), now_ms));
        keep_changed(v->expired, &n_expired, i, sql);
    }
    for (int i = 0; i < v->n_gone; i++) {
        CT_TRY(ct_sql_run(sql, err,
                          "UPDATE replies SET state = 2, bytes = 0 WHERE id = ? AND bytes > 0", "b",
                          ID(v->gone[i])));
        keep_changed(v->gone, &n_gone, i, sql);
    }
    v->n_expired = n_expired;
    v->n_gone = n_gone;
    return CT_OK;
}
