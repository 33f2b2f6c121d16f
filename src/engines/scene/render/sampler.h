/* Sample points: Sobol's first two dimensions, Owen-scrambled and shuffled by hashing.
 *
 * Laine & Karras 2011 hash, in the form of Burley, "Practical Hash-based Owen Scrambling" (JCGT
 * 2020): no tables, no state shared between pixels, any sample of any pixel can be drawn in any
 * order. Higher dimensions are pairs of the same two, each pair shuffled and scrambled by its own
 * seed ("padding").
 *
 * All pixels draw from one sequence, in the order of a Z-curve over the picture (Ahmed and Wonka,
 * "Screen-Space Blue-Noise Diffusion of Monte Carlo Sampling Error via Hierarchical Ordering of
 * Pixels", 2020). Not only a pixel's samples but also those of every square of 2, 4, 8... pixels
 * lie evenly, so the noise of neighbours cancels out when they are averaged: after the denoiser
 * there are no blotches left.
 *
 * Eight pairs are made at a time. */
#ifndef CT_SCENE_SAMPLER_H
#define CT_SCENE_SAMPLER_H

#include "engines/scene/math/noise.h"
#include "engines/scene/math/simd.h"

/* Pairs after so many, which few paths draw, are plain random numbers: even spacing no longer
 * helps there. */
#define CT_SAMPLER_STRATIFIED 16

/* What sets the pairs apart; the same for a whole drawing. */
struct ct_sampler_seeds {
    uint32_t shuffle[CT_SAMPLER_STRATIFIED], x[CT_SAMPLER_STRATIFIED], y[CT_SAMPLER_STRATIFIED];
} __attribute__((aligned(32)));

struct ct_sampler {
    ct_f8 x, y; /* the eight pairs that hold the next one */
    const struct ct_sampler_seeds *seeds;
    uint32_t index;     /* of the sample among those of all pixels */
    uint32_t dimension; /* pairs drawn so far */
};

CT_INLINE ct_u8 ct_reverse_bits(ct_u8 x)
{
    x = x << 24 | (x & 0xff00u) << 8 | ((x >> 8) & 0xff00u) | x >> 24;
    x = ((x >> 4) & 0x0f0f0f0fu) | ((x & 0x0f0f0f0fu) << 4);
    x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
    return ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
}

/* A hash in which each bit depends only on lower ones: on reversed bits it is a nested uniform
 * (Owen) scramble. Constants of N. Vegdahl, improved over the paper's. */
CT_INLINE ct_u8 ct_owen_hash(ct_u8 x, ct_u8 seed)
{
    x ^= x * 0x3d20adeau;
    x += seed;
    x *= (seed >> 16) | 1u;
    x ^= x * 0x05526c56u;
    return x ^ x * 0x53a22864u;
}

/* Sobol's second dimension of index i, bit-reversed: i times the upper triangular Pascal matrix
 * modulo 2. */
CT_INLINE ct_u8 ct_sobol2_reversed(ct_u8 i)
{
    i ^= (i >> 1) & 0x55555555u;
    i ^= (i >> 2) & 0x33333333u;
    i ^= (i >> 4) & 0x0f0f0f0fu;
    i ^= (i >> 8) & 0x00ff00ffu;
    return i ^ (i >> 16);
}

/* Sine and cosine of u turns, u in [0, 1], to 1e-6: a fifth of the time of ct_sincosf(). */
CT_INLINE void ct_turn(float u, float *sine, float *cosine)
{
    int quadrant = (int)(4 * u + 0.5f);
    float r = (4 * u - (float)quadrant) * 1.570796327f, z = r * r;
    float s = r * (1 + z * (-1 / 6.0f + z * (1 / 120.0f - z * (1 / 5040.0f))));
    float c = 1 + z * (-0.5f + z * (1 / 24.0f + z * (-1 / 720.0f + z * (1 / 40320.0f))));
    float ss = (quadrant & 1) ? c : s, cc = (quadrant & 1) ? s : c;
    *sine = (quadrant & 2) ? -ss : ss;
    *cosine = ((quadrant + 1) & 2) ? -cc : cc;
}

/* Every second bit of a number below 2^16. */
CT_INLINE uint32_t ct_spread_bits(uint32_t x)
{
    x = (x | x << 8) & 0x00ff00ffu;
    x = (x | x << 4) & 0x0f0f0f0fu;
    x = (x | x << 2) & 0x33333333u;
    return (x | x << 1) & 0x55555555u;
}

CT_INLINE void ct_sampler_seeds_init(struct ct_sampler_seeds *seeds, uint32_t seed)
{
    for (uint32_t i = 0; i < CT_SAMPLER_STRATIFIED; i++) {
        seeds->shuffle[i] = ct_hash32_combine(seed, i);
        seeds->x[i] = ct_hash32(seeds->shuffle[i] ^ 0xa511e9b3u);
        seeds->y[i] = ct_hash32(seeds->shuffle[i] ^ 0x63d83595u);
    }
}

/* Sample `sample` of a pixel that takes at most 2^bits of them. */
CT_INLINE void ct_sampler_init(struct ct_sampler *s, const struct ct_sampler_seeds *seeds, int x,
                               int y, int sample, int bits)
{
    uint32_t pixel = ct_spread_bits((uint32_t)x) | ct_spread_bits((uint32_t)y) << 1;
    s->seeds = seeds;
    s->index = pixel << bits | (uint32_t)sample;
    s->dimension = 0;
}

CT_INLINE ct_f8 ct_unit8(ct_u8 h)
{
    return __builtin_convertvector((ct_i8)(h >> 8), ct_f8) * 0x1p-24f;
}

/* The eight pairs from the current dimension on. */
CT_INLINE void ct_sampler_fill(struct ct_sampler *s)
{
    const struct ct_sampler_seeds *seeds = s->seeds;
    uint32_t first = s->dimension;
    ct_u8 index = ct_u8_set(s->index);
    if (first >= CT_SAMPLER_STRATIFIED) {
        for (uint32_t i = 0; i < 8; i++) {
            uint32_t h = ct_hash32(ct_hash32_combine(seeds->x[0], first + i) ^
                                   s->index * 0x9e3779b9u);
            s->x[i] = ct_hash32_unit(h);
            s->y[i] = ct_hash32_unit(ct_hash32(h + 0x63d83595u));
        }
        return;
    }
    ct_u8 shuffled = ct_owen_hash(ct_reverse_bits(index), ct_u8_load(seeds->shuffle + first));
    ct_u8 i = ct_reverse_bits(shuffled);
    /* Dimension 0 of Sobol is the reversed index, so reversing it twice cancels. */
    s->x = ct_unit8(ct_reverse_bits(ct_owen_hash(i, ct_u8_load(seeds->x + first))));
    s->y = ct_unit8(
        ct_reverse_bits(ct_owen_hash(ct_sobol2_reversed(i), ct_u8_load(seeds->y + first))));
}

/* The next pair, each in [0, 1). */
CT_INLINE ct_v2 ct_sample2(struct ct_sampler *s)
{
    uint32_t i = s->dimension & 7;
    if (i == 0)
        ct_sampler_fill(s);
    s->dimension++;
    return v2(s->x[i], s->y[i]);
}
CT_INLINE float ct_sample1(struct ct_sampler *s)
{
    return ct_sample2(s).x;
}

#endif
