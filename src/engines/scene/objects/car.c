/* A saloon car with four doors. */
#include "engines/scene/objects/motorcar.h"
#include "engines/scene/objects/parts.h"

const struct ct_object_shape ct_object_car_shape = {
    .min = { -6.4f, 0, -16.2f },
    .max = { 6.4f, 10.0f, 16.2f },
    .on_y = 10.0f,
    .on_radius = 3.0f,
    .view_deg = 7,
    .yaw = 0.80f,
    .parts = "roof|top",
};

void ct_object_car(struct ct_object_builder *b)
{
    static const ct_v2 deck[] = { { -16.0f, 5.9f }, { -14.5f, 6.5f }, { -9.5f, 6.85f },
                                  { 0, 6.6f },      { 6.0f, 6.45f },  { 11, 5.95f },
                                  { 14.5f, 5.2f },  { 16.0f, 4.5f } };
    static const struct ct_motorcar car = {
        .half_length = 16,
        .half_width = 6.2f,
        .deck = deck,
        .n_deck = 8,
        .sill = 1.5f,
        .axle_rear = -9.4f,
        .axle_front = 9.6f,
        .wheel = 2.25f,
        .nose = 3.4f,
        .roundness = 0.42f,
        .foot_rear = -12.2f,
        .foot_front = 7.6f,
        .roof_rear = -7.4f,
        .roof_front = 1.8f,
        .roof = 10.0f,
        .lean = 0.76f,
        .panes = 2,
        .spokes = 5,
    };
    int paint = ct_part_body(b, v3(0.42f, 0.018f, 0.016f));
    ct_motorcar_add(b, &car, paint, ct_object_accent(b, paint));
}
