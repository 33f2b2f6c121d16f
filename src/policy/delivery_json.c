/* See delivery_json.h. */
#include "policy/delivery_json.h"

#include "base/json.h"

const char *ct_delivery_state(const struct ct_delivery_row *row)
{
    return row->delivered_ms ? "delivered" : row->next_ms ? "pending" : "dead";
}

static void put_text(struct ct_buf *b, const char *key, struct ct_slice value)
{
    ct_json_put_key(b, key);
    if (value.ptr)
        ct_json_put_string(b, value);
    else
        ct_buf_puts(b, "null");
}

static void put_time(struct ct_buf *b, const char *key, int64_t ms)
{
    ct_json_put_key(b, key);
    if (ms)
        ct_buf_puti(b, ms / 1000);
    else
        ct_buf_puts(b, "null");
}

void ct_delivery_put(struct ct_buf *b, const struct ct_delivery_row *row)
{
    ct_buf_putc(b, '{');
    put_text(b, "id", row->id);
    put_text(b, "task", row->job_id);
    put_text(b, "key", row->key_id);
    put_text(b, "type", row->type);
    put_text(b, "url", row->url);
    put_text(b, "state", ct_slice(ct_delivery_state(row)));
    ct_json_put_key(b, "attempts");
    ct_buf_puti(b, row->attempts);
    ct_json_put_key(b, "status");
    ct_buf_puti(b, row->status);
    put_text(b, "error", row->error);
    put_time(b, "created_at", row->created_ms);
    put_time(b, "last_attempt_at", row->last_ms);
    put_time(b, "next_attempt_at", row->next_ms);
    put_time(b, "delivered_at", row->delivered_ms);
    ct_buf_putc(b, '}');
}
