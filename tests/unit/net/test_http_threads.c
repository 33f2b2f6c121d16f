/* Answers from other threads, streams, files, timers of exchanges; and allocation failures. */
#include "fixture.h"

#include "base/mem.h"

#include <sys/socket.h>
#include <unistd.h>

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

enum { WORKERS = 4, ROUNDS = 200 };

static void *answer_held(void *arg)
{
    struct ct_http_exchange **xs = arg;
    for (int i = 0; i < ROUNDS; i++) {
        struct ct_http_exchange *x = xs[i];
        if (i % 3 == 0) {
            ct_http_respond(x, &(struct ct_http_response){ .status = 200,
                                                           .content_type = "text/plain",
                                                           .body = ct_blob_copy("later", 5) });
        } else {
            ct_http_stream_begin(x, &(struct ct_http_response){ .status = 200 });
            for (int k = 0; k < 5; k++)
                ct_http_stream_send(x, ct_blob_copy("l", 1));
            ct_http_stream_end(x);
        }
        ct_http_unref(&xs[i]);
    }
    return NULL;
}

TEST(http_threads__answers_from_many_threads_while_clients_leave)
{
    struct fixture f;
    static struct ct_http_exchange *xs[WORKERS][ROUNDS];
    static int fds[WORKERS * ROUNDS];
    pthread_t threads[WORKERS];
    fixture_init(&f);
    f.options.loops = 2;
    REQUIRE(fixture_start(&f));
    for (int i = 0; i < WORKERS * ROUNDS; i++) {
        fds[i] = client_connect(&f);
        client_puts(fds[i], GET("/hold"));
        xs[i % WORKERS][i / WORKERS] = hold_take(&f);
        REQUIRE(xs[i % WORKERS][i / WORKERS]);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&threads[i], NULL, answer_held, xs[i]);
    for (int i = 0; i < WORKERS * ROUNDS; i += 2)
        close(fds[i]);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 1; i < WORKERS * ROUNDS; i += 2) {
        struct reply reply;
        CHECK(client_reply(fds[i], &reply, false));
        CHECK_INT(reply.body_len, 5);
        reply_free(&reply);
        close(fds[i]);
    }
    CHECK(fixture_wait(&f, &f.n_dones, WORKERS * ROUNDS));
    fixture_stop(&f);
    CHECK_INT(fixture_get(&f, &f.n_dones), WORKERS * ROUNDS);
}

static struct ct_http_exchange *hold_one(struct fixture *f, int *fd, const char *request)
{
    *fd = client_connect(f);
    client_puts(*fd, request);
    return hold_take(f);
}

TEST(http_stream__chunks_and_until_close)
{
    static const struct {
        const char *request;
        bool head;
        const char *body, *field;
    } cases[] = {
        { GET("/hold"), false, "one two", "Transfer-Encoding: chunked\r\n" },
        { "GET /hold HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false, NULL,
          "Connection: close\r\n" },
        { "HEAD /hold HTTP/1.1\r\nHost: a\r\n\r\n", true, NULL, "Transfer-Encoding: chunked\r\n" },
    };
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int fd;
        struct reply reply;
        struct ct_http_exchange *x = hold_one(&f, &fd, cases[i].request);
        REQUIRE(x);
        ct_http_stream_begin(
            x, &(struct ct_http_response){ .status = 200, .content_type = "text/event-stream" });
        ct_http_stream_send(x, ct_blob_copy("one ", 4));
        ct_http_stream_send(x, ct_blob_copy("", 0)); /* must not end the stream */
        ct_http_stream_send(x, ct_blob_static("two", 3));
        ct_http_stream_end(x);
        ct_http_unref(&x);
        CHECK(client_reply(fd, &reply, cases[i].head));
        CHECK(strstr(reply.head, cases[i].field));
        CHECK(!strstr(reply.head, "Content-Length"));
        if (cases[i].body)
            CHECK_STR(reply.body, cases[i].body);
        reply_free(&reply);
        if (i == 1) {
            char rest[16] = "";
            CHECK_INT(client_read_end(fd, rest, sizeof(rest) - 1), 7);
            CHECK_STR(rest, "one two");
        }
        close(fd);
    }
    CHECK(fixture_wait(&f, &f.n_dones, 3));
    fixture_stop(&f);
}

/* A large stream to a client that does not read: pending() shows it, gone() ends it. */
TEST(http_stream__pending_and_gone)
{
    struct fixture f;
    int fd;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    struct ct_http_exchange *x = hold_one(&f, &fd, GET("/hold"));
    REQUIRE(x);
    static char megabyte[1 << 20];
    ct_http_stream_begin(x, &(struct ct_http_response){ .status = 200 });
    for (int i = 0; i < 32; i++)
        ct_http_stream_send(x, ct_blob_static(megabyte, sizeof(megabyte)));
    CHECK(ct_http_pending(x) > 4 << 20);
    CHECK(!ct_http_gone(x));
    close(fd);
    CHECK(fixture_wait(&f, &f.n_aborts, 1));
    CHECK(ct_http_gone(x));
    ct_http_stream_send(x, ct_blob_static(megabyte, sizeof(megabyte)));
    ct_http_stream_end(x);
    for (int i = 0; i < 500 && ct_http_pending(x); i++)
        usleep(1000);
    CHECK_INT(ct_http_pending(x), 0);
    ct_http_unref(&x);
    fixture_stop(&f);
}

TEST(http_file__a_range_by_sendfile)
{
    struct fixture f;
    struct reply reply;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    client_puts(fd, GET("/file") GET("/ok") "HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n" GET("/ok"));
    REQUIRE(client_reply(fd, &reply, false));
    CHECK_INT(reply.status, 206);
    CHECK_INT(reply.body_len, 200000);
    for (size_t i = 0; i < reply.body_len; i++) {
        if (reply.body[i] != (char)('a' + (i + 1000) / 100 % 26)) {
            t_fail(__FILE__, __LINE__, "byte %zu is %c", i, reply.body[i]);
            break;
        }
    }
    reply_free(&reply);
    CHECK_INT(client_status(fd), 200);
    REQUIRE(client_reply(fd, &reply, true));
    CHECK(strstr(reply.head, "Content-Length: 200000\r\n"));
    CHECK_INT(client_status(fd), 200);
    CHECK(fixture_wait(&f, &f.n_dones, 4));
    CHECK_INT(fixture_get(&f, &f.last_bytes), 2);
    close(fd);
    fixture_stop(&f);
}

/* A file shorter than announced: the client must see the cut. */
TEST(http_file__a_short_file_breaks_the_connection)
{
    struct fixture f;
    int fd;
    struct reply reply;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    struct ct_http_exchange *x = hold_one(&f, &fd, GET("/hold"));
    REQUIRE(x);
    ct_http_respond(x, &(struct ct_http_response){ .status = 200,
                                                   .file = dup(f.file),
                                                   .use_file = true,
                                                   .file_offset = FILE_BYTES - 10,
                                                   .file_length = 20 });
    ct_http_unref(&x);
    CHECK(!client_reply(fd, &reply, false));
    CHECK_INT(reply.body_len, 10);
    reply_free(&reply);
    close(fd);
    fixture_stop(&f);
}

struct beat {
    struct fixture *f;
    int n;
};

static void beat(struct ct_http_exchange *x, void *arg)
{
    struct beat *b = arg;
    pthread_mutex_lock(&b->f->lock);
    int n = ++b->n;
    pthread_cond_broadcast(&b->f->changed);
    pthread_mutex_unlock(&b->f->lock);
    ct_http_stream_send(x, ct_blob_static(":\n", 2));
    if (n < 3)
        ct_http_later(x, 5, beat, b);
    else if (n == 3)
        ct_http_stream_end(x);
}

TEST(http_later__beats_and_stops_with_the_exchange)
{
    struct fixture f;
    int fd;
    struct reply reply;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    struct beat b = { .f = &f }, never = { .f = &f, .n = 100 };
    struct ct_http_exchange *x = hold_one(&f, &fd, GET("/hold"));
    REQUIRE(x);
    ct_http_stream_begin(x, &(struct ct_http_response){ .status = 200 });
    ct_http_later(x, 60000, beat, &never);
    ct_http_later(x, 0, beat, &b);
    CHECK(client_reply(fd, &reply, false));
    CHECK_STR(reply.body, ":\n:\n:\n");
    reply_free(&reply);
    CHECK(fixture_wait(&f, &f.n_dones, 1));
    ct_http_later(x, 0, beat, &never); /* ended: dropped */
    ct_http_unref(&x);
    close(fd);
    fixture_stop(&f);
    CHECK_INT(never.n, 100);
}

/* Each allocation of a request's way fails once. The client gets an answer or a closed
 * connection; the server survives, and serves the next. */
TEST(http_threads__every_allocation_may_fail)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    CHECK_INT(request_status(&f, GET("/ok")), 200);
    bool failed = true;
    for (long nth = 1; failed && nth < 500; nth++) {
        int fd = client_connect(&f);
        client_puts(fd, GET("/ok"));
        CHECK_INT(client_status(fd), 200);
        ct_mem_fail_nth(nth);
        client_puts(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n" GET("/bytes/5000000") GET("/file"));
        client_puts(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
        usleep(1000);
        client_puts(fd, "hello" GET("/hold"));
        shutdown(fd, SHUT_WR);
        CHECK(client_read_end(fd, NULL, 0) >= -1);
        close(fd);
        failed = ct_mem_fail_nth(0) >= nth; /* else all have had their turn */
        CHECK_INT(request_status(&f, GET("/ok")), 200);
    }
    CHECK(!failed);
    ct_mem_fail_nth(1); /* the connection itself */
    CHECK_INT(request_status(&f, GET("/ok")), 0);
    CHECK_INT(request_status(&f, GET("/ok")), 200);
    for (long nth = 1; nth < 4; nth++) { /* the answer from another thread */
        int fd;
        struct ct_http_exchange *x = NULL;
        while (fixture_get(&f, &f.n_held) > f.n_taken) {
            x = hold_take(&f);
            ct_http_unref(&x);
        }
        x = hold_one(&f, &fd, GET("/hold"));
        REQUIRE(x);
        ct_mem_fail_nth(nth);
        ct_http_respond(x, &(struct ct_http_response){ .status = 200 });
        ct_http_unref(&x);
        int status = client_status(fd);
        ct_mem_fail_nth(0);
        CHECK(status == 200 || status == 0);
        if (nth == 1)
            CHECK_INT(status, 0);
        close(fd);
    }
    fixture_stop(&f);
}

TEST(http_server__start_may_fail_at_every_allocation)
{
    struct ct_http_handler handler = { 0 };
    struct ct_http_options options = { .listen = "127.0.0.1:0", .loops = 2 };
    bool started = false;
    int failures = 0;
    for (long nth = 1; nth < 100 && !started; nth++) {
        struct ct_http_server *server = NULL;
        struct ct_err err;
        ct_mem_fail_nth(nth);
        ct_code code = ct_http_server_start(&server, &options, &handler, &err);
        ct_mem_fail_nth(0);
        started = code == CT_OK;
        failures += !started;
        if (!started)
            CHECK_INT(code, CT_E_MEMORY);
        ct_http_server_stop(&server);
    }
    CHECK(started && failures > 5);
}
