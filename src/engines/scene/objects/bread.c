/* A bloomer: a long loaf, floured, with four slashes that opened in the oven. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#define HALF_LENGTH 13.0f
#define HALF_WIDTH 5.6f
#define HEIGHT 8.2f
#define SLASHES 4

const struct ct_object_shape ct_object_bread_shape = {
    .min = { -HALF_LENGTH, 0, -HALF_WIDTH },
    .max = { HALF_LENGTH, HEIGHT, HALF_WIDTH },
    .on_y = HEIGHT,
    .yaw = 0.45f,
};

/* How deep in the nearest slash a point of the top lies: 1 in its middle, 0 outside; *lip is 1 on
 * the ear that stands up at one side of it. Slashes run aslant over the top. */
static float slash(float x, float z, float *lip)
{
    float best = 0;
    *lip = 0;
    for (int k = 0; k < SLASHES; k++) {
        float center = 5.6f * ((float)k - 0.5f * (SLASHES - 1));
        float across = 0.80f * (x - center) - 0.60f * z + 0.25f * ct_noise3(v3(x, z, (float)k));
        float along = 0.60f * (x - center) + 0.80f * z;
        float end = ct_smoothstep(4.6f, 3.2f, fabsf(along));
        best = ct_maxf(best, end * ct_smoothstep(1.0f, 0.55f, fabsf(across)));
        *lip = ct_maxf(*lip, end * ct_expf(-(across - 1.15f) * (across - 1.15f) / 0.10f));
    }
    return best;
}

static ct_v3 loaf_at(const void *ctx, float u, float v)
{
    const float *shift = ctx;
    float s, c, t = 2 * v - 1;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float round = v <= 0 || v >= 1 ? 0 : ct_powf(ct_maxf(1 - fabsf(t * t * t), 0), 0.42f);
    float x = HALF_LENGTH * t, z = HALF_WIDTH * round * c;
    float dome = 0.93f * HEIGHT * ct_powf(round, 0.8f);
    float swell = 0.06f * ct_fbm3(v3(0.18f * x + *shift, 0.3f * s, 0.2f * z), 3);
    float y = s > 0 ? 0.22f * dome + 0.78f * dome * ct_powf(s, 0.85f)
                    : 0.22f * dome * (1 - ct_powf(-s, 0.45f));
    y *= 1 + swell;
    z *= 1 + 0.7f * swell;
    if (s > 0) {
        float lip, deep = slash(x, z, &lip);
        y += ct_smoothstep(0, 0.4f, s) * (0.42f * lip - 0.38f * deep);
    }
    return v3(x, ct_maxf(y, 0), z);
}

/* Crust over all; in the slashes the paler crumb that rose through; flour on the shoulders. */
static void loaf_texture(const struct ct_material *m, const struct ct_shade_point *at,
                         struct ct_surface *s)
{
    struct ct_material crust;
    ct_material_make(&crust, &(struct ct_look){ .material = CT_MATERIAL_crust });
    crust.surface.base_color = m->surface.base_color;
    crust.color2 = m->color2;
    crust.texture(&crust, at, s);
    ct_v3 p = at->local;
    float lip, deep = p.y > 3 ? slash(p.x, p.z, &lip) : 0;
    float grain = at->bounce > 0 ? 0 : ct_noise3(v3_scale(p, 3.2f));
    s->base_color = v3_lerp(s->base_color, v3(0.72f, 0.47f, 0.20f),
                            ct_clampf(0.85f * deep + 0.25f * deep * grain, 0, 1));
    if (at->bounce > 0)
        return;
    float dust = ct_fbm3(v3_scale(p, 0.35f), 3) + 0.35f * ct_noise3(v3_scale(p, 7));
    float flour = (1 - deep) * ct_smoothstep(0.05f, 0.5f, dust) *
                  ct_smoothstep(0.1f, 0.8f, at->geometric_normal.y);
    s->base_color = v3_lerp(s->base_color, v3(0.84f, 0.79f, 0.70f), 0.62f * flour);
}

void ct_object_bread(struct ct_object_builder *b)
{
    float shift = 20 * ct_part_random(b, 0);
    if (b->body >= 0 && b->object->look.material == CT_MATERIAL_crust)
        b->world->materials[b->body].texture = loaf_texture;
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 128, 220, true, loaf_at, &shift });
    ct_object_add_part(b, mesh, b->body);
}
