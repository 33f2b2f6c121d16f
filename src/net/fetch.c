/* Fetching on libcurl's multi interface: see fetch.h for what it defends against.
 *
 *     round:  URL -> policy -> addresses, all checked -> libcurl, pinned to them -> file
 *        ^                                                      `-- redirect --.
 *        `-----------------------------------------------------------------------'
 *
 * All URLs of a call go through a round together, on the caller's thread; those that are redirected
 * form the next round, with a fresh multi handle, so that no name resolved earlier is remembered.
 * libcurl never resolves anything itself: it is given the addresses (CURLOPT_RESOLVE), and a socket
 * is opened only to one of them (CURLOPT_OPENSOCKETFUNCTION), whatever it makes of the URL. It
 * follows no redirect, uses no proxy, no cookies, no .netrc. */
#include "net/fetch.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/spool.h"
#include "net/resolve.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <unistd.h>

#define MEMORY_BYTES ((size_t)32 << 10)
#define UNWANTED_BYTES ((size_t)64 << 10)
#define LOOK_MS 100
#define CONNECT_TIMEOUT_MS 8000L

struct transfer {
    struct ct_fetch_item *item;
    const struct ct_fetch_options *options;
    bool open; /* neither file nor error yet */
    int redirects;
    struct ct_url url;
    struct ct_lookup *lookup;
    struct sockaddr_storage addresses[CT_RESOLVE_MAX];
    int n_addresses;
    CURL *easy;
    struct curl_slist *pins, *fields;
    struct ct_spool spool;
    char first[CT_FETCH_MAGIC_MAX];
    size_t n_first;
    size_t unwanted; /* bytes of an answer that is no file */
    bool checked; /* the first bytes are those of a wanted file */
};

struct batch {
    struct transfer *transfers;
    int n;
    const struct ct_fetch_options *options;
    int64_t until_us;
    bool (*cancelled)(void *ctx);
    void *ctx;
};

static bool is_cancelled(const struct batch *b)
{
    return b->cancelled && b->cancelled(b->ctx);
}

/* Ends a transfer with an error that its item has, or with this one. */
static void fail(struct transfer *t, const char *what)
{
    t->open = false;
    if (t->item->err.code == CT_OK)
        (void)ct_fail(&t->item->err, CT_E_IMAGE_URL, NULL, "%s", what);
}

/* --- policy and addresses ------------------------------------------------------------------- */

static bool is_usual_port(int port)
{
    return port == 80 || port == 443 || port == 8080 || port == 8443;
}

static ct_code check_policy(const struct ct_url *url, const struct ct_fetch_options *o,
                            struct ct_err *err)
{
    if (!url->https && !o->allow_http)
        return ct_fail(err, CT_E_IMAGE_URL, NULL, "Invalid URL: only https:// is allowed.");
    if (!o->any_port && !is_usual_port(url->port))
        return ct_fail(err, CT_E_IMAGE_URL, NULL,
                       "Invalid URL: only the ports 443, 80, 8443 and 8080 are allowed.");
    return CT_OK;
}

static void begin_lookup(struct transfer *t)
{
    const struct ct_fetch_options *o = t->options;
    t->n_addresses = 0;
    if (t->url.literal)
        t->n_addresses = ct_url_address(&t->addresses[0], &t->url);
    else if (o->resolve)
        t->n_addresses =
            o->resolve(o->resolve_ctx, t->url.host, t->url.port, t->addresses, CT_RESOLVE_MAX);
    else
        t->lookup = ct_lookup_start(o->resolvers, t->url.host, t->url.port);
    if (!t->lookup && !o->resolve && !t->url.literal) {
        (void)ct_fail(&t->item->err, CT_E_OVERLOADED, NULL,
                      "The server is overloaded. Please try again later.");
        fail(t, "");
    }
}

static bool may_connect(const struct ct_fetch_options *o, const struct sockaddr_storage *address)
{
    const struct sockaddr *to = (const struct sockaddr *)address;
    return o->may_connect ? o->may_connect(to) : ct_address_is_public(to);
}

/* One address that is not public spoils the name: it is either a mistake or an attack. An unknown
 * name reads the same, so that nobody learns which names our own network has. */
static bool all_public(const struct transfer *t)
{
    for (int i = 0; i < t->n_addresses; i++) {
        if (!may_connect(t->options, &t->addresses[i]))
            return false;
    }
    return t->n_addresses > 0;
}

static const char no_address[] = "Invalid URL: its host has no public address.";

static void end_lookup(const struct batch *b, struct transfer *t)
{
    if (t->lookup)
        t->n_addresses =
            ct_lookup_finish(&t->lookup, t->addresses, b->until_us, b->cancelled, b->ctx);
    /* One that was cancelled while it was looked up stays open: give_up() says why it ends. */
    if (!all_public(t) && !is_cancelled(b))
        fail(t, no_address);
}

ct_code ct_fetch_check(struct ct_slice text, const struct ct_fetch_options *options,
                       struct ct_err *err)
{
    struct ct_url url;
    struct sockaddr_storage address;
    CT_TRY(ct_url_parse(&url, text, err));
    CT_TRY(check_policy(&url, options, err));
    if (url.literal && !(ct_url_address(&address, &url) && may_connect(options, &address)))
        return ct_fail(err, CT_E_IMAGE_URL, NULL, "%s", no_address);
    return CT_OK;
}

/* --- libcurl's callbacks -------------------------------------------------------------------- */

static bool same_address(const struct sockaddr *a, const struct sockaddr *b)
{
    if (a->sa_family != b->sa_family)
        return false;
    if (a->sa_family == AF_INET) {
        const struct sockaddr_in *x = (const void *)a, *y = (const void *)b;
        return x->sin_addr.s_addr == y->sin_addr.s_addr;
    }
    const struct sockaddr_in6 *x = (const void *)a, *y = (const void *)b;
    return memcmp(&x->sin6_addr, &y->sin6_addr, sizeof(x->sin6_addr)) == 0;
}

static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct transfer *t = ctx;
    (void)purpose;
    for (int i = 0; i < t->n_addresses; i++) {
        if (same_address(&to->addr, (const struct sockaddr *)&t->addresses[i]))
            return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    }
    return CURL_SOCKET_BAD;
}

/* Collects the first bytes; true once it is known that they are right. */
static bool check_first(struct transfer *t, struct ct_slice piece)
{
    size_t wanted = t->options->magic_bytes, room = wanted - t->n_first;
    size_t take = piece.len < room ? piece.len : room;
    memcpy(t->first + t->n_first, piece.ptr, take);
    t->n_first += take;
    if (t->n_first == wanted)
        t->checked = t->options->is_wanted(ct_slice_n(t->first, t->n_first));
    return t->checked || t->n_first < wanted;
}

static size_t on_bytes(char *bytes, size_t one, size_t len, void *ctx)
{
    struct transfer *t = ctx;
    struct ct_slice piece = ct_slice_n(bytes, one * len);
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    /* Words beside a redirect or an error, or about a post: read away, when they are few. */
    if (t->item->post || status != 200) {
        t->unwanted += piece.len;
        return t->unwanted <= UNWANTED_BYTES ? piece.len : 0;
    }
    if (t->options->is_wanted && !t->checked && !check_first(t, piece)) {
        fail(t, "The URL gave no PNG, JPEG or WebP picture.");
        return 0;
    }
    ct_code code = ct_spool_write(&t->spool, piece, &t->item->err);
    if (code == CT_E_BODY_SIZE)
        (void)ct_fail(&t->item->err, CT_E_IMAGE_URL, NULL,
                      "The URL gave a picture of more than %zu MB.", t->spool.max >> 20);
    return code == CT_OK ? piece.len : 0;
}

/* The answer to a post is there as soon as its head is, however long its body takes. */
static size_t on_field(char *bytes, size_t one, size_t len, void *ctx)
{
    struct transfer *t = ctx;
    long status = 0;
    (void)bytes;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 200)
        t->item->status = (int)status;
    return one * len;
}

/* --- one round ------------------------------------------------------------------------------ */

static void put_address(struct ct_buf *b, const struct sockaddr_storage *address)
{
    char text[INET6_ADDRSTRLEN] = "";
    bool six = address->ss_family == AF_INET6;
    const void *bytes = six ? (const void *)&((const struct sockaddr_in6 *)address)->sin6_addr
                            : (const void *)&((const struct sockaddr_in *)address)->sin_addr;
    inet_ntop(address->ss_family, bytes, text, sizeof(text));
    ct_buf_printf(b, six ? "[%s]" : "%s", text);
}

/* "host:port:address,address": all that libcurl will know of this name. */
static bool pin(struct transfer *t)
{
    struct ct_buf b;
    if (t->url.literal)
        return true;
    ct_buf_init(&b, 4096);
    ct_buf_printf(&b, "%s:%d:", t->url.host, t->url.port);
    for (int i = 0; i < t->n_addresses; i++) {
        if (i > 0)
            ct_buf_putc(&b, ',');
        put_address(&b, &t->addresses[i]);
    }
    t->pins = b.failed ? NULL : curl_slist_append(NULL, ct_buf_text(&b));
    ct_buf_release(&b);
    return t->pins != NULL;
}

static bool set_up_post(struct transfer *t)
{
    const struct ct_fetch_post *post = t->item->post;
    CURL *e = t->easy;
    for (const char *const *field = post->fields; *field; field++) {
        struct curl_slist *longer = curl_slist_append(t->fields, *field);
        if (!longer)
            return false;
        t->fields = longer;
    }
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->fields);
    curl_easy_setopt(e, CURLOPT_POST, 1L);
    curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)post->body.len);
    curl_easy_setopt(e, CURLOPT_POSTFIELDS, post->body.ptr);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_field);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
    return true;
}

static bool set_up(const struct batch *b, struct transfer *t)
{
    const struct ct_fetch_options *o = t->options;
    int64_t left_ms = (b->until_us - ct_clock_us()) / 1000;
    t->easy = curl_easy_init();
    if (!t->easy || !pin(t))
        return false;
    t->n_first = t->unwanted = 0;
    t->checked = false;
    CURL *e = t->easy;
    curl_easy_setopt(e, CURLOPT_PRIVATE, t);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, o->allow_http ? "http,https" : "https");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(e, CURLOPT_PROXY, "");
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_RESOLVE, t->pins);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)(left_ms > 1 ? left_ms : 1));
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS);
    curl_easy_setopt(e, CURLOPT_USERAGENT, o->user_agent);
    if (o->ca_file)
        curl_easy_setopt(e, CURLOPT_CAINFO, o->ca_file);
    if (t->item->post && !set_up_post(t))
        return false;
    return curl_easy_setopt(e, CURLOPT_URL, t->url.text) == CURLE_OK;
}

static const char *why(CURLcode code)
{
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return "The URL could not be fetched: it took too long.";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
        return "The URL could not be fetched: there is no valid certificate for its host.";
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
        return "The URL could not be fetched: the answer was cut off.";
    default:
        return "The URL could not be fetched: its host cannot be reached.";
    }
}

static void follow(struct transfer *t)
{
    char *location = NULL;
    int most = t->options->max_redirects ? t->options->max_redirects : 3;
    curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &location);
    if (!location)
        fail(t, "The URL could not be fetched: its host answered with a redirect to nowhere.");
    else if (++t->redirects > most)
        fail(t, "The URL could not be fetched: it is redirected too often.");
    else if (ct_url_parse(&t->url, ct_slice(location), &t->item->err) != CT_OK)
        fail(t, "");
}

static void fail_status(struct transfer *t, long status)
{
    char message[80];
    snprintf(message, sizeof(message),
             "The URL could not be fetched: its host answered with status %ld.", status);
    fail(t, message);
}

/* Was it answered? Then whatever happened afterwards does not matter. */
static bool finish_post(struct transfer *t)
{
    int status = t->item->status;
    if (status >= 200 && status < 300)
        t->open = false;
    else if (status != 0)
        fail_status(t, status);
    return !t->open;
}

static void finish(struct transfer *t, CURLcode code)
{
    long status = 0;
    if (t->item->post && finish_post(t))
        return;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    if (t->item->err.code != CT_OK) {
        fail(t, "");
    } else if (status >= 300 && status < 400) {
        follow(t);
    } else if (status != 200 && status != 0) {
        fail_status(t, status);
    } else if (t->item->post) { /* no answer */
        fail(t, code == CURLE_OK ? why(CURLE_RECV_ERROR) : why(code));
    } else if (code != CURLE_OK) {
        fail(t, why(code));
    } else if (t->options->is_wanted && !t->checked &&
               !t->options->is_wanted(ct_slice_n(t->first, t->n_first))) {
        fail(t, "The URL gave no PNG, JPEG or WebP picture.");
    } else {
        t->open = false;
        if (ct_spool_take(&t->spool, &t->item->file, &t->item->err) != CT_OK)
            fail(t, "");
    }
}

static void collect(CURLM *multi)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(multi, &left))) {
        char *t = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
        finish((struct transfer *)(void *)t, message->data.result);
    }
}

/* Runs until every transfer of the round has ended; false: cancelled, or the time is over. */
static bool run(const struct batch *b, CURLM *multi)
{
    int running = 1;
    while (running) {
        if (is_cancelled(b) || ct_clock_us() > b->until_us)
            return false;
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            return false;
        collect(multi);
        if (running)
            curl_multi_poll(multi, NULL, 0, LOOK_MS, NULL);
    }
    return true;
}

static void prepare(const struct batch *b)
{
    for (int i = 0; i < b->n; i++) {
        struct transfer *t = &b->transfers[i];
        if (t->open && check_policy(&t->url, t->options, &t->item->err) != CT_OK)
            fail(t, "");
        if (t->open)
            begin_lookup(t);
    }
    for (int i = 0; i < b->n; i++) {
        if (b->transfers[i].open)
            end_lookup(b, &b->transfers[i]);
    }
}

static void out_of_memory(struct transfer *t)
{
    (void)ct_fail(&t->item->err, CT_E_MEMORY, NULL,
                  "The server is out of memory. Please try again later.");
    fail(t, "");
}

static bool run_round(const struct batch *b)
{
    CURLM *multi = curl_multi_init();
    bool ended = true;
    prepare(b);
    for (int i = 0; i < b->n; i++) {
        struct transfer *t = &b->transfers[i];
        if (t->open && (!multi || !set_up(b, t) || curl_multi_add_handle(multi, t->easy)))
            out_of_memory(t);
    }
    if (multi)
        ended = run(b, multi);
    for (int i = 0; i < b->n; i++) {
        struct transfer *t = &b->transfers[i];
        if (t->easy && multi)
            curl_multi_remove_handle(multi, t->easy);
        curl_easy_cleanup(t->easy);
        curl_slist_free_all(t->pins);
        curl_slist_free_all(t->fields);
        t->easy = NULL;
        t->pins = t->fields = NULL;
    }
    curl_multi_cleanup(multi);
    return ended;
}

/* --- all of it ------------------------------------------------------------------------------ */

static bool any_open(const struct batch *b)
{
    for (int i = 0; i < b->n; i++) {
        if (b->transfers[i].open)
            return true;
    }
    return false;
}

static void give_up(const struct batch *b)
{
    bool cancelled = is_cancelled(b);
    for (int i = 0; i < b->n; i++) {
        struct transfer *t = &b->transfers[i];
        if (!t->open || (t->item->post && finish_post(t)))
            continue;
        if (cancelled)
            (void)ct_fail(&t->item->err, CT_E_CANCELLED, NULL, "The request was cancelled.");
        fail(t, "The URL could not be fetched: it took too long.");
    }
}

static void begin(struct transfer *t, struct ct_fetch_item *item, const struct ct_fetch_options *o)
{
    *t = (struct transfer){ .item = item, .options = o, .open = true };
    item->file = NULL;
    item->status = 0;
    item->err.code = CT_OK;
    ct_spool_init(&t->spool, o->dir, MEMORY_BYTES, o->max_bytes ? o->max_bytes : (size_t)50 << 20);
    if (ct_url_parse(&t->url, item->url, &item->err) != CT_OK)
        fail(t, "");
}

void ct_fetch_all(struct ct_fetch_item *items, int n, const struct ct_fetch_options *options,
                  bool (*cancelled)(void *ctx), void *ctx)
{
    int timeout_ms = options->timeout_ms ? options->timeout_ms : 20000;
    struct batch b = {
        .transfers = ct_calloc((size_t)n, sizeof(struct transfer)),
        .n = n,
        .options = options,
        .until_us = ct_clock_us() + (int64_t)timeout_ms * 1000,
        .cancelled = cancelled,
        .ctx = ctx,
    };
    if (!b.transfers) {
        for (int i = 0; i < n; i++)
            (void)ct_fail(&items[i].err, CT_E_MEMORY, NULL,
                          "The server is out of memory. Please try again later.");
        return;
    }
    for (int i = 0; i < n; i++)
        begin(&b.transfers[i], &items[i], options);
    while (any_open(&b)) {
        if (!run_round(&b))
            give_up(&b);
    }
    for (int i = 0; i < n; i++)
        ct_spool_release(&b.transfers[i].spool);
    ct_free(b.transfers);
}
