/* A sharpened hexagonal pencil lying on its side: lacquer, cedar cone, lead, ferrule and eraser. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define RADIUS 0.4f
#define Y 0.347f /* the axis above the table: it lies on a flat side */

const struct ct_object_shape ct_object_pencil_shape = {
    .min = { -8.9f, 0, -RADIUS },
    .max = { 9.2f, 0.70f, RADIUS },
    .yaw = 0.6f,
};

static struct ct_mesh *hexagon(float half_length)
{
    struct ct_curve outline = { .n = 0 };
    for (int i = 0; i < 6; i++) {
        float s, c;
        ct_sincosf(CT_PI / 3 * (float)i, &s, &c);
        ct_curve_add(&outline, v2(RADIUS * c, RADIUS * s));
    }
    return ct_shape_prism(&(struct ct_prism){ &outline, NULL, half_length, 0.03f, 30 });
}

static void drum(struct ct_object_builder *b, float x0, float x1, float r0, float r1, float edge,
                 int material)
{
    ct_model_drum(b, (struct ct_model_drum){ { x0, Y, 0 }, { x1, Y, 0 }, r0, r1, edge }, material);
}

void ct_object_pencil(struct ct_object_builder *b)
{
    int paint = ct_part_body(b, v3(0.80f, 0.50f, 0.04f));
    int metal = ct_object_part_colored(b, CT_MATERIAL_brushed_steel, v3(0.60f, 0.62f, 0.58f));
    ct_model_mesh(b, hexagon(6.8f), v3(0, 1.5708f, 0), v3(-0.2f, Y, 0), paint);
    drum(b, 6.55f, 8.55f, 0.345f, 0.13f, 0,
         ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.62f, 0.40f, 0.22f)));
    drum(b, 8.5f, 9.2f, 0.135f, 0.03f, 0.02f,
         ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.03f, 0.03f, 0.033f)));
    drum(b, -8.2f, -6.9f, 0.325f, 0.325f, 0.03f, metal);
    for (int i = 0; i < 3; i++)
        ct_model_ring(b, v3(-7.9f + 0.35f * (float)i, Y, 0), v3(1, 0, 0), 0.312f, 0.032f, metal);
    drum(b, -8.9f, -8.1f, 0.32f, 0.32f, 0.12f,
         ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.70f, 0.30f, 0.28f)));
}
