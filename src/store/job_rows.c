/* Statements of the jobs table. One list of columns serves every SELECT; read_row() follows it. */
#include "store/job_rows.h"

#include <stdio.h>

#define COLUMNS                                                                                    \
    "id, request_id, key_id, state, lane, durable, extended, engine, operation, model, n, size, "  \
    "quality, format, background, safety_identifier, created_ms, started_ms, ended_ms, "           \
    "deadline_ms, expires_ms, attempts, error, error_param, error_message, text_tokens_in, "  \
    "image_tokens_in, image_tokens_out, warnings, reply_as"
#define BODY_COLUMN 30 /* behind COLUMNS, where it is asked for */
#define CONCURRENCY_COLUMN 30

/* NULL instead of 0, so that "none" needs no number of its own in SQL. */
static struct ct_slice decimal_or_null(char text[24], int64_t value)
{
    if (value == 0)
        return (struct ct_slice){ 0 };
    return ct_slice_n(text, (size_t)snprintf(text, 24, "%lld", (long long)value));
}

static void borrow_row(struct ct_job_row *row, const struct ct_sql_rows *r)
{
    *row = (struct ct_job_row){
        .id = ct_sql_text(r, 0),
        .request_id = ct_sql_text(r, 1),
        .key_id = ct_sql_text(r, 2),
        .state = (int)ct_sql_int(r, 3),
        .lane = (int)ct_sql_int(r, 4),
        .durable = ct_sql_int(r, 5) != 0,
        .extended = ct_sql_int(r, 6) != 0,
        .engine = ct_sql_text(r, 7),
        .operation = ct_sql_text(r, 8),
        .model = ct_sql_text(r, 9),
        .n = (int)ct_sql_int(r, 10),
        .size = ct_sql_text(r, 11),
        .quality = ct_sql_text(r, 12),
        .format = ct_sql_text(r, 13),
        .background = ct_sql_text(r, 14),
        .safety_identifier = ct_sql_text(r, 15),
        .created_ms = ct_sql_int(r, 16),
        .started_ms = ct_sql_int(r, 17),
        .ended_ms = ct_sql_int(r, 18),
        .deadline_ms = ct_sql_int(r, 19),
        .expires_ms = ct_sql_int(r, 20),
        .attempts = (int)ct_sql_int(r, 21),
        .error = ct_sql_text(r, 22),
        .error_param = ct_sql_text(r, 23),
        .error_message = ct_sql_text(r, 24),
        .text_tokens_in = ct_sql_int(r, 25),
        .image_tokens_in = ct_sql_int(r, 26),
        .image_tokens_out = ct_sql_int(r, 27),
        .warnings = ct_sql_text(r, 28),
        .reply_as = (int)ct_sql_int(r, 29),
    };
}

static ct_code keep_row(struct ct_job_row *row, struct ct_arena *arena, struct ct_err *err)
{
    struct ct_slice *const texts[] = {
        &row->id,      &row->request_id, &row->key_id,     &row->engine,
        &row->operation, &row->model,    &row->size,       &row->quality,
        &row->format,  &row->background, &row->safety_identifier, &row->body,
        &row->error,   &row->error_param, &row->error_message, &row->warnings,
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (texts[i]->ptr)
            *texts[i] = ct_arena_dup(arena, *texts[i]);
    if (ct_arena_failed(arena))
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    return CT_OK;
}

ct_code ct_job_row_insert(struct ct_sql *sql, const struct ct_job_row *row, struct ct_err *err)
{
    char deadline[24], expires[24];
    return ct_sql_run(
        sql, err,
        "INSERT INTO jobs (id, request_id, key_id, state, lane, durable, extended, engine, "
        "operation, model, n, size, quality, format, background, safety_identifier, body, "
        "created_ms, reply_as, deadline_ms, expires_ms) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,CAST(? AS INTEGER),CAST(? AS INTEGER))",
        "sssiiiisssisssssbiiss", row->id, row->request_id, row->key_id, (int64_t)row->state,
        (int64_t)row->lane, (int64_t)row->durable, (int64_t)row->extended, row->engine,
        row->operation, row->model, (int64_t)row->n, row->size, row->quality, row->format,
        row->background, row->safety_identifier, row->body, row->created_ms,
        (int64_t)row->reply_as,
        decimal_or_null(deadline, row->deadline_ms), decimal_or_null(expires, row->expires_ms));
}

static ct_code check_moved(const struct ct_sql *sql, struct ct_slice id, int from, int to,
                           struct ct_err *err)
{
    if (ct_sql_changes(sql) == 1)
        return CT_OK;
    return ct_fail(err, CT_E_INTERNAL, NULL, "Job %.*s is not in state %d and cannot go to %d.",
                   CT_SARG(id), from, to);
}

ct_code ct_job_row_move(struct ct_sql *sql, struct ct_slice id, int from, int to,
                        int64_t started_ms, struct ct_err *err)
{
    if (started_ms)
        CT_TRY(ct_sql_run(sql, err,
                          "UPDATE jobs SET state = ?, started_ms = ?, attempts = attempts + 1 "
                          "WHERE id = ? AND state = ?",
                          "iisi", (int64_t)to, started_ms, id, (int64_t)from));
    else
        CT_TRY(ct_sql_run(sql, err, "UPDATE jobs SET state = ? WHERE id = ? AND state = ?", "isi",
                          (int64_t)to, id, (int64_t)from));
    return check_moved(sql, id, from, to, err);
}

ct_code ct_job_row_end(struct ct_sql *sql, const struct ct_job_row *row, int from,
                       const struct ct_job_picture_row *pictures, int n_pictures,
                       struct ct_err *err)
{
    char expires[24];
    CT_TRY(ct_sql_run(
        sql, err,
        "UPDATE jobs SET state = ?, ended_ms = ?, expires_ms = CAST(? AS INTEGER), error = ?, "
        "error_param = ?, error_message = ?, text_tokens_in = ?, image_tokens_in = ?, "
        "image_tokens_out = ?, warnings = ?, body = NULL WHERE id = ? AND state = ?",
        "iissssiiissi", (int64_t)row->state, row->ended_ms,
        decimal_or_null(expires, row->expires_ms), row->error, row->error_param,
        row->error_message, row->text_tokens_in, row->image_tokens_in, row->image_tokens_out,
        row->warnings, row->id, (int64_t)from));
    CT_TRY(check_moved(sql, row->id, from, row->state, err));
    for (int i = 0; i < n_pictures; i++)
        CT_TRY(ct_sql_run(sql, err,
                          "INSERT INTO job_pictures (job_id, idx, name, bytes, seed) "
                          "VALUES (?,?,?,?,?)",
                          "sisii", row->id, (int64_t)i, pictures[i].name, pictures[i].bytes,
                          (int64_t)pictures[i].seed));
    return CT_OK;
}

ct_code ct_job_row_keep(struct ct_sql *sql, struct ct_slice id, int64_t until_ms,
                        struct ct_err *err)
{
    return ct_sql_run(sql, err, "UPDATE jobs SET expires_ms = MAX(expires_ms, ?) WHERE id = ?",
                      "is", until_ms, id);
}

ct_code ct_job_row_get(struct ct_job_row *out, struct ct_sql *sql, struct ct_arena *arena,
                       struct ct_slice id, struct ct_slice key_id, bool with_body,
                       struct ct_err *err)
{
    struct ct_sql_rows rows;
    bool found, kept = true;
    bool by_request = ct_slice_starts(id, "req_");
    if (by_request)
        CT_TRY(ct_sql_query(&rows, sql, err,
                            "SELECT " COLUMNS
                            ", body FROM jobs WHERE request_id = ? AND key_id = ? "
                            "AND durable = 1",
                            "ss", id, key_id));
    else
        CT_TRY(ct_sql_query(&rows, sql, err,
                            "SELECT " COLUMNS ", body FROM jobs WHERE id = ? AND key_id = ? "
                            "AND durable = 1", "ss",
                            id, key_id));
    found = ct_sql_next(&rows);
    if (found) {
        borrow_row(out, &rows);
        if (with_body)
            out->body = ct_sql_text(&rows, BODY_COLUMN);
        kept = keep_row(out, arena, err) == CT_OK;
    }
    CT_TRY(ct_sql_end(&rows, kept ? err : NULL));
    if (!found)
        return ct_fail(err, CT_E_NOT_FOUND, "id", "No task found with id '%.*s'.", CT_SARG(id));
    return kept ? CT_OK : CT_E_MEMORY;
}

ct_code ct_job_row_pictures(struct ct_job_picture_row *out, int max, int *n_out,
                            struct ct_sql *sql, struct ct_arena *arena, struct ct_slice id,
                            struct ct_err *err)
{
    struct ct_sql_rows rows;
    *n_out = 0;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT name, bytes, seed FROM job_pictures WHERE job_id = ? ORDER BY idx",
                        "s", id));
    while (*n_out < max && ct_sql_next(&rows))
        out[(*n_out)++] = (struct ct_job_picture_row){
            .name = ct_arena_dup(arena, ct_sql_text(&rows, 0)),
            .bytes = ct_sql_int(&rows, 1),
            .seed = (int32_t)ct_sql_int(&rows, 2),
        };
    CT_TRY(ct_sql_end(&rows, err));
    if (ct_arena_failed(arena))
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    return CT_OK;
}

/* Where a page of the list begins: the row behind `after`, which must be the caller's own. */
static ct_code list_start(int64_t *created_ms, struct ct_sql *sql, const struct ct_job_list *list,
                          struct ct_err *err)
{
    struct ct_sql_rows rows;
    *created_ms = INT64_MAX;
    if (!list->after.ptr)
        return CT_OK;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT created_ms FROM jobs WHERE id = ? AND key_id = ?",
                        "ss", list->after, list->key_id));
    bool found = ct_sql_next(&rows);
    if (found)
        *created_ms = ct_sql_int(&rows, 0);
    CT_TRY(ct_sql_end(&rows, err));
    if (!found)
        return ct_fail(err, CT_E_NOT_FOUND, "after", "No task found with id '%.*s'.",
                       CT_SARG(list->after));
    return CT_OK;
}

ct_code ct_job_row_list(struct ct_job_row *out, int *n_out, bool *more, struct ct_sql *sql,
                        struct ct_arena *arena, const struct ct_job_list *list, struct ct_err *err)
{
    struct ct_sql_rows rows;
    int64_t before;
    ct_code kept = CT_OK;
    *n_out = 0;
    *more = false;
    CT_TRY(list_start(&before, sql, list, err));
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT " COLUMNS " FROM jobs WHERE key_id = ?1 AND durable = 1 "
                        "AND (?2 = 0 OR ?2 >> state & 1) AND (created_ms, id) < (?3, ?4) ORDER BY "
                        "created_ms DESC, id DESC LIMIT ?5",
                        "siisi", list->key_id, (int64_t)list->states, before,
                        list->after.ptr ? list->after : CT_S("~"), (int64_t)list->limit + 1));
    while (kept == CT_OK && ct_sql_next(&rows)) {
        *more = *n_out == list->limit;
        if (*more)
            break;
        borrow_row(&out[*n_out], &rows);
        kept = keep_row(&out[(*n_out)++], arena, err);
    }
    ct_code rc = ct_sql_end(&rows, kept == CT_OK ? err : NULL);
    return kept == CT_OK ? rc : kept;
}

ct_code ct_job_rows_open(struct ct_sql *sql,
                         ct_code (*fn)(void *ctx, const struct ct_job_row *row, struct ct_err *err),
                         void *ctx, struct ct_err *err)
{
    struct ct_sql_rows rows;
    struct ct_job_row row;
    ct_code rc = CT_OK;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT " COLUMNS ", (SELECT concurrency FROM api_keys k WHERE k.id = "
                        "jobs.key_id) FROM jobs WHERE ended_ms IS NULL ORDER BY created_ms, id",
                        ""));
    while (rc == CT_OK && ct_sql_next(&rows)) {
        borrow_row(&row, &rows);
        row.concurrency = (int)ct_sql_int(&rows, CONCURRENCY_COLUMN);
        rc = fn(ctx, &row, err);
    }
    ct_code end = ct_sql_end(&rows, rc == CT_OK ? err : NULL);
    return rc == CT_OK ? end : rc;
}

ct_code ct_job_rows_recover(struct ct_sql *sql, const struct ct_job_recovery *r, struct ct_err *err)
{
    CT_TRY(ct_sql_run(sql, err,
                      "UPDATE jobs SET state = ? WHERE ended_ms IS NULL AND durable = 1 "
                      "AND state IN (?, ?)",
                      "iii", (int64_t)r->queued, (int64_t)r->running, (int64_t)r->finishing));
    CT_TRY(ct_sql_run(sql, err, "UPDATE jobs SET state = ? WHERE ended_ms IS NULL AND state = ?",
                      "ii", (int64_t)r->unknown, (int64_t)r->sent));
    return ct_sql_run(sql, err,
                      "UPDATE jobs SET state = ?, ended_ms = ?, expires_ms = ?, error = ?, "
                      "error_message = ?, body = NULL "
                      "WHERE ended_ms IS NULL AND durable = 0 AND state <> ?",
                      "iiissi", (int64_t)r->cancelled, r->now_ms, r->expires_ms,
                      r->error, r->error_message, (int64_t)r->unknown);
}
