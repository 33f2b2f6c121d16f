/* Forms: hostile bytes of any kind, cut at any place.
 *
 * The input is the Content-Type up to the first newline, then the body; the body's first byte says
 * where it is cut. Checked beside memory errors: whole and in pieces the parts and the verdict are
 * the same, a part's name lies in the parser, and data never grows beyond the body. */
#include "net/multipart.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct heard {
    uint64_t hash;
    size_t n_data, n_parts;
    bool open;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void mix(struct heard *h, struct ct_slice s)
{
    for (size_t i = 0; i < s.len; i++)
        h->hash = h->hash * 31 + (unsigned char)s.ptr[i];
}

static ct_code on_part(void *ctx, const struct ct_multipart_part *part, struct ct_err *err)
{
    struct heard *h = ctx;
    require(!h->open && part->name.len > 0);
    h->open = true;
    h->n_parts++;
    mix(h, part->name);
    mix(h, part->content_type);
    h->hash += part->has_filename;
    return CT_OK;
}

static ct_code on_data(void *ctx, struct ct_slice bytes, struct ct_err *err)
{
    struct heard *h = ctx;
    require(h->open && bytes.len > 0);
    h->n_data += bytes.len;
    mix(h, bytes);
    return CT_OK;
}

static ct_code on_end(void *ctx, struct ct_err *err)
{
    struct heard *h = ctx;
    require(h->open);
    h->open = false;
    return CT_OK;
}

/* Feeds pieces of `step` bytes behind the first of `cut`; steps of 0 are the rest. */
static ct_code feed(struct heard *h, struct ct_slice type, struct ct_slice body, size_t cut,
                    size_t step)
{
    struct ct_multipart m;
    struct ct_err err;
    *h = (struct heard){ 0 };
    const struct ct_multipart_handler handler = { h, on_part, on_data, on_end };
    CT_TRY(ct_multipart_init(&m, type, &handler, &err));
    CT_TRY(ct_multipart_feed(&m, ct_slice_sub(body, 0, cut), &err));
    while (cut < body.len) {
        size_t end = step ? cut + step : body.len;
        CT_TRY(ct_multipart_feed(&m, ct_slice_sub(body, cut, end), &err));
        cut = end;
    }
    CT_TRY(ct_multipart_finish(&m, &err));
    require(!h->open && h->n_data <= body.len);
    return CT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_slice in = ct_slice_n((const char *)data, size), type, body;
    struct heard whole, pieces, bytes;
    if (size < 1 || !ct_slice_cut(ct_slice_sub(in, 1, size), '\n', &type, &body))
        return 0;
    size_t cut = body.len * data[0] / 256;
    ct_code code = feed(&whole, type, body, body.len, 0);
    require(feed(&pieces, type, body, cut, 7) == code);
    require(feed(&bytes, type, body, 0, 1) == code);
    require(pieces.hash == whole.hash && bytes.hash == whole.hash);
    require(pieces.n_parts == whole.n_parts && bytes.n_parts == whole.n_parts);
    return 0;
}
