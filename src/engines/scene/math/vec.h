/* Small vectors: plain structs passed by value. Right-handed, y up, centimetres. */
#ifndef CT_SCENE_VEC_H
#define CT_SCENE_VEC_H

#include <math.h>

typedef struct { float x, y; } ct_v2;
typedef struct { float x, y, z; } ct_v3;

#define CT_PI 3.14159265358979f
#define CT_INLINE static inline __attribute__((always_inline))

CT_INLINE ct_v3 v3(float x, float y, float z) { return (ct_v3){ x, y, z }; }
CT_INLINE ct_v2 v2(float x, float y) { return (ct_v2){ x, y }; }
CT_INLINE ct_v3 v3_add(ct_v3 a, ct_v3 b) { return v3(a.x + b.x, a.y + b.y, a.z + b.z); }
CT_INLINE ct_v3 v3_sub(ct_v3 a, ct_v3 b) { return v3(a.x - b.x, a.y - b.y, a.z - b.z); }
CT_INLINE ct_v3 v3_mul(ct_v3 a, ct_v3 b) { return v3(a.x * b.x, a.y * b.y, a.z * b.z); }
CT_INLINE ct_v3 v3_scale(ct_v3 a, float s) { return v3(a.x * s, a.y * s, a.z * s); }
/* a * s + b */
CT_INLINE ct_v3 v3_mad(ct_v3 a, float s, ct_v3 b)
{
    return v3(a.x * s + b.x, a.y * s + b.y, a.z * s + b.z);
}
CT_INLINE float v3_dot(ct_v3 a, ct_v3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
CT_INLINE ct_v3 v3_cross(ct_v3 a, ct_v3 b)
{
    return v3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}
CT_INLINE float v3_len(ct_v3 a) { return sqrtf(v3_dot(a, a)); }
CT_INLINE ct_v3 v3_norm(ct_v3 a)
{
    float l = v3_len(a);
    return l > 0 ? v3_scale(a, 1.0f / l) : v3(0, 1, 0);
}
CT_INLINE float ct_lerp(float a, float b, float t) { return a + (b - a) * t; }
CT_INLINE ct_v3 v3_lerp(ct_v3 a, ct_v3 b, float t)
{
    return v3_add(v3_scale(a, 1 - t), v3_scale(b, t));
}
CT_INLINE float ct_minf(float a, float b) { return a < b ? a : b; }
CT_INLINE float ct_maxf(float a, float b) { return a > b ? a : b; }
CT_INLINE float ct_clampf(float x, float lo, float hi) { return x < lo ? lo : x > hi ? hi : x; }
/* 0 below a, 1 above b, smooth between; a > b falls instead */
CT_INLINE float ct_smoothstep(float a, float b, float x)
{
    float t = ct_clampf((x - a) / (b - a), 0, 1);
    return t * t * (3 - 2 * t);
}
CT_INLINE float v3_max(ct_v3 a) { return ct_maxf(a.x, ct_maxf(a.y, a.z)); }
/* Rec. 709 luminance of linear RGB */
CT_INLINE float ct_luminance(ct_v3 c) { return 0.2126f * c.x + 0.7152f * c.y + 0.0722f * c.z; }

#endif
