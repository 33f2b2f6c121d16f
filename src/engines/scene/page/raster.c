/* Gradients, glows and shadows, composited in float and rounded with triangular noise.
 *
 * draw.c calls these between Cairo's shapes, on the thread that draws. One pixel at a time:
 * colour = source over destination (Porter-Duff, premultiplied), then a dither of one step peak
 * to peak on each channel before rounding. Only pixels that the paint touches are changed, so
 * flat areas stay flat and compress well. */
#include "engines/scene/page/raster.h"

#include "base/clones.h"

#include <math.h>

static uint32_t hash(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7FEB352Du;
    x ^= x >> 15;
    x *= 0x846CA68Bu;
    return x ^ x >> 16;
}

/* Everything below is inline: no vector is passed between builds. */
#pragma GCC diagnostic ignored "-Wpsabi"

typedef float f4 __attribute__((vector_size(16)));
typedef int32_t i4 __attribute__((vector_size(16)));
typedef uint32_t u4 __attribute__((vector_size(16)));

/* v held in [0, most]. */
static inline __attribute__((always_inline)) f4 held(f4 v, float most)
{
    f4 end = { most, most, most, most };
    v = (f4)((i4)v & (v > 0.0f));
    i4 below = v < end;
    return (f4)(((i4)v & below) | ((i4)end & ~below));
}

/* Source over destination on n pixels of row y from x; tints straight. The four channels of a
 * pixel are one vector. Noise alone changes nothing: it is less than a step, so a pixel under no
 * paint rounds to itself. */
CT_CLONES static void blend_row(uint32_t *px, int x, int y, int n, const struct ct_tint *tint)
{
    const u4 place = { 0, 8, 16, 24 };
    uint32_t row = hash((uint32_t)y + 0x85EBCA6Bu);
    for (int i = 0; i < n; i++) {
        uint32_t d = px[i], h = hash((uint32_t)(x + i) * 0x9E3779B1u ^ row);
        float keep = 1 - tint[i].a, top = tint[i].a * 255;
        /* Two uniform halves make the triangular noise, in [0, 1); rounding is down. */
        float noise = (float)(int)((h & 0xFFFF) + (h >> 16)) * (1.0f / 131072);
        f4 below = __builtin_convertvector((i4)((u4){ d, d, d, d } >> place & 255u), f4);
        f4 color = { tint[i].b, tint[i].g, tint[i].r, 1 };
        f4 v = below * keep + color * top + noise;
        float alpha = d >> 24 == 255 ? 255.0f : (float)(int)held(v, 255)[3];
        v[3] = alpha;
        u4 out = (u4)__builtin_convertvector(held(v, alpha), i4) << place;
        px[i] = out[0] | out[1] | out[2] | out[3];
    }
}

#define CHUNK 256 /* pixels whose colours are made before they are blended */

#define RAMP 1024
/* The stops, smoothed: straight lines between stops would show as Mach bands. */
static void make_ramp(struct ct_tint ramp[RAMP + 1], const struct ct_paint *paint)
{
    int last = paint->n_stops - 1;
    for (int i = 0; i <= RAMP; i++) {
        float at = (float)i / RAMP * (float)last;
        int k = (int)at < last ? (int)at : last - 1;
        float f = at - (float)k;
        f = last == 1 ? f * f * (3 - 2 * f) : f;
        const struct ct_tint *p = &paint->stop[k], *q = &paint->stop[k + 1];
        ramp[i] = (struct ct_tint){ p->r + (q->r - p->r) * f, p->g + (q->g - p->g) * f,
                                    p->b + (q->b - p->b) * f, p->a + (q->a - p->a) * f };
    }
}

CT_CLONES static void gradient_chunk(struct ct_tint *out, const struct ct_tint *ramp,
                           const struct ct_paint *paint, int x, int y, int n)
{
    float dx = (float)(paint->x1 - paint->x0), dy = (float)(paint->y1 - paint->y0);
    float px = (float)(x + 0.5 - paint->x0), py = (float)(y + 0.5 - paint->y0);
    if (paint->kind == CT_PAINT_RADIAL) {
        float scale = RAMP / fmaxf(1e-6f, (float)paint->x1);
        for (int i = 0; i < n; i++) {
            float u = px + (float)i, t = sqrtf(u * u + py * py) * scale;
            out[i] = ramp[(int)(t < RAMP ? t : RAMP)];
        }
        return;
    }
    float length2 = dx * dx + dy * dy, scale = length2 > 0 ? RAMP / length2 : 0;
    for (int i = 0; i < n; i++) {
        float t = ((px + (float)i) * dx + py * dy) * scale;
        t = t < 0 ? 0 : t;
        out[i] = ramp[(int)(t < RAMP ? t : RAMP)];
    }
}

void ct_raster_paint(struct ct_raster *to, const struct ct_paint *paint, int x, int y, int w, int h,
                     const uint8_t *cover, int cover_stride)
{
    struct ct_tint ramp[RAMP + 1], tint[CHUNK];
    make_ramp(ramp, paint);
    for (int j = y < 0 ? -y : 0; j < h && y + j < to->height; j++) {
        uint32_t *row = to->px + (ptrdiff_t)(y + j) * to->stride;
        const uint8_t *c = cover ? cover + (ptrdiff_t)j * cover_stride : NULL;
        int end = x + w < to->width ? w : to->width - x;
        for (int i = x < 0 ? -x : 0; i < end; i += CHUNK) {
            int n = end - i < CHUNK ? end - i : CHUNK;
            gradient_chunk(tint, ramp, paint, x + i, y + j, n);
            for (int k = 0; c && k < n; k++)
                tint[k].a *= (float)c[i + k] * (1.0f / 255);
            blend_row(&row[x + i], x + i, y + j, n, tint);
        }
    }
}

void ct_raster_glow(struct ct_raster *to, double x, double y, double w, double h,
                    struct ct_tint tint)
{
    struct ct_tint chunk[CHUNK];
    int y0 = (int)fmax(0, floor(y)), y1 = (int)fmin(to->height, ceil(y + h));
    double cx = x + w / 2, cy = y + h / 2, sx = 2 / fmax(1e-6, w), sy = 2 / fmax(1e-6, h);
    for (int j = y0; j < y1; j++) {
        double v = (j + 0.5 - cy) * sy, half = 1 - v * v;
        if (half <= 0)
            continue;
        half = sqrt(half) * w / 2; /* the row's part of the ellipse */
        int x0 = (int)fmax(0, floor(cx - half)), x1 = (int)fmin(to->width, ceil(cx + half));
        for (int i = x0; i < x1; i += CHUNK) {
            int n = x1 - i < CHUNK ? x1 - i : CHUNK;
            float u0 = (float)((i + 0.5 - cx) * sx), step = (float)sx, vv = (float)(1 - v * v);
            for (int k = 0; k < n; k++) {
                float u = u0 + (float)k * step, d = vv - u * u;
                d = d < 0 ? 0 : d;
                /* (1 - r^2)^3: close to a Gaussian, but it ends. */
                chunk[k] = tint;
                chunk[k].a = tint.a * d * d * d;
            }
            blend_row(&to->px[(ptrdiff_t)j * to->stride + i], i, j, n, chunk);
        }
    }
}

static double smooth(double t)
{
    t = fmin(1, fmax(0, t));
    return t * t * (3 - 2 * t);
}

void ct_raster_shadow(struct ct_raster *to, double x, double y, double w, double h, double blur,
                      struct ct_tint tint)
{
    struct ct_tint chunk[CHUNK];
    double across[CHUNK];
    int x0 = (int)fmax(0, floor(x - blur)), x1 = (int)fmin(to->width, ceil(x + w + blur));
    int y0 = (int)fmax(0, floor(y - blur)), y1 = (int)fmin(to->height, ceil(y + h + blur));
    double scale = 0.5 / fmax(1e-6, blur);
    /* A blurred box is the product of two blurred intervals; the one across is the same in all
     * rows. */
    for (int i = x0; i < x1; i += CHUNK) {
        int n = x1 - i < CHUNK ? x1 - i : CHUNK;
        for (int k = 0; k < n; k++) {
            double at = i + k + 0.5;
            across[k] = smooth((at - x + blur) * scale) * smooth((x + w + blur - at) * scale);
            chunk[k] = tint;
        }
        for (int j = y0; j < y1; j++) {
            double v =
                smooth((j + 0.5 - y + blur) * scale) * smooth((y + h + blur - j - 0.5) * scale);
            for (int k = 0; k < n; k++)
                chunk[k].a = tint.a * (float)(v * across[k]);
            blend_row(&to->px[(ptrdiff_t)j * to->stride + i], i, j, n, chunk);
        }
    }
}
