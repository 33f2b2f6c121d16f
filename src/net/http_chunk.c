/* The chunked transfer coding, byte by byte except for the data itself.
 *
 *     size-line: 1*HEXDIG [ ";" extension ] CRLF      data CRLF
 *     0 CRLF  *( name ":" value CRLF )  CRLF
 *
 * Called by http_conn.c and the fuzz target. Extensions are read and ignored, trailers are read
 * and dropped; both are bounded, because they cost the sender a byte and us a look at it without
 * ever growing the body. A bare CR or LF, a blank behind the size, and data that is longer than
 * its size are faults: each has been used to make two servers disagree about where a body ends. */
#include "net/http_parse.h"

enum {
    SIZE,      /* in the digits */
    EXTENSION, /* behind ';' */
    SIZE_LF,   /* CR seen */
    BODY,      /* chunk data */
    BODY_CR,   /* the CRLF behind the data */
    BODY_LF,
    TRAILER, /* start of a trailer line */
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    END_LF,
    END,
};

#define MAX_SIZE_DIGITS 15 /* below 2^60: no sum of sizes overflows */
#define MAX_LINE_BYTES 1024
#define MAX_EXTRA_BYTES (16 * 1024)
#define MAX_TRAILER_BYTES (8 * 1024)

static enum ct_http_parse bad(struct ct_err *err, const char *message)
{
    (void)ct_fail(err, CT_E_HTTP, NULL, "Chunked body: %s", message);
    return CT_HTTP_BAD;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static enum ct_http_parse size_byte(struct ct_http_chunks *c, char byte, struct ct_err *err)
{
    int value = hex_value(byte);
    if (value >= 0) {
        if (++c->digits > MAX_SIZE_DIGITS)
            return bad(err, "a chunk size has too many digits.");
        c->left = c->left << 4 | (uint64_t)value;
        return CT_HTTP_MORE;
    }
    if (c->digits == 0 || (byte != ';' && byte != '\r'))
        return bad(err, "a chunk size is not hexadecimal digits followed by CRLF.");
    c->line_bytes = 0;
    c->state = byte == ';' ? EXTENSION : SIZE_LF;
    return CT_HTTP_MORE;
}

static enum ct_http_parse extension_byte(struct ct_http_chunks *c, char byte, struct ct_err *err)
{
    if (byte == '\r') {
        c->state = SIZE_LF;
        return CT_HTTP_MORE;
    }
    if (!ct_http__is_value(ct_slice_n(&byte, 1)))
        return bad(err, "a chunk extension has a control byte.");
    if (++c->line_bytes > MAX_LINE_BYTES || ++c->extra_bytes > MAX_EXTRA_BYTES)
        return bad(err, "chunk extensions are too long.");
    return CT_HTTP_MORE;
}

static enum ct_http_parse trailer_byte(struct ct_http_chunks *c, char byte, struct ct_err *err)
{
    struct ct_slice one = ct_slice_n(&byte, 1);
    if (++c->trailer_bytes > MAX_TRAILER_BYTES)
        return bad(err, "trailers are too long.");
    switch (c->state) {
    case TRAILER:
        if (byte == '\r') {
            c->state = END_LF;
            return CT_HTTP_MORE;
        }
        c->state = TRAILER_NAME;
        return ct_http__is_token(one) ? CT_HTTP_MORE : bad(err, "a trailer has no name.");
    case TRAILER_NAME:
        if (byte == ':')
            c->state = TRAILER_VALUE;
        else if (!ct_http__is_token(one))
            return bad(err, "a trailer's name is not followed by a colon at once.");
        return CT_HTTP_MORE;
    default:
        if (byte == '\r')
            c->state = TRAILER_LF;
        else if (!ct_http__is_value(one))
            return bad(err, "a trailer has a control byte.");
        return CT_HTTP_MORE;
    }
}

static enum ct_http_parse line_feed(struct ct_http_chunks *c, char byte, struct ct_err *err)
{
    if (byte != '\n')
        return bad(err, "a CR is not followed by LF.");
    switch (c->state) {
    case SIZE_LF:
        c->state = c->left ? BODY : TRAILER;
        return CT_HTTP_MORE;
    case BODY_LF:
        c->state = SIZE;
        c->digits = 0;
        return CT_HTTP_MORE;
    case TRAILER_LF:
        c->state = TRAILER;
        return CT_HTTP_MORE;
    default:
        c->state = END;
        return CT_HTTP_DONE;
    }
}

static enum ct_http_parse framing_byte(struct ct_http_chunks *c, char byte, struct ct_err *err)
{
    switch (c->state) {
    case SIZE:
        return size_byte(c, byte, err);
    case EXTENSION:
        return extension_byte(c, byte, err);
    case BODY_CR:
        if (byte != '\r')
            return bad(err, "a chunk is longer than its size.");
        c->state = BODY_LF;
        return CT_HTTP_MORE;
    case TRAILER:
    case TRAILER_NAME:
    case TRAILER_VALUE:
        return trailer_byte(c, byte, err);
    default:
        return line_feed(c, byte, err);
    }
}

enum ct_http_parse ct_http__chunks_next(struct ct_http_chunks *c, struct ct_slice *in,
                                        struct ct_slice *data, struct ct_err *err)
{
    while (in->len > 0) {
        if (c->state == END)
            return CT_HTTP_DONE;
        if (c->state == BODY) {
            size_t take = in->len < c->left ? in->len : (size_t)c->left;
            *data = ct_slice_n(in->ptr, take);
            *in = ct_slice_n(in->ptr + take, in->len - take);
            c->left -= take;
            if (c->left == 0)
                c->state = BODY_CR;
            return CT_HTTP_DATA;
        }
        char byte = in->ptr[0];
        *in = ct_slice_n(in->ptr + 1, in->len - 1);
        enum ct_http_parse got = framing_byte(c, byte, err);
        if (got != CT_HTTP_MORE)
            return got;
    }
    return c->state == END ? CT_HTTP_DONE : CT_HTTP_MORE;
}
