/* The three decoders behind ct_decode(): libpng, libjpeg-turbo, libwebp.
 *
 * Used by the command line to show pictures. Bytes are foreign; the libraries do the parsing and
 * this file only checks sizes and turns their ways of failing into ours. libjpeg reports errors
 * by longjmp, so everything it must survive lives in one struct. */
#include "image/decode.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include <png.h>
#include <webp/decode.h>

#include "image/sniff.h"

static ct_code check_size(int64_t width, int64_t height, struct ct_err *err)
{
    if (width >= 1 && height >= 1 && width <= CT_IMAGE_MAX_EDGE && height <= CT_IMAGE_MAX_EDGE &&
        width * height <= CT_IMAGE_MAX_PIXELS)
        return CT_OK;
    return ct_fail(err, CT_E_IMAGE_FILE, NULL,
                   "A picture of %lldx%lld is too large: at most %d an edge and %u pixels.",
                   (long long)width, (long long)height, CT_IMAGE_MAX_EDGE, CT_IMAGE_MAX_PIXELS);
}

static ct_code bad_file(const char *kind, const char *why, struct ct_err *err)
{
    return ct_fail(err, CT_E_IMAGE_FILE, NULL, "The %s file cannot be read: %s.", kind, why);
}

static ct_code decode_png(struct ct_image **out, struct ct_slice file, struct ct_err *err)
{
    png_image png = { .version = PNG_IMAGE_VERSION };
    if (!png_image_begin_read_from_memory(&png, file.ptr, file.len))
        return bad_file("PNG", png.message, err);
    png.flags |= PNG_IMAGE_FLAG_16BIT_sRGB; /* libpng would take untagged 16 bits as linear light */
    bool alpha = (png.format & PNG_FORMAT_FLAG_ALPHA) != 0;
    png.format = alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
    ct_code rc = check_size(png.width, png.height, err);
    if (rc == CT_OK)
        rc = ct_image_new(out, (int)png.width, (int)png.height, alpha ? 4 : 3, err);
    if (rc == CT_OK && !png_image_finish_read(&png, NULL, (*out)->px, 0, NULL)) {
        rc = bad_file("PNG", png.message, err);
        ct_image_unref(out);
    }
    png_image_free(&png);
    return rc;
}

struct jpeg_reader {
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr errors;
    jmp_buf failed;
    char message[JMSG_LENGTH_MAX];
};

static void on_jpeg_error(j_common_ptr common)
{
    struct jpeg_reader *r = common->client_data;
    common->err->format_message(common, r->message);
    longjmp(r->failed, 1);
}

/* Most warnings are about what does no harm; an end that comes too early is a cut file, which
 * libjpeg would fill up with gray. */
static void on_jpeg_message(j_common_ptr common, int level)
{
    int code = common->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER))
        on_jpeg_error(common);
}

static ct_code read_jpeg(struct jpeg_reader *r, struct ct_image **out, struct ct_slice file,
                         struct ct_err *err)
{
    if (setjmp(r->failed))
        return bad_file("JPEG", r->message, err);
    jpeg_mem_src(&r->decoder, (const unsigned char *)file.ptr, file.len);
    jpeg_read_header(&r->decoder, TRUE);
    CT_TRY(check_size(r->decoder.image_width, r->decoder.image_height, err));
    r->decoder.out_color_space = JCS_RGB; /* CMYK has no such conversion: an error, and said so */
    jpeg_start_decompress(&r->decoder);
    CT_TRY(ct_image_new(out, (int)r->decoder.output_width, (int)r->decoder.output_height, 3, err));
    while (r->decoder.output_scanline < r->decoder.output_height) {
        JSAMPROW row = (*out)->px + (size_t)r->decoder.output_scanline * (size_t)(*out)->width * 3;
        jpeg_read_scanlines(&r->decoder, &row, 1);
    }
    jpeg_finish_decompress(&r->decoder);
    return CT_OK;
}

static ct_code decode_jpeg(struct ct_image **out, struct ct_slice file, struct ct_err *err)
{
    struct jpeg_reader r = { 0 };
    r.decoder.err = jpeg_std_error(&r.errors);
    r.errors.error_exit = on_jpeg_error;
    r.errors.emit_message = on_jpeg_message;
    r.decoder.client_data = &r;
    jpeg_create_decompress(&r.decoder);
    ct_code rc = read_jpeg(&r, out, file, err);
    jpeg_destroy_decompress(&r.decoder);
    if (rc != CT_OK)
        ct_image_unref(out);
    return rc;
}

static ct_code decode_webp(struct ct_image **out, struct ct_slice file, struct ct_err *err)
{
    WebPBitstreamFeatures features;
    const uint8_t *bytes = (const uint8_t *)file.ptr;
    if (WebPGetFeatures(bytes, file.len, &features) != VP8_STATUS_OK || features.has_animation)
        return bad_file("WebP", "it is damaged, or an animation", err);
    int channels = features.has_alpha ? 4 : 3;
    CT_TRY(check_size(features.width, features.height, err));
    CT_TRY(ct_image_new(out, features.width, features.height, channels, err));
    size_t stride = (size_t)features.width * (size_t)channels;
    size_t size = stride * (size_t)features.height;
    uint8_t *done = features.has_alpha
                        ? WebPDecodeRGBAInto(bytes, file.len, (*out)->px, size, (int)stride)
                        : WebPDecodeRGBInto(bytes, file.len, (*out)->px, size, (int)stride);
    if (done)
        return CT_OK;
    ct_image_unref(out);
    return bad_file("WebP", "it is damaged", err);
}

ct_code ct_decode(struct ct_image **out, struct ct_slice file, struct ct_err *err)
{
    enum ct_format format;
    *out = NULL;
    if (!ct_sniff(&format, file))
        return ct_fail(err, CT_E_IMAGE_FILE, NULL,
                       "This is neither a PNG, a JPEG nor a WebP file.");
    switch (format) {
    case CT_FORMAT_PNG:
        return decode_png(out, file, err);
    case CT_FORMAT_JPEG:
        return decode_jpeg(out, file, err);
    case CT_FORMAT_WEBP:
        break;
    case CT_FORMAT_SVG: /* never sniffed */
    case CT_FORMAT_COUNT:
        break;
    }
    return decode_webp(out, file, err);
}
