/* Sample points: Sobol's first two dimensions, Owen-scrambled and shuffled by hashing.
 *
 * Laine & Karras 2011 hash, in the form of Burley, "Practical Hash-based Owen Scrambling" (JCGT
 * 2020): no tables, no state shared between pixels, any sample of any pixel can be drawn in any
 * order. Higher dimensions are pairs of the same two, each pair shuffled and scrambled by its own
 * seed ("padding"). */
#ifndef CT_SCENE_SAMPLER_H
#define CT_SCENE_SAMPLER_H

#include "engines/scene/math/noise.h"

/* Pairs after so many, which few paths draw, are plain random numbers: even spacing no longer
 * helps there and costs three times as much. */
#define CT_SAMPLER_STRATIFIED 12

struct ct_sampler {
    uint32_t seed;      /* of the pixel */
    uint32_t index;     /* of the sample */
    uint32_t dimension; /* pairs drawn so far */
};

CT_INLINE uint32_t ct_reverse_bits(uint32_t x)
{
    x = __builtin_bswap32(x);
    x = ((x >> 4) & 0x0f0f0f0fu) | ((x & 0x0f0f0f0fu) << 4);
    x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
    return ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
}

/* A hash in which each bit depends only on lower ones: on reversed bits it is a nested uniform
 * (Owen) scramble. Constants of N. Vegdahl, improved over the paper's. */
CT_INLINE uint32_t ct_owen_hash(uint32_t x, uint32_t seed)
{
    x ^= x * 0x3d20adeau;
    x += seed;
    x *= (seed >> 16) | 1u;
    x ^= x * 0x05526c56u;
    return x ^ x * 0x53a22864u;
}

/* Sobol's second dimension of index i, bit-reversed: i times the upper triangular Pascal matrix
 * modulo 2. */
CT_INLINE uint32_t ct_sobol2_reversed(uint32_t i)
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

/* The next pair, each in [0, 1). */
CT_INLINE ct_v2 ct_sample2(struct ct_sampler *s)
{
    uint32_t seed = ct_hash32_combine(s->seed, s->dimension++);
    if (s->dimension > CT_SAMPLER_STRATIFIED) {
        uint32_t h = ct_hash32(seed ^ s->index * 0x9e3779b9u);
        return v2(ct_hash32_unit(h), ct_hash32_unit(ct_hash32(h + 0x63d83595u)));
    }
    uint32_t i = ct_reverse_bits(ct_owen_hash(ct_reverse_bits(s->index), seed));
    /* Dimension 0 of Sobol is the reversed index, so reversing it twice cancels. */
    uint32_t x = ct_reverse_bits(ct_owen_hash(i, ct_hash32(seed ^ 0xa511e9b3u)));
    uint32_t y =
        ct_reverse_bits(ct_owen_hash(ct_sobol2_reversed(i), ct_hash32(seed ^ 0x63d83595u)));
    return v2(ct_hash32_unit(x), ct_hash32_unit(y));
}
CT_INLINE float ct_sample1(struct ct_sampler *s)
{
    return ct_sample2(s).x;
}

#endif
