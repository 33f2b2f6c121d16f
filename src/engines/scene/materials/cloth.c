/* Woven and napped things: linen, velvet, paper, leather. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

/* Height of a plain weave at (u, v) in threads: over and under alternate, threads swell and sway.
 */
static float weave(float u, float v)
{
    float sway = 0.06f * ct_noise3(v3(u * 0.35f, 0.5f, v * 0.35f));
    float fu = u + sway + 0.03f * ct_noise3(v3(u * 2, 3.5f, v * 0.4f));
    float fv = v + sway + 0.03f * ct_noise3(v3(u * 0.4f, 7.5f, v * 2));
    float iu = ct_floorf(fu), iv = ct_floorf(fv);
    float across_u = fabsf(ct_sinf(CT_PI * fu)), across_v = fabsf(ct_sinf(CT_PI * fv));
    bool warp_on_top = ((int)iu + (int)iv) & 1;
    if (warp_on_top)
        return across_u * (0.75f + 0.5f * ct_noise3(v3(iu * 1.7f, 1.5f, v * 0.21f))) *
               (0.6f + 0.4f * sqrtf(across_v));
    return across_v * (0.75f + 0.5f * ct_noise3(v3(u * 0.21f, 5.5f, iv * 1.7f))) *
           (0.6f + 0.4f * sqrtf(across_u));
}

static void linen_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    struct ct_surface_axes axes = ct_surface_axes(at);
    float u = axes.u * m->scale, v = axes.v * m->scale, step = 0.06f;
    float h = weave(u, v);
    float du = (weave(u + step, v) - h) / step, dv = (weave(u, v + step) - h) / step;
    ct_v3 bump = v3_add(v3_scale(axes.u_axis, -du * m->bump), v3_scale(axes.v_axis, -dv * m->bump));
    s->normal = ct_bend_normal(at, bump);
    float slub = ct_noise3(v3(ct_floorf(u) * 0.71f, v * 0.05f, 2.5f)) +
                 ct_noise3(v3(u * 0.05f, 4.5f, ct_floorf(v) * 0.71f));
    s->base_color =
        v3_scale(s->base_color, (0.60f + 0.52f * ct_clampf(h, 0, 1)) * (1 + 0.14f * slub));
}

void ct_material_linen(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.68f, 0.58f, 0.43f));
    m->surface.roughness = 0.9f;
    m->surface.specular = 0;
    m->surface.sheen_color = v3(0.05f, 0.047f, 0.042f);
    m->texture = linen_texture;
    m->scale = 4.2f;
    m->bump = 0.17f;
}

static void velvet_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 q = v3_scale(at->local, m->scale);
    ct_v3 pile = v3(ct_noise3(q), 0.3f * ct_noise3(v3_add(q, v3(9, 9, 9.5f))),
                    ct_noise3(v3_add(q, v3(31, 7, 3.5f))));
    s->normal = ct_bend_normal(at, v3_scale(pile, m->bump));
    float stroke = 0.75f + 0.6f * ct_fbm3(v3_scale(at->local, m->scale * 0.05f), 3);
    s->base_color = v3_scale(s->base_color, stroke);
    s->sheen_color = v3_scale(s->sheen_color, stroke);
}

/* Nearly all the light comes back from the tips of the pile, at grazing angles. */
void ct_material_velvet(struct ct_material *m, const struct ct_look *look)
{
    ct_v3 color = ct_look_albedo(look, v3(0.012f, 0.012f, 0.013f));
    m->surface.base_color = v3_scale(color, 0.28f);
    m->surface.roughness = 0.9f;
    m->surface.specular = 0;
    m->surface.sheen_color = v3_add(v3_scale(color, 0.6f), v3(0.105f, 0.107f, 0.112f));
    m->texture = velvet_texture;
    m->scale = 16;
    m->bump = 0.35f;
}

/* Fibres; or, with param[0] > 0, the cut edges of that many pages a centimetre. */
static void paper_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 p = at->local;
    float tone = 0.04f * ct_fbm3(v3_scale(p, 3), 3);
    if (m->param[0] > 0 && fabsf(at->normal.y) < 0.7f) {
        float page = p.y * m->param[0];
        float sheet = ct_noise3(v3(p.x * 0.15f, page, p.z * 0.15f));
        float bundle = ct_noise3(v3(3.5f + p.x * 0.05f, page * 0.18f, p.z * 0.05f));
        tone += 0.22f * sheet + 0.10f * bundle - 0.06f;
        s->normal = ct_bend_normal(at, v3(0, 0.25f * sheet, 0));
    }
    s->base_color = v3_scale(s->base_color, 1 + tone);
}

void ct_material_paper(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.80f, 0.77f, 0.70f));
    m->surface.roughness = ct_look_roughness(look, 0.75f);
    m->surface.specular = 0.025f;
    m->texture = paper_texture;
}

/* Pebbled grain: creases are where two noises cancel. */
static void leather_texture(const struct ct_material *m, const struct ct_shade_point *at,
                            struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 q = v3_scale(ct_texture_position(m, at), m->scale);
    ct_v3 grain = v3(ct_noise3(q), ct_noise3(v3_add(q, v3(9.5f, 3, 7))),
                     ct_noise3(v3_add(q, v3(4, 8.5f, 1))));
    float crease = ct_expf(-7 * fabsf(ct_noise3(v3_add(v3_scale(q, 0.7f), v3(2, 5.5f, 6)))));
    float worn = ct_fbm3(v3_scale(at->local, 0.4f), 3);
    s->normal = ct_bend_normal(at, v3_scale(grain, m->bump * (1 + crease)));
    s->base_color = v3_scale(s->base_color, 1 + 0.22f * worn - 0.4f * crease);
    s->roughness = ct_clampf(s->roughness + 0.2f * crease, 0, 1);
}

void ct_material_leather(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.20f, 0.085f, 0.036f));
    m->surface.roughness = ct_look_roughness(look, 0.46f);
    m->surface.coat = 0.25f;
    m->surface.coat_roughness = 0.4f;
    m->texture = leather_texture;
    m->scale = 5.5f;
    m->bump = 0.20f;
}

/* Tufts: a rough pile in which every tuft leans its own way, pale at the grazing rim. */
static void fur_texture(const struct ct_material *m, const struct ct_shade_point *at,
                        struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 q = v3_scale(at->local, m->scale);
    ct_v3 lean = v3(ct_noise3(q), ct_noise3(v3_add(q, v3(9, 9, 9.5f))),
                    ct_noise3(v3_add(q, v3(31, 7, 3.5f))));
    float tuft = ct_noise3(v3_add(v3_scale(q, 1.7f), v3(3, 5.5f, 8)));
    float clump = ct_fbm3(v3_scale(q, 0.22f), 2);
    s->normal = ct_bend_normal(at, v3_scale(lean, m->bump));
    s->base_color = v3_scale(s->base_color, 1 + 0.30f * tuft + 0.18f * clump);
}

void ct_material_fur(struct ct_material *m, const struct ct_look *look)
{
    ct_v3 color = ct_look_albedo(look, v3(0.42f, 0.235f, 0.115f));
    m->surface.base_color = color;
    m->surface.roughness = 0.95f;
    m->surface.specular = 0;
    m->surface.sheen_color = v3_add(v3_scale(color, 0.35f), v3(0.03f, 0.03f, 0.03f));
    m->texture = fur_texture;
    m->scale = 6;
    m->bump = 0.75f;
}
