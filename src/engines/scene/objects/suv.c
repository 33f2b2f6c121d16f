/* A tall estate on large wheels. */
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/motorcar.h"

const struct ct_object_shape ct_object_suv_shape = {
    .min = { -6.9f, 0, -16.2f },
    .max = { 6.9f, 13.1f, 16.2f },
    .view_deg = 7,
    .yaw = 0.78f,
    .parts = "roof|top",
};

void ct_object_suv(struct ct_object_builder *b)
{
    static const ct_v2 deck[] = { { -16, 7.0f }, { -14.5f, 8.3f }, { -8, 8.5f }, { 4, 8.3f },
                                  { 10, 8.0f },  { 14.2f, 7.3f },  { 16, 6.0f } };
    static const struct ct_motorcar car = {
        .half_length = 16,
        .half_width = 6.7f,
        .deck = deck,
        .n_deck = 7,
        .sill = 2.2f,
        .axle_rear = -9.6f,
        .axle_front = 9.8f,
        .wheel = 2.75f,
        .nose = 2.6f,
        .roundness = 0.33f,
        .foot_rear = -15.2f,
        .foot_front = 7.8f,
        .roof_rear = -13.6f,
        .roof_front = 3.0f,
        .roof = 12.7f,
        .lean = 0.80f,
        .panes = 3,
        .spokes = 6,
    };
    int paint = ct_part_body(b, v3(0.07f, 0.10f, 0.085f));
    int rail = ct_object_part(b, CT_MATERIAL_brushed_steel);
    ct_motorcar_add(b, &car, paint, ct_object_accent(b, paint));
    for (int side = -1; side <= 1; side += 2) {
        float x = (float)side * 4.0f;
        const ct_v3 bar[] = { { x, 12.1f, 2.2f },
                              { x, 12.9f, 1.2f },
                              { x, 12.95f, -5 },
                              { x, 12.9f, -11.6f },
                              { x, 12.1f, -12.6f } };
        ct_model_tube(b, bar, 5, 0.16f, 0.16f, rail);
    }
}
