/* The head parser alone: what it reads, what it refuses, and that the cut into reads is no matter.
 */
#include "net/http_parse.h"
#include "t.h"

#define MAX_FIELDS 10
#define MAX_BYTES 512

static const struct ct_http_limits limits = { .max_header_bytes = MAX_BYTES,
                                              .max_fields = MAX_FIELDS };

static enum ct_http_parse parse(struct ct_http_head *head, struct ct_slice in, struct ct_err *err)
{
    static struct ct_http_field fields[MAX_FIELDS];
    return ct_http__parse_head(head, fields, in, &limits, err);
}

TEST(http_parse__reads_a_request)
{
    struct ct_http_head head;
    struct ct_err err;
    struct ct_slice in = CT_S("POST /v1/images/generations?a=1&b[]=2 HTTP/1.1\r\n"
                              "Host: localhost:8787\r\nContent-Length:  17 \t\r\nX-Empty:\r\n"
                              "connection: Keep-Alive, x\r\n\r\nrest");
    REQUIRE(parse(&head, in, &err) == CT_HTTP_DONE);
    CHECK_SLICE(head.method, "POST");
    CHECK_SLICE(head.path, "/v1/images/generations");
    CHECK_SLICE(head.query, "a=1&b[]=2");
    CHECK_SLICE(head.host, "localhost:8787");
    CHECK_INT(head.minor_version, 1);
    CHECK_INT(head.content_length, 17);
    CHECK(!head.chunked && head.keep_alive && !head.expect_continue);
    CHECK_INT(head.n_fields, 4);
    CHECK_SLICE(head.fields[1].value, "17");
    CHECK_SLICE(head.fields[2].value, "");
    CHECK_INT(head.len, in.len - 4);
}

TEST(http_parse__every_cut_gives_the_same)
{
    struct ct_slice in = CT_S("GET http://h:80/p?q HTTP/1.1\r\nHost: h:80\r\nA: b\r\n"
                              "Transfer-Encoding: Chunked\r\nExpect: 100-continue\r\n\r\n");
    struct ct_http_head head;
    struct ct_err err;
    for (size_t n = 0; n < in.len; n++) {
        char *exact = malloc(n ? n : 1); /* so that the sanitizer sees a read past the cut */
        REQUIRE(exact);
        memcpy(exact, in.ptr, n);
        enum ct_http_parse got = parse(&head, ct_slice_n(exact, n), &err);
        free(exact);
        if (got != CT_HTTP_MORE)
            t_fail(__FILE__, __LINE__, "after %zu bytes: %d (%s)", n, got, err.msg);
    }
    REQUIRE(parse(&head, in, &err) == CT_HTTP_DONE);
    CHECK_SLICE(head.path, "/p");
    CHECK_SLICE(head.query, "q");
    CHECK(head.chunked && head.expect_continue);
}

TEST(http_parse__keep_alive_by_version_and_connection)
{
    static const struct {
        const char *text;
        bool keep;
    } cases[] = {
        { "GET / HTTP/1.1\r\nHost: a\r\n\r\n", true },
        { "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n", false },
        { "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n",
          false },
        { "GET / HTTP/1.0\r\n\r\n", false },
        { "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true },
    };
    struct ct_http_head head;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        REQUIRE(parse(&head, ct_slice(cases[i].text), NULL) == CT_HTTP_DONE);
        if (head.keep_alive != cases[i].keep)
            t_fail(__FILE__, __LINE__, "case %zu", i);
    }
}

TEST(http_parse__targets)
{
    struct ct_http_head head;
    REQUIRE(parse(&head, CT_S("GET HTTP://[::1]:8787 HTTP/1.1\r\nHost: [::1]:8787\r\n\r\n"),
                  NULL) == CT_HTTP_DONE);
    CHECK_SLICE(head.path, "/");
    REQUIRE(parse(&head, CT_S("GET https://a?x=1 HTTP/1.1\r\nHost: A\r\n\r\n"), NULL) ==
            CT_HTTP_DONE);
    CHECK_SLICE(head.path, "/");
    CHECK_SLICE(head.query, "x=1");
    REQUIRE(parse(&head, CT_S("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), NULL) == CT_HTTP_DONE);
    CHECK_SLICE(head.path, "*");
    REQUIRE(parse(&head, CT_S("brew /pot HTTP/1.1\r\nHost: a\r\n\r\n"), NULL) == CT_HTTP_DONE);
    CHECK_SLICE(head.method, "brew");
    static const char *const wrong[] = {
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET a/b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ftp://a/b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http:///b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
        "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (parse(&head, ct_slice(wrong[i]), NULL) != CT_HTTP_BAD)
            t_fail(__FILE__, __LINE__, "accepted: %s", wrong[i]);
    }
}

TEST(http_parse__authority)
{
    static const char *const right[] = {
        "a",    "a:1", "127.0.0.1:8787", "[::1]", "[::ffff:1.2.3.4]:0", "xn--bcher-kva.example",
        "a_b.c"
    };
    static const char *const wrong[] = { "",        ":80",    "a b",   "a/b",  "a@b",
                                         "a:65536", "a:+1",   "a:1:2", "[::1", "[]",
                                         "[::g]",   "[::1]x", "a,b/",  "a\t",  "a:" };
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
        if (!ct_http__is_authority(ct_slice(right[i])))
            t_fail(__FILE__, __LINE__, "%s", right[i]);
    }
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (ct_http__is_authority(ct_slice(wrong[i])))
            t_fail(__FILE__, __LINE__, "accepted: %s", wrong[i]);
    }
}

/* The byte classes against the grammar of RFC 9110 as it is written. */
TEST(http_parse__bytes_of_tokens_and_values)
{
    static const char tchar[] = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        bool token = i && strchr(tchar, c);
        bool value = i == '\t' || (i >= 32 && i != 127);
        if (ct_http__is_token(ct_slice_n(&c, 1)) != token)
            t_fail(__FILE__, __LINE__, "byte %d in a token", i);
        if (ct_http__is_value(ct_slice_n(&c, 1)) != value)
            t_fail(__FILE__, __LINE__, "byte %d in a value", i);
    }
}

static ct_code code_of(struct ct_slice in)
{
    struct ct_http_head head;
    struct ct_err err;
    return parse(&head, in, &err) == CT_HTTP_BAD ? err.code : CT_OK;
}

TEST(http_parse__limits_have_their_own_errors)
{
    char text[MAX_BYTES + 200];
    memset(text, 'a', sizeof(text));
    memcpy(text, "GET /", 5);
    CHECK_INT(code_of(ct_slice_n(text, MAX_BYTES - 1)), CT_OK);
    CHECK_INT(code_of(ct_slice_n(text, MAX_BYTES)), CT_E_URI_SIZE);
    memcpy(text, "GET / HTTP/1.1\r\nX: ", 19);
    CHECK_INT(code_of(ct_slice_n(text, MAX_BYTES + 1)), CT_E_HEADER_SIZE);
    size_t n = (size_t)snprintf(text, sizeof(text), "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 1; i <= MAX_FIELDS; i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "X: y\r\n");
    CHECK_INT(code_of(ct_slice_n(text, n)), CT_E_HEADER_SIZE);
    CHECK_INT(code_of(CT_S("GET / HTTP/2.0\r\nHost: a\r\n\r\n")), CT_E_HTTP_VERSION);
    CHECK_INT(code_of(CT_S("GET / HTTP/1.2\r\nHost: a\r\n\r\n")), CT_E_HTTP_VERSION);
    CHECK_INT(code_of(CT_S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n"
                           "\r\n")),
              CT_E_BODY_SIZE);
}

TEST(http_parse__faults_do_not_wait_for_the_end)
{
    struct ct_err err;
    struct ct_http_head head;
    CHECK_INT(code_of(CT_S("\x16\x03\x01")), CT_E_HTTP);
    CHECK(parse(&head, CT_S("\x16"), &err) == CT_HTTP_BAD && strstr(err.msg, "TLS"));
    CHECK_INT(code_of(CT_S("GET /\r\n")), CT_E_HTTP);
    CHECK_INT(code_of(CT_S("GET / HTTP/1.1\n")), CT_E_HTTP);
    CHECK_INT(code_of(CT_S("GET / HTTP/1.1\r\nA b: c\r\n")), CT_E_HTTP);
}

static struct ct_slice body_of(const char *text, size_t cut, enum ct_http_parse *last)
{
    static char body[256];
    struct ct_http_chunks c = { 0 };
    size_t len = 0, total = strlen(text);
    struct ct_slice pieces[2] = { { text, cut }, { text + cut, total - cut } };
    *last = CT_HTTP_MORE;
    for (int i = 0; i < 2 && (*last == CT_HTTP_MORE); i++) {
        struct ct_slice data;
        while ((*last = ct_http__chunks_next(&c, &pieces[i], &data, NULL)) == CT_HTTP_DATA) {
            memcpy(body + len, data.ptr, data.len);
            len += data.len;
        }
    }
    return ct_slice_n(body, len);
}

TEST(http_chunk__decodes_at_every_cut)
{
    const char *text =
        "5\r\nhello\r\n00A;x=\"y z\"\r\n, chunked \r\n6\r\nworld!\r\n000\r\nT: v\r\nU:\r\n\r\n";
    for (size_t cut = 0; cut <= strlen(text); cut++) {
        enum ct_http_parse last;
        struct ct_slice body = body_of(text, cut, &last);
        CHECK_SLICE(body, "hello, chunked world!");
        CHECK_INT(last, CT_HTTP_DONE);
    }
}

TEST(http_chunk__leaves_what_follows)
{
    struct ct_http_chunks c = { 0 };
    struct ct_slice in = CT_S("0\r\n\r\nGET /"), data;
    CHECK_INT(ct_http__chunks_next(&c, &in, &data, NULL), CT_HTTP_DONE);
    CHECK_SLICE(in, "GET /");
}

TEST(http_chunk__refuses)
{
    static const char *const wrong[] = {
        "\r\n",
        "g\r\n",
        "0x5\r\nhello\r\n",
        "+5\r\nhello\r\n",
        " 5\r\nhello\r\n",
        "5 \r\nhello",
        "5\nhello\r\n",
        "5\r\nhello\n",
        "5\r\nhelloX\r\n",
        "5\r\nhello\rX",
        "5;\x01\r\n",
        "5;a\rb\r\n",
        "0\r\n: v\r\n",
        "0\r\nA : v\r\n",
        "0\r\nA: \x7f\r\n",
        "0\r\n folded\r\n",
        "0\r\n\n",
        "-1\r\n",
        "5;a\n",
        "0\r\nA: b\n",
        "1000000000000000\r\n",
        ";a\r\n",
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        enum ct_http_parse last;
        body_of(wrong[i], strlen(wrong[i]) / 2, &last);
        if (last != CT_HTTP_BAD)
            t_fail(__FILE__, __LINE__, "accepted: %s", wrong[i]);
    }
}

static enum ct_http_parse feed(struct ct_http_chunks *c, const char *text)
{
    struct ct_slice in = ct_slice(text), data;
    enum ct_http_parse got;
    while ((got = ct_http__chunks_next(c, &in, &data, NULL)) == CT_HTTP_DATA)
        continue;
    return got;
}

TEST(http_chunk__bounds_extensions_and_trailers)
{
    struct ct_http_chunks c = { 0 };
    enum ct_http_parse got = CT_HTTP_MORE;
    int n = 0;
    for (; n < 100000 && got == CT_HTTP_MORE; n++)
        got = feed(&c, "1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n");
    CHECK(got == CT_HTTP_BAD && n < 1000);
    c = (struct ct_http_chunks){ 0 };
    got = feed(&c, "0\r\n");
    for (n = 0; n < 100000 && got == CT_HTTP_MORE; n++)
        got = feed(&c, "name: value\r\n");
    CHECK(got == CT_HTTP_BAD && n < 1000);
}
