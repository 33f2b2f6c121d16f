/* Liquids as seen from above in an opaque cup: a mirror over a colour that knows where the rim is.
 *
 * In a cup the wall blocks every straight way from the liquid to a light, so a refracting surface
 * would be drawn nearly black at a usual number of samples. Where one looks through the wall, in
 * glass, the object uses the medium of the same liquid instead (media.c). param[0] is the radius of
 * the liquid's surface in cm; its middle is local x = z = 0. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

/* 0 in the middle, 1 at the wall; beyond that in the meniscus. */
static float towards_wall(const struct ct_material *m, const struct ct_shade_point *at)
{
    return ct_hypotf(at->local.x, at->local.z) / ct_maxf(m->param[0], 0.1f);
}

/* Crema gathers along the wall and in a few islands. */
static void coffee_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 p = at->local;
    float ring =
        ct_smoothstep(0.80f, 0.995f, towards_wall(m, at) + 0.10f * ct_fbm3(v3_scale(p, 1.2f), 4));
    float islands = 0.22f * ct_smoothstep(0.15f, 0.4f, ct_fbm3(v3_scale(p, 3), 4));
    s->base_color = v3_lerp(s->base_color, m->color2, ct_clampf(0.8f * ring + islands, 0, 1));
}

/* Shallow at the wall, and therefore lighter. */
static void clear_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    float edge = ct_smoothstep(0.72f, 1.0f, towards_wall(m, at));
    s->base_color = v3_lerp(s->base_color, m->color2, edge);
}

static void make_liquid(struct ct_material *m, ct_v3 deep, ct_v3 edge, float coat_roughness,
                        ct_texture_fn texture)
{
    m->surface.base_color = deep;
    m->color2 = edge;
    m->surface.roughness = 0.3f;
    m->surface.specular = 0;
    m->surface.coat = 1;
    m->surface.coat_roughness = coat_roughness;
    m->texture = texture;
    m->param[0] = 3.7f;
}

void ct_material_coffee(struct ct_material *m, const struct ct_look *look)
{
    make_liquid(m, v3(0.022f, 0.008f, 0.003f), v3(0.30f, 0.13f, 0.045f), 0.12f, coffee_texture);
}

void ct_material_tea(struct ct_material *m, const struct ct_look *look)
{
    make_liquid(m, v3(0.28f, 0.075f, 0.010f), v3(0.62f, 0.30f, 0.07f), 0.06f, clear_texture);
}

void ct_material_milk(struct ct_material *m, const struct ct_look *look)
{
    make_liquid(m, v3(0.85f, 0.82f, 0.76f), v3(0.86f, 0.84f, 0.79f), 0.16f, NULL);
}

void ct_material_water(struct ct_material *m, const struct ct_look *look)
{
    make_liquid(m, v3(0.50f, 0.55f, 0.56f), v3(0.72f, 0.75f, 0.75f), 0.04f, clear_texture);
}

void ct_material_red_wine(struct ct_material *m, const struct ct_look *look)
{
    make_liquid(m, v3(0.050f, 0.003f, 0.007f), v3(0.24f, 0.012f, 0.028f), 0.06f, clear_texture);
}

void ct_material_honey(struct ct_material *m, const struct ct_look *look)
{
    make_liquid(m, v3(0.42f, 0.14f, 0.010f), v3(0.70f, 0.34f, 0.04f), 0.05f, clear_texture);
}
