#include "t.h"

#include "decode.h"
#include "image/codec.h"
#include "pictures.h"

struct outcome {
    double psnr;
    size_t len;
    struct jpeg_facts facts;
};

static struct outcome encode(enum picture kind, int width, int height, int quality)
{
    struct outcome o = { 0 };
    struct ct_blob *file = NULL;
    struct ct_err err = { 0 };
    struct ct_encode_params params = { .format = CT_FORMAT_JPEG, .quality = quality };
    struct ct_image *image = picture_new(kind, width, height, 3), *back = NULL;
    if (!image || ct_encode(&file, image, &params, &err) != CT_OK) {
        t_fail(__FILE__, __LINE__, "%dx%d quality %d: %s", width, height, quality, err.msg);
    } else {
        back = decode_jpeg(&o.facts, file);
        o.psnr = psnr(image, back);
        o.len = file->len;
    }
    ct_image_unref(&back);
    ct_blob_unref(&file);
    ct_image_unref(&image);
    return o;
}

TEST(jpeg__comes_back_close)
{
    CHECK(encode(PICTURE_SMOOTH, 256, 192, 100).psnr > 46);
    CHECK(encode(PICTURE_SMOOTH, 256, 192, 85).psnr > 36);
    CHECK(encode(PICTURE_PHOTO, 256, 192, 95).psnr > 36);
    CHECK(encode(PICTURE_PHOTO, 256, 192, 1).psnr > 15);
}

TEST(jpeg__quality_orders_size_and_fidelity)
{
    struct outcome low = encode(PICTURE_PHOTO, 256, 256, 20);
    struct outcome middle = encode(PICTURE_PHOTO, 256, 256, 60);
    struct outcome high = encode(PICTURE_PHOTO, 256, 256, 95);
    CHECK(low.len < middle.len && middle.len < high.len);
    CHECK(low.psnr < middle.psnr && middle.psnr < high.psnr);
}

TEST(jpeg__quality_0_means_100)
{
    CHECK_INT(encode(PICTURE_PHOTO, 64, 64, 0).len, encode(PICTURE_PHOTO, 64, 64, 100).len);
}

TEST(jpeg__chroma_is_full_from_90_on)
{
    CHECK(!encode(PICTURE_SMOOTH, 64, 64, 89).facts.full_chroma);
    CHECK(encode(PICTURE_SMOOTH, 64, 64, 90).facts.full_chroma);
    CHECK(!encode(PICTURE_SMOOTH, 64, 64, 90).facts.progressive);
}

TEST(jpeg__every_size_can_be_read)
{
    static const int sizes[][2] = { { 1, 1 },
                                    { 1, 40 },
                                    { 40, 1 },
                                    { 7, 9 },
                                    { 16, 16 },
                                    { 17, 15 },
                                    { 33, 65 },
                                    { CT_IMAGE_MAX_EDGE, 2 },
                                    { 1, CT_IMAGE_MAX_EDGE } };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        CHECK(encode(PICTURE_SMOOTH, sizes[i][0], sizes[i][1], 100).psnr > 45);
        CHECK(encode(PICTURE_SMOOTH, sizes[i][0], sizes[i][1], 80).psnr > 19);
    }
}

/* More than one output step, and the worst case of the bound. */
TEST(jpeg__noise_at_full_quality_fits)
{
    struct outcome o = encode(PICTURE_NOISE, 320, 240, 100);
    CHECK(o.len > 65536);
    CHECK(o.psnr > 30);
}

TEST(jpeg__alpha_is_refused)
{
    struct ct_encode_params params = { .format = CT_FORMAT_JPEG, .quality = 80 };
    struct ct_image *image = picture_new(PICTURE_FLAT, 8, 8, 4);
    struct ct_blob *file;
    struct ct_err err;
    REQUIRE(image);
    CHECK_INT(ct_encode(&file, image, &params, &err), CT_E_INTERNAL);
    CHECK(!file);
    ct_image_unref(&image);
}
