/* The sampler's promise: any power of two of samples of a pixel is stratified in every way. */
#include "engines/scene/render/sampler.h"

#include "t.h"

/* Every elementary box of area 1 / 2^bits holds exactly one of 2^bits samples: a (0, m, 2)-net. */
static int empty_boxes(uint32_t seed, uint32_t pair, int bits)
{
    int empty = 0;
    for (int xbits = 0; xbits <= bits; xbits++) {
        bool seen[256] = { false };
        for (uint32_t i = 0; i < 1u << bits; i++) {
            struct ct_sampler s = { seed, i, pair };
            ct_v2 u = ct_sample2(&s);
            int x = (int)(u.x * (float)(1 << xbits)), y = (int)(u.y * (float)(1 << (bits - xbits)));
            seen[x << (bits - xbits) | y] = true;
        }
        for (int i = 0; i < 1 << bits; i++)
            empty += !seen[i];
    }
    return empty;
}

TEST(scene_sampler__pairs_are_nets)
{
    for (uint32_t seed = 0; seed < 20; seed++)
        for (int bits = 0; bits <= 8; bits += 2)
            CHECK_INT(empty_boxes(ct_hash32(seed), seed % 5, bits), 0);
}

TEST(scene_sampler__pairs_of_different_dimensions_are_independent)
{
    double sum = 0;
    for (uint32_t i = 0; i < 4096; i++) {
        struct ct_sampler s = { 99, i, 0 };
        ct_v2 a = ct_sample2(&s), b = ct_sample2(&s);
        sum +=
            ((double)a.x - 0.5) * ((double)b.x - 0.5) + ((double)a.y - 0.5) * ((double)b.x - 0.5);
    }
    CHECK(sum / 4096 < 0.005 && sum / 4096 > -0.005);
}

TEST(scene_sampler__samples_stay_below_one)
{
    for (uint32_t i = 0; i < 100000; i++) {
        struct ct_sampler s = { i, i * 7919u, i };
        ct_v2 u = ct_sample2(&s);
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
