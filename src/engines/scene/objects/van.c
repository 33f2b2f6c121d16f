/* A camper van in two colours: round front, rows of windows, white upper half. */
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/motorcar.h"

const struct ct_object_shape ct_object_van_shape = {
    .min = { -6.2f, 0, -14.8f },
    .max = { 6.2f, 14.0f, 14.8f },
    .view_deg = 7,
    .yaw = 0.75f,
    .parts = "roof|top",
};

void ct_object_van(struct ct_object_builder *b)
{
    static const ct_v2 deck[] = {
        { -14.5f, 7.7f }, { -12, 7.9f }, { 0, 7.9f }, { 12, 7.9f }, { 14.5f, 7.6f }
    };
    static const struct ct_motorcar van = {
        .half_length = 14.5f,
        .half_width = 6.0f,
        .deck = deck,
        .n_deck = 5,
        .sill = 1.7f,
        .axle_rear = -8.4f,
        .axle_front = 8.6f,
        .wheel = 2.4f,
        .nose = 2.9f,
        .roundness = 0.38f,
        .foot_rear = -13.9f,
        .foot_front = 13.7f,
        .roof_rear = -13.0f,
        .roof_front = 11.4f,
        .roof = 14.0f,
        .lean = 0.90f,
        .panes = 4,
        .chrome = true,
    };
    int paint = ct_part_body(b, v3(0.10f, 0.34f, 0.36f));
    int cream = ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.83f, 0.80f, 0.72f));
    ct_motorcar_add(b, &van, paint, ct_object_accent(b, cream));
}
