/* Gradient noise on a hashed integer lattice.
 *
 * Perlin's improved noise with his twelve gradients (edge directions of a cube, four of them
 * twice) and quintic fade, but the permutation table is replaced by an integer hash: no table to
 * share, no period of 256. Called by material textures on every worker thread; no state.
 *
 * Textures spend most of their time here, hence two forms of the same arithmetic, to the same bits:
 * one point with the corners of its cell side by side, and eight points side by side, which is
 * quicker for each. */
#include "engines/scene/math/noise.h"

#include "base/clones.h"
#include "engines/scene/math/fn.h"

#include <string.h>

typedef float f4 __attribute__((vector_size(16)));
typedef float f8 __attribute__((vector_size(32)));
typedef int32_t i8 __attribute__((vector_size(32)));
typedef uint32_t u8 __attribute__((vector_size(32)));

#define HASH_X 0x8da6b343u
#define HASH_Y 0xd8163841u
#define HASH_Z 0xcb1ab31fu
#define LIMIT 1073741824.0f

/* The top four bits choose the gradient: those depend on every bit below. */
CT_INLINE void mix(u8 *hash)
{
    u8 h = *hash;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    *hash = h >> 28;
}

/* Dot products of gradients, chosen by the hashes, with (x, y, z). Gradients 0 to 3 lie in the xy
 * plane, 4 to 7 in xz, 8 to 11 in yz; 12 to 15 repeat 0, 1, 9 and 11. Branchless: sixteen-way
 * branches on a hash are always mispredicted. */
CT_INLINE void slopes(f8 *out, const u8 *hashes, const f8 *fx, const f8 *fy, const f8 *fz)
{
    i8 x = (i8)*fx, y = (i8)*fy, z = (i8)*fz;
    i8 h = (i8)*hashes;
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

/* The corners side by side: lane 4 is one step along x, lane 2 along y, lane 1 along z. */
CT_INLINE float noise3(ct_v3 p)
{
    const u8 hash_step_x = { 0, 0, 0, 0, HASH_X, HASH_X, HASH_X, HASH_X };
    const u8 hash_step_y = { 0, 0, HASH_Y, HASH_Y, 0, 0, HASH_Y, HASH_Y };
    const u8 hash_step_z = { 0, HASH_Z, 0, HASH_Z, 0, HASH_Z, 0, HASH_Z };
    const f8 step_x = { 0, 0, 0, 0, 1, 1, 1, 1 }, step_y = { 0, 0, 1, 1, 0, 0, 1, 1 };
    const f8 step_z = { 0, 1, 0, 1, 0, 1, 0, 1 };
    if (!(fabsf(p.x) < LIMIT && fabsf(p.y) < LIMIT && fabsf(p.z) < LIMIT))
        return 0;
    float cx = ct_floorf(p.x), cy = ct_floorf(p.y), cz = ct_floorf(p.z);
    uint32_t x = (uint32_t)(int32_t)cx, y = (uint32_t)(int32_t)cy, z = (uint32_t)(int32_t)cz;
    float fx = p.x - cx, fy = p.y - cy, fz = p.z - cz;
    float u = fade(fx), v = fade(fy), w = fade(fz);

    u8 hashes =
        (hash_step_x + x * HASH_X) ^ (hash_step_y + y * HASH_Y) ^ (hash_step_z + z * HASH_Z);
    f8 way_x = fx - step_x, way_y = fy - step_y, way_z = fz - step_z, n;
    mix(&hashes);
    slopes(&n, &hashes, &way_x, &way_y, &way_z);
    f4 at_x[2];
    memcpy(at_x, &n, sizeof(n));
    f4 yz = at_x[0] + (at_x[1] - at_x[0]) * u;
    float z0 = ct_lerp(yz[0], yz[2], v), z1 = ct_lerp(yz[1], yz[3], v);
    return ct_lerp(z0, z1, w);
}

/* Along one axis, of eight points: hashes, ways from the lower corners, blend weights. */
struct axis {
    u8 hash[2]; /* of the cells on both sides */
    f8 way, blend;
};

CT_INLINE void locate(struct axis *a, i8 *outside, const f8 *p, uint32_t step)
{
    i8 inside = (*p < LIMIT) & (*p > -LIMIT);
    f8 held = (f8)(inside & (i8)*p);
    i8 whole = __builtin_convertvector(held, i8);
    whole += __builtin_convertvector(whole, f8) > held; /* was rounded up: one less */
    f8 t = held - __builtin_convertvector(whole, f8);
    a->hash[0] = (u8)whole * step;
    a->hash[1] = a->hash[0] + step;
    a->way = t;
    a->blend = t * t * t * (t * (t * 6 - 15) + 10);
    *outside |= ~inside;
}

CT_INLINE void noise8(f8 *out, const f8 *px, const f8 *py, const f8 *pz)
{
    struct axis x, y, z;
    i8 outside = { 0 };
    f8 at_x[2], at_y[2], at_z[2];
    locate(&x, &outside, px, HASH_X);
    locate(&y, &outside, py, HASH_Y);
    locate(&z, &outside, pz, HASH_Z);
    for (uint32_t k = 0; k < 2; k++) {
        for (uint32_t j = 0; j < 2; j++) {
            for (uint32_t i = 0; i < 2; i++) {
                u8 hashes = x.hash[i] ^ y.hash[j] ^ z.hash[k];
                f8 way_x = x.way - (float)i, way_y = y.way - (float)j, way_z = z.way - (float)k;
                mix(&hashes);
                slopes(&at_x[i], &hashes, &way_x, &way_y, &way_z);
            }
            at_y[j] = at_x[0] + (at_x[1] - at_x[0]) * x.blend;
        }
        at_z[k] = at_y[0] + (at_y[1] - at_y[0]) * y.blend;
    }
    *out = (f8)(~outside & (i8)(at_z[0] + (at_z[1] - at_z[0]) * z.blend));
}

CT_CLONES float ct_noise3(ct_v3 p)
{
    return noise3(p);
}

CT_CLONES void ct_noise3_many(float *out, const ct_v3 *p, int n)
{
    for (int first = 0; first < n; first += 8) {
        int lanes = n - first < 8 ? n - first : 8;
        float lane[3][8] = { { 0 } };
        f8 at[3], value;
        for (int i = 0; i < lanes; i++) {
            lane[0][i] = p[first + i].x;
            lane[1][i] = p[first + i].y;
            lane[2][i] = p[first + i].z;
        }
        memcpy(at, lane, sizeof(at));
        noise8(&value, &at[0], &at[1], &at[2]);
        memcpy(out + first, &value, (size_t)lanes * sizeof(*out));
    }
}

int ct_octaves(ct_v3 *out, ct_v3 p, int octaves)
{
    for (int i = 0; i < octaves; i++) {
        out[i] = p;
        p = v3(p.x * 2.03f + 17.1f, p.y * 2.03f + 3.7f, p.z * 2.03f + 9.2f);
    }
    return octaves;
}

float ct_octave_sum(const float *noise, int octaves)
{
    float sum = 0, weight = 0.5f;
    for (int i = 0; i < octaves; i++) {
        sum += weight * noise[i];
        weight *= 0.5f;
    }
    return sum;
}

float ct_fbm3(ct_v3 p, int octaves)
{
    ct_v3 at[CT_OCTAVES_MAX];
    float noise[CT_OCTAVES_MAX];
    octaves = octaves < CT_OCTAVES_MAX ? octaves : CT_OCTAVES_MAX;
    ct_noise3_many(noise, at, ct_octaves(at, p, octaves));
    return ct_octave_sum(noise, octaves);
}
