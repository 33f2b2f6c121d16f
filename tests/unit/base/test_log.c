#include "base/clock.h"
#include "base/err.h"
#include "base/json.h"
#include "base/log.h"
#include "t.h"

#include <limits.h>
#include <pthread.h>
#include <unistd.h>

static int64_t wall_s(void)
{
    return 1763600000; /* 2025-11-20T00:53:20Z */
}

/* What one event writes, with the clock standing still. */
struct capture {
    int fds[2];
    struct ct_log *log;
    char line[2 * PIPE_BUF];
};

static bool capture_open(struct capture *c, enum ct_log_level level, enum ct_log_format format)
{
    ct_clock_replace(NULL, wall_s);
    c->log = pipe(c->fds) == 0 ? ct_log_new(c->fds[1], level, format) : NULL;
    return c->log != NULL;
}

static const char *capture_read(struct capture *c)
{
    ssize_t got = read(c->fds[0], c->line, sizeof(c->line) - 1);
    c->line[got > 0 ? got : 0] = '\0';
    return c->line;
}

static void capture_close(struct capture *c)
{
    ct_log_free(&c->log);
    close(c->fds[0]);
    close(c->fds[1]);
    ct_clock_replace(NULL, NULL);
}

TEST(log__logfmt_quotes_what_needs_it)
{
    struct capture c;
    REQUIRE(capture_open(&c, CT_LOG_INFO, CT_LOG_LOGFMT));
    ct_log_event(c.log, CT_LOG_WARN, "two words", CT_LOG_Z("bare", "a/b:c"), CT_LOG_Z("empty", ""),
                 CT_LOG_Z("quoted", "x=\"1\"\n"), CT_LOG_Z("utf8", "\xC3\xA9"),
                 CT_LOG_S("bad", ct_slice_n("\xFF", 1)), CT_LOG_I("n", -5));
    CHECK_STR(capture_read(&c),
              "time=2025-11-20T00:53:20.000Z level=warn msg=\"two words\" bare=a/b:c empty=\"\" "
              "quoted=\"x=\\\"1\\\"\\n\" utf8=\"\xC3\xA9\" bad=\"\xEF\xBF\xBD\" n=-5\n");
    capture_close(&c);
}

TEST(log__json_is_one_object_a_line)
{
    struct capture c;
    REQUIRE(capture_open(&c, CT_LOG_INFO, CT_LOG_JSON));
    ct_log_event(c.log, CT_LOG_ERROR, "a\nb", CT_LOG_Z("k", "v"), CT_LOG_I("n", 7));
    CHECK_STR(capture_read(&c), "{\"time\":\"2025-11-20T00:53:20.000Z\",\"level\":\"error\","
                                "\"msg\":\"a\\nb\",\"k\":\"v\",\"n\":7}\n");
    capture_close(&c);
}

TEST(log__levels_filter)
{
    struct capture c;
    REQUIRE(capture_open(&c, CT_LOG_WARN, CT_LOG_LOGFMT));
    CHECK(ct_log_wants(c.log, CT_LOG_ERROR) && ct_log_wants(c.log, CT_LOG_WARN));
    CHECK(!ct_log_wants(c.log, CT_LOG_INFO));
    CHECK(!ct_log_wants(NULL, CT_LOG_ERROR));
    ct_log_event(NULL, CT_LOG_ERROR, "nobody hears", CT_LOG_I("n", 1));
    ct_log_event(c.log, CT_LOG_INFO, "not this", CT_LOG_I("n", 1));
    ct_log_event(c.log, CT_LOG_WARN, "this", CT_LOG_I("n", 2));
    CHECK_STR(capture_read(&c), "time=2025-11-20T00:53:20.000Z level=warn msg=this n=2\n");
    capture_close(&c);
}

TEST(log__a_line_stays_within_a_pipes_atomic_write)
{
    char ugly[5000];
    memset(ugly, 1, sizeof(ugly)); /* each byte becomes six */
    for (int format = CT_LOG_LOGFMT; format <= CT_LOG_JSON; format++) {
        struct capture c;
        REQUIRE(capture_open(&c, CT_LOG_INFO, (enum ct_log_format)format));
        ugly[sizeof(ugly) - 1] = '\0';
        ct_log_event(c.log, CT_LOG_INFO, ugly, CT_LOG_Z("a", ugly), CT_LOG_I("n", 1));
        const char *line = capture_read(&c);
        size_t len = strlen(line);
        CHECK(len <= PIPE_BUF && len > 1000);
        CHECK(line[len - 1] == '\n' && memchr(line, '\n', len) == line + len - 1);
        CHECK(strstr(line, "truncated") && !strstr(line, "a="));
        CHECK(strstr(line, format == CT_LOG_JSON ? "\"n\":1" : " n=1 "));
        capture_close(&c);
    }
}

TEST(log__json_lines_parse)
{
    struct capture c;
    const struct ct_json *root;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(1 << 16);
    REQUIRE(arena && capture_open(&c, CT_LOG_DEBUG, CT_LOG_JSON));
    ct_log_event(c.log, CT_LOG_DEBUG, "\xFF\"\\", CT_LOG_S("k", ct_slice_n("a\0b", 3)));
    CHECK(ct_json_parse(&root, arena, ct_slice(capture_read(&c)), NULL, NULL) == CT_E_JSON);
    ct_log_event(c.log, CT_LOG_DEBUG, "\xFF\"\\", CT_LOG_Z("k", "\x1B[31m"));
    CHECK(ct_json_parse(&root, arena, ct_slice(capture_read(&c)), NULL, NULL) == CT_OK);
    CHECK_SLICE(ct_json_get(root, "msg")->text, "\xEF\xBF\xBD\"\\");
    capture_close(&c);
}

static void *write_lines(void *log)
{
    for (int i = 0; i < 50; i++)
        ct_log_event(log, CT_LOG_INFO, "m", CT_LOG_Z("text", "0123456789"), CT_LOG_I("n", i));
    return NULL;
}

TEST(log__threads_do_not_interleave)
{
    struct capture c;
    pthread_t threads[4];
    char all[1 << 16];
    size_t len = 0, lines = 0;
    REQUIRE(capture_open(&c, CT_LOG_INFO, CT_LOG_LOGFMT));
    for (int i = 0; i < 4; i++)
        REQUIRE(pthread_create(&threads[i], NULL, write_lines, c.log) == 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL); /* 200 lines of 70 bytes fit the pipe */
    close(c.fds[1]);
    for (ssize_t got; (got = read(c.fds[0], all + len, sizeof(all) - len)) > 0;)
        len += (size_t)got;
    struct ct_slice rest = ct_slice_n(all, len), line;
    while (ct_slice_cut(rest, '\n', &line, &rest)) {
        CHECK(ct_slice_starts(line,
                              "time=2025-11-20T00:53:20.000Z level=info msg=m text=0123456789 n="));
        lines++;
    }
    CHECK_INT(lines, 200);
    c.fds[1] = dup(c.fds[0]);
    capture_close(&c);
}
