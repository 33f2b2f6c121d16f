/* Bodies that are handed over piece by piece: nothing is lost, nothing is kept. */
#include "fixture.h"

#include <sys/socket.h>
#include <unistd.h>

#define BODY_BYTES 1000000

static char *make_body(uint64_t *hash)
{
    char *body = malloc(BODY_BYTES);
    *hash = 0;
    for (int i = 0; body && i < BODY_BYTES; i++) {
        body[i] = (char)(i * 2654435761u >> 13);
        *hash = *hash * 31 + (unsigned char)body[i];
    }
    return body;
}

/* Sends the body with its length or in chunks, in pieces of `piece` bytes. */
static void send_body(int fd, const char *body, size_t piece, bool chunked)
{
    char line[32];
    client_puts(fd, "POST /stream HTTP/1.1\r\nHost: a\r\n");
    client_puts(fd, chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: 1000000\r\n\r\n");
    for (size_t at = 0; at < BODY_BYTES; at += piece) {
        size_t len = BODY_BYTES - at < piece ? BODY_BYTES - at : piece;
        snprintf(line, sizeof(line), "%zx\r\n", len);
        if (chunked)
            client_puts(fd, line);
        if (!client_send(fd, body + at, len))
            return;
        if (chunked)
            client_puts(fd, "\r\n");
    }
    if (chunked)
        client_puts(fd, "0\r\n\r\n");
}

TEST(http_upload__pieces_are_the_body_and_no_memory_is_held)
{
    struct fixture f;
    struct reply reply;
    uint64_t hash;
    char expected[64], *body = make_body(&hash);
    REQUIRE(body);
    fixture_init(&f);
    f.options.body_memory = 4096; /* a buffered body of this size would be refused */
    REQUIRE(fixture_start(&f));
    snprintf(expected, sizeof(expected), "%d %llx", BODY_BYTES, (unsigned long long)hash);
    int fd = client_connect(&f); /* one connection: keep-alive after each */
    for (int round = 0; round < 4; round++) {
        send_body(fd, body, round / 2 ? 65536 : 3001, round % 2);
        REQUIRE(client_reply(fd, &reply, false));
        CHECK_STR(reply.body, expected);
        CHECK(!strstr(reply.head, "Connection: close"));
        reply_free(&reply);
    }
    CHECK(fixture_get(&f, &f.largest_piece) <= 64 * 1024);
    close(fd);
    fixture_stop(&f);
    CHECK_INT(f.n_requests, 4);
    free(body);
}

TEST(http_upload__an_early_answer_ends_the_request)
{
    uint64_t hash;
    char *body = make_body(&hash);
    REQUIRE(body);
    for (int chunked = 0; chunked < 2; chunked++) {
        struct fixture f;
        fixture_init(&f);
        f.stop_streams = true;
        REQUIRE(fixture_start(&f));
        int fd = client_connect(&f);
        send_body(fd, body, 50000, chunked);
        CHECK_INT(client_status(fd), 400);
        CHECK_INT(client_read_end(fd, NULL, 0), 0); /* closed, not reset */
        close(fd);
        fixture_stop(&f);
        CHECK_INT(f.n_requests, 0);
        CHECK_INT(f.n_dones, 1);
        CHECK(f.streamed_bytes >= 100000 && f.streamed_bytes < BODY_BYTES);
    }
    free(body);
}

TEST(http_upload__one_short_early_answer_keeps_the_connection)
{
    struct fixture f;
    fixture_init(&f);
    f.stop_streams = true;
    f.streamed_bytes = 100000; /* the first piece is answered */
    REQUIRE(fixture_start(&f));
    int fd = client_connect(&f);
    client_puts(fd, "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
    CHECK_INT(client_status(fd), 400);
    client_puts(fd, "67890GET /ok HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK_INT(client_status(fd), 200);
    close(fd);
    fixture_stop(&f);
}

TEST(http_upload__a_limit_holds_and_a_client_that_leaves_is_told)
{
    struct fixture f;
    fixture_init(&f);
    REQUIRE(fixture_start(&f));
    CHECK_INT(request_status(&f, "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n"),
              413);
    int fd = client_connect(&f);
    client_puts(fd, "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nsome");
    CHECK(fixture_wait(&f, &f.n_pieces, 1));
    close(fd);
    CHECK(fixture_wait(&f, &f.n_aborts, 1));
    fixture_stop(&f);
    CHECK_INT(f.n_requests, 0);
    CHECK_INT(f.n_dones, 2);
}
