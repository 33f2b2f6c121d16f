/* The tools for foreign pictures, on small ones whose answers are known. */
#include "base/mem.h"
#include "engines/scene/retouch/adjust.h"
#include "engines/scene/retouch/inpaint.h"
#include "engines/scene/retouch/matte.h"
#include "engines/scene/retouch/maxflow.h"
#include "engines/scene/retouch/plane.h"
#include "engines/scene/retouch/segment.h"

#include "t.h"

#include <string.h>

#define WIDTH 160
#define HEIGHT 120

static const struct ct_retouch alone;

static bool in_disc(int x, int y)
{
    int dx = x - 90, dy = y - 60;
    return dx * dx + dy * dy < 30 * 30;
}

/* A grey ramp with grain; with or without a red ball on it. */
static struct ct_image *scene(bool ball)
{
    struct ct_image *image;
    if (ct_image_new(&image, WIDTH, HEIGHT, 3, NULL) != CT_OK)
        return NULL;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint8_t *p = image->px + 3 * (y * WIDTH + x);
            int grain = (x * 7919 + y * 104729) % 7 - 3, grey = 120 + x / 4 + y / 3 + grain;
            p[0] = p[1] = p[2] = (uint8_t)grey;
            if (ball && in_disc(x, y)) {
                p[0] = (uint8_t)(150 + (90 - x) + grain);
                p[1] = p[2] = (uint8_t)(40 + grain);
            }
        }
    return image;
}

static struct ct_mask *disc(int grow)
{
    struct ct_mask *mask;
    if (ct_mask_new(&mask, WIDTH, HEIGHT, NULL) != CT_OK)
        return NULL;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            mask->px[y * WIDTH + x] = in_disc(x, y) ? 255 : 0;
    CHECK_INT(ct_plane_grow(mask, grow, NULL), CT_OK);
    return mask;
}

static double mean_difference(const struct ct_image *a, const struct ct_image *b)
{
    double sum = 0;
    size_t n = (size_t)a->width * (size_t)a->height;
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < 3; c++)
            sum += abs(a->px[i * (size_t)a->channels + c] - b->px[i * (size_t)b->channels + c]);
    return sum / (double)(3 * n);
}

TEST(retouch__a_cut_takes_the_cheapest_border)
{
    struct ct_cut *cut;
    REQUIRE(ct_cut_open(&cut, 6, 1, NULL) == CT_OK);
    static const int32_t ties[5] = { 9, 7, 2, 8, 9 };
    for (int round = 0; round < 2; round++) {
        ct_cut_reset(cut);
        ct_cut_pull(cut, 0, 0, 100);
        ct_cut_pull(cut, 5, 0, -100);
        for (int x = 0; x < 5; x++)
            ct_cut_tie(cut, x, 0, 0, round ? ties[4 - x] : ties[x]);
        CHECK_INT(ct_cut_run(cut, &alone, NULL), CT_OK);
        for (int x = 0; x < 6; x++)
            CHECK_INT(ct_cut_is_inside(cut, x, 0), x < 3);
    }
    ct_cut_free(&cut);
}

/* Against all 2^12 labellings of small random grids. */
TEST(retouch__a_cut_is_as_cheap_as_any)
{
    enum { W = 4, H = 3, N = W * H };
    static const int dx[4] = { 1, 0, 1, -1 }, dy[4] = { 0, 1, 1, 1 };
    struct ct_cut *cut;
    uint32_t state = 12345;
    REQUIRE(ct_cut_open(&cut, W, H, NULL) == CT_OK);
    for (int trial = 0; trial < 60; trial++) {
        int32_t pull[N], tie[N][4] = { { 0 } };
        ct_cut_reset(cut);
        for (int i = 0; i < N; i++) {
            state = state * 1664525 + 1013904223;
            pull[i] = (int32_t)(state >> 16) % 41 - 20;
            ct_cut_pull(cut, i % W, i / W, pull[i]);
            for (int k = 0; k < 4; k++) {
                int nx = i % W + dx[k], ny = i / W + dy[k];
                state = state * 1664525 + 1013904223;
                if (nx < 0 || nx >= W || ny >= H)
                    continue;
                tie[i][k] = (int32_t)(state >> 16) % 15;
                ct_cut_tie(cut, i % W, i / W, k, tie[i][k]);
            }
        }
        CHECK_INT(ct_cut_run(cut, &alone, NULL), CT_OK);
        int found = 0;
        for (int i = 0; i < N; i++)
            found |= ct_cut_is_inside(cut, i % W, i / W) << i;
        int best = INT32_MAX, cost_found = 0;
        for (int set = 0; set < 1 << N; set++) {
            int cost = 0;
            for (int i = 0; i < N; i++) {
                bool in = set >> i & 1;
                cost += pull[i] > 0 && !in ? pull[i] : pull[i] < 0 && in ? -pull[i] : 0;
                for (int k = 0; k < 4; k++)
                    if (tie[i][k] && in != (set >> (i + dx[k] + W * dy[k]) & 1))
                        cost += tie[i][k];
            }
            best = cost < best ? cost : best;
            cost_found = set == found ? cost : cost_found;
        }
        CHECK_INT(cost_found, best);
    }
    ct_cut_free(&cut);
}

TEST(retouch__a_membrane_continues_a_ramp)
{
    struct ct_plane plane;
    uint8_t open[60 * 40];
    REQUIRE(ct_plane_open(&plane, 60, 40, NULL) == CT_OK);
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 60; x++) {
            open[y * 60 + x] = x > 10 && x < 45 && y > 8 && y < 33;
            plane.v[y * 60 + x] = open[y * 60 + x] ? 999 : (float)(2 * x + 3 * y);
        }
    REQUIRE(ct_plane_fill(&plane, open, NULL, NULL) == CT_OK);
    for (int i = 0; i < 60 * 40; i++)
        CHECK(plane.v[i] - (float)(2 * (i % 60) + 3 * (i / 60)) < 1.0f &&
              plane.v[i] - (float)(2 * (i % 60) + 3 * (i / 60)) > -1.0f);
    ct_plane_release(&plane);
}

TEST(retouch__masks_grow_and_shrink)
{
    struct ct_mask *mask;
    REQUIRE(ct_mask_new(&mask, 20, 20, NULL) == CT_OK);
    mask->px[10 * 20 + 10] = 255;
    CHECK_INT(ct_plane_grow(mask, 3, NULL), CT_OK);
    CHECK_INT(mask->px[7 * 20 + 13], 255);
    CHECK_INT(mask->px[6 * 20 + 10], 0);
    CHECK_INT(ct_plane_grow(mask, -2, NULL), CT_OK);
    CHECK_INT(mask->px[11 * 20 + 11], 255);
    CHECK_INT(mask->px[12 * 20 + 10], 0);
    CHECK_INT(ct_plane_feather(mask, 4, NULL), CT_OK);
    CHECK(mask->px[10 * 20 + 10] > mask->px[10 * 20 + 12]);
    CHECK(mask->px[10 * 20 + 12] > 0);
    ct_mask_free(&mask);
}

TEST(retouch__an_object_is_gone_and_the_rest_is_the_same)
{
    struct ct_image *with_ball = scene(true), *without = scene(false), *out = NULL;
    struct ct_mask *hole = disc(3);
    REQUIRE(with_ball && without && hole);
    REQUIRE(ct_inpaint(&out, with_ball, hole, NULL, &alone, NULL) == CT_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        if (hole->px[i] == 0)
            CHECK(memcmp(out->px + 3 * i, with_ball->px + 3 * i, 3) == 0);
    CHECK(mean_difference(out, without) < 2);
    ct_image_unref(&out);
    memset(hole->px, 255, WIDTH * HEIGHT);
    CHECK_INT(ct_inpaint(&out, with_ball, hole, NULL, &alone, NULL), CT_E_INTERNAL);
    CHECK(out == NULL);
    ct_mask_free(&hole);
    ct_image_unref(&with_ball);
    ct_image_unref(&without);
}

/* Two balls, one to go: without `avoid` the other might be copied into its place. */
TEST(retouch__what_is_to_be_avoided_is_not_copied)
{
    struct ct_image *image = scene(true), *out = NULL;
    struct ct_mask *avoid = disc(2), *hole;
    REQUIRE(image && avoid && ct_mask_new(&hole, WIDTH, HEIGHT, NULL) == CT_OK);
    for (int y = 30; y < 95; y++)
        memset(hole->px + y * WIDTH + 10, 255, 40);
    REQUIRE(ct_inpaint(&out, image, hole, avoid, &alone, NULL) == CT_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        if (hole->px[i])
            CHECK(abs(out->px[3 * i] - out->px[3 * i + 1]) < 12);
    ct_image_unref(&out);
    ct_image_unref(&image);
    ct_mask_free(&hole);
    ct_mask_free(&avoid);
}

TEST(retouch__a_canvas_grows)
{
    struct ct_image *image = scene(false), *out = NULL;
    REQUIRE(image && ct_outpaint(&out, image, 200, 140, 20, 10, &alone, NULL) == CT_OK);
    for (int y = 0; y < HEIGHT; y++)
        CHECK(memcmp(out->px + ((y + 10) * 200 + 20) * 3, image->px + y * WIDTH * 3, WIDTH * 3) ==
              0);
    for (int i = 0; i < 200 * 140; i++)
        CHECK(out->px[3 * i] > 90 && out->px[3 * i] < 230);
    ct_image_unref(&out);
    CHECK_INT(ct_outpaint(&out, image, 170, 120, 20, 0, &alone, NULL), CT_E_INTERNAL);
    ct_image_unref(&image);
}

static double overlap(const struct ct_mask *mask)
{
    double both = 0, either = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        bool found = mask->px[i] > 127, is = in_disc(i % WIDTH, i / WIDTH);
        both += found && is;
        either += found || is;
    }
    return both / either;
}

TEST(retouch__a_subject_is_found)
{
    struct ct_image *image = scene(true), *plain, *cut;
    struct ct_mask *mask;
    float confidence;
    REQUIRE(image && ct_segment_subject(&mask, &confidence, image, NULL, &alone, NULL) == CT_OK);
    CHECK(overlap(mask) > 0.95);
    CHECK(confidence > 0.5f);
    REQUIRE(ct_matte_cut_out(&cut, image, mask, &alone, NULL) == CT_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        if (mask->px[i] > 40) /* no grey of the background in the edge */
            CHECK(cut->px[4 * i + 1] < 90);
    ct_image_unref(&cut);
    ct_mask_free(&mask);
    /* Nothing to find. */
    REQUIRE(ct_image_new(&plain, WIDTH, HEIGHT, 3, NULL) == CT_OK);
    REQUIRE(ct_segment_subject(&mask, &confidence, plain, NULL, &alone, NULL) == CT_OK);
    CHECK(confidence == 0);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        CHECK_INT(mask->px[i], 0);
    ct_mask_free(&mask);
    ct_image_unref(&plain);
    ct_image_unref(&image);
}

/* A blue sky over grass, and two balls: a large red one and a small blue one. */
static struct ct_image *meadow(void)
{
    struct ct_image *image;
    if (ct_image_new(&image, WIDTH, HEIGHT, 3, NULL) != CT_OK)
        return NULL;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            static const uint8_t blue[3] = { 40, 60, 170 };
            int grain = (x * 7919 + y * 104729) % 7 - 3, bx = x - 30, by = y - 95;
            uint8_t *p = image->px + 3 * (y * WIDTH + x);
            const uint8_t sky[3] = { (uint8_t)(120 + y), (uint8_t)(165 + y / 2), 235 };
            const uint8_t grass[3] = { (uint8_t)(70 + grain), (uint8_t)(105 + grain), 45 };
            memcpy(p, y < 50 ? sky : grass, 3);
            if (in_disc(x, y))
                memcpy(p, (const uint8_t[3]){ (uint8_t)(150 + (90 - x)), 40, 35 }, 3);
            if (bx * bx + by * by < 144)
                memcpy(p, blue, 3);
        }
    return image;
}

static double share_found(const struct ct_mask *found, bool (*in)(int x, int y))
{
    double both = 0, either = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            bool a = found->px[y * WIDTH + x] > 127, b = in(x, y);
            both += a && b;
            either += a || b;
        }
    return either > 0 ? both / either : 0;
}

static bool in_small_ball(int x, int y)
{
    return (x - 30) * (x - 30) + (y - 95) * (y - 95) < 144;
}

static bool in_sky(int x, int y)
{
    return y < 50 && !in_disc(x, y);
}

TEST(retouch__a_thing_is_found_by_its_colour_and_the_sky_by_itself)
{
    static const struct {
        struct ct_segment_params how;
        bool (*in)(int x, int y);
    } rows[] = {
        { { .what = CT_SEGMENT_COLOR, .color = 0xff0000 }, in_disc },
        { { .what = CT_SEGMENT_COLOR, .color = 0x000080 }, in_small_ball },
        { { .what = CT_SEGMENT_SKY }, in_sky },
    };
    struct ct_image *image = meadow();
    float confidence;
    for (size_t i = 0; image && i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct ct_mask *found = NULL;
        CHECK_INT(ct_segment_subject(&found, &confidence, image, &rows[i].how, &alone, NULL),
                  CT_OK);
        CHECK(confidence > 0.5f);
        CHECK(found && share_found(found, rows[i].in) > 0.9);
        ct_mask_free(&found);
    }
    struct ct_mask *none = NULL;
    const struct ct_segment_params purple = { .what = CT_SEGMENT_COLOR, .color = 0xff00ff };
    CHECK_INT(ct_segment_subject(&none, &confidence, image, &purple, &alone, NULL), CT_OK);
    CHECK(confidence < 0.001f);
    ct_mask_free(&none);
    ct_image_unref(&image);
}

TEST(retouch__a_blur_keeps_what_is_masked_out_of_it)
{
    struct ct_image *image = scene(true), *out = NULL;
    struct ct_mask *around = disc(0);
    const struct ct_adjust how = { 1, 1, 0, 40 };
    double red = 0, n = 0;
    for (size_t i = 0; around && i < (size_t)WIDTH * HEIGHT; i++)
        around->px[i] = (uint8_t)(255 - around->px[i]);
    CHECK_INT(ct_adjust(&out, image, around, &how, NULL), CT_OK);
    for (int y = 0; out && y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const uint8_t *p = out->px + 3 * (y * WIDTH + x);
            if (in_disc(x, y)) {
                CHECK(memcmp(p, image->px + 3 * (y * WIDTH + x), 3) == 0);
            } else {
                red += p[0] - p[1]; /* the ball does not run into it */
                n++;
            }
        }
    CHECK(n > 0 && red / n < 1);
    ct_image_unref(&image);
    ct_image_unref(&out);
    ct_mask_free(&around);
}

TEST(retouch__the_pool_changes_nothing)
{
    struct ct_pool *pool = NULL;
    struct ct_image *image = scene(true), *one, *many;
    struct ct_mask *hole = disc(3), *a, *b;
    float confidence;
    REQUIRE(image && hole && ct_pool_new(&pool, 3, NULL) == CT_OK);
    struct ct_retouch with = { .pool = pool };
    REQUIRE(ct_inpaint(&one, image, hole, NULL, &alone, NULL) == CT_OK);
    REQUIRE(ct_inpaint(&many, image, hole, NULL, &with, NULL) == CT_OK);
    CHECK(memcmp(one->px, many->px, WIDTH * HEIGHT * 3) == 0);
    REQUIRE(ct_segment_subject(&a, &confidence, image, NULL, &alone, NULL) == CT_OK);
    REQUIRE(ct_segment_subject(&b, &confidence, image, NULL, &with, NULL) == CT_OK);
    CHECK(memcmp(a->px, b->px, WIDTH * HEIGHT) == 0);
    ct_mask_free(&a);
    ct_mask_free(&b);
    ct_mask_free(&hole);
    ct_image_unref(&one);
    ct_image_unref(&many);
    ct_image_unref(&image);
    ct_pool_free(&pool);
}

TEST(retouch__stops_when_cancelled_and_says_when_there_is_no_memory)
{
    atomic_int cancel = 1;
    struct ct_retouch with = { .cancel = &cancel };
    struct ct_image *image = scene(true), *out;
    struct ct_mask *hole = disc(3), *mask;
    float confidence;
    REQUIRE(image && hole);
    CHECK_INT(ct_inpaint(&out, image, hole, NULL, &with, NULL), CT_E_CANCELLED);
    CHECK_INT(ct_segment_subject(&mask, &confidence, image, NULL, &with, NULL), CT_E_CANCELLED);
    for (long nth = 1; nth < 40; nth += 3) {
        ct_mem_fail_nth(nth);
        ct_code rc = ct_segment_subject(&mask, &confidence, image, NULL, &alone, NULL);
        bool failed = ct_mem_fail_nth(0) >= nth;
        CHECK_INT(rc, failed ? CT_E_MEMORY : CT_OK);
        ct_mask_free(&mask);
    }
    ct_mask_free(&hole);
    ct_image_unref(&image);
}
