/* Taking a form apart while it arrives.
 *
 *      --boundary CRLF fields CRLF CRLF data CRLF--boundary CRLF fields ... CRLF--boundary-- CRLF
 *      `-- FIRST        `-- HEAD         `-- DATA          `-- AFTER                    `-- LAST
 *
 * Called on an event loop with whatever the socket gave, by the fuzz target with single bytes. Data
 * is passed on in place; the only bytes kept are those of a part's header and the count of
 * delimiter bytes that a piece ended in. Since a delimiter begins with CR and has no other, a match
 * that fails can begin again only at the byte it failed on: no further back-tracking. */
#include "net/multipart.h"

enum { FIRST, AFTER, AFTER_CR, AFTER_DASH, HEAD, DATA, LAST, LAST_CR, LAST_LF };

static ct_code bad(struct ct_err *err, const char *what)
{
    return ct_fail(err, CT_E_FORM, NULL, "We could not read the multipart body of your request: %s",
                   what);
}

/* bchars of RFC 2046, but for the space. */
static bool is_boundary(struct ct_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alnum && (c == '\0' || !strchr("'()+_,-./:=?", c)))
            return false;
    }
    return text.len > 0 && text.len <= CT_MULTIPART_MAX_BOUNDARY;
}

ct_code ct_multipart_init(struct ct_multipart *m, struct ct_slice content_type,
                          const struct ct_multipart_handler *handler, struct ct_err *err)
{
    struct ct_slice boundary;
    bool found;
    CT_TRY(ct_multipart__parameter(&boundary, &found, content_type, "boundary", err));
    if (!found)
        return bad(err, "the Content-Type header has no boundary. (HINT: let your HTTP library set "
                        "this header.)");
    if (!is_boundary(boundary))
        return bad(err, "the boundary of the Content-Type header is not 1 to 70 of the characters "
                        "that one may have.");
    m->handler = *handler;
    m->state = FIRST;
    m->n_parts = 0;
    m->begun = false;
    m->header_len = 0;
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.ptr, boundary.len);
    m->delimiter_len = 4 + boundary.len;
    m->matched = 2; /* the first one has no line before it */
    return CT_OK;
}

static struct ct_slice behind(struct ct_slice in, size_t n)
{
    return ct_slice_n(in.ptr + n, in.len - n);
}

/* Goes on with a delimiter that may have begun. true: it is whole. */
static bool match_on(struct ct_multipart *m, struct ct_slice *in)
{
    while (in->len && m->matched < m->delimiter_len && in->ptr[0] == m->delimiter[m->matched]) {
        m->matched++;
        *in = behind(*in, 1);
    }
    return m->matched == m->delimiter_len;
}

static ct_code feed_first(struct ct_multipart *m, struct ct_slice *in, struct ct_err *err)
{
    if (!m->begun && in->ptr[0] == '\r')
        m->matched = 0; /* one empty line before the first boundary, as some writers have it */
    m->begun = true;
    if (match_on(m, in))
        m->state = AFTER;
    else if (in->len)
        return bad(err, "it does not begin with the boundary that the Content-Type header names.");
    return CT_OK;
}

static ct_code pass_on(struct ct_multipart *m, struct ct_slice bytes, struct ct_err *err)
{
    return bytes.len ? m->handler.data(m->handler.ctx, bytes, err) : CT_OK;
}

static ct_code end_part(struct ct_multipart *m, struct ct_err *err)
{
    m->state = AFTER;
    return m->handler.end(m->handler.ctx, err);
}

/* How many bytes at the end of `in` could be the beginning of a delimiter. */
static size_t begun_at_end(const struct ct_multipart *m, struct ct_slice in)
{
    size_t look = in.len < m->delimiter_len - 1 ? in.len : m->delimiter_len - 1;
    const char *cr = look ? memrchr(in.ptr + in.len - look, '\r', look) : NULL;
    size_t len = cr ? (size_t)(in.ptr + in.len - cr) : 0;
    return len && memcmp(cr, m->delimiter, len) == 0 ? len : 0;
}

static ct_code feed_data(struct ct_multipart *m, struct ct_slice *in, struct ct_err *err)
{
    if (m->matched) {
        if (match_on(m, in))
            return end_part(m, err);
        if (in->len == 0)
            return CT_OK;
        size_t was_data = m->matched;
        m->matched = 0;
        return pass_on(m, ct_slice_n(m->delimiter, was_data), err);
    }
    const char *hit = memmem(in->ptr, in->len, m->delimiter, m->delimiter_len);
    struct ct_slice data = *in;
    if (hit) {
        data.len = (size_t)(hit - in->ptr);
        *in = behind(*in, data.len + m->delimiter_len);
        CT_TRY(pass_on(m, data, err));
        return end_part(m, err);
    }
    m->matched = begun_at_end(m, *in);
    data.len -= m->matched;
    *in = behind(*in, in->len);
    return pass_on(m, data, err);
}

/* The two bytes behind a boundary say what it was. */
static ct_code feed_after(struct ct_multipart *m, char byte, struct ct_err *err)
{
    if (m->state == AFTER && byte == '\r') {
        m->state = AFTER_CR;
    } else if (m->state == AFTER && byte == '-') {
        m->state = AFTER_DASH;
    } else if (m->state == AFTER_CR && byte == '\n') {
        m->state = HEAD;
        m->header_len = 0;
        if (++m->n_parts > CT_MULTIPART_MAX_PARTS)
            return bad(err, "it has more than 128 parts.");
    } else if (m->state == AFTER_DASH && byte == '-') {
        m->state = LAST;
    } else if (m->state == AFTER && byte == '\n') {
        return bad(err, "its lines end in a bare LF; they must end in CRLF.");
    } else {
        return bad(err, "a boundary is followed by something else than a line end or '--', so it "
                        "may stand inside a file.");
    }
    return CT_OK;
}

static ct_code head_whole(struct ct_multipart *m, struct ct_err *err)
{
    struct ct_multipart_part part;
    CT_TRY(ct_multipart__read_head(&part, ct_slice_n(m->header, m->header_len - 2), err));
    m->state = DATA;
    m->matched = 0;
    return m->handler.part(m->handler.ctx, &part, err);
}

static ct_code feed_head(struct ct_multipart *m, char byte, struct ct_err *err)
{
    char before = m->header_len ? m->header[m->header_len - 1] : '\0';
    bool control = (unsigned char)byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\n';
    if (byte == '\n' && before != '\r')
        return bad(err, "its lines end in a bare LF; they must end in CRLF.");
    if (control || byte == 0x7f || (before == '\r' && byte != '\n'))
        return bad(err, "the header of a part has a control byte.");
    if (m->header_len == sizeof(m->header))
        return bad(err, "the header of a part is longer than 4096 bytes.");
    m->header[m->header_len++] = byte;
    bool empty_line = m->header_len == 2 ||
                      (m->header_len > 3 && memcmp(m->header + m->header_len - 4, "\r\n", 2) == 0);
    return byte == '\n' && empty_line ? head_whole(m, err) : CT_OK;
}

static ct_code feed_last(struct ct_multipart *m, char byte, struct ct_err *err)
{
    if (m->state == LAST && byte == '\r')
        m->state = LAST_CR;
    else if (m->state == LAST_CR && byte == '\n')
        m->state = LAST_LF;
    else
        return bad(err, "there are bytes behind its final boundary.");
    return CT_OK;
}

static ct_code feed_byte(struct ct_multipart *m, char byte, struct ct_err *err)
{
    switch (m->state) {
    case HEAD:
        return feed_head(m, byte, err);
    case AFTER:
    case AFTER_CR:
    case AFTER_DASH:
        return feed_after(m, byte, err);
    default:
        return feed_last(m, byte, err);
    }
}

ct_code ct_multipart_feed(struct ct_multipart *m, struct ct_slice in, struct ct_err *err)
{
    while (in.len > 0) {
        if (m->state == FIRST) {
            CT_TRY(feed_first(m, &in, err));
        } else if (m->state == DATA) {
            CT_TRY(feed_data(m, &in, err));
        } else {
            char byte = in.ptr[0];
            in = behind(in, 1);
            CT_TRY(feed_byte(m, byte, err));
        }
    }
    return CT_OK;
}

ct_code ct_multipart_finish(const struct ct_multipart *m, struct ct_err *err)
{
    if (m->state == LAST || m->state == LAST_LF)
        return CT_OK;
    return m->state == FIRST ? bad(err, "it is empty, or ends within its first boundary.")
                             : bad(err, "it ends before its final boundary, so a part may be cut "
                                        "off.");
}
