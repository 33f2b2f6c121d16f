/* The request head: request line and fields, RFC 9112 without its leniencies.
 *
 * Called by http_conn.c on the loop that owns the connection, and by the fuzz target. Every rule
 * here exists because two programs that read a message differently can be played against each
 * other (request smuggling): one line end (CRLF), one way to give the length, one Host, no
 * folding, no blank where the grammar has none. A rule that is only taste is not here: methods,
 * targets and fields nobody knows are passed on.
 *
 * Invariants: reads only in[0 .. len); never looks behind max_header_bytes; the answer for a whole
 * head does not depend on how it was cut into reads. Not done here: percent-decoding, routing,
 * anything about the body beyond its framing. */
#include "net/http_parse.h"

/* Bits of a byte's class. */
enum { TCHAR = 1, VALUE = 2, TARGET = 4, REGNAME = 8, DIGIT = 16, HEX = 32 };

#define CT_A (TCHAR | VALUE | TARGET | REGNAME | HEX) /* a-f A-F */
#define CT_Z (TCHAR | VALUE | TARGET | REGNAME)       /* other letters, - . _ ~ ! $ & ' * + */
#define CT_9 (TCHAR | VALUE | TARGET | REGNAME | DIGIT | HEX)
#define CT_T (TCHAR | VALUE | TARGET)   /* ^ ` | of tokens, # is apart */
#define CT_R (VALUE | TARGET | REGNAME) /* ( ) , ; = of host names */
#define CT_V (VALUE | TARGET)           /* the rest one can see */

/* clang-format off */
static const uint8_t class_of[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, VALUE, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    /*  sp  */ VALUE, /* ! */ CT_Z, /* " */ CT_V, /* # */ TCHAR | VALUE,
    /* $ */ CT_Z, /* % */ CT_Z, /* & */ CT_Z, /* ' */ CT_Z,
    /* ( */ CT_R, /* ) */ CT_R, /* * */ CT_Z, /* + */ CT_Z,
    /* , */ CT_R, /* - */ CT_Z, /* . */ CT_Z, /* / */ CT_V,
    CT_9, CT_9, CT_9, CT_9, CT_9, CT_9, CT_9, CT_9, CT_9, CT_9,
    /* : */ CT_V, /* ; */ CT_R, /* < */ CT_V, /* = */ CT_R, /* > */ CT_V, /* ? */ CT_V,
    /* @ */ CT_V, CT_A, CT_A, CT_A, CT_A, CT_A, CT_A, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z,
    CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z,
    /* [ */ CT_V, /* \ */ CT_V, /* ] */ CT_V, /* ^ */ CT_T, /* _ */ CT_Z,
    /* ` */ CT_T, CT_A, CT_A, CT_A, CT_A, CT_A, CT_A, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z,
    CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z, CT_Z,
    /* { */ CT_V, /* | */ CT_T, /* } */ CT_V, /* ~ */ CT_Z, /* DEL */ 0,
    /* obs-text: in values only */
#define CT_OBS VALUE, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE, \
               VALUE, VALUE, VALUE, VALUE
    CT_OBS, CT_OBS, CT_OBS, CT_OBS, CT_OBS, CT_OBS, CT_OBS, CT_OBS,
};
/* clang-format on */

/* The first byte of `s` that lacks `bit`, or s.len. */
static size_t span(struct ct_slice s, int bit)
{
    size_t i = 0;
    while (i < s.len && (class_of[(uint8_t)s.ptr[i]] & bit))
        i++;
    return i;
}

bool ct_http__is_token(struct ct_slice name)
{
    return name.len > 0 && span(name, TCHAR) == name.len;
}

bool ct_http__is_value(struct ct_slice value)
{
    return span(value, VALUE) == value.len;
}

static bool is_port(struct ct_slice port)
{
    uint64_t number;
    return port.len <= 5 && ct_slice_u64(port, &number) && number <= 65535;
}

bool ct_http__is_authority(struct ct_slice authority)
{
    struct ct_slice rest;
    if (authority.len > 0 && authority.ptr[0] == '[') {
        size_t end = 1;
        while (end < authority.len && authority.ptr[end] != ']') {
            char c = authority.ptr[end];
            if (!(class_of[(uint8_t)c] & HEX) && c != ':' && c != '.')
                return false;
            end++;
        }
        if (end < 3 || end == authority.len)
            return false;
        rest = ct_slice_sub(authority, end + 1, authority.len);
    } else {
        size_t end = span(authority, REGNAME);
        if (end == 0)
            return false;
        rest = ct_slice_sub(authority, end, authority.len);
    }
    return rest.len == 0 || (rest.ptr[0] == ':' && is_port(ct_slice_sub(rest, 1, rest.len)));
}

static enum ct_http_parse bad(struct ct_err *err, ct_code code, const char *message)
{
    (void)ct_fail(err, code, NULL, "%s", message);
    return CT_HTTP_BAD;
}

/* One line, without its CRLF. _MORE when its LF has not come. */
static enum ct_http_parse next_line(struct ct_slice *line, struct ct_slice in, size_t *at,
                                    struct ct_err *err)
{
    const char *start = in.ptr + *at;
    const char *lf = in.len > *at ? memchr(start, '\n', in.len - *at) : NULL;
    if (!lf)
        return CT_HTTP_MORE;
    if (lf == start || lf[-1] != '\r')
        return bad(err, CT_E_HTTP, "A line of the request ends in a bare LF; lines end in CRLF.");
    *line = ct_slice_n(start, (size_t)(lf - start) - 1);
    *at = (size_t)(lf - in.ptr) + 1;
    return CT_HTTP_DONE;
}

static enum ct_http_parse parse_version(struct ct_http_head *head, struct ct_slice version,
                                        struct ct_err *err)
{
    if (ct_slice_is(version, "HTTP/1.1") || ct_slice_is(version, "HTTP/1.0")) {
        head->minor_version = version.ptr[7] - '0';
        head->keep_alive = head->minor_version == 1;
        return CT_HTTP_DONE;
    }
    if (version.len == 8 && memcmp(version.ptr, "HTTP/", 5) == 0 && version.ptr[6] == '.' &&
        (class_of[(uint8_t)version.ptr[5]] & DIGIT) && (class_of[(uint8_t)version.ptr[7]] & DIGIT))
        return bad(err, CT_E_HTTP_VERSION, "This server speaks HTTP/1.1 and HTTP/1.0.");
    return bad(err, CT_E_HTTP,
               "The request line does not end in a version; it reads `METHOD /path HTTP/1.1`.");
}

static void split_query(struct ct_http_head *head, struct ct_slice path)
{
    if (!ct_slice_cut(path, '?', &head->path, &head->query))
        head->query = ct_slice_n(path.ptr + path.len, 0);
}

/* http://host:port/path?query; the authority must then be the Host (checked with the fields). */
static bool parse_absolute(struct ct_http_head *head, struct ct_slice target)
{
    size_t scheme;
    if (target.len > 7 && ct_slice_ieq(ct_slice_sub(target, 0, 7), CT_S("http://")))
        scheme = 7;
    else if (target.len > 8 && ct_slice_ieq(ct_slice_sub(target, 0, 8), CT_S("https://")))
        scheme = 8;
    else
        return false;
    size_t end = scheme;
    while (end < target.len && target.ptr[end] != '/' && target.ptr[end] != '?')
        end++;
    head->host = ct_slice_sub(target, scheme, end);
    if (!ct_http__is_authority(head->host))
        return false;
    split_query(head, ct_slice_sub(target, end, target.len));
    if (head->path.len == 0)
        head->path = CT_S("/");
    return true;
}

static enum ct_http_parse parse_target(struct ct_http_head *head, struct ct_err *err)
{
    struct ct_slice target = head->target;
    if (target.len == 0 || span(target, TARGET) != target.len)
        return bad(err, CT_E_HTTP,
                   "The request target is empty or has a byte that must be percent-encoded.");
    if (ct_slice_is(head->method, "CONNECT"))
        return bad(err, CT_E_METHOD, "CONNECT is for proxies; this server is none.");
    if (target.ptr[0] == '/') {
        split_query(head, target);
        return CT_HTTP_DONE;
    }
    if (ct_slice_is(target, "*") && ct_slice_is(head->method, "OPTIONS")) {
        head->path = target;
        head->query = ct_slice_n(target.ptr + 1, 0);
        return CT_HTTP_DONE;
    }
    if (parse_absolute(head, target))
        return CT_HTTP_DONE;
    return bad(err, CT_E_HTTP, "The request target must be a /path or an http:// address.");
}

static enum ct_http_parse parse_request_line(struct ct_http_head *head, struct ct_slice line,
                                             struct ct_err *err)
{
    struct ct_slice rest;
    if (!ct_slice_cut(line, ' ', &head->method, &rest) || !ct_http__is_token(head->method))
        return bad(err, CT_E_HTTP, "The request line does not begin with a method and a space.");
    const char *space = rest.len ? memrchr(rest.ptr, ' ', rest.len) : NULL;
    if (!space)
        return bad(err, CT_E_HTTP,
                   "The request line has no version; it reads `METHOD /path HTTP/1.1`.");
    size_t target_len = (size_t)(space - rest.ptr);
    enum ct_http_parse got = parse_version(head, ct_slice_sub(rest, target_len + 1, rest.len), err);
    if (got != CT_HTTP_DONE)
        return got;
    head->target = ct_slice_sub(rest, 0, target_len);
    return parse_target(head, err);
}

/* What the framing fields of one head said so far. */
struct framing {
    int n_host, n_length, n_coding;
    bool close, keep_alive;
};

static enum ct_http_parse read_length(struct ct_http_head *head, struct framing *seen,
                                      struct ct_slice value, struct ct_err *err)
{
    if (seen->n_length++)
        return bad(err, CT_E_HTTP, "Content-Length is given more than once.");
    if (value.len == 0 || span(value, DIGIT) != value.len)
        return bad(err, CT_E_HTTP, "Content-Length is not a plain decimal number.");
    if (!ct_slice_i64(value, &head->content_length))
        return bad(err, CT_E_BODY_SIZE,
                   "Content-Length is larger than any body this server takes.");
    return CT_HTTP_DONE;
}

/* Of the list in Connection only two words concern this server. */
static void read_connection(struct framing *seen, struct ct_slice value)
{
    struct ct_slice word;
    bool more = true;
    while (more) {
        more = ct_slice_cut(value, ',', &word, &value);
        word = ct_slice_trim(word);
        seen->close |= ct_slice_ieq(word, CT_S("close"));
        seen->keep_alive |= ct_slice_ieq(word, CT_S("keep-alive"));
    }
}

static enum ct_http_parse read_host(struct ct_http_head *head, struct framing *seen,
                                    struct ct_slice value, struct ct_err *err)
{
    if (seen->n_host++)
        return bad(err, CT_E_HTTP, "Host is given more than once.");
    if (!ct_http__is_authority(value))
        return bad(err, CT_E_HTTP, "Host is not `name` or `name:port`.");
    if (head->host.ptr && !ct_slice_ieq(head->host, value))
        return bad(err, CT_E_HTTP, "Host differs from the host of the request target.");
    head->host = value;
    return CT_HTTP_DONE;
}

/* The fields that frame the message; all others pass. Names are told apart by length first. */
static enum ct_http_parse read_field(struct ct_http_head *head, struct framing *seen,
                                     const struct ct_http_field *field, struct ct_err *err)
{
    struct ct_slice name = field->name, value = field->value;
    switch (name.len) {
    case 4:
        if (ct_slice_ieq(name, CT_S("host")))
            return read_host(head, seen, value, err);
        break;
    case 6:
        if (!ct_slice_ieq(name, CT_S("expect")) || head->minor_version == 0)
            break;
        if (!ct_slice_ieq(value, CT_S("100-continue")))
            return bad(err, CT_E_HTTP, "Expect asks for something other than 100-continue.");
        head->expect_continue = true;
        break;
    case 10:
        if (ct_slice_ieq(name, CT_S("connection")))
            read_connection(seen, value);
        break;
    case 14:
        if (ct_slice_ieq(name, CT_S("content-length")))
            return read_length(head, seen, value, err);
        break;
    case 17:
        if (!ct_slice_ieq(name, CT_S("transfer-encoding")))
            break;
        if (seen->n_coding++ || !ct_slice_ieq(value, CT_S("chunked")))
            return bad(err, CT_E_HTTP, "Transfer-Encoding is not exactly `chunked`, once.");
        head->chunked = true;
        break;
    default:
        break;
    }
    return CT_HTTP_DONE;
}

static enum ct_http_parse parse_field_line(struct ct_http_field *field, struct ct_slice line,
                                           struct ct_err *err)
{
    if (line.ptr[0] == ' ' || line.ptr[0] == '\t')
        return bad(err, CT_E_HTTP, "A field is folded over several lines.");
    size_t colon = span(line, TCHAR);
    if (colon == 0)
        return bad(err, CT_E_HTTP, "A field line does not begin with a field name.");
    if (colon == line.len || line.ptr[colon] != ':') {
        (void)ct_fail(err, CT_E_HTTP, NULL,
                      "The field name `%.*s` is not followed by a colon at once.",
                      (int)(colon > 64 ? 64 : colon), line.ptr);
        return CT_HTTP_BAD;
    }
    field->name = ct_slice_sub(line, 0, colon);
    const char *from = line.ptr + colon + 1, *to = line.ptr + line.len;
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    field->value = ct_slice_n(from, (size_t)(to - from));
    if (!ct_http__is_value(field->value)) {
        (void)ct_fail(err, CT_E_HTTP, NULL, "The value of `%.*s` has a control byte.",
                      (int)(colon > 64 ? 64 : colon), line.ptr);
        return CT_HTTP_BAD;
    }
    return CT_HTTP_DONE;
}

/* The rules that need the whole head. */
static enum ct_http_parse check_framing(struct ct_http_head *head, const struct framing *seen,
                                        struct ct_err *err)
{
    if (seen->n_coding && seen->n_length)
        return bad(err, CT_E_HTTP, "The request has both Content-Length and Transfer-Encoding.");
    if (seen->n_coding && head->minor_version == 0)
        return bad(err, CT_E_HTTP, "Transfer-Encoding does not exist in HTTP/1.0.");
    if (!seen->n_host && head->minor_version == 1)
        return bad(err, CT_E_HTTP, "The request has no Host field.");
    if (seen->close)
        head->keep_alive = false;
    else if (seen->keep_alive)
        head->keep_alive = true;
    return CT_HTTP_DONE;
}

static enum ct_http_parse parse_fields(struct ct_http_head *head, struct framing *seen,
                                       struct ct_slice in, size_t *at,
                                       const struct ct_http_limits *limits, struct ct_err *err)
{
    for (;;) {
        struct ct_slice line;
        enum ct_http_parse got = next_line(&line, in, at, err);
        if (got != CT_HTTP_DONE)
            return got;
        if (line.len == 0)
            return CT_HTTP_DONE;
        if (head->n_fields == limits->max_fields) {
            (void)ct_fail(err, CT_E_HEADER_SIZE, NULL, "The request has more than %zu fields.",
                          limits->max_fields);
            return CT_HTTP_BAD;
        }
        struct ct_http_field *field = &head->fields[head->n_fields];
        got = parse_field_line(field, line, err);
        if (got == CT_HTTP_DONE)
            got = read_field(head, seen, field, err);
        if (got != CT_HTTP_DONE)
            return got;
        head->n_fields++;
    }
}

/* A head that is not whole: is there any use in waiting? */
static enum ct_http_parse check_unfinished(const struct ct_http_head *head, struct ct_slice in,
                                           const struct ct_http_limits *limits, struct ct_err *err)
{
    uint8_t first = in.len ? (uint8_t)in.ptr[0] : 'G';
    if (!(class_of[first] & TCHAR) && first != '\r')
        return bad(err, CT_E_HTTP,
                   first == 0x16 ? "This port speaks plain HTTP, and was sent a TLS handshake."
                                 : "The request does not begin with a method.");
    if (in.len < limits->max_header_bytes)
        return CT_HTTP_MORE;
    bool in_request_line = head->target.len == 0;
    (void)ct_fail(err, in_request_line ? CT_E_URI_SIZE : CT_E_HEADER_SIZE, NULL,
                  "The %s longer than %zu bytes.",
                  in_request_line ? "request line is" : "fields of the request are",
                  limits->max_header_bytes);
    return CT_HTTP_BAD;
}

enum ct_http_parse ct_http__parse_head(struct ct_http_head *head, struct ct_http_field *fields,
                                       struct ct_slice in, const struct ct_http_limits *limits,
                                       struct ct_err *err)
{
    *head = (struct ct_http_head){ .fields = fields, .content_length = -1 };
    struct framing seen = { 0 };
    struct ct_slice line;
    size_t at = 0;
    in = ct_slice_sub(in, 0, limits->max_header_bytes);
    /* One empty line before a request is to be ignored (RFC 9112 section 2.2). */
    if (in.len >= 2 && in.ptr[0] == '\r' && in.ptr[1] == '\n')
        at = 2;
    enum ct_http_parse got = next_line(&line, in, &at, err);
    if (got == CT_HTTP_DONE)
        got = parse_request_line(head, line, err);
    if (got == CT_HTTP_DONE)
        got = parse_fields(head, &seen, in, &at, limits, err);
    if (got == CT_HTTP_MORE)
        return check_unfinished(head, in, limits, err);
    if (got != CT_HTTP_DONE)
        return got;
    head->len = at;
    return check_framing(head, &seen, err);
}
