/* From a look to a material: the dispatch, and what all makers share.
 *
 * Called by stage/build.c and by the objects, once for each material of a world. A maker only
 * fills numbers in; the texture function it names runs later, in the renderer's inner loop, on any
 * thread: it must be pure and cheap, and detailed only where bounce is 0. */
#include "engines/scene/materials/material.h"

#include "engines/scene/math/fn.h"

#include <stddef.h>

typedef void (*maker)(struct ct_material *m, const struct ct_look *look);

static const maker makers[] = {
#define CT_MATERIAL(id, words) ct_material_##id,
#include "engines/scene/materials/materials.def"
#undef CT_MATERIAL
};

void ct_material_make(struct ct_material *m, const struct ct_look *look)
{
    *m = (struct ct_material){
        .surface = { .base_color = v3(0.7f, 0.7f, 0.7f), .roughness = 0.5f, .specular = 0.04f },
        .scale = 1,
    };
    enum ct_material_id id = look->material;
    makers[id >= 0 && id < CT_MATERIAL_COUNT ? id : CT_MATERIAL_matte](m, look);
}

/* The brightest paints reflect about 87 % and the blackest about 1 %. Outside that range a
 * path tracer gives things that look cut out of the picture. */
static float pigment(float c)
{
    return 0.012f + 0.858f * ct_clampf(c, 0, 1);
}

/* No pigment reflects one primary alone either: the purest reds and blues are darker, every green
 * has some red in it, blue some green, and the yellow that prompts mean is a warm one. */
static ct_v3 buyable(ct_v3 c)
{
    float most = ct_maxf(c.x, ct_maxf(c.y, c.z)), least = ct_minf(c.x, ct_minf(c.y, c.z));
    float middle = c.x + c.y + c.z - most - least, purity = (most - least) / most;
    float one = ct_smoothstep(0.85f, 0.98f, purity) * (1 - middle / most);
    float dim = 1 - 0.36f * one * ct_smoothstep(0.25f, 0.8f, most);
    if (c.x == most) /* red; yellow when green is as strong */
        return v3(c.x * dim,
                  c.y * dim * (1 - 0.2f * ct_smoothstep(0.93f, 0.98f, purity) *
                                       ct_smoothstep(0.8f, 1, middle / most)) +
                      0.02f * one * most,
                  c.z * dim + 0.02f * one * most);
    if (c.y == most)
        return v3(c.x * dim + 0.18f * one * most, c.y * dim, c.z * dim + 0.18f * one * most);
    return v3(c.x * dim + 0.02f * one * most, c.y * dim + 0.10f * one * most, c.z * dim);
}

ct_v3 ct_look_albedo(const struct ct_look *look, ct_v3 own)
{
    return look->has_color ? buyable(v3(pigment(look->color.x), pigment(look->color.y),
                                        pigment(look->color.z)))
                           : own;
}

float ct_look_roughness(const struct ct_look *look, float own)
{
    switch (look->finish) {
    case CT_FINISH_MATTE:
        return 0.62f;
    case CT_FINISH_SATIN:
        return 0.36f;
    case CT_FINISH_GLOSSY:
        return 0.12f;
    case CT_FINISH_BRUSHED:
        return 0.34f;
    case CT_FINISH_POLISHED:
        return 0.07f;
    case CT_FINISH_FROSTED:
        return 0.48f;
    case CT_FINISH_UNSET:
        break;
    }
    return own;
}

ct_v3 ct_texture_position(const struct ct_material *m, const struct ct_shade_point *at)
{
    return v3_mad(v3(1.0f, 0.31f, 0.77f), m->param[3], at->local);
}

ct_v3 ct_bend_normal(const struct ct_shade_point *at, ct_v3 by)
{
    ct_v3 bent = v3_norm(v3_add(at->normal, by));
    return v3_dot(bent, at->geometric_normal) > 0.05f ? bent : at->normal;
}

struct ct_surface_axes ct_surface_axes(const struct ct_shade_point *at)
{
    ct_v3 n = at->normal, p = at->local;
    if (fabsf(n.y) > 0.7f)
        return (struct ct_surface_axes){ p.x, p.z, { 1, 0, 0 }, { 0, 0, 1 } };
    /* Upright sides: along the side, and up. The seam between x and z lies on corners. */
    ct_v3 side = v3_norm(v3(n.z, 0, -n.x));
    float u = fabsf(n.x) > fabsf(n.z) ? p.z : p.x;
    return (struct ct_surface_axes){ u, p.y, side, { 0, 1, 0 } };
}
