/* The guided filter (He et al. 2013): around every pixel, the mask is explained as a linear
 * function of the picture's colours, so that its edge falls where the colours change. The functions
 * are found on the small picture and applied to the large one (He and Sun 2015), which costs a
 * tenth and shows no difference: they change slowly, the picture does not.
 *
 * Edge colours by blurred fusion (Forte 2021): a pixel of alpha a shows a F + (1 - a) B; F and B
 * are guessed as means of their surroundings, then F is mended by what the guess leaves
 * unexplained.
 *
 * Called by segment.c and by edits that were given a mask. */
#include "engines/scene/retouch/matte.h"

#include "base/mem.h"
#include "engines/scene/math/vec.h"
#include "engines/scene/retouch/plane.h"
#include "image/resize.h"

#include <string.h>

#define RADIUS 5          /* on the small picture */
#define EPSILON 4e-4f     /* variance of colour, in 0..1, below which an area counts as plain */
#define BAND 7            /* pixels of the small picture to either side that may be soft */
#define BAND_ROWS 32
#define WIDE 45           /* of 1024: the first guess of edge colours reaches that far, */
#define NARROW 4          /* and the second one */

enum { R, G, B, P, RR, RG, RB, GG, GB, BB, RP, GP, BP, N_PLANES };

struct guide {
    struct ct_plane planes[N_PLANES], a[4], scratch[N_PLANES];
    uint8_t *sure; /* 0 outside, 1 inside, 2 soft */
    int width, height;
};

static ct_code open_guide(struct guide *g, int width, int height, struct ct_err *err)
{
    g->width = width;
    g->height = height;
    g->sure = ct_calloc((size_t)width, (size_t)height);
    if (!g->sure)
        return ct_retouch_fail_memory(err);
    for (int i = 0; i < N_PLANES; i++) {
        CT_TRY(ct_plane_open(&g->planes[i], width, height, err));
        CT_TRY(ct_plane_open(&g->scratch[i], width, height, err));
    }
    for (int i = 0; i < 4; i++)
        CT_TRY(ct_plane_open(&g->a[i], width, height, err));
    return CT_OK;
}

static void close_guide(struct guide *g)
{
    for (int i = 0; i < N_PLANES; i++) {
        ct_plane_release(&g->planes[i]);
        ct_plane_release(&g->scratch[i]);
    }
    for (int i = 0; i < 4; i++)
        ct_plane_release(&g->a[i]);
    ct_free(g->sure);
}

static void fill_guide(struct guide *g, const struct ct_image *small, const uint8_t *inside)
{
    size_t n = (size_t)g->width * (size_t)g->height;
    for (size_t i = 0; i < n; i++) {
        const uint8_t *px = small->px + i * (size_t)small->channels;
        float r = (float)px[0] / 255, gr = (float)px[1] / 255, b = (float)px[2] / 255;
        float p = inside[i] ? 1 : 0;
        const float v[N_PLANES] = { r, gr, b, p, r * r, r * gr, r * b, gr * gr, gr * b, b * b,
                                    r * p, gr * p, b * p };
        for (int k = 0; k < N_PLANES; k++)
            g->planes[k].v[i] = v[k];
    }
}

static void mean_plane(void *ctx, uint32_t k)
{
    struct guide *g = ctx;
    ct_plane_mean(&g->planes[k], &g->scratch[k], RADIUS);
}

/* Solves (covariance + epsilon) a = covariance with the mask, by Cramer's rule. */
static void explain(struct guide *g, size_t i)
{
    float m[N_PLANES];
    for (int k = 0; k < N_PLANES; k++)
        m[k] = g->planes[k].v[i];
    float xx = m[RR] - m[R] * m[R] + EPSILON, xy = m[RG] - m[R] * m[G], xz = m[RB] - m[R] * m[B];
    float yy = m[GG] - m[G] * m[G] + EPSILON, yz = m[GB] - m[G] * m[B];
    float zz = m[BB] - m[B] * m[B] + EPSILON;
    ct_v3 c = v3(m[RP] - m[R] * m[P], m[GP] - m[G] * m[P], m[BP] - m[B] * m[P]);
    ct_v3 rows[3] = { v3(yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy),
                      v3(xz * yz - xy * zz, xx * zz - xz * xz, xy * xz - xx * yz),
                      v3(xy * yz - xz * yy, xy * xz - xx * yz, xx * yy - xy * xy) };
    float det = v3_dot(v3(xx, xy, xz), rows[0]), scale = 1 / ct_maxf(det, 1e-12f);
    ct_v3 a = v3(v3_dot(rows[0], c) * scale, v3_dot(rows[1], c) * scale,
                 v3_dot(rows[2], c) * scale);
    g->a[0].v[i] = a.x;
    g->a[1].v[i] = a.y;
    g->a[2].v[i] = a.z;
    g->a[3].v[i] = m[P] - v3_dot(a, v3(m[R], m[G], m[B]));
}

static void mean_answer(void *ctx, uint32_t k)
{
    struct guide *g = ctx;
    ct_plane_mean(&g->a[k], &g->scratch[k], RADIUS);
}

/* Only a band along the border may be soft: by the mean of the mask over it. */
static void find_band(struct guide *g, const uint8_t *inside)
{
    size_t n = (size_t)g->width * (size_t)g->height;
    struct ct_plane *mask = &g->planes[P];
    for (size_t i = 0; i < n; i++)
        mask->v[i] = inside[i] ? 1 : 0;
    ct_plane_mean(mask, &g->scratch[P], BAND);
    for (size_t i = 0; i < n; i++)
        g->sure[i] = mask->v[i] < 0.002f ? 0 : mask->v[i] > 0.998f ? 1 : 2;
}

struct apply {
    const struct guide *g;
    const struct ct_image *image;
    struct ct_mask *out;
};

static float sample(const struct ct_plane *p, float x, float y)
{
    x = ct_clampf(x, 0, (float)(p->width - 1));
    y = ct_clampf(y, 0, (float)(p->height - 1));
    int x0 = (int)x, y0 = (int)y;
    int x1 = x0 + 1 < p->width ? x0 + 1 : x0, y1 = y0 + 1 < p->height ? y0 + 1 : y0;
    const float *a = p->v + (size_t)y0 * (size_t)p->width;
    const float *b = p->v + (size_t)y1 * (size_t)p->width;
    float fx = x - (float)x0, fy = y - (float)y0;
    return ct_lerp(ct_lerp(a[x0], a[x1], fx), ct_lerp(b[x0], b[x1], fx), fy);
}

static uint8_t matte_of(const struct apply *a, const uint8_t *px, float x, float y)
{
    const struct guide *g = a->g;
    int sx = (int)ct_clampf(x + 0.5f, 0, (float)(g->width - 1));
    int sy = (int)ct_clampf(y + 0.5f, 0, (float)(g->height - 1));
    uint8_t sure = g->sure[(size_t)sy * (size_t)g->width + (size_t)sx];
    if (sure < 2)
        return sure ? 255 : 0;
    float p = sample(&g->a[3], x, y);
    for (int k = 0; k < 3; k++)
        p += sample(&g->a[k], x, y) * (float)px[k] / 255;
    /* The filter leaves a veil on either side, which no mask may have. */
    return (uint8_t)(255 * ct_smoothstep(0.18f, 0.82f, p) + 0.5f);
}

static void apply_band(void *ctx, uint32_t band)
{
    const struct apply *a = ctx;
    const struct ct_image *image = a->image;
    float sx = (float)a->g->width / (float)image->width;
    float sy = (float)a->g->height / (float)image->height;
    int end = ((int)band + 1) * BAND_ROWS < image->height ? ((int)band + 1) * BAND_ROWS
                                                          : image->height;
    for (int y = (int)band * BAND_ROWS; y < end; y++)
        for (int x = 0; x < image->width; x++) {
            size_t i = (size_t)y * (size_t)image->width + (size_t)x;
            a->out->px[i] = matte_of(a, image->px + i * (size_t)image->channels,
                                     ((float)x + 0.5f) * sx - 0.5f, ((float)y + 0.5f) * sy - 0.5f);
        }
}

static ct_code matte(struct ct_mask *out, const struct ct_image *image, const uint8_t *inside,
                     struct guide *g, const struct ct_retouch *with, struct ct_err *err)
{
    struct ct_image *small;
    CT_TRY(ct_resize(&small, image, g->width, g->height, with->pool, err));
    fill_guide(g, small, inside);
    ct_image_unref(&small);
    ct_pool_for(with->pool, N_PLANES, mean_plane, g);
    for (size_t i = 0; i < (size_t)g->width * (size_t)g->height; i++)
        explain(g, i);
    ct_pool_for(with->pool, 4, mean_answer, g);
    find_band(g, inside);
    if (ct_retouch_cancelled(with))
        return ct_retouch_fail_cancelled(err);
    struct apply a = { g, image, out };
    ct_pool_for(with->pool, (uint32_t)((image->height + BAND_ROWS - 1) / BAND_ROWS), apply_band,
                &a);
    return CT_OK;
}

ct_code ct_matte(struct ct_mask **out, const struct ct_image *image, const uint8_t *inside,
                 int small_width, int small_height, const struct ct_retouch *with,
                 struct ct_err *err)
{
    struct guide *g = ct_calloc(1, sizeof(*g));
    *out = NULL;
    if (!g)
        return ct_retouch_fail_memory(err);
    ct_code rc = open_guide(g, small_width, small_height, err);
    if (rc == CT_OK)
        rc = ct_mask_new(out, image->width, image->height, err);
    if (rc == CT_OK)
        rc = matte(*out, image, inside, g, with, err);
    close_guide(g);
    ct_free(g);
    if (rc != CT_OK)
        ct_mask_free(out);
    return rc;
}

/* ---- colours of the edge ---- */

struct fusion {
    const struct ct_image *image;
    const struct ct_mask *mask;
    struct ct_image *out;
    struct ct_plane alpha[2]; /* mean alpha after each radius */
    int radius[2];
    ct_code codes[3];
};

static int scaled(const struct ct_image *image, int units)
{
    int shorter = image->width < image->height ? image->width : image->height;
    int px = (units * shorter + 512) / 1024;
    return px < 1 ? 1 : px;
}

/* F and B of one channel from means over `radius`, then mended into `front`. */
static void fuse(const struct fusion *f, size_t c, int k, float *front, struct ct_plane *fore,
                 struct ct_plane *back, struct ct_plane *scratch)
{
    size_t n = (size_t)f->mask->width * (size_t)f->mask->height;
    for (size_t i = 0; i < n; i++) {
        float a = (float)f->mask->px[i] / 255;
        float v = (float)f->image->px[i * (size_t)f->image->channels + c];
        fore->v[i] = a * front[i];
        back->v[i] = (1 - a) * v;
    }
    ct_plane_mean(fore, scratch, f->radius[k]);
    ct_plane_mean(back, scratch, f->radius[k]);
    for (size_t i = 0; i < n; i++) {
        float a = (float)f->mask->px[i] / 255, mean = f->alpha[k].v[i];
        float v = (float)f->image->px[i * (size_t)f->image->channels + c];
        float fg = fore->v[i] / (mean + 1e-5f), bg = back->v[i] / (1 - mean + 1e-5f);
        front[i] = ct_clampf(fg + a * (v - a * fg - (1 - a) * bg), 0, 255);
    }
}

static void fuse_channel(void *ctx, uint32_t c)
{
    struct fusion *f = ctx;
    int width = f->mask->width, height = f->mask->height;
    size_t n = (size_t)width * (size_t)height;
    struct ct_plane p[4] = { { 0 } };
    ct_code rc = CT_OK;
    for (int i = 0; i < 4 && rc == CT_OK; i++)
        rc = ct_plane_open(&p[i], width, height, NULL);
    for (size_t i = 0; rc == CT_OK && i < n; i++)
        p[0].v[i] = (float)f->image->px[i * (size_t)f->image->channels + c];
    for (int k = 0; k < 2 && rc == CT_OK; k++)
        fuse(f, c, k, p[0].v, &p[1], &p[2], &p[3]);
    for (size_t i = 0; rc == CT_OK && i < n; i++)
        f->out->px[4 * i + c] = f->mask->px[i] == 255
                                    ? f->image->px[i * (size_t)f->image->channels + c]
                                    : (uint8_t)(p[0].v[i] + 0.5f);
    for (int i = 0; i < 4; i++)
        ct_plane_release(&p[i]);
    f->codes[c] = rc;
}

static ct_code mean_alpha(struct fusion *f, struct ct_err *err)
{
    size_t n = (size_t)f->mask->width * (size_t)f->mask->height;
    struct ct_plane scratch;
    ct_code rc = ct_plane_open(&scratch, f->mask->width, f->mask->height, err);
    for (int k = 0; k < 2 && rc == CT_OK; k++) {
        rc = ct_plane_open(&f->alpha[k], f->mask->width, f->mask->height, err);
        for (size_t i = 0; rc == CT_OK && i < n; i++)
            f->alpha[k].v[i] = (float)f->mask->px[i] / 255;
        if (rc == CT_OK)
            ct_plane_mean(&f->alpha[k], &scratch, f->radius[k]);
    }
    ct_plane_release(&scratch);
    return rc;
}

ct_code ct_matte_cut_out(struct ct_image **out, const struct ct_image *image,
                         const struct ct_mask *mask, const struct ct_retouch *with,
                         struct ct_err *err)
{
    struct fusion f = { .image = image, .mask = mask };
    *out = NULL;
    if (mask->width != image->width || mask->height != image->height)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A mask of another size than its picture.");
    f.radius[0] = scaled(image, WIDE);
    f.radius[1] = scaled(image, NARROW);
    ct_code rc = ct_image_new(&f.out, image->width, image->height, 4, err);
    if (rc == CT_OK)
        rc = mean_alpha(&f, err);
    if (rc == CT_OK) {
        ct_pool_for(with->pool, 3, fuse_channel, &f);
        for (int c = 0; c < 3 && rc == CT_OK; c++)
            rc = f.codes[c] == CT_OK ? CT_OK : ct_retouch_fail_memory(err);
    }
    for (size_t i = 0; rc == CT_OK && i < (size_t)mask->width * (size_t)mask->height; i++)
        f.out->px[4 * i + 3] = mask->px[i];
    ct_plane_release(&f.alpha[0]);
    ct_plane_release(&f.alpha[1]);
    if (rc != CT_OK)
        ct_image_unref(&f.out);
    *out = f.out;
    return rc;
}
