/* How fast and how small our PNG is, against libpng at level 1.
 *
 *   bench_png [runs] [edge] [picture.jpg]
 *
 * The two encoders take turns, so that a change of clock speed or a noisy neighbour hits both;
 * medians are printed. With a JPEG the picture measured is that one. One thread. */
#include "base/clock.h"
#include "base/mem.h"
#include "image/codec.h"
#include "pictures.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>

#define MAX_RUNS 1000

static void to_buf(png_structp png, png_bytep bytes, size_t len)
{
    ct_buf_append(png_get_io_ptr(png), bytes, len);
}

static void nothing_to_flush(png_structp png)
{
    (void)png;
}

/* Everything of libpng at its defaults but the level. */
static size_t encode_libpng(const struct ct_image *image)
{
    struct ct_buf out;
    ct_buf_init(&out, (size_t)1 << 30);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    if (setjmp(png_jmpbuf(png)) != 0)
        abort();
    png_set_write_fn(png, &out, to_buf, nothing_to_flush);
    png_set_IHDR(png, info, (png_uint_32)image->width, (png_uint_32)image->height, 8,
                 image->channels == 4 ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 1);
    png_write_info(png, info);
    for (int y = 0; y < image->height; y++)
        png_write_row(png, image->px + (size_t)y * (size_t)(image->width * image->channels));
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    size_t len = out.failed ? 0 : out.len;
    ct_buf_release(&out);
    return len;
}

static size_t encode_own(const struct ct_image *image)
{
    struct ct_blob *blob;
    struct ct_err err;
    if (ct_encode(&blob, image, &(struct ct_encode_params){ .format = CT_FORMAT_PNG }, &err) !=
        CT_OK) {
        fprintf(stderr, "%s\n", err.msg);
        exit(1);
    }
    size_t len = blob->len;
    ct_blob_unref(&blob);
    return len;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double median_ms(int64_t *us, int n)
{
    qsort(us, (size_t)n, sizeof(us[0]), by_value);
    return (double)us[n / 2] / 1000;
}

static void measure(const char *name, const struct ct_image *image, int runs)
{
    static int64_t own_us[MAX_RUNS], libpng_us[MAX_RUNS];
    size_t own_bytes = 0, libpng_bytes = 0;
    for (int i = 0; i < runs; i++) {
        int64_t start = ct_clock_us();
        own_bytes = encode_own(image);
        int64_t between = ct_clock_us();
        libpng_bytes = encode_libpng(image);
        own_us[i] = between - start;
        libpng_us[i] = ct_clock_us() - between;
    }
    printf("%-8s %dx%dx%d  own %7.2f ms %9zu B   libpng-1 %7.2f ms %9zu B   size %+.1f%%\n", name,
           image->width, image->height, image->channels, median_ms(own_us, runs), own_bytes,
           median_ms(libpng_us, runs), libpng_bytes,
           100.0 * ((double)own_bytes / (double)libpng_bytes - 1));
}

static struct ct_image *read_jpeg(const char *path)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct ct_image *image;
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(1);
    }
    jpeg.err = jpeg_std_error(&errors); /* exits on errors, which is right here */
    jpeg_create_decompress(&jpeg);
    jpeg_stdio_src(&jpeg, f);
    (void)jpeg_read_header(&jpeg, TRUE);
    jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&jpeg);
    if (ct_image_new(&image, (int)jpeg.output_width, (int)jpeg.output_height, 3, NULL) != CT_OK)
        exit(1);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = image->px + (size_t)jpeg.output_scanline * jpeg.output_width * 3;
        (void)jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    fclose(f);
    return image;
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : 21, edge = argc > 2 ? atoi(argv[2]) : 1024;
    if (runs < 1 || runs > MAX_RUNS) {
        fprintf(stderr, "bench_png [runs: 1 to %d] [edge] [picture.jpg]\n", MAX_RUNS);
        return 2;
    }
    if (argc > 3) {
        struct ct_image *image = read_jpeg(argv[3]);
        measure("file", image, runs);
        ct_image_unref(&image);
        return 0;
    }
    for (int kind = PICTURE_PHOTO; kind < PICTURE_COUNT; kind++) {
        for (int channels = 3; channels <= 4; channels++) {
            struct ct_image *image = picture_new((enum picture)kind, edge, edge, channels);
            if (!image)
                return 1;
            measure(picture_name((enum picture)kind), image, runs);
            ct_image_unref(&image);
        }
    }
    return 0;
}
