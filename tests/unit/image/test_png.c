#include "t.h"

#include "base/pool.h"

#include "decode.h"
#include "image/codec.h"
#include "pictures.h"

static struct ct_blob *encode(const struct ct_image *image, const char *software)
{
    struct ct_blob *file = NULL;
    struct ct_err err = { 0 };
    struct ct_encode_params params = { .format = CT_FORMAT_PNG, .software = software };
    if (ct_encode(&file, image, &params, &err) != CT_OK)
        t_fail(__FILE__, __LINE__, "%s", err.msg);
    return file;
}

static void check_round_trip(enum picture kind, int width, int height, int channels)
{
    struct ct_image *image = picture_new(kind, width, height, channels);
    REQUIRE(image);
    struct ct_blob *file = encode(image, NULL);
    REQUIRE(file);
    struct ct_image *back = decode_png(file);
    if (!same_pixels(image, back))
        t_fail(__FILE__, __LINE__, "%s %dx%dx%d came back different", picture_name(kind), width,
               height, channels);
    ct_image_unref(&back);
    ct_blob_unref(&file);
    ct_image_unref(&image);
}

TEST(png__comes_back_exactly)
{
    static const int sizes[][2] = {
        { 1, 1 },     { 1, 2 },    { 2, 1 },   { 1, 300 },   { 300, 1 }, { 3, 5 },
        { 10, 10 },   { 11, 10 },  { 12, 31 }, { 31, 33 },   { 64, 64 }, { 65, 63 },
        { 107, 211 }, { 333, 77 }, { 513, 9 }, { 400, 300 },
    };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        for (int kind = 0; kind < PICTURE_COUNT; kind++) {
            check_round_trip((enum picture)kind, sizes[i][0], sizes[i][1], 3);
            check_round_trip((enum picture)kind, sizes[i][0], sizes[i][1], 4);
        }
    }
}

/* Several IDAT chunks and several blocks of rows. */
TEST(png__large_pictures_come_back_exactly)
{
    check_round_trip(PICTURE_NOISE, 1024, 640, 4);
    check_round_trip(PICTURE_PHOTO, 1024, 640, 3);
    check_round_trip(PICTURE_SMOOTH, 1024, 640, 3);
}

/* A row longer than a block. */
TEST(png__the_longest_edges_come_back_exactly)
{
    check_round_trip(PICTURE_NOISE, CT_IMAGE_MAX_EDGE, 3, 4);
    check_round_trip(PICTURE_PHOTO, CT_IMAGE_MAX_EDGE, 2, 3);
    check_round_trip(PICTURE_NOISE, 1, CT_IMAGE_MAX_EDGE, 3);
}

TEST(png__alpha_and_colours_below_it_are_kept)
{
    struct ct_image *image;
    REQUIRE(ct_image_new(&image, 64, 4, 4, NULL) == CT_OK);
    for (int i = 0; i < 256; i++) {
        image->px[4 * i] = (uint8_t)(255 - i);
        image->px[4 * i + 1] = 77;
        image->px[4 * i + 3] = (uint8_t)i; /* alpha 0 over a colour first */
    }
    struct ct_blob *file = encode(image, NULL);
    REQUIRE(file);
    struct ct_image *back = decode_png(file);
    CHECK(same_pixels(image, back));
    ct_image_unref(&back);
    ct_blob_unref(&file);
    ct_image_unref(&image);
}

/* "IHDR13 sRGB1 ..." with the lengths of their data. false when a length leads out of the file. */
static bool list_chunks(char *out, size_t size, const struct ct_blob *file)
{
    const uint8_t *p = (const uint8_t *)file->data;
    size_t at = 8, used = 0;
    while (at + 12 <= file->len) {
        size_t len = (size_t)p[at] << 24 | (size_t)p[at + 1] << 16 | (size_t)p[at + 2] << 8 |
                     (size_t)p[at + 3];
        used += (size_t)snprintf(out + used, size - used, "%s%.4s%zu", used ? " " : "",
                                 (const char *)p + at + 4, len);
        at += 12 + len;
    }
    return at == file->len;
}

TEST(png__chunks_are_in_order_and_fill_the_file)
{
    char chunks[256];
    struct ct_image *image = picture_new(PICTURE_FLAT, 1, 1, 3);
    REQUIRE(image);
    struct ct_blob *file = encode(image, "calotype 1.0");
    REQUIRE(file);
    CHECK(list_chunks(chunks, sizeof(chunks), file));
    CHECK(strncmp(chunks, "IHDR13 sRGB1 tEXt21 IDAT", 24) == 0);
    CHECK(strstr(chunks, " IEND0") && !strstr(chunks, "IEND0 "));
    CHECK(memmem(file->data, file->len, "tEXtSoftware\0calotype 1.0", 25) != NULL);
    ct_blob_unref(&file);
    ct_image_unref(&image);
}

TEST(png__no_software_no_text)
{
    struct ct_image *image = picture_new(PICTURE_FLAT, 5, 5, 4);
    REQUIRE(image);
    struct ct_blob *file = encode(image, NULL);
    REQUIRE(file);
    CHECK(memmem(file->data, file->len, "tEXt", 4) == NULL);
    ct_blob_unref(&file);
    ct_image_unref(&image);
}

TEST(png__idat_chunks_are_bounded)
{
    char chunks[1024];
    struct ct_image *image = picture_new(PICTURE_NOISE, 600, 600, 3);
    REQUIRE(image);
    struct ct_blob *file = encode(image, NULL);
    REQUIRE(file);
    CHECK(list_chunks(chunks, sizeof(chunks), file));
    CHECK(strstr(chunks, "IDAT262144 IDAT262144 IDAT262144 IDAT262144 IDAT") != NULL);
    CHECK(file->len < 600 * 601 * 3 + 600 * 600 * 3 / 64); /* noise grows by less than 1/64 */
    ct_blob_unref(&file);
    ct_image_unref(&image);
}

TEST(png__refuses_software_that_is_no_plain_text)
{
    char long_text[400] = "";
    memset(long_text, 'a', sizeof(long_text) - 1);
    const char *bad[] = { "", "two\nlines", "Ren\xc3\xa9", long_text };
    struct ct_image *image = picture_new(PICTURE_FLAT, 2, 2, 3);
    REQUIRE(image);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct ct_encode_params params = { .format = CT_FORMAT_PNG, .software = bad[i] };
        struct ct_blob *file;
        CHECK_INT(ct_encode(&file, image, &params, NULL), CT_E_INTERNAL);
        CHECK(!file);
    }
    ct_image_unref(&image);
}

/* Many threads, one picture: every file must be the same. (ISA-L's levels 1 and 2 fail this about
 * once in 200 files.) */
struct same_file {
    struct ct_image *image;
    struct ct_blob *first;
    atomic_int different;
};

static void encode_and_compare(void *ctx, uint32_t index)
{
    struct same_file *same = ctx;
    struct ct_encode_params params = { .format = CT_FORMAT_PNG };
    struct ct_blob *file = NULL;
    (void)index;
    if (ct_encode(&file, same->image, &params, NULL) != CT_OK || file->len != same->first->len ||
        memcmp(file->data, same->first->data, file->len) != 0)
        atomic_fetch_add(&same->different, 1);
    ct_blob_unref(&file);
}

TEST(png__same_file_on_every_thread)
{
    struct ct_pool *pool = NULL;
    struct same_file same = { .image = picture_new(PICTURE_FLAT, 512, 512, 3) };
    REQUIRE(same.image);
    same.first = encode(same.image, NULL);
    REQUIRE(same.first);
    REQUIRE(ct_pool_new(&pool, 5, NULL) == CT_OK);
    ct_pool_for(pool, 400, encode_and_compare, &same);
    CHECK_INT(atomic_load(&same.different), 0);
    ct_pool_free(&pool);
    ct_blob_unref(&same.first);
    ct_image_unref(&same.image);
}
