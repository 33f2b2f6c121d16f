#include "t.h"

#include "decode.h"
#include "pictures.h"

#include "image/resize.h"

TEST(resize__a_plain_picture_stays_plain)
{
    static const int sizes[][2] = { { 1, 1 }, { 7, 300 }, { 64, 64 }, { 33, 65 }, { 500, 3 } };
    struct ct_image *image, *out;
    REQUIRE(ct_image_new(&image, 64, 48, 3, NULL) == CT_OK);
    memset(image->px, 137, 64 * 48 * 3);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        REQUIRE(ct_resize(&out, image, sizes[i][0], sizes[i][1], NULL, NULL) == CT_OK);
        CHECK_INT(out->width, sizes[i][0]);
        CHECK_INT(out->height, sizes[i][1]);
        for (int k = 0; k < out->width * out->height * 3; k++)
            CHECK_INT(out->px[k], 137);
        ct_image_unref(&out);
    }
    ct_image_unref(&image);
}

TEST(resize__up_and_down_again_is_the_same_picture)
{
    struct ct_image *image = picture_new(PICTURE_SMOOTH, 80, 60, 3), *large, *back;
    REQUIRE(ct_resize(&large, image, 213, 160, NULL, NULL) == CT_OK);
    REQUIRE(ct_resize(&back, large, 80, 60, NULL, NULL) == CT_OK);
    CHECK(psnr(image, back) > 35);
    ct_image_unref(&large);
    ct_image_unref(&back);
    ct_image_unref(&image);
}

/* A red square on transparent green: no green may come into the red's edge. */
TEST(resize__transparent_colours_do_not_bleed)
{
    struct ct_image *image, *out;
    REQUIRE(ct_image_new(&image, 64, 64, 4, NULL) == CT_OK);
    for (int i = 0; i < 64 * 64; i++) {
        bool inside = i % 64 >= 20 && i % 64 < 43 && i / 64 >= 20 && i / 64 < 43;
        memcpy(image->px + 4 * i, inside ? "\xff\0\0\xff" : "\0\xff\0\0", 4);
    }
    REQUIRE(ct_resize(&out, image, 30, 30, NULL, NULL) == CT_OK);
    for (int i = 0; i < 30 * 30; i++)
        CHECK(out->px[4 * i + 3] == 0 || (out->px[4 * i] == 255 && out->px[4 * i + 1] == 0));
    ct_image_unref(&out);
    ct_image_unref(&image);
}

TEST(resize__the_pool_changes_nothing)
{
    struct ct_pool *pool = NULL;
    struct ct_image *image = picture_new(PICTURE_PHOTO, 150, 110, 4), *one, *many;
    REQUIRE(ct_pool_new(&pool, 3, NULL) == CT_OK);
    REQUIRE(ct_resize(&one, image, 97, 201, NULL, NULL) == CT_OK);
    REQUIRE(ct_resize(&many, image, 97, 201, pool, NULL) == CT_OK);
    CHECK(same_pixels(one, many));
    ct_image_unref(&one);
    ct_image_unref(&many);
    ct_image_unref(&image);
    ct_pool_free(&pool);
}

TEST(resize__cover_keeps_the_middle)
{
    struct ct_image *image, *out, *part;
    REQUIRE(ct_image_new(&image, 90, 30, 3, NULL) == CT_OK);
    for (int i = 0; i < 90 * 30; i++)
        image->px[3 * i] = (uint8_t)(i % 90);
    REQUIRE(ct_resize_cover(&out, image, 30, 30, NULL, NULL) == CT_OK);
    REQUIRE(ct_crop(&part, image, 30, 0, 30, 30, NULL) == CT_OK);
    CHECK(same_pixels(out, part));
    ct_image_unref(&out);
    CHECK_INT(ct_crop(&out, image, 61, 0, 30, 30, NULL), CT_E_INTERNAL);
    CHECK_INT(ct_crop(&out, image, 0, -1, 30, 30, NULL), CT_E_INTERNAL);
    ct_image_unref(&part);
    ct_image_unref(&image);
}
