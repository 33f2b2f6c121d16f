/* The HTTP/1.1 server: epoll loops, a strict parser, exchanges.
 *
 * N loop threads each own their connections (SO_REUSEPORT listeners). A connection handles one
 * exchange (request + response) at a time; pipelined requests wait in its buffer. The handler's
 * callbacks run on the loop that owns the connection and must not block. A response may be given
 * at once or later, from any thread: every ct_http_respond/stream function is thread-safe and
 * hands over to the owning loop. When the client goes away first, on_abort tells the handler and
 * later responses are dropped silently; the exchange itself lives as long as references to it.
 *
 * What a request may be is RFC 9112 without its leniencies: a message that two readers could
 * frame differently is answered 400 and the connection closed (docs/http.md). */
#ifndef CT_NET_HTTP_H
#define CT_NET_HTTP_H

#include "base/blob.h"
#include "base/err.h"
#include "base/slice.h"

#include <sys/types.h>

struct ct_http_field {
    struct ct_slice name, value;
};

/* Valid as long as the exchange is (as long as a reference is held), except `body`, which is valid
 * only inside on_request unless taken with ct_http_take_body(). */
struct ct_http_request {
    struct ct_slice method; /* "GET", upper case as sent */
    struct ct_slice target; /* as sent */
    struct ct_slice path;   /* percent-decoding NOT applied; starts with '/', or `*` of OPTIONS */
    struct ct_slice query;  /* behind '?', without it */
    int minor_version;      /* 0 or 1 */
    bool head;              /* HEAD: the response's body is left out by the server */
    const struct ct_http_field *fields; /* values trimmed; names as sent */
    size_t n_fields;
    bool has_body;          /* Content-Length > 0 or chunked */
    int64_t content_length; /* -1 when chunked, 0 when there is no body */
    struct ct_slice body;   /* whole, when buffered */
    const char *peer;       /* "127.0.0.1:51234" */
    int64_t started_us;     /* ct_clock_us() at the first byte of the request */
};

/* First field of that name (case folded), or an empty slice with ptr NULL. */
struct ct_slice ct_http_field_get(const struct ct_http_request *rq, const char *name);

struct ct_http_exchange;

struct ct_http_handler {
    void *ctx;
    /* Headers are whole, the body is not read yet. Returns the largest body to buffer, in bytes;
     * a larger one is refused with 413 through on_error. A response given here is final and the
     * body is discarded (or the connection closed when it is long). `100 Continue` is sent by the
     * server only after this returns without a response. */
    size_t (*on_headers)(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq);
    /* A piece of a body that on_headers asked for with ct_http_stream_body(), as it came in;
     * borrowed for the call. Never more together than on_headers allowed. A response given here is
     * final: no further piece and no on_request follow. */
    void (*on_body)(void *ctx, struct ct_http_exchange *x, struct ct_slice piece);
    /* The request is whole. Respond now, or ct_http_ref(x) and respond later. A client that shuts
     * its sending side meanwhile counts as gone. */
    void (*on_request)(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq);
    /* The message cannot be read (framing, size, time, memory). Must respond at once; the
     * connection closes afterwards. `rq` is NULL when the head was not whole. Without this
     * callback, or without a response, the client gets the bare status of err->code. */
    void (*on_error)(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq,
                     const struct ct_err *err);
    /* The client left (or memory ran out, or the server stops) before all of the response was sent.
     * At most once, and on_done follows at once. */
    void (*on_abort)(void *ctx, struct ct_http_exchange *x);
    /* The response is sent (or dropped): for the access log. Always exactly once per exchange,
     * the last callback. bytes = body bytes handed to the kernel. status = of the response begun,
     * 499 when there was none. */
    void (*on_done)(void *ctx, struct ct_http_exchange *x, int status, uint64_t bytes);
};

/* A handler's own data on an exchange; the handler frees it in on_done. Loop thread only. */
void ct_http_set_user(struct ct_http_exchange *x, void *user);
void *ct_http_user(const struct ct_http_exchange *x);
struct ct_http_exchange *ct_http_ref(struct ct_http_exchange *x); /* thread-safe */
void ct_http_unref(struct ct_http_exchange **x);                  /* thread-safe; sets NULL */
/* Only inside on_headers: the body is not buffered but handed to on_body piece by piece, so that an
 * upload of any size costs its connection no memory. rq->body stays empty. */
void ct_http_stream_body(struct ct_http_exchange *x);
/* Moves the buffered body out of the connection; only inside on_request. NULL: out of memory. */
struct ct_blob *ct_http_take_body(struct ct_http_exchange *x);

struct ct_http_response {
    int status;
    const char *content_type; /* NULL: none */
    /* Copied. One whose name is no token or whose value has a control byte is left out. */
    const struct ct_http_field *fields;
    size_t n_fields;
    struct ct_blob *body; /* taken (also on failure); NULL for none */
    int file;             /* with use_file: sent by sendfile, closed by the server */
    bool use_file;
    off_t file_offset;
    int64_t file_length;
    bool close; /* close the connection afterwards */
};

/* Sends a whole response; Content-Length, Transfer-Encoding, Date and Connection are the server's
 * business (left out of `fields`). A second response to an exchange is dropped. */
void ct_http_respond(struct ct_http_exchange *x, const struct ct_http_response *response);

/* A response of unknown length, chunked (or until close for HTTP/1.0). begin ignores body/file. */
void ct_http_stream_begin(struct ct_http_exchange *x, const struct ct_http_response *response);
void ct_http_stream_send(struct ct_http_exchange *x, struct ct_blob *piece); /* takes piece */
void ct_http_stream_end(struct ct_http_exchange *x);
/* Bytes queued and not yet taken by the kernel: for back-pressure. Thread-safe. */
size_t ct_http_pending(const struct ct_http_exchange *x);
bool ct_http_gone(const struct ct_http_exchange *x); /* the client left. Thread-safe. */
/* Runs fn(x, arg) on the owning loop, after delay_ms (0 = soon), unless the exchange ended: after
 * on_done it is not run any more. Thread-safe. For heartbeats. `arg` must live until then. */
void ct_http_later(struct ct_http_exchange *x, int delay_ms,
                   void (*fn)(struct ct_http_exchange *x, void *arg), void *arg);

struct ct_http_options {
    const char *listen;      /* "127.0.0.1:8787", "[::1]:8787"; port 0 picks one */
    int loops;               /* 0 = one per CPU, at most 8 */
    size_t max_header_bytes; /* request line and fields; 0 = 32 KiB, at most 64 KiB */
    size_t max_fields;       /* 0 = 100 */
    int header_timeout_ms;   /* first byte to whole headers; 0 = 10 s */
    int body_timeout_ms;     /* longest pause between body bytes; 0 = 20 s */
    int body_min_rate;       /* bytes/s averaged over the whole body, once body_timeout_ms have
                                passed; 0 = 500 */
    int idle_timeout_ms;     /* keep-alive; 0 = 75 s */
    int send_timeout_ms;     /* a client that takes no byte of a response; 0 = 60 s */
    int max_connections;     /* 0 = as many as RLIMIT_NOFILE leaves (the server raises it) */
    size_t
        body_memory; /* all buffered request bodies together, per loop; 0 = 256 MiB; over it 503 */
};

struct ct_http_server;

/* Reads a listen address without using it. *loopback: only this machine reaches it. CT_E_CONFIG
 * says what an address looks like. */
CT_MUSTCHECK ct_code ct_http_listen_check(bool *loopback, const char *listen, struct ct_err *err);

/* Raises RLIMIT_NOFILE to its hard limit, binds, starts the loops. CT_E_CONFIG for an address that
 * cannot be parsed, CT_E_IO when it cannot be bound (the message says which and why). `handler` and
 * `options->listen` are copied. */
CT_MUSTCHECK ct_code ct_http_server_start(struct ct_http_server **out,
                                          const struct ct_http_options *options,
                                          const struct ct_http_handler *handler,
                                          struct ct_err *err);
const char *
ct_http_server_address(const struct ct_http_server *server);         /* "127.0.0.1:8787" bound */
int ct_http_server_connections(const struct ct_http_server *server); /* open now. Thread-safe. */
/* Bytes that came in and went out since the start. Thread-safe. */
void ct_http_server_traffic(const struct ct_http_server *server, uint64_t *received,
                            uint64_t *sent);
/* Stops accepting and closes idle connections; running exchanges go on, answered with
 * `Connection: close`. Thread-safe. */
void ct_http_server_drain(struct ct_http_server *server);
/* Closes everything, joins the loops, frees. Exchanges still referenced stay valid and gone. */
void ct_http_server_stop(struct ct_http_server **server);

#endif
