/* The 45 framing probes against a running server: what must be refused, what must be served.
 *
 * Each probe is followed by a second, innocent request on the same connection. After a refusal
 * that one must never be answered: the connection is closed, whatever the bytes behind the fault
 * may mean to somebody else. */
#include "fixture.h"

#include <unistd.h>

struct probe {
    const char *name;
    int status;  /* of the first answer */
    bool reused; /* is the second request answered too? */
    const char *bytes;
    size_t len; /* 0: strlen(bytes) */
};

#define POST "POST /echo HTTP/1.1\r\nHost: a\r\n"
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"
#define WITH_NUL POST "X: a\0b\r\nContent-Length: 5\r\n\r\nhello"

static const struct probe probes[] = {
    /* How long is the body? */
    { "length and coding", 400, false,
      POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0 },
    { "coding and length", 400, false,
      POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 0 },
    { "two lengths that differ", 400, false,
      POST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 0 },
    { "two equal lengths", 400, false, POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
      0 },
    { "length as a list", 400, false, POST "Content-Length: 5, 5\r\n\r\nhello", 0 },
    { "length with plus", 400, false, POST "Content-Length: +5\r\n\r\nhello", 0 },
    { "length with minus", 400, false, POST "Content-Length: -5\r\n\r\nhello", 0 },
    { "length in hex", 400, false, POST "Content-Length: 0x5\r\n\r\nhello", 0 },
    { "length with a blank inside", 400, false, POST "Content-Length: 1 0\r\n\r\nhello", 0 },
    { "empty length", 400, false, POST "Content-Length:\r\n\r\nhello", 0 },
    { "folded length", 400, false, POST "Content-Length: 1\r\n 5\r\n\r\nhello", 0 },
    { "two codings", 400, false,
      POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0 },
    { "gzip, chunked", 400, false, POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 0 },
    { "chunked, identity", 400, false, POST "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
      0 },
    { "xchunked", 400, false, POST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 0 },
    { "folded coding", 400, false, POST "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 0 },
    { "coding on HTTP/1.0", 400, false,
      "POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0 },
    /* Where does a line or a field end? */
    { "bare LF lines", 400, false, "GET /ok HTTP/1.1\nHost: a\n\n", 0 },
    { "bare LF in one field", 400, false, "GET /ok HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 0 },
    { "bare CR in a value", 400, false, "GET /ok HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 0 },
    { "NUL in a value", 400, false, WITH_NUL, sizeof(WITH_NUL) - 1 },
    { "folded field", 400, false, "GET /ok HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 0 },
    { "first field folded", 400, false, "GET /ok HTTP/1.1\r\n Host: a\r\n\r\n", 0 },
    { "space before the colon", 400, false, POST "Content-Length : 5\r\n\r\nhello", 0 },
    { "empty field name", 400, false, "GET /ok HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 0 },
    { "illegal byte in a name", 400, false, "GET /ok HTTP/1.1\r\nHost: a\r\nX(y): b\r\n\r\n", 0 },
    { "no colon", 400, false, "GET /ok HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 0 },
    /* Whom is it for? */
    { "no Host", 400, false, "GET /ok HTTP/1.1\r\n\r\n", 0 },
    { "two Hosts", 400, false, "GET /ok HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 0 },
    { "invalid Host", 400, false, "GET /ok HTTP/1.1\r\nHost: a/b\r\n\r\n", 0 },
    { "request line without a version", 400, false, "GET /ok\r\nHost: a\r\n\r\n", 0 },
    { "another version", 505, false, "GET /ok HTTP/2.0\r\nHost: a\r\n\r\n", 0 },
    { "two spaces in the request line", 400, false, "GET  /ok HTTP/1.1\r\nHost: a\r\n\r\n", 0 },
    /* Chunks. */
    { "bare LF behind a chunk size", 400, false, CHUNKED "5\nhello\r\n0\r\n\r\n", 0 },
    { "chunk longer than its size", 400, false, CHUNKED "5\r\nhelloXX0\r\n\r\n", 0 },
    { "chunk size in 0x", 400, false, CHUNKED "0x5\r\nhello\r\n0\r\n\r\n", 0 },
    /* Legal, and served. */
    { "plain chunked", 200, true, CHUNKED "5\r\nhello\r\n0\r\n\r\n", 0 },
    { "chunk extension", 200, true, CHUNKED "5;a=\"b\"\r\nhello\r\n0\r\n\r\n", 0 },
    { "trailers", 200, true, CHUNKED "5\r\nhello\r\n0\r\nX: y\r\n\r\n", 0 },
    { "coding in another case", 200, true,
      POST "tRANSFER-eNCODING:CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 0 },
    { "absolute target", 200, true, "GET http://a/ok HTTP/1.1\r\nHost: a\r\n\r\n", 0 },
    { "an empty line first", 200, true, "\r\nGET /ok HTTP/1.1\r\nHost: a\r\n\r\n", 0 },
    { "no blank behind the colon", 200, true, POST "Content-Length:5\r\n\r\nhello", 0 },
    { "HTTP/1.0", 200, false, "GET /ok HTTP/1.0\r\n\r\n", 0 },
    { "HTTP/1.0 with keep-alive", 200, true, "GET /ok HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
      0 },
};

static void run_probe(struct fixture *f, const struct probe *p)
{
    static const char second[] = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n";
    int fd = client_connect(f);
    client_send(fd, p->bytes, p->len ? p->len : strlen(p->bytes));
    client_puts(fd, second);
    int status = client_status(fd);
    if (status != p->status)
        t_fail(__FILE__, __LINE__, "%s: answered %d, expected %d", p->name, status, p->status);
    if (p->reused)
        CHECK_INT(client_status(fd), 200);
    else if (client_read_end(fd, NULL, 0) != 0)
        t_fail(__FILE__, __LINE__, "%s: the connection was used again or reset", p->name);
    close(fd);
}

TEST(http_probes__45_framings)
{
    struct fixture f;
    fixture_init(&f);
    CHECK_INT(sizeof(probes) / sizeof(probes[0]), 45);
    if (fixture_start(&f)) {
        for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++)
            run_probe(&f, &probes[i]);
    }
    fixture_stop(&f);
}

TEST(http_probes__a_request_fed_byte_by_byte)
{
    struct fixture f;
    fixture_init(&f);
    static const char text[] =
        POST "Content-Length: 5\r\n\r\nhello" CHUNKED "2;x\r\nhe\r\n3\r\nllo\r\n0\r\nT: v\r\n\r\n";
    if (fixture_start(&f)) {
        int fd = client_connect(&f);
        for (size_t i = 0; i + 1 < sizeof(text); i++)
            client_send(fd, text + i, 1);
        for (int i = 0; i < 2; i++) {
            struct reply reply;
            CHECK(client_reply(fd, &reply, false));
            CHECK_STR(reply.body, "hello");
            reply_free(&reply);
        }
        close(fd);
    }
    fixture_stop(&f);
}

/* Two writes with a cut at every place: the kernel delivers them as it likes. */
TEST(http_probes__a_request_cut_everywhere)
{
    struct fixture f;
    fixture_init(&f);
    static const char text[] = POST "Content-Length: 5\r\nX-A: b\r\n\r\nhello";
    if (fixture_start(&f)) {
        int fd = client_connect(&f);
        for (size_t cut = 1; cut + 1 < sizeof(text); cut++) {
            int seen = fixture_get(&f, &f.n_dones);
            client_send(fd, text, cut);
            if (cut % 8 == 0)
                usleep(2000); /* so that some cuts are surely seen as two reads */
            client_send(fd, text + cut, sizeof(text) - 1 - cut);
            CHECK_INT(client_status(fd), 200);
            CHECK(fixture_wait(&f, &f.n_dones, seen + 1));
        }
        close(fd);
    }
    fixture_stop(&f);
}
