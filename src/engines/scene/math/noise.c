/* Gradient noise on a hashed integer lattice.
 *
 * Perlin's improved noise with his twelve gradients (edge directions of a cube, four of them
 * twice) and quintic fade, but the permutation table is replaced by an integer hash: no table to
 * share, no period of 256. Called by material textures on every worker thread; no state. Textures
 * spend most of their time here, hence the care for speed. */
#include "engines/scene/math/noise.h"

#include "engines/scene/math/fn.h"

#include <string.h>

/* Compiled for AVX2 as well, chosen when the program is loaded; same bits, 1.6 times the speed. */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__) &&                            \
    !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

/* The eight corners of a lattice cell side by side: lane 4 is one step along x, lane 2 along y,
 * lane 1 along z. Branchless: sixteen-way branches on a hash are always mispredicted. */
typedef float f4 __attribute__((vector_size(16)));
typedef float f8 __attribute__((vector_size(32)));
typedef int32_t i8 __attribute__((vector_size(32)));
typedef uint32_t u8 __attribute__((vector_size(32)));

#define HASH_X 0x8da6b343u
#define HASH_Y 0xd8163841u
#define HASH_Z 0xcb1ab31fu

CT_INLINE void corner_hashes(u8 *out, uint32_t x, uint32_t y, uint32_t z)
{
    const u8 step_x = { 0, 0, 0, 0, HASH_X, HASH_X, HASH_X, HASH_X };
    const u8 step_y = { 0, 0, HASH_Y, HASH_Y, 0, 0, HASH_Y, HASH_Y };
    const u8 step_z = { 0, HASH_Z, 0, HASH_Z, 0, HASH_Z, 0, HASH_Z };
    u8 h = (step_x + x * HASH_X) ^ (step_y + y * HASH_Y) ^ (step_z + z * HASH_Z);
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    *out = h ^ (h >> 16);
}

/* Dot products of the corners' gradients with the way from each corner to the point. Gradients 0
 * to 3 lie in the xy plane, 4 to 7 in xz, 8 to 11 in yz; 12 to 15 repeat 0, 1, 9 and 11. */
CT_INLINE void corner_slopes(f8 *out, const u8 *hashes, float fx, float fy, float fz)
{
    const f8 step_x = { 0, 0, 0, 0, 1, 1, 1, 1 }, step_y = { 0, 0, 1, 1, 0, 0, 1, 1 };
    const f8 step_z = { 0, 1, 0, 1, 0, 1, 0, 1 };
    i8 x = (i8)(fx - step_x), y = (i8)(fy - step_y), z = (i8)(fz - step_z);
    i8 h = (i8)(*hashes & 15);
    i8 repeat = (h & ~1) == 12, odd_one = h == 14;
    i8 first_x = (h < 8) | repeat, second_y = (h < 4) | repeat;
    i8 first = (first_x & x) | (~first_x & y), second = (second_y & y) | (~second_y & z);
    first ^= ((h | odd_one) & 1) << 31;
    second ^= ((h & ~odd_one) & 2) << 30;
    *out = (f8)first + (f8)second;
}

CT_INLINE float fade(float t)
{
    return t * t * t * (t * (t * 6 - 15) + 10);
}

CT_INLINE float noise3(ct_v3 p)
{
    const float limit = 1073741824.0f;
    if (!(fabsf(p.x) < limit && fabsf(p.y) < limit && fabsf(p.z) < limit))
        return 0;
    float cx = ct_floorf(p.x), cy = ct_floorf(p.y), cz = ct_floorf(p.z);
    int32_t x = (int32_t)cx, y = (int32_t)cy, z = (int32_t)cz;
    float fx = p.x - cx, fy = p.y - cy, fz = p.z - cz;
    float u = fade(fx), v = fade(fy), w = fade(fz);

    u8 hashes;
    f8 n;
    corner_hashes(&hashes, (uint32_t)x, (uint32_t)y, (uint32_t)z);
    corner_slopes(&n, &hashes, fx, fy, fz);
    f4 at_x[2];
    memcpy(at_x, &n, sizeof(n));
    f4 yz = at_x[0] + (at_x[1] - at_x[0]) * u;
    float z0 = ct_lerp(yz[0], yz[2], v), z1 = ct_lerp(yz[1], yz[3], v);
    return ct_lerp(z0, z1, w);
}

CLONES float ct_noise3(ct_v3 p)
{
    return noise3(p);
}

CLONES float ct_fbm3(ct_v3 p, int octaves)
{
    float sum = 0, weight = 0.5f;
    for (int i = 0; i < octaves; i++) {
        sum += weight * noise3(p);
        p = v3(p.x * 2.03f + 17.1f, p.y * 2.03f + 3.7f, p.z * 2.03f + 9.2f);
        weight *= 0.5f;
    }
    return sum;
}
