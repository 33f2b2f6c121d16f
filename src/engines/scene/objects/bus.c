/* A city bus: long, with a row of windows and a destination sign. */
#include "engines/scene/materials/material.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/motorcar.h"

const struct ct_object_shape ct_object_bus_shape = {
    .min = { -8.3f, 0, -33.4f },
    .max = { 8.3f, 20.0f, 33.4f },
    .view_deg = 7,
    .yaw = 0.92f,
    .parts = "roof|top",
};

void ct_object_bus(struct ct_object_builder *b)
{
    static const ct_v2 deck[] = {
        { -33, 9.2f }, { -28, 9.4f }, { 0, 9.4f }, { 28, 9.4f }, { 33, 9.2f }
    };
    static const struct ct_motorcar bus = {
        .half_length = 33,
        .half_width = 8.2f,
        .deck = deck,
        .n_deck = 5,
        .sill = 2.0f,
        .axle_rear = -18,
        .axle_front = 21,
        .wheel = 3.3f,
        .nose = 2.6f,
        .roundness = 0.22f,
        .foot_rear = -32.4f,
        .foot_front = 32.4f,
        .roof_rear = -32.0f,
        .roof_front = 31.6f,
        .roof = 20.0f,
        .lean = 0.96f,
        .panes = 6,
    };
    int paint = ct_part_body(b, v3(0.52f, 0.022f, 0.018f));
    struct ct_material lit;
    ct_material_make(&lit, &(struct ct_look){ .material = CT_MATERIAL_plastic });
    lit.surface.emission = v3(0.9f, 0.42f, 0.06f);
    ct_motorcar_add(b, &bus, paint, ct_object_accent(b, paint));
    ct_model_box(b, v3(0, 17.6f, 32.5f), v3(4.6f, 0.75f, 0.3f), 0.1f,
                 ct_world_add_material(b->world, &lit));
}
