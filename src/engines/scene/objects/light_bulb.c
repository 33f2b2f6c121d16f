/* A filament bulb standing on its screw cap: blown glass, a glowing loop on a glass stem. */
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 11.6f
#define WALL 0.07f
#define CAP 2.9f

const struct ct_object_shape ct_object_light_bulb_shape = {
    .min = { -3.25f, 0, -3.25f },
    .max = { 3.25f, HEIGHT, 3.25f },
};

/* Outer wall up, inner wall down: one closed sheet of glass, open at the neck inside the cap. */
static void add_glass(struct ct_object_builder *b)
{
    static const ct_v2 knots[] = { { 1.18f, 2.4f },  { 1.2f, 3.0f },  { 1.42f, 3.9f },
                                   { 2.2f, 5.3f },   { 3.0f, 6.9f },  { 3.25f, 8.4f },
                                   { 2.75f, 10.2f }, { 1.5f, 11.3f }, { 0, HEIGHT } };
    struct ct_curve outer, wall = { .n = 0 };
    ct_curve_spline(&outer, knots, 9, 10);
    for (int i = 0; i < outer.n; i++)
        ct_curve_add(&wall, v2(ct_maxf(outer.p[i].x, 0), outer.p[i].y));
    for (int i = outer.n - 1; i >= 0; i--) {
        float k = 1 - WALL / 3.2f;
        ct_curve_add(&wall,
                     v2(ct_maxf(outer.p[i].x * k - (i ? 0 : 0.02f), 0),
                        i == 0 ? outer.p[i].y : 7.6f + (outer.p[i].y - 7.6f) * (1 - WALL / 4)));
    }
    ct_curve_add(&wall, outer.p[0]);
    ct_object_add_part(b, ct_shape_revolve(&wall, 128, 50), b->body);
}

static void add_cap(struct ct_object_builder *b, int metal)
{
    struct ct_curve c = { .n = 0 };
    ct_curve_add(&c, v2(0, 0.12f));
    ct_curve_add(&c, v2(0.75f, 0.45f));
    for (int i = 0; i <= 60; i++) { /* the thread, as rings */
        float t = (float)i / 60;
        ct_curve_add(&c, v2(1.22f + 0.09f * ct_sinf(2 * CT_PI * 5 * t), 0.5f + t * (CAP - 0.5f)));
    }
    ct_curve_add(&c, v2(1.1f, CAP + 0.02f));
    ct_object_add_part(b, ct_shape_revolve(&c, 96, 50), metal);
    ct_model_drum(b, (struct ct_model_drum){ { 0, 0, 0 }, { 0, 0.4f, 0 }, 0.45f, 0.5f, 0.12f },
                  ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.02f, 0.02f, 0.02f)));
}

void ct_object_light_bulb(struct ct_object_builder *b)
{
    int metal = ct_object_part_colored(b, CT_MATERIAL_brass, v3(0.78f, 0.64f, 0.42f));
    struct ct_material hot;
    ct_material_make(&hot, &(struct ct_look){ .material = CT_MATERIAL_matte });
    hot.surface.emission = v3(26, 11.5f, 3.2f);
    int filament = ct_world_add_material(b->world, &hot);
    add_glass(b);
    add_cap(b, metal);
    static const ct_v3 loop[] = { { -0.55f, 5.2f, 0 },    { -1.15f, 7.4f, 0.15f },
                                  { -0.75f, 8.9f, 0.1f }, { -0.35f, 6.7f, 0 },
                                  { 0, 9.1f, 0 },         { 0.35f, 6.7f, 0 },
                                  { 0.75f, 8.9f, 0.1f },  { 1.15f, 7.4f, 0.15f },
                                  { 0.55f, 5.2f, 0 } };
    const float radii[9] = { 0.055f, 0.055f, 0.055f, 0.055f, 0.055f,
                             0.055f, 0.055f, 0.055f, 0.055f };
    /* At its sharp bends the wire folds into itself: shade what is seen of it. */
    ct_object_add_part(
        b, ct_mesh_creased(ct_shape_tube(&(struct ct_tube){ loop, radii, 9, 10, 12 }), 60),
        filament);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        const ct_v3 wire[] = { { s * 0.25f, 2.6f, 0 },
                               { s * 0.3f, 4.2f, 0 },
                               { s * 0.55f, 5.2f, 0 } };
        ct_model_tube(b, wire, 3, 0.045f, 0.045f, metal);
    }
    ct_model_drum(b, (struct ct_model_drum){ { 0, 2.5f, 0 }, { 0, 4.4f, 0 }, 0.42f, 0.3f, 0.1f },
                  ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.8f, 0.78f, 0.72f)));
}
