/* Eight floats at once: GCC vector extensions, with intrinsics where they say more.
 *
 * Only operations that round alike everywhere. Included by hot files: of render/ (render/isa.h) and
 * geometry/lumps.c. */
#ifndef CT_SCENE_SIMD_H
#define CT_SCENE_SIMD_H

#include "engines/scene/math/vec.h"

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/* Everything below is inline: no vector is passed between builds. */
#pragma GCC diagnostic ignored "-Wpsabi"

typedef float ct_f8 __attribute__((vector_size(32)));
typedef int32_t ct_i8 __attribute__((vector_size(32)));
typedef uint32_t ct_u8 __attribute__((vector_size(32)));

CT_INLINE ct_f8 ct_f8_set(float x)
{
    return (ct_f8){ x, x, x, x, x, x, x, x };
}

/* From memory aligned to 32 bytes. */
CT_INLINE ct_f8 ct_f8_load(const float *p)
{
    ct_f8 v;
    memcpy(&v, __builtin_assume_aligned(p, 32), sizeof(v));
    return v;
}

CT_INLINE void ct_f8_store(float *p, ct_f8 v)
{
    memcpy(__builtin_assume_aligned(p, 32), &v, sizeof(v));
}

CT_INLINE ct_u8 ct_u8_set(uint32_t x)
{
    return (ct_u8){ x, x, x, x, x, x, x, x };
}

CT_INLINE ct_u8 ct_u8_load(const uint32_t *p)
{
    ct_u8 v;
    memcpy(&v, __builtin_assume_aligned(p, 32), sizeof(v));
    return v;
}

#if defined(__AVX__)
CT_INLINE ct_f8 ct_f8_min(ct_f8 a, ct_f8 b)
{
    return (ct_f8)_mm256_min_ps((__m256)a, (__m256)b);
}
CT_INLINE ct_f8 ct_f8_max(ct_f8 a, ct_f8 b)
{
    return (ct_f8)_mm256_max_ps((__m256)a, (__m256)b);
}
CT_INLINE ct_f8 ct_f8_sqrt(ct_f8 a)
{
    return (ct_f8)_mm256_sqrt_ps((__m256)a);
}
/* One bit a lane: its sign. */
CT_INLINE uint32_t ct_i8_mask(ct_i8 m)
{
    return (uint32_t)_mm256_movemask_ps((__m256)m);
}
#elif defined(__SSE2__)
typedef union {
    ct_f8 wide;
    ct_i8 mask;
    __m128 half[2];
} ct_f8_halves;

CT_INLINE ct_f8 ct_f8_min(ct_f8 a, ct_f8 b)
{
    ct_f8_halves x = { .wide = a }, y = { .wide = b };
    x.half[0] = _mm_min_ps(x.half[0], y.half[0]);
    x.half[1] = _mm_min_ps(x.half[1], y.half[1]);
    return x.wide;
}
CT_INLINE ct_f8 ct_f8_max(ct_f8 a, ct_f8 b)
{
    ct_f8_halves x = { .wide = a }, y = { .wide = b };
    x.half[0] = _mm_max_ps(x.half[0], y.half[0]);
    x.half[1] = _mm_max_ps(x.half[1], y.half[1]);
    return x.wide;
}
CT_INLINE ct_f8 ct_f8_sqrt(ct_f8 a)
{
    ct_f8_halves x = { .wide = a };
    x.half[0] = _mm_sqrt_ps(x.half[0]);
    x.half[1] = _mm_sqrt_ps(x.half[1]);
    return x.wide;
}
CT_INLINE uint32_t ct_i8_mask(ct_i8 m)
{
    ct_f8_halves x = { .mask = m };
    return (uint32_t)(_mm_movemask_ps(x.half[0]) | _mm_movemask_ps(x.half[1]) << 4);
}
#else
/* As x86 has it: the second operand where a comparison with NaN fails. */
CT_INLINE ct_f8 ct_f8_min(ct_f8 a, ct_f8 b)
{
    ct_i8 less = a < b;
    return (ct_f8)((less & (ct_i8)a) | (~less & (ct_i8)b));
}
CT_INLINE ct_f8 ct_f8_max(ct_f8 a, ct_f8 b)
{
    ct_i8 more = a > b;
    return (ct_f8)((more & (ct_i8)a) | (~more & (ct_i8)b));
}
CT_INLINE ct_f8 ct_f8_sqrt(ct_f8 a)
{
    for (int i = 0; i < 8; i++)
        a[i] = sqrtf(a[i]);
    return a;
}
CT_INLINE uint32_t ct_i8_mask(ct_i8 m)
{
    uint32_t bits = 0;
    for (int i = 0; i < 8; i++)
        bits |= (uint32_t)(m[i] < 0) << i;
    return bits;
}
#endif

/* Lanes of a where the mask is set, of b elsewhere. */
CT_INLINE ct_f8 ct_f8_select(ct_i8 mask, ct_f8 a, ct_f8 b)
{
    return (ct_f8)((mask & (ct_i8)a) | (~mask & (ct_i8)b));
}
CT_INLINE ct_f8 ct_f8_abs(ct_f8 a)
{
    return (ct_f8)((ct_u8)a & ct_u8_set(0x7fffffffu));
}

#endif
