/* Fetching from a server on loopback that behaves as its paths say. Loopback's 127.0.0.1 stands for
 * the public internet here, its 127.0.0.2 for what must not be reached. */
#include "net/fetch.h"
#include "net/resolve.h"
#include "t.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define PNG "\x89PNG\r\n\x1a\n____________________"

struct host {
    int fd, port;
    pthread_t thread;
    atomic_int requests;
    atomic_bool stop;
    atomic_int open; /* connections being answered */
};

static void say(int fd, const char *text)
{
    (void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static void say_endless(int fd)
{
    static char block[65536];
    say(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" PNG);
    while (send(fd, block, sizeof(block), MSG_NOSIGNAL) > 0)
        continue;
}

static void answer(struct host *h, int fd, const char *path)
{
    char text[2048];
    if (strncmp(path, "/png", 4) == 0) {
        say(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 28\r\n\r\n" PNG);
    } else if (strcmp(path, "/dribble") == 0) {
        say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n");
        for (size_t i = 0; i < sizeof(PNG) - 1; i++) {
            (void)!send(fd, PNG + i, 1, MSG_NOSIGNAL);
            usleep(1000);
        }
    } else if (strncmp(path, "/to?", 4) == 0) {
        snprintf(text, sizeof(text),
                 "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 6\r\n\r\nmoved\n", path + 4);
        say(fd, text);
    } else if (strcmp(path, "/nowhere") == 0) {
        say(fd, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");
    } else if (strcmp(path, "/endless") == 0) {
        say_endless(fd);
    } else if (strcmp(path, "/silent") == 0) {
        while (!atomic_load(&h->stop))
            usleep(10000);
    } else if (strcmp(path, "/cut") == 0) {
        say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" PNG);
    } else if (strcmp(path, "/text") == 0) {
        say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\nAMI id: secret secret secre");
    } else if (strcmp(path, "/short") == 0) {
        say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\x89PNG");
    } else if (strcmp(path, "/empty") == 0) {
        say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    } else if (strcmp(path, "/garbage") == 0) {
        say(fd, "\x16\x03\x01 no HTTP at all");
    } else {
        say(fd, "HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\nsecret");
    }
}

struct visit {
    struct host *host;
    int fd;
};

static void *serve_one(void *arg)
{
    struct visit v = *(struct visit *)arg;
    char request[4096] = "", path[1024] = "";
    size_t len = 0;
    free(arg);
    while (!strstr(request, "\r\n\r\n") && len < sizeof(request) - 1) {
        ssize_t n = read(v.fd, request + len, sizeof(request) - 1 - len);
        if (n <= 0)
            break;
        len += (size_t)n;
    }
    if (sscanf(request, "%*[A-Z] %1000s HTTP/1.1", path) == 1) {
        atomic_fetch_add(&v.host->requests, 1);
        answer(v.host, v.fd, path);
    }
    close(v.fd);
    atomic_fetch_sub(&v.host->open, 1);
    return NULL;
}

static void *serve(void *arg)
{
    struct host *h = arg;
    for (;;) {
        int fd = accept(h->fd, NULL, NULL);
        if (fd < 0 || atomic_load(&h->stop)) {
            if (fd >= 0)
                close(fd);
            return NULL;
        }
        struct visit *v = malloc(sizeof(*v));
        pthread_t thread;
        *v = (struct visit){ h, fd };
        atomic_fetch_add(&h->open, 1);
        pthread_create(&thread, NULL, serve_one, v);
        pthread_detach(thread);
    }
}

static bool host_start(struct host *h)
{
    struct sockaddr_in a = { .sin_family = AF_INET };
    socklen_t len = sizeof(a);
    memset(h, 0, sizeof(*h));
    h->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(h->fd, (struct sockaddr *)&a, sizeof(a)) != 0 || listen(h->fd, 64) != 0 ||
        getsockname(h->fd, (struct sockaddr *)&a, &len) != 0)
        return false;
    h->port = ntohs(a.sin_port);
    return pthread_create(&h->thread, NULL, serve, h) == 0;
}

static void host_stop(struct host *h)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)h->port) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    atomic_store(&h->stop, true);
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)!connect(fd, (struct sockaddr *)&a, sizeof(a));
    pthread_join(h->thread, NULL);
    close(fd);
    close(h->fd);
    while (atomic_load(&h->open) > 0)
        usleep(1000);
}

static bool is_png(struct ct_slice first)
{
    return ct_slice_starts(first, "\x89PNG\r\n\x1a\n");
}

/* The test's internet: 127.0.0.1. */
static bool may_connect(const struct sockaddr *address)
{
    const struct sockaddr_in *a = (const struct sockaddr_in *)(const void *)address;
    return a->sin_family == AF_INET && a->sin_addr.s_addr == htonl(INADDR_LOOPBACK);
}

static int n_resolved;

static int put(struct sockaddr_storage *out, const char *address, int port)
{
    struct sockaddr_in *a = (struct sockaddr_in *)out;
    memset(out, 0, sizeof(*out));
    a->sin_family = AF_INET;
    a->sin_port = htons((uint16_t)port);
    return inet_pton(AF_INET, address, &a->sin_addr);
}

/* good.test is public, evil.test is not, mixed.test is both; rebind.test is public the first time. */
static int resolve(void *ctx, const char *host, int port, struct sockaddr_storage *out, int max)
{
    n_resolved++;
    if (strcmp(host, "good.test") == 0)
        return put(&out[0], "127.0.0.1", port);
    if (strcmp(host, "evil.test") == 0)
        return put(&out[0], "127.0.0.2", port);
    if (strcmp(host, "mixed.test") == 0)
        return put(&out[0], "127.0.0.1", port) + put(&out[1], "127.0.0.2", port);
    if (strcmp(host, "rebind.test") == 0)
        return put(&out[0], n_resolved == 1 ? "127.0.0.1" : "127.0.0.2", port);
    return 0;
}

static struct ct_fetch_options options(void)
{
    return (struct ct_fetch_options){
        .dir = "/tmp",
        .user_agent = "test",
        .max_bytes = 1 << 20,
        .timeout_ms = 10000,
        .allow_http = true,
        .any_port = true,
        .is_wanted = is_png,
        .magic_bytes = 12,
        .may_connect = may_connect,
        .resolve = resolve,
    };
}

/* Fetches http://HOST:PORT/PATH; NULL expected: it is a picture. */
static void check(const struct host *h, const struct ct_fetch_options *o, const char *name,
                  const char *path, const char *expected)
{
    char url[512];
    snprintf(url, sizeof(url), "http://%s:%d%s", name, h->port, path);
    struct ct_fetch_item item = { .url = ct_slice(url) };
    n_resolved = 0;
    ct_fetch_all(&item, 1, o, NULL, NULL);
    if (!expected) {
        if (!item.file)
            t_fail(__FILE__, __LINE__, "%s: %s", url, item.err.msg);
        else
            CHECK(item.file->len == 28 && memcmp(item.file->data, PNG, 28) == 0);
    } else {
        CHECK(item.file == NULL);
        CHECK_INT(item.err.code, CT_E_IMAGE_URL);
        CHECK_STR(item.err.param, "");
        if (!strstr(item.err.msg, expected))
            t_fail(__FILE__, __LINE__, "%s: \"%s\", expected \"%s\"", url, item.err.msg, expected);
        CHECK(!strstr(item.err.msg, "127.0.0") && !strstr(item.err.msg, "secret"));
    }
    ct_blob_unref(&item.file);
}

TEST(fetch__brings_pictures_and_nothing_else)
{
    struct host h;
    struct ct_fetch_options o = options();
    REQUIRE(host_start(&h));
    check(&h, &o, "good.test", "/png", NULL);
    check(&h, &o, "127.0.0.1", "/png?x=1", NULL);
    check(&h, &o, "good.test", "/dribble", NULL);
    check(&h, &o, "good.test", "/text", "no PNG, JPEG or WebP");
    check(&h, &o, "good.test", "/short", "no PNG, JPEG or WebP");
    check(&h, &o, "good.test", "/empty", "no PNG, JPEG or WebP");
    check(&h, &o, "good.test", "/missing", "status 404");
    check(&h, &o, "good.test", "/cut", "cut off");
    check(&h, &o, "good.test", "/garbage", "could not be fetched");
    check(&h, &o, "good.test", "/endless", "more than 1 MB");
    o.allow_http = false;
    check(&h, &o, "good.test", "/png", "only https");
    o.allow_http = true;
    o.any_port = false;
    check(&h, &o, "good.test", "/png", "only the ports");
    host_stop(&h);
}

/* Posts to a path; the status that came back. */
static int post(const struct host *h, const struct ct_fetch_options *o, const char *name,
                const char *path, const char *expected)
{
    char url[512];
    static const char *const fields[] = { "content-type: application/json", NULL };
    struct ct_fetch_post body = { CT_S("{}"), fields };
    snprintf(url, sizeof(url), "http://%s:%d%s", name, h->port, path);
    struct ct_fetch_item item = { .url = ct_slice(url), .post = &body };
    ct_fetch_all(&item, 1, o, NULL, NULL);
    CHECK(item.file == NULL);
    CHECK_INT(item.err.code, expected ? CT_E_IMAGE_URL : CT_OK);
    if (expected && !strstr(item.err.msg, expected))
        t_fail(__FILE__, __LINE__, "%s: \"%s\", expected \"%s\"", url, item.err.msg, expected);
    return item.status;
}

TEST(fetch__posts_and_wants_no_more_than_the_status)
{
    struct host h;
    struct ct_fetch_options o = options();
    char to[64];
    REQUIRE(host_start(&h));
    CHECK_INT(post(&h, &o, "good.test", "/text", NULL), 200);
    CHECK_INT(post(&h, &o, "good.test", "/endless", NULL), 200);
    CHECK_INT(post(&h, &o, "good.test", "/cut", NULL), 200);
    CHECK_INT(post(&h, &o, "good.test", "/missing", "status 404"), 404);
    int before = atomic_load(&h.requests);
    snprintf(to, sizeof(to), "/to?http://good.test:%d/text", h.port);
    CHECK_INT(post(&h, &o, "good.test", to, "status 302"), 302);
    CHECK_INT(atomic_load(&h.requests), before + 1);
    CHECK_INT(post(&h, &o, "good.test", "/garbage", "could not be fetched"), 0);
    CHECK_INT(post(&h, &o, "evil.test", "/text", "no public address"), 0);
    o.timeout_ms = 50;
    CHECK_INT(post(&h, &o, "good.test", "/silent", "took too long"), 0);
    host_stop(&h);
}

TEST(fetch__knows_bad_urls_without_asking)
{
    struct ct_fetch_options o = { .allow_http = false };
    CHECK_INT(ct_fetch_check(CT_S("https://a.example/x"), &o, NULL), CT_OK);
    CHECK_INT(ct_fetch_check(CT_S("http://a.example/x"), &o, NULL), CT_E_IMAGE_URL);
    CHECK_INT(ct_fetch_check(CT_S("https://a.example:22/"), &o, NULL), CT_E_IMAGE_URL);
    CHECK_INT(ct_fetch_check(CT_S("https://u@a.example/"), &o, NULL), CT_E_IMAGE_URL);
    CHECK_INT(ct_fetch_check(CT_S("https://10.1.2.3/"), &o, NULL), CT_E_IMAGE_URL);
    CHECK_INT(ct_fetch_check(CT_S("https://[::ffff:127.0.0.1]/"), &o, NULL), CT_E_IMAGE_URL);
    CHECK_INT(ct_fetch_check(CT_S("https://8.8.8.8/"), &o, NULL), CT_OK);
}

TEST(fetch__reaches_no_address_that_is_closed)
{
    struct host h;
    struct ct_fetch_options o = options();
    REQUIRE(host_start(&h));
    check(&h, &o, "evil.test", "/png", "no public address");
    check(&h, &o, "mixed.test", "/png", "no public address");
    check(&h, &o, "127.0.0.2", "/png", "no public address");
    check(&h, &o, "unknown.test", "/png", "no public address");
    check(&h, &o, "[::1]", "/png", "no public address");
    CHECK_INT(atomic_load(&h.requests), 0);
    /* The same name twice, another answer the second time: it is asked for once. */
    check(&h, &o, "rebind.test", "/png", NULL);
    CHECK_INT(n_resolved, 1);
    o.may_connect = NULL; /* as the server has it */
    o.resolve = NULL;
    REQUIRE(ct_workers_start(&o.resolvers, 1, 4, NULL) == CT_OK);
    check(&h, &o, "127.0.0.1", "/png", "no public address");
    check(&h, &o, "localhost", "/png", "no public address");
    check(&h, &o, "[::ffff:127.0.0.1]", "/png", "no public address");
    CHECK_INT(atomic_load(&h.requests), 1);
    ct_workers_stop(&o.resolvers);
    host_stop(&h);
}

TEST(fetch__checks_each_redirect_anew)
{
    struct host h;
    struct ct_fetch_options o = options();
    char path[512];
    REQUIRE(host_start(&h));
    check(&h, &o, "good.test", "/to?/png", NULL);
    check(&h, &o, "good.test", "/to?/to?/to?/png", NULL);
    check(&h, &o, "good.test", "/to?/to?/to?/to?/png", "redirected too often");
    check(&h, &o, "good.test", "/nowhere", "redirect to nowhere");
    int before = atomic_load(&h.requests);
    static const char *const inner[] = { "evil.test", "mixed.test", "127.0.0.2", "[::1]" };
    for (size_t i = 0; i < sizeof(inner) / sizeof(inner[0]); i++) {
        snprintf(path, sizeof(path), "/to?http://%s:%d/png", inner[i], h.port);
        check(&h, &o, "good.test", path, "no public address");
    }
    snprintf(path, sizeof(path), "/to?http://rebind.test:%d/png", h.port);
    check(&h, &o, "good.test", path, "no public address"); /* the second answer by now */
    snprintf(path, sizeof(path), "/to?http://user@good.test:%d/png", h.port);
    check(&h, &o, "good.test", path, "user name");
    check(&h, &o, "good.test", "/to?http://2130706434/png", "no public address");
    check(&h, &o, "good.test", "/to?file:///etc/passwd", "Invalid URL");
    check(&h, &o, "good.test", "/to?ftp://good.test/png", "Invalid URL");
    CHECK_INT(atomic_load(&h.requests), before + 9);
    o.allow_http = false; /* the way in was https, say; down to http it does not go */
    host_stop(&h);
}

static bool after_a_while(void *ctx)
{
    return ct_clock_us() > *(int64_t *)ctx;
}

TEST(fetch__ends_when_the_time_is_over_or_nobody_waits)
{
    struct host h;
    struct ct_fetch_options o = options();
    char url[64];
    REQUIRE(host_start(&h));
    snprintf(url, sizeof(url), "http://good.test:%d/silent", h.port);
    struct ct_fetch_item item = { .url = ct_slice(url) };
    int64_t start = ct_clock_us(), until = start + 200000;
    o.timeout_ms = 300;
    check(&h, &o, "good.test", "/silent", "took too long");
    CHECK(ct_clock_us() - start < 3000000);
    o.timeout_ms = 10000;
    ct_fetch_all(&item, 1, &o, after_a_while, &until);
    CHECK_INT(item.err.code, CT_E_CANCELLED);
    CHECK(ct_clock_us() - start < 6000000);
    host_stop(&h);
}

TEST(fetch__brings_sixteen_at_the_same_time)
{
    struct host h;
    struct ct_fetch_options o = options();
    struct ct_fetch_item items[16] = { 0 };
    char urls[16][64];
    REQUIRE(host_start(&h));
    for (int i = 0; i < 16; i++) {
        snprintf(urls[i], sizeof(urls[i]), "http://good.test:%d/%s", h.port,
                 i == 5    ? "text"
                 : i == 11 ? "to?/png"
                           : "dribble");
        items[i].url = ct_slice(urls[i]);
    }
    ct_fetch_all(items, 16, &o, NULL, NULL);
    for (int i = 0; i < 16; i++) {
        CHECK((items[i].file != NULL) == (i != 5));
        CHECK((items[i].err.code == CT_OK) == (i != 5));
        ct_blob_unref(&items[i].file);
    }
    CHECK_INT(atomic_load(&h.requests), 17);
    host_stop(&h);
}

TEST(resolve__answers_and_does_not_wait_longer_than_asked)
{
    struct sockaddr_storage out[CT_RESOLVE_MAX];
    struct ct_workers *workers;
    REQUIRE(ct_workers_start(&workers, 1, 4, NULL) == CT_OK);
    struct ct_lookup *l = ct_lookup_start(workers, "localhost", 443);
    REQUIRE(l);
    int n = ct_lookup_finish(&l, out, ct_clock_us() + 5000000, NULL, NULL);
    REQUIRE(n >= 1);
    CHECK(!ct_address_is_public((const struct sockaddr *)&out[0]));
    l = ct_lookup_start(workers, "no-such-name.invalid", 443);
    REQUIRE(l);
    int64_t start = ct_clock_us();
    CHECK_INT(ct_lookup_finish(&l, out, start + 50000, NULL, NULL), 0);
    CHECK(ct_clock_us() - start < 2000000);
    ct_workers_stop(&workers); /* waits for the name server, which nobody else does */
}
