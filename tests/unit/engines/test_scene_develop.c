/* From radiance to bytes. */
#include "base/mem.h"
#include "engines/scene/render/develop.h"

#include "t.h"

enum { W = 32, H = 16 };

static struct ct_image *develop(const float *hdr, struct ct_film *film, const struct ct_post *post)
{
    struct ct_image *image = NULL;
    CHECK_INT(ct_develop(&image, hdr, NULL, film, post, NULL, NULL, NULL), CT_OK);
    return image;
}

static void fill(float *hdr, float value)
{
    for (int i = 0; i < W * H * 3; i++)
        hdr[i] = value;
}

TEST(scene_develop__neutral_keeps_colours_below_its_shoulder)
{
    float hdr[W * H * 3];
    struct ct_film film;
    const struct ct_post post = { .exposure = 1, .tone = CT_TONE_CURVE_NEUTRAL };
    REQUIRE(ct_film_init(&film, W, H, false, NULL) == CT_OK);
    fill(hdr, 0.54f); /* less the curve's 0.04: sRGB 187.5 */
    struct ct_image *image = develop(hdr, &film, &post);
    REQUIRE(image);
    CHECK_INT(image->channels, 3);
    for (int i = 0; i < W * H * 3; i++)
        CHECK(image->px[i] >= 187 && image->px[i] <= 189);
    ct_image_unref(&image);
    fill(hdr, 100);
    image = develop(hdr, &film, &post);
    CHECK(image && image->px[0] >= 253);
    ct_image_unref(&image);
    ct_film_release(&film);
}

TEST(scene_develop__exposure_vignette_and_bloom_do_what_they_say)
{
    float hdr[W * H * 3];
    struct ct_film film;
    struct ct_post post = { .exposure = 1, .tone = CT_TONE_CURVE_ACES };
    REQUIRE(ct_film_init(&film, W, H, false, NULL) == CT_OK);
    fill(hdr, 0.2f);
    hdr[3 * (8 * W + 16)] = 15; /* one bright red point */
    struct ct_image *plain = develop(hdr, &film, &post);
    post.exposure = 2;
    struct ct_image *bright = develop(hdr, &film, &post);
    post = (struct ct_post){ .exposure = 1, .vignette = 0.8f };
    struct ct_image *vignette = develop(hdr, &film, &post);
    post = (struct ct_post){ .exposure = 1, .bloom = 0.5f };
    struct ct_image *bloom = develop(hdr, &film, &post);
    REQUIRE(plain && bright && vignette && bloom);
    CHECK(bright->px[0] > plain->px[0] + 20);
    CHECK(vignette->px[0] + 20 < plain->px[0]);
    CHECK(abs(vignette->px[3 * (8 * W + 14) + 1] - plain->px[3 * (8 * W + 14) + 1]) <= 2);
    CHECK(bloom->px[3 * (8 * W + 17)] > plain->px[3 * (8 * W + 17)] + 10);
    CHECK(abs(bloom->px[3 * (8 * W + 17) + 1] - plain->px[3 * (8 * W + 17) + 1]) <= 16);
    ct_image_unref(&plain);
    ct_image_unref(&bright);
    ct_image_unref(&vignette);
    ct_image_unref(&bloom);
    ct_film_release(&film);
}

TEST(scene_develop__coverage_becomes_straight_alpha)
{
    float hdr[W * H * 3];
    struct ct_film film;
    const struct ct_post post = {
        .exposure = 1, .tone = CT_TONE_CURVE_NEUTRAL, .bloom = 1, .vignette = 1
    };
    REQUIRE(ct_film_init(&film, W, H, true, NULL) == CT_OK);
    fill(hdr, 0.54f);
    for (int i = 0; i < film.tiles_x * film.tiles_y; i++)
        film.tile_samples[i] = 8;
    film.covered[1] = 2;
    film.covered[2] = 8;
    struct ct_image *image = develop(hdr, &film, &post);
    REQUIRE(image);
    CHECK_INT(image->channels, 4);
    CHECK(image->px[0] == 0 && image->px[3] == 0);
    CHECK_INT(image->px[7], 64);
    CHECK_INT(image->px[11], 255);
    CHECK(abs(image->px[4] - 188) <= 1 && abs(image->px[8] - 188) <= 1);
    ct_image_unref(&image);
    ct_film_release(&film);
}

TEST(scene_develop__odd_numbers_and_failures_are_handled)
{
    float hdr[W * H * 3];
    struct ct_film film;
    struct ct_image *image = NULL;
    atomic_int cancel = 1;
    const struct ct_post post = { .exposure = 1, .bloom = 0.1f };
    REQUIRE(ct_film_init(&film, W, H, false, NULL) == CT_OK);
    fill(hdr, NAN);
    hdr[30] = INFINITY;
    hdr[31] = -INFINITY;
    image = develop(hdr, &film, &post);
    CHECK(image && image->px[3 * 100] <= 255);
    ct_image_unref(&image);
    CHECK_INT(ct_develop(&image, hdr, NULL, &film, &post, NULL, &cancel, NULL), CT_E_CANCELLED);
    CHECK(!image);
    ct_mem_fail_nth(0);
    image = develop(hdr, &film, &post);
    ct_image_unref(&image);
    long allocations = ct_mem_fail_nth(0);
    for (long n = 1; n <= allocations; n++) {
        ct_mem_fail_nth(n);
        CHECK_INT(ct_develop(&image, hdr, NULL, &film, &post, NULL, NULL, NULL), CT_E_MEMORY);
    }
    ct_mem_fail_nth(0);
    ct_film_release(&film);
}
