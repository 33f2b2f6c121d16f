/* Exchanges: their life, and the functions a handler may call from any thread.
 *
 * On the owning loop a call is applied at once; from another thread it becomes a message in the
 * loop's mailbox. Order is kept: while messages of an exchange are under way, a call on the loop
 * goes through the mailbox too.
 *
 * Life: the connection holds one reference from the first byte of the head until on_done, the
 * handler as many as it takes. After on_done the exchange is inert: it has no connection, calls on
 * it are dropped. When memory for a message runs out the exchange is broken through its spare
 * message, so the client sees a closed connection, not silence. */
#include "net/http_internal.h"

#include "base/mem.h"

#include <unistd.h>

#define MAX_FREE_EXCHANGES 64

struct ct_slice ct_http_field_get(const struct ct_http_request *rq, const char *name)
{
    struct ct_slice wanted = ct_slice(name);
    for (size_t i = 0; rq && i < rq->n_fields; i++) {
        if (ct_slice_ieq(rq->fields[i].name, wanted))
            return rq->fields[i].value;
    }
    return (struct ct_slice){ NULL, 0 };
}

static struct ct_slice moved(struct ct_slice s, struct ct_slice from, const char *to)
{
    if (s.ptr >= from.ptr && s.ptr <= from.ptr + from.len)
        s.ptr = to + (s.ptr - from.ptr);
    return s;
}

/* The head is copied into the exchange, so that the request outlives the input buffer. */
static void store_request(struct ct_http_exchange *x, struct ct_http_conn *c,
                          const struct ct_http_head *head, struct ct_slice bytes)
{
    struct ct_http_field *fields = (struct ct_http_field *)(void *)x->store;
    char *copy = x->store + head->n_fields * sizeof(*fields);
    memcpy(copy, bytes.ptr, bytes.len);
    char *peer = copy + bytes.len;
    memcpy(peer, c->peer, strlen(c->peer) + 1);
    for (size_t i = 0; i < head->n_fields; i++) {
        fields[i].name = moved(head->fields[i].name, bytes, copy);
        fields[i].value = moved(head->fields[i].value, bytes, copy);
    }
    x->rq = (struct ct_http_request){
        .method = moved(head->method, bytes, copy),
        .target = moved(head->target, bytes, copy),
        .path = moved(head->path, bytes, copy),
        .query = moved(head->query, bytes, copy),
        .minor_version = head->minor_version,
        .head = ct_slice_is(head->method, "HEAD"),
        .fields = fields,
        .n_fields = head->n_fields,
        .has_body = head->chunked || head->content_length > 0,
        .content_length = head->chunked              ? -1
                          : head->content_length < 0 ? 0
                                                     : head->content_length,
        .peer = peer,
        .started_us = c->since_us,
    };
    x->has_request = true;
    x->keep_alive = head->keep_alive;
}

static struct ct_http_exchange *allocate(struct ct_http_loop *loop, size_t store_bytes)
{
    struct ct_http_exchange *x = loop->free_exchanges;
    struct ct_http_msg *spare = NULL;
    if (x && store_bytes <= CT_HTTP_STORE_BYTES) {
        loop->free_exchanges = x->free_next;
        loop->n_free_exchanges--;
        spare = x->spare;
        store_bytes = CT_HTTP_STORE_BYTES;
    } else {
        store_bytes = store_bytes < CT_HTTP_STORE_BYTES ? CT_HTTP_STORE_BYTES : store_bytes;
        x = ct_malloc(sizeof(*x) + store_bytes);
        spare = ct_malloc(sizeof(*spare));
        if (!x || !spare) {
            ct_free(x);
            ct_free(spare);
            return NULL;
        }
    }
    memset(x, 0, sizeof(*x));
    x->spare = spare;
    x->store_bytes = store_bytes;
    return x;
}

struct ct_http_exchange *ct_http__exchange_new(struct ct_http_conn *c,
                                               const struct ct_http_head *head,
                                               struct ct_slice bytes)
{
    size_t need = 0;
    if (head)
        need = head->n_fields * sizeof(struct ct_http_field) + bytes.len + strlen(c->peer) + 1;
    struct ct_http_exchange *x = allocate(c->loop, need);
    if (!x)
        return NULL;
    atomic_init(&x->refs, 1);
    x->box = c->loop->box;
    atomic_fetch_add_explicit(&x->box->refs, 1, memory_order_relaxed);
    x->loop = c->loop;
    x->conn = c;
    ct_buf_init(&x->body, 0);
    if (head)
        store_request(x, c, head, bytes);
    return x;
}

void ct_http__exchange_free(struct ct_http_exchange *x)
{
    ct_free(x->spare);
    ct_free(x);
}

void ct_http_set_user(struct ct_http_exchange *x, void *user)
{
    x->user = user;
}

void *ct_http_user(const struct ct_http_exchange *x)
{
    return x->user;
}

struct ct_http_exchange *ct_http_ref(struct ct_http_exchange *x)
{
    atomic_fetch_add_explicit(&x->refs, 1, memory_order_relaxed);
    return x;
}

void ct_http_unref(struct ct_http_exchange **x_ref)
{
    struct ct_http_exchange *x = *x_ref;
    *x_ref = NULL;
    if (!x || atomic_fetch_sub_explicit(&x->refs, 1, memory_order_acq_rel) != 1)
        return;
    ct_http__mailbox_unref(x->box);
    ct_http__exchange_free(x);
}

void ct_http__exchange_drop_body(struct ct_http_exchange *x)
{
    x->loop->body_bytes -= x->body_counted;
    x->body_counted = 0;
    ct_buf_release(&x->body);
    x->rq.body = (struct ct_slice){ NULL, 0 };
}

void ct_http_stream_body(struct ct_http_exchange *x)
{
    x->streamed = true;
}

struct ct_blob *ct_http_take_body(struct ct_http_exchange *x)
{
    if (!x->in_request)
        return NULL;
    struct ct_blob *blob;
    if (x->body.data)
        blob = ct_blob_take(&x->body);
    else
        blob = ct_blob_copy(x->rq.body.ptr ? x->rq.body.ptr : "", x->rq.body.len);
    ct_http__exchange_drop_body(x);
    return blob;
}

static void cancel_late(struct ct_http_exchange *x)
{
    while (x->late) {
        struct ct_http_late *late = x->late;
        x->late = late->next;
        ct_http__timer_clear(&x->loop->wheel, &late->timer);
        ct_free(late);
    }
}

/* The last reference on the loop's own thread goes back to the loop's store. */
static void release_on_loop(struct ct_http_loop *loop, struct ct_http_exchange *x)
{
    bool fits =
        x->store_bytes == CT_HTTP_STORE_BYTES && loop->n_free_exchanges < MAX_FREE_EXCHANGES;
    bool mine = atomic_load_explicit(&x->refs, memory_order_acquire) == 1;
    if (!fits || !mine || atomic_load_explicit(&x->breaking, memory_order_relaxed)) {
        ct_http_unref(&x);
        return;
    }
    ct_http__mailbox_unref(x->box);
    x->free_next = loop->free_exchanges;
    loop->free_exchanges = x;
    loop->n_free_exchanges++;
}

void ct_http__exchange_end(struct ct_http_exchange *x)
{
    struct ct_http_loop *loop = x->loop;
    struct ct_http_handler *handler = &loop->server->handler;
    x->ended = true;
    ct_http__exchange_drop_body(x);
    cancel_late(x);
    if (handler->on_done)
        handler->on_done(handler->ctx, x, x->status ? x->status : 499, x->bytes);
    if (x->conn->x == x)
        x->conn->x = NULL;
    x->conn = NULL;
    x->loop = NULL;
    release_on_loop(loop, x);
}

void ct_http__exchange_abort(struct ct_http_exchange *x)
{
    struct ct_http_handler *handler = &x->loop->server->handler;
    atomic_store_explicit(&x->gone, true, memory_order_release);
    x->begun = x->complete = true; /* what on_abort may answer is dropped */
    if (handler->on_abort)
        handler->on_abort(handler->ctx, x);
    ct_http__exchange_end(x);
}

/* Something was queued outside of the connection's own turn: have it sent. */
static void wake_other(struct ct_http_exchange *x)
{
    if (x->loop->turn != x->conn)
        ct_http__conn_wake(x->conn);
}

/* Memory ran out in the middle of an answer: the client must see an end. */
static void break_conn(struct ct_http_exchange *x)
{
    if (!x->conn)
        return;
    x->conn->broken = true;
    wake_other(x);
}

static void drop_response(const struct ct_http_response *response)
{
    struct ct_blob *body = response->body;
    ct_blob_unref(&body);
    if (response->use_file)
        close(response->file);
}

static void apply_response(struct ct_http_exchange *x, const struct ct_http_response *response,
                           struct ct_slice fields)
{
    if (x->ended || x->begun) {
        drop_response(response);
        return;
    }
    bool sent = ct_http__send_head(x, response, fields, false);
    if (sent)
        sent = ct_http__send_body(x, response);
    else
        drop_response(response);
    if (sent)
        x->complete = true;
    else
        break_conn(x);
    wake_other(x);
}

static void apply_begin(struct ct_http_exchange *x, const struct ct_http_response *response,
                        struct ct_slice fields)
{
    if (x->ended || x->begun)
        return;
    if (!ct_http__send_head(x, response, fields, true))
        break_conn(x);
    wake_other(x);
}

static void apply_piece(struct ct_http_exchange *x, struct ct_blob *piece)
{
    if (x->ended || !x->begun || x->complete) {
        atomic_fetch_sub_explicit(&x->pending, piece->len, memory_order_relaxed);
        ct_blob_unref(&piece);
        return;
    }
    if (!ct_http__send_piece(x, piece))
        break_conn(x);
    wake_other(x);
}

static void apply_end(struct ct_http_exchange *x)
{
    if (x->ended || !x->begun || x->complete)
        return;
    if (ct_http__send_stream_end(x))
        x->complete = true;
    else
        break_conn(x);
    wake_other(x);
}

static void fire_late(struct ct_http_timer *timer, void *ctx)
{
    (void)ctx;
    struct ct_http_late *late = (struct ct_http_late *)(void *)timer; /* its first member */
    struct ct_http_exchange *x = late->x;
    struct ct_http_late **at = &x->late;
    while (*at != late)
        at = &(*at)->next;
    *at = late->next;
    void (*fn)(struct ct_http_exchange *, void *) = late->fn;
    void *arg = late->arg;
    ct_free(late);
    ct_http_ref(x); /* fn may end it */
    fn(x, arg);
    ct_http_unref(&x);
}

static void apply_late(struct ct_http_exchange *x, int delay_ms,
                       void (*fn)(struct ct_http_exchange *x, void *arg), void *arg)
{
    if (x->ended)
        return;
    if (delay_ms <= 0) {
        fn(x, arg);
        return;
    }
    struct ct_http_late *late = ct_calloc(1, sizeof(*late));
    if (!late) {
        break_conn(x);
        return;
    }
    *late = (struct ct_http_late){ .x = x, .next = x->late, .fn = fn, .arg = arg };
    late->timer.fire = fire_late;
    x->late = late;
    ct_http__timer_set(&x->loop->wheel, &late->timer, x->loop->now_us + (int64_t)delay_ms * 1000);
}

void ct_http__apply(struct ct_http_msg *msg)
{
    struct ct_http_exchange *x = msg->x;
    struct ct_slice fields = ct_slice_n(msg->text, msg->text_len);
    switch (msg->kind) {
    case CT_HTTP_RESPOND:
        apply_response(x, &msg->response, fields);
        msg->response = (struct ct_http_response){ 0 };
        break;
    case CT_HTTP_BEGIN:
        apply_begin(x, &msg->response, fields);
        break;
    case CT_HTTP_SEND:
        apply_piece(x, msg->piece);
        msg->piece = NULL;
        break;
    case CT_HTTP_END:
        apply_end(x);
        break;
    case CT_HTTP_LATER:
        apply_late(x, msg->delay_ms, msg->fn, msg->arg);
        break;
    case CT_HTTP_BREAK:
        break_conn(x);
        break;
    }
    ct_http__msg_free(msg);
}

void ct_http__msg_free(struct ct_http_msg *msg)
{
    struct ct_http_exchange *x = msg->x;
    drop_response(&msg->response);
    if (msg->piece)
        atomic_fetch_sub_explicit(&x->pending, msg->piece->len, memory_order_relaxed);
    ct_blob_unref(&msg->piece);
    atomic_fetch_sub_explicit(&x->in_mail, 1, memory_order_release);
    if (msg->kind != CT_HTTP_BREAK) /* that one is the exchange's spare */
        ct_free(msg);
    ct_http_unref(&x);
}

/* May this thread act on the exchange without the mailbox? */
static bool is_direct(struct ct_http_exchange *x)
{
    return pthread_equal(pthread_self(), x->box->thread) &&
           atomic_load_explicit(&x->in_mail, memory_order_acquire) == 0;
}

static void post(struct ct_http_exchange *x, struct ct_http_msg *msg)
{
    msg->x = ct_http_ref(x);
    atomic_fetch_add_explicit(&x->in_mail, 1, memory_order_relaxed);
    ct_http__mailbox_post(x->box, msg);
}

static struct ct_http_msg *new_msg(struct ct_http_exchange *x, enum ct_http_msg_kind kind,
                                   size_t text_len)
{
    struct ct_http_msg *msg = ct_malloc(sizeof(*msg) + text_len);
    if (msg) {
        *msg = (struct ct_http_msg){ .kind = kind, .text_len = text_len };
    } else if (!atomic_exchange(&x->breaking, true)) {
        *x->spare = (struct ct_http_msg){ .kind = CT_HTTP_BREAK };
        post(x, x->spare);
    }
    return msg;
}

void ct_http_respond(struct ct_http_exchange *x, const struct ct_http_response *response)
{
    if (is_direct(x)) {
        apply_response(x, response, (struct ct_slice){ NULL, 0 });
        return;
    }
    struct ct_http_msg *msg = new_msg(x, CT_HTTP_RESPOND, ct_http__put_fields(NULL, response));
    if (!msg) {
        drop_response(response);
        return;
    }
    ct_http__put_fields(msg->text, response);
    msg->response = *response;
    msg->response.fields = NULL;
    msg->response.n_fields = 0;
    msg->response.content_type = NULL;
    post(x, msg);
}

void ct_http_stream_begin(struct ct_http_exchange *x, const struct ct_http_response *response)
{
    if (is_direct(x)) {
        apply_begin(x, response, (struct ct_slice){ NULL, 0 });
        return;
    }
    struct ct_http_msg *msg = new_msg(x, CT_HTTP_BEGIN, ct_http__put_fields(NULL, response));
    if (!msg)
        return;
    ct_http__put_fields(msg->text, response);
    msg->response =
        (struct ct_http_response){ .status = response->status, .close = response->close };
    post(x, msg);
}

void ct_http_stream_send(struct ct_http_exchange *x, struct ct_blob *piece)
{
    if (!piece)
        return;
    atomic_fetch_add_explicit(&x->pending, piece->len, memory_order_relaxed);
    if (is_direct(x)) {
        apply_piece(x, piece);
        return;
    }
    struct ct_http_msg *msg = new_msg(x, CT_HTTP_SEND, 0);
    if (!msg) {
        atomic_fetch_sub_explicit(&x->pending, piece->len, memory_order_relaxed);
        ct_blob_unref(&piece);
        return;
    }
    msg->piece = piece;
    post(x, msg);
}

void ct_http_stream_end(struct ct_http_exchange *x)
{
    if (is_direct(x)) {
        apply_end(x);
        return;
    }
    struct ct_http_msg *msg = new_msg(x, CT_HTTP_END, 0);
    if (msg)
        post(x, msg);
}

void ct_http_later(struct ct_http_exchange *x, int delay_ms,
                   void (*fn)(struct ct_http_exchange *x, void *arg), void *arg)
{
    /* "Soon" goes through the mailbox on the loop too: fn must not run inside its caller. */
    if (delay_ms > 0 && is_direct(x)) {
        apply_late(x, delay_ms, fn, arg);
        return;
    }
    struct ct_http_msg *msg = new_msg(x, CT_HTTP_LATER, 0);
    if (!msg)
        return;
    msg->delay_ms = delay_ms;
    msg->fn = fn;
    msg->arg = arg;
    post(x, msg);
}

size_t ct_http_pending(const struct ct_http_exchange *x)
{
    return atomic_load_explicit(&x->pending, memory_order_relaxed);
}

bool ct_http_gone(const struct ct_http_exchange *x)
{
    return atomic_load_explicit(&x->gone, memory_order_acquire);
}
