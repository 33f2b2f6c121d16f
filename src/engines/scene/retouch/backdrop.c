/* Puts a cut-out onto another picture (backdrop.h). Called by edits on the thread that edits.
 *
 * In the order of light: the backdrop is turned to the subject's side of it; the shadow where they
 * touch is taken from the backdrop, in linear light; the subject's colours, freed of its old ground
 * (matte.c), are moved a part of the way to the new one's; at the edge the new ground shines
 * around it a little (light wrap), which is what a cut-out lacks most. */
#include "engines/scene/retouch/backdrop.h"

#include "base/mem.h"
#include "engines/scene/retouch/matte.h"
#include "engines/scene/retouch/plane.h"
#include "engines/scene/retouch/tone.h"

#include <string.h>

#define EXPOSURE_SHARE 0.30f /* of the way to the new ground's brightness, in powers */
#define TINT_SHARE 0.22f
#define WRAP 0.12f
#define WRAP_UNITS 9 /* of 1024: as far as light reaches around an edge */
#define LEAST_SIDE 0.06f /* difference of light between left and right that counts */

struct backdrop {
    const struct ct_image *image, *ground;
    const struct ct_mask *mask;
    const struct ct_retouch *with;
    struct ct_tone tone;
    struct ct_mask_box box; /* of the subject */
    struct ct_image *cut, *out;
    struct ct_plane shadow, scratch, around, alpha; /* around: ground, blurred, one channel */
    bool mirrored;
    ct_v3 gain;
    int unit; /* pixels of the shorter side */
};

static ct_v3 light_at(const struct backdrop *b, const struct ct_image *image, size_t i)
{
    return ct_tone_light(&b->tone, image->px + i * (size_t)image->channels);
}

static size_t ground_at(const struct backdrop *b, int x, int y)
{
    size_t width = (size_t)b->image->width;
    return (size_t)y * width + (size_t)(b->mirrored ? b->image->width - 1 - x : x);
}

/* Brightness of the right half against the left one, -1..1, of what the mask covers (or not). */
static float lit_side(const struct backdrop *b, const struct ct_image *image, bool subject)
{
    double sums[2] = { 0 }, weights[2] = { 0 };
    int width = image->width, middle = subject ? (b->box.x0 + b->box.x1) / 2 : width / 2;
    for (int y = 0; y < image->height; y += 2)
        for (int x = 0; x < width; x += 2) {
            size_t i = (size_t)y * (size_t)width + (size_t)x;
            double w = subject ? b->mask->px[i] : 255;
            int side = x >= middle;
            sums[side] += w * (double)ct_luminance(light_at(b, image, i));
            weights[side] += w;
        }
    double left = sums[0] / (weights[0] + 1), right = sums[1] / (weights[1] + 1);
    return (float)((right - left) / (right + left + 0.01));
}

static void turn_to_light(struct backdrop *b, const struct ct_placement *how)
{
    float subject = lit_side(b, b->image, true), ground = lit_side(b, b->ground, false);
    b->mirrored = !(how && how->no_mirror) && subject * ground < 0 && fabsf(subject) > LEAST_SIDE &&
                  fabsf(ground) > LEAST_SIDE;
}

static ct_v3 mean_light(const struct backdrop *b, const struct ct_image *image, bool masked)
{
    ct_v3 sum = v3(0, 0, 0);
    float weights = 1e-3f;
    size_t n = (size_t)image->width * (size_t)image->height;
    for (size_t i = 0; i < n; i += 3) {
        float w = masked ? 1 - (float)b->mask->px[i] / 255 : 1;
        sum = v3_mad(light_at(b, image, i), w, sum);
        weights += w;
    }
    return v3_scale(sum, 1 / weights);
}

/* From the old ground's light to the new one's, part of the way, brightness and colour apart. */
static void match_light(struct backdrop *b)
{
    ct_v3 old = v3_add(mean_light(b, b->image, true), v3(0.02f, 0.02f, 0.02f));
    ct_v3 new = v3_add(mean_light(b, b->ground, false), v3(0.02f, 0.02f, 0.02f));
    float bright = ct_luminance(new) / ct_luminance(old);
    float exposure = ct_clampf(ct_powf(bright, EXPOSURE_SHARE), 0.62f, 1.35f);
    const float tints[3] = { new.x / old.x / bright, new.y / old.y / bright,
                             new.z / old.z / bright };
    float gains[3];
    for (int c = 0; c < 3; c++)
        gains[c] = exposure * ct_clampf(ct_powf(tints[c], TINT_SHARE), 0.78f, 1.28f);
    b->gain = v3(gains[0], gains[1], gains[2]);
}

/* Where the subject stands: coverage of its lowest part, by column, spread flat on the floor. */
static void add_shadow(struct backdrop *b, float strength, float wide, float high, float away)
{
    int width = b->image->width, height = b->image->height, tall = b->box.y1 - b->box.y0;
    int foot = (int)(0.07f * (float)tall) + 1, shift = (int)(away * (float)tall);
    size_t n = (size_t)width * (size_t)height;
    struct ct_plane spot = { width, height, b->scratch.v };
    memset(spot.v, 0, n * sizeof(float));
    for (int x = 0; x < width; x++) {
        int bottom = -1, from = x - shift;
        for (int y = b->box.y1 - 1; from >= 0 && from < width && y >= b->box.y1 - foot && y >= 0;
             y--)
            if (b->mask->px[(size_t)y * (size_t)width + (size_t)from] > 127) {
                bottom = y;
                break;
            }
        int depth = (int)(high * (float)tall) + 1;
        for (int y = bottom - depth; bottom >= 0 && y <= bottom + depth; y++)
            if (y >= 0 && y < height)
                spot.v[(size_t)y * (size_t)width + (size_t)x] = 1;
    }
    for (int k = 0; k < 2; k++)
        ct_plane_mean(&spot, &b->around, (int)(wide * (float)tall) + 1);
    for (size_t i = 0; i < n; i++)
        b->shadow.v[i] = 1 - (1 - b->shadow.v[i]) * (1 - strength * spot.v[i]);
}

static void cast_shadow(struct backdrop *b, const struct ct_placement *how)
{
    bool stands = b->box.y1 < b->image->height - b->unit / 100;
    if ((how && how->no_shadow) || !stands)
        return;
    /* light from the right: shadow to the left */
    float side = how && how->ground_light ? lit_side(b, b->ground, false)
                                          : lit_side(b, b->image, true);
    float away = side > LEAST_SIDE ? -0.08f : side < -LEAST_SIDE ? 0.08f : 0;
    add_shadow(b, 0.70f, 0.010f, 0.006f, 0);        /* where they touch */
    add_shadow(b, 0.60f, 0.040f, 0.018f, away / 2); /* and what keeps light away around it */
    add_shadow(b, 0.42f, 0.110f, 0.045f, away);
}

static float channel(ct_v3 v, size_t c)
{
    return c == 0 ? v.x : c == 1 ? v.y : v.z;
}

/* The ground as it shines around edges, one channel at a time: blurred light. */
static void blur_ground(struct backdrop *b, size_t c, int radius)
{
    for (int y = 0; y < b->image->height; y++)
        for (int x = 0; x < b->image->width; x++)
            b->around.v[(size_t)y * (size_t)b->image->width + (size_t)x] =
                b->tone.linear[b->ground->px[ground_at(b, x, y) * (size_t)b->ground->channels + c]];
    ct_plane_mean(&b->around, &b->scratch, radius);
}

static void compose_channel(struct backdrop *b, size_t c, float *to)
{
    size_t width = (size_t)b->image->width;
    float gain = channel(b->gain, c);
    for (int y = 0; y < b->image->height; y++)
        for (int x = 0; x < b->image->width; x++) {
            size_t i = (size_t)y * width + (size_t)x, g = ground_at(b, x, y);
            float a = (float)b->mask->px[i] / 255;
            float ground = b->tone.linear[b->ground->px[g * (size_t)b->ground->channels + c]];
            float front = b->tone.linear[b->cut->px[4 * i + c]] * gain;
            float wrap = WRAP * a * ct_clampf(2 * (1 - b->alpha.v[i]), 0, 1);
            front = ct_lerp(front, b->around.v[i], wrap);
            to[i] = ct_lerp(ground * (1 - b->shadow.v[i]), front, a);
        }
}

static ct_code compose(struct backdrop *b, struct ct_err *err)
{
    size_t n = (size_t)b->image->width * (size_t)b->image->height;
    int radius = b->unit * WRAP_UNITS / 1024 + 1;
    float *light = ct_reallocarray(NULL, n, 3 * sizeof(float));
    if (!light)
        return ct_retouch_fail_memory(err);
    for (size_t i = 0; i < n; i++)
        b->alpha.v[i] = (float)b->mask->px[i] / 255;
    ct_plane_mean(&b->alpha, &b->scratch, radius);
    for (size_t c = 0; c < 3 && !ct_retouch_cancelled(b->with); c++) {
        blur_ground(b, c, radius);
        compose_channel(b, c, light + c * n);
    }
    for (size_t i = 0; i < n; i++)
        ct_tone_put(&b->tone, b->out->px + 3 * i, v3(light[i], light[n + i], light[2 * n + i]));
    ct_free(light);
    return ct_retouch_cancelled(b->with) ? ct_retouch_fail_cancelled(err) : CT_OK;
}

static ct_code open_planes(struct backdrop *b, struct ct_err *err)
{
    struct ct_plane *planes[4] = { &b->shadow, &b->scratch, &b->around, &b->alpha };
    for (int i = 0; i < 4; i++)
        CT_TRY(ct_plane_open(planes[i], b->image->width, b->image->height, err));
    return ct_image_new(&b->out, b->image->width, b->image->height, 3, err);
}

static void close_planes(struct backdrop *b)
{
    ct_plane_release(&b->shadow);
    ct_plane_release(&b->scratch);
    ct_plane_release(&b->around);
    ct_plane_release(&b->alpha);
    ct_image_unref(&b->cut);
}

static ct_code replace(struct backdrop *b, const struct ct_placement *how, struct ct_err *err)
{
    ct_tone_init(&b->tone);
    CT_TRY(open_planes(b, err));
    CT_TRY(ct_matte_cut_out(&b->cut, b->image, b->mask, b->with, err));
    if (ct_mask_bounds(b->mask, 64, &b->box)) {
        turn_to_light(b, how);
        match_light(b);
        cast_shadow(b, how);
    }
    return compose(b, err);
}

ct_code ct_backdrop_replace(struct ct_image **out, const struct ct_image *image,
                            const struct ct_mask *subject, const struct ct_image *backdrop,
                            const struct ct_placement *how, const struct ct_retouch *with,
                            struct ct_err *err)
{
    int shorter = image->width < image->height ? image->width : image->height;
    *out = NULL;
    if (subject->width != image->width || subject->height != image->height ||
        backdrop->width != image->width || backdrop->height != image->height)
        return ct_fail(err, CT_E_INTERNAL, NULL, "A subject, mask and backdrop of other sizes.");
    struct backdrop *b = ct_calloc(1, sizeof(*b));
    if (!b)
        return ct_retouch_fail_memory(err);
    b->image = image;
    b->ground = backdrop;
    b->mask = subject;
    b->with = with;
    b->unit = shorter;
    ct_code rc = replace(b, how, err);
    if (rc != CT_OK)
        ct_image_unref(&b->out);
    *out = b->out;
    close_planes(b);
    ct_free(b);
    return rc;
}
