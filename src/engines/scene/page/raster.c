/* Gradients, glows and shadows, composited in float and rounded with triangular noise.
 *
 * draw.c calls these between Cairo's shapes, on the thread that draws. One pixel at a time:
 * colour = source over destination (Porter-Duff, premultiplied), then a dither of one step peak
 * to peak on each channel before rounding. Only pixels that the paint touches are changed, so
 * flat areas stay flat and compress well. */
#include "engines/scene/page/raster.h"

#include <math.h>

static uint32_t hash(uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7FEB352Du;
    x ^= x >> 15;
    x *= 0x846CA68Bu;
    return x ^ x >> 16;
}

/* Source over destination; r, g, b straight 0..1, a 0..1. */
static void blend(uint32_t *px, int x, int y, struct ct_tint t)
{
    uint32_t d = *px;
    uint32_t h = hash((uint32_t)x * 0x9E3779B1u ^ hash((uint32_t)y + 0x85EBCA6Bu));
    float keep = 1 - t.a, top = t.a * 255;
    /* Two uniform bytes make the triangular noise, in (-0.5, 0.5). */
    float noise = ((float)(h & 0xFFFF) + (float)(h >> 16)) * (1.0f / 131072) - 0.5f;
    float a = (float)(d >> 24) * keep + top;
    int alpha = d >> 24 == 255 ? 255 : (int)(a + 0.5f + noise);
    alpha = alpha > 255 ? 255 : alpha < 0 ? 0 : alpha;
    int r = (int)((float)(d >> 16 & 255) * keep + t.r * top + 0.5f + noise);
    int g = (int)((float)(d >> 8 & 255) * keep + t.g * top + 0.5f + noise);
    int b = (int)((float)(d & 255) * keep + t.b * top + 0.5f + noise);
    r = r > alpha ? alpha : r < 0 ? 0 : r;
    g = g > alpha ? alpha : g < 0 ? 0 : g;
    b = b > alpha ? alpha : b < 0 ? 0 : b;
    *px = (uint32_t)alpha << 24 | (uint32_t)r << 16 | (uint32_t)g << 8 | (uint32_t)b;
}

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

void ct_raster_paint(struct ct_raster *to, const struct ct_paint *paint, int x, int y, int w, int h,
                     const uint8_t *cover, int cover_stride)
{
    struct ct_tint ramp[RAMP + 1];
    double dx = paint->x1 - paint->x0, dy = paint->y1 - paint->y0;
    double scale = dx * dx + dy * dy > 0 ? 1 / (dx * dx + dy * dy) : 0;
    bool radial = paint->kind == CT_PAINT_RADIAL;
    make_ramp(ramp, paint);
    for (int j = y < 0 ? -y : 0; j < h && y + j < to->height; j++) {
        uint32_t *row = to->px + (ptrdiff_t)(y + j) * to->stride;
        double py = y + j + 0.5 - paint->y0;
        for (int i = x < 0 ? -x : 0; i < w && x + i < to->width; i++) {
            int c = cover ? cover[(ptrdiff_t)j * cover_stride + i] : 255;
            if (c == 0)
                continue;
            double px = x + i + 0.5 - paint->x0;
            double t = radial ? sqrt(px * px + py * py) / fmax(1e-6, paint->x1)
                              : (px * dx + py * dy) * scale;
            struct ct_tint tint = ramp[(int)(fmin(1, fmax(0, t)) * RAMP)];
            tint.a *= (float)c * (1.0f / 255);
            blend(&row[x + i], x + i, y + j, tint);
        }
    }
}

void ct_raster_glow(struct ct_raster *to, double x, double y, double w, double h,
                    struct ct_tint tint)
{
    int x0 = (int)fmax(0, floor(x)), x1 = (int)fmin(to->width, ceil(x + w));
    int y0 = (int)fmax(0, floor(y)), y1 = (int)fmin(to->height, ceil(y + h));
    double cx = x + w / 2, cy = y + h / 2, sx = 2 / fmax(1e-6, w), sy = 2 / fmax(1e-6, h);
    for (int j = y0; j < y1; j++) {
        double v = (j + 0.5 - cy) * sy;
        for (int i = x0; i < x1; i++) {
            double u = (i + 0.5 - cx) * sx, d = 1 - (u * u + v * v);
            if (d <= 0)
                continue;
            /* (1 - r^2)^3: close to a Gaussian, but it ends. */
            struct ct_tint t = tint;
            t.a *= (float)(d * d * d);
            blend(&to->px[(ptrdiff_t)j * to->stride + i], i, j, t);
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
    int x0 = (int)fmax(0, floor(x - blur)), x1 = (int)fmin(to->width, ceil(x + w + blur));
    int y0 = (int)fmax(0, floor(y - blur)), y1 = (int)fmin(to->height, ceil(y + h + blur));
    double scale = 0.5 / fmax(1e-6, blur);
    /* A blurred box is the product of two blurred intervals. */
    for (int j = y0; j < y1; j++) {
        double v = smooth((j + 0.5 - y + blur) * scale) * smooth((y + h + blur - j - 0.5) * scale);
        if (v <= 0)
            continue;
        for (int i = x0; i < x1; i++) {
            double u =
                smooth((i + 0.5 - x + blur) * scale) * smooth((x + w + blur - i - 0.5) * scale);
            struct ct_tint t = tint;
            t.a *= (float)(u * v);
            if (t.a > 0)
                blend(&to->px[(ptrdiff_t)j * to->stride + i], i, j, t);
        }
    }
}
