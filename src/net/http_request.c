/* A request's way in: from the socket to the handler.
 *
 *     socket -> input -> head -> on_headers -> body -> on_request
 *                          `-- fault, limit, too slow --> on_error
 *
 * Called by http_conn.c in a connection's turn: ct_http__fill() reads, ct_http__step() goes one
 * step on with what there is. `in` borrows the loop's input buffer as long as the turn lasts; what
 * is left of it then moves to memory of its own (ct_http__own_input), so that an idle connection
 * owns no buffer at all. Bodies of known length are read straight into their own memory once what
 * came with the head is used up; a body that came whole with its head is not copied; a body that
 * is streamed goes from the loop's input buffer to on_body and is never kept.
 *
 * Invariant: after a fault nothing of the input is looked at again. */
#include "net/http_internal.h"

#include "base/mem.h"

#include <errno.h>
#include <sys/socket.h>

#define MIN_ROOM_BYTES                                                                             \
    512 /* read into no less, so that a dripping head is not copied each time                      \
         */
#define GROW_BYTES 4096
#define DIRECT_READ_BYTES 4096  /* from this many body bytes on, reads go straight to the body */
#define QUEUE_BYTES (32 * 1024) /* queued output above which no further request is started */

/* --- input ---------------------------------------------------------------------------------- */

static struct ct_slice input(const struct ct_http_conn *c)
{
    return ct_slice_n(c->in + c->in_off, c->in_len);
}

static void consume(struct ct_http_conn *c, size_t n)
{
    c->in_off += (uint32_t)n;
    c->in_len -= (uint32_t)n;
    c->scanned = 0;
}

void ct_http__drop_input(struct ct_http_conn *c)
{
    if (!c->in_borrowed)
        ct_free(c->in);
    c->in = NULL;
    c->in_borrowed = false;
    c->in_off = c->in_len = c->in_cap = c->scanned = 0;
}

bool ct_http__own_input(struct ct_http_conn *c, size_t need, size_t grow)
{
    if (!c->in_borrowed && c->in_cap - c->in_off - c->in_len >= need)
        return true;
    size_t cap = c->in_len + grow;
    char *in = ct_malloc(cap);
    if (!in)
        return false;
    memcpy(in, c->in + c->in_off, c->in_len);
    if (!c->in_borrowed)
        ct_free(c->in);
    c->in = in;
    c->in_borrowed = false;
    c->in_off = 0;
    c->in_cap = (uint32_t)cap;
    return true;
}

bool ct_http__is_out_full(const struct ct_http_conn *c)
{
    return c->out_first && (!c->writable || c->out_files || c->out_bytes > QUEUE_BYTES ||
                            c->loop->scratch_used > CT_HTTP_SCRATCH_BYTES / 2);
}

/* How many bytes more the state has use for. What may have to be kept while a request is held is
 * read in small portions. */
static size_t wanted(const struct ct_http_conn *c)
{
    size_t most = CT_HTTP_READ_BYTES;
    if (c->state == CT_HTTP_HEAD && c->closing)
        return 0;
    if (c->state == CT_HTTP_HEAD || c->state == CT_HTTP_HANDLER)
        most = CT_HTTP_HELD_BYTES;
    if (c->state == CT_HTTP_HEAD && c->scanned) /* a head is being read: as long as it may be */
        most = c->loop->server->limits.max_header_bytes;
    return most > c->in_len ? most - c->in_len : 0;
}

static ssize_t receive(struct ct_http_conn *c, char *to, size_t room)
{
    ssize_t n;
    do
        n = recv(c->fd, to, room, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        c->readable = false;
        c->broken |= errno != EAGAIN;
        return -1;
    }
    if (n == 0) {
        c->eof = true;
        c->readable = false;
        return 0;
    }
    /* A short read has emptied the socket; only a FIN can be behind it, and epoll tells. */
    if ((size_t)n < room && !c->hung_up)
        c->readable = false;
    c->last_us = c->loop->now_us;
    atomic_fetch_add_explicit(&c->loop->received, (uint64_t)n, memory_order_relaxed);
    return n;
}

/* Room for more of the body. Memory follows what arrives, not what is announced, and counts against
 * the loop's share. */
static bool reserve_body(struct ct_http_conn *c, size_t more)
{
    struct ct_http_exchange *x = c->x;
    struct ct_http_loop *loop = c->loop;
    size_t most = loop->server->options.body_memory, room = x->body.cap - x->body.len;
    if (more <= room)
        return true;
    if (more - room > most || loop->body_bytes > most - (more - room) ||
        !ct_buf_reserve(&x->body, more))
        return false;
    loop->body_bytes += x->body.cap - x->body_counted;
    x->body_counted = x->body.cap;
    return loop->body_bytes <= most;
}

static void fail(struct ct_http_conn *c, const struct ct_err *err);

static void fail_memory(struct ct_http_conn *c)
{
    struct ct_err err;
    (void)ct_fail(&err, CT_E_MEMORY, NULL,
                  "Too many request bodies are in memory; try again in a moment.");
    fail(c, &err);
}

/* Large bodies of known length: from the socket into the body, no copy between. */
static bool fill_body(struct ct_http_conn *c)
{
    struct ct_buf *body = &c->x->body;
    size_t room = c->body_left < CT_HTTP_READ_BYTES ? (size_t)c->body_left : CT_HTTP_READ_BYTES;
    if (!reserve_body(c, room)) {
        fail_memory(c);
        return true;
    }
    if (body->cap - body->len > room)
        room = body->cap - body->len;
    if ((int64_t)room > c->body_left)
        room = (size_t)c->body_left;
    ssize_t n = receive(c, body->data + body->len, room);
    if (n <= 0)
        return false;
    body->len += (size_t)n;
    c->body_left -= n;
    c->body_read += (uint64_t)n;
    return true;
}

bool ct_http__fill(struct ct_http_conn *c)
{
    if (!c->readable || c->eof || c->broken)
        return false;
    if (c->state == CT_HTTP_BODY && !c->chunked && !c->x->streamed && c->in_len == 0 &&
        c->body_left >= DIRECT_READ_BYTES)
        return fill_body(c);
    size_t room = wanted(c);
    if (room == 0)
        return false;
    if (c->in_len == 0) {
        ct_http__drop_input(c);
        c->in = c->loop->input;
        c->in_borrowed = true;
        c->in_cap = CT_HTTP_READ_BYTES;
    } else if (!ct_http__own_input(c, room < MIN_ROOM_BYTES ? room : MIN_ROOM_BYTES,
                                   room < GROW_BYTES ? room : GROW_BYTES)) {
        c->broken = true;
        return false;
    }
    size_t free_bytes = c->in_cap - c->in_off - c->in_len;
    ssize_t n = receive(c, c->in + c->in_off + c->in_len, room < free_bytes ? room : free_bytes);
    if (n <= 0)
        return false;
    c->in_len += (uint32_t)n;
    return true;
}

/* --- a request's way ------------------------------------------------------------------------ */

/* The message cannot be read on: one last answer, then the connection closes. */
static void fail(struct ct_http_conn *c, const struct ct_err *err)
{
    struct ct_http_handler *handler = &c->loop->server->handler;
    ct_http__drop_input(c);
    c->closing = true;
    if (!c->x)
        c->x = ct_http__exchange_new(c, NULL, (struct ct_slice){ NULL, 0 });
    struct ct_http_exchange *x = c->x;
    if (!x || x->begun) {
        c->broken = true;
        return;
    }
    c->state = CT_HTTP_HANDLER;
    ct_http__exchange_drop_body(x);
    if (handler->on_error)
        handler->on_error(handler->ctx, x, x->has_request ? &x->rq : NULL, err);
    if (!x->begun)
        ct_http_respond(x, &(struct ct_http_response){ .status = ct_err_info(err->code)->status });
}

static void request_whole(struct ct_http_conn *c)
{
    struct ct_http_handler *handler = &c->loop->server->handler;
    struct ct_http_exchange *x = c->x;
    c->state = CT_HTTP_HANDLER;
    x->in_request = true;
    if (x->body.data)
        x->rq.body = ct_buf_slice(&x->body);
    handler->on_request(handler->ctx, x, &x->rq);
    x->in_request = false;
    ct_http__exchange_drop_body(x);
}

static void begin_body(struct ct_http_conn *c, size_t limit)
{
    struct ct_http_exchange *x = c->x;
    if (c->body_left > 0 && (uint64_t)c->body_left > limit) {
        struct ct_err err;
        (void)ct_fail(&err, CT_E_BODY_SIZE, NULL,
                      "Maximum content size limit (%zu) exceeded (%lld bytes read)", limit,
                      (long long)c->body_left);
        fail(c, &err);
        return;
    }
    c->body_limit = limit;
    ct_buf_init(&x->body, c->chunked ? limit : (size_t)c->body_left);
    if (c->expects && c->in_len == 0 && !x->begun &&
        !ct_http__send_raw(c, CT_S("HTTP/1.1 100 Continue\r\n\r\n")))
        c->broken = true;
    c->expects = false;
}

static void head_whole(struct ct_http_conn *c, const struct ct_http_head *head)
{
    struct ct_http_handler *handler = &c->loop->server->handler;
    struct ct_http_exchange *x =
        ct_http__exchange_new(c, head, ct_slice_n(c->in + c->in_off, head->len));
    if (!x) {
        c->broken = true;
        return;
    }
    consume(c, head->len);
    c->x = x;
    c->state = CT_HTTP_BODY;
    c->served = true;
    c->chunked = head->chunked;
    c->chunks = (struct ct_http_chunks){ 0 };
    c->body_left = x->rq.content_length > 0 ? x->rq.content_length : 0;
    c->body_read = 0;
    c->expects = head->expect_continue && x->rq.has_body;
    c->since_us = c->last_us = c->loop->now_us;
    size_t limit = handler->on_headers ? handler->on_headers(handler->ctx, x, &x->rq) : 0;
    if (x->complete)
        return;
    if (x->rq.has_body)
        begin_body(c, limit);
    else
        request_whole(c);
}

static bool step_head(struct ct_http_conn *c)
{
    const struct ct_http_limits *limits = &c->loop->server->limits;
    struct ct_slice in = input(c);
    if (c->scanned == 0)
        c->since_us = c->loop->now_us;
    else if (in.len < limits->max_header_bytes &&
             !memchr(in.ptr + c->scanned, '\n', in.len - c->scanned)) {
        c->scanned = (uint32_t)in.len;
        return false;
    }
    struct ct_http_head head;
    struct ct_err err;
    switch (ct_http__parse_head(&head, c->loop->fields, in, limits, &err)) {
    case CT_HTTP_MORE:
        c->scanned = (uint32_t)in.len;
        return false;
    case CT_HTTP_DONE:
        head_whole(c, &head);
        return true;
    default:
        fail(c, &err);
        return true;
    }
}

static bool is_too_slow(const struct ct_http_conn *c)
{
    const struct ct_http_options *options = &c->loop->server->options;
    int64_t elapsed_us = c->loop->now_us - c->since_us;
    return elapsed_us > (int64_t)options->body_timeout_ms * 1000 &&
           (int64_t)c->body_read < elapsed_us / 1000 * options->body_min_rate / 1000;
}

void ct_http__fail_slow(struct ct_http_conn *c, const char *what)
{
    struct ct_err err;
    (void)ct_fail(&err, CT_E_TIMEOUT, NULL, "The %s came in too slowly.", what);
    fail(c, &err);
}

/* false: the request ends here, with an error or with an answer to what came so far. */
static bool append_body(struct ct_http_conn *c, struct ct_slice piece)
{
    c->body_read += piece.len;
    if (c->body_read > c->body_limit) {
        struct ct_err err;
        (void)ct_fail(&err, CT_E_BODY_SIZE, NULL,
                      "Maximum content size limit (%zu) exceeded (%zu bytes read)", c->body_limit,
                      c->body_read);
        fail(c, &err);
        return false;
    }
    if (c->x->streamed) {
        struct ct_http_handler *handler = &c->loop->server->handler;
        handler->on_body(handler->ctx, c->x, piece);
        return !c->x->begun && !c->broken;
    }
    if (!reserve_body(c, piece.len)) {
        fail_memory(c);
        return false;
    }
    ct_buf_put(&c->x->body, piece);
    return true;
}

static bool step_chunked(struct ct_http_conn *c)
{
    struct ct_slice in = input(c), data;
    struct ct_err err;
    enum ct_http_parse got = ct_http__chunks_next(&c->chunks, &in, &data, &err);
    consume(c, c->in_len - in.len);
    if (got == CT_HTTP_BAD)
        fail(c, &err);
    else if (got == CT_HTTP_DATA)
        append_body(c, data);
    else if (got == CT_HTTP_DONE)
        request_whole(c);
    return true;
}

static bool step_body(struct ct_http_conn *c)
{
    if (c->in_len && is_too_slow(c)) {
        ct_http__fail_slow(c, "body");
        return true;
    }
    if (c->chunked)
        return c->in_len ? step_chunked(c) : false;
    if (c->body_left > 0) {
        size_t take = c->in_len < c->body_left ? c->in_len : (size_t)c->body_left;
        struct ct_slice piece = ct_slice_n(c->in + c->in_off, take);
        if (take == 0)
            return false;
        c->body_left -= (int64_t)take;
        consume(c, take);
        if (c->body_left == 0 && !c->x->body.data && !c->x->streamed)
            c->x->rq.body = piece; /* all of it in the input: no copy */
        else if (!append_body(c, piece))
            return true;
    }
    if (c->body_left == 0)
        request_whole(c);
    return true;
}

static void step_discard(struct ct_http_conn *c)
{
    size_t take = c->in_len < c->body_left ? c->in_len : (size_t)c->body_left;
    c->body_left -= (int64_t)take;
    consume(c, take);
    if (c->body_left == 0)
        c->state = CT_HTTP_HEAD;
}

void ct_http__settle(struct ct_http_conn *c)
{
    struct ct_http_exchange *x = c->x;
    if (!x || !x->complete)
        return;
    bool unread = c->state == CT_HTTP_BODY && c->body_left > 0;
    c->state = unread && !c->closing ? CT_HTTP_DISCARD : CT_HTTP_HEAD;
    c->x = NULL;
    c->last_us = c->loop->now_us;
    if (c->out_first && c->out_tail->x == x)
        c->out_tail->last = true;
    else
        ct_http__exchange_end(x);
}

bool ct_http__step(struct ct_http_conn *c)
{
    ct_http__settle(c);
    if (c->broken)
        return false;
    switch (c->state) {
    case CT_HTTP_HEAD:
        return !c->closing && c->in_len && !ct_http__is_out_full(c) && step_head(c);
    case CT_HTTP_BODY:
        return step_body(c);
    case CT_HTTP_DISCARD:
        if (c->in_len)
            step_discard(c);
        return c->state == CT_HTTP_HEAD;
    case CT_HTTP_LINGER:
        ct_http__drop_input(c);
        return false;
    default:
        return false;
    }
}
