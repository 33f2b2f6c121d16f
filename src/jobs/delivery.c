/* See delivery.h. Blocking, on a worker's thread; shares nothing but the database. */
#include "jobs/delivery.h"

#include "base/clock.h"
#include "base/hash.h"
#include "jobs/callback.h"
#include "policy/webhook.h"
#include "store/callback_rows.h"

#include <stdio.h>

#define ARENA_BYTES ((size_t)4 << 20)
#define TIMEOUT_MS 10000
#define SECOND 1000ll
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

static const int64_t delays_ms[] = {
    5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR,
    2 * HOUR,   4 * HOUR,    8 * HOUR,   12 * HOUR,   24 * HOUR,
};
#define N_DELAYS ((int)(sizeof(delays_ms) / sizeof(delays_ms[0])))

int64_t ct_delivery_next_ms(int attempts, int64_t first_ms, int64_t now_ms, uint32_t random)
{
    int64_t last = first_ms + CT_CALLBACK_HOURS * HOUR;
    if (now_ms >= last)
        return 0;
    if (attempts > N_DELAYS)
        return last;
    int64_t delay = delays_ms[attempts < 1 ? 0 : attempts - 1];
    delay += delay / 10 * ((int64_t)(random % 2001) - 1000) / 1000;
    return now_ms + delay < last ? now_ms + delay : last;
}

static uint32_t draw(const struct ct_sender *sender)
{
    uint32_t random;
    if (sender->random)
        return sender->random(sender->random_ctx);
    ct_random(&random, sizeof(random));
    return random;
}

struct reading {
    struct ct_slice id;
    struct ct_arena *arena;
    struct ct_delivery_row row;
    int64_t generation, rotated_ms; /* of its key's secret */
};

static ct_code read_row(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct reading *r = ctx;
    CT_TRY(ct_delivery_row_get(&r->row, sql, r->arena, r->id, err));
    return ct_callback_secret_get(&r->generation, &r->rotated_ms, sql, r->row.key_id, err);
}

static void put_signature(struct ct_buf *b, const struct ct_sender *sender, const struct reading *r,
                          int64_t generation, const struct ct_webhook *hook)
{
    struct ct_secret secret;
    ct_webhook_secret(&secret, sender->secret, r->row.key_id, generation);
    ct_webhook_put_signature(b, ct_slice_n((const char *)secret.bytes, sizeof(secret.bytes)), hook);
    ct_secret_wipe(&secret);
}

/* By the secret of today, and for a day after a change by the one before. */
static void put_signatures(struct ct_buf *b, const struct ct_sender *sender,
                           const struct reading *r, int64_t now_ms)
{
    struct ct_webhook hook = { r->row.id, now_ms / 1000, r->row.body };
    put_signature(b, sender, r, r->generation, &hook);
    if (r->generation > 0 && now_ms < r->rotated_ms + CT_SECRET_GRACE_MS)
        put_signature(b, sender, r, r->generation - 1, &hook);
}

static ct_code post(struct ct_fetch_item *item, const struct ct_sender *sender,
                    const struct reading *r, int64_t now_ms, bool (*cancelled)(void *ctx),
                    void *ctx, struct ct_err *err)
{
    char id[80], timestamp[64], signature[256];
    struct ct_buf signatures;
    struct ct_fetch_options options = sender->fetch;

    options.timeout_ms = TIMEOUT_MS;
    ct_buf_init(&signatures, sizeof(signature));
    put_signatures(&signatures, sender, r, now_ms);
    bool failed = signatures.failed;
    snprintf(id, sizeof(id), "webhook-id: %.*s", CT_SARG(r->row.id));
    snprintf(timestamp, sizeof(timestamp), "webhook-timestamp: %lld", (long long)(now_ms / 1000));
    snprintf(signature, sizeof(signature), "webhook-signature: %s", ct_buf_text(&signatures));
    ct_buf_release(&signatures);
    if (failed)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while signing a delivery.");
    const char *const fields[] = { "content-type: application/json", id, timestamp, signature,
                                   "expect:", NULL };
    struct ct_fetch_post body = { r->row.body, fields };
    *item = (struct ct_fetch_item){ .url = r->row.url, .post = &body };
    ct_fetch_all(item, 1, &options, cancelled, ctx);
    item->post = NULL; /* it was ours */
    return CT_OK;
}

/* For people: what came of it, in a few words. */
static void describe(char out[256], const struct ct_fetch_item *item)
{
    if (item->status >= 300 && item->status < 400)
        snprintf(out, 256, "answered %d; redirects are not followed", item->status);
    else if (item->status)
        snprintf(out, 256, "answered %d", item->status);
    else
        snprintf(out, 256, "%.250s", item->err.msg);
}

static ct_code note(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_delivery_row_note(sql, ctx, err);
}

static ct_code settle(const struct ct_sender *sender, const struct reading *r,
                      const struct ct_fetch_item *item, struct ct_err *err)
{
    char what[256];
    int64_t now = ct_clock_wall_ms();
    int attempts = r->row.attempts + 1;
    struct ct_delivery_outcome o = { .id = r->row.id, .now_ms = now, .status = item->status };

    describe(what, item);
    o.delivered = item->err.code == CT_OK;
    if (!o.delivered) {
        o.error = ct_slice(what);
        o.next_ms = ct_delivery_next_ms(attempts, r->row.first_ms, now, draw(sender));
    }
    CT_TRY(ct_db_write(sender->db, note, &o, err));
    ct_log_event(sender->log, o.delivered || o.next_ms ? CT_LOG_INFO : CT_LOG_WARN,
                 o.delivered ? "callback delivered"
                 : o.next_ms ? "callback failed, will be tried again"
                             : "callback is dead",
                 CT_LOG_S("delivery", r->row.id), CT_LOG_S("job", r->row.job_id),
                 CT_LOG_S("host", r->row.host), CT_LOG_I("attempt", attempts),
                 CT_LOG_Z("outcome", what));
    return CT_OK;
}

ct_code ct_delivery_attempt(const struct ct_sender *sender, struct ct_slice id,
                            bool (*cancelled)(void *ctx), void *ctx, struct ct_err *err)
{
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct reading r = { .id = id, .arena = arena };
    struct ct_fetch_item item;
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while delivering.");
    CT_TRY(ct_db_read(sender->db, read_row, &r, err));
    int64_t now = ct_clock_wall_ms();
    if (r.row.next_ms == 0 || r.row.next_ms > now) /* tried since it was found to be due */
        return CT_OK;
    CT_TRY(post(&item, sender, &r, now, cancelled, ctx, err));
    if (item.err.code == CT_E_CANCELLED)
        return CT_OK;
    return settle(sender, &r, &item, err);
}
