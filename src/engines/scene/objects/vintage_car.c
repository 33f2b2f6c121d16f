/* A round little car of the fifties, with chrome and two-tone roof. */
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/motorcar.h"

const struct ct_object_shape ct_object_vintage_car_shape = {
    .min = { -5.9f, 0, -13.4f },
    .max = { 5.9f, 10.6f, 13.4f },
    .view_deg = 7,
    .yaw = 0.78f,
    .parts = "roof|top",
};

/* Mudguards stand out from the body over the wheels. */
static void add_fenders(struct ct_object_builder *b, int paint)
{
    for (int k = 0; k < 4; k++) {
        float side = k & 1 ? -1.0f : 1.0f, z = k < 2 ? 8.0f : -8.0f, end = k < 2 ? 1.0f : -1.0f;
        const ct_v3 arc[] = { { side * 4.5f, 2.0f, z - end * 3.4f },
                              { side * 4.6f, 4.0f, z - end * 2.5f },
                              { side * 4.6f, 5.2f, z },
                              { side * 4.5f, 4.6f, z + end * 2.5f },
                              { side * 4.3f, 3.0f, z + end * 3.7f } };
        ct_model_tube(b, arc, 5, 1.05f, 1.15f, paint);
    }
}

void ct_object_vintage_car(struct ct_object_builder *b)
{
    static const ct_v2 deck[] = { { -13, 3.6f }, { -11, 5.6f }, { -8, 6.9f },    { -2, 7.2f },
                                  { 4, 6.9f },   { 8, 6.4f },   { 11.4f, 5.4f }, { 13, 3.9f } };
    static const struct ct_motorcar car = {
        .half_length = 13,
        .half_width = 5.4f,
        .deck = deck,
        .n_deck = 8,
        .sill = 1.7f,
        .axle_rear = -8.0f,
        .axle_front = 8.0f,
        .wheel = 2.3f,
        .nose = 4.0f,
        .roundness = 0.62f,
        .foot_rear = -8.8f,
        .foot_front = 4.6f,
        .roof_rear = -5.0f,
        .roof_front = 1.6f,
        .roof = 10.6f,
        .lean = 0.80f,
        .panes = 2,
        .chrome = true,
    };
    int paint = ct_part_body(b, v3(0.16f, 0.42f, 0.44f));
    int cream = ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.80f, 0.76f, 0.64f));
    ct_motorcar_add(b, &car, paint, ct_object_accent(b, cream));
    add_fenders(b, paint);
}
