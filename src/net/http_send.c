/* Responses: heads, the queue of what is to be sent, and the system calls that send it.
 *
 *     queue:  [scratch: head + small body] [blob] [scratch: head] [file] ...
 *              `--- exchange 1, last ---'  `-- exchange 2 ...
 *
 * During a connection's turn heads and small bodies are written into the loop's scratch buffer, so
 * answering costs no allocation, and pipelined answers leave in one system call. What the kernel
 * does not take by the end of the turn moves to the heap (ct_http__out_keep). Outside of a turn
 * (an answer for another connection) they go to the heap at once. Large bodies stay in their blob,
 * files go by sendfile(2).
 *
 * Loop thread only. */
#include "net/http_internal.h"

#include "base/mem.h"

#include <errno.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define HEAD_BYTES 256 /* status line, Date, Connection, Content-Length or Transfer-Encoding */
#define HEAP_SEG_BYTES 1024
#define MAX_FREE_SEGS 256
#define MAX_VECTORS 32

/* --- the queue ------------------------------------------------------------------------------ */

static struct ct_http_seg *push_seg(struct ct_http_conn *c, enum ct_http_seg_kind kind,
                                    struct ct_http_exchange *x)
{
    struct ct_http_loop *loop = c->loop;
    struct ct_http_seg *seg = loop->free_segs;
    if (seg) {
        loop->free_segs = seg->next;
        loop->n_free_segs--;
    } else if (!(seg = ct_malloc(sizeof(*seg)))) {
        return NULL;
    }
    *seg = (struct ct_http_seg){ .kind = kind, .x = x, .file = -1 };
    if (c->out_first)
        c->out_tail->next = seg;
    else
        c->out_first = seg;
    c->out_tail = seg;
    c->out_files += kind == CT_HTTP_FILE;
    return seg;
}

static void pop_seg(struct ct_http_conn *c)
{
    struct ct_http_loop *loop = c->loop;
    struct ct_http_seg *seg = c->out_first;
    c->out_first = seg->next;
    c->out_files -= seg->kind == CT_HTTP_FILE;
    ct_free(seg->heap);
    ct_blob_unref(&seg->blob);
    if (seg->file >= 0)
        close(seg->file);
    if (loop->n_free_segs < MAX_FREE_SEGS) {
        seg->next = loop->free_segs;
        loop->free_segs = seg;
        loop->n_free_segs++;
    } else {
        ct_free(seg);
    }
}

/* Room for n bytes at the end of the queue, on behalf of x. NULL: no memory. */
static char *reserve(struct ct_http_conn *c, struct ct_http_exchange *x, size_t n)
{
    struct ct_http_loop *loop = c->loop;
    struct ct_http_seg *tail = c->out_first ? c->out_tail : NULL;
    bool extend = tail && tail->x == x && !tail->last;
    if (loop->turn == c && CT_HTTP_SCRATCH_BYTES - loop->scratch_used >= n) {
        char *at = loop->scratch + loop->scratch_used;
        if (extend && tail->kind == CT_HTTP_SCRATCH && tail->ptr + tail->left == at)
            return at;
        struct ct_http_seg *seg = push_seg(c, CT_HTTP_SCRATCH, x);
        if (seg)
            seg->ptr = at;
        return seg ? at : NULL;
    }
    if (extend && tail->kind == CT_HTTP_HEAP && tail->room >= n)
        return tail->heap + (tail->ptr - tail->heap) + tail->left;
    size_t size = n > HEAP_SEG_BYTES ? n : HEAP_SEG_BYTES;
    char *heap = ct_malloc(size);
    struct ct_http_seg *seg = heap ? push_seg(c, CT_HTTP_HEAP, x) : NULL;
    if (!seg) {
        ct_free(heap);
        return NULL;
    }
    seg->heap = heap;
    seg->ptr = heap;
    seg->room = size;
    return heap;
}

/* n bytes, `body` of them of a body, were written where reserve() pointed. */
static void commit(struct ct_http_conn *c, size_t n, size_t body)
{
    struct ct_http_seg *tail = c->out_tail;
    tail->left += n;
    tail->body += body;
    if (tail->kind == CT_HTTP_SCRATCH)
        c->loop->scratch_used += n;
    else
        tail->room -= n;
    c->out_bytes += n;
}

static bool push_bytes(struct ct_http_conn *c, struct ct_http_exchange *x, struct ct_slice bytes,
                       size_t body)
{
    char *at = reserve(c, x, bytes.len);
    if (!at)
        return false;
    memcpy(at, bytes.ptr, bytes.len);
    commit(c, bytes.len, body);
    return true;
}

/* Takes the blob. */
static bool push_blob(struct ct_http_conn *c, struct ct_http_exchange *x, struct ct_blob *blob)
{
    if (blob->len <= CT_HTTP_COPY_BYTES) {
        bool ok = push_bytes(c, x, ct_slice_n(blob->data, blob->len), blob->len);
        if (!ok)
            atomic_fetch_sub_explicit(&x->pending, blob->len, memory_order_relaxed);
        ct_blob_unref(&blob);
        return ok;
    }
    struct ct_http_seg *seg = push_seg(c, CT_HTTP_BLOB, x);
    if (!seg) {
        atomic_fetch_sub_explicit(&x->pending, blob->len, memory_order_relaxed);
        ct_blob_unref(&blob);
        return false;
    }
    seg->ptr = blob->data;
    seg->left = blob->len;
    seg->blob = blob;
    c->out_bytes += blob->len;
    return true;
}

void ct_http__out_drop(struct ct_http_conn *c)
{
    while (c->out_first) {
        struct ct_http_exchange *x = c->out_first->x;
        bool last = c->out_first->last;
        bool is_memory = c->out_first->heap || c->out_first->kind == CT_HTTP_SCRATCH;
        size_t unsent = is_memory ? c->out_first->body : c->out_first->left;
        if (x)
            atomic_fetch_sub_explicit(&x->pending, unsent, memory_order_relaxed);
        pop_seg(c);
        if (x && last)
            ct_http__exchange_abort(x);
    }
    c->out_bytes = 0;
}

bool ct_http__out_keep(struct ct_http_conn *c)
{
    for (struct ct_http_seg *seg = c->out_first; seg; seg = seg->next) {
        if (seg->kind != CT_HTTP_SCRATCH)
            continue;
        seg->heap = ct_malloc(seg->left ? seg->left : 1);
        if (!seg->heap)
            return false;
        memcpy(seg->heap, seg->ptr, seg->left);
        seg->ptr = seg->heap;
        seg->kind = CT_HTTP_HEAP;
    }
    return true;
}

/* --- heads ---------------------------------------------------------------------------------- */

static struct ct_slice reason_of(int status)
{
    /* clang-format off */
    static const struct {
        int status;
        const char *line;
    } lines[] = {
#define LINE(status, reason) { status, "HTTP/1.1 " #status " " reason "\r\n" }
        LINE(200, "OK"),
        LINE(201, "Created"),
        LINE(202, "Accepted"),
        LINE(204, "No Content"),
        LINE(206, "Partial Content"),
        LINE(301, "Moved Permanently"),
        LINE(302, "Found"),
        LINE(303, "See Other"),
        LINE(304, "Not Modified"),
        LINE(307, "Temporary Redirect"),
        LINE(308, "Permanent Redirect"),
        LINE(400, "Bad Request"),
        LINE(401, "Unauthorized"),
        LINE(403, "Forbidden"),
        LINE(404, "Not Found"),
        LINE(405, "Method Not Allowed"),
        LINE(408, "Request Timeout"),
        LINE(409, "Conflict"),
        LINE(410, "Gone"),
        LINE(412, "Precondition Failed"),
        LINE(413, "Content Too Large"),
        LINE(414, "URI Too Long"),
        LINE(415, "Unsupported Media Type"),
        LINE(416, "Range Not Satisfiable"),
        LINE(417, "Expectation Failed"),
        LINE(422, "Unprocessable Content"),
        LINE(429, "Too Many Requests"),
        LINE(431, "Request Header Fields Too Large"),
        LINE(500, "Internal Server Error"),
        LINE(501, "Not Implemented"),
        LINE(502, "Bad Gateway"),
        LINE(503, "Service Unavailable"),
        LINE(504, "Gateway Timeout"),
        LINE(505, "HTTP Version Not Supported"),
#undef LINE
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (lines[i].status == status)
            return ct_slice(lines[i].line);
    }
    return (struct ct_slice){ NULL, 0 };
}

static char *put(char *at, struct ct_slice s)
{
    memcpy(at, s.ptr, s.len);
    return at + s.len;
}

static char *put_number(char *at, uint64_t value)
{
    char digits[20];
    size_t n = 0;
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    while (n)
        *at++ = digits[--n];
    return at;
}

static char *put_status(char *at, int status)
{
    struct ct_slice line = reason_of(status);
    if (line.ptr)
        return put(at, line);
    at = put(at, CT_S("HTTP/1.1 "));
    at = put_number(at, (uint64_t)(status >= 100 && status <= 999 ? status : 500));
    return put(at, CT_S(" \r\n"));
}

/* The server's own fields, and what would break the message, are left out. */
static bool may_send(const struct ct_http_field *field)
{
    static const struct ct_slice own[] = {
        { "content-length", 14 },
        { "transfer-encoding", 17 },
        { "connection", 10 },
        { "date", 4 },
    };
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        if (ct_slice_ieq(field->name, own[i]))
            return false;
    }
    return ct_http__is_token(field->name) && ct_http__is_value(field->value);
}

static size_t put_field(char *to, struct ct_slice name, struct ct_slice value)
{
    if (to) {
        to = put(to, name);
        to = put(to, CT_S(": "));
        to = put(to, value);
        put(to, CT_S("\r\n"));
    }
    return name.len + value.len + 4;
}

size_t ct_http__put_fields(char *to, const struct ct_http_response *response)
{
    size_t len = 0;
    struct ct_slice type = ct_slice(response->content_type);
    if (type.ptr && ct_http__is_value(type))
        len += put_field(to, CT_S("Content-Type"), type);
    for (size_t i = 0; i < response->n_fields; i++) {
        const struct ct_http_field *field = &response->fields[i];
        if (may_send(field))
            len += put_field(to ? to + len : NULL, field->name, field->value);
    }
    return len;
}

/* The next request can be found only if the rest of this one is short and certain to come. */
static bool body_allows_reuse(const struct ct_http_conn *c)
{
    if (c->state != CT_HTTP_BODY)
        return true;
    return !c->chunked && !c->expects && c->body_left <= CT_HTTP_DISCARD_BYTES;
}

static bool keeps_open(const struct ct_http_exchange *x, const struct ct_http_response *response,
                       bool stream)
{
    const struct ct_http_conn *c = x->conn;
    const struct ct_http_server *server = x->loop->server;
    return x->keep_alive && !response->close && !c->closing && body_allows_reuse(c) &&
           !(stream && x->rq.minor_version == 0) &&
           !atomic_load_explicit(&server->draining, memory_order_relaxed);
}

static int64_t body_length(const struct ct_http_response *response)
{
    if (response->use_file)
        return response->file_length > 0 ? response->file_length : 0;
    return response->body ? (int64_t)response->body->len : 0;
}

bool ct_http__send_head(struct ct_http_exchange *x, const struct ct_http_response *response,
                        struct ct_slice fields, bool stream)
{
    struct ct_http_conn *c = x->conn;
    bool bare = response->status == 204 || response->status == 304;
    bool keep = keeps_open(x, response, stream);
    size_t fields_len = fields.ptr ? fields.len : ct_http__put_fields(NULL, response);
    size_t extra = !stream && response->body && response->body->len <= CT_HTTP_COPY_BYTES
                       ? response->body->len
                       : 0;
    char *start = reserve(c, x, HEAD_BYTES + fields_len + extra);
    if (!start)
        return false;
    char *at = put_status(start, response->status);
    at = put(at, ct_slice(x->loop->date));
    if (!keep)
        at = put(at, CT_S("Connection: close\r\n"));
    else if (x->rq.minor_version == 0)
        at = put(at, CT_S("Connection: keep-alive\r\n"));
    x->chunked_out = stream && !bare && x->has_request && x->rq.minor_version == 1;
    if (x->chunked_out) {
        at = put(at, CT_S("Transfer-Encoding: chunked\r\n"));
    } else if (!stream && !bare) {
        at = put(at, CT_S("Content-Length: "));
        at = put_number(at, (uint64_t)body_length(response));
        at = put(at, CT_S("\r\n"));
    }
    if (fields.ptr)
        at = put(at, fields);
    else
        at += ct_http__put_fields(at, response);
    at = put(at, CT_S("\r\n"));
    commit(c, (size_t)(at - start), 0);
    x->begun = true;
    x->status = response->status;
    x->no_body = bare || x->rq.head;
    c->closing |= !keep;
    return true;
}

static bool push_file(struct ct_http_exchange *x, const struct ct_http_response *response)
{
    struct ct_http_seg *seg = push_seg(x->conn, CT_HTTP_FILE, x);
    if (!seg) {
        close(response->file);
        return false;
    }
    seg->file = response->file;
    seg->file_offset = response->file_offset;
    seg->left = (size_t)response->file_length;
    atomic_fetch_add_explicit(&x->pending, seg->left, memory_order_relaxed);
    return true;
}

bool ct_http__send_body(struct ct_http_exchange *x, const struct ct_http_response *response)
{
    struct ct_blob *body = response->body;
    bool empty = x->no_body || body_length(response) == 0;
    if (response->use_file) {
        ct_blob_unref(&body);
        if (!empty)
            return push_file(x, response);
        close(response->file);
        return true;
    }
    if (!body || empty) {
        ct_blob_unref(&body);
        return true;
    }
    atomic_fetch_add_explicit(&x->pending, body->len, memory_order_relaxed);
    return push_blob(x->conn, x, body);
}

static struct ct_slice chunk_line(char line[20], size_t len)
{
    char *at = line + 18;
    memcpy(at, "\r\n", 2);
    size_t value = len;
    do {
        *--at = "0123456789abcdef"[value & 15];
        value >>= 4;
    } while (value);
    return ct_slice_n(at, (size_t)(line + 20 - at));
}

bool ct_http__send_piece(struct ct_http_exchange *x, struct ct_blob *piece)
{
    struct ct_http_conn *c = x->conn;
    if (piece->len == 0 || x->no_body) {
        atomic_fetch_sub_explicit(&x->pending, piece->len, memory_order_relaxed);
        ct_blob_unref(&piece);
        return true;
    }
    if (!x->chunked_out)
        return push_blob(c, x, piece);
    char line[20];
    if (!push_bytes(c, x, chunk_line(line, piece->len), 0)) {
        atomic_fetch_sub_explicit(&x->pending, piece->len, memory_order_relaxed);
        ct_blob_unref(&piece);
        return false;
    }
    return push_blob(c, x, piece) && push_bytes(c, x, CT_S("\r\n"), 0);
}

bool ct_http__send_stream_end(struct ct_http_exchange *x)
{
    if (!x->chunked_out || x->no_body)
        return true;
    return push_bytes(x->conn, x, CT_S("0\r\n\r\n"), 0);
}

bool ct_http__send_raw(struct ct_http_conn *c, struct ct_slice bytes)
{
    return push_bytes(c, NULL, bytes, 0);
}

/* --- sending -------------------------------------------------------------------------------- */

static void count_body(struct ct_http_exchange *x, size_t n)
{
    x->bytes += n;
    atomic_fetch_sub_explicit(&x->pending, n, memory_order_relaxed);
}

/* The kernel took n bytes off the front of the queue. */
static void sent(struct ct_http_conn *c, size_t n)
{
    c->sent_us = c->loop->now_us;
    while (c->out_first) {
        struct ct_http_seg *seg = c->out_first;
        size_t take = n < seg->left ? n : seg->left;
        seg->left -= take;
        n -= take;
        if (seg->kind == CT_HTTP_FILE)
            seg->file_offset += (off_t)take;
        else {
            seg->ptr += take;
            c->out_bytes -= take;
        }
        if (seg->x && (seg->kind == CT_HTTP_BLOB || seg->kind == CT_HTTP_FILE))
            count_body(seg->x, take);
        if (seg->left)
            return;
        if (seg->x && seg->body)
            count_body(seg->x, seg->body);
        struct ct_http_exchange *ended = seg->last ? seg->x : NULL;
        pop_seg(c);
        if (ended)
            ct_http__exchange_end(ended);
    }
}

static ssize_t send_memory(struct ct_http_conn *c)
{
    struct iovec vectors[MAX_VECTORS];
    size_t n = 0;
    struct ct_http_seg *seg = c->out_first;
    for (; seg && seg->kind != CT_HTTP_FILE && n < MAX_VECTORS; seg = seg->next) {
        if (n && (const char *)vectors[n - 1].iov_base + vectors[n - 1].iov_len == seg->ptr) {
            vectors[n - 1].iov_len += seg->left; /* neighbours in scratch */
            continue;
        }
        vectors[n++] =
            (struct iovec){ .iov_base = (void *)(uintptr_t)seg->ptr, .iov_len = seg->left };
    }
    int flags = MSG_NOSIGNAL | (seg ? MSG_MORE : 0);
    if (n == 1)
        return send(c->fd, vectors[0].iov_base, vectors[0].iov_len, flags);
    struct msghdr message = { .msg_iov = vectors, .msg_iovlen = n };
    return sendmsg(c->fd, &message, flags);
}

static ssize_t send_file(struct ct_http_conn *c)
{
    struct ct_http_seg *seg = c->out_first;
    off_t offset = seg->file_offset;
    size_t len = seg->left < CT_HTTP_TURN_BYTES ? seg->left : CT_HTTP_TURN_BYTES;
    ssize_t n = sendfile(c->fd, seg->file, &offset, len);
    if (n == 0) { /* shorter than announced: the length cannot be kept any more */
        errno = EIO;
        return -1;
    }
    return n;
}

bool ct_http__flush(struct ct_http_conn *c)
{
    size_t total = 0;
    while (c->out_first && c->writable) {
        ssize_t n = c->out_first->kind == CT_HTTP_FILE ? send_file(c) : send_memory(c);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN) {
            c->writable = false;
            break;
        }
        if (n < 0)
            return false;
        sent(c, (size_t)n);
        atomic_fetch_add_explicit(&c->loop->sent, (uint64_t)n, memory_order_relaxed);
        total += (size_t)n;
        if (total >= CT_HTTP_TURN_BYTES && c->out_first) {
            ct_http__conn_wake(c);
            break;
        }
    }
    return true;
}
