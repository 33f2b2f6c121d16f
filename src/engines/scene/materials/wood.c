/* Wood: growth rings cut lengthwise, fibres and pores; grain along local x.
 *
 * The trunk's axis lies a little below the surface, so that cuts show cathedral arches; rings are
 * bent by slow noise. Supports are joined from boards (param[0] = board width in cm, 0: one piece;
 * param[1] = the gap between two),
 * each with rings and tone of its own. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

struct board {
    ct_v3 p;     /* position in the board's own trunk */
    float tone;  /* brightness of this board */
    float joint; /* 1 in the gap to the next board */
};

static struct board find_board(const struct ct_material *m, ct_v3 p)
{
    float width = m->param[0];
    if (width <= 0)
        return (struct board){ v3(p.x, p.y, p.z), 1, 0 };
    float k = ct_floorf(p.z / width), across = p.z - (k + 0.5f) * width;
    uint32_t h = ct_hash32((uint32_t)(int32_t)k * 0x9e3779b9u + 77u);
    float shift = ct_hash32_unit(h), turn = ct_hash32_unit(ct_hash32(h));
    return (struct board){
        .p = v3(p.x + 200 * shift, p.y + 3 * turn, across + (turn - 0.5f) * width),
        .tone = 0.88f + 0.24f * shift,
        .joint = ct_smoothstep(0.5f * width - m->param[1], 0.5f * width - 0.2f * m->param[1],
                               fabsf(across)),
    };
}

static void wood_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    if (at->bounce > 0) {
        s->base_color = v3_lerp(s->base_color, m->color2, 0.4f);
        return;
    }
    struct board board = find_board(m, ct_texture_position(m, at));
    ct_v3 p = board.p;
    float bend = 2.6f * ct_noise3(v3(p.x * 0.045f, p.y * 0.13f, p.z * 0.11f)) +
                 0.35f * ct_noise3(v3(p.x * 0.16f, p.y * 0.6f, p.z * 0.6f));
    float radius = ct_hypotf(p.z * 0.8f + 0.02f * p.x, p.y + 4.5f) + bend;
    float ring = ct_fractf(radius * m->scale);
    float late = ct_smoothstep(0.15f, 0.85f, ring) * ct_smoothstep(1, 0.93f, ring);
    float fibre = ct_noise3(v3(p.x * 0.7f, p.y * 22, p.z * 22));
    float pore = ct_smoothstep(0.28f, 0.5f, ct_noise3(v3(p.x * 1.3f + 5, p.y * 34, p.z * 34)));
    float dark = ct_clampf(0.62f * late + 0.16f * fibre + 0.30f * pore, 0, 1);
    ct_v3 color = v3_lerp(s->base_color, m->color2, dark);
    s->base_color = v3_scale(color, board.tone * (1 - 0.75f * board.joint));
    s->roughness = ct_clampf(s->roughness * (1 + 0.25f * pore + 0.5f * board.joint), 0, 1);
    s->coat *= 1 - board.joint;
}

void ct_material_wood(struct ct_material *m, const struct ct_look *look)
{
    ct_v3 light = ct_look_albedo(look, v3(0.47f, 0.30f, 0.165f));
    m->surface.base_color = light;
    m->color2 = v3_mul(light, v3(0.58f, 0.50f, 0.42f));
    m->surface.roughness = ct_look_roughness(look, 0.48f);
    m->surface.specular = 0.035f;
    if (look->finish == CT_FINISH_GLOSSY || look->finish == CT_FINISH_POLISHED) {
        m->surface.coat = 1;
        m->surface.coat_roughness = 0.12f;
    }
    m->texture = wood_texture;
    m->scale = 1.15f;
    m->param[1] = 0.10f;
}
