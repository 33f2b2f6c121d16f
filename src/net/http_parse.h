/* Request heads and chunked framing: pure functions over bytes, no I/O, no allocation.
 *
 * The parser holds no state between calls: the caller hands the bytes it has from the start of
 * the message and calls again when another line has come in. Bounded by its limits a head is
 * parsed at most max_fields + 3 times, however the client cuts it up. */
#ifndef CT_NET_HTTP_PARSE_H
#define CT_NET_HTTP_PARSE_H

#include "net/http.h"

enum ct_http_parse {
    CT_HTTP_MORE, /* good so far, not whole */
    CT_HTTP_DATA, /* chunks only: *data holds some of the body; call again */
    CT_HTTP_DONE, /* whole */
    CT_HTTP_BAD,  /* *err says why; the connection cannot be used further */
};

struct ct_http_limits {
    size_t max_header_bytes; /* request line, fields and the empty line */
    size_t max_fields;       /* capacity of the `fields` handed to ct_http__parse_head() */
};

/* A parsed head. All slices borrow from the input (or are literals). */
struct ct_http_head {
    struct ct_slice method, target, path, query, host;
    int minor_version;
    struct ct_http_field *fields; /* the caller's array */
    size_t n_fields;
    size_t len;             /* bytes the head took, with what blank line stood before it */
    int64_t content_length; /* -1: not given */
    bool chunked;
    bool keep_alive;      /* the client's wish, by version and Connection */
    bool expect_continue; /* Expect: 100-continue on HTTP/1.1 */
};

/* CT_HTTP_MORE, _DONE or _BAD. `fields` has room for limits->max_fields. On _BAD what was read
 * before the fault (method, path, minor_version) may be set; `fields` then counts whole ones. */
enum ct_http_parse ct_http__parse_head(struct ct_http_head *head, struct ct_http_field *fields,
                                       struct ct_slice in, const struct ct_http_limits *limits,
                                       struct ct_err *err);

/* Chunked transfer coding (RFC 9112 section 7.1). Zero-initialise to begin. */
struct ct_http_chunks {
    int state;
    int digits;         /* of the size line so far */
    uint64_t left;      /* of the chunk's data */
    size_t line_bytes;  /* extension bytes of this size line, or bytes of this trailer line */
    size_t extra_bytes; /* extension bytes of all size lines */
    size_t trailer_bytes;
};

/* Consumes from *in. _MORE: all of it was taken. _DATA: *data is the next piece of the body.
 * _DONE: the body and its trailers ended; *in holds what follows. */
enum ct_http_parse ct_http__chunks_next(struct ct_http_chunks *c, struct ct_slice *in,
                                        struct ct_slice *data, struct ct_err *err);

bool ct_http__is_token(struct ct_slice name);  /* a field name or method: 1*tchar */
bool ct_http__is_value(struct ct_slice value); /* no control byte but HTAB, no NUL, CR, LF, DEL */
/* host[:port] as a Host field or an absolute target may have it; not empty. */
bool ct_http__is_authority(struct ct_slice authority);

#endif
