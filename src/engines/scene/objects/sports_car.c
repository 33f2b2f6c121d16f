/* A low sports car with a long bonnet and wide wheels. */
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/motorcar.h"

const struct ct_object_shape ct_object_sports_car_shape = {
    .min = { -6.8f, 0, -15.8f },
    .max = { 6.8f, 8.3f, 15.7f },
    .view_deg = 7,
    .yaw = 0.82f,
    .parts = "roof|top",
};

void ct_object_sports_car(struct ct_object_builder *b)
{
    static const ct_v2 deck[] = {
        { -15.6f, 5.2f }, { -13.5f, 6.1f }, { -9, 6.3f }, { -2, 5.5f },
        { 4, 5.3f },      { 9.5f, 5.35f },  { 13, 4.4f }, { 15.6f, 3.3f }
    };
    static const struct ct_motorcar car = {
        .half_length = 15.6f,
        .half_width = 6.6f,
        .deck = deck,
        .n_deck = 8,
        .sill = 1.15f,
        .axle_rear = -9.6f,
        .axle_front = 9.4f,
        .wheel = 2.3f,
        .nose = 4.2f,
        .roundness = 0.46f,
        .foot_rear = -12.6f,
        .foot_front = 4.6f,
        .roof_rear = -5.6f,
        .roof_front = -1.6f,
        .roof = 8.3f,
        .lean = 0.70f,
        .panes = 1,
        .spokes = 10,
    };
    int paint = ct_part_body(b, v3(0.50f, 0.012f, 0.012f));
    int dark = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.012f, 0.012f, 0.013f));
    ct_motorcar_add(b, &car, paint, ct_object_accent(b, paint));
    /* Air intakes behind the doors, and two pipes. */
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_cushion(b, v3(s * 6.1f, 4.0f, -4.6f), v3(0.45f, 0.85f, 1.5f), 0.5f,
                         v3(0.25f, 0, 0), dark);
        ct_model_drum(
            b,
            (struct ct_model_drum){
                { s * 2.4f, 1.75f, -14.6f }, { s * 2.4f, 1.75f, -15.7f }, 0.5f, 0.5f, 0.1f },
            ct_object_part(b, CT_MATERIAL_chrome));
    }
}
