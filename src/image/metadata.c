/* Puts texts into picture files and finds them again (metadata.h): packs, picks the format's
 * writer, checks limits before anything grows.
 *
 * Called by job runners on files that the encoders made, and by edits on files from outside; the
 * latter is why a found text is inflated with a ceiling and every failure is told apart from
 * "there is none". */
#include "image/metadata.h"

#include "image/metadata_parts.h"
#include "image/zlib_text.h"

#include "base/base64.h"
#include "base/mem.h"
#include "base/utf8.h"

#define KEY_MAX 40
#define FRAMES_MAX 4096 /* what any format adds around the packed text */

static bool is_key(const char *key)
{
    size_t colons = 0, len = strlen(key);
    for (size_t i = 0; i < len; i++) {
        if (key[i] == ':' && i > 0 && i + 1 < len)
            colons++;
        else if (key[i] < 'a' || key[i] > 'z')
            return false;
    }
    return colons == 1 && len <= KEY_MAX;
}

static ct_code no_memory(struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for the text in a picture.");
}

static ct_code too_long(struct ct_err *err, size_t len)
{
    return ct_fail(err, CT_E_STRING_MAX, NULL,
                   "A text of %zu bytes does not fit into the picture's metadata.", len);
}

static ct_code put_xmp(struct ct_buf *out, struct ct_slice file, enum ct_format format,
                       const char *key, struct ct_slice packed, bool *ok, struct ct_err *err)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf base64, packet;
    ct_buf_init(&base64, ct_base64_encoded_len(packed.len));
    ct_buf_init(&packet, ct_base64_encoded_len(packed.len) + FRAMES_MAX);
    ct_base64_put(&base64, packed.ptr, packed.len);
    ct_metadata__xmp_packet(&packet, key, ct_buf_slice(&base64));
    if (base64.failed || packet.failed)
        return no_memory(err);
    if (format == CT_FORMAT_JPEG && packet.len > CT_XMP_JPEG_MAX)
        return too_long(err, packet.len);
    *ok = format == CT_FORMAT_JPEG ? ct_metadata__xmp_put_jpeg(out, file, ct_buf_slice(&packet))
                                   : ct_metadata__xmp_put_webp(out, file, ct_buf_slice(&packet));
    return CT_OK;
}

static ct_code put(struct ct_buf *out, struct ct_slice file, enum ct_format format,
                   const char *key, struct ct_slice packed, struct ct_err *err)
{
    bool ok = false;
    if (format == CT_FORMAT_PNG)
        ok = ct_metadata__png_put(out, file, key, packed);
    else
        CT_TRY(put_xmp(out, file, format, key, packed, &ok, err));
    if (out->failed)
        return no_memory(err);
    if (!ok)
        return ct_fail(err, CT_E_IMAGE_FILE, NULL,
                       "The picture file is damaged: no text can be put into it.");
    return CT_OK;
}

ct_code ct_metadata_put(struct ct_blob **out, struct ct_slice file, const char *key,
                        struct ct_slice text, struct ct_err *err)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf packed, whole;
    struct ct_chunks chunks;
    *out = NULL;
    ct_buf_init(&packed, CT_METADATA_MAX * 2);
    ct_buf_init(&whole, 0);
    if (!is_key(key) || !ct_utf8_valid(text) || (text.len && memchr(text.ptr, 0, text.len)))
        return ct_fail(err, CT_E_INTERNAL, NULL,
                       "'%s' is no key for metadata, or its text is not UTF-8.", key);
    if (text.len > CT_METADATA_MAX)
        return too_long(err, text.len);
    if (!ct_chunks_open(&chunks, file))
        return ct_fail(err, CT_E_IMAGE_FILE, NULL, "This is neither a PNG, a JPEG nor a WebP.");
    if (!ct_zlib_pack(&packed, text))
        return no_memory(err);
    ct_buf_init(&whole, file.len + ct_base64_encoded_len(packed.len) + FRAMES_MAX);
    CT_TRY(put(&whole, file, chunks.format, key, ct_buf_slice(&packed), err));
    *out = ct_blob_take(&whole);
    return *out ? CT_OK : no_memory(err);
}

static ct_code damaged(struct ct_err *err, const char *key)
{
    return ct_fail(err, CT_E_IMAGE_FILE, NULL, "The picture's '%s' is damaged or too long.", key);
}

static ct_code unpack(struct ct_buf *out, struct ct_slice packed, const char *key,
                      struct ct_err *err)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf text;
    ct_buf_init(&text, CT_METADATA_MAX + 1);
    switch (ct_zlib_unpack(&text, packed, CT_METADATA_MAX)) {
    case CT_ZLIB_OK:
        break;
    case CT_ZLIB_NO_MEMORY:
        return no_memory(err);
    case CT_ZLIB_DAMAGED:
    case CT_ZLIB_TOO_LONG:
        return damaged(err, key);
    }
    if (!ct_buf_reserve(out, text.len))
        return no_memory(err);
    ct_buf_put(out, ct_buf_slice(&text));
    return CT_OK;
}

static ct_code unpack_base64(struct ct_buf *out, struct ct_slice base64, const char *key,
                             struct ct_err *err)
{
    size_t len;
    if (base64.len > CT_METADATA_MAX * 2)
        return damaged(err, key);
    char *packed = ct_malloc(base64.len / 4 * 3 + 1);
    if (!packed)
        return no_memory(err);
    ct_code rc = ct_base64_decode(packed, &len, base64)
                     ? unpack(out, ct_slice_n(packed, len), key, err)
                     : damaged(err, key);
    ct_free(packed);
    return rc;
}

static ct_code find(struct ct_buf *out, struct ct_slice file, const char *key, struct ct_err *err)
{
    bool is_packed;
    struct ct_slice found = ct_metadata__png_find(file, key, &is_packed);
    if (!found.ptr) {
        found = ct_metadata__xmp_find(file, key);
        return found.ptr ? unpack_base64(out, found, key, err) : CT_E_NOT_FOUND;
    }
    if (is_packed)
        return unpack(out, found, key, err);
    if (found.len > CT_METADATA_MAX)
        return damaged(err, key);
    if (!ct_buf_reserve(out, found.len))
        return no_memory(err);
    ct_buf_put(out, found);
    return CT_OK;
}

ct_code ct_metadata_find(struct ct_buf *out, struct ct_slice file, const char *key,
                         struct ct_err *err)
{
    size_t before = out->len;
    ct_code rc = is_key(key) ? find(out, file, key, err) : CT_E_NOT_FOUND;
    if (rc == CT_E_NOT_FOUND)
        return ct_fail(err, rc, NULL, "The picture carries no '%s'.", key);
    if (rc != CT_OK || ct_utf8_valid(ct_slice_n(out->data + before, out->len - before)))
        return rc;
    out->len = before;
    return damaged(err, key);
}
