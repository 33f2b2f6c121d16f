/* The header of one part: which field of the form it is, and whether it is a file.
 *
 * Names are all that decides anything, so they are read strictly. File names decide nothing and
 * come in every form that thirty years of browsers and SDKs have invented (raw UTF-8, %22, `\"`,
 * RFC 5987's filename*, none at all): they are handed on as sent, and are a label at most. A part's
 * Content-Type is a claim; the bytes themselves are looked at later. Pure functions: any thread. */
#include "net/multipart.h"

static ct_code bad(struct ct_err *err, const char *what)
{
    return ct_fail(err, CT_E_FORM, NULL, "We could not read the multipart body of your request: %s",
                   what);
}

static struct ct_slice skip_blanks(struct ct_slice s)
{
    while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
        s = ct_slice_n(s.ptr + 1, s.len - 1);
    return s;
}

/* A quoted string at the start of *rest: its inside. Quotes in it stand behind a backslash. */
static bool take_quoted(struct ct_slice *out, struct ct_slice *rest)
{
    for (size_t i = 1; i < rest->len; i++) {
        if (rest->ptr[i] == '\\' && i + 1 < rest->len &&
            (rest->ptr[i + 1] == '"' || rest->ptr[i + 1] == '\\')) {
            i++;
        } else if (rest->ptr[i] == '"') {
            *out = ct_slice_n(rest->ptr + 1, i - 1);
            *rest = skip_blanks(ct_slice_n(rest->ptr + i + 1, rest->len - i - 1));
            return rest->len == 0 || rest->ptr[0] == ';';
        }
    }
    return false;
}

static bool take_value(struct ct_slice *out, struct ct_slice *rest)
{
    if (rest->len && rest->ptr[0] == '"')
        return take_quoted(out, rest);
    const char *end = rest->len ? memchr(rest->ptr, ';', rest->len) : NULL;
    size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
    *out = ct_slice_trim(ct_slice_n(rest->ptr, len));
    *rest = ct_slice_n(rest->ptr + len, rest->len - len);
    return true;
}

ct_code ct_multipart__parameter(struct ct_slice *out, bool *found, struct ct_slice value,
                                const char *name, struct ct_err *err)
{
    struct ct_slice head, rest = { NULL, 0 };
    *found = false;
    *out = (struct ct_slice){ NULL, 0 };
    if (!ct_slice_cut(value, ';', &head, &rest))
        return CT_OK;
    for (;;) {
        struct ct_slice key, text;
        rest = skip_blanks(rest);
        if (rest.len == 0)
            return CT_OK;
        const char *equals = memchr(rest.ptr, '=', rest.len);
        size_t key_len = equals ? (size_t)(equals - rest.ptr) : 0;
        if (!equals || memchr(rest.ptr, ';', key_len))
            return bad(err, "a header field has a parameter without a value.");
        key = ct_slice_trim(ct_slice_n(rest.ptr, key_len));
        rest = ct_slice_n(equals + 1, rest.len - key_len - 1);
        if (!take_value(&text, &rest))
            return bad(err, "a header field has a quote that does not end.");
        if (ct_slice_ieq(key, ct_slice(name))) {
            if (*found)
                return bad(err, "a header field has the same parameter twice.");
            *found = true;
            *out = text;
        }
        if (rest.len)
            rest = ct_slice_n(rest.ptr + 1, rest.len - 1); /* the ';' */
    }
}

static ct_code read_disposition(struct ct_multipart_part *out, struct ct_slice value,
                                struct ct_err *err)
{
    struct ct_slice type, rest, ignored;
    bool named, plain, extended;
    if (!ct_slice_cut(value, ';', &type, &rest))
        type = value;
    if (!ct_slice_ieq(ct_slice_trim(type), CT_S("form-data")))
        return bad(err, "a part's Content-Disposition is not form-data.");
    CT_TRY(ct_multipart__parameter(&out->name, &named, value, "name", err));
    if (!named || out->name.len == 0)
        return bad(err, "a part has no name in its Content-Disposition.");
    CT_TRY(ct_multipart__parameter(&out->filename, &plain, value, "filename", err));
    CT_TRY(ct_multipart__parameter(&ignored, &extended, value, "filename*", err));
    out->has_filename = plain || extended;
    return CT_OK;
}

static bool is_plain_encoding(struct ct_slice value)
{
    return ct_slice_ieq(value, CT_S("binary")) || ct_slice_ieq(value, CT_S("8bit")) ||
           ct_slice_ieq(value, CT_S("7bit"));
}

/* "multipart/", whatever follows, in any case of letters. */
static bool is_form(struct ct_slice type)
{
    return ct_slice_ieq(ct_slice_sub(type, 0, 10), CT_S("multipart/"));
}

static ct_code read_field(struct ct_multipart_part *out, struct ct_slice line, struct ct_err *err)
{
    struct ct_slice name, value;
    if (line.ptr[0] == ' ' || line.ptr[0] == '\t')
        return bad(err, "the header of a part has a folded field.");
    if (!ct_slice_cut(line, ':', &name, &value) || name.len == 0)
        return bad(err, "the header of a part has a line without a colon.");
    value = ct_slice_trim(value);
    if (ct_slice_ieq(name, CT_S("Content-Disposition"))) {
        if (out->name.len)
            return bad(err, "a part has two Content-Dispositions.");
        return read_disposition(out, value, err);
    }
    if (ct_slice_ieq(name, CT_S("Content-Type"))) {
        if (is_form(value))
            return bad(err, "a part is a multipart body itself; repeat the field instead.");
        out->content_type = value;
    } else if (ct_slice_ieq(name, CT_S("Content-Transfer-Encoding")) && !is_plain_encoding(value)) {
        return bad(err, "a part has a Content-Transfer-Encoding; send the bytes as they are.");
    }
    return CT_OK;
}

ct_code ct_multipart__read_head(struct ct_multipart_part *out, struct ct_slice header,
                                struct ct_err *err)
{
    *out = (struct ct_multipart_part){ .has_filename = false };
    while (header.len > 0) {
        const char *end = memmem(header.ptr, header.len, "\r\n", 2);
        size_t len = end ? (size_t)(end - header.ptr) : header.len;
        CT_TRY(read_field(out, ct_slice_n(header.ptr, len), err));
        header = ct_slice_sub(header, len + 2, header.len);
    }
    return out->name.len ? CT_OK : bad(err, "a part has no Content-Disposition.");
}
