/* Gradient noise (Perlin 2002) and its fractal sum: what textures are made of.
 *
 * Pure and deterministic: a point gives the same value on every machine. */
#ifndef CT_SCENE_NOISE_H
#define CT_SCENE_NOISE_H

#include "engines/scene/math/vec.h"

#include <stdint.h>

/* Roughly in [-1, 1], 0 at integer points, period none in practice (the lattice is hashed).
 * 0 where a coordinate is NaN or beyond 2^30. */
float ct_noise3(ct_v3 p);

/* ct_noise3() of n points, to the same bits; eight at a time, which is quicker for each. */
void ct_noise3_many(float *out, const ct_v3 *p, int n);

/* Octaves of noise, each at 2.03 times the frequency and half the weight: roughly [-1, 1]. At most
 * CT_OCTAVES_MAX. */
#define CT_OCTAVES_MAX 8
float ct_fbm3(ct_v3 p, int octaves);
/* Its parts, for textures that gather all their points for one ct_noise3_many(): writes the points
 * of the octaves and returns how many; and the weighted sum of their noise. */
int ct_octaves(ct_v3 *out, ct_v3 p, int octaves);
float ct_octave_sum(const float *noise, int octaves);

/* Integer hash with full avalanche (lowbias32 of C. Wellons) and a way to mix two. */
CT_INLINE uint32_t ct_hash32(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ (x >> 16);
}
CT_INLINE uint32_t ct_hash32_combine(uint32_t a, uint32_t b)
{
    return ct_hash32(a ^ (b + 0x9e3779b9u + (a << 6) + (a >> 2)));
}
/* A hash as a float in [0, 1). */
CT_INLINE float ct_hash32_unit(uint32_t h)
{
    return (float)(h >> 8) * 0x1p-24f;
}

#endif
