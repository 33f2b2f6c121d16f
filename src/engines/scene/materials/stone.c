/* Stone: marble and concrete.
 *
 * Marble after the look of Carrara: soft clouds and three scales of veins, each the zero set of a
 * warped noise (exp(-k|n|) is a line where n crosses 0), masked so that veins come in groups. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

static float vein(float noise, float sharpness)
{
    return ct_expf(-fabsf(noise) * sharpness);
}

/* Noise is looked up in two batches, of 16 and 8 points: what bends and masks the veins, then the
 * veins themselves. */
static ct_v3 marble_color(const struct ct_material *m, ct_v3 p)
{
    ct_v3 at[16], q = v3_scale(p, m->scale);
    float noise[16];
    q = v3(0.82f * q.x + 0.57f * q.z + 3.1f, q.y, 0.82f * q.z - 0.57f * q.x + 1.7f);
    int n = ct_octaves(at, v3_add(q, v3(1.7f, 9.2f, 3.1f)), 3);
    n += ct_octaves(at + n, v3_add(q, v3(8.3f, 2.8f, 7.7f)), 3);
    n += ct_octaves(at + n, v3_add(q, v3(4.1f, 6.6f, 1.3f)), 3);
    n += ct_octaves(at + n, v3_add(v3_scale(q, 0.8f), v3(3, 3, 3)), 3);
    n += ct_octaves(at + n, v3_add(v3_scale(q, 1.2f), v3(7, 1, 4)), 3);
    at[n++] = v3_add(v3_scale(q, 1.9f), v3(1, 8, 2));
    ct_noise3_many(noise, at, n);
    ct_v3 warp =
        v3(ct_octave_sum(noise, 3), ct_octave_sum(noise + 3, 3), ct_octave_sum(noise + 6, 3));
    float where = ct_smoothstep(-0.28f, 0.22f, ct_octave_sum(noise + 9, 3));
    float fine_where = ct_smoothstep(-0.15f, 0.3f, ct_octave_sum(noise + 12, 3));
    float width = 0.5f + 1.3f * ct_smoothstep(-0.3f, 0.4f, noise[15]);

    ct_v3 r = v3(0.55f * q.x + 0.85f * warp.x, q.y + 0.6f * warp.y, q.z + 0.85f * warp.z);
    n = ct_octaves(at, v3_add(v3_scale(r, 0.9f), v3(2, 7, 1)), 2);
    at[n++] = r;
    at[n++] = v3_add(v3_scale(r, 2.3f), v3(3, 7, 1));
    at[n++] = v3(2.2f * r.x + 0.6f * r.z + 5, r.y + 3, 1.9f * r.z - 0.8f * r.x + 8);
    at[n++] = v3_scale(r, 4.7f);
    at[n++] = v3_add(v3_scale(r, 5.2f), v3(2, 6, 9));
    at[n++] = v3_scale(r, 11);
    ct_noise3_many(noise, at, n);
    float cloud = ct_smoothstep(-0.35f, 0.45f, ct_octave_sum(noise, 2));
    float broad = noise[2] + 0.35f * noise[3], middle = noise[4] + 0.4f * noise[5];
    float fine = noise[6] + 0.5f * noise[7];
    float halo = vein(broad, 3.5f) * where * cloud;
    float lines = 0.72f * vein(broad, 16 / width) * where + 0.42f * vein(middle, 26) * fine_where +
                  0.22f * vein(fine, 30) * where * fine_where;
    ct_v3 ground = v3_lerp(m->surface.base_color, m->color2, 0.10f * cloud + 0.20f * halo);
    return v3_lerp(ground, m->color2, ct_clampf(lines, 0, 0.9f));
}

static void marble_texture(const struct ct_material *m, const struct ct_shade_point *at,
                           struct ct_surface *s)
{
    if (at->bounce > 0)
        s->base_color = v3_lerp(s->base_color, m->color2, 0.1f);
    else
        s->base_color = marble_color(m, ct_texture_position(m, at));
}

void ct_material_marble(struct ct_material *m, const struct ct_look *look)
{
    ct_v3 ground = ct_look_albedo(look, v3(0.84f, 0.835f, 0.825f));
    m->surface.base_color = ground;
    m->color2 = ct_luminance(ground) > 0.12f
                    ? v3_lerp(v3(0.085f, 0.09f, 0.105f), v3_scale(ground, 0.35f), 0.3f)
                    : v3(0.55f, 0.53f, 0.49f);
    m->surface.specular = 0;
    m->surface.coat = 1;
    m->surface.coat_roughness = ct_look_roughness(look, 0.24f);
    m->texture = marble_texture;
    m->scale = 0.062f;
}

static void concrete_texture(const struct ct_material *m, const struct ct_shade_point *at,
                             struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    ct_v3 p = ct_texture_position(m, at);
    float clouds = ct_fbm3(v3_scale(p, m->scale), 5);
    float sand = ct_noise3(v3_scale(p, 9));
    float pores = ct_smoothstep(0.50f, 0.66f, ct_noise3(v3_add(v3_scale(p, 1.9f), v3(5, 1, 8))));
    s->base_color = v3_scale(s->base_color, 1 + 0.34f * clouds + 0.07f * sand - 0.45f * pores);
    s->roughness = ct_clampf(s->roughness * (1 + 0.2f * clouds), 0, 1);
    ct_v3 bump = v3(sand, ct_noise3(v3_add(v3_scale(p, 9), v3(3, 9, 1))),
                    ct_noise3(v3_add(v3_scale(p, 9), v3(7, 2, 5))));
    s->normal = ct_bend_normal(at, v3_scale(bump, m->bump));
}

void ct_material_concrete(struct ct_material *m, const struct ct_look *look)
{
    m->surface.base_color = ct_look_albedo(look, v3(0.40f, 0.39f, 0.375f));
    m->surface.roughness = ct_look_roughness(look, 0.78f);
    m->surface.specular = 0.03f;
    m->texture = concrete_texture;
    m->scale = 0.11f;
    m->bump = 0.07f;
}
