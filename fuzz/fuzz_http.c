/* The request head and the chunked coding: hostile bytes of any kind, cut at any place.
 *
 * The first byte says where the input is cut. Checked beside memory errors: slices lie within the
 * input, a whole head parses the same in one piece and after a cut, and a decoded body never grows
 * beyond its encoding. */
#include "net/http_parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_FIELDS 20

static const struct ct_http_limits limits = { .max_header_bytes = 4096, .max_fields = MAX_FIELDS };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_inside(struct ct_slice s, struct ct_slice in)
{
    require(s.ptr == NULL || s.len == 0 || (s.ptr >= in.ptr && s.ptr + s.len <= in.ptr + in.len) ||
            ct_slice_is(s, "/"));
}

static size_t check_head(struct ct_slice in, size_t cut)
{
    struct ct_http_field fields[MAX_FIELDS], again[MAX_FIELDS];
    struct ct_http_head head, part;
    struct ct_err err;
    enum ct_http_parse got = ct_http__parse_head(&head, fields, in, &limits, &err);
    enum ct_http_parse before =
        ct_http__parse_head(&part, again, ct_slice_sub(in, 0, cut), &limits, &err);
    require(before != CT_HTTP_DATA && got != CT_HTTP_DATA);
    require(before != CT_HTTP_BAD || got == CT_HTTP_BAD);
    if (got != CT_HTTP_DONE)
        return 0;
    require(head.len <= in.len && head.len <= limits.max_header_bytes);
    require(before == (cut >= head.len ? CT_HTTP_DONE : CT_HTTP_MORE));
    require(!(head.chunked && head.content_length >= 0));
    require(head.path.len > 0 && (head.path.ptr[0] == '/' || ct_slice_is(head.path, "*")));
    check_inside(head.path, in);
    check_inside(head.query, in);
    for (size_t i = 0; i < head.n_fields; i++) {
        check_inside(fields[i].value, in);
        require(ct_http__is_token(fields[i].name) && ct_http__is_value(fields[i].value));
    }
    return head.len;
}

/* Decodes, fed in two pieces; the outcome and a sum over the body. */
static enum ct_http_parse decode(struct ct_slice in, size_t cut, size_t *body_len, size_t *left)
{
    struct ct_http_chunks c = { 0 };
    struct ct_slice pieces[2] = { ct_slice_sub(in, 0, cut), ct_slice_sub(in, cut, in.len) };
    enum ct_http_parse got = CT_HTTP_MORE;
    *body_len = 0;
    for (int i = 0; i < 2 && got == CT_HTTP_MORE; i++) {
        struct ct_slice data;
        while ((got = ct_http__chunks_next(&c, &pieces[i], &data, NULL)) == CT_HTTP_DATA) {
            check_inside(data, in);
            *body_len += data.len;
        }
        *left = pieces[i].len + (i == 0 ? pieces[1].len : 0);
    }
    return got;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct ct_slice in = ct_slice_n((const char *)data + 1, size - 1);
    size_t cut = in.len * data[0] / 255;
    size_t head_len = check_head(in, cut);
    struct ct_slice body = ct_slice_sub(in, head_len, in.len);
    size_t len_a, len_b, left_a = 0, left_b = 0;
    enum ct_http_parse a = decode(body, body.len * data[0] / 255, &len_a, &left_a);
    enum ct_http_parse b = decode(body, body.len, &len_b, &left_b);
    require(a == b && len_a == len_b && len_a <= body.len);
    require(a != CT_HTTP_DONE || left_a == left_b);
    return 0;
}
