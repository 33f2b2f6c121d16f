/* See fixture.h. The handler runs on the server's loops, so all it records is under the lock. */
#include "fixture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 5000

static void respond_blob(struct ct_http_exchange *x, int status, struct ct_blob *body)
{
    ct_http_respond(x, &(struct ct_http_response){
                           .status = status, .content_type = "text/plain", .body = body });
}

static size_t on_headers(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq)
{
    struct fixture *f = ctx;
    pthread_mutex_lock(&f->lock);
    f->n_headers++;
    pthread_mutex_unlock(&f->lock);
    if (ct_slice_is(rq->path, "/early"))
        respond_blob(x, 401, ct_blob_static("no", 2));
    if (ct_slice_is(rq->path, "/stream"))
        ct_http_stream_body(x);
    return ct_slice_is(rq->path, "/small") ? 100 : 4 << 20;
}

/* One connection at a time streams. */
static void on_body(void *ctx, struct ct_http_exchange *x, struct ct_slice piece)
{
    struct fixture *f = ctx;
    pthread_mutex_lock(&f->lock);
    for (size_t i = 0; i < piece.len; i++)
        f->streamed_hash = f->streamed_hash * 31 + (unsigned char)piece.ptr[i];
    f->streamed_bytes += (int)piece.len;
    f->n_pieces++;
    f->largest_piece = (int)piece.len > f->largest_piece ? (int)piece.len : f->largest_piece;
    pthread_cond_broadcast(&f->changed);
    bool stop = f->stop_streams && f->streamed_bytes >= 100000;
    pthread_mutex_unlock(&f->lock);
    if (stop)
        respond_blob(x, 400, ct_blob_static("enough", 6));
}

static void respond_sum(struct fixture *f, struct ct_http_exchange *x)
{
    char text[64];
    pthread_mutex_lock(&f->lock);
    int len = snprintf(text, sizeof(text), "%d %llx", f->streamed_bytes,
                       (unsigned long long)f->streamed_hash);
    f->streamed_bytes = 0;
    f->streamed_hash = 0;
    pthread_mutex_unlock(&f->lock);
    respond_blob(x, 200, ct_blob_copy(text, (size_t)len));
}

static void respond_bytes(struct ct_http_exchange *x, struct ct_slice count)
{
    uint64_t n = 0;
    struct ct_buf b;
    ct_slice_u64(count, &n);
    ct_buf_init(&b, n ? (size_t)n : 1);
    if (ct_buf_reserve(&b, (size_t)n)) {
        memset(b.data, 'x', (size_t)n);
        b.len = (size_t)n;
    }
    respond_blob(x, 200, ct_blob_take(&b));
    ct_buf_release(&b);
}

static void hold(struct fixture *f, struct ct_http_exchange *x)
{
    pthread_mutex_lock(&f->lock);
    if (f->n_held < (int)(sizeof(f->held) / sizeof(f->held[0])))
        f->held[f->n_held++] = ct_http_ref(x);
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

static void on_request(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq)
{
    struct fixture *f = ctx;
    pthread_mutex_lock(&f->lock);
    f->n_requests++;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
    if (ct_slice_is(rq->path, "/hold"))
        hold(f, x);
    else if (ct_slice_is(rq->path, "/echo"))
        respond_blob(x, 200, ct_http_take_body(x));
    else if (ct_slice_is(rq->path, "/stream"))
        respond_sum(f, x);
    else if (ct_slice_is(rq->path, "/empty"))
        respond_blob(x, 204, NULL);
    else if (ct_slice_starts(rq->path, "/bytes/"))
        respond_bytes(x, ct_slice_sub(rq->path, 7, rq->path.len));
    else if (ct_slice_is(rq->path, "/file"))
        ct_http_respond(x, &(struct ct_http_response){ .status = 206,
                                                       .file = dup(f->file),
                                                       .use_file = true,
                                                       .file_offset = 1000,
                                                       .file_length = 200000 });
    else if (ct_slice_is(rq->path, "/bad-field"))
        ct_http_respond(
            x, &(struct ct_http_response){ .status = 200,
                                           .fields =
                                               (struct ct_http_field[]){
                                                   { CT_S("X-Bad"), CT_S("a\r\nSet-Cookie: b") },
                                                   { CT_S("Content-Length"), CT_S("77") },
                                                   { CT_S("X-Good"), CT_S("yes") },
                                               },
                                           .n_fields = 3 });
    else
        respond_blob(x, 200, ct_blob_static("ok", 2));
}

static void on_error(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq,
                     const struct ct_err *err)
{
    struct fixture *f = ctx;
    pthread_mutex_lock(&f->lock);
    f->n_errors++;
    f->last_error = (int)err->code;
    pthread_mutex_unlock(&f->lock);
    respond_blob(x, ct_err_info(err->code)->status, ct_blob_copy(err->msg, strlen(err->msg)));
}

static void on_abort(void *ctx, struct ct_http_exchange *x)
{
    struct fixture *f = ctx;
    pthread_mutex_lock(&f->lock);
    f->n_aborts++;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

static void on_done(void *ctx, struct ct_http_exchange *x, int status, uint64_t bytes)
{
    struct fixture *f = ctx;
    pthread_mutex_lock(&f->lock);
    f->n_dones++;
    f->last_status = status;
    f->last_bytes = (int)bytes;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

void fixture_init(struct fixture *f)
{
    memset(f, 0, sizeof(*f));
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->changed, NULL);
    f->options.listen = "127.0.0.1:0";
    f->options.loops = 1;
    f->file = memfd_create("fixture", MFD_CLOEXEC);
    char line[100];
    for (int at = 0; at < FILE_BYTES; at += (int)sizeof(line)) {
        memset(line, 'a' + at / 100 % 26, sizeof(line));
        if (write(f->file, line, sizeof(line)) != (ssize_t)sizeof(line))
            abort();
    }
}

bool fixture_start(struct fixture *f)
{
    struct ct_err err;
    struct ct_http_handler handler = { .ctx = f,
                                       .on_headers = on_headers,
                                       .on_body = on_body,
        .on_request = on_request,
                                       .on_error = on_error,
                                       .on_abort = on_abort,
                                       .on_done = on_done };
    if (ct_http_server_start(&f->server, &f->options, &handler, &err) != CT_OK) {
        t_fail(__FILE__, __LINE__, "%s", err.msg);
        return false;
    }
    f->port = atoi(strrchr(ct_http_server_address(f->server), ':') + 1);
    return true;
}

void fixture_stop(struct fixture *f)
{
    ct_http_server_stop(&f->server);
    while (f->n_taken < f->n_held)
        ct_http_unref(&f->held[f->n_taken++]);
    close(f->file); /* the lock stays: tests look at the counters afterwards */
}

bool fixture_wait(struct fixture *f, const int *counter, int n)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_MS / 1000;
    int failed = 0;
    pthread_mutex_lock(&f->lock);
    while (*counter < n && !failed)
        failed = pthread_cond_timedwait(&f->changed, &f->lock, &until);
    bool reached = *counter >= n;
    pthread_mutex_unlock(&f->lock);
    return reached;
}

int fixture_get(struct fixture *f, const int *counter)
{
    pthread_mutex_lock(&f->lock);
    int value = *counter;
    pthread_mutex_unlock(&f->lock);
    return value;
}

struct ct_http_exchange *hold_take(struct fixture *f)
{
    if (!fixture_wait(f, &f->n_held, f->n_taken + 1))
        return NULL;
    pthread_mutex_lock(&f->lock);
    struct ct_http_exchange *x = f->held[f->n_taken++];
    pthread_mutex_unlock(&f->lock);
    return x;
}

int client_connect(const struct fixture *f)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_port = htons((uint16_t)f->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof(a)) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

bool client_send(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len) {
        ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

bool client_puts(int fd, const char *text)
{
    return client_send(fd, text, strlen(text));
}

static ssize_t client_recv(int fd, char *to, size_t size)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    if (poll(&p, 1, PATIENCE_MS) <= 0)
        return -1;
    return recv(fd, to, size, 0);
}

static bool read_line(int fd, char *line, size_t size)
{
    size_t n = 0;
    while (n + 1 < size && client_recv(fd, line + n, 1) == 1) {
        if (line[n++] == '\n') {
            line[n] = '\0';
            return true;
        }
    }
    return false;
}

static bool read_body(int fd, struct reply *reply, size_t len)
{
    char *grown = realloc(reply->body, reply->body_len + len + 1);
    if (!grown)
        return false;
    reply->body = grown;
    while (len) {
        ssize_t n = client_recv(fd, reply->body + reply->body_len, len);
        if (n <= 0)
            return false;
        reply->body_len += (size_t)n;
        len -= (size_t)n;
    }
    reply->body[reply->body_len] = '\0';
    return true;
}

static bool read_chunks(int fd, struct reply *reply)
{
    char line[64];
    while (read_line(fd, line, sizeof(line))) {
        size_t len = strtoul(line, NULL, 16);
        if (!read_body(fd, reply, len) || !read_line(fd, line, sizeof(line)))
            return false;
        if (len == 0)
            return true;
    }
    return false;
}

bool client_reply(int fd, struct reply *reply, bool head)
{
    char line[1024];
    size_t at = 0;
    memset(reply, 0, sizeof(*reply));
    do {
        if (!read_line(fd, line, sizeof(line)) || at + strlen(line) >= sizeof(reply->head))
            return false;
        memcpy(reply->head + at, line, strlen(line) + 1);
        at += strlen(line);
    } while (strcmp(line, "\r\n") != 0);
    reply->status = atoi(reply->head + 9);
    const char *length = strstr(reply->head, "Content-Length: ");
    if (head || reply->status == 204 || reply->status == 304 || reply->status < 200)
        return true;
    if (strstr(reply->head, "Transfer-Encoding: chunked"))
        return read_chunks(fd, reply);
    return read_body(fd, reply, length ? strtoul(length + 16, NULL, 10) : 0);
}

void reply_free(struct reply *reply)
{
    free(reply->body);
    reply->body = NULL;
}

int client_status(int fd)
{
    struct reply reply;
    bool ok = client_reply(fd, &reply, false);
    reply_free(&reply);
    return ok ? reply.status : 0;
}

long client_read_end(int fd, char *into, size_t size)
{
    char waste[65536];
    long total = 0;
    for (;;) {
        bool keep = into && (size_t)total < size;
        ssize_t n = client_recv(fd, keep ? into + total : waste,
                                keep ? size - (size_t)total : sizeof(waste));
        if (n <= 0)
            return n == 0 ? total : -1;
        total += n;
    }
}

int request_status(const struct fixture *f, const char *request)
{
    int fd = client_connect(f);
    int status = fd >= 0 && client_puts(fd, request) ? client_status(fd) : 0;
    if (fd >= 0)
        close(fd);
    return status;
}
