/* The sampler's promise: any power of two of samples of a pixel is stratified in every way, and so
 * are those of a square of pixels. */
#include "engines/scene/render/sampler.h"

#include "t.h"

#include <math.h>

static ct_v2 pair_of(const struct ct_sampler_seeds *seeds, int x, int y, int sample, int bits,
                     int pair)
{
    struct ct_sampler s;
    ct_v2 u = { 0 };
    ct_sampler_init(&s, seeds, x, y, sample, bits);
    for (int i = 0; i <= pair; i++)
        u = ct_sample2(&s);
    return u;
}

/* Every elementary box of area 1 / 2^bits holds exactly one of 2^bits points: a (0, m, 2)-net. */
static int empty_boxes(const ct_v2 *points, int bits)
{
    int empty = 0;
    for (int xbits = 0; xbits <= bits; xbits++) {
        bool seen[256] = { false };
        for (int i = 0; i < 1 << bits; i++) {
            int x = (int)(points[i].x * (float)(1 << xbits));
            int y = (int)(points[i].y * (float)(1 << (bits - xbits)));
            seen[x << (bits - xbits) | y] = true;
        }
        for (int i = 0; i < 1 << bits; i++)
            empty += !seen[i];
    }
    return empty;
}

TEST(scene_sampler__samples_of_a_pixel_are_nets)
{
    struct ct_sampler_seeds seeds;
    ct_v2 points[256];
    for (int bits = 0; bits <= 8; bits += 2) {
        for (int pair = 0; pair < CT_SAMPLER_STRATIFIED; pair++) {
            ct_sampler_seeds_init(&seeds, (uint32_t)(bits * 100 + pair));
            for (int i = 0; i < 1 << bits; i++)
                points[i] = pair_of(&seeds, 1000 + bits, 77 * pair, i, 8, pair);
            CHECK_INT(empty_boxes(points, bits), 0);
        }
    }
}

TEST(scene_sampler__squares_of_pixels_are_nets)
{
    struct ct_sampler_seeds seeds;
    ct_v2 points[256];
    ct_sampler_seeds_init(&seeds, 4);
    for (int pair = 0; pair < CT_SAMPLER_STRATIFIED; pair++) {
        for (int i = 0; i < 256; i++) /* 8x8 pixels of 4 samples */
            points[i] = pair_of(&seeds, 40 + i / 4 % 8, 1024 + i / 32, i % 4, 2, pair);
        CHECK_INT(empty_boxes(points, 8), 0);
    }
}

TEST(scene_sampler__pairs_of_different_dimensions_are_independent)
{
    struct ct_sampler_seeds seeds;
    ct_sampler_seeds_init(&seeds, 99);
    for (int apart = 1; apart < 2 * CT_SAMPLER_STRATIFIED; apart++) {
        double sum = 0;
        for (int i = 0; i < 4096; i++) {
            ct_v2 a = pair_of(&seeds, 3, 5, i, 12, 0), b = pair_of(&seeds, 3, 5, i, 12, apart);
            sum += ((double)a.x - 0.5) * ((double)b.x - 0.5) +
                   ((double)a.y - 0.5) * ((double)b.x - 0.5);
        }
        CHECK(fabs(sum / 4096) < 0.007);
    }
}

TEST(scene_sampler__samples_stay_below_one)
{
    struct ct_sampler_seeds seeds;
    for (int i = 0; i < 20000; i++) {
        ct_sampler_seeds_init(&seeds, (uint32_t)i);
        ct_v2 u = pair_of(&seeds, i * 7 % 4096, i * 3 % 2304, i % 16, 4, i % 40);
        CHECK(u.x >= 0 && u.x < 1 && u.y >= 0 && u.y < 1);
    }
}

TEST(scene_sampler__turns_are_sines_and_cosines)
{
    double worst = 0;
    for (int i = 0; i < 20000; i++) {
        float u = (float)i / 20000.0f, s, c;
        ct_turn(u, &s, &c);
        worst = fmax(worst, fabs((double)s - sin(2 * M_PI * (double)u)));
        worst = fmax(worst, fabs((double)c - cos(2 * M_PI * (double)u)));
    }
    CHECK(worst < 1e-6);
}
