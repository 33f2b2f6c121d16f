/* Statements of the ledger. add_up() takes what it adds from the row itself, so that the two tables
 * cannot be told different things. */
#include "store/ledger.h"

#define DAY_MS "86400000"

static struct ct_slice or_empty(struct ct_slice text)
{
    return text.ptr ? text : CT_S("");
}

ct_code ct_ledger_reserve(struct ct_sql *sql, const struct ct_ledger_row *row, struct ct_err *err)
{
    return ct_sql_run(sql, err,
                      "INSERT INTO ledger (job_id, request_id, key_id, user_id, model, engine, "
                      "simulated, state, at_ms, reserved) VALUES (?,?,?,?,?,?,?,?,?,?)",
                      "ssssssiiii", row->job_id, row->request_id, row->key_id,
                      or_empty(row->user), row->model, row->engine, (int64_t)row->simulated,
                      (int64_t)CT_LEDGER_OPEN, row->at_ms, row->reserved);
}

/* Closes an open row with what came of it. */
static ct_code close_row(struct ct_sql *sql, struct ct_slice job_id,
                         const struct ct_ledger_end *end, struct ct_err *err)
{
    int64_t state = end->pictures > 0 || end->cost > 0 ? CT_LEDGER_SETTLED : CT_LEDGER_RELEASED;
    return ct_sql_run(sql, err,
                      "UPDATE ledger SET state = ?, ended_ms = ?, failed = ?, cached = ?, "
                      "pictures = ?, text_tokens_in = ?, image_tokens_in = ?, "
                      "image_tokens_out = ?, cost_real = IIF(simulated, 0, ?9), "
                      "cost_simulated = IIF(simulated, ?9, 0), requests = ?10 "
                      "WHERE job_id = ?11 AND state = 0",
                      "iiiiiiiiiis", state, end->ended_ms, (int64_t)end->failed, end->cached,
                      end->pictures, end->text_tokens_in, end->image_tokens_in,
                      end->image_tokens_out, end->cost, end->requests ? end->requests : 1,
                      job_id);
}

static ct_code add_up(struct ct_sql *sql, struct ct_slice job_id, struct ct_err *err)
{
    return ct_sql_run(
        sql, err,
        "INSERT INTO usage_days SELECT at_ms / " DAY_MS ", key_id, user_id, model, requests, "
        "failed, cached, pictures, text_tokens_in, image_tokens_in, image_tokens_out, cost_real, "
        "cost_simulated FROM ledger WHERE job_id = ? "
        "ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, "
        "failed = failed + excluded.failed, "
        "cached = cached + excluded.cached, pictures = pictures + excluded.pictures, "
        "text_tokens_in = text_tokens_in + excluded.text_tokens_in, "
        "image_tokens_in = image_tokens_in + excluded.image_tokens_in, "
        "image_tokens_out = image_tokens_out + excluded.image_tokens_out, "
        "cost_real = cost_real + excluded.cost_real, "
        "cost_simulated = cost_simulated + excluded.cost_simulated",
        "s", job_id);
}

ct_code ct_ledger_put(struct ct_sql *sql, const struct ct_ledger_row *row,
                      const struct ct_ledger_end *end, struct ct_err *err)
{
    CT_TRY(ct_ledger_reserve(sql, row, err));
    CT_TRY(close_row(sql, row->job_id, end, err));
    return add_up(sql, row->job_id, err);
}

static ct_code show_reserved(struct ct_sql *sql, struct ct_slice job_id,
                             void (*with)(void *ctx, const struct ct_ledger_row *row), void *ctx,
                             struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT key_id, user_id, simulated, at_ms, reserved FROM ledger "
                        "WHERE job_id = ?",
                        "s", job_id));
    if (ct_sql_next(&rows)) {
        const struct ct_ledger_row row = {
            .job_id = job_id,
            .key_id = ct_sql_text(&rows, 0),
            .user = ct_sql_text(&rows, 1),
            .simulated = ct_sql_int(&rows, 2) != 0,
            .at_ms = ct_sql_int(&rows, 3),
            .reserved = ct_sql_int(&rows, 4),
        };
        with(ctx, &row);
    }
    return ct_sql_end(&rows, err);
}

ct_code ct_ledger_settle(struct ct_sql *sql, struct ct_slice job_id,
                         const struct ct_ledger_end *end,
                         void (*with)(void *ctx, const struct ct_ledger_row *row), void *ctx,
                         struct ct_err *err)
{
    CT_TRY(close_row(sql, job_id, end, err));
    if (ct_sql_changes(sql) == 0)
        return CT_OK; /* a job of before the ledger */
    CT_TRY(add_up(sql, job_id, err));
    return with ? show_reserved(sql, job_id, with, ctx, err) : CT_OK;
}

ct_code ct_ledger_release_orphans(struct ct_sql *sql, int64_t now_ms, struct ct_err *err)
{
    return ct_sql_run(sql, err,
                      "UPDATE ledger SET state = ?, ended_ms = ? WHERE state = 0 AND NOT EXISTS "
                      "(SELECT 1 FROM jobs WHERE jobs.id = job_id AND jobs.ended_ms IS NULL)",
                      "ii", (int64_t)CT_LEDGER_RELEASED, now_ms);
}

/* Settled and open, a row each: key, user, day, real, simulated. */
#define ALL_SPENT                                                                                  \
    "(SELECT key_id, user_id, day, cost_real AS r, cost_simulated AS s FROM usage_days "           \
    "UNION ALL SELECT key_id, user_id, at_ms / " DAY_MS ", IIF(simulated, 0, reserved), "          \
    "IIF(simulated, reserved, 0) FROM ledger WHERE state = 0)"

ct_code ct_ledger_sums(struct ct_sql *sql, int64_t first_day,
                       void (*fn)(void *ctx, const struct ct_ledger_sum *sum), void *ctx,
                       struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT key_id, IIF(day < ?1, '', user_id) AS u, IIF(day < ?1, 0, day) AS "
                        "d, SUM(r), SUM(s) "
                        "FROM " ALL_SPENT " GROUP BY key_id, u, d",
                        "i", first_day));
    while (ct_sql_next(&rows)) {
        const struct ct_ledger_sum sum = { .key_id = ct_sql_text(&rows, 0),
                                           .user = ct_sql_text(&rows, 1),
                                           .day = ct_sql_int(&rows, 2),
                                           .real = ct_sql_int(&rows, 3),
                                           .simulated = ct_sql_int(&rows, 4) };
        fn(ctx, &sum);
    }
    return ct_sql_end(&rows, err);
}

ct_code ct_ledger_spent(struct ct_ledger_spent *out, struct ct_sql *sql, struct ct_slice key_id,
                        int64_t month_first_day, struct ct_err *err)
{
    struct ct_sql_rows rows;
    *out = (struct ct_ledger_spent){ 0 };
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT SUM(IIF(day >= ?1, r, 0)), SUM(IIF(day >= ?1, s, 0)), SUM(r), "
                        "SUM(s) FROM " ALL_SPENT " WHERE key_id = ?2",
                        "is", month_first_day, key_id));
    if (ct_sql_next(&rows))
        *out = (struct ct_ledger_spent){ ct_sql_int(&rows, 0), ct_sql_int(&rows, 1),
                                         ct_sql_int(&rows, 2), ct_sql_int(&rows, 3) };
    return ct_sql_end(&rows, err);
}

#define LINES(group, day, order)                                                                   \
    "SELECT " group ", " day ", SUM(requests), SUM(failed), SUM(cached), SUM(pictures), "          \
    "SUM(text_tokens_in), SUM(image_tokens_in), SUM(image_tokens_out), SUM(cost_real), "           \
    "SUM(cost_simulated) FROM usage_days WHERE day BETWEEN ?1 AND ?2 "                             \
    "AND (?3 IS NULL OR key_id = ?3) GROUP BY 1, 2 ORDER BY " order

ct_code ct_usage_lines(struct ct_sql *sql, const struct ct_usage_query *query,
                       ct_code (*fn)(void *ctx, const struct ct_usage_line *line,
                                     struct ct_err *err),
                       void *ctx, struct ct_err *err)
{
    static const char *const texts[] = {
        [CT_USAGE_BY_KEY] = LINES("key_id", "0", "SUM(cost_real + cost_simulated) DESC, 1"),
        [CT_USAGE_BY_USER] = LINES("user_id", "0", "SUM(cost_real + cost_simulated) DESC, 1"),
        [CT_USAGE_BY_MODEL] = LINES("model", "0", "SUM(cost_real + cost_simulated) DESC, 1"),
        [CT_USAGE_BY_DAY] = LINES("''", "day", "2"),
    };
    struct ct_sql_rows rows;
    ct_code rc = CT_OK;
    CT_TRY(ct_sql_query(&rows, sql, err, texts[query->by], "iis", query->from_day, query->to_day,
                        query->key_id));
    while (rc == CT_OK && ct_sql_next(&rows)) {
        const struct ct_usage_line line = {
            .group = ct_sql_text(&rows, 0),
            .day = ct_sql_int(&rows, 1),
            .requests = ct_sql_int(&rows, 2),
            .failed = ct_sql_int(&rows, 3),
            .cached = ct_sql_int(&rows, 4),
            .pictures = ct_sql_int(&rows, 5),
            .text_tokens_in = ct_sql_int(&rows, 6),
            .image_tokens_in = ct_sql_int(&rows, 7),
            .image_tokens_out = ct_sql_int(&rows, 8),
            .cost_real = ct_sql_int(&rows, 9),
            .cost_simulated = ct_sql_int(&rows, 10),
        };
        rc = fn(ctx, &line, err);
    }
    ct_code end = ct_sql_end(&rows, rc == CT_OK ? err : NULL);
    return rc == CT_OK ? end : rc;
}
