#include "t.h"

#include "decode.h"
#include "pictures.h"

#include "base/blob.h"
#include "base/mem.h"
#include "image/codec.h"
#include "image/decode.h"

#include <png.h>

static struct ct_blob *encode(const struct ct_image *image, enum ct_format format)
{
    struct ct_blob *file = NULL;
    struct ct_encode_params params = { .format = format, .quality = 95 };
    CHECK_INT(ct_encode(&file, image, &params, NULL), CT_OK);
    return file;
}

static ct_code decode(struct ct_image **out, const struct ct_blob *file, size_t len)
{
    struct ct_err err = { 0 };
    ct_code rc = ct_decode(out, ct_slice_n(file->data, len), &err);
    CHECK((rc == CT_OK) == (*out != NULL));
    CHECK(rc == CT_OK || err.msg[0] != '\0');
    return rc;
}

TEST(decode__comes_back_as_it_was_encoded)
{
    static const struct {
        enum ct_format format;
        int channels;
        double least_db;
    } cases[] = {
        { CT_FORMAT_PNG, 3, 99 },  { CT_FORMAT_PNG, 4, 99 },  { CT_FORMAT_JPEG, 3, 32 },
        { CT_FORMAT_WEBP, 3, 32 }, { CT_FORMAT_WEBP, 4, 25 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct ct_image *image = picture_new(PICTURE_SMOOTH, 61, 37, cases[i].channels);
        struct ct_image *back = NULL;
        REQUIRE(image);
        struct ct_blob *file = encode(image, cases[i].format);
        REQUIRE(file);
        CHECK_INT(decode(&back, file, file->len), CT_OK);
        REQUIRE(back);
        CHECK_INT(back->width, 61);
        CHECK_INT(back->height, 37);
        CHECK_INT(back->channels, cases[i].channels);
        CHECK(psnr(image, back) >= cases[i].least_db);
        ct_image_unref(&back);
        ct_image_unref(&image);
        ct_blob_unref(&file);
    }
}

/* A cut file is refused, except where only bytes behind the last pixel are missing. */
TEST(decode__refuses_every_cut_file)
{
    for (enum ct_format format = CT_FORMAT_PNG; format <= CT_FORMAT_WEBP; format++) {
        struct ct_image *image = picture_new(PICTURE_PHOTO, 24, 17, 3), *whole = NULL;
        REQUIRE(image);
        struct ct_blob *file = encode(image, format);
        REQUIRE(file);
        CHECK_INT(decode(&whole, file, file->len), CT_OK);
        size_t n_fine = 0;
        for (size_t len = 0; len < file->len; len++) {
            struct ct_image *back = NULL;
            struct ct_blob *cut = ct_blob_copy(file->data, len); /* ASan sees a read past the end */
            REQUIRE(cut);
            ct_code rc = decode(&back, cut, len);
            CHECK(rc == CT_E_IMAGE_FILE || (rc == CT_OK && same_pixels(back, whole)));
            n_fine += rc == CT_OK;
            ct_image_unref(&back);
            ct_blob_unref(&cut);
        }
        CHECK(n_fine <= 16); /* PNG: IEND and the checks before it */
        ct_image_unref(&whole);
        ct_image_unref(&image);
        ct_blob_unref(&file);
    }
}

TEST(decode__survives_every_damaged_byte)
{
    for (enum ct_format format = CT_FORMAT_PNG; format <= CT_FORMAT_WEBP; format++) {
        struct ct_image *image = picture_new(PICTURE_FLAT, 12, 9, 3);
        REQUIRE(image);
        struct ct_blob *file = encode(image, format);
        REQUIRE(file);
        char *copy = ct_malloc(file->len);
        REQUIRE(copy);
        for (size_t i = 0; i < file->len; i++) {
            struct ct_image *back = NULL;
            memcpy(copy, file->data, file->len);
            copy[i] = (char)(copy[i] ^ 0xff);
            ct_code rc = ct_decode(&back, ct_slice_n(copy, file->len), NULL);
            CHECK(rc == CT_OK || rc == CT_E_IMAGE_FILE);
            CHECK((rc == CT_OK) == (back != NULL));
            ct_image_unref(&back);
        }
        ct_free(copy);
        ct_image_unref(&image);
        ct_blob_unref(&file);
    }
}

TEST(decode__refuses_what_is_no_picture)
{
    static const struct ct_slice files[] = {
        { NULL, 0 },
        { "", 0 },
        { "GIF89a", 6 },
        { "hello, world", 12 },
        { "\x89PNG\r\n\x1a\n", 8 },
        { "\xff\xd8\xff", 3 },
        { "\xff\xd8\xff\xd9", 4 },
        { "RIFF\x04\0\0\0WEBP", 12 },
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        struct ct_image *image = NULL;
        CHECK_INT(ct_decode(&image, files[i], NULL), CT_E_IMAGE_FILE);
        CHECK(image == NULL);
    }
}

/* ---- PNGs of other kinds, by libpng ---- */

static void append(png_structp png, png_bytep bytes, size_t len)
{
    ct_buf_append(png_get_io_ptr(png), bytes, len);
}

static void flush(png_structp png)
{
    (void)png;
}

/* One row of `width` pixels as they stand in `row`. */
static bool write_png(struct ct_buf *b, int width, int height, int depth, int type,
                      const uint8_t *row)
{
    static const png_color colours[2] = { { 10, 20, 30 }, { 200, 100, 50 } };
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    ct_buf_init(b, (size_t)1 << 20);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_set_write_fn(png, b, append, flush);
    png_set_IHDR(png, info, (uint32_t)width, (uint32_t)height, depth, type, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (type == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, colours, 2);
    png_write_info(png, info);
    for (int y = 0; y < height; y++)
        png_write_row(png, row);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return !b->failed;
}

TEST(decode__reads_png_of_every_depth)
{
    static const struct {
        int depth, type;
        uint8_t row[16];
        int channels;
        uint8_t pixels[8]; /* the two */
    } cases[] = {
        { 8, PNG_COLOR_TYPE_GRAY, { 7, 250 }, 3, { 7, 7, 7, 250, 250, 250 } },
        { 1, PNG_COLOR_TYPE_GRAY, { 0x40 }, 3, { 0, 0, 0, 255, 255, 255 } },
        { 16, PNG_COLOR_TYPE_GRAY, { 128, 128, 64, 64 }, 3, { 128, 128, 128, 64, 64, 64 } },
        { 8, PNG_COLOR_TYPE_GRAY_ALPHA, { 9, 255, 80, 0 }, 4, { 9, 9, 9, 255, 80, 80, 80, 0 } },
        { 1, PNG_COLOR_TYPE_PALETTE, { 0x40 }, 3, { 10, 20, 30, 200, 100, 50 } },
        { 8, PNG_COLOR_TYPE_PALETTE, { 1, 0 }, 3, { 200, 100, 50, 10, 20, 30 } },
        { 16,
          PNG_COLOR_TYPE_RGB,
          { 1, 1, 128, 128, 255, 255, 0, 0, 64, 64, 32, 32 },
          3,
          { 1, 128, 255, 0, 64, 32 } },
        { 8, PNG_COLOR_TYPE_RGB_ALPHA, { 1, 2, 3, 4, 5, 6, 7, 8 }, 4, { 1, 2, 3, 4, 5, 6, 7, 8 } },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct ct_buf b;
        struct ct_image *image = NULL;
        REQUIRE(write_png(&b, 2, 3, cases[i].depth, cases[i].type, cases[i].row));
        CHECK_INT(ct_decode(&image, ct_buf_slice(&b), NULL), CT_OK);
        REQUIRE(image);
        CHECK_INT(image->width, 2);
        CHECK_INT(image->height, 3);
        CHECK_INT(image->channels, cases[i].channels);
        for (int k = 0; k < 2 * image->channels; k++)
            CHECK_INT(image->px[k], cases[i].pixels[k]);
        ct_image_unref(&image);
        ct_buf_release(&b);
    }
}

/* Sets the sizes in a PNG's IHDR and mends its check sum. */
static void claim_size(struct ct_buf *b, uint32_t width, uint32_t height)
{
    uint8_t *header = (uint8_t *)b->data + 12; /* "IHDR" and 13 bytes */
    uint32_t crc = 0xffffffffu, sizes[2] = { width, height };
    for (int i = 0; i < 8; i++)
        header[4 + i] = (uint8_t)(sizes[i / 4] >> (24 - 8 * (i % 4)));
    for (int i = 0; i < 17; i++) {
        crc ^= header[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    crc ^= 0xffffffffu;
    for (int i = 0; i < 4; i++)
        header[17 + i] = (uint8_t)(crc >> (24 - 8 * i));
}

TEST(decode__refuses_bombs_before_it_allocates)
{
    static const uint32_t sizes[][2] = { { 60000, 60000 }, { 16385, 1 },   { 1, 16385 },
                                         { 16384, 16384 }, { 8193, 8193 }, { 1000000, 1000000 } };
    static const uint8_t row[2] = { 1, 2 };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct ct_buf b;
        struct ct_image *image = NULL;
        struct ct_err err = { 0 };
        REQUIRE(write_png(&b, 2, 1, 8, PNG_COLOR_TYPE_GRAY, row));
        claim_size(&b, sizes[i][0], sizes[i][1]);
        ct_mem_fail_nth(0);
        CHECK_INT(ct_decode(&image, ct_buf_slice(&b), &err), CT_E_IMAGE_FILE);
        CHECK_INT(ct_mem_fail_nth(0), 0);
        CHECK(strstr(err.msg, "too large") != NULL);
        ct_buf_release(&b);
    }
}

TEST(decode__says_when_there_is_no_memory)
{
    for (enum ct_format format = CT_FORMAT_PNG; format <= CT_FORMAT_WEBP; format++) {
        struct ct_image *image = picture_new(PICTURE_FLAT, 12, 9, 3), *back = NULL;
        REQUIRE(image);
        struct ct_blob *file = encode(image, format);
        REQUIRE(file);
        for (long nth = 1; nth <= 2; nth++) { /* the picture and its pixels */
            ct_mem_fail_nth(nth);
            ct_code rc = decode(&back, file, file->len);
            bool failed = ct_mem_fail_nth(0) >= nth;
            CHECK_INT(rc, failed ? CT_E_MEMORY : CT_OK);
            CHECK(nth > 1 || failed);
            ct_image_unref(&back);
        }
        ct_image_unref(&image);
        ct_blob_unref(&file);
    }
}
