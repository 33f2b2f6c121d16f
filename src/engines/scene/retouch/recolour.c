/* The dichromatic model (Shafer 1985): a pixel is shading times paint, plus gloss in the colour of
 * the light. The paint is what the well-lit part of the region looks like; each pixel is split into
 * the two, and put together again with another paint.
 *
 * Where the paint is grey the two cannot be told apart by colour: then what is brighter than the
 * well-lit part is gloss. How light the new paint turns out follows from how light the old one was:
 * white china of luminance 0.6 stands in less than full light, and so will navy china. */
#include "engines/scene/retouch/recolour.h"

#include "base/mem.h"
#include "engines/scene/retouch/tone.h"
#include "image/resize.h"

#define BINS 256
#define NEAR 0.10f /* of OKLab: certainly the colour that was named, */
#define FAR 0.26f  /* and certainly another one */
#define WHITE_PAINT 0.8f
#define BAND_ROWS 16

struct recolour {
    const struct ct_image *image;
    const struct ct_mask *mask;
    const struct ct_recolour *how;
    const struct ct_retouch *with;
    struct ct_tone tone;
    ct_v3 from_lab;
    float from_grey;        /* 1: the named colour has no hue to go by */
    ct_v3 paint, new_paint; /* linear, as lit in the well-lit part */
    float grey;             /* 1: the paint is grey, gloss is told by brightness alone */
    float dark;             /* 1: the paint is black, shading cannot be told */
    struct ct_image *out;
};

static ct_v3 light_at(const struct recolour *r, size_t i)
{
    return ct_tone_light(&r->tone, r->image->px + i * (size_t)r->image->channels);
}

/* How much a pixel is of the named colour. Shading moves lightness, and chroma with it: colours are
 * compared at one lightness, greys by how far they are from having a hue. */
static float belongs(const struct recolour *r, ct_v3 light)
{
    if (!r->how->has_from)
        return 1;
    ct_v3 lab = ct_oklab(light), from = r->from_lab;
    float scale = from.x / ct_maxf(lab.x, 0.12f);
    float hue = ct_hypotf(lab.y * scale - from.y, lab.z * scale - from.z);
    float apart = fabsf(lab.x - from.x), slack = from.x > 0.5f ? 0.45f : 0.25f;
    float distance = hue * (1.6f - 0.6f * r->from_grey) +
                     (0.15f + 0.25f * r->from_grey) * ct_maxf(apart - slack, 0) +
                     (from.x < 0.35f && r->from_grey > 0.5f ? 0.5f * ct_maxf(apart - 0.20f, 0) : 0);
    return 1 - ct_smoothstep(NEAR, FAR, distance);
}

/* Luminance below which the share `part` of the coverage lies. */
static float percentile(const double counts[BINS], double total, double part)
{
    double seen = 0;
    for (int i = 0; i < BINS; i++) {
        seen += counts[i];
        if (seen >= total * part)
            return ((float)i + 0.5f) / BINS;
    }
    return 1;
}

static int bin_of(ct_v3 light)
{
    return (int)(sqrtf(ct_clampf(ct_luminance(light), 0, 1)) * (BINS - 1));
}

/* The mean colour of the pixels around the 70th percentile of brightness: lit well, not glossy. */
static double find_paint(struct recolour *r, double *covered)
{
    double counts[BINS] = { 0 }, total = 0, sums[4] = { 0 };
    size_t n = (size_t)r->mask->width * (size_t)r->mask->height;
    *covered = 0;
    for (size_t i = 0; i < n; i++)
        if (r->mask->px[i]) {
            ct_v3 light = light_at(r, i);
            double w = (double)belongs(r, light) * r->mask->px[i];
            *covered += r->mask->px[i];
            counts[bin_of(light)] += w;
            total += w;
        }
    float low = percentile(counts, total, 0.55), high = percentile(counts, total, 0.85);
    for (size_t i = 0; i < n; i++) {
        if (!r->mask->px[i])
            continue;
        ct_v3 light = light_at(r, i);
        float at = ((float)bin_of(light) + 0.5f) / BINS;
        if (at < low || at > high)
            continue;
        double w = (double)belongs(r, light) * r->mask->px[i];
        sums[0] += w * (double)light.x;
        sums[1] += w * (double)light.y;
        sums[2] += w * (double)light.z;
        sums[3] += w;
    }
    float scale = sums[3] > 0 ? (float)(1 / sums[3]) : 0;
    r->paint = v3((float)sums[0] * scale, (float)sums[1] * scale, (float)sums[2] * scale);
    return total;
}

static void choose_new_paint(struct recolour *r)
{
    float y = ct_maxf(ct_luminance(r->paint), 0.003f);
    float least = ct_minf(r->paint.x, ct_minf(r->paint.y, r->paint.z));
    float hue = 1 - least / ct_maxf(v3_max(r->paint), 1e-4f); /* saturation of the light */
    r->grey = 1 - ct_smoothstep(0.12f, 0.40f, hue);
    r->dark = 1 - ct_smoothstep(0.012f, 0.07f, y);
    float albedo = r->how->has_from ? ct_luminance(ct_hex_color(r->how->from)) : y;
    if (r->grey > 0.5f && y > 0.2f)
        albedo = WHITE_PAINT;
    float lit = ct_clampf(y / ct_maxf(albedo, 0.01f), 0.45f, 1.25f);
    r->new_paint = v3_scale(ct_hex_color(r->how->to), lit);
}

/* *shade times paint plus *gloss times white, least squares. */
static void split(const struct recolour *r, ct_v3 light, float *shade, float *gloss)
{
    ct_v3 p = r->paint, w = v3(1, 1, 1);
    float pp = v3_dot(p, p) + 1e-6f, pw = v3_dot(p, w), lp = v3_dot(light, p),
          lw = v3_dot(light, w);
    float det = pp * 3 - pw * pw + 1e-6f;
    float a = (lp * 3 - lw * pw) / det, g = (lw * pp - lp * pw) / det;
    if (g < 0 || a < 0) {
        a = lp / pp;
        g = 0;
    }
    float bright = ct_luminance(light) / ct_maxf(ct_luminance(p), 1e-4f);
    float knee = ct_minf(bright, 1.08f);
    float gloss_grey = (bright - knee) * ct_luminance(p);
    /* What varies on black is gloss and noise, hardly its shading: little of it may be multiplied.
     */
    float full = ct_clampf(ct_lerp(a, knee, r->grey), 0, 2);
    *shade = ct_lerp(full, 0.97f + 0.10f * (ct_minf(full, 1.2f) - 1), r->dark);
    *gloss = ct_maxf(ct_lerp(g, gloss_grey, r->grey), 0);
}

static void paint_pixel(const struct recolour *r, size_t i)
{
    ct_v3 light = light_at(r, i);
    float share = belongs(r, light) * (float)r->mask->px[i] / 255, shade, gloss;
    if (share <= 0)
        return;
    split(r, light, &shade, &gloss);
    ct_v3 lit = v3_mad(r->new_paint, shade, v3(gloss, gloss, gloss));
    ct_tone_put(&r->tone, r->out->px + i * (size_t)r->out->channels, v3_lerp(light, lit, share));
}

static void paint_band(void *ctx, uint32_t band)
{
    const struct recolour *r = ctx;
    size_t width = (size_t)r->mask->width, from = (size_t)band * BAND_ROWS * width;
    size_t all = width * (size_t)r->mask->height, to = from + BAND_ROWS * width;
    to = to < all ? to : all;
    for (size_t i = from; i < to && !ct_retouch_cancelled(r->with); i++)
        if (r->mask->px[i])
            paint_pixel(r, i);
}

ct_code ct_recolour(struct ct_image **out, float *changed, const struct ct_image *image,
                    const struct ct_mask *mask, const struct ct_recolour *how,
                    const struct ct_retouch *with, struct ct_err *err)
{
    *out = NULL;
    if (mask->width != image->width || mask->height != image->height)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A mask of another size than its picture.");
    struct recolour *r = ct_calloc(1, sizeof(*r));
    if (!r)
        return ct_retouch_fail_memory(err);
    r->image = image;
    r->mask = mask;
    r->how = how;
    r->with = with;
    ct_tone_init(&r->tone);
    r->from_lab = ct_oklab(ct_hex_color(how->from));
    r->from_grey = 1 - ct_smoothstep(0.02f, 0.06f, ct_hypotf(r->from_lab.y, r->from_lab.z));
    double covered, found = find_paint(r, &covered);
    if (changed)
        *changed = covered > 0 ? (float)(found / covered) : 0;
    choose_new_paint(r);
    ct_code rc = ct_crop(&r->out, image, 0, 0, image->width, image->height, err);
    if (rc == CT_OK)
        ct_pool_for(with->pool, (uint32_t)((image->height + BAND_ROWS - 1) / BAND_ROWS), paint_band,
                    r);
    if (rc == CT_OK && ct_retouch_cancelled(with)) {
        ct_image_unref(&r->out);
        rc = ct_retouch_fail_cancelled(err);
    }
    *out = r->out;
    ct_free(r);
    return rc;
}
