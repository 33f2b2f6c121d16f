/* Elementary functions of our own, so that a picture is the same bytes on every machine.
 *
 * libm picks code by CPU and by version, and its last bits differ. These are polynomials in plain
 * IEEE arithmetic: every build and every CPU rounds them alike (never contract a*b+c, never
 * -ffast-math). They work in double inside and round once, so errors stay near half an ulp of a
 * float except where stated. sqrtf() and fabsf() are exact by IEEE 754 and stay.
 *
 * NaN-safe: no argument is undefined behaviour. Angles in radians. */
#ifndef CT_SCENE_FN_H
#define CT_SCENE_FN_H

#include "engines/scene/math/vec.h"

#include <stdint.h>
#include <string.h>

/* Largest integer <= x. Unlike floorf() it needs no SSE4.1 to be quick. */
CT_INLINE float ct_floorf(float x)
{
    if (!(x > -8388608.0f && x < 8388608.0f))
        return x; /* already an integer, infinite or NaN */
    float truncated = (float)(int32_t)x;
    return truncated > x ? truncated - 1.0f : truncated;
}

/* sin and cos by Taylor's series on [-pi/4, pi/4] after reduction by multiples of pi/2 in double.
 * Beyond 1e7 a float has no phase left: such angles (and NaN) count as 0. */
CT_INLINE void ct_sincosf(float x, float *sine, float *cosine)
{
    double angle = x > -1e7f && x < 1e7f ? (double)x : 0.0;
    double turns = angle * 0.63661977236758134308; /* 2 / pi */
    int64_t quadrant = (int64_t)(turns + (turns < 0 ? -0.5 : 0.5));
    double r = angle - (double)quadrant * 1.57079632679489661923;
    double z = r * r;
    double s = r * (1.0 + z * (-1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z / 362880))));
    double c =
        1.0 + z * (-0.5 + z * (1.0 / 24 + z * (-1.0 / 720 + z * (1.0 / 40320 - z / 3628800))));
    float ss = (float)((quadrant & 1) ? c : s), cc = (float)((quadrant & 1) ? s : c);
    *sine = (quadrant & 2) ? -ss : ss;
    *cosine = ((quadrant + 1) & 2) ? -cc : cc;
}
CT_INLINE float ct_sinf(float x)
{
    float s, c;
    ct_sincosf(x, &s, &c);
    return s;
}
CT_INLINE float ct_cosf(float x)
{
    float s, c;
    ct_sincosf(x, &s, &c);
    return c;
}
CT_INLINE float ct_tanf(float x)
{
    float s, c;
    ct_sincosf(x, &s, &c);
    return s / c;
}

/* 2^x; below -126 the result is 0, above 127.99 it stays there. NaN gives 0. */
CT_INLINE float ct_exp2_of_double(double x)
{
    if (!(x >= -126.0))
        return 0.0f;
    if (x > 127.99)
        x = 127.99;
    int32_t whole = (int32_t)(x + (x < 0 ? -0.5 : 0.5));
    double f = (x - whole) * 0.69314718055994530942; /* in [-0.35, 0.35] */
    double p =
        1.0 +
        f * (1.0 +
             f * (0.5 + f * (1.0 / 6 + f * (1.0 / 24 + f * (1.0 / 120 +
                                                            f * (1.0 / 720 + f * (1.0 / 5040)))))));
    uint64_t bits = (uint64_t)(whole + 1023) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof(scale));
    return (float)(p * scale);
}
CT_INLINE float ct_exp2f(float x)
{
    return ct_exp2_of_double((double)x);
}
CT_INLINE float ct_expf(float x)
{
    return ct_exp2_of_double((double)x * 1.44269504088896340736);
}

/* log2 by the series of atanh on a mantissa in [sqrt(1/2), sqrt(2)]; error below 1e-10.
 * Zero, negative and NaN arguments give -1000; subnormals are right, infinity gives 128. */
CT_INLINE double ct_log2_double(float x)
{
    if (!(x > 0))
        return -1000.0;
    double wide = (double)x; /* a normal double even where x is subnormal */
    uint64_t bits;
    memcpy(&bits, &wide, sizeof(bits));
    int exponent = (int)(bits >> 52) - 1023;
    if (exponent > 127)
        return 128.0;
    bits = (bits & 0x000fffffffffffffull) | 0x3ff0000000000000ull;
    double m;
    memcpy(&m, &bits, sizeof(m));
    if (m > 1.41421356237309504880) {
        m *= 0.5;
        exponent++;
    }
    double s = (m - 1.0) / (m + 1.0), z = s * s;
    double p = 1.0 + z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z / 11))));
    return exponent + 2.88539008177792681472 * s * p; /* 2 / ln 2 */
}
CT_INLINE float ct_log2f(float x)
{
    return (float)ct_log2_double(x);
}
CT_INLINE float ct_logf(float x)
{
    return (float)(ct_log2_double(x) * 0.69314718055994530942);
}

/* x^y for x >= 0; a negative x counts as 0. 0^y is 0 for y > 0, and x^0 is 1. */
CT_INLINE float ct_powf(float x, float y)
{
    return y == 0 ? 1.0f : ct_exp2_of_double((double)y * ct_log2_double(x));
}

/* atan on [0, 1]: reduced around tan(pi/8), then the series in odd powers. */
CT_INLINE double ct_atan_unit(double t)
{
    double offset = 0;
    if (t > 0.41421356237309504880) {
        t = (t - 1.0) / (t + 1.0);
        offset = 0.78539816339744830962;
    }
    double z = t * t;
    double p =
        1.0 +
        z * (-1.0 / 3 +
             z * (1.0 / 5 + z * (-1.0 / 7 +
                                 z * (1.0 / 9 + z * (-1.0 / 11 +
                                                     z * (1.0 / 13 + z * (-1.0 / 15 + z / 17)))))));
    return offset + t * p;
}

/* Angle of (x, y) in (-pi, pi]; 0 for (0, 0) and NaN. */
CT_INLINE float ct_atan2f(float y, float x)
{
    double ax = x < 0 ? -(double)x : (double)x, ay = y < 0 ? -(double)y : (double)y;
    double larger = ax > ay ? ax : ay, smaller = ax > ay ? ay : ax;
    if (!(larger > 0))
        return 0.0f;
    double angle = ct_atan_unit(smaller / larger);
    if (ay > ax)
        angle = 1.57079632679489661923 - angle;
    if (x < 0)
        angle = 3.14159265358979323846 - angle;
    return (float)(y < 0 ? -angle : angle);
}

/* Angle whose cosine is x, in [0, pi]; x is clamped to [-1, 1]. */
CT_INLINE float ct_acosf(float x)
{
    double c = x > 1 ? 1.0 : x < -1 ? -1.0 : (double)x;
    return ct_atan2f(sqrtf((float)((1.0 - c) * (1.0 + c))), (float)c);
}

CT_INLINE float ct_hypotf(float x, float y)
{
    return sqrtf(x * x + y * y);
}

/* Fractional part in [0, 1). */
CT_INLINE float ct_fractf(float x)
{
    float f = x - ct_floorf(x);
    return f < 1 ? f : 0;
}

/* The sRGB transfer curve (IEC 61966-2-1), values in [0, 1]. */
CT_INLINE float ct_srgb_to_linear(float c)
{
    return c <= 0.04045f ? c / 12.92f : ct_powf((c + 0.055f) / 1.055f, 2.4f);
}
CT_INLINE float ct_linear_to_srgb(float c)
{
    return c <= 0.0031308f ? 12.92f * c : 1.055f * ct_powf(c, 1.0f / 2.4f) - 0.055f;
}
/* 0xRRGGBB -> linear RGB */
CT_INLINE ct_v3 ct_hex_color(uint32_t rgb)
{
    return v3(ct_srgb_to_linear((float)((rgb >> 16) & 255) / 255.0f),
              ct_srgb_to_linear((float)((rgb >> 8) & 255) / 255.0f),
              ct_srgb_to_linear((float)(rgb & 255) / 255.0f));
}

#endif
