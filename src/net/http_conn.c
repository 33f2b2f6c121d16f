/* A connection's life: reading, framing, calling the handler, closing.
 *
 *               .--------------------- keep-alive ---------------------.
 *               v                                                      |
 *   accept -> HEAD -- head whole --> BODY -- body whole --> HANDLER -- answered
 *               |  on_headers         |  (none: at once)  on_request     |
 *               | fault, timeout      | fault, timeout, 413              | no keep-alive
 *               v  on_error           v  on_error                        v
 *               `-------------------> LINGER (our side shut, reading) -> closed
 *
 * Called by http_loop.c for events, timers and wakes, always through ct_http__conn_run(), which
 * goes as far as it can without blocking: a turn. One thread, no locks.
 *
 * Invariants: sockets are edge-triggered, so a turn ends only when the kernel has said EAGAIN (or a
 * short read), when a bound is reached, or with a wake. `in` borrows the loop's input buffer during
 * a turn; what is left of it at the end moves to memory of its own, and an idle connection owns no
 * buffer at all. After a fault nothing of the input is looked at again. A client that shuts its
 * side while a request is held has left: its exchange is aborted. */
#include "net/http_internal.h"

#include "base/mem.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#define FRESH_DRAIN_US 1000000 /* while draining: time for a new connection's first request */
#define IDLE_GRACE_US 1000000  /* a connection idle for less is not taken for another */
#define IDLE_LOOKS 16
#define DIRECT_READ_BYTES 4096 /* from this many body bytes on, reads go straight to the body */
#define MIN_ROOM_BYTES                                                                             \
    512 /* read into no less, so that a dripping head is not copied each time                      \
         */
#define GROW_BYTES 4096
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

static void drop_input(struct ct_http_conn *c)
{
    if (!c->in_borrowed)
        ct_free(c->in);
    c->in = NULL;
    c->in_borrowed = false;
    c->in_off = c->in_len = c->in_cap = c->scanned = 0;
}

/* The input in memory of its own with `need` free bytes behind it, `grow` when it must grow. */
static bool own_input(struct ct_http_conn *c, size_t need, size_t grow)
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

/* Is so much output waiting that no further request should be started? */
static bool is_out_full(const struct ct_http_conn *c)
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

/* Reads once. true: something came in that the state may go on with. */
static bool fill(struct ct_http_conn *c)
{
    if (!c->readable || c->eof || c->broken)
        return false;
    if (c->state == CT_HTTP_BODY && !c->chunked && c->in_len == 0 &&
        c->body_left >= DIRECT_READ_BYTES)
        return fill_body(c);
    size_t room = wanted(c);
    if (room == 0)
        return false;
    if (c->in_len == 0) {
        drop_input(c);
        c->in = c->loop->input;
        c->in_borrowed = true;
        c->in_cap = CT_HTTP_READ_BYTES;
    } else if (!own_input(c, room < MIN_ROOM_BYTES ? room : MIN_ROOM_BYTES,
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
    drop_input(c);
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
                      "The request body has %lld bytes; the limit here is %zu.",
                      (long long)c->body_left, limit);
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

static void fail_slow(struct ct_http_conn *c, const char *what)
{
    struct ct_err err;
    (void)ct_fail(&err, CT_E_TIMEOUT, NULL, "The %s came in too slowly.", what);
    fail(c, &err);
}

/* false: the connection has failed. */
static bool append_body(struct ct_http_conn *c, struct ct_slice piece)
{
    c->body_read += piece.len;
    if (c->body_read > c->body_limit) {
        struct ct_err err;
        (void)ct_fail(&err, CT_E_BODY_SIZE, NULL,
                      "The request body is longer than %zu bytes, the limit here.", c->body_limit);
        fail(c, &err);
        return false;
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
        fail_slow(c, "body");
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
        if (c->body_left == 0 && !c->x->body.data)
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

/* An answered exchange makes room for the next; it ends when its last byte is sent. */
static void settle(struct ct_http_conn *c)
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

/* Goes one step on with the input there is. false: nothing to do until more comes. */
static bool step(struct ct_http_conn *c)
{
    settle(c);
    if (c->broken)
        return false;
    switch (c->state) {
    case CT_HTTP_HEAD:
        return !c->closing && c->in_len && !is_out_full(c) && step_head(c);
    case CT_HTTP_BODY:
        return step_body(c);
    case CT_HTTP_DISCARD:
        if (c->in_len)
            step_discard(c);
        return c->state == CT_HTTP_HEAD;
    case CT_HTTP_LINGER:
        drop_input(c);
        return false;
    default:
        return false;
    }
}

/* --- a turn --------------------------------------------------------------------------------- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t deadline_us(const struct ct_http_conn *c)
{
    const struct ct_http_options *o = &c->loop->server->options;
    int64_t due = CT_HTTP_NEVER;
    if (c->out_first)
        due = c->sent_us + (int64_t)o->send_timeout_ms * 1000;
    switch (c->state) {
    case CT_HTTP_HEAD:
        if (c->out_first || c->x)
            return due;
        if (c->in_len)
            return c->since_us + (int64_t)o->header_timeout_ms * 1000;
        due = c->last_us + (int64_t)o->idle_timeout_ms * 1000;
        return c->loop->drained ? earlier(due, c->last_us + FRESH_DRAIN_US) : due;
    case CT_HTTP_BODY:
    case CT_HTTP_DISCARD:
        return earlier(due, c->last_us + (int64_t)o->body_timeout_ms * 1000);
    case CT_HTTP_LINGER:
        return earlier(c->last_us + CT_HTTP_LINGER_US, c->since_us + CT_HTTP_LINGER_MAX_US);
    default:
        return due;
    }
}

/* The timer fired: is it really late, and for what? */
static void check_time(struct ct_http_conn *c)
{
    const struct ct_http_options *o = &c->loop->server->options;
    int64_t now = c->loop->now_us;
    c->timed_out = false;
    if (deadline_us(c) > now)
        return;
    if (c->out_first && c->sent_us + (int64_t)o->send_timeout_ms * 1000 <= now)
        c->broken = true;
    else if (c->state == CT_HTTP_HEAD && c->in_len)
        fail_slow(c, "head of the request");
    else if (c->state == CT_HTTP_BODY)
        fail_slow(c, "body of the request");
    else
        c->broken = true; /* idle, discarding or lingering: nothing to say */
}

static void start_linger(struct ct_http_conn *c)
{
    drop_input(c);
    c->state = CT_HTTP_LINGER;
    c->since_us = c->last_us = c->loop->now_us;
    if (shutdown(c->fd, SHUT_WR) != 0)
        c->broken = true;
}

/* What the client's hanging up and our wish to close make of the state. */
static void check_end(struct ct_http_conn *c)
{
    bool left = c->hung_up || c->eof;
    if (left && c->state == CT_HTTP_HANDLER && c->x && !c->x->complete)
        c->broken = true;
    else if (c->eof && (c->state == CT_HTTP_BODY || c->state == CT_HTTP_LINGER ||
                        c->state == CT_HTTP_DISCARD))
        c->broken = true;
    else if (c->eof && c->state == CT_HTTP_HEAD && !c->out_first)
        c->broken = true; /* not before: answers to what came earlier are still owed */
    if (c->loop->drained && c->served && ct_http__conn_is_idle(c))
        c->closing = true;
    if (!c->broken && c->closing && !c->x && !c->out_first && c->state != CT_HTTP_LINGER)
        start_linger(c);
}

/* Steps and reads until neither goes on. */
static void pump(struct ct_http_conn *c)
{
    size_t budget = CT_HTTP_TURN_BYTES / CT_HTTP_READ_BYTES;
    do {
        while (step(c))
            continue;
    } while (--budget && fill(c));
    if (!budget && c->readable)
        ct_http__conn_wake(c);
}

static void run_turn(struct ct_http_conn *c)
{
    for (;;) {
        pump(c);
        bool was_full = is_out_full(c);
        if (c->writable)
            c->sent_us = c->loop->now_us;
        if (!c->broken && !ct_http__flush(c))
            c->broken = true;
        if (c->broken)
            return;
        settle(c);
        if (was_full && !is_out_full(c))
            continue; /* requests that waited for room may go on */
        enum ct_http_state before = c->state;
        check_end(c);
        if (c->broken || c->state == before)
            return;
    }
}

static void unlist(struct ct_http_conn *c)
{
    c->prev->next = c->next;
    c->next->prev = c->prev;
}

/* Idle connections have a list of their own, for when others need their place. One that is idle
 * before and after a turn keeps its place in it: the order is only nearly that of age. */
static void enlist(struct ct_http_conn *c, bool idle)
{
    struct ct_http_conn *list = idle ? &c->loop->idle : &c->loop->conns;
    if (c->next)
        unlist(c);
    c->listed_idle = idle;
    c->prev = list->prev;
    c->next = list;
    c->prev->next = c;
    list->prev = c;
}

bool ct_http__close_idlest(struct ct_http_loop *loop)
{
    struct ct_http_conn *oldest = NULL;
    int looks = IDLE_LOOKS;
    for (struct ct_http_conn *c = loop->idle.next; c != &loop->idle && looks;
         c = c->next, looks--) {
        if (!oldest || c->last_us < oldest->last_us)
            oldest = c;
    }
    if (!oldest || loop->now_us - oldest->last_us < IDLE_GRACE_US)
        return false;
    ct_http__conn_kill(oldest);
    return true;
}

void ct_http__conn_run(struct ct_http_conn *c)
{
    struct ct_http_loop *loop = c->loop;
    if (c->fd < 0)
        return;
    loop->turn = c;
    loop->scratch_used = 0;
    if (c->timed_out)
        check_time(c);
    run_turn(c);
    if (!c->broken && c->in_borrowed && c->in_len && !own_input(c, 0, 0))
        c->broken = true;
    if (!c->broken && c->in_len == 0)
        drop_input(c);
    if (!c->broken && c->out_first && !ct_http__out_keep(c))
        c->broken = true;
    loop->turn = NULL;
    if (c->broken) {
        ct_http__conn_kill(c);
        return;
    }
    ct_http__timer_set(&loop->wheel, &c->timer, deadline_us(c));
    bool idle = ct_http__conn_is_idle(c);
    if (idle != c->listed_idle)
        enlist(c, idle);
}

/* --- birth and death ------------------------------------------------------------------------ */

bool ct_http__conn_is_idle(const struct ct_http_conn *c)
{
    return c->state == CT_HTTP_HEAD && !c->x && !c->in_len && !c->out_first;
}

static void fire(struct ct_http_timer *timer, void *ctx)
{
    (void)ctx;
    struct ct_http_conn *c =
        (struct ct_http_conn *)(void *)((char *)timer - offsetof(struct ct_http_conn, timer));
    c->timed_out = true;
    ct_http__conn_run(c);
}

struct ct_http_conn *ct_http__conn_open(struct ct_http_loop *loop, int fd, const char *peer)
{
    struct ct_http_conn *c = ct_calloc(1, sizeof(*c));
    if (!c)
        return NULL;
    c->loop = loop;
    c->fd = fd;
    c->writable = true;
    c->last_us = loop->now_us;
    c->timer.fire = fire;
    memcpy(c->peer, peer, strnlen(peer, sizeof(c->peer) - 1));
    enlist(c, true);
    ct_http__timer_set(&loop->wheel, &c->timer, deadline_us(c));
    return c;
}

void ct_http__conn_kill(struct ct_http_conn *c)
{
    struct ct_http_loop *loop = c->loop;
    if (c->fd < 0)
        return;
    c->broken = true;
    ct_http__timer_clear(&loop->wheel, &c->timer);
    ct_http__out_drop(c);
    if (c->x)
        ct_http__exchange_abort(c->x);
    drop_input(c);
    close(c->fd);
    c->fd = -1;
    unlist(c);
    atomic_fetch_sub_explicit(&loop->server->connections, 1, memory_order_relaxed);
    if (!c->ready) {
        c->ready_next = loop->dead;
        loop->dead = c;
    }
}

void ct_http__conn_wake(struct ct_http_conn *c)
{
    struct ct_http_loop *loop = c->loop;
    if (c->ready || c->fd < 0)
        return;
    c->ready = true;
    c->ready_next = NULL;
    *loop->ready_last = c;
    loop->ready_last = &c->ready_next;
}
