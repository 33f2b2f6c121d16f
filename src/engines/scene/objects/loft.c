/* Sections blended along a line, each as one closed grid of geometry/. */
#include "engines/scene/objects/loft.h"

#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#include <stddef.h>

/* --- wings --- */

static ct_v3 wing_at(const void *ctx, float u, float v)
{
    const struct ct_wing *w = ctx;
    /* Both ends are closed by shrinking the section to a point over the last row. */
    float t = ct_clampf((v - 0.05f) / 0.9f, 0, 1), s, c;
    float chord = ct_lerp(w->root_chord, w->tip_chord, t);
    float thick = w->thickness * ct_lerp(w->root_chord, w->tip_chord, t) * (t >= 1 ? 0.8f : 1);
    float end = v <= 0 || v >= 1 ? 0 : 1;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float x = 0.5f * c, nose = 0.5f + x; /* 1 at the leading edge */
    float y = 0.5f * s * sqrtf(ct_maxf(nose, 0)) * 1.1f;
    ct_v3 up = v3_norm(v3_cross(w->chord, w->span));
    if (up.y + 0.5f * up.x < 0)
        up = v3_scale(up, -1);
    ct_v3 p = v3_mad(w->span, t, w->root);
    p = v3_mad(w->chord, (x * end - w->sweep * t / ct_maxf(chord, 1e-3f)) * chord, p);
    return v3_mad(up, y * end * thick, p);
}

void ct_wing_add(struct ct_object_builder *b, const struct ct_wing *wing, int material)
{
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 36, 20, true, wing_at, wing, NULL });
    ct_v3 up = v3_norm(v3_cross(wing->chord, wing->span));
    if (up.y + 0.5f * up.x < 0)
        ct_mesh_flip(mesh);
    ct_object_add_part(b, ct_mesh_creased(mesh, 50), material);
}

/* --- spindles --- */

static float between(float a, float b, float c, float d, float t)
{
    return 0.5f * (2 * b +
                   t * ((c - a) + t * ((2 * a - 5 * b + 4 * c - d) + t * (3 * b - a - 3 * c + d))));
}

static ct_v3 spindle_at(const void *ctx, float u, float v)
{
    const struct ct_spindle *f = ctx;
    float x = v * (float)(f->n - 1), s, c;
    int i = (int)x < f->n - 2 ? (int)x : f->n - 2;
    float t = x - (float)i;
    const ct_v3 *k = f->section;
    ct_v3 a = k[i ? i - 1 : 0], p = k[i], q = k[i + 1], d = k[i + 2 < f->n ? i + 2 : f->n - 1];
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float r = v <= 0 || v >= 1
                  ? 0
                  : ct_maxf(between(a.z, p.z, q.z, d.z, t), 0.01f * f->section[f->n / 2].z);
    return v3(r * f->width * c, between(a.y, p.y, q.y, d.y, t) + r * s,
              between(a.x, p.x, q.x, d.x, t));
}

void ct_spindle_add(struct ct_object_builder *b, const struct ct_spindle *spindle, int material)
{
    if (spindle->n < 2 || spindle->n > 16)
        return;
    struct ct_mesh *mesh = ct_shape_grid(
        &(struct ct_grid){ 56, 8 * (spindle->n - 1), true, spindle_at, spindle, NULL });
    ct_mesh_flip(mesh);
    ct_object_add_part(b, mesh, material);
}

/* --- hulls --- */

float ct_hull_half_width(const struct ct_hull *h, float z)
{
    float t = ct_clampf(z / h->half_length, -1, 1);
    if (t < 0)
        return h->half_width * ct_lerp(h->stern, 1, ct_smoothstep(-1.25f, -0.1f, t));
    return h->half_width * sqrtf(ct_maxf(1 - t * t * (0.4f + 0.6f * t * t), 0));
}

static ct_v3 hull_at(const void *ctx, float u, float v)
{
    const struct ct_hull *h = ctx;
    float t = 2 * ct_clampf((v - 0.03f) / 0.94f, 0, 1) - 1, z = t * h->half_length;
    float w = ct_maxf(ct_hull_half_width(h, z), 0.04f * h->half_width);
    float bow = ct_smoothstep(0.1f, 1, t);
    float deck = h->depth + h->sheer * bow * bow + 0.25f * h->sheer * ct_smoothstep(-0.3f, -1, t);
    /* Around: from the keel line up the right side, over the deck, down the left side. */
    float side = u < 0.5f ? 1.0f : -1.0f, q = u < 0.5f ? 2 * u : 2 - 2 * u, x, y;
    if (q < 0.2f) { /* bottom, flat on the water */
        x = q / 0.2f;
        y = 0;
    } else if (q < 0.7f) { /* side */
        x = 1;
        y = (q - 0.2f) / 0.5f;
    } else { /* deck */
        x = 1 - (q - 0.7f) / 0.3f;
        y = 1;
    }
    float rake = 0.22f * h->half_width * bow * y; /* the stem leans forward */
    float narrow = 1 - (h->flare + 0.35f * bow * (1 - h->flare)) * (1 - y) * (1 - y);
    float end = v <= 0 || v >= 1 ? 0 : 1;
    if (end == 0)
        return v3(0, h->foot + 0.5f * deck, z + (t > 0 ? 0.11f * h->half_width : 0));
    return v3(side * w * x * narrow, h->foot + deck * y, z + rake);
}

void ct_hull_add(struct ct_object_builder *b, const struct ct_hull *hull, int material)
{
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 60, 64, true, hull_at, hull, NULL });
    ct_mesh_flip(mesh);
    ct_object_add_part(b, ct_mesh_creased(mesh, 50), material);
}
