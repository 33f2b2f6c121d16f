/* Turns pixels into a file: checks, picks the writer, wraps the bytes.
 *
 * Called by whoever needs a picture as bytes (job runners, the command line) on its own thread. */
#include "image/write.h"

struct codec {
    const char *name, *mime, *extension;
    ct_code (*write)(struct ct_buf *out, const struct ct_image *image,
                     const struct ct_encode_params *params, struct ct_err *err);
    size_t (*bound)(const struct ct_image *image);
};

static const struct codec codecs[] = {
    [CT_FORMAT_PNG] = { "png", "image/png", "png", ct_png_write, ct_png_bound },
    [CT_FORMAT_JPEG] = { "jpeg", "image/jpeg", "jpg", ct_jpeg_write, ct_jpeg_bound },
    [CT_FORMAT_WEBP] = { "webp", "image/webp", "webp", ct_webp_write, ct_webp_bound },
    [CT_FORMAT_SVG] = { "svg", "image/svg+xml", "svg", NULL, NULL },
};

const char *ct_format_name(enum ct_format format)
{
    return codecs[format].name;
}

const char *ct_format_mime(enum ct_format format)
{
    return codecs[format].mime;
}

const char *ct_format_extension(enum ct_format format)
{
    return codecs[format].extension;
}

ct_code ct_encode_fail_cancelled(struct ct_err *err)
{
    return ct_fail(err, CT_E_CANCELLED, NULL, "The picture was cancelled while it was encoded.");
}

ct_code ct_encode_fail_memory(const struct ct_image *image, struct ct_err *err)
{
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for encoding %dx%d pixels.", image->width,
                   image->height);
}

static ct_code check(const struct ct_image *image, const struct ct_encode_params *params,
                     struct ct_err *err)
{
    if ((unsigned)params->format >= CT_FORMAT_COUNT || !codecs[params->format].write)
        return ct_fail(err, CT_E_INTERNAL, NULL, "%d is no format for pixels.",
                       (int)params->format);
    if (params->quality < 1 || params->quality > 100)
        return ct_fail(err, CT_E_INTERNAL, NULL, "Quality %d: must be from 1 to 100.",
                       params->quality);
    if (image->width < 1 || image->height < 1 || image->width > CT_IMAGE_MAX_EDGE ||
        image->height > CT_IMAGE_MAX_EDGE || (image->channels != 3 && image->channels != 4))
        return ct_fail(err, CT_E_INTERNAL, NULL, "%dx%d pixels of %d channels are no picture.",
                       image->width, image->height, image->channels);
    return CT_OK;
}

ct_code ct_encode(struct ct_blob **out, const struct ct_image *image,
                  const struct ct_encode_params *params, struct ct_err *err)
{
    struct ct_encode_params p = *params;
    *out = NULL;
    if (p.quality == 0)
        p.quality = 100;
    CT_TRY(check(image, &p, err));

    CT_CLEANUP(ct_buf_release) struct ct_buf buf;
    ct_buf_init(&buf, codecs[p.format].bound(image));
    CT_TRY(codecs[p.format].write(&buf, image, &p, err));
    *out = ct_blob_take(&buf);
    return *out ? CT_OK : ct_encode_fail_memory(image, err);
}
