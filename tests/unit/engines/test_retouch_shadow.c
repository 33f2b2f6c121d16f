/* Shadows are told from things, and what nobody can tell is said to be a guess. */
#include "base/mem.h"
#include "engines/scene/retouch/segment.h"
#include "engines/scene/retouch/shadow.h"

#include "t.h"

#include <string.h>

#define WIDTH 200
#define HEIGHT 150

static const struct ct_retouch alone;

static bool in_ball(int x, int y)
{
    return (x - 80) * (x - 80) + (y - 70) * (y - 70) < 32 * 32;
}

/* How much light is left in the ball's shadow on the table, which lies to its right, 0.3 to 1. */
static float light_left(int x, int y)
{
    float dx = (float)(x - 125) / 60, dy = (float)(y - 96) / 15, d = dx * dx + dy * dy;
    return d >= 1 ? 1 : 0.3f + 0.7f * d;
}

static uint8_t shaded(int value, float light)
{
    return (uint8_t)((float)value * light);
}

/* A ball on a brown table, lit from the left: white, and below in the very brown of its shadow. It
 * is mirrored below. */
static struct ct_image *table(void)
{
    struct ct_image *image;
    if (ct_image_new(&image, WIDTH, HEIGHT, 3, NULL) != CT_OK)
        return NULL;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint8_t *p = image->px + 3 * (y * WIDTH + x);
            int grain = (x * 7919 + y * 104729) % 5 - 2, lit = 20 - x / 10;
            float light = light_left(x, y);
            bool mirror = y >= 102 && y < 125 && x > 60 && x < 100;
            p[0] = shaded(190 + lit + grain - (mirror ? 18 : 0), light);
            p[1] = shaded(150 + lit + grain, light);
            p[2] = shaded(110 + lit + grain - (mirror ? 10 : 0), light);
            if (in_ball(x, y))
                memcpy(p, y < 80 ? (const uint8_t[3]){ 225, 225, 228 } : (const uint8_t[3]){ 84, 66, 47 }, 3);
        }
    return image;
}

TEST(retouch_shadow__a_subject_ends_where_its_shadow_begins)
{
    struct ct_image *image = table();
    struct ct_mask *mask = NULL;
    float confidence;
    int shadow = 0, taken = 0, ball = 0, kept = 0;
    REQUIRE(image && ct_segment_subject(&mask, &confidence, image, NULL, &alone, NULL) == CT_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int x = i % WIDTH, y = i / WIDTH;
        bool dark = !in_ball(x, y) && x > 114 && light_left(x, y) < 0.8f;
        shadow += dark;
        taken += dark && mask->px[i] > 127;
        ball += in_ball(x, y);
        kept += in_ball(x, y) && mask->px[i] > 127;
    }
    CHECK(kept > 0.97 * ball);
    CHECK(taken < 0.05 * shadow);

    CHECK(confidence > 0.5f);
    ct_mask_free(&mask);
    ct_image_unref(&image);
}

TEST(retouch_shadow__what_was_taken_with_its_shadow_gives_it_back)
{
    struct ct_image *image = table();
    uint8_t *labels = ct_calloc(WIDTH * HEIGHT, 2), *shadow = labels + WIDTH * HEIGHT;
    int dark = 0, told = 0, ball = 0;
    for (int i = 0; labels && i < WIDTH * HEIGHT; i++)
        labels[i] = in_ball(i % WIDTH, i / WIDTH) || light_left(i % WIDTH, i / WIDTH) < 0.8f;
    REQUIRE(image && labels && ct_shadow_inside(shadow, image, labels, NULL) == CT_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        bool in = in_ball(i % WIDTH, i / WIDTH);
        dark += labels[i] && !in && i % WIDTH > 114;
        told += shadow[i] && !in && i % WIDTH > 114;
        ball += shadow[i] && in;
    }
    CHECK(dark > 500);
    CHECK(told > 0.95 * dark);
    CHECK(ball < 30);
    ct_free(labels);
    ct_image_unref(&image);
}

static struct ct_mask *ball_mask(void)
{
    struct ct_mask *mask;
    if (ct_mask_new(&mask, WIDTH, HEIGHT, NULL) != CT_OK)
        return NULL;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        mask->px[i] = in_ball(i % WIDTH, i / WIDTH) ? 255 : 0;
    return mask;
}

TEST(retouch_shadow__a_hole_takes_shadow_and_reflection_and_no_more)
{
    struct ct_image *image = table();
    struct ct_mask *hole = ball_mask();
    int shadow = 0, dark = 0, mirror = 0, mirrored = 0, far = 0;
    REQUIRE(image && hole && ct_shadow_add(hole, image, &alone, NULL) == CT_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int x = i % WIDTH, y = i / WIDTH;
        bool in = hole->px[i] > 127, under = y >= 102 && y < 125 && x > 60 && x < 100;
        shadow += light_left(x, y) < 0.75f;

        dark += in && light_left(x, y) < 0.75f;
        mirror += under;
        mirrored += in && under;
        far += in && (y < 30 || y > 135 || x < 30);
    }
    CHECK(dark > 0.98 * shadow);
    CHECK(mirrored > 0.9 * mirror);
    CHECK_INT(far, 0);
    ct_mask_free(&hole);
    ct_image_unref(&image);
}

/* Fur up to the edges of the picture, that grows darker outwards; two eyes and a nose in it. */
static struct ct_image *close_up(void)
{
    static const int spots[3][3] = { { 76, 60, 13 }, { 124, 62, 13 }, { 100, 96, 10 } };
    struct ct_image *image;
    if (ct_image_new(&image, WIDTH, HEIGHT, 3, NULL) != CT_OK)
        return NULL;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint8_t *p = image->px + 3 * (y * WIDTH + x);
            int stripe = ((x * x / 90 + y) / 9) % 3 * 12, grain = (x * 7919 + y * 104729) % 19 - 9;
            int dx = x - 100, dy = y - 75, far = (dx * dx + dy * dy) / 180;
            int fur = 170 - far - stripe + grain, red = 60 - (dx * dx + dy * dy) / 30;
            red = red < 0 ? 0 : red;
            fur = fur < 60 ? 60 : fur;
            p[0] = (uint8_t)(fur + red);
            p[1] = (uint8_t)(fur * 8 / 10 - far / 4);
            p[2] = (uint8_t)(fur * 6 / 10 - red);
            for (int k = 0; k < 3; k++) {
                int sx = x - spots[k][0], sy = y - spots[k][1], r = spots[k][2];
                if (sx * sx + sy * sy < r * r)
                    memcpy(p, k < 2 ? (const uint8_t[3]){ 70, 110, 20 }
                                    : (const uint8_t[3]){ 190, 60, 50 }, 3);
            }
        }
    return image;
}

TEST(retouch_shadow__eyes_in_fur_are_a_guess)
{
    struct ct_image *image = close_up();
    struct ct_mask *mask = NULL;
    float confidence;
    REQUIRE(image && ct_segment_subject(&mask, &confidence, image, NULL, &alone, NULL) == CT_OK);
    CHECK(confidence < 0.5f);
    ct_mask_free(&mask);
    ct_image_unref(&image);
}

TEST(retouch_shadow__says_when_sizes_or_memory_are_wrong)
{
    struct ct_image *image = table();
    struct ct_mask *other, *hole = ball_mask();
    uint8_t *shadow = ct_calloc(WIDTH * HEIGHT, 2);
    REQUIRE(image && hole && shadow && ct_mask_new(&other, 20, 20, NULL) == CT_OK);
    CHECK_INT(ct_shadow_add(other, image, &alone, NULL), CT_E_INTERNAL);
    for (int round = 0; round < 2; round++)
        for (long nth = 1; nth < 9; nth++) {
            ct_mem_fail_nth(nth);
            ct_code rc = round ? ct_shadow_add(hole, image, &alone, NULL)
                               : ct_shadow_inside(shadow, image, shadow + WIDTH * HEIGHT, NULL);
            bool failed = ct_mem_fail_nth(0) >= nth;
            CHECK_INT(rc, failed ? CT_E_MEMORY : CT_OK);
        }
    ct_free(shadow);
    ct_mask_free(&other);
    ct_mask_free(&hole);
    ct_image_unref(&image);
}
