/* Fired and painted surfaces: ceramic, powder coat, plastic, matte plaster.
 *
 * All are a diffuse body under a clear coat; they differ in how sharp the coat mirrors. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/noise.h"

/* Glaze: all reflection comes from the coat, none from the body below. */
void ct_material_ceramic(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.87f, 0.865f, 0.85f));
    m->surface.roughness = 0.5f;
    m->surface.specular = 0;
    m->surface.coat = look->finish == CT_FINISH_MATTE ? 0.45f : 1.0f;
    m->surface.coat_roughness =
        look->finish == CT_FINISH_MATTE ? 0.5f : ct_look_roughness(look, 0.24f);
}

/* A grain of about half a millimetre, the orange peel of baked powder. */
static void powder_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 q = v3_scale(at->local, m->scale);
    ct_v3 grain = v3(ct_noise3(q), ct_noise3(v3_add(q, v3(9.2f, 3.1f, 7.4f))),
                     ct_noise3(v3_add(q, v3(4.7f, 8.3f, 1.9f))));
    s->normal = ct_bend_normal(at, v3_scale(grain, m->bump));
}

void ct_material_powder_coat(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.82f, 0.815f, 0.79f));
    m->surface.roughness = 0.42f;
    m->surface.coat = look->finish == CT_FINISH_MATTE ? 0.3f : 0.6f;
    m->surface.coat_roughness = ct_look_roughness(look, 0.38f);
    m->texture = powder_texture;
    m->scale = 16;
    m->bump = 0.03f;
}

void ct_material_plastic(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.80f, 0.80f, 0.79f));
    m->surface.roughness = ct_look_roughness(look, 0.26f);
}

/* Slow, faint changes of tone: nothing painted by hand is one flat colour. */
static void plaster_texture(const struct ct_material *m, const struct ct_shade_point *at,
                            struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    float tone = 1 + m->param[0] * ct_fbm3(v3_scale(at->local, m->scale), 4);
    s->base_color = v3_scale(s->base_color, tone);
}

void ct_material_matte(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.74f, 0.715f, 0.68f));
    m->surface.roughness = 0.9f;
    m->surface.specular = 0.015f;
    if (look->finish != CT_FINISH_UNSET && look->finish != CT_FINISH_MATTE) {
        m->surface.roughness = ct_look_roughness(look, 0.9f);
        m->surface.specular = 0.04f;
    }
    m->texture = plaster_texture;
    m->scale = 0.35f;
    m->param[0] = 0.05f;
}

/* Colour under a hard clear coat: cars, toys, pianos. */
void ct_material_lacquer(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.50f, 0.025f, 0.022f));
    m->surface.roughness = 0.45f;
    m->surface.specular = 0;
    m->surface.coat = 1;
    m->surface.coat_roughness = ct_look_roughness(look, 0.09f);
}
