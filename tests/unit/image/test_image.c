#include "t.h"

#include "base/mem.h"
#include "image/image.h"

TEST(image__new_is_zeroed_and_of_the_size_asked_for)
{
    struct ct_image *image;
    size_t not_zero = 0;
    REQUIRE(ct_image_new(&image, 33, 7, 4, NULL) == CT_OK);
    CHECK_INT(image->width, 33);
    CHECK_INT(image->height, 7);
    CHECK_INT(image->channels, 4);
    for (size_t i = 0; i < 33 * 7 * 4; i++)
        not_zero += image->px[i] != 0;
    CHECK_INT(not_zero, 0);
    memset(image->px, 255, 33 * 7 * 4);
    ct_image_unref(&image);
    CHECK(!image);
}

TEST(image__new_refuses_sizes_over_the_limits)
{
    static const int sizes[][3] = {
        { 0, 1, 3 },       { 1, 0, 3 },   { -1, 1, 3 },  { 16385, 1, 3 }, { 1, 16385, 3 },
        { 8193, 8192, 3 }, { 16, 16, 1 }, { 16, 16, 2 }, { 16, 16, 5 },
    };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct ct_image *image = (struct ct_image *)&image;
        struct ct_err err = { 0 };
        CHECK_INT(ct_image_new(&image, sizes[i][0], sizes[i][1], sizes[i][2], &err), CT_E_INTERNAL);
        CHECK(!image);
        CHECK(err.msg[0]);
    }
}

TEST(image__new_takes_the_limits_themselves)
{
    struct ct_image *image;
    REQUIRE(ct_image_new(&image, CT_IMAGE_MAX_EDGE, 1, 3, NULL) == CT_OK);
    ct_image_unref(&image);
    REQUIRE(ct_image_new(&image, 8192, 8192, 4, NULL) == CT_OK);
    image->px[(size_t)8192 * 8192 * 4 - 1] = 1;
    ct_image_unref(&image);
}

TEST(image__new_says_when_memory_is_out)
{
    struct ct_image *image;
    struct ct_err err;
    ct_mem_fail_nth(1);
    CHECK_INT(ct_image_new(&image, 10, 10, 3, &err), CT_E_MEMORY);
    ct_mem_fail_nth(0);
    CHECK(!image);
}

TEST(image__lives_until_the_last_reference)
{
    struct ct_image *a, *b;
    REQUIRE(ct_image_new(&a, 2, 2, 3, NULL) == CT_OK);
    b = ct_image_ref(a);
    CHECK(a == b);
    ct_image_unref(&a);
    CHECK(!a);
    b->px[11] = 7; /* a use after free under ASan, were the count wrong */
    CHECK_INT(b->px[11], 7);
    ct_image_unref(&b);
}

TEST(image__ref_and_unref_take_null)
{
    struct ct_image *none = NULL;
    CHECK(!ct_image_ref(none));
    ct_image_unref(&none);
    CHECK(!none);
}
