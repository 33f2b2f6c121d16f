/* Looks: each changes the picture, keeps its alpha and size, gives the same bytes again, and works
 * from one pixel upwards. */
#include "base/mem.h"
#include "engines/scene/style/style.h"

#include "t.h"

#include <string.h>

/* A red disc on a grey ramp, half transparent on the left. */
static struct ct_image *sample(int width, int height, int channels)
{
    struct ct_image *image = NULL;
    struct ct_err err = { 0 };
    CHECK_INT(ct_image_new(&image, width, height, channels, &err), CT_OK);
    for (int y = 0; image && y < height; y++)
        for (int x = 0; x < width; x++) {
            uint8_t *p = image->px + (y * width + x) * channels;
            int dx = 2 * x - width, dy = 2 * y - height;
            bool disc = 4 * (dx * dx + dy * dy) < width * height;
            p[0] = (uint8_t)(disc ? 200 : 90 + 120 * x / width);
            p[1] = p[2] = (uint8_t)(disc ? 30 : 90 + 120 * x / width);
            if (channels == 4)
                p[3] = x < width / 2 ? 128 : 255;
        }
    return image;
}

static bool alpha_kept(const struct ct_image *a, const struct ct_image *b)
{
    for (int i = 0; i < a->width * a->height; i++)
        if (a->px[4 * i + 3] != b->px[4 * i + 3])
            return false;
    return true;
}

static bool has_look(enum ct_look_style style)
{
    return style != CT_LOOK_STYLE_NONE && style != CT_LOOK_STYLE_photo &&
           style != CT_LOOK_STYLE_minimalist;
}

TEST(style__every_look_changes_the_picture_in_the_same_way_each_time)
{
    struct ct_err err = { 0 };
    for (int s = 0; s < CT_LOOK_STYLE_COUNT; s++) {
        enum ct_look_style style = (enum ct_look_style)s;
        struct ct_image *before = sample(96, 64, 4), *a = sample(96, 64, 4);
        struct ct_image *b = sample(96, 64, 4);
        size_t bytes = 96 * 64 * 4;
        REQUIRE(before && a && b);
        CHECK_INT(ct_style_apply(a, style, &err), CT_OK);
        CHECK_INT(ct_style_apply(b, style, &err), CT_OK);
        CHECK(memcmp(a->px, b->px, bytes) == 0);
        CHECK((memcmp(a->px, before->px, bytes) != 0) == has_look(style));
        CHECK(alpha_kept(a, before));
        ct_image_unref(&before);
        ct_image_unref(&a);
        ct_image_unref(&b);
    }
}

TEST(style__works_at_any_size)
{
    static const int sizes[][2] = { { 1, 1 }, { 1, 40 }, { 130, 2 }, { 65, 63 } };
    struct ct_err err = { 0 };
    for (int s = 0; s < CT_LOOK_STYLE_COUNT; s++)
        for (int i = 0; i < 4; i++) {
            struct ct_image *image = sample(sizes[i][0], sizes[i][1], 3);
            REQUIRE(image);
            CHECK_INT(ct_style_apply(image, (enum ct_look_style)s, &err), CT_OK);
            ct_image_unref(&image);
        }
}

TEST(style__a_mean_is_a_mean)
{
    struct ct_err err = { 0 };
    struct ct_canvas canvas;
    struct ct_image *image = sample(70, 9, 3);
    REQUIRE(image && ct_canvas_open(&canvas, image, NULL, &err) == CT_OK);
    ct_canvas_mean(&canvas, canvas.work[0], canvas.rgb[0], 2);
    double sum = 0;
    for (int y = 2; y <= 6; y++)
        for (int x = 63; x <= 67; x++)
            sum += (double)canvas.rgb[0][y * 70 + x];
    double off = (double)canvas.work[0][4 * 70 + 65] - sum / 25;
    CHECK(off < 1e-5 && off > -1e-5);
    ct_canvas_release(&canvas);
    ct_image_unref(&image);
}

TEST(style__monochrome_has_no_colour_and_pixel_art_has_squares)
{
    struct ct_err err = { 0 };
    struct ct_image *grey = sample(40, 40, 3), *art = sample(300, 300, 3);
    REQUIRE(grey && art);
    CHECK_INT(ct_style_apply(grey, CT_LOOK_STYLE_monochrome, &err), CT_OK);
    bool neutral = true, even = true;
    for (int i = 0; i < 40 * 40; i++)
        neutral = neutral && grey->px[3 * i] == grey->px[3 * i + 1] &&
                  grey->px[3 * i] == grey->px[3 * i + 2];
    CHECK(neutral);
    CHECK_INT(ct_style_apply(art, CT_LOOK_STYLE_pixel_art, &err), CT_OK);
    for (int y = 0; y < 300; y++)
        for (int x = 0; x < 300; x++)
            even = even && memcmp(art->px + 3 * (300 * y + x),
                                  art->px + 3 * (300 * (y / 3 * 3) + x / 3 * 3), 3) == 0;
    CHECK(even);
    ct_image_unref(&grey);
    ct_image_unref(&art);
}

TEST(style__without_memory_the_picture_stays_as_it_was)
{
    struct ct_err err = { 0 };
    struct ct_image *image = sample(8, 8, 3), *before = sample(8, 8, 3);
    REQUIRE(image && before);
    ct_mem_fail_nth(1);
    ct_code code = ct_style_apply(image, CT_LOOK_STYLE_sepia, &err);
    ct_mem_fail_nth(0);
    CHECK_INT(code, CT_E_MEMORY);
    CHECK(memcmp(image->px, before->px, 8 * 8 * 3) == 0);
    ct_image_unref(&image);
    ct_image_unref(&before);
}

TEST(style__the_pool_changes_nothing)
{
    struct ct_pool *pool = NULL;
    REQUIRE(ct_pool_new(&pool, 3, NULL) == CT_OK);
    for (int s = 0; s < CT_LOOK_STYLE_COUNT; s++) {
        struct ct_image *a = sample(131, 97, 3), *b = sample(131, 97, 3);
        REQUIRE(a && b);
        CHECK_INT(ct_style_apply(a, (enum ct_look_style)s, NULL), CT_OK);
        CHECK_INT(ct_style_apply_on(b, (enum ct_look_style)s, pool, NULL), CT_OK);
        CHECK(memcmp(a->px, b->px, 131 * 97 * 3) == 0);
        ct_image_unref(&a);
        ct_image_unref(&b);
    }
    ct_pool_free(&pool);
}
