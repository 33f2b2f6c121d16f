/* Many clients that behave and misbehave at random, many threads that answer: nothing is lost.
 *
 * What is checked is what must hold whatever happens: each exchange ends exactly once, no
 * connection is left, and (under the sanitizers) no memory is touched after its time. */
#include "fixture.h"

#include "base/mem.h"

#include <poll.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS = 4, ANSWERERS = 2, CONNECTIONS = 150 };

struct storm {
    struct fixture f;
    atomic_bool over;
    atomic_uint seed;
    bool memory_fails; /* now and then, anywhere */
};

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static const char *const requests[] = {
    "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /hold HTTP/1.0\r\n\r\n",
    "HEAD /hold HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /file HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /bytes/300000 HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "POST /hold HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nhello",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
    "GET /ok HTTP/1.1\nHost: a\n\n",
};

static void drain_some(int fd, unsigned *state)
{
    static _Thread_local char waste[65536];
    struct pollfd p = { .fd = fd, .events = POLLIN };
    unsigned reads = next_random(state) % 4;
    while (reads-- && poll(&p, 1, 5) > 0 && recv(fd, waste, sizeof(waste), 0) > 0)
        continue;
}

static void *storm_client(void *arg)
{
    struct storm *s = arg;
    unsigned state = atomic_fetch_add(&s->seed, 1) * 7919u + 1;
    for (int i = 0; i < CONNECTIONS; i++) {
        int fd = client_connect(&s->f);
        unsigned n = next_random(&state) % 5;
        if (s->memory_fails)
            ct_mem_fail_nth(next_random(&state) % 20 + 1);
        bool open = fd >= 0;
        for (unsigned k = 0; open && k <= n; k++) {
            const char *text = requests[next_random(&state) % (sizeof(requests) / sizeof(char *))];
            size_t len = strlen(text), cut = next_random(&state) % (len + 1);
            open = client_send(fd, text, cut);
            if (open && next_random(&state) % 8) /* else: left in the middle */
                open = client_send(fd, text + cut, len - cut);
            drain_some(fd, &state);
        }
        if (next_random(&state) % 4 == 0)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof(struct linger));
        if (fd >= 0)
            close(fd);
    }
    return NULL;
}

static void late_end(struct ct_http_exchange *x, void *arg)
{
    (void)arg;
    ct_http_stream_send(x, ct_blob_copy("late", 4));
    ct_http_stream_end(x);
}

static void answer(struct ct_http_exchange *x, unsigned how)
{
    struct ct_http_response ok = { .status = 200, .content_type = "text/plain" };
    static const char large[100000];
    switch (how % 4) {
    case 0:
        ok.body = ct_blob_copy("x", 1);
        ct_http_respond(x, &ok);
        break;
    case 1:
        ok.body = ct_blob_static(large, sizeof(large));
        ct_http_respond(x, &ok);
        ok.body = ct_blob_copy("x", 1);
        ct_http_respond(x, &ok); /* one too many: dropped */
        break;
    case 2:
        ct_http_stream_begin(x, &ok);
        ct_http_stream_send(x, ct_blob_static(large, sizeof(large)));
        ct_http_stream_send(x, ct_blob_copy("y", 1));
        ct_http_stream_end(x);
        break;
    default:
        ct_http_stream_begin(x, &ok);
        ct_http_later(x, (int)(how % 3), late_end, NULL);
        break;
    }
}

static void *storm_answerer(void *arg)
{
    struct storm *s = arg;
    unsigned state = atomic_fetch_add(&s->seed, 1) * 104729u + 1;
    for (;;) {
        struct ct_http_exchange *x = NULL;
        bool over = atomic_load(&s->over);
        pthread_mutex_lock(&s->f.lock);
        if (s->f.n_taken < s->f.n_held)
            x = s->f.held[s->f.n_taken++];
        pthread_mutex_unlock(&s->f.lock);
        if (x) {
            answer(x, next_random(&state));
            ct_http_unref(&x);
        } else if (over) {
            return NULL;
        } else {
            usleep(200);
        }
    }
}

static void run_storm(bool memory_fails)
{
    static struct storm s;
    memset(&s, 0, sizeof(s));
    s.memory_fails = memory_fails;
    pthread_t clients[CLIENTS], answerers[ANSWERERS];
    fixture_init(&s.f);
    s.f.options.loops = 2;
    REQUIRE(fixture_start(&s.f));
    for (int i = 0; i < CLIENTS; i++)
        pthread_create(&clients[i], NULL, storm_client, &s);
    for (int i = 0; i < ANSWERERS; i++)
        pthread_create(&answerers[i], NULL, storm_answerer, &s);
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(clients[i], NULL);
    ct_mem_fail_nth(0);
    for (int i = 0; i < 1000 && ct_http_server_connections(s.f.server); i++)
        usleep(10000);
    CHECK_INT(ct_http_server_connections(s.f.server), 0);
    CHECK_INT(request_status(&s.f, requests[0]), 200);
    atomic_store(&s.over, true);
    for (int i = 0; i < ANSWERERS; i++)
        pthread_join(answerers[i], NULL);
    fixture_stop(&s.f);
    /* Exchanges begin with on_headers, or with on_error when the head was at fault. */
    CHECK(s.f.n_dones >= s.f.n_headers && s.f.n_dones <= s.f.n_headers + s.f.n_errors);
    CHECK(s.f.n_held > 100 && s.f.n_aborts > 10 && s.f.n_errors > 10);
}

TEST(http_storm__every_exchange_ends_once)
{
    run_storm(false);
}

TEST(http_storm__also_when_memory_fails)
{
    run_storm(true);
}
