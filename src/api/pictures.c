/* GET /v1/files/img/{name}: a stored picture by its signed URL.
 *
 * The signature is the permission, so no key is asked for. The name is a content hash: it is the
 * ETag, and the file behind it never changes. One byte range is served (RFC 9110 section 14);
 * several at once are answered with the whole picture, as the RFC allows. */
#include "api/call.h"

#include "base/clock.h"
#include "policy/url_sign.h"

#include <stdio.h>
#include <unistd.h>

struct span {
    int64_t from, len;
};

/* "bytes=from-to" | "bytes=from-" | "bytes=-last". CT_E_RANGE: outside the file. false in *given:
 * no range we serve, so the whole file. */
static ct_code parse_range(struct span *out, bool *given, struct ct_slice field, int64_t size,
                           struct ct_err *err)
{
    struct ct_slice from_text, to_text;
    uint64_t from, to;

    *given = false;
    *out = (struct span){ 0, size };
    if (!ct_slice_starts(field, "bytes=") || memchr(field.ptr, ',', field.len))
        return CT_OK;
    if (!ct_slice_cut(ct_slice_sub(field, 6, field.len), '-', &from_text, &to_text))
        return CT_OK;
    if (from_text.len == 0) { /* the last N bytes */
        if (!ct_slice_u64(to_text, &to))
            return CT_OK;
        from = to < (uint64_t)size ? (uint64_t)size - to : 0; /* "-0" is outside: the end */
        to = (uint64_t)size - 1;
    } else {
        if (!ct_slice_u64(from_text, &from))
            return CT_OK;
        if (to_text.len == 0)
            to = (uint64_t)size - 1;
        else if (!ct_slice_u64(to_text, &to) || to < from)
            return CT_OK;
        if (to >= (uint64_t)size)
            to = (uint64_t)size - 1;
    }
    if (from >= (uint64_t)size)
        return ct_fail(err, CT_E_RANGE, NULL, "The picture has %lld bytes; the range lies outside.",
                       (long long)size);
    *given = true;
    *out = (struct span){ (int64_t)from, (int64_t)(to - from + 1) };
    return CT_OK;
}

/* If-None-Match (RFC 9110 section 13.1.2): `*`, or a list of tags, weak ones compared by what is
 * in their quotes. Our tags hold no comma. */
static bool none_match_has(struct ct_slice field, const char *etag)
{
    struct ct_slice one, rest;
    while (field.len > 0) {
        if (!ct_slice_cut(field, ',', &one, &rest)) {
            one = field;
            rest = ct_slice_sub(field, field.len, field.len);
        }
        one = ct_slice_trim(one);
        if (ct_slice_starts(one, "W/"))
            one = ct_slice_sub(one, 2, one.len);
        if (ct_slice_is(one, etag) || ct_slice_is(one, "*"))
            return true;
        field = rest;
    }
    return false;
}

struct picture_headers {
    char etag[CT_PICTURE_NAME_MAX + 4];
    char range[96];
    char cache[64];
    struct ct_call_fields fields;
};

static void fill_headers(struct picture_headers *h, struct ct_call *call, const char *etag)
{
    snprintf(h->etag, sizeof(h->etag), "%s", etag);
    snprintf(h->cache, sizeof(h->cache), "private, max-age=%d, immutable", call->api->url_ttl_s);
    h->fields.n = 0;
    ct_call_standard_fields(call, &h->fields);
    ct_call_add_field(&h->fields, "etag", ct_slice(h->etag));
    ct_call_add_field(&h->fields, "cache-control", ct_slice(h->cache));
    ct_call_add_field(&h->fields, "accept-ranges", CT_S("bytes"));
    ct_call_add_field(&h->fields, "x-content-type-options", CT_S("nosniff"));
    ct_call_add_field(&h->fields, "content-security-policy", CT_S("default-src 'none'; sandbox"));
    ct_call_add_field(&h->fields, "cross-origin-resource-policy", CT_S("cross-origin"));
}

static void send_file(struct ct_call *call, const struct ct_http_request *rq,
                      struct picture_headers *h, const struct ct_picture_file *file)
{
    struct span span;
    bool partial;
    struct ct_err err = { 0 };
    if (parse_range(&span, &partial, ct_http_field_get(rq, "Range"), file->size, &err) != CT_OK) {
        struct ct_call_fields more = { .n = 0 };
        snprintf(h->range, sizeof(h->range), "bytes */%lld", (long long)file->size);
        ct_call_add_field(&more, "content-range", ct_slice(h->range));
        close(file->fd);
        ct_call_fail(call, &err, &more);
        return;
    }
    if (partial) {
        snprintf(h->range, sizeof(h->range), "bytes %lld-%lld/%lld", (long long)span.from,
                 (long long)(span.from + span.len - 1), (long long)file->size);
        ct_call_add_field(&h->fields, "content-range", ct_slice(h->range));
    }
    ct_http_respond(call->x, &(struct ct_http_response){
                                 .status = partial ? 206 : 200,
                                 .content_type = ct_format_mime(file->format),
                                 .fields = h->fields.list,
                                 .n_fields = h->fields.n,
                                 .use_file = true,
                                 .file = file->fd,
                                 .file_offset = span.from,
                                 .file_length = span.len,
                             });
}

void ct_api_picture(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_picture_file file;
    struct picture_headers headers;
    char etag[CT_PICTURE_NAME_MAX + 4];

    ct_code rc = ct_url_check(&call->api->url_key, rq->path, rq->query, ct_clock_wall(), &err);
    if (rc == CT_OK)
        rc = ct_pictures_get(call->api->pictures, &file, call->id, &err);
    if (rc != CT_OK) {
        ct_call_fail(call, &err, NULL);
        return;
    }
    snprintf(etag, sizeof(etag), "\"%.*s\"", (int)call->id.len, call->id.ptr);
    fill_headers(&headers, call, etag);
    if (none_match_has(ct_http_field_get(rq, "If-None-Match"), etag)) {
        close(file.fd);
        ct_http_respond(call->x, &(struct ct_http_response){ .status = 304,
                                                             .fields = headers.fields.list,
                                                             .n_fields = headers.fields.n });
        return;
    }
    send_file(call, rq, &headers, &file);
}
