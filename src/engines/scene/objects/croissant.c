/* A croissant: nine turns of dough, widest in the middle, its horns bent towards the front. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#define HALF 3.15f /* of the middle turn, across */
#define BEND 6.4f
#define ARC 2.15f /* angle of the middle line to either side */
#define TURNS 8
#define HEIGHT 5.4f

const struct ct_object_shape ct_object_croissant_shape = {
    .min = { -7.8f, 0, -4.2f },
    .max = { 7.8f, HEIGHT, 4.2f },
    .on_y = HEIGHT,
    .yaw = 0.25f,
};

/* Tapered to the horns; each turn swells over the edge of the next outer one, where it drops. */
static float turn_radius(float v, float slant)
{
    float from_middle = fabsf(2 * v - 1);
    float place = 0.5f * TURNS * from_middle + slant + 0.5f, within = ct_fractf(place);
    float taper = 1 - 0.90f * ct_powf(from_middle, 1.75f);
    float roll = ct_powf(ct_sinf(CT_PI * (0.18f + 0.62f * within)), 0.8f);
    float drop = ct_smoothstep(1.0f, 0.88f, within);
    return taper * (0.86f + 0.17f * ct_lerp(roll * 0.72f, roll, drop));
}

static ct_v3 dough_at(const void *ctx, float u, float v)
{
    const float *shift = ctx;
    float s, c, sa, ca, angle = ARC * 0.62f * (2 * v - 1);
    ct_sincosf(2 * CT_PI * u, &s, &c);
    ct_sincosf(angle, &sa, &ca);
    float r = turn_radius(v, 0.16f * s + 0.12f * c);
    r *= HALF * sqrtf(ct_clampf(ct_minf(v, 1 - v) / 0.02f, 0, 1));
    r *= 1 + 0.05f * ct_noise3(v3(6 * v + *shift, 1.5f * s, 1.5f * c));
    float out = BEND - r * c;
    float y = 0.80f * r * (1 + (s > 0 ? 1.05f * s : 0.9f * s));
    return v3(1.13f * out * sa, y, BEND - 0.8f - out * ca);
}

/* Browner on the edge of each turn, with fine layers across it. */
static void dough_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    float from_middle = fabsf(2 * at->v - 1);
    float place = 0.5f * TURNS * from_middle + 0.5f, within = place - ct_floorf(place);
    float up = ct_clampf(0.35f + 0.65f * at->geometric_normal.y, 0, 1);
    float edge = ct_smoothstep(0.15f, 0.7f, within) * ct_smoothstep(1.0f, 0.9f, within) * up;
    float cloud = 0, layer = 0;
    if (at->bounce == 0) {
        cloud = ct_fbm3(v3_scale(at->local, 0.8f), 4);
        layer = ct_noise3(v3(58 * at->v + 0.8f * cloud, 1.1f * at->local.y, 0.6f));
        s->normal = ct_bend_normal(at, v3_scale(v3(layer, 0.3f * cloud, layer), 0.09f));
    }
    float bake = ct_clampf(0.25f + 0.55f * edge + 0.45f * cloud + 0.16f * layer, 0, 1);
    s->base_color = v3_lerp(s->base_color, m->color2, bake);
}

void ct_object_croissant(struct ct_object_builder *b)
{
    float shift = 20 * ct_part_random(b, 0);
    int dough = ct_part_body(b, v3(0.70f, 0.36f, 0.095f));
    if (dough >= 0 && b->object->look.material == CT_MATERIAL_crust) {
        struct ct_material *m = &b->world->materials[dough];
        m->texture = dough_texture;
        m->color2 = v3_mul(m->surface.base_color, v3(0.42f, 0.26f, 0.12f));
        m->surface.coat = 0.45f;
        m->surface.coat_roughness = 0.3f;
    }
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 96, 280, true, dough_at, &shift });
    ct_object_add_part(b, mesh, dough);
}
