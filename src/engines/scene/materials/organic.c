/* Wax and fruit skin. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

/* Light wanders through wax: below a flame at height param[0] (local y, 0: not lit) the wax glows,
 * fading over param[1] cm. Standing in for subsurface scattering, which the tracer does not do. */
static void wax_texture(const struct ct_material *m, const struct ct_shade_point *at,
                        struct ct_surface *s)
{
    if (m->param[0] > 0) {
        float below = ct_maxf(m->param[0] - at->local.y, 0);
        float glow = ct_expf(-below / m->param[1]);
        ct_v3 warm = v3_mul(s->base_color, v3(1.0f, 0.42f, 0.10f));
        s->emission = v3_scale(warm, m->param[2] * glow);
    }
    if (at->bounce == 0)
        s->base_color = v3_scale(s->base_color, 1 + 0.05f * ct_fbm3(v3_scale(at->local, 0.8f), 3));
}

void ct_material_wax(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.85f, 0.79f, 0.68f));
    m->surface.roughness = ct_look_roughness(look, 0.5f);
    m->surface.specular = 0.03f;
    m->surface.coat = 0.25f;
    m->surface.coat_roughness = 0.35f;
    m->texture = wax_texture;
}

/* Streaks from stem to blossom end, a green-yellow shoulder, pale dots: param[0] is the fruit's
 * height in cm. */
static void fruit_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    ct_v3 p = at->local;
    float angle = ct_atan2f(p.z, p.x), height = p.y / m->param[0];
    float c, sn;
    ct_sincosf(angle, &sn, &c);
    float shoulder =
        ct_smoothstep(0.70f, 0.97f, height + 0.10f * ct_noise3(v3(2 * c, 2 * sn, 1.5f)));
    if (at->bounce > 0) {
        s->base_color = v3_lerp(s->base_color, m->color2, 0.3f * shoulder);
        return;
    }
    float streak = ct_noise3(v3(9 * c, 9 * sn, height * 1.2f)) +
                   0.6f * ct_noise3(v3(23 * c, 23 * sn, height * 2.0f));
    float blush = ct_fbm3(v3(1.1f * c + 4, 1.1f * sn, height), 3);
    float pale = ct_clampf(0.75f * shoulder + 0.22f * streak * (0.4f + shoulder) +
                               0.55f * ct_smoothstep(0.05f, 0.45f, blush),
                           0, 1);
    float dots = ct_smoothstep(0.58f, 0.70f, ct_noise3(v3_scale(p, 4.6f)));
    s->base_color = v3_lerp(s->base_color, m->color2, ct_clampf(pale + 0.35f * dots, 0, 1));
    s->normal = ct_bend_normal(
        at, v3_scale(v3(ct_noise3(v3_scale(p, 3)), ct_noise3(v3_add(v3_scale(p, 3), v3(4, 7, 2))),
                        ct_noise3(v3_add(v3_scale(p, 3), v3(8, 1, 6)))),
                     m->bump));
}

void ct_material_fruit_skin(struct ct_material *m, const struct ct_look *look)
{
    /* No skin is as bright as the paint a colour's name stands for. */
    m->surface.base_color = look->has_color ? v3_scale(ct_look_albedo(look, v3(0, 0, 0)), 0.62f)
                                            : v3(0.46f, 0.022f, 0.018f);
    m->color2 = look->has_color ? v3_lerp(m->surface.base_color, v3(0.68f, 0.50f, 0.10f), 0.55f)
                                : v3(0.62f, 0.36f, 0.06f);
    m->surface.roughness = 0.45f;
    m->surface.specular = 0;
    m->surface.coat = 0.9f;
    m->surface.coat_roughness = ct_look_roughness(look, 0.24f);
    m->texture = fruit_texture;
    m->param[0] = 7.5f;
    m->bump = 0.02f;
}
