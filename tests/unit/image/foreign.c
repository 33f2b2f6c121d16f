#include "foreign.h"

#include "base/mem.h"
#include "t.h"

#include <stdio.h>

#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>
#include <webp/encode.h>

void put_exif(struct ct_buf *out, int orientation, bool little)
{
    char tiff[26] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    tiff[19] = (char)orientation;
    if (little) {
        memcpy(tiff, "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18);
        tiff[18] = (char)orientation;
        tiff[19] = 0;
    }
    ct_buf_append(out, tiff, sizeof(tiff));
}

static void put_be32(struct ct_buf *out, uint32_t value)
{
    for (int i = 24; i >= 0; i -= 8)
        ct_buf_putc(out, (char)(value >> i));
}

void put_png_chunk(struct ct_buf *out, const char *type, struct ct_slice data)
{
    uint32_t crc = 0xffffffffu;
    put_be32(out, (uint32_t)data.len);
    size_t from = out->len;
    ct_buf_append(out, type, 4);
    ct_buf_put(out, data);
    for (size_t i = from; i < out->len; i++) {
        crc ^= (uint8_t)out->data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    put_be32(out, ~crc);
}

static void append(png_structp png, png_bytep bytes, size_t len)
{
    ct_buf_append(png_get_io_ptr(png), bytes, len);
}

static void flush(png_structp png)
{
    (void)png;
}

static void write_rows(png_structp png, const struct ct_image *image, int depth)
{
    size_t n = (size_t)image->width * (size_t)image->channels;
    uint8_t *wide = ct_malloc(2 * n);
    int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; pass++)
        for (int y = 0; y < image->height; y++) {
            const uint8_t *row = image->px + (size_t)y * n;
            for (size_t i = 0; i < n; i++)
                wide[2 * i] = wide[2 * i + 1] = row[i];
            png_write_row(png, depth == 16 ? wide : row);
        }
    ct_free(wide);
}

void foreign_png(struct ct_buf *out, const struct ct_image *image, const struct foreign *how)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    int depth = how->depth ? how->depth : 8;
    png_set_write_fn(png, out, append, flush);
    png_set_IHDR(png, info, (uint32_t)image->width, (uint32_t)image->height, depth,
                 image->channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                 how->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (how->profile.len)
        png_set_iCCP(png, info, "test", 0, (const uint8_t *)how->profile.ptr,
                     (uint32_t)how->profile.len);
    png_write_info(png, info);
    if (how->orientation) {
        struct ct_buf exif;
        ct_buf_init(&exif, 100);
        put_exif(&exif, how->orientation, false);
        png_write_chunk(png, (const uint8_t *)"eXIf", (const uint8_t *)exif.data, exif.len);
        ct_buf_release(&exif);
    }
    write_rows(png, image, depth);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
}

/* One row of RGB as the file wants it. CMYK here is full ink at 255, black taken out. */
static void jpeg_row(uint8_t *to, const uint8_t *px, int width, const struct foreign *how)
{
    for (int x = 0; x < width; x++, px += 3) {
        int most = px[0] > px[1] ? px[0] : px[1];
        most = px[2] > most ? px[2] : most;
        if (how->grey) {
            *to++ = px[0];
        } else if (!how->cmyk) {
            memcpy(to, px, 3);
            to += 3;
        } else {
            for (int c = 0; c < 3; c++)
                to[c] = (uint8_t)(most ? 255 - px[c] * 255 / most : 0);
            to[3] = (uint8_t)(255 - most);
            for (int c = 0; how->adobe && c < 4; c++)
                to[c] = (uint8_t)(255 - to[c]);
            to += 4;
        }
    }
}

void foreign_jpeg(struct ct_buf *out, const struct ct_image *image, const struct foreign *how)
{
    struct jpeg_compress_struct jpeg = { 0 };
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long len = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &len);
    jpeg.image_width = (JDIMENSION)image->width;
    jpeg.image_height = (JDIMENSION)image->height;
    jpeg.input_components = how->grey ? 1 : how->cmyk ? 4 : 3;
    jpeg.in_color_space = how->grey ? JCS_GRAYSCALE : how->cmyk ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, how->quality ? how->quality : 95, TRUE);
    jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1; /* full chroma */
    if (how->progressive)
        jpeg_simple_progression(&jpeg);
    jpeg.write_Adobe_marker = how->adobe;
    jpeg_start_compress(&jpeg, TRUE);
    if (how->orientation) {
        struct ct_buf exif;
        ct_buf_init(&exif, 100);
        ct_buf_append(&exif, "Exif\0", 6);
        put_exif(&exif, how->orientation, true);
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, (const JOCTET *)exif.data, (unsigned)exif.len);
        ct_buf_release(&exif);
    }
    if (how->profile.len)
        jpeg_write_icc_profile(&jpeg, (const JOCTET *)how->profile.ptr,
                               (unsigned)how->profile.len);
    uint8_t *row = ct_malloc((size_t)image->width * 4);
    while (jpeg.next_scanline < jpeg.image_height) {
        jpeg_row(row, image->px + (size_t)jpeg.next_scanline * (size_t)image->width * 3,
                 image->width, how);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    ct_free(row);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    ct_buf_append(out, bytes, len);
    free(bytes);
}

static void put_le(struct ct_buf *out, uint32_t value, int n_bytes)
{
    for (int i = 0; i < n_bytes; i++)
        ct_buf_putc(out, (char)(value >> (8 * i)));
}

static void put_riff(struct ct_buf *out, const char *type, struct ct_slice data)
{
    ct_buf_append(out, type, 4);
    put_le(out, (uint32_t)data.len, 4);
    ct_buf_put(out, data);
    if (data.len & 1)
        ct_buf_putc(out, '\0');
}

/* The chunks behind the RIFF header of a lossless file, extended header taken off. */
static void put_frame(struct ct_buf *out, const struct ct_image *image)
{
    uint8_t *bytes = NULL;
    int stride = image->width * image->channels;
    size_t len = image->channels == 4
                     ? WebPEncodeLosslessRGBA(image->px, image->width, image->height, stride, &bytes)
                     : WebPEncodeLosslessRGB(image->px, image->width, image->height, stride, &bytes);
    ct_buf_append(out, bytes + 12, len - 12);
    WebPFree(bytes);
}

static void put_vp8x(struct ct_buf *out, int flags, int width, int height)
{
    struct ct_buf head;
    ct_buf_init(&head, 10);
    put_le(&head, (uint32_t)flags, 4);
    put_le(&head, (uint32_t)width - 1, 3);
    put_le(&head, (uint32_t)height - 1, 3);
    put_riff(out, "VP8X", ct_buf_slice(&head));
    ct_buf_release(&head);
}

static void finish_riff(struct ct_buf *out, struct ct_buf *body)
{
    ct_buf_puts(out, "RIFF");
    put_le(out, (uint32_t)body->len + 4, 4);
    ct_buf_puts(out, "WEBP");
    ct_buf_put(out, ct_buf_slice(body));
    ct_buf_release(body);
}

void foreign_webp(struct ct_buf *out, const struct ct_image *image, const struct foreign *how)
{
    struct ct_buf body, exif;
    ct_buf_init(&body, (size_t)64 << 20);
    ct_buf_init(&exif, 100);
    put_exif(&exif, how->orientation ? how->orientation : 1, true);
    put_vp8x(&body, 0x08 | (image->channels == 4 ? 0x10 : 0) | (how->profile.len ? 0x20 : 0),
             image->width, image->height);
    if (how->profile.len)
        put_riff(&body, "ICCP", how->profile);
    put_frame(&body, image);
    put_riff(&body, "EXIF", ct_buf_slice(&exif));
    finish_riff(out, &body);
    ct_buf_release(&exif);
}

void foreign_animated_webp(struct ct_buf *out, const struct ct_image *image)
{
    struct ct_buf body, frame;
    ct_buf_init(&body, (size_t)64 << 20);
    put_vp8x(&body, 0x12, image->width + 8, image->height + 8);
    put_riff(&body, "ANIM", CT_S("\0\0\0\0\0\0"));
    for (int i = 0; i < 2; i++) {
        ct_buf_init(&frame, (size_t)64 << 20);
        put_le(&frame, i ? 0 : 1, 3); /* halves */
        put_le(&frame, i ? 0 : 2, 3);
        put_le(&frame, (uint32_t)image->width - 1, 3);
        put_le(&frame, (uint32_t)image->height - 1, 3);
        put_le(&frame, 100, 3);
        put_le(&frame, 0, 1);
        put_frame(&frame, image);
        put_riff(&body, "ANMF", ct_buf_slice(&frame));
        ct_buf_release(&frame);
    }
    finish_riff(out, &body);
}

void foreign_apng(struct ct_buf *out, const struct ct_image *image)
{
    struct ct_buf still, control;
    ct_buf_init(&still, (size_t)64 << 20);
    ct_buf_init(&control, 26);
    foreign_png(&still, image, &(struct foreign){ 0 });
    put_be32(&control, 0);
    put_be32(&control, (uint32_t)image->width);
    put_be32(&control, (uint32_t)image->height);
    for (int i = 0; i < 14; i++)
        ct_buf_putc(&control, (char)(i == 9 ? 1 : i == 11 ? 10 : 0));
    ct_buf_append(out, still.data, 33); /* signature and IHDR */
    put_png_chunk(out, "acTL", CT_S("\0\0\0\x02\0\0\0\0"));
    put_png_chunk(out, "fcTL", ct_buf_slice(&control));
    ct_buf_append(out, still.data + 33, still.len - 33 - 12);
    control.data[3] = 1;
    put_png_chunk(out, "fcTL", ct_buf_slice(&control));
    put_png_chunk(out, "fdAT", CT_S("\0\0\0\x02garbage"));
    put_png_chunk(out, "IEND", CT_S(""));
    ct_buf_release(&still);
    ct_buf_release(&control);
}

static void put_profile(struct ct_buf *out, cmsHPROFILE profile)
{
    cmsUInt32Number len = 0;
    CHECK(cmsSaveProfileToMem(profile, NULL, &len));
    CHECK(ct_buf_reserve(out, len));
    CHECK(cmsSaveProfileToMem(profile, out->data, &len));
    out->len = len;
    cmsCloseProfile(profile);
}

void put_swapped_profile(struct ct_buf *out)
{
    cmsCIExyY white = { 0.3127, 0.3290, 1 };
    cmsCIExyYTRIPLE primaries = { { 0.15, 0.06, 1 }, { 0.30, 0.60, 1 }, { 0.64, 0.33, 1 } };
    cmsFloat64Number srgb[5] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
    cmsToneCurve *curve = cmsBuildParametricToneCurve(NULL, 4, srgb), *curves[3] = { curve, curve,
                                                                                     curve };
    put_profile(out, cmsCreateRGBProfile(&white, &primaries, curves));
    cmsFreeToneCurve(curve);
}

void put_linear_grey_profile(struct ct_buf *out)
{
    cmsCIExyY white = { 0.3457, 0.3585, 1 };
    cmsToneCurve *curve = cmsBuildGamma(NULL, 1);
    put_profile(out, cmsCreateGrayProfile(&white, curve));
    cmsFreeToneCurve(curve);
}
