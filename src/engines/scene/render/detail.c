/* Hot: the full resolution of a large picture.
 *
 * Light is smooth where surfaces are, so a large picture's paths are traced and denoised for
 * squares of 2x2 pixels. What is sharp at full size does not need paths: outlines, textures,
 * lettering, a screen's own glow. So each pixel looks once along the middle of the lens
 * (ct_glance_at), and takes light from the 4x4 texels around, weighted by how like its own their
 * normal, depth and albedo are ("joint bilateral upsampling", Kopf et al. 2007): light never
 * crosses an outline. Diffuse light is multiplied by the pixel's own albedo.
 *
 * Where all texels are alike, which is nearly everywhere, the weights are Catmull and Rom's cubic,
 * which keeps reflections crisp. Where a pixel differs from its neighbours or from all texels, it
 * looks several times, and each look is lit for itself: that is what smooths outlines. A tile
 * spends at most a look a pixel on them.
 *
 * Out of focus nothing is sharp: there pixels take the texels' colours as they are, from those of
 * about the same depth, so that a sharp thing in front leaves no rim; and where something blurred
 * lies in front, from all. */
#include "engines/scene/render/detail.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/render/lens.h"
#include "engines/scene/math/simd.h"

#include <string.h>

#define BORDER 1 /* neighbours' looks, to find outlines */
#define SIDE (CT_DETAIL_TILE + 2 * BORDER)
#define LOOKS_MAX 32
#define TAPS 16
#define STRANGER 1e-4f   /* weight of texels unlike the pixel: counts when there are no others */
#define ALIKE 1.0f       /* feature distance up to which a surface goes on */
#define BLURRED 12.0f    /* pixels: a circle that hides what lies behind it */
#define IN_FRONT 0.03f   /* in logarithm of depth */

/* What of the coarse picture surrounds a place. */
struct taps {
    const struct ct_texel *texel[TAPS];
    float sharp[TAPS], soft[TAPS]; /* weights of Catmull and Rom, and of a cubic spline; sum 1 */
};

struct pixel {
    ct_v3 sum; /* of covered looks */
    int looks, covered;
};

static int clamped(int i, int n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

static void cubic(float f, float sharp[4], float soft[4])
{
    float f2 = f * f, f3 = f2 * f, g = 1 - f;
    sharp[0] = 0.5f * (2 * f2 - f3 - f);
    sharp[1] = 0.5f * (3 * f3 - 5 * f2 + 2);
    sharp[2] = 0.5f * (4 * f2 - 3 * f3 + f);
    sharp[3] = 0.5f * (f3 - f2);
    soft[0] = g * g * g * (1 / 6.0f);
    soft[1] = (3 * f3 - 6 * f2 + 4) * (1 / 6.0f);
    soft[2] = (3 * f2 - 3 * f3 + 3 * f + 1) * (1 / 6.0f);
    soft[3] = f3 * (1 / 6.0f);
}

/* Indices of the 4x4 around a place of the grid, and their weights. */
static void find_taps(struct taps *taps, const struct ct_detail *d, ct_v2 at)
{
    int w = d->tracer->width, h = d->tracer->height;
    float x = at.x - 0.5f, y = at.y - 0.5f;
    int x0 = (int)(x + 1) - 1, y0 = (int)(y + 1) - 1; /* floor, from -1 on */
    float sharp_x[4], soft_x[4], sharp_y[4], soft_y[4];
    cubic(x - (float)x0, sharp_x, soft_x);
    cubic(y - (float)y0, sharp_y, soft_y);
    for (int j = 0; j < 4; j++) {
        const struct ct_texel *row =
            d->texels + (size_t)clamped(y0 - 1 + j, h) * (size_t)w;
        for (int i = 0; i < 4; i++) {
            taps->texel[4 * j + i] = row + clamped(x0 - 1 + i, w);
            taps->sharp[4 * j + i] = sharp_x[i] * sharp_y[j];
            taps->soft[4 * j + i] = soft_x[i] * soft_y[j];
        }
    }
}

CT_INLINE ct_f8 light_of(const struct ct_texel *t)
{
    return ct_f8_load(t->diffuse);
}

CT_INLINE ct_f8 features_of(const struct ct_texel *t)
{
    return ct_f8_load(t->normal);
}

CT_INLINE float sum_of(ct_f8 v)
{
    return ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
}

typedef float f4 __attribute__((vector_size(16)));

CT_INLINE f4 f4_load(const float *p)
{
    f4 v;
    memcpy(&v, __builtin_assume_aligned(p, 16), sizeof(v));
    return v;
}

/* The colour a texel shows by itself; the fourth number is none. */
CT_INLINE f4 color_of(const struct ct_texel *t)
{
    return f4_load(t->diffuse) * (f4_load(t->albedo) + CT_TEXEL_ALBEDO_BIAS) + f4_load(t->specular);
}

/* Does something blurred lie in front? */
static bool veiled(const struct taps *taps, const struct ct_glance *g)
{
    for (int i = 0; i < TAPS; i++)
        if (taps->texel[i]->circle > BLURRED && taps->texel[i]->depth < g->depth - IN_FRONT)
            return true;
    return false;
}

/* Colours as they are; of all texels, or without those of sharp things in front. */
static ct_v3 soft_color(const struct taps *taps, const struct ct_glance *g, bool all)
{
    f4 sum = { 0, 0, 0, 0 };
    float weights = 0;
    for (int i = 0; i < TAPS; i++) {
        const struct ct_texel *t = taps->texel[i];
        float w = taps->soft[i], front = ct_maxf(g->depth - t->depth, 0) / IN_FRONT;
        if (!all && front > 0) {
            float sharp = ct_clampf(2 - t->circle / BLURRED, 0, 1);
            w *= 1 - sharp * (1 - STRANGER - ct_expf(-ct_minf(front * front, 20)));
        }
        sum += color_of(t) * w;
        weights += w;
    }
    sum *= 1 / weights;
    return v3(sum[0], sum[1], sum[2]);
}

CT_INLINE ct_v3 lit(const struct ct_glance *g, ct_f8 light)
{
    return v3(ct_maxf(light[0], 0) * (g->albedo.x + CT_TEXEL_ALBEDO_BIAS) + ct_maxf(light[4], 0),
              ct_maxf(light[1], 0) * (g->albedo.y + CT_TEXEL_ALBEDO_BIAS) + ct_maxf(light[5], 0),
              ct_maxf(light[2], 0) * (g->albedo.z + CT_TEXEL_ALBEDO_BIAS) + ct_maxf(light[6], 0));
}

/* The light of texels like the pixel; *strange becomes true where there are none. slope: how much
 * the depth changes from pixel to pixel. */
static ct_v3 sharp_color(const struct taps *taps, const struct ct_glance *g, float slope,
                         bool *strange)
{
    const float normal = 30, albedo = g->glass ? 0 : 12, tolerance = 0.006f + 4 * slope;
    ct_f8 here = { g->normal.x, g->normal.y, g->normal.z, g->depth,
                   g->albedo.x, g->albedo.y, g->albedo.z, 0 };
    ct_f8 scale = { normal, normal, normal, 0.5f / (tolerance * tolerance),
                    albedo, albedo, albedo, 0 };
    ct_f8 light = ct_f8_set(0);
    float distance[TAPS], farthest = 0, nearest = 1e30f, weights = 0;
    for (int i = 0; i < TAPS; i++) {
        ct_f8 away = features_of(taps->texel[i]) - here;
        distance[i] = sum_of(away * away * scale);
        farthest = ct_maxf(farthest, distance[i]);
        nearest = ct_minf(nearest, distance[i]);
    }
    *strange = nearest > 4 * ALIKE;
    if (farthest < ALIKE) {
        for (int i = 0; i < TAPS; i++)
            light += light_of(taps->texel[i]) * taps->sharp[i];
        return lit(g, light);
    }
    for (int i = 0; i < TAPS; i++) {
        float w = taps->soft[i] * (ct_expf(-ct_minf(distance[i], 20)) + STRANGER);
        light += light_of(taps->texel[i]) * w;
        weights += w;
    }
    return lit(g, light * (1 / weights));
}

/* What a look shows. */
static ct_v3 color_at(const struct ct_detail *d, ct_v2 at, const struct ct_glance *g, float slope,
                      bool *strange)
{
    struct taps taps;
    *strange = false;
    if (g->instance < 0 && d->tracer->aperture <= 0)
        return g->light;
    find_taps(&taps, d, at);
    if (d->tracer->aperture > 0 && veiled(&taps, g))
        return soft_color(&taps, g, true);
    ct_v3 sharp = g->light;
    if (g->sharpness > 0 && g->instance >= 0)
        sharp = v3_add(sharp, sharp_color(&taps, g, slope, strange));
    if (g->sharpness >= 1)
        return sharp;
    return v3_lerp(soft_color(&taps, g, false), sharp, g->sharpness);
}

static ct_v2 place_of(const struct ct_detail *d, float x, float y)
{
    return v2(x * (float)d->tracer->width / (float)d->width,
              y * (float)d->tracer->height / (float)d->height);
}

CT_INLINE ct_v3 shown(const struct ct_glance *g)
{
    return v3_add(g->albedo, g->light);
}

/* Do two neighbours belong to different things, or to different parts of one? */
static bool differ(const struct ct_glance *a, const struct ct_glance *b)
{
    const float bend = 0.35f, step = 0.03f, contrast = 0.2f;
    if (a->instance != b->instance || a->ground != b->ground)
        return a->sharpness > 0 || b->sharpness > 0;
    if (!(a->sharpness > 0))
        return false;
    ct_v3 turn = v3_sub(a->form, b->form), change = v3_sub(shown(a), shown(b));
    ct_v3 sum = v3_add(shown(a), shown(b));
    float level = contrast * (0.1f + (sum.x + sum.y + sum.z) * (1 / 6.0f));
    return v3_dot(turn, turn) > bend * bend || fabsf(a->depth - b->depth) > step ||
           v3_dot(change, change) * (1 / 3.0f) > level * level;
}

static bool on_edge(const struct ct_glance *g)
{
    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++)
            if ((i || j) && differ(g, g + j * SIDE + i))
                return true;
    return false;
}

/* How much the logarithm of the depth changes to the next pixel, on the flatter side. */
static float slope_at(const struct ct_glance *g)
{
    float x = ct_minf(fabsf(g[1].depth - g->depth), fabsf(g->depth - g[-1].depth));
    float y = ct_minf(fabsf(g[SIDE].depth - g->depth), fabsf(g->depth - g[-SIDE].depth));
    return ct_minf(ct_maxf(x, y), 0.05f);
}

static bool add_look(struct pixel *px, const struct ct_detail *d, ct_v2 at,
                     const struct ct_glance *g, float slope)
{
    bool strange = false;
    px->looks++;
    if (d->covered && g->ground)
        return false;
    px->covered++;
    px->sum = v3_add(px->sum, color_at(d, at, g, slope, &strange));
    return strange;
}

static void look_again(struct pixel *px, const struct ct_detail *d, int x, int y, int n,
                       float slope)
{
    uint32_t h = ct_hash32((uint32_t)x | (uint32_t)y << 16);
    float ox = ct_hash32_unit(h), oy = ct_hash32_unit(ct_hash32(h + 1));
    for (int k = 0; k < n; k++) {
        /* Roberts's additive recurrence fills the square evenly, whatever n is. */
        float ux = ox + (float)k * 0.75487766f, uy = oy + (float)k * 0.56984029f;
        ct_v2 u = v2(ux - (float)(int)ux, uy - (float)(int)uy);
        ct_v2 in = ct_lens_place(x, y, u), at = place_of(d, in.x, in.y);
        struct ct_glance g;
        ct_glance_at(&g, d->tracer, at);
        add_look(px, d, at, &g, slope);
    }
}

/* How black the ground is, from the texels whose samples met it. */
static float shadow_at(const struct ct_detail *d, ct_v2 at)
{
    struct taps taps;
    float sum = 0, weights = 0;
    find_taps(&taps, d, at);
    for (int i = 0; i < TAPS; i++) {
        float shadow = d->coarse_shadow[taps.texel[i] - d->texels];
        float w = shadow >= 0 ? taps.soft[i] : 0;
        sum += w * shadow;
        weights += w;
    }
    return weights > 0 ? sum / weights : 0;
}

static void store_pixel(const struct ct_detail *d, int x, int y, const struct pixel *px)
{
    size_t i = (size_t)y * (size_t)d->width + (size_t)x;
    ct_v3 c = v3_scale(px->sum, px->covered ? 1 / (float)px->covered : 0);
    d->hdr[3 * i] = c.x;
    d->hdr[3 * i + 1] = c.y;
    d->hdr[3 * i + 2] = c.z;
    if (!d->covered)
        return;
    d->covered[i] = (uint16_t)(px->covered * CT_DETAIL_COVER / px->looks);
    d->shadow[i] = px->covered < px->looks
                       ? shadow_at(d, place_of(d, (float)x + 0.5f, (float)y + 0.5f))
                       : 0;
}

struct bounds {
    int x0, y0, x1, y1;
};

static struct bounds bounds_of(const struct ct_detail *d, int tile)
{
    int across = (d->width + CT_DETAIL_TILE - 1) / CT_DETAIL_TILE;
    int x0 = tile % across * CT_DETAIL_TILE, y0 = tile / across * CT_DETAIL_TILE;
    int x1 = x0 + CT_DETAIL_TILE, y1 = y0 + CT_DETAIL_TILE;
    return (struct bounds){ x0, y0, x1 < d->width ? x1 : d->width,
                            y1 < d->height ? y1 : d->height };
}

CT_INLINE struct ct_glance *glance_in(struct ct_glance *glances, const struct bounds *b, int x,
                                      int y)
{
    return glances + (y - b->y0 + BORDER) * SIDE + x - b->x0 + BORDER;
}

static void look_around(struct ct_glance *glances, const struct ct_detail *d,
                        const struct bounds *b)
{
    for (int y = b->y0 - BORDER; y < b->y1 + BORDER && !ct_tracer_cancelled(d->tracer); y++)
        for (int x = b->x0 - BORDER; x < b->x1 + BORDER; x++)
            ct_glance_at(glance_in(glances, b, x, y), d->tracer,
                         place_of(d, (float)x + 0.5f, (float)y + 0.5f));
}

/* Fills `edge` with a flag for each pixel of the tile; returns how many looks each gets. */
static int find_edges(uint8_t *edge, const struct ct_detail *d, const struct bounds *b,
                      struct ct_glance *glances)
{
    int n = 0;
    for (int y = b->y0; y < b->y1; y++) {
        for (int x = b->x0; x < b->x1; x++) {
            bool found = on_edge(glance_in(glances, b, x, y));
            edge[(y - b->y0) * CT_DETAIL_TILE + x - b->x0] = found;
            n += found;
        }
    }
    int looks = CT_DETAIL_TILE * CT_DETAIL_TILE / (n > 0 ? n : 1);
    int most = d->edge_samples < LOOKS_MAX ? d->edge_samples : LOOKS_MAX;
    return looks < most ? looks : most;
}

static void draw_pixels(const struct ct_detail *d, const struct bounds *b,
                        struct ct_glance *glances)
{
    uint8_t edge[CT_DETAIL_TILE * CT_DETAIL_TILE];
    int looks = find_edges(edge, d, b, glances), left = 3 * CT_DETAIL_TILE * CT_DETAIL_TILE / 2;
    for (int y = b->y0; y < b->y1 && !ct_tracer_cancelled(d->tracer); y++) {
        for (int x = b->x0; x < b->x1; x++) {
            const struct ct_glance *g = glance_in(glances, b, x, y);
            struct pixel px = { .looks = 0 };
            float slope = slope_at(g);
            ct_v2 at = place_of(d, (float)x + 0.5f, (float)y + 0.5f);
            bool strange = add_look(&px, d, at, g, slope);
            if ((strange || edge[(y - b->y0) * CT_DETAIL_TILE + x - b->x0]) && left >= looks) {
                look_again(&px, d, x, y, looks, slope);
                left -= looks;
            }
            store_pixel(d, x, y, &px);
        }
    }
}

bool ct_detail_tile(const struct ct_detail *d, int tile)
{
    struct bounds b = bounds_of(d, tile);
    struct ct_glance *glances = ct_reallocarray(NULL, SIDE * SIDE, sizeof(*glances));
    if (!glances)
        return false;
    look_around(glances, d, &b);
    draw_pixels(d, &b, glances);
    ct_free(glances);
    return true;
}
