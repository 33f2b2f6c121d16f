/* /v1/admin/keys: list, make, look, change, revoke and rotate, for keys with the scope admin.
 *
 * A change is posted to the database's thread, which reads the row, applies the body and writes it
 * in one transaction; the reply goes out from there, once it is durable and the table in memory
 * has it. A revoked key is off before whoever revoked it hears so. */
#include "api/call.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "policy/key_json.h"
#include "policy/spend.h"

#include <stdio.h>

#define ARENA_BYTES ((size_t)1 << 20)
#define REPLY_MAX ((size_t)16 << 20)
#define GRACE_DEFAULT_S (24 * 3600)
#define GRACE_MAX_S (30 * 24 * 3600)

enum action { CREATE, CHANGE, REVOKE, ROTATE };

struct change {
    struct ct_call *call; /* a reference, and one of its exchange */
    enum action action;
    char id[CT_KEY_ID_MAX];
    struct ct_blob *body; /* NULL: none */
    struct ct_arena *arena;
    const struct ct_json *object; /* NULL: none */
    int64_t grace_s;
    int64_t now_ms;
    struct ct_key key; /* afterwards: as it is in the database */
    char secret[CT_KEY_SECRET_MAX];
};

static void change_free(struct change *change)
{
    struct ct_http_exchange *x = change->call->x;
    ct_wipe(change->secret, sizeof(change->secret));
    ct_arena_free(&change->arena);
    ct_blob_unref(&change->body);
    ct_call_unref(&change->call);
    ct_http_unref(&x);
    ct_free(change);
}

static ct_code create(struct ct_sql *sql, struct change *c, struct ct_err *err)
{
    c->key = (struct ct_key){ .scopes = CT_SCOPES_DEFAULT, .limits = CT_KEY_LIMITS_NONE };
    CT_TRY(ct_key_apply(&c->key, c->object, c->now_ms, err));
    ct_key_init(&c->key, c->secret);
    return ct_key_row_insert(sql, &c->key, err);
}

static ct_code rotate(struct ct_sql *sql, struct change *c, struct ct_err *err)
{
    uint8_t hash[CT_SHA256_LEN];
    ct_key_make_secret(c->secret, hash);
    CT_TRY(ct_key_row_rotate(sql, ct_slice(c->id), hash,
                             c->grace_s ? c->now_ms + c->grace_s * 1000 : 0, err));
    return ct_key_row_get(&c->key, sql, ct_slice(c->id), err);
}

/* On the database's thread. */
static ct_code write_change(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct change *c = ctx;
    if (c->action == CREATE)
        return create(sql, c, err);
    if (c->action == ROTATE)
        return rotate(sql, c, err);
    CT_TRY(ct_key_row_get(&c->key, sql, ct_slice(c->id), err));
    if (c->action == CHANGE)
        CT_TRY(ct_key_apply(&c->key, c->object, c->now_ms, err));
    else if (!c->key.revoked_ms)
        c->key.revoked_ms = c->now_ms;
    return ct_key_row_update(sql, &c->key, err);
}

static void put_key(struct ct_buf *b, const struct ct_key *key, const char *secret, int64_t now_ms)
{
    ct_buf_putc(b, '{');
    ct_key_put_members(b, key, now_ms);
    if (secret && secret[0]) {
        ct_json_put_key(b, "secret");
        ct_json_put_cstring(b, secret);
    }
    ct_buf_putc(b, '}');
}

static void reply(struct ct_call *call, struct ct_buf *body)
{
    struct ct_call_fields fields = { .n = 0 };
    ct_call_add_field(&fields, "cache-control", CT_S("no-store"));
    ct_call_reply(call, 200, ct_blob_take(body), &fields);
}

static void changed(void *ctx, ct_code rc, const struct ct_err *err)
{
    struct change *c = ctx;
    struct ct_buf body;
    if (rc != CT_OK) {
        ct_call_fail(c->call, err, NULL);
        change_free(c);
        return;
    }
    /* When it fails, the look of every second tries again. */
    (void)!ct_keys_reload(c->call->api->keys, NULL);
    ct_log_event(c->call->api->log, CT_LOG_INFO, "key changed", CT_LOG_Z("key", c->key.id),
                 CT_LOG_Z("by", c->call->caller.key_id),
                 CT_LOG_Z("request_id", c->call->request_id));
    ct_buf_init(&body, REPLY_MAX);
    put_key(&body, &c->key, c->secret, c->now_ms);
    reply(c->call, &body);
    change_free(c);
}

static ct_code read_grace(struct change *c, struct ct_err *err)
{
    const struct ct_json *grace = ct_json_get(c->object, "grace_seconds");
    c->grace_s = GRACE_DEFAULT_S;
    if (!grace)
        return CT_OK;
    if (grace->type != CT_JSON_INT || grace->integer < 0 || grace->integer > GRACE_MAX_S)
        return ct_fail(err, CT_E_VALUE, "grace_seconds",
                       "Invalid value for 'grace_seconds': 0 to %d seconds are expected.",
                       GRACE_MAX_S);
    c->grace_s = grace->integer;
    return CT_OK;
}

static ct_code prepare(struct change *c, struct ct_err *err)
{
    c->now_ms = ct_clock_wall_ms();
    c->body = ct_http_take_body(c->call->x);
    c->arena = ct_arena_new(ARENA_BYTES);
    if (!c->arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory.");
    snprintf(c->id, sizeof(c->id), "%.*s", (int)(c->call->id.len < 64 ? c->call->id.len : 64),
             c->call->id.ptr ? c->call->id.ptr : "");
    if (c->action == CREATE || c->action == CHANGE || (c->body && c->body->len > 0))
        CT_TRY(ct_json_parse(&c->object, c->arena,
                             c->body ? ct_slice_n(c->body->data, c->body->len) : CT_S(""), NULL,
                             err));
    return c->action == ROTATE ? read_grace(c, err) : CT_OK;
}

static void start(struct ct_call *call, enum action action)
{
    struct ct_err err = { 0 };
    struct change *c = ct_calloc(1, sizeof(*c));
    if (!c) {
        ct_fail(&err, CT_E_MEMORY, NULL, "The server is out of memory.");
        ct_call_fail(call, &err, NULL);
        return;
    }
    c->call = ct_call_ref(call);
    ct_http_ref(call->x);
    c->action = action;
    ct_code rc = prepare(c, &err);
    if (rc == CT_OK)
        rc = ct_db_post(call->api->db, write_change, c, changed, &err);
    if (rc == CT_OK)
        return;
    ct_call_fail(call, &err, NULL);
    change_free(c);
}

void ct_api_key_create(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    start(call, CREATE);
}

void ct_api_key_change(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    start(call, CHANGE);
}

void ct_api_key_revoke(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    start(call, REVOKE);
}

void ct_api_key_rotate(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    start(call, ROTATE);
}

struct listing {
    struct ct_buf body;
    struct ct_slice id; /* ptr NULL: all */
    int64_t now_ms;
    struct ct_sql *sql;
};

static ct_code put_one(void *ctx, const struct ct_key *key, struct ct_err *err)
{
    struct listing *l = ctx;
    struct ct_ledger_spent spent;
    CT_TRY(ct_ledger_spent(&spent, l->sql, ct_slice(key->id), ct_month_first_day(l->now_ms), err));
    ct_buf_puts(&l->body, l->body.len && l->body.data[l->body.len - 1] == '}' ? ",{" : "{");
    ct_key_put_members(&l->body, key, l->now_ms);
    ct_key_put_spent(&l->body, &spent);
    ct_buf_putc(&l->body, '}');
    return CT_OK;
}

static ct_code read_keys(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct listing *l = ctx;
    struct ct_key key;
    l->sql = sql;
    if (l->id.ptr) {
        CT_TRY(ct_key_row_get(&key, sql, l->id, err));
        return put_one(l, &key, err);
    }
    ct_buf_puts(&l->body, "{\"object\":\"list\",\"data\":[");
    CT_TRY(ct_key_rows_each(sql, put_one, l, err));
    ct_buf_puts(&l->body, "],\"has_more\":false}");
    return CT_OK;
}

static void show(struct ct_call *call, struct ct_slice id)
{
    struct ct_err err = { 0 };
    struct listing l = { .id = id, .now_ms = ct_clock_wall_ms() };
    ct_keys_flush(call->api->keys, true); /* last_used is in the next listing at the latest */
    ct_buf_init(&l.body, REPLY_MAX);
    if (ct_db_read(call->api->db, read_keys, &l, &err) == CT_OK)
        reply(call, &l.body);
    else
        ct_call_fail(call, &err, NULL);
    ct_buf_release(&l.body);
}

void ct_api_keys(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    show(call, (struct ct_slice){ 0 });
}

void ct_api_key(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    show(call, call->id);
}
