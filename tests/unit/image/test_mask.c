#include "t.h"

#include "decode.h"
#include "pictures.h"

#include "image/mask.h"

TEST(mask__is_what_is_transparent)
{
    struct ct_image *image;
    struct ct_mask *mask = NULL;
    struct ct_mask_box box;
    REQUIRE(ct_image_new(&image, 10, 6, 4, NULL) == CT_OK);
    for (int i = 0; i < 60; i++)
        image->px[4 * i + 3] = 255;
    image->px[4 * 23 + 3] = 0;
    image->px[4 * 34 + 3] = 100;
    REQUIRE(ct_mask_of_alpha(&mask, image, 10, 6, NULL) == CT_OK);
    CHECK_INT(mask->px[0], 0);
    CHECK_INT(mask->px[23], 255);
    CHECK_INT(mask->px[34], 155);
    CHECK(ct_mask_bounds(mask, 1, &box));
    CHECK(box.x0 == 3 && box.y0 == 2 && box.x1 == 5 && box.y1 == 4);
    CHECK(ct_mask_bounds(mask, 200, &box));
    CHECK(box.x0 == 3 && box.x1 == 4 && box.y1 == 3);
    ct_mask_free(&mask);
    for (int i = 0; i < 60; i++)
        image->px[4 * i + 3] = 255;
    REQUIRE(ct_mask_of_alpha(&mask, image, 10, 6, NULL) == CT_OK);
    CHECK(!ct_mask_bounds(mask, 1, &box));
    ct_mask_free(&mask);
    ct_image_unref(&image);
}

TEST(mask__of_another_size_or_without_alpha_says_so)
{
    struct ct_image *rgba, *rgb;
    struct ct_mask *mask;
    struct ct_err err = { 0 };
    REQUIRE(ct_image_new(&rgba, 10, 6, 4, NULL) == CT_OK);
    REQUIRE(ct_image_new(&rgb, 10, 6, 3, NULL) == CT_OK);
    CHECK_INT(ct_mask_of_alpha(&mask, rgba, 10, 7, &err), CT_E_IMAGE_FILE);
    CHECK_STR(err.param, "mask");
    CHECK(strstr(err.msg, "10x6") && strstr(err.msg, "10x7"));
    CHECK_INT(ct_mask_of_alpha(&mask, rgb, 10, 6, &err), CT_E_IMAGE_FILE);
    CHECK_STR(err.param, "mask");
    CHECK(strstr(err.msg, "alpha"));
    ct_image_unref(&rgba);
    ct_image_unref(&rgb);
}

TEST(mask__keeps_to_the_byte_what_it_does_not_cover)
{
    struct ct_image *a = picture_new(PICTURE_PHOTO, 40, 30, 3);
    struct ct_image *b = picture_new(PICTURE_NOISE, 40, 30, 3), *out;
    struct ct_mask *mask;
    REQUIRE(a && b && ct_mask_new(&mask, 40, 30, NULL) == CT_OK);
    for (int i = 0; i < 1200; i++)
        mask->px[i] = (uint8_t)(i % 3 == 0 ? 0 : i % 3 == 1 ? 255 : 128);
    REQUIRE(ct_mask_mix(&out, a, b, mask, NULL) == CT_OK);
    for (int i = 0; i < 1200; i++)
        for (int c = 0; c < 3; c++) {
            int from = a->px[3 * i + c], to = b->px[3 * i + c], got = out->px[3 * i + c];
            CHECK(i % 3 == 0 ? got == from : i % 3 == 1 ? got == to
                                                        : abs(2 * got - from - to) <= 3);
        }
    ct_image_unref(&out);
    ct_image_unref(&a);
    ct_image_unref(&b);
    ct_mask_free(&mask);
}

TEST(mask__over_is_porter_and_duffs)
{
    struct ct_image *base, *top;
    REQUIRE(ct_image_new(&base, 4, 1, 4, NULL) == CT_OK);
    REQUIRE(ct_image_new(&top, 2, 1, 4, NULL) == CT_OK);
    memcpy(base->px, "\x64\x64\x64\xff\x64\x64\x64\x80\x64\x64\x64\0\1\2\3\4", 16);
    memcpy(top->px, "\xc8\xc8\xc8\x80\xc8\xc8\xc8\x80", 8);
    ct_image_over(base, top, 0, 0);
    CHECK_INT(base->px[0], 150);
    CHECK_INT(base->px[3], 255);
    CHECK_INT(base->px[4], 167); /* (200 * 128 + 100 * 64) / 192 */
    CHECK_INT(base->px[7], 192);
    ct_image_over(base, top, 2, 0);
    CHECK_INT(base->px[8], 200); /* on nothing it is itself */
    CHECK_INT(base->px[11], 128);
    ct_image_over(base, top, 3, -1);
    ct_image_over(base, top, -5, 0);
    CHECK_INT(base->px[8], 200);
    ct_image_unref(&base);
    ct_image_unref(&top);
}
