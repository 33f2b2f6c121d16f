/* Metals: a tinted mirror, more or less scratched.
 *
 * Brushing is anisotropy by normal noise: strokes are long along u and fine along v, so that
 * highlights stretch across them. Reflectances at normal incidence are of the pure metals, a
 * little darkened for the air they stood in. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/noise.h"

static void brushed_texture(const struct ct_material *m, const struct ct_shade_point *at,
                            struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    struct ct_surface_axes axes = ct_surface_axes(at);
    float along = axes.u * m->scale * 0.02f, across = axes.v * m->scale;
    float stroke = ct_noise3(v3(along, across, 0.5f));
    float coarse = ct_noise3(v3(along * 0.6f, across * 0.23f, 7.5f));
    s->roughness = ct_clampf(s->roughness * (1 + 0.25f * stroke + 0.15f * coarse), 0.02f, 1);
    s->normal = ct_bend_normal(at, v3_scale(axes.v_axis, m->bump * (stroke + 0.6f * coarse)));
    s->base_color = v3_scale(s->base_color, 1 + 0.05f * stroke);
}

static void make_metal(struct ct_material *m, const struct ct_look *look, ct_v3 reflectance,
                       float roughness, bool brushed)
{
    bool polished = look->finish == CT_FINISH_POLISHED || look->finish == CT_FINISH_GLOSSY;
    m->surface.base_color = look->has_color
                                ? v3_lerp(reflectance, ct_look_albedo(look, reflectance), 0.85f)
                                : reflectance;
    m->surface.metallic = 1;
    m->surface.roughness = ct_look_roughness(look, roughness);
    if ((brushed && !polished) || look->finish == CT_FINISH_BRUSHED) {
        m->texture = brushed_texture;
        m->scale = 34;
        m->bump = 0.06f;
    }
}

void ct_material_brushed_steel(struct ct_material *m, const struct ct_look *look)
{
    make_metal(m, look, v3(0.66f, 0.65f, 0.64f), 0.34f, true);
}

void ct_material_chrome(struct ct_material *m, const struct ct_look *look)
{
    make_metal(m, look, v3(0.78f, 0.78f, 0.79f), 0.06f, false);
}

void ct_material_gold(struct ct_material *m, const struct ct_look *look)
{
    make_metal(m, look, v3(1.0f, 0.71f, 0.29f), 0.18f, false);
}

void ct_material_brass(struct ct_material *m, const struct ct_look *look)
{
    make_metal(m, look, v3(0.82f, 0.60f, 0.30f), 0.24f, true);
}

void ct_material_copper(struct ct_material *m, const struct ct_look *look)
{
    make_metal(m, look, v3(0.93f, 0.58f, 0.44f), 0.22f, false);
}
