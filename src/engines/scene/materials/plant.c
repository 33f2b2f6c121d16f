/* Leaves and bark. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

/* Patches of lighter green, and a sheen of wax that is not everywhere the same. */
static void foliage_texture(const struct ct_material *m, const struct ct_shade_point *at,
                            struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 q = v3_scale(at->local, m->scale);
    float patch = ct_fbm3(q, 3), fine = ct_noise3(v3_scale(q, 7));
    float young = ct_clampf(0.5f + 0.9f * patch, 0, 1);
    s->base_color = v3_scale(v3_lerp(s->base_color, m->color2, 0.55f * young), 1 + 0.10f * fine);
    s->roughness = ct_clampf(s->roughness + 0.15f * patch, 0.2f, 1);
    s->normal = ct_bend_normal(at, v3_scale(v3(fine, patch, -fine), m->bump));
}

void ct_material_foliage(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.045f, 0.125f, 0.035f));
    ct_v3 young = v3_mul(m->surface.base_color, v3(2.3f, 1.8f, 1.3f));
    m->color2 = v3(ct_minf(young.x, 0.8f), ct_minf(young.y, 0.8f), ct_minf(young.z, 0.8f));
    m->surface.roughness = ct_look_roughness(look, 0.5f);
    m->surface.specular = 0.035f;
    m->texture = foliage_texture;
    m->scale = 0.55f;
    m->bump = 0.12f;
}

/* Upright ridges, torn here and there, dark in the furrows. */
static void bark_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 p = v3_scale(at->local, m->scale);
    ct_v3 along = v3(p.x * 3, p.y * 0.55f, p.z * 3);
    float ridge = ct_noise3(along) + 0.5f * ct_noise3(v3_scale(along, 2.3f));
    float furrow = ct_expf(-6 * fabsf(ridge));
    s->normal = ct_bend_normal(at, v3_scale(v3(ridge, 0.2f * ridge, -ridge), m->bump));
    s->base_color = v3_scale(s->base_color, (1 - 0.6f * furrow) * (1 + 0.25f * ridge));
}

void ct_material_bark(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.17f, 0.105f, 0.065f));
    m->surface.roughness = 0.9f;
    m->surface.specular = 0.02f;
    m->texture = bark_texture;
    m->scale = 0.9f;
    m->bump = 0.45f;
}
