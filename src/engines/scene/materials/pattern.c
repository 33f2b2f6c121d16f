/* Patterns: a second colour on a thing, in the thing's own space, so that no mesh needs texture
 * coordinates for it.
 *
 * Laid by objects/object.c, once for each object that has one. Where on the surface a point lies is
 * told by the form of the thing: two coordinates in units of the pattern's size, which run around
 * and up a vessel, around and along the meridian of a ball, over the plan of a canopy, or in the
 * plane of the side it is on. Around things the number of repeats is whole, so there is no seam.
 *
 *     ROUND  u = angle, v = y     BALL  u = angle, v = latitude     CANOPY  u = x, v = z
 *
 * The texture runs in the renderer's inner loop on any thread: pure, no libm. */
#include "engines/scene/materials/pattern.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/prompt/intent.h"

#define EDGE 0.025f        /* half the width over which colours meet, in sizes */
#define ALIKE 0.28f        /* distance within which two colours do not make a pattern */
#define GORES 8            /* stripes of a canopy or a ball */
#define FLAT_ABOVE 0.8f    /* steepness from which a part of a vessel is its rim or foot */
#define FIRST_COLOR_Y 0.44f /* of its height: where a dipped thing leaves the glaze */

/* Where a point lies; false: on a side that stays plain, as the inside of a mug does. */
struct place {
    float u, v;
    float turn;   /* around the axis, 0..1 */
    float height; /* 0..1 of the thing */
};

static bool find_place(const struct ct_pattern *p, const struct ct_shade_point *at,
                       struct place *out)
{
    ct_v3 q = at->local, n = at->geometric_normal;
    float c = p->turned_cos, s = p->turned_sin; /* the normal is the world's */
    float nx = n.x * c - n.z * s, nz = n.z * c + n.x * s;
    float r = ct_hypotf(q.x, q.z);
    out->turn = ct_atan2f(q.x, q.z) / (2 * CT_PI) + 0.5f;
    out->height = q.y / p->height;
    float around = ct_maxf(1, ct_floorf(2 * CT_PI * p->radius / p->size + 0.5f));
    switch (p->form) {
    case CT_PATTERN_ROUND:
        out->u = out->turn * around;
        out->v = q.y / p->size;
        return fabsf(n.y) < FLAT_ABOVE && nx * q.x + nz * q.z > 0;
    case CT_PATTERN_BALL: {
        float latitude = ct_atan2f(q.y - p->height / 2, r) * p->radius / p->size;
        float ring = ct_cosf((ct_floorf(latitude) + 0.5f) * p->size / p->radius);
        out->u = out->turn * ct_maxf(1, ct_floorf(around * ct_maxf(ring, 0) + 0.5f));
        out->v = latitude;
        return true;
    }
    case CT_PATTERN_CANOPY:
        out->u = q.x / p->size;
        out->v = q.z / p->size;
        return true;
    case CT_PATTERN_SIDES:
        break;
    }
    struct ct_surface_axes axes = ct_surface_axes(at);
    out->u = axes.u / p->size;
    out->v = axes.v / p->size;
    return true;
}

/* 1 within `half` of the middle of each unit, soft at the edges. */
static float band(float x, float half)
{
    return ct_smoothstep(half + EDGE, half - EDGE, fabsf(ct_fractf(x) - 0.5f));
}

static float dot(float u, float v)
{
    float row = ct_floorf(v), shifted = u + (ct_fractf(row / 2) > 0.25f ? 0.5f : 0);
    float x = ct_fractf(shifted) - 0.5f, y = ct_fractf(v) - 0.5f;
    return ct_smoothstep(0.27f + EDGE, 0.27f - EDGE, ct_hypotf(x, y));
}

static float checks(float u, float v)
{
    float a = 2 * band(u, 0.25f) - 1, b = 2 * band(v, 0.25f) - 1;
    return 0.5f + 0.5f * a * b;
}

/* Broad bands both ways, a fine line beside each. */
static float plaid(float u, float v)
{
    float broad = 0.42f * (band(u, 0.24f) + band(v, 0.24f));
    float fine = 0.3f * (band(u + 0.5f, 0.03f) + band(v + 0.5f, 0.03f));
    return ct_minf(broad + fine, 1);
}

/* Specks of chance sizes, at most one in a cell of a lattice in space. */
static float speckles(ct_v3 q)
{
    ct_v3 cell = v3(ct_floorf(q.x), ct_floorf(q.y), ct_floorf(q.z));
    uint32_t h = ct_hash32_combine(ct_hash32_combine((uint32_t)(int32_t)cell.x + 517u,
                                                     (uint32_t)(int32_t)cell.y + 91u),
                                   (uint32_t)(int32_t)cell.z + 7u);
    float r = 0.34f * ct_hash32_unit(ct_hash32(h));
    ct_v3 middle = v3(cell.x + 0.36f + 0.28f * ct_hash32_unit(h),
                      cell.y + 0.36f + 0.28f * ct_hash32_unit(ct_hash32(h + 1)),
                      cell.z + 0.36f + 0.28f * ct_hash32_unit(ct_hash32(h + 2)));
    return ct_smoothstep(r + 0.04f, r - 0.04f, v3_len(v3_sub(q, middle)));
}

static float cover(const struct ct_pattern *p, const struct ct_shade_point *at)
{
    struct place k;
    bool gored = p->form == CT_PATTERN_CANOPY || p->form == CT_PATTERN_BALL;
    if (p->kind == CT_PATTERN_speckles)
        return speckles(v3_scale(at->local, 5 / p->size));
    if (!find_place(p, at, &k))
        return 0;
    switch (p->kind) {
    case CT_PATTERN_stripes:
        if (gored)
            return band(k.turn * GORES, 0.25f);
        return band(p->form == CT_PATTERN_ROUND ? k.v : k.u, 0.25f);
    case CT_PATTERN_pinstripes:
        return band(2 * k.u, 0.09f);
    case CT_PATTERN_dots:
        return dot(k.u, k.v);
    case CT_PATTERN_checks:
        return checks(k.u, k.v);
    case CT_PATTERN_plaid:
        return plaid(k.u / 2, k.v / 2);
    case CT_PATTERN_two_tone:
        return ct_smoothstep(FIRST_COLOR_Y + 0.006f, FIRST_COLOR_Y - 0.006f, k.height);
    default:
        return 0;
    }
}

static void pattern_texture(const struct ct_material *m, const struct ct_shade_point *at,
                            struct ct_surface *s)
{
    const struct ct_pattern *p = &m->pattern;
    if (p->under)
        p->under(m, at, s);
    float k = cover(p, at);
    s->base_color = v3_lerp(s->base_color, p->color, k);
    s->metallic *= 1 - k;
    s->sheen_color = v3_scale(s->sheen_color, 1 - 0.5f * k);
}

/* What goes with a surface nobody named the second colour of. */
static ct_v3 usual_color(int kind, ct_v3 body)
{
    static const uint32_t on_light[] = {
        [CT_PATTERN_stripes] = 0x27456b,  [CT_PATTERN_pinstripes] = 0x27456b,
        [CT_PATTERN_dots] = 0xb8322f,     [CT_PATTERN_checks] = 0x26272b,
        [CT_PATTERN_plaid] = 0xa8272c,    [CT_PATTERN_two_tone] = 0x3d6f79,
        [CT_PATTERN_speckles] = 0x43362d,
    };
    const float middle_grey = 0.3f;
    if (ct_luminance(body) < middle_grey)
        return v3(0.80f, 0.78f, 0.73f);
    return ct_hex_color(on_light[kind]);
}

void ct_material_lay_pattern(struct ct_material *m, const struct ct_pattern *pattern,
                             bool has_color)
{
    if (m->glass)
        return;
    m->pattern = *pattern;
    m->pattern.under = m->texture;
    /* "red stripes" on what is red by itself: on white, then. */
    if (has_color && v3_len(v3_sub(pattern->color, m->surface.base_color)) < ALIKE)
        m->surface.base_color = v3(0.82f, 0.80f, 0.76f);
    if (!has_color)
        m->pattern.color = usual_color(pattern->kind, m->surface.base_color);
    m->texture = pattern_texture;
}
