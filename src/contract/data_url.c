/* data: URLs (RFC 2397), base64 only: that is what pictures come as.
 *
 * The media type in the URL is a claim and ignored; the bytes are looked at later. Decoded in
 * slabs, so that a picture of 15 MB costs 48 KiB here. Any thread. */
#include "base/base64.h"
#include "base/spool.h"
#include "contract/draft.h"

#define SLAB_TEXT_BYTES 65536 /* of base64: a multiple of 4 */
#define MEMORY_BYTES ((size_t)32 << 10)

static ct_code bad(const char *param, const char *what, struct ct_err *err)
{
    return ct_fail(err, CT_E_IMAGE_URL, param, "Invalid data URL: %s", what);
}

static ct_code decode_slab(struct ct_spool *spool, struct ct_slice text, const char *param,
                           struct ct_err *err)
{
    unsigned char raw[SLAB_TEXT_BYTES / 4 * 3];
    size_t len;
    if (!ct_base64_decode(raw, &len, text))
        return bad(param, "its data is not base64 (RFC 4648, with padding).", err);
    ct_code code = ct_spool_write(spool, ct_slice_n((const char *)raw, len), err);
    if (code == CT_E_BODY_SIZE)
        return bad(param, "its picture is larger than 50 MB.", err);
    return code;
}

static ct_code decode(struct ct_spool *spool, struct ct_slice text, const char *param,
                      struct ct_err *err)
{
    if (text.len == 0)
        return bad(param, "it has no data.", err);
    while (text.len > SLAB_TEXT_BYTES) { /* the last slab alone may have padding */
        if (text.ptr[SLAB_TEXT_BYTES - 1] == '=')
            return bad(param, "its data is not base64 (RFC 4648, with padding).", err);
        CT_TRY(decode_slab(spool, ct_slice_n(text.ptr, SLAB_TEXT_BYTES), param, err));
        text = ct_slice_sub(text, SLAB_TEXT_BYTES, text.len);
    }
    return decode_slab(spool, text, param, err);
}

ct_code ct_data_url_decode(struct ct_blob **out, struct ct_slice url, const char *dir,
                           const char *param, struct ct_err *err)
{
    struct ct_slice head, data;
    struct ct_spool spool;
    *out = NULL;
    if (!ct_slice_ieq(ct_slice_sub(url, 0, 5), CT_S("data:")) ||
        !ct_slice_cut(ct_slice_sub(url, 0, 512), ',', &head, &data))
        return bad(param, "expected 'data:image/png;base64,...'.", err);
    size_t tail = head.len < 7 ? head.len : 7;
    if (!ct_slice_ieq(ct_slice_sub(head, head.len - tail, head.len), CT_S(";base64")))
        return bad(param, "its data must be base64: 'data:image/png;base64,...'.", err);
    ct_spool_init(&spool, dir, MEMORY_BYTES, CT_INPUT_MAX_BYTES);
    ct_code code = decode(&spool, ct_slice_sub(url, head.len + 1, url.len), param, err);
    if (code == CT_OK)
        code = ct_spool_take(&spool, out, err);
    ct_spool_release(&spool);
    return code;
}
