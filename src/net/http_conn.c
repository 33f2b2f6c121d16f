/* A connection's life: its turns, its deadlines, its end. What is done with a request is in
 * http_request.c, what is sent in http_send.c.
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
 * Sockets are edge-triggered, so a turn ends only when the kernel has said EAGAIN (or a short
 * read), when a bound is reached, or with a wake. A client that shuts its side while a request is
 * held has left: its exchange is aborted. */
#include "net/http_internal.h"

#include "base/mem.h"

#include <sys/socket.h>
#include <unistd.h>

#define FRESH_DRAIN_US 1000000 /* while draining: time for a new connection's first request */
#define IDLE_GRACE_US 1000000  /* a connection idle for less is not taken for another */
#define IDLE_LOOKS 16

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
        ct_http__fail_slow(c, "head of the request");
    else if (c->state == CT_HTTP_BODY)
        ct_http__fail_slow(c, "body of the request");
    else
        c->broken = true; /* idle, discarding or lingering: nothing to say */
}

static void start_linger(struct ct_http_conn *c)
{
    ct_http__drop_input(c);
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
        while (ct_http__step(c))
            continue;
    } while (--budget && ct_http__fill(c));
    if (!budget && c->readable)
        ct_http__conn_wake(c);
}

static void run_turn(struct ct_http_conn *c)
{
    for (;;) {
        pump(c);
        bool was_full = ct_http__is_out_full(c);
        if (c->writable)
            c->sent_us = c->loop->now_us;
        if (!c->broken && !ct_http__flush(c))
            c->broken = true;
        if (c->broken)
            return;
        if (!c->out_first)
            c->loop->scratch_used = 0;
        ct_http__settle(c);
        if (was_full && !ct_http__is_out_full(c))
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
    if (!c->broken && c->in_borrowed && c->in_len && !ct_http__own_input(c, 0, 0))
        c->broken = true;
    if (!c->broken && c->in_len == 0)
        ct_http__drop_input(c);
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
    ct_http__drop_input(c);
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
