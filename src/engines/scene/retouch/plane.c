/* Planes (plane.h). Called by the tools of this folder on the thread that edits. */
#include "engines/scene/retouch/plane.h"

#include "base/mem.h"

#include <string.h>

ct_code ct_plane_open(struct ct_plane *plane, int width, int height, struct ct_err *err)
{
    *plane = (struct ct_plane){ width, height, NULL };
    plane->v = ct_calloc((size_t)width * (size_t)height, sizeof(float));
    return plane->v ? CT_OK : ct_retouch_fail_memory(err);
}

void ct_plane_release(struct ct_plane *plane)
{
    ct_free(plane->v);
    plane->v = NULL;
}

/* A running sum along n values `stride` apart, for `lanes` neighbours at once. */
static void mean_lines(float *to, const float *from, int n, size_t stride, int lanes, int radius)
{
    double sums[64] = { 0 };
    for (int i = 0; i < radius && i < n; i++)
        for (int k = 0; k < lanes; k++)
            sums[k] += (double)from[(size_t)i * stride + (size_t)k];
    for (int i = 0; i < n; i++) {
        int enter = i + radius, leave = i - radius - 1;
        for (int k = 0; enter < n && k < lanes; k++)
            sums[k] += (double)from[(size_t)enter * stride + (size_t)k];
        for (int k = 0; leave >= 0 && k < lanes; k++)
            sums[k] -= (double)from[(size_t)leave * stride + (size_t)k];
        int first = leave < 0 ? 0 : leave + 1, last = enter < n ? enter : n - 1;
        float scale = 1.0f / (float)(last - first + 1);
        for (int k = 0; k < lanes; k++)
            to[(size_t)i * stride + (size_t)k] = (float)sums[k] * scale;
    }
}

void ct_plane_mean(struct ct_plane *plane, struct ct_plane *scratch, int radius)
{
    size_t width = (size_t)plane->width;
    for (int y = 0; y < plane->height; y++)
        mean_lines(scratch->v + (size_t)y * width, plane->v + (size_t)y * width, plane->width, 1, 1,
                   radius);
    for (int x = 0; x < plane->width; x += 64) {
        int lanes = plane->width - x < 64 ? plane->width - x : 64;
        mean_lines(plane->v + x, scratch->v + x, plane->height, width, lanes, radius);
    }
}

#define RELAXATIONS 4
#define CYCLES 4

struct poisson {
    float *v, *rhs;
    uint8_t *open;
    int width, height;
};

static void relax(const struct poisson *p)
{
    float *v = p->v;
    size_t width = (size_t)p->width;
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++) {
            size_t at = (size_t)y * width + (size_t)x;
            if (!p->open[at])
                continue;
            float left = v[x > 0 ? at - 1 : at], right = v[x + 1 < p->width ? at + 1 : at];
            float up = v[y > 0 ? at - width : at], down = v[y + 1 < p->height ? at + width : at];
            v[at] = 0.25f * (left + right + up + down + p->rhs[at]);
        }
}

static float residual(const struct poisson *p, int x, int y)
{
    const float *v = p->v;
    size_t width = (size_t)p->width, at = (size_t)y * width + (size_t)x;
    float left = v[x > 0 ? at - 1 : at], right = v[x + 1 < p->width ? at + 1 : at];
    float up = v[y > 0 ? at - width : at], down = v[y + 1 < p->height ? at + width : at];
    return p->rhs[at] + left + right + up + down - 4 * v[at];
}

/* The half plane asks for what is still missing. A pixel of it is known when one of its four is.
 * Its right side is their sum: a step there is two here, and Laplace's operator goes with the
 * square. A membrane's first guess halves the known values instead. */
static void halve(const struct poisson *half, const struct poisson *p, bool guess)
{
    for (int y = 0; y < half->height; y++)
        for (int x = 0; x < half->width; x++) {
            size_t to = (size_t)y * (size_t)half->width + (size_t)x;
            float known = 0, missing = 0;
            int n = 0;
            for (int k = 0; k < 4; k++) {
                int fx = 2 * x + (k & 1), fy = 2 * y + (k >> 1);
                size_t at = (size_t)fy * (size_t)p->width + (size_t)fx;
                if (fx >= p->width || fy >= p->height)
                    continue;
                if (p->open[at])
                    missing += guess ? 0 : residual(p, fx, fy);
                else
                    known += p->v[at];
                n += !p->open[at];
            }
            half->open[to] = n == 0;
            half->v[to] = guess && n ? known / (float)n : 0;
            half->rhs[to] = missing;
        }
}

/* Adds (or, for a guess, sets) the half plane's values, between its samples. */
static void enlarge(const struct poisson *p, const struct poisson *half, bool guess)
{
    int hw = half->width, hh = half->height;
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++) {
            size_t at = (size_t)y * (size_t)p->width + (size_t)x;
            if (!p->open[at])
                continue;
            int x0 = x / 2, y0 = y / 2, x1 = x & 1 ? x0 + 1 : x0 - 1, y1 = y & 1 ? y0 + 1 : y0 - 1;
            x1 = x1 < 0 ? 0 : x1 < hw ? x1 : hw - 1;
            y1 = y1 < 0 ? 0 : y1 < hh ? y1 : hh - 1;
            const float *a = half->v + (size_t)y0 * (size_t)hw;
            const float *b = half->v + (size_t)y1 * (size_t)hw;
            float v = 0.75f * (0.75f * a[x0] + 0.25f * a[x1]) +
                      0.25f * (0.75f * b[x0] + 0.25f * b[x1]);
            p->v[at] = guess ? v : p->v[at] + v;
        }
}

/* One V-cycle of multigrid, or the first guess of a membrane; as deep as log2 of the edge. */
static ct_code cycle(const struct poisson *p, bool guess, struct ct_err *err)
{
    struct poisson half = { .width = (p->width + 1) / 2, .height = (p->height + 1) / 2 };
    size_t n = (size_t)half.width * (size_t)half.height;
    for (int i = 0; i < RELAXATIONS && !guess; i++)
        relax(p);
    if (p->width < 2 && p->height < 2)
        return CT_OK;
    half.v = ct_malloc(n * (2 * sizeof(float) + 1));
    if (!half.v)
        return ct_retouch_fail_memory(err);
    half.rhs = half.v + n;
    half.open = (uint8_t *)(half.v + 2 * n);
    halve(&half, p, guess);
    ct_code rc = cycle(&half, guess, err);
    if (rc == CT_OK)
        enlarge(p, &half, guess);
    ct_free(half.v);
    for (int i = 0; rc == CT_OK && i < RELAXATIONS; i++)
        relax(p);
    return rc;
}

ct_code ct_plane_fill(struct ct_plane *plane, const uint8_t *open, const float *rhs,
                      struct ct_err *err)
{
    size_t n = (size_t)plane->width * (size_t)plane->height;
    struct poisson p = { .v = plane->v, .width = plane->width, .height = plane->height };
    if (!memchr(open, 0, n))
        return CT_OK;
    p.rhs = ct_calloc(n, sizeof(float) + 1);
    if (!p.rhs)
        return ct_retouch_fail_memory(err);
    p.open = (uint8_t *)(p.rhs + n);
    memcpy(p.open, open, n);
    if (rhs)
        memcpy(p.rhs, rhs, n * sizeof(float));
    ct_code rc = rhs ? CT_OK : cycle(&p, true, err);
    for (int i = 0; rc == CT_OK && i < CYCLES; i++)
        rc = cycle(&p, false, err);
    ct_free(p.rhs);
    return rc;
}

static void extend_lines(uint8_t *to, const uint8_t *from, int n, size_t stride, int radius,
                         bool most)
{
    for (int i = 0; i < n; i++) {
        uint8_t best = from[(size_t)i * stride];
        int first = i - radius < 0 ? 0 : i - radius, last = i + radius < n ? i + radius : n - 1;
        for (int k = first; k <= last; k++) {
            uint8_t v = from[(size_t)k * stride];
            best = (most ? v > best : v < best) ? v : best;
        }
        to[(size_t)i * stride] = best;
    }
}

ct_code ct_plane_grow(struct ct_mask *mask, int radius, struct ct_err *err)
{
    size_t width = (size_t)mask->width, n = width * (size_t)mask->height;
    bool most = radius > 0;
    radius = most ? radius : -radius;
    uint8_t *scratch = ct_malloc(n);
    if (!scratch)
        return ct_retouch_fail_memory(err);
    for (int y = 0; y < mask->height; y++)
        extend_lines(scratch + (size_t)y * width, mask->px + (size_t)y * width, mask->width, 1,
                     radius, most);
    for (int x = 0; x < mask->width; x++)
        extend_lines(mask->px + x, scratch + x, mask->height, width, radius, most);
    ct_free(scratch);
    return CT_OK;
}

ct_code ct_plane_feather(struct ct_mask *mask, int radius, struct ct_err *err)
{
    struct ct_plane plane = { 0 }, scratch = { 0 };
    size_t n = (size_t)mask->width * (size_t)mask->height;
    ct_code rc = ct_plane_open(&plane, mask->width, mask->height, err);
    if (rc == CT_OK)
        rc = ct_plane_open(&scratch, mask->width, mask->height, err);
    for (size_t i = 0; rc == CT_OK && i < n; i++)
        plane.v[i] = (float)mask->px[i];
    for (int k = 0; rc == CT_OK && k < 2; k++)
        ct_plane_mean(&plane, &scratch, (radius + 1) / 2);
    for (size_t i = 0; rc == CT_OK && i < n; i++)
        mask->px[i] = (uint8_t)(plane.v[i] + 0.5f);
    ct_plane_release(&plane);
    ct_plane_release(&scratch);
    return rc;
}
