/* The server over real sockets: what a connection goes through from accept to close. */
#include "fixture.h"

#include "base/clock.h"

#include <netinet/in.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

TEST(http_server__keep_alive_and_head)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    struct reply reply;
    client_puts(fd, GET("/ok"));
    REQUIRE(client_reply(fd, &reply, false));
    CHECK_STR(reply.body, "ok");
    CHECK(strstr(reply.head, "HTTP/1.1 200 OK\r\n") == reply.head);
    CHECK(strstr(reply.head, "\r\nDate: ") && strstr(reply.head, " GMT\r\n"));
    CHECK(!strstr(reply.head, "Connection:"));
    reply_free(&reply);
    client_puts(fd, "HEAD /bytes/100000 HTTP/1.1\r\nHost: a\r\n\r\n");
    REQUIRE(client_reply(fd, &reply, true));
    CHECK(strstr(reply.head, "Content-Length: 100000\r\n"));
    client_puts(fd, GET("/empty"));
    REQUIRE(client_reply(fd, &reply, false));
    CHECK_INT(reply.status, 204);
    CHECK(!strstr(reply.head, "Content-Length"));
    client_puts(fd, "GET /ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    REQUIRE(client_reply(fd, &reply, false));
    CHECK(strstr(reply.head, "Connection: close\r\n"));
    reply_free(&reply);
    CHECK_INT(client_read_end(fd, NULL, 0), 0);
    close(fd);
    CHECK(fixture_wait(&f, &f.n_dones, 4));
    CHECK_INT(fixture_get(&f, &f.n_aborts), 0);
    fixture_stop(&f);
    CHECK_INT(fixture_get(&f, &f.n_dones), 4);
}

TEST(http_server__fields_that_would_split_a_response_are_left_out)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    struct reply reply;
    client_puts(fd, GET("/bad-field"));
    REQUIRE(client_reply(fd, &reply, false));
    CHECK(!strstr(reply.head, "Set-Cookie") && !strstr(reply.head, "77"));
    CHECK(strstr(reply.head, "X-Good: yes\r\n"));
    CHECK(strstr(reply.head, "Content-Length: 0\r\n"));
    reply_free(&reply);
    close(fd);
    fixture_stop(&f);
}

TEST(http_server__pipelined_requests_are_answered_in_order)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    enum { N = 3000 };
    for (int i = 0; i < N; i++) {
        char text[128];
        int n = snprintf(text, sizeof(text),
                         "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n%04d", i);
        REQUIRE(client_send(fd, text, (size_t)n));
    }
    for (int i = 0; i < N; i++) {
        struct reply reply;
        REQUIRE(client_reply(fd, &reply, false));
        if (atoi(reply.body) != i)
            t_fail(__FILE__, __LINE__, "answer %d is `%s`", i, reply.body);
        reply_free(&reply);
    }
    close(fd);
    fixture_stop(&f);
}

TEST(http_server__pipelined_behind_large_answers)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    for (int i = 0; i < 20; i++)
        client_puts(fd, i % 2 ? GET("/file") : GET("/bytes/500000"));
    for (int i = 0; i < 20; i++) {
        struct reply reply;
        REQUIRE(client_reply(fd, &reply, false));
        CHECK_INT(reply.body_len, i % 2 ? 200000 : 500000);
        reply_free(&reply);
    }
    close(fd);
    fixture_stop(&f);
}

TEST(http_server__a_held_request_does_not_let_later_ones_pass)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    client_puts(fd, GET("/hold") GET("/empty"));
    struct ct_http_exchange *x = hold_take(&f);
    REQUIRE(x);
    CHECK_INT(fixture_get(&f, &f.n_requests), 1);
    ct_http_respond(x, &(struct ct_http_response){ .status = 202 });
    ct_http_unref(&x);
    CHECK_INT(client_status(fd), 202);
    CHECK_INT(client_status(fd), 204);
    close(fd);
    fixture_stop(&f);
}

TEST(http_server__expect_continue)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    struct reply reply;
    client_puts(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                    "Expect: 100-continue\r\n\r\n");
    CHECK_INT(client_status(fd), 100);
    client_puts(fd, "hello");
    REQUIRE(client_reply(fd, &reply, false));
    CHECK_STR(reply.body, "hello");
    reply_free(&reply);
    close(fd);
    /* Answered by on_headers: no 100, and the connection cannot be used further. */
    fd = client_connect(&f);
    client_puts(fd, "POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                    "Expect: 100-continue\r\n\r\n");
    CHECK_INT(client_status(fd), 401);
    CHECK_INT(client_read_end(fd, NULL, 0), 0);
    close(fd);
    CHECK_INT(request_status(&f, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                                 "Expect: tea\r\n\r\n"),
              400);
    fixture_stop(&f);
}

TEST(http_server__an_early_answer_discards_a_short_body)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    client_puts(fd, "POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 31\r\n\r\nGET /");
    CHECK_INT(client_status(fd), 401);
    client_puts(fd, "smuggled HTTP/1.1\r\n     \r\n");
    client_puts(fd, GET("/ok"));
    CHECK_INT(client_status(fd), 200);
    close(fd);
    CHECK_INT(fixture_get(&f, &f.n_requests), 1);
    fixture_stop(&f);
}

/* The answer must arrive although the client is still writing: no reset before it is read. */
TEST(http_server__refuses_large_bodies_and_the_answer_arrives)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    static char junk[100000];
    int fd = client_connect(&f);
    client_puts(fd, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    client_send(fd, junk, sizeof(junk));
    usleep(20000);
    CHECK_INT(client_status(fd), 413);
    CHECK_INT(client_read_end(fd, NULL, 0), 0);
    close(fd);
    CHECK_INT(fixture_get(&f, &f.last_error), CT_E_BODY_SIZE);
    fd = client_connect(&f);
    client_puts(fd, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n60\r\n");
    client_send(fd, junk, 0x60);
    client_puts(fd, "\r\n60\r\n");
    client_send(fd, junk, 0x60);
    CHECK_INT(client_status(fd), 413);
    close(fd);
    CHECK_INT(
        request_status(&f, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"),
        200);
    fixture_stop(&f);
}

TEST(http_server__refuses_large_heads)
{
    struct fixture f;
    fixture_init(&f);
    f.options.max_header_bytes = 1000;
    f.options.max_fields = 5;
    REQUIRE(fixture_start(&f));
    char text[4000];
    memset(text, 'a', sizeof(text));
    memcpy(text, "GET /", 5);
    text[sizeof(text) - 1] = '\0';
    CHECK_INT(request_status(&f, text), 414);
    memcpy(text, "GET / HTTP/1.1\r\nHost: a\r\nX: ", 28);
    CHECK_INT(request_status(&f, text), 431);
    CHECK_INT(request_status(&f,
                             "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nA: 2\r\nA: 3\r\nA: 4\r\nA: 5\r\n"
                             "\r\n"),
              431);
    fixture_stop(&f);
}

TEST(http_server__large_bodies_both_framings)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    enum { N = 3000000 };
    char *body = malloc(N);
    REQUIRE(body);
    for (int i = 0; i < N; i++)
        body[i] = (char)('a' + i % 23);
    for (int chunked = 0; chunked < 2; chunked++) {
        int fd = client_connect(&f);
        struct reply reply;
        client_puts(fd, chunked
                            ? "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                            : "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
        for (int at = 0; chunked && at < N; at += 30000) {
            client_puts(fd, "7530\r\n");
            client_send(fd, body + at, 30000);
            client_puts(fd, "\r\n");
        }
        if (chunked)
            client_puts(fd, "0\r\n\r\n");
        else
            client_send(fd, body, N);
        REQUIRE(client_reply(fd, &reply, false));
        CHECK_INT(reply.body_len, N);
        CHECK(reply.body_len == N && memcmp(reply.body, body, N) == 0);
        reply_free(&reply);
        close(fd);
    }
    free(body);
    fixture_stop(&f);
}

TEST(http_server__body_memory_is_bounded)
{
    struct fixture f;
    fixture_init(&f);
    f.options.body_memory = 100000;
    REQUIRE(fixture_start(&f));
    static char junk[100001];
    int fd = client_connect(&f);
    client_puts(fd, "POST /ok HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n");
    client_send(fd, junk, sizeof(junk));
    CHECK_INT(client_status(fd), 503);
    CHECK_INT(fixture_get(&f, &f.last_error), CT_E_MEMORY);
    close(fd);
    fd = client_connect(&f);
    for (int i = 0; i < 3; i++) { /* and is given back */
        client_puts(fd, "POST /ok HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n");
        client_send(fd, junk, 90000);
        CHECK_INT(client_status(fd), 200);
    }
    close(fd);
    fixture_stop(&f);
}

static void disconnect_while_held(const char *after, bool reset)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    client_puts(fd, GET("/hold"));
    struct ct_http_exchange *x = hold_take(&f);
    REQUIRE(x);
    client_puts(fd, after);
    if (reset)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof(struct linger));
    close(fd);
    CHECK(fixture_wait(&f, &f.n_dones, 1));
    CHECK_INT(fixture_get(&f, &f.n_aborts), 1);
    CHECK_INT(fixture_get(&f, &f.last_status), 499);
    CHECK(ct_http_gone(x));
    /* Answers that come after the client has gone are dropped, their blobs freed. */
    ct_http_respond(x, &(struct ct_http_response){ .status = 200, .body = ct_blob_copy("x", 1) });
    ct_http_stream_send(x, ct_blob_copy("x", 1));
    ct_http_stream_end(x);
    ct_http_unref(&x);
    fixture_stop(&f);
    CHECK_INT(fixture_get(&f, &f.n_dones), 1);
}

TEST(http_server__disconnect_while_held)
{
    disconnect_while_held("", false);
    disconnect_while_held("", true);
}

TEST(http_server__disconnect_behind_pipelined_bytes)
{
    char *flood = calloc(1, 50001); /* more than is buffered for a held request */
    REQUIRE(flood);
    for (int i = 0; i + 29 < 50000; i += 29)
        memcpy(flood + i, "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n", 30);
    disconnect_while_held(GET("/ok"), false);
    disconnect_while_held(flood, false);
    free(flood);
}

TEST(http_server__disconnect_in_a_body)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    client_puts(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhel");
    usleep(10000);
    close(fd);
    CHECK(fixture_wait(&f, &f.n_dones, 1));
    CHECK_INT(fixture_get(&f, &f.n_aborts), 1);
    CHECK_INT(fixture_get(&f, &f.n_requests), 0);
    fixture_stop(&f);
}

/* A client that shuts its side behind a whole request still gets what is answered at once. */
TEST(http_server__half_closed_clients_get_immediate_answers)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    client_puts(fd, GET("/ok") GET("/bytes/3000000") GET("/ok"));
    shutdown(fd, SHUT_WR);
    long n = client_read_end(fd, NULL, 0);
    CHECK(n > 3000000);
    close(fd);
    CHECK(fixture_wait(&f, &f.n_dones, 3));
    CHECK_INT(fixture_get(&f, &f.n_aborts), 0);
    fixture_stop(&f);
}

TEST(http_server__slow_clients)
{
    struct fixture f;
    fixture_init(&f);
    f.options.header_timeout_ms = 60;
    f.options.body_timeout_ms = 90;
    f.options.idle_timeout_ms = 120;
    REQUIRE(fixture_start(&f));
    int head = client_connect(&f), body = client_connect(&f), idle = client_connect(&f);
    int drip = client_connect(&f);
    client_puts(head, "GET / HT");
    client_puts(body, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhel");
    client_puts(drip, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n");
    for (int i = 0; i < 20; i++) { /* never a pause, but below the rate */
        client_puts(drip, "x");
        usleep(10000);
    }
    CHECK_INT(client_status(head), 408);
    CHECK_INT(client_status(body), 408);
    CHECK_INT(client_status(drip), 408);
    CHECK_INT(client_read_end(idle, NULL, 0), 0);
    CHECK(fixture_wait(&f, &f.n_dones, 3));
    CHECK_INT(fixture_get(&f, &f.n_errors), 3);
    close(head);
    close(body);
    close(idle);
    close(drip);
    fixture_stop(&f);
}

TEST(http_server__a_client_that_takes_nothing_is_dropped)
{
    struct fixture f;
    fixture_init(&f);
    f.options.send_timeout_ms = 100;
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    for (int i = 0; i < 20; i++)
        client_puts(fd, GET("/bytes/4000000"));
    CHECK(fixture_wait(&f, &f.n_aborts, 1));
    close(fd);
    fixture_stop(&f);
}

TEST(http_server__drain)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int idle = client_connect(&f), held = client_connect(&f);
    client_puts(idle, GET("/ok"));
    CHECK_INT(client_status(idle), 200);
    client_puts(held, GET("/hold"));
    struct ct_http_exchange *x = hold_take(&f);
    REQUIRE(x);
    CHECK_INT(ct_http_server_connections(f.server), 2);
    ct_http_server_drain(f.server);
    CHECK_INT(client_read_end(idle, NULL, 0), 0);
    close(idle);
    int late = client_connect(&f);
    CHECK(late < 0);
    ct_http_respond(x, &(struct ct_http_response){ .status = 200 });
    ct_http_unref(&x);
    struct reply reply;
    REQUIRE(client_reply(held, &reply, false));
    CHECK(strstr(reply.head, "Connection: close\r\n"));
    reply_free(&reply);
    CHECK_INT(client_read_end(held, NULL, 0), 0);
    close(held);
    for (int i = 0; i < 500 && ct_http_server_connections(f.server); i++)
        usleep(10000);
    CHECK_INT(ct_http_server_connections(f.server), 0);
    fixture_stop(&f);
}

static void answer_nothing_special(void *ctx, struct ct_http_exchange *x,
                                   const struct ct_http_request *rq)
{
    ct_http_respond(x, &(struct ct_http_response){ .status = rq->has_body ? 500 : 299 });
}

TEST(http_server__listen_check_tells_loopback_from_the_rest)
{
    static const char *const own[] = { "127.0.0.1:0", "127.9.9.9:80", "localhost:1",
                                       "[::1]:65535" };
    static const char *const open[] = { "0.0.0.0:0", "128.0.0.1:80", "[::]:0", "[fe80::1]:1" };
    static const char *const bad[] = { "",        "8787",        "localhost", "127.0.0.1",
                                       "1.2.3:1", "127.0.0.1:x", "[::1:80",   ":::",
                                       ":80",     "host.test:1", "::1:80",    "127.0.0.1:65536" };
    struct ct_err err = { 0 };
    bool loopback = false;
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        CHECK(ct_http_listen_check(&loopback, own[i], &err) == CT_OK && loopback);
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
        CHECK(ct_http_listen_check(&loopback, open[i], &err) == CT_OK && !loopback);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK_INT(ct_http_listen_check(&loopback, bad[i], &err), CT_E_CONFIG);
        CHECK(strstr(err.msg, "127.0.0.1:8787") != NULL);
    }
}

/* Only on_request is needed: faults get their bare status, and no body is taken. */
TEST(http_server__a_handler_without_the_other_callbacks)
{
    struct fixture f = { 0 };
    struct ct_http_options options = { .listen = "localhost:0", .loops = 1 };
    struct ct_http_handler handler = { .on_request = answer_nothing_special };
    struct ct_err err;
    REQUIRE(ct_http_server_start(&f.server, &options, &handler, &err) == CT_OK);
    f.port = atoi(strrchr(ct_http_server_address(f.server), ':') + 1);
    CHECK_INT(request_status(&f, GET("/ok")), 299);
    CHECK_INT(request_status(&f, "GET /ok\r\n"), 400);
    CHECK_INT(request_status(&f, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"), 413);
    int fd = client_connect(&f); /* left open over the stop */
    client_puts(fd, GET("/ok") "GET /");
    CHECK_INT(client_status(fd), 299);
    ct_http_server_stop(&f.server);
    CHECK(client_read_end(fd, NULL, 0) <= 0);
    close(fd);
    CHECK(f.server == NULL);
    ct_http_server_stop(&f.server); /* NULL is fine */
}

TEST(http_server__stop_with_requests_held)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    client_puts(fd, GET("/hold"));
    struct ct_http_exchange *x = hold_take(&f);
    REQUIRE(x);
    ct_http_server_stop(&f.server);
    CHECK_INT(fixture_get(&f, &f.n_aborts), 1);
    CHECK_INT(fixture_get(&f, &f.n_dones), 1);
    CHECK(ct_http_gone(x));
    ct_http_respond(x, &(struct ct_http_response){ .status = 200, .body = ct_blob_copy("x", 1) });
    ct_http_unref(&x);
    CHECK(client_read_end(fd, NULL, 0) <= 0);
    close(fd);
    fixture_stop(&f);
}

TEST(http_server__addresses)
{
    static const char *const wrong[] = {
        "", "8787", "127.0.0.1", "a.example:80", "127.0.0.1:65536", "::1:80", "[::1]", "127.0.0.1:"
    };
    struct ct_http_server *server = NULL;
    struct ct_http_handler handler = { 0 };
    struct ct_err err;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct ct_http_options options = { .listen = wrong[i], .loops = 1 };
        if (ct_http_server_start(&server, &options, &handler, &err) != CT_E_CONFIG)
            t_fail(__FILE__, __LINE__, "accepted: %s", wrong[i]);
    }
    struct ct_http_options options = { .listen = "[::1]:0", .loops = 2 };
    if (ct_http_server_start(&server, &options, &handler, &err) == CT_OK) {
        CHECK(strncmp(ct_http_server_address(server), "[::1]:", 6) == 0);
        ct_http_server_stop(&server);
    } else {
        CHECK_INT(err.code, CT_E_IO); /* a machine without IPv6 */
    }
}

TEST(http_server__an_address_in_use_is_an_error_in_spite_of_reuseport)
{
    struct fixture f;
    fixture_init(&f);
    f.options.loops = 2;
    REQUIRE(fixture_start(&f));
    struct ct_http_server *second = NULL;
    struct ct_http_handler handler = { 0 };
    struct ct_err err;
    struct ct_http_options options = { .listen = ct_http_server_address(f.server), .loops = 2 };
    CHECK_INT(ct_http_server_start(&second, &options, &handler, &err), CT_E_IO);
    CHECK(strstr(err.msg, "already in use") && strstr(err.msg, options.listen));
    fixture_stop(&f);
}

TEST(http_server__two_thousand_connections)
{
    struct fixture f;
    struct rlimit limit;
    fixture_init(&f);
    f.options.loops = 2;
    REQUIRE(fixture_start(&f));
    getrlimit(RLIMIT_NOFILE, &limit); /* raised by the server */
    enum { N = 2000 };
    if (limit.rlim_cur < 2 * N + 200) {
        fixture_stop(&f);
        t_skip("RLIMIT_NOFILE is too low");
        return;
    }
    static int fds[N];
    for (int i = 0; i < N; i++) {
        fds[i] = client_connect(&f);
        client_puts(fds[i], GET("/hold"));
    }
    CHECK(fixture_wait(&f, &f.n_held, N));
    for (int i = 0; i < N / 2; i++)
        close(fds[i]);
    CHECK(fixture_wait(&f, &f.n_aborts, N / 2));
    for (int i = 0; i < N; i++) {
        struct ct_http_exchange *x = hold_take(&f);
        ct_http_respond(x, &(struct ct_http_response){ .status = 200 });
        ct_http_unref(&x);
    }
    CHECK(fixture_wait(&f, &f.n_dones, N));
    for (int i = N / 2; i < N; i++) {
        CHECK_INT(client_status(fds[i]), 200);
        close(fds[i]);
    }
    CHECK_INT(fixture_get(&f, &f.n_aborts), N / 2);
    fixture_stop(&f);
}

TEST(http_server__accepting_pauses_at_the_limit)
{
    struct fixture f;
    fixture_init(&f);
    f.options.max_connections = 2;
    REQUIRE(fixture_start(&f));
    int a = client_connect(&f), b = client_connect(&f), c = client_connect(&f);
    client_puts(a, GET("/ok"));
    client_puts(b, GET("/ok"));
    client_puts(c, GET("/ok"));
    CHECK_INT(client_status(a), 200);
    CHECK_INT(client_status(b), 200);
    CHECK_INT(ct_http_server_connections(f.server), 2);
    close(a);
    CHECK_INT(client_status(c), 200);
    close(b);
    close(c);
    fixture_stop(&f);
}

static atomic_int clock_ahead_s;

static int64_t clock_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return ((int64_t)t.tv_sec + atomic_load(&clock_ahead_s)) * 1000000 + t.tv_nsec / 1000;
}

TEST(http_server__at_the_limit_the_idle_give_way)
{
    struct fixture f;
    fixture_init(&f);
    f.options.max_connections = 2;
    ct_clock_replace(clock_us, NULL);
    REQUIRE(fixture_start(&f));
    int idle = client_connect(&f), held = client_connect(&f);
    client_puts(idle, GET("/ok"));
    CHECK_INT(client_status(idle), 200);
    client_puts(held, GET("/hold"));
    CHECK(fixture_wait(&f, &f.n_held, 1));
    atomic_fetch_add(&clock_ahead_s, 2);
    CHECK_INT(request_status(&f, GET("/ok")), 200);
    CHECK_INT(client_read_end(idle, NULL, 0), 0);
    CHECK_INT(fixture_get(&f, &f.n_aborts), 0);
    close(idle);
    close(held);
    fixture_stop(&f);
    ct_clock_replace(NULL, NULL);
}

TEST(http_server__out_of_descriptors_sheds_and_recovers)
{
    struct fixture f;
    struct rlimit old, low;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    getrlimit(RLIMIT_NOFILE, &old);
    int a = client_connect(&f), b = client_connect(&f);
    usleep(20000);
    int next = dup(a); /* the lowest free descriptor: nothing beyond it may be opened */
    close(next);
    int spare = socket(AF_INET, SOCK_STREAM, 0);
    low = (struct rlimit){ .rlim_cur = (rlim_t)spare + 1, .rlim_max = old.rlim_max };
    setrlimit(RLIMIT_NOFILE, &low);
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)f.port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    CHECK(connect(spare, (struct sockaddr *)&address, sizeof(address)) == 0);
    CHECK(client_read_end(spare, NULL, 0) <= 0); /* accepted and closed, not left hanging */
    setrlimit(RLIMIT_NOFILE, &old);
    close(spare);
    CHECK_INT(request_status(&f, GET("/ok")), 200);
    close(a);
    close(b);
    fixture_stop(&f);
}
