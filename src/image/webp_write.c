/* Writes WebP through libwebp, always lossy VP8 (also at quality 100), alpha exact.
 *
 * Called by encode.c on any thread; libwebp starts none of its own here. Method 2 is the last one
 * before rate-distortion search: a 1024x1024 picture takes 50 to 90 ms, where method 4 takes up to
 * 160 for a quarter less. The alpha plane is compressed without loss at the effort of the method,
 * a soft-edged one in 86 ms at 2 and in 24 at 0: pictures with alpha use method 0.
 *
 * VP8 halves the resolution of chroma, so quality 100 ends near 40 dB on saturated edges. Lossless
 * VP8L would not, in about the same time, but files come out three times larger, and PNG is there
 * for those who want every pixel.
 *
 * A cancel waits for libwebp's conversion to YUV or for its next call of the progress hook, 3 to
 * 4 ms a megapixel; while it compresses alpha there is no call, for 20 ms a megapixel. */
#include "image/write.h"

#include <webp/encode.h>

static int to_buf(const uint8_t *data, size_t len, const WebPPicture *picture)
{
    struct ct_buf *out = picture->custom_ptr;
    ct_buf_append(out, data, len);
    return !out->failed;
}

static int go_on(int percent, const WebPPicture *picture)
{
    (void)percent;
    return !ct_encode_cancelled(picture->user_data);
}

static bool import(WebPPicture *picture, const struct ct_image *image)
{
    int stride = image->width * image->channels;
    if (image->channels == 4)
        return WebPPictureImportRGBA(picture, image->px, stride);
    return WebPPictureImportRGB(picture, image->px, stride);
}

static ct_code explain(const WebPPicture *picture, const struct ct_buf *out,
                       const struct ct_image *image, struct ct_err *err)
{
    switch (picture->error_code) {
    case VP8_ENC_ERROR_USER_ABORT:
        return ct_encode_fail_cancelled(err);
    case VP8_ENC_ERROR_OUT_OF_MEMORY:
    case VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY:
        return ct_encode_fail_memory(image, err);
    default:
        if (out->failed)
            return ct_encode_fail_memory(image, err);
        return ct_fail(err, CT_E_INTERNAL, NULL, "WebP of %dx%d pixels: libwebp error %d.",
                       image->width, image->height, (int)picture->error_code);
    }
}

size_t ct_webp_bound(const struct ct_image *image)
{
    /* Twice the pixels; the lossy coder's worst is below one and a half times. */
    return (size_t)image->width * (size_t)image->height * 8 + 65536;
}

ct_code ct_webp_write(struct ct_buf *out, const struct ct_image *image,
                      const struct ct_encode_params *params, struct ct_err *err)
{
    CT_CLEANUP(WebPPictureFree) WebPPicture picture = { 0 };
    WebPConfig config;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture))
        return ct_fail(err, CT_E_INTERNAL, NULL, "libwebp is older than its headers.");
    if (image->width > WEBP_MAX_DIMENSION || image->height > WEBP_MAX_DIMENSION)
        return ct_fail(err, CT_E_INTERNAL, NULL,
                       "A picture of %dx%d pixels: WebP holds at most %d on an edge.", image->width,
                       image->height, WEBP_MAX_DIMENSION);
    config.quality = (float)params->quality;
    config.method = image->channels == 4 ? 0 : 2;
    config.alpha_quality = 100;
    picture.width = image->width;
    picture.height = image->height;
    picture.writer = to_buf;
    picture.custom_ptr = out;
    picture.progress_hook = go_on;
    /* The hook only reads it; libwebp wants the const away. */
    struct ct_encode_params p = *params;
    picture.user_data = &p;
    if (!import(&picture, image) || !WebPEncode(&config, &picture))
        return explain(&picture, out, image, err);
    return CT_OK;
}
