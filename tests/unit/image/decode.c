#include "decode.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

struct ct_image *decode_png(const struct ct_blob *file)
{
    struct ct_image *image = NULL;
    png_image png = { .version = PNG_IMAGE_VERSION };
    if (!png_image_begin_read_from_memory(&png, file->data, file->len))
        return NULL;
    int channels = png.format & PNG_FORMAT_FLAG_ALPHA ? 4 : 3;
    png.format = channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
    if (ct_image_new(&image, (int)png.width, (int)png.height, channels, NULL) == CT_OK &&
        !png_image_finish_read(&png, NULL, image->px, 0, NULL))
        ct_image_unref(&image);
    png_image_free(&png);
    return image;
}

struct ct_image *decode_webp(const struct ct_blob *file)
{
    const uint8_t *bytes = (const uint8_t *)file->data;
    struct ct_image *image;
    WebPBitstreamFeatures f;
    if (WebPGetFeatures(bytes, file->len, &f) != VP8_STATUS_OK)
        return NULL;
    int channels = f.has_alpha ? 4 : 3, stride = f.width * channels;
    size_t size = (size_t)stride * (size_t)f.height;
    if (ct_image_new(&image, f.width, f.height, channels, NULL) != CT_OK)
        return NULL;
    uint8_t *done = channels == 4 ? WebPDecodeRGBAInto(bytes, file->len, image->px, size, stride)
                                  : WebPDecodeRGBInto(bytes, file->len, image->px, size, stride);
    if (!done)
        ct_image_unref(&image);
    return image;
}

struct jpeg_reader {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    jmp_buf jump;
    struct ct_image *image;
};

static void on_error(j_common_ptr jpeg)
{
    struct jpeg_reader *r = jpeg->client_data;
    longjmp(r->jump, 1);
}

static void read_jpeg(struct jpeg_reader *r, struct jpeg_facts *facts, const struct ct_blob *file)
{
    struct jpeg_decompress_struct *jpeg = &r->jpeg;
    if (setjmp(r->jump) != 0) {
        ct_image_unref(&r->image);
        return;
    }
    jpeg_create_decompress(jpeg);
    jpeg_mem_src(jpeg, (const unsigned char *)file->data, file->len);
    (void)jpeg_read_header(jpeg, TRUE);
    facts->full_chroma = jpeg->comp_info[0].h_samp_factor == jpeg->comp_info[1].h_samp_factor &&
                         jpeg->comp_info[0].v_samp_factor == jpeg->comp_info[1].v_samp_factor;
    facts->progressive = jpeg->progressive_mode;
    jpeg->out_color_space = JCS_RGB;
    jpeg_start_decompress(jpeg);
    if (ct_image_new(&r->image, (int)jpeg->output_width, (int)jpeg->output_height, 3, NULL) !=
        CT_OK)
        return;
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = r->image->px + (size_t)jpeg->output_scanline * jpeg->output_width * 3;
        (void)jpeg_read_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_decompress(jpeg);
    if (r->errors.num_warnings)
        ct_image_unref(&r->image);
}

struct ct_image *decode_jpeg(struct jpeg_facts *facts, const struct ct_blob *file)
{
    struct jpeg_reader r = { .image = NULL };
    r.jpeg.err = jpeg_std_error(&r.errors);
    r.jpeg.client_data = &r;
    r.errors.error_exit = on_error;
    read_jpeg(&r, facts, file);
    jpeg_destroy_decompress(&r.jpeg);
    return r.image;
}

static bool same_size(const struct ct_image *a, const struct ct_image *b)
{
    return a && b && a->width == b->width && a->height == b->height;
}

bool same_pixels(const struct ct_image *a, const struct ct_image *b)
{
    return same_size(a, b) && a->channels == b->channels &&
           memcmp(a->px, b->px, (size_t)a->width * (size_t)a->height * (size_t)a->channels) == 0;
}

double psnr(const struct ct_image *a, const struct ct_image *b)
{
    double sum = 0;
    if (!same_size(a, b))
        return 0;
    size_t n_px = (size_t)a->width * (size_t)a->height;
    for (size_t i = 0; i < n_px; i++) {
        for (size_t k = 0; k < 3; k++) {
            double d = (double)a->px[i * (size_t)a->channels + k] -
                       (double)b->px[i * (size_t)b->channels + k];
            sum += d * d;
        }
    }
    return sum > 0 ? 10 * log10(255.0 * 255.0 * 3.0 * (double)n_px / sum) : 99;
}
