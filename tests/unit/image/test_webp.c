#include "t.h"

#include "decode.h"
#include "image/codec.h"
#include "pictures.h"

struct outcome {
    double psnr;
    size_t len;
    int channels;
    bool same_alpha;
};

static bool same_alpha(const struct ct_image *a, const struct ct_image *b)
{
    if (!b || a->channels != 4 || b->channels != 4)
        return false;
    for (size_t i = 0; i < (size_t)a->width * (size_t)a->height; i++) {
        if (a->px[4 * i + 3] != b->px[4 * i + 3])
            return false;
    }
    return true;
}

static struct outcome encode(const struct ct_image *image, int quality)
{
    struct outcome o = { 0 };
    struct ct_blob *file = NULL;
    struct ct_err err = { 0 };
    struct ct_encode_params params = { .format = CT_FORMAT_WEBP, .quality = quality };
    if (ct_encode(&file, image, &params, &err) != CT_OK) {
        t_fail(__FILE__, __LINE__, "quality %d: %s", quality, err.msg);
        return o;
    }
    struct ct_image *back = decode_webp(file);
    o.psnr = psnr(image, back);
    o.len = file->len;
    o.channels = back ? back->channels : 0;
    o.same_alpha = same_alpha(image, back);
    ct_image_unref(&back);
    ct_blob_unref(&file);
    return o;
}

static struct outcome encode_new(enum picture kind, int width, int height, int channels,
                                 int quality)
{
    struct outcome o = { 0 };
    struct ct_image *image = picture_new(kind, width, height, channels);
    if (image)
        o = encode(image, quality);
    ct_image_unref(&image);
    return o;
}

TEST(webp__comes_back_close)
{
    CHECK(encode_new(PICTURE_SMOOTH, 256, 192, 3, 100).psnr > 38);
    CHECK(encode_new(PICTURE_SMOOTH, 256, 192, 3, 80).psnr > 35);
    CHECK(encode_new(PICTURE_PHOTO, 256, 192, 3, 100).psnr > 44);
    CHECK(encode_new(PICTURE_PHOTO, 256, 192, 3, 1).psnr > 15);
}

TEST(webp__quality_orders_size_and_fidelity)
{
    struct outcome low = encode_new(PICTURE_PHOTO, 256, 256, 3, 20);
    struct outcome middle = encode_new(PICTURE_PHOTO, 256, 256, 3, 60);
    struct outcome high = encode_new(PICTURE_PHOTO, 256, 256, 3, 95);
    CHECK(low.len < middle.len && middle.len < high.len);
    CHECK(low.psnr < middle.psnr && middle.psnr < high.psnr);
}

TEST(webp__quality_0_means_100)
{
    CHECK_INT(encode_new(PICTURE_PHOTO, 64, 64, 3, 0).len,
              encode_new(PICTURE_PHOTO, 64, 64, 3, 100).len);
}

TEST(webp__alpha_is_exact_at_every_quality)
{
    static const int qualities[] = { 1, 50, 100 };
    for (size_t i = 0; i < sizeof(qualities) / sizeof(qualities[0]); i++) {
        struct outcome soft = encode_new(PICTURE_SMOOTH, 99, 101, 4, qualities[i]);
        CHECK(soft.same_alpha);
        CHECK(encode_new(PICTURE_NOISE, 99, 101, 4, qualities[i]).same_alpha);
    }
}

TEST(webp__rgb_stays_opaque)
{
    CHECK_INT(encode_new(PICTURE_SMOOTH, 20, 20, 3, 80).channels, 3);
    CHECK_INT(encode_new(PICTURE_SMOOTH, 20, 20, 4, 80).channels, 4);
}

TEST(webp__every_size_can_be_read)
{
    static const int sizes[][2] = {
        { 1, 1 }, { 1, 40 }, { 40, 1 }, { 7, 9 }, { 16, 16 }, { 33, 65 }
    };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        CHECK(encode_new(PICTURE_SMOOTH, sizes[i][0], sizes[i][1], 3, 90).psnr > 21);
}

TEST(webp__noise_at_full_quality_fits)
{
    CHECK(encode_new(PICTURE_NOISE, 320, 240, 4, 100).same_alpha);
}

/* One pixel less than ours: the format's own limit. */
TEST(webp__the_longest_edge_is_16383)
{
    struct ct_encode_params params = { .format = CT_FORMAT_WEBP, .quality = 50 };
    struct ct_blob *file;
    struct ct_err err;
    struct ct_image *image = picture_new(PICTURE_FLAT, 16384, 1, 3);
    REQUIRE(image);
    CHECK_INT(ct_encode(&file, image, &params, &err), CT_E_INTERNAL);
    CHECK(!file);
    CHECK(strstr(err.msg, "16383") != NULL);
    ct_image_unref(&image);
    CHECK(encode_new(PICTURE_FLAT, 16383, 2, 3, 50).psnr > 20);
}
