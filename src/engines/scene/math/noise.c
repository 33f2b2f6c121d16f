/* Gradient noise on a hashed integer lattice.
 *
 * Perlin's improved noise with his twelve gradients (edge directions of a cube, four of them
 * twice) and quintic fade, but the permutation table is replaced by an integer hash: no table to
 * share, no period of 256. Called by material textures on every worker thread; no state. */
#include "engines/scene/math/noise.h"

#include "engines/scene/math/fn.h"

static float gradient(int32_t x, int32_t y, int32_t z, float fx, float fy, float fz)
{
    uint32_t h = ct_hash32((uint32_t)x * 0x8da6b343u ^ (uint32_t)y * 0xd8163841u ^
                           (uint32_t)z * 0xcb1ab31fu) &
                 15;
    switch (h) {
    case 0:
        return fx + fy;
    case 1:
        return -fx + fy;
    case 2:
        return fx - fy;
    case 3:
        return -fx - fy;
    case 4:
        return fx + fz;
    case 5:
        return -fx + fz;
    case 6:
        return fx - fz;
    case 7:
        return -fx - fz;
    case 8:
        return fy + fz;
    case 9:
        return -fy + fz;
    case 10:
        return fy - fz;
    case 11:
        return -fy - fz;
    case 12:
        return fx + fy;
    case 13:
        return -fx + fy;
    case 14:
        return -fy + fz;
    default:
        return -fy - fz;
    }
}

static float fade(float t)
{
    return t * t * t * (t * (t * 6 - 15) + 10);
}

float ct_noise3(ct_v3 p)
{
    const float limit = 1073741824.0f;
    if (!(fabsf(p.x) < limit && fabsf(p.y) < limit && fabsf(p.z) < limit))
        return 0;
    float cx = ct_floorf(p.x), cy = ct_floorf(p.y), cz = ct_floorf(p.z);
    int32_t x = (int32_t)cx, y = (int32_t)cy, z = (int32_t)cz;
    float fx = p.x - cx, fy = p.y - cy, fz = p.z - cz;
    float u = fade(fx), v = fade(fy), w = fade(fz);

    float x00 = ct_lerp(gradient(x, y, z, fx, fy, fz), gradient(x + 1, y, z, fx - 1, fy, fz), u);
    float x10 = ct_lerp(gradient(x, y + 1, z, fx, fy - 1, fz),
                        gradient(x + 1, y + 1, z, fx - 1, fy - 1, fz), u);
    float x01 = ct_lerp(gradient(x, y, z + 1, fx, fy, fz - 1),
                        gradient(x + 1, y, z + 1, fx - 1, fy, fz - 1), u);
    float x11 = ct_lerp(gradient(x, y + 1, z + 1, fx, fy - 1, fz - 1),
                        gradient(x + 1, y + 1, z + 1, fx - 1, fy - 1, fz - 1), u);
    return ct_lerp(ct_lerp(x00, x10, v), ct_lerp(x01, x11, v), w);
}

float ct_fbm3(ct_v3 p, int octaves)
{
    float sum = 0, weight = 0.5f;
    for (int i = 0; i < octaves; i++) {
        sum += weight * ct_noise3(p);
        p = v3(p.x * 2.03f + 17.1f, p.y * 2.03f + 3.7f, p.z * 2.03f + 9.2f);
        weight *= 0.5f;
    }
    return sum;
}
