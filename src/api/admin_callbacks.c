/* GET /v1/admin/callbacks, POST /v1/admin/callbacks/{id}/redeliver, for keys with the scope admin:
 * what `calotype callbacks` does. A redelivery is posted to the database's thread and answered from
 * there, once it is durable; the deliverer notices within a second. */
#include "api/call.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "policy/delivery_json.h"

#include <stdio.h>

#define REPLY_MAX ((size_t)16 << 20)
#define ARENA_BYTES ((size_t)1 << 20)
#define LIST_DEFAULT 100
#define LIST_MAX 1000

struct listing {
    bool dead;
    int limit, n;
    struct ct_buf out;
};

static void put_row(void *ctx, const struct ct_delivery_row *row)
{
    struct listing *l = ctx;
    if (l->n++ > 0)
        ct_buf_putc(&l->out, ',');
    ct_delivery_put(&l->out, row);
}

static ct_code list(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct listing *l = ctx;
    return ct_delivery_rows_each(sql, l->dead, l->limit, put_row, l, err);
}

static ct_code read_pair(struct listing *l, struct ct_slice name, struct ct_slice value,
                         struct ct_err *err)
{
    uint64_t limit;
    if (ct_slice_is(name, "state")) {
        l->dead = ct_slice_is(value, "dead");
        if (!l->dead && !ct_slice_is(value, "any"))
            return ct_fail(err, CT_E_VALUE, "state",
                           "Invalid value for 'state': supported are 'any' and 'dead'.");
    } else if (ct_slice_is(name, "limit")) {
        if (!ct_slice_u64(value, &limit) || limit < 1 || limit > LIST_MAX)
            return ct_fail(err, CT_E_VALUE, "limit",
                           "Invalid value for 'limit': a number from 1 to %d is expected.",
                           LIST_MAX);
        l->limit = (int)limit;
    }
    return CT_OK;
}

static ct_code read_query(struct listing *l, struct ct_slice query, struct ct_err *err)
{
    struct ct_slice pair, rest, name, value;
    while (query.len > 0) {
        if (!ct_slice_cut(query, '&', &pair, &rest)) {
            pair = query;
            rest = (struct ct_slice){ 0 };
        }
        query = rest;
        if (ct_slice_cut(pair, '=', &name, &value))
            CT_TRY(read_pair(l, name, value, err));
    }
    return CT_OK;
}

static void reply(struct ct_call *call, struct ct_buf *body)
{
    struct ct_call_fields fields = { .n = 0 };
    ct_call_add_field(&fields, "cache-control", CT_S("no-store"));
    ct_call_reply(call, 200, ct_blob_take(body), &fields);
}

void ct_api_callbacks(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct listing l = { .limit = LIST_DEFAULT };
    ct_buf_init(&l.out, REPLY_MAX);
    ct_buf_puts(&l.out, "{\"object\":\"list\",\"data\":[");
    ct_code rc = read_query(&l, rq->query, &err);
    if (rc == CT_OK)
        rc = ct_db_read(call->api->db, list, &l, &err);
    ct_buf_puts(&l.out, "]}");
    if (rc == CT_OK)
        reply(call, &l.out);
    else
        ct_call_fail(call, &err, NULL);
    ct_buf_release(&l.out);
}

struct again {
    struct ct_call *call; /* a reference, and one of its exchange */
    char id[CT_DELIVERY_ID_MAX];
    struct ct_arena *arena;
    struct ct_delivery_row row; /* afterwards */
};

static void again_free(struct again *a)
{
    struct ct_http_exchange *x = a->call->x;
    ct_arena_free(&a->arena);
    ct_call_unref(&a->call);
    ct_http_unref(&x);
    ct_free(a);
}

/* On the database's thread. */
static ct_code redeliver(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct again *a = ctx;
    int n;
    CT_TRY(ct_delivery_row_redeliver(&n, sql, ct_slice(a->id), ct_clock_wall_ms(), err));
    return ct_delivery_row_get(&a->row, sql, a->arena, ct_slice(a->id), err);
}

static void redelivered(void *ctx, ct_code rc, const struct ct_err *err)
{
    struct again *a = ctx;
    struct ct_buf body;
    if (rc != CT_OK) {
        ct_call_fail(a->call, err, NULL);
        again_free(a);
        return;
    }
    ct_log_event(a->call->api->log, CT_LOG_INFO, "callback due again", CT_LOG_Z("delivery", a->id),
                 CT_LOG_Z("by", a->call->caller.key_id),
                 CT_LOG_Z("request_id", a->call->request_id));
    ct_buf_init(&body, REPLY_MAX);
    ct_delivery_put(&body, &a->row);
    reply(a->call, &body);
    again_free(a);
}

void ct_api_callback_redeliver(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct again *a = ct_calloc(1, sizeof(*a));
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    (void)rq;
    if (!a || !arena) {
        ct_free(a);
        ct_arena_free(&arena);
        ct_fail(&err, CT_E_MEMORY, NULL, "The server is out of memory. Please try again later.");
        ct_call_fail(call, &err, NULL);
        return;
    }
    *a = (struct again){ .call = ct_call_ref(call), .arena = arena };
    ct_http_ref(call->x);
    snprintf(a->id, sizeof(a->id), "%.*s", CT_SARG(call->id)); /* a longer one is nobody's */
    if (ct_db_post(call->api->db, redeliver, a, redelivered, &err) == CT_OK)
        return;
    ct_call_fail(call, &err, NULL);
    again_free(a);
}
