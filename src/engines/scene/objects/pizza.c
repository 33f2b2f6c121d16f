/* A whole pizza: a blistered rim, melted cheese over sauce, pepperoni, basil. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#define RADIUS 15.0f
#define RIM_FROM 12.6f
#define HEIGHT 2.3f
#define SLICES 13
#define LEAVES 6

const struct ct_object_shape ct_object_pizza_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, HEIGHT, RADIUS },
    .on_y = 1.2f,
    .yaw = 0.3f,
};

static float cheese_height(float x, float z, float shift)
{
    return 0.98f + 0.14f * ct_fbm3(v3(0.35f * x + shift, 0, 0.35f * z), 4);
}

/* v: bottom, outer side of the rim, over it, and across the top to the middle. */
static ct_v3 pizza_at(const void *ctx, float u, float v)
{
    const float *shift = ctx;
    float s, c, r, y;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float lump = ct_noise3(v3(2.2f * c + *shift, 2.2f * s, 0)) +
                 0.5f * ct_noise3(v3(6 * c, 6 * s + *shift, 4));
    float edge = RADIUS - 0.45f + 0.3f * lump;
    if (v < 0.1f) {
        r = edge * 0.93f * v / 0.1f;
        y = 0;
    } else if (v < 0.45f) {
        float t = CT_PI * ((v - 0.1f) / 0.35f) - CT_PI / 2, st, ct; /* a half round */
        ct_sincosf(t, &st, &ct);
        float half = 1.06f + 0.13f * lump;
        r = edge - 1.05f + 1.05f * ct + (st > 0 ? -0.15f * st : 0);
        y = half * (1 + st);
    } else {
        float t = (v - 0.45f) / 0.55f;
        float top = 2 * (1.06f + 0.13f * lump);
        r = (edge - 1.2f) * (1 - t);
        float down = ct_smoothstep(edge - 1.2f, RIM_FROM - 0.9f, r);
        y = ct_lerp(top, cheese_height(r * c, r * s, *shift), down);
    }
    return v3(r * c, y, r * s);
}

/* Inside the rim: cheese in patches over sauce, browned here and there. The crust outside. */
static void pizza_texture(const struct ct_material *m, const struct ct_shade_point *at,
                          struct ct_surface *s)
{
    ct_v3 p = at->local;
    float r = ct_hypotf(p.x, p.z);
    float wobble = at->bounce > 0 ? 0 : ct_fbm3(v3_scale(p, 0.6f), 3);
    if (p.y < 0.6f || r > RIM_FROM + 0.1f + 0.5f * wobble) {
        struct ct_material crust;
        ct_material_make(&crust, &(struct ct_look){ .material = CT_MATERIAL_crust });
        crust.surface.base_color = m->surface.base_color;
        crust.color2 = m->color2;
        crust.texture(&crust, at, s);
        float char_spots = at->bounce > 0 ? 0 : ct_noise3(v3_scale(p, 1.1f));
        s->base_color = v3_scale(s->base_color, 1 - 0.6f * ct_smoothstep(0.35f, 0.6f, char_spots));
        return;
    }
    float melt = ct_smoothstep(
        -0.12f, 0.10f, wobble + 0.16f + 0.1f * (RIM_FROM - 1.2f - r) * (r > RIM_FROM - 1.2f));
    float brown = at->bounce > 0 ? 0 : ct_smoothstep(0.10f, 0.55f, ct_fbm3(v3_scale(p, 0.9f), 4));
    ct_v3 cheese = v3_lerp(v3(0.86f, 0.66f, 0.30f), v3(0.66f, 0.30f, 0.06f), 0.8f * brown);
    s->base_color = v3_lerp(v3(0.42f, 0.045f, 0.012f), cheese, melt);
    s->roughness = 0.35f;
    s->coat = 0.6f;
    s->coat_roughness = 0.24f;
    if (at->bounce == 0) {
        ct_v3 q = v3_scale(p, 1.4f);
        s->normal =
            ct_bend_normal(at, v3_scale(v3(ct_noise3(q), 0, ct_noise3(v3(q.z, 3, q.x))), 0.22f));
    }
}

static void sausage_texture(const struct ct_material *m, const struct ct_shade_point *at,
                            struct ct_surface *s)
{
    if (at->bounce > 0)
        return;
    float fat = ct_smoothstep(0.35f, 0.55f, ct_noise3(v3_scale(at->local, 4.2f)));
    float dark = 0.3f * ct_fbm3(v3_scale(at->local, 1.5f), 3);
    s->base_color = v3_lerp(v3_scale(s->base_color, 1 - dark), v3(0.70f, 0.30f, 0.14f), 0.7f * fat);
}

/* Slices curl up at the edge in the oven; places by the golden angle. */
static void add_sausage(struct ct_object_builder *b, float shift)
{
    static const struct ct_corner profile[] = {
        { 0, -0.05f, 0 },        { 1.3f, -0.05f, 0.3f }, { 1.72f, 0.16f, 0.05f },
        { 1.68f, 0.30f, 0.06f }, { 1.2f, 0.14f, 0.4f },  { 0, 0.12f, 0 },
    };
    float places[SLICES][12];
    for (int i = 0; i < SLICES; i++) {
        float s, c, r = 11.4f * sqrtf(((float)i + 0.35f) / SLICES);
        ct_sincosf(2.39996f * (float)i + 0.3f * ct_part_random(b, i), &s, &c);
        ct_v3 at = v3(r * c, cheese_height(r * c, r * s, shift) + 0.03f, r * s);
        ct_v3 up = v3(0.16f * (ct_part_random(b, i + 30) - 0.5f), 1,
                      0.16f * (ct_part_random(b, i + 60) - 0.5f));
        ct_matrix_stand(places[i], at, up, (float)i, 0.92f + 0.12f * ct_part_random(b, i + 90));
    }
    int material = ct_part_dressed(b, CT_MATERIAL_ceramic, v3(0.38f, 0.045f, 0.020f));
    if (material >= 0 && material != b->body)
        b->world->materials[material].texture = sausage_texture;
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 6, 5);
    struct ct_mesh *one = ct_shape_revolve(&curve, 40, 50);
    ct_object_add_part(b, ct_shape_copies(one, (const float(*)[12])places, SLICES), material);
    ct_mesh_free(&one);
}

/* A pointed, cupped leaf along +x. */
static ct_v3 leaf_at(const void *ctx, float u, float v)
{
    const float *curl = ctx;
    float s, c;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    float half = v <= 0 || v >= 1 ? 0 : 0.95f * ct_powf(ct_sinf(CT_PI * ct_powf(v, 0.8f)), 0.85f);
    float vein = -0.10f * ct_expf(-c * c * 30) * (half > 0);
    return v3(2.9f * (v - 0.5f),
              0.30f * half * c * c + *curl * (v - 0.5f) * (v - 0.5f) + vein +
                  0.02f * s * (half > 0),
              half * c);
}

static void add_basil(struct ct_object_builder *b, float shift)
{
    int green = ct_part_dressed(b, CT_MATERIAL_plastic, v3(0.055f, 0.17f, 0.022f));
    for (int i = 0; i < LEAVES; i++) {
        float s, c, r = 2.8f + 6.5f * ct_part_random(b, 200 + i), curl = -0.5f;
        ct_sincosf(2 * CT_PI * ((float)i + 0.3f) / LEAVES, &s, &c);
        struct ct_mesh *leaf = ct_shape_grid(&(struct ct_grid){ 20, 20, true, leaf_at, &curl });
        ct_mesh_rotate(leaf, 1, 6.28f * ct_part_random(b, 220 + i));
        ct_mesh_move(leaf, v3(r * c, cheese_height(r * c, r * s, shift) + 0.42f, r * s));
        ct_object_add_part(b, leaf, green);
    }
}

void ct_object_pizza(struct ct_object_builder *b)
{
    float shift = 20 * ct_part_random(b, 999);
    if (ct_part_is_natural(b) && b->body >= 0)
        b->world->materials[b->body].texture = pizza_texture;
    struct ct_mesh *mesh = ct_shape_grid(&(struct ct_grid){ 200, 130, true, pizza_at, &shift });
    ct_object_add_part(b, mesh, b->body);
    add_sausage(b, shift);
    add_basil(b, shift);
}
