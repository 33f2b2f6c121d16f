/* Bricks and tiles: a bond of courses, each brick with a tone of its own, joints between them. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

/* In a bond of pieces `length` by `height`: the piece's number, and how far into a joint. */
static float in_joint(float u, float v, float length, float height, float joint, uint32_t *piece)
{
    float course = ct_floorf(v / height);
    float shifted = u / length + 0.5f * (float)((int32_t)course & 1), row = ct_floorf(shifted);
    float du = (shifted - row) * length, dv = v - course * height;
    *piece = ct_hash32_combine((uint32_t)(int32_t)row, (uint32_t)(int32_t)course);
    float edge = ct_minf(ct_minf(du, length - du), ct_minf(dv, height - dv));
    return 1 - ct_smoothstep(joint * 0.35f, joint * 0.65f, edge);
}

/* param: length, height, width of a joint (cm), variation of tone. */
static void bond_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    struct ct_surface_axes axes = ct_surface_axes(at);
    uint32_t piece;
    float joint = in_joint(axes.u, axes.v, m->param[0], m->param[1], m->param[2], &piece);
    float tone = 1 + m->param[3] * (ct_hash32_unit(piece) - 0.5f);
    if (at->bounce == 0 && m->bump > 0) {
        ct_v3 q = v3_scale(at->local, 5 / m->param[1]);
        tone *= 1 + 0.16f * ct_fbm3(q, 3);
        s->normal = ct_bend_normal(at, v3_scale(v3(ct_noise3(q), ct_noise3(v3_add(q, v3(4, 7, 2))),
                                                   ct_noise3(v3_add(q, v3(8, 1, 6)))),
                                                m->bump));
    }
    s->base_color = v3_lerp(v3_scale(s->base_color, tone), m->color2, joint);
    s->roughness = ct_lerp(s->roughness, 0.9f, joint);
    s->coat *= 1 - joint;
}

void ct_material_brick(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.33f, 0.105f, 0.062f));
    m->color2 = v3(0.46f, 0.43f, 0.39f);
    m->surface.roughness = ct_look_roughness(look, 0.85f);
    m->surface.specular = 0.02f;
    m->texture = bond_texture;
    m->param[0] = 1.9f;
    m->param[1] = 0.66f;
    m->param[2] = 0.13f;
    m->param[3] = 0.5f;
    m->bump = 0.16f;
}

void ct_material_tile(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.80f, 0.80f, 0.78f));
    m->color2 = v3(0.50f, 0.49f, 0.47f);
    m->surface.roughness = 0.5f;
    m->surface.coat = 1;
    m->surface.coat_roughness = ct_look_roughness(look, 0.08f);
    m->texture = bond_texture;
    m->param[0] = 15.0f;
    m->param[1] = 7.5f;
    m->param[2] = 0.35f;
    m->param[3] = 0.05f;
}
