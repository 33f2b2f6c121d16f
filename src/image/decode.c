/* From a file to an upright sRGB picture of the size asked for: probes, picks the reader, resizes,
 * turns.
 *
 * Called in the helper process for files from outside (decoder.c), and directly for files that
 * this program wrote. A picture is reduced twice: by a whole factor inside the reader, which never
 * holds more than the reduced one, then by Lanczos to the exact size. */
#include "image/decode.h"

#include "image/exif.h"
#include "image/read.h"
#include "image/resize.h"

ct_code ct_read_fail(struct ct_err *err, const char *kind, const char *why)
{
    return ct_fail(err, CT_E_IMAGE_FILE, NULL, "The %s file cannot be read: %s.", kind, why);
}

ct_code ct_read_fail_cancelled(struct ct_err *err)
{
    return ct_fail(err, CT_E_CANCELLED, NULL, "The picture was cancelled while it was decoded.");
}

static ct_code read_pixels(struct ct_image **out, const struct ct_read *read, struct ct_err *err)
{
    switch (read->info->format) {
    case CT_FORMAT_PNG:
        return ct_png_read(out, read, err);
    case CT_FORMAT_JPEG:
        return ct_jpeg_read(out, read, err);
    case CT_FORMAT_WEBP:
    case CT_FORMAT_SVG: /* never sniffed */
    case CT_FORMAT_COUNT:
        break;
    }
    return ct_webp_read(out, read, err);
}

static int longer_edge(int width, int height)
{
    return width > height ? width : height;
}

static int scaled(int edge, int longest, int max_edge)
{
    int64_t px = ((int64_t)edge * max_edge + longest / 2) / longest;
    return px < 1 ? 1 : (int)px;
}

/* The size follows from the file's, not from what the reader's whole factor rounded it to. */
static ct_code fit(struct ct_image **image, const struct ct_picture_info *info, int max_edge,
                   struct ct_err *err)
{
    struct ct_image *large = *image;
    int longest = longer_edge(info->width, info->height);
    bool turns = ct_exif_turns(info->orientation);
    int width = scaled(turns ? info->height : info->width, longest, max_edge);
    int height = scaled(turns ? info->width : info->height, longest, max_edge);
    if (width == large->width && height == large->height)
        return CT_OK;
    ct_code rc = ct_resize(image, large, width, height, NULL, err);
    ct_image_unref(&large);
    return rc;
}

static ct_code decode(struct ct_image **out, struct ct_slice file,
                      const struct ct_decode_params *params, struct ct_err *err)
{
    struct ct_picture_info info;
    CT_TRY(ct_image_probe(&info, file, err));
    int longest = longer_edge(info.width, info.height), max_edge = params->max_edge;
    if (max_edge > 0 && max_edge < CT_DECODE_MIN_EDGE)
        max_edge = CT_DECODE_MIN_EDGE;
    bool smaller = max_edge > 0 && max_edge < longest;
    struct ct_read read = {
        .file = file,
        .info = &info,
        .shrink = smaller ? longest / max_edge : 1,
        .cancel = params->cancel,
    };
    CT_TRY(read_pixels(out, &read, err));
    if (smaller)
        CT_TRY(fit(out, &info, max_edge, err));
    return ct_exif_upright(out, info.orientation, err);
}

ct_code ct_decode_with(struct ct_image **out, struct ct_slice file,
                       const struct ct_decode_params *params, struct ct_err *err)
{
    static const struct ct_decode_params as_it_is;
    *out = NULL;
    ct_code rc = decode(out, file, params ? params : &as_it_is, err);
    if (rc != CT_OK)
        ct_image_unref(out);
    return rc;
}
