/* Citrus peel, bread crust, frosting, chocolate: what food is covered with.
 *
 * None of them is one colour, and none is smooth: the oven browns what looks up, oil glands dent
 * a peel, a palette knife leaves waves. Fine relief is done by bending normals. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

/* Slopes of a noise field, for bending a normal: three fields stand for its gradient. */
static ct_v3 relief(ct_v3 p, float scale)
{
    ct_v3 q = v3_scale(p, scale);
    return v3(ct_noise3(q), ct_noise3(v3_add(q, v3(4.3f, 7.1f, 2.9f))),
              ct_noise3(v3_add(q, v3(8.7f, 1.3f, 6.1f))));
}

/* Oil glands: round dents a millimetre and a half apart; broad patches riper than others. */
static void citrus_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 p = at->local;
    float gland = ct_smoothstep(0.18f, 0.55f, ct_noise3(v3_scale(p, m->scale)));
    float ripe = ct_fbm3(v3_scale(p, 0.4f), 3);
    s->base_color = v3_scale(v3_lerp(s->base_color, m->color2, ct_clampf(0.5f * ripe, 0, 0.4f)),
                             1 - 0.13f * gland);
    s->normal = ct_bend_normal(at, v3_scale(relief(p, m->scale), m->bump));
}

void ct_material_citrus(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.78f, 0.24f, 0.012f));
    m->color2 = v3_lerp(m->surface.base_color, v3(0.85f, 0.55f, 0.05f), 0.5f);
    m->surface.roughness = 0.5f;
    m->surface.specular = 0;
    m->surface.coat = 0.6f;
    m->surface.coat_roughness = ct_look_roughness(look, 0.33f);
    m->texture = citrus_texture;
    m->scale = 5.5f;
    m->bump = 0.14f;
}

/* Brown where the heat came from (above), pale towards the bottom, blistered finely. param[0]
 * darkens everything (0: as baked usually). */
static void crust_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    ct_v3 p = at->local;
    float up = at->geometric_normal.y;
    if (at->bounce > 0) {
        s->base_color = v3_lerp(s->base_color, m->color2, ct_clampf(0.3f + 0.3f * up, 0, 1));
        return;
    }
    float cloud = ct_fbm3(v3_scale(p, 0.55f * m->scale), 4);
    float blister = ct_noise3(v3_scale(p, 3.5f * m->scale));
    float bake = ct_smoothstep(-0.55f, 1.0f, up + 0.9f * cloud + m->param[0]);
    ct_v3 color = v3_lerp(s->base_color, m->color2, bake * 0.85f);
    float freckles = ct_smoothstep(0.30f, 0.55f, blister + 0.3f * cloud);
    s->base_color = v3_scale(color, 1 - 0.28f * freckles);
    s->normal = ct_bend_normal(
        at, v3_scale(v3_add(relief(p, 2.5f * m->scale), v3_scale(relief(p, 8 * m->scale), 0.6f)),
                     m->bump));
}

void ct_material_crust(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.66f, 0.37f, 0.12f));
    m->color2 = v3_mul(m->surface.base_color, v3(0.50f, 0.36f, 0.22f));
    m->surface.roughness = ct_look_roughness(look, 0.55f);
    m->surface.specular = 0.03f;
    m->surface.coat = 0.15f;
    m->surface.coat_roughness = 0.4f;
    m->texture = crust_texture;
    m->scale = 1;
    m->bump = 0.07f;
}

/* Spread with a knife: slow waves along the surface. */
static void frosting_texture(const struct ct_material *m, const struct ct_shade_point *at,
                             struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 p = at->local;
    ct_v3 strokes = relief(v3(0.35f * p.x, 1.8f * p.y, 0.35f * p.z), m->scale);
    s->normal = ct_bend_normal(at, v3_scale(strokes, m->bump));
}

void ct_material_frosting(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.86f, 0.81f, 0.72f));
    m->surface.roughness = ct_look_roughness(look, 0.42f);
    m->surface.specular = 0.035f;
    m->texture = frosting_texture;
    m->scale = 1;
    m->bump = 0.06f;
}

void ct_material_chocolate(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.060f, 0.020f, 0.008f));
    m->surface.roughness = 0.4f;
    m->surface.specular = 0;
    m->surface.coat = 0.8f;
    m->surface.coat_roughness = ct_look_roughness(look, 0.26f);
    m->texture = frosting_texture;
    m->scale = 0.8f;
    m->bump = 0.02f;
}
