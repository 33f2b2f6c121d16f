/* Reads WebP through libwebp: lossy and lossless, alpha, the ICC profile, the first frame of an
 * animation.
 *
 * Called by decode.c for bytes that probe.c has let pass. A picture without alpha that is wanted
 * smaller is scaled by libwebp while it decodes; its scaler does not weigh colours by alpha, so
 * with alpha the rows are shrunk by us. A frame stands in an ANMF chunk as bare chunks, which
 * libwebp reads as they are (RFC 9649, 2.7.1.1); what it leaves open of the canvas is transparent.
 *
 * A cancel waits for the frame: at most 8 ms a megapixel. */
#include "image/read.h"

#include "image/chunks.h"

#include <webp/decode.h>

#define ANMF_HEAD_BYTES 16

struct frame {
    struct ct_slice bytes; /* a whole file, or the chunks of one frame */
    int x, y;              /* on the canvas */
    struct ct_slice profile;
};

static struct frame find_frame(const struct ct_read *read)
{
    struct frame f = { .bytes = read->file };
    struct ct_chunks chunks;
    struct ct_chunk c;
    bool found = !read->info->animated;
    ct_chunks_open(&chunks, read->file);
    while (ct_chunks_next(&chunks, &c)) {
        if (c.type == CT_TAG('I', 'C', 'C', 'P'))
            f.profile = c.data;
        if (found || c.type != CT_TAG('A', 'N', 'M', 'F') || c.data.len <= ANMF_HEAD_BYTES)
            continue;
        found = true;
        f.x = (int)ct_le24(c.data.ptr) * 2;
        f.y = (int)ct_le24(c.data.ptr + 3) * 2;
        f.bytes = ct_slice_sub(c.data, ANMF_HEAD_BYTES, c.data.len);
    }
    return f;
}

/* Decodes into `px`, of which a row is `stride` bytes. */
static bool decode(WebPDecoderConfig *config, struct ct_slice bytes, uint8_t *px, int width,
                   int height, int channels, int stride)
{
    config->output.colorspace = channels == 4 ? MODE_RGBA : MODE_RGB;
    config->output.is_external_memory = 1;
    config->output.u.RGBA.rgba = px;
    config->output.u.RGBA.stride = stride;
    config->output.u.RGBA.size = (size_t)stride * (size_t)height;
    if (width != config->input.width || height != config->input.height) {
        config->options.use_scaling = 1;
        config->options.scaled_width = width;
        config->options.scaled_height = height;
    }
    return WebPDecode((const uint8_t *)bytes.ptr, bytes.len, config) == VP8_STATUS_OK;
}

static void convert(struct ct_image *image, const struct frame *f)
{
    struct ct_colour colour;
    size_t row = (size_t)image->width * (size_t)image->channels;
    ct_colour_open(&colour, image->channels == 4 ? CT_COLOURS_RGB_ALPHA : CT_COLOURS_RGB,
                   f->profile);
    for (int y = 0; colour.transform && y < image->height; y++)
        ct_colour_row(&colour, image->px + (size_t)y * row, image->px + (size_t)y * row,
                      (size_t)image->width);
    ct_colour_close(&colour);
}

static ct_code shrink_rows(struct ct_image **image, int shrink, struct ct_err *err)
{
    struct ct_rows rows;
    struct ct_image *large = *image;
    size_t row = (size_t)large->width * (size_t)large->channels;
    ct_code rc = ct_rows_open(&rows, large->width, large->height, large->channels, shrink, err);
    for (int y = 0; rc == CT_OK && y < large->height; y++) {
        memcpy(ct_rows_next(&rows), large->px + (size_t)y * row, row);
        ct_rows_take(&rows);
    }
    if (rc == CT_OK) {
        ct_image_unref(image);
        *image = ct_image_ref(rows.image);
    }
    ct_rows_release(&rows);
    return rc;
}

/* A still picture: its own size, or libwebp's scaled one. */
static ct_code read_still(struct ct_image **out, const struct ct_read *read,
                          WebPDecoderConfig *config, const struct frame *f, struct ct_err *err)
{
    int channels = read->info->alpha ? 4 : 3, shrink = channels == 4 ? 1 : read->shrink;
    int width = (config->input.width + shrink - 1) / shrink;
    int height = (config->input.height + shrink - 1) / shrink;
    CT_TRY(ct_image_new(out, width, height, channels, err));
    if (!decode(config, f->bytes, (*out)->px, width, height, channels, width * channels))
        return ct_read_fail(err, "WebP", "it is damaged");
    return CT_OK;
}

/* A frame goes to its place on a transparent canvas. */
static ct_code read_animated(struct ct_image **out, const struct ct_read *read,
                             WebPDecoderConfig *config, const struct frame *f, struct ct_err *err)
{
    int width, height, frame_width = config->input.width, frame_height = config->input.height;
    bool turns = read->info->orientation >= 5;
    width = turns ? read->info->height : read->info->width;
    height = turns ? read->info->width : read->info->height;
    if (f->x > width - frame_width || f->y > height - frame_height)
        return ct_read_fail(err, "WebP", "its first frame does not fit the canvas");
    CT_TRY(ct_image_new(out, width, height, 4, err));
    uint8_t *px = (*out)->px + ((size_t)f->y * (size_t)width + (size_t)f->x) * 4;
    config->output.colorspace = MODE_RGBA;
    /* The last row ends before the canvas does: libwebp is told a size that it checks. */
    if (!decode(config, f->bytes, px, frame_width, frame_height, 4, width * 4))
        return ct_read_fail(err, "WebP", "its first frame is damaged");
    return CT_OK;
}

static ct_code read_frame(struct ct_image **out, const struct ct_read *read, struct ct_err *err)
{
    WebPDecoderConfig config;
    struct frame f = find_frame(read);
    if (!WebPInitDecoderConfig(&config))
        return ct_fail(err, CT_E_INTERNAL, NULL, "libwebp is older than its headers.");
    if (WebPGetFeatures((const uint8_t *)f.bytes.ptr, f.bytes.len, &config.input) !=
            VP8_STATUS_OK ||
        config.input.has_animation)
        return ct_read_fail(err, "WebP", "it is damaged");
    CT_TRY(read->info->animated ? read_animated(out, read, &config, &f, err)
                                : read_still(out, read, &config, &f, err));
    convert(*out, &f);
    bool whole = read->info->animated || (*out)->channels == 4;
    return whole && read->shrink > 1 ? shrink_rows(out, read->shrink, err) : CT_OK;
}

ct_code ct_webp_read(struct ct_image **out, const struct ct_read *read, struct ct_err *err)
{
    *out = NULL;
    ct_code rc = read_frame(out, read, err);
    if (rc == CT_OK && ct_read_cancelled(read))
        rc = ct_read_fail_cancelled(err);
    if (rc != CT_OK)
        ct_image_unref(out);
    return rc;
}
