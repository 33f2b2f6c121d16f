/* One loop: a thread, an epoll set, a listener, its connections.
 *
 *     round:  wait -> events (accept, connections, mailbox) -> timers -> woken connections -> free
 *
 * Connections are registered once, edge-triggered, for reading, writing and hang-up, so a request
 * costs no epoll_ctl. The clock is read once per round. A connection closed during a round is
 * freed at its end, so nothing in the round points at freed memory.
 *
 * Out of descriptors: a spare one is given up to accept and close what waits (the client sees a
 * closed connection, not a hang), and accepting pauses. At max_connections the longest idle
 * connection gives way; when none is idle accepting pauses too, and the kernel's queue holds the
 * others. */
#include "net/http_internal.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_EVENTS 512
#define ACCEPT_BATCH 256
#define ACCEPT_PAUSE_US 50000

static void set_date(struct ct_http_loop *loop)
{
    int64_t now = ct_clock_wall();
    if (now == loop->date_s)
        return;
    loop->date_s = now;
    time_t seconds = (time_t)now;
    struct tm tm;
    gmtime_r(&seconds, &tm);
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    snprintf(loop->date, sizeof(loop->date), "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d GMT\r\n",
             days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon, (tm.tm_year + 1900) % 10000,
             tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* --- accepting ------------------------------------------------------------------------------ */

static bool watch_listener(struct ct_http_loop *loop, bool on)
{
    struct epoll_event event = { .events = on ? EPOLLIN : 0, .data.ptr = &loop->listen_fd };
    loop->accepting = on;
    return epoll_ctl(loop->epoll_fd, EPOLL_CTL_MOD, loop->listen_fd, &event) == 0;
}

static void pause_accepting(struct ct_http_loop *loop)
{
    watch_listener(loop, false);
    ct_http__timer_set(&loop->wheel, &loop->accept_timer, loop->now_us + ACCEPT_PAUSE_US);
}

static void resume_accepting(struct ct_http_timer *timer, void *ctx)
{
    (void)timer;
    struct ct_http_loop *loop = ctx;
    if (loop->listen_fd >= 0)
        watch_listener(loop, true);
}

static void shed_one(struct ct_http_loop *loop)
{
    if (loop->reserve_fd >= 0)
        close(loop->reserve_fd);
    int fd = accept4(loop->listen_fd, NULL, NULL, SOCK_CLOEXEC);
    if (fd >= 0)
        close(fd);
    loop->reserve_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void adopt(struct ct_http_loop *loop, int fd, const struct sockaddr_storage *from)
{
    struct ct_http_server *server = loop->server;
    char peer[64];
    ct_http__peer_text(peer, from);
    atomic_fetch_add_explicit(&server->connections, 1, memory_order_relaxed);
    struct ct_http_conn *c = ct_http__conn_open(loop, fd, peer);
    if (!c) {
        atomic_fetch_sub_explicit(&server->connections, 1, memory_order_relaxed);
        close(fd);
        return;
    }
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                                 .data.ptr = c };
    if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
        ct_http__conn_kill(c);
}

static void accept_all(struct ct_http_loop *loop)
{
    struct ct_http_server *server = loop->server;
    for (int i = 0; i < ACCEPT_BATCH; i++) {
        int open_now = atomic_load_explicit(&server->connections, memory_order_relaxed);
        if (open_now >= server->options.max_connections && !ct_http__close_idlest(loop)) {
            pause_accepting(loop);
            return;
        }
        struct sockaddr_storage from;
        socklen_t len = sizeof(from);
        int fd =
            accept4(loop->listen_fd, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            adopt(loop, fd, &from);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE)
            shed_one(loop);
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            pause_accepting(loop);
        if (errno != EINTR && errno != ECONNABORTED)
            return;
    }
}

/* --- rounds --------------------------------------------------------------------------------- */

static void conn_event(struct ct_http_conn *c, uint32_t events)
{
    if (events & (EPOLLERR | EPOLLHUP))
        c->broken = true;
    if (events & EPOLLRDHUP)
        c->hung_up = true;
    if (events & (EPOLLIN | EPOLLRDHUP))
        c->readable = true;
    if (events & EPOLLOUT)
        c->writable = true;
    ct_http__conn_run(c);
}

static void run_mailbox(struct ct_http_loop *loop)
{
    struct ct_http_msg *msg = ct_http__mailbox_take(loop->box);
    while (msg) {
        struct ct_http_msg *next = msg->next;
        ct_http__apply(msg);
        msg = next;
    }
}

static void run_ready(struct ct_http_loop *loop)
{
    struct ct_http_conn *c = loop->ready;
    loop->ready = NULL;
    loop->ready_last = &loop->ready;
    while (c) {
        struct ct_http_conn *next = c->ready_next;
        c->ready = false;
        if (c->fd < 0) { /* closed while it waited here */
            c->ready_next = loop->dead;
            loop->dead = c;
        } else {
            ct_http__conn_run(c);
        }
        c = next;
    }
}

static void free_dead(struct ct_http_loop *loop)
{
    while (loop->dead) {
        struct ct_http_conn *c = loop->dead;
        loop->dead = c->ready_next;
        ct_free(c);
    }
}

/* From now on: no new connections, idle ones close, the others close with their answer. */
static void start_drain(struct ct_http_loop *loop)
{
    accept_all(loop); /* who has connected already is served */
    loop->drained = true;
    ct_http__timer_clear(&loop->wheel, &loop->accept_timer);
    close(loop->listen_fd);
    loop->listen_fd = -1;
    for (struct ct_http_conn *c = loop->idle.next; c != &loop->idle; c = c->next)
        ct_http__conn_wake(c);
}

static void run_round(struct ct_http_loop *loop, struct epoll_event *events)
{
    int wait_ms = loop->ready ? 0 : ct_http__wheel_wait_ms(&loop->wheel, ct_clock_us());
    int n = epoll_wait(loop->epoll_fd, events, MAX_EVENTS, wait_ms);
    loop->now_us = ct_clock_us();
    set_date(loop);
    bool mail = false;
    for (int i = 0; i < n; i++) {
        void *what = events[i].data.ptr;
        if (what == loop->box)
            mail = true;
        else if (what == &loop->listen_fd)
            accept_all(loop);
        else
            conn_event(what, events[i].events);
    }
    if (mail)
        run_mailbox(loop);
    if (!loop->drained && atomic_load_explicit(&loop->server->draining, memory_order_acquire))
        start_drain(loop);
    ct_http__wheel_run(&loop->wheel, loop->now_us, loop);
    run_ready(loop);
    free_dead(loop);
}

static void *loop_main(void *arg)
{
    struct ct_http_loop *loop = arg;
    struct epoll_event events[MAX_EVENTS];
    loop->box->thread = pthread_self();
    while (!atomic_load_explicit(&loop->server->stopping, memory_order_acquire))
        run_round(loop, events);
    loop->now_us = ct_clock_us();
    while (loop->conns.next != &loop->conns)
        ct_http__conn_kill(loop->conns.next);
    while (loop->idle.next != &loop->idle)
        ct_http__conn_kill(loop->idle.next);
    run_ready(loop);
    free_dead(loop);
    ct_http__mailbox_close(loop->box);
    return NULL;
}

/* --- life ----------------------------------------------------------------------------------- */

static bool allocate(struct ct_http_loop *loop)
{
    loop->input = ct_malloc(CT_HTTP_READ_BYTES);
    loop->scratch = ct_malloc(CT_HTTP_SCRATCH_BYTES);
    loop->fields = ct_calloc(loop->server->limits.max_fields, sizeof(*loop->fields));
    loop->box = ct_http__mailbox_new();
    return loop->input && loop->scratch && loop->fields && loop->box;
}

static bool watch(struct ct_http_loop *loop, int fd, void *tag)
{
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = tag };
    return epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

ct_code ct_http__loop_new(struct ct_http_loop **out, struct ct_http_server *server, int listen_fd,
                          struct ct_err *err)
{
    *out = NULL;
    struct ct_http_loop *loop = ct_calloc(1, sizeof(*loop));
    if (!loop) {
        close(listen_fd);
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for an HTTP loop.");
    }
    loop->server = server;
    loop->listen_fd = listen_fd;
    loop->accepting = true;
    loop->conns.prev = loop->conns.next = &loop->conns;
    loop->idle.prev = loop->idle.next = &loop->idle;
    loop->ready_last = &loop->ready;
    loop->accept_timer.fire = resume_accepting;
    loop->date_s = -1;
    loop->now_us = ct_clock_us();
    ct_http__wheel_init(&loop->wheel, loop->now_us);
    loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    loop->reserve_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (!allocate(loop)) {
        ct_http__loop_free(&loop);
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for an HTTP loop.");
    }
    if (loop->epoll_fd < 0 || !watch(loop, listen_fd, &loop->listen_fd) ||
        !watch(loop, loop->box->wake_fd, loop->box)) {
        ct_code code = ct_fail_errno(err, CT_E_IO, "cannot set up epoll");
        ct_http__loop_free(&loop);
        return code;
    }
    *out = loop;
    return CT_OK;
}

ct_code ct_http__loop_start(struct ct_http_loop *loop, int index, struct ct_err *err)
{
    /* Signals belong to the main thread; SIGPIPE of sendfile(2) becomes EPIPE. */
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int failed = pthread_create(&loop->thread, NULL, loop_main, loop);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (failed) {
        errno = failed;
        return ct_fail_errno(err, CT_E_IO, "cannot start an HTTP thread");
    }
    char name[16];
    snprintf(name, sizeof(name), "http-%d", index);
    pthread_setname_np(loop->thread, name);
    loop->started = true;
    return CT_OK;
}

void ct_http__loop_join(struct ct_http_loop *loop)
{
    ct_http__mailbox_wake(loop->box);
    if (loop->started)
        pthread_join(loop->thread, NULL);
    loop->started = false;
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

void ct_http__loop_free(struct ct_http_loop **loop_ref)
{
    struct ct_http_loop *loop = *loop_ref;
    *loop_ref = NULL;
    if (!loop)
        return;
    close_if_open(loop->listen_fd);
    close_if_open(loop->epoll_fd);
    close_if_open(loop->reserve_fd);
    while (loop->free_exchanges) {
        struct ct_http_exchange *x = loop->free_exchanges;
        loop->free_exchanges = x->free_next;
        ct_http__exchange_free(x);
    }
    while (loop->free_segs) {
        struct ct_http_seg *seg = loop->free_segs;
        loop->free_segs = seg->next;
        ct_free(seg);
    }
    if (loop->box) {
        ct_http__mailbox_close(loop->box);
        ct_http__mailbox_unref(loop->box);
    }
    ct_free(loop->input);
    ct_free(loop->scratch);
    ct_free(loop->fields);
    ct_free(loop);
}
