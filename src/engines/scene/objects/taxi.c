/* A yellow cab with a lit sign on its roof. */
#include "engines/scene/materials/material.h"
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/motorcar.h"

const struct ct_object_shape ct_object_taxi_shape = {
    .min = { -6.4f, 0, -16.2f },
    .max = { 6.4f, 11.6f, 16.2f },
    .view_deg = 7,
    .yaw = 0.80f,
    .parts = "roof|top",
};

static void add_sign(struct ct_object_builder *b, float y)
{
    struct ct_material lit;
    ct_material_make(&lit, &(struct ct_look){ .material = CT_MATERIAL_plastic });
    lit.surface.base_color = v3(0.85f, 0.80f, 0.66f);
    lit.surface.emission = v3(0.75f, 0.62f, 0.34f);
    ct_model_cushion(b, v3(0, y + 0.55f, -2.6f), v3(2.2f, 0.75f, 0.7f), 0.35f, v3(0, 0, 0),
                     ct_world_add_material(b->world, &lit));
    ct_model_box(b, v3(0, y - 0.2f, -2.6f), v3(2.4f, 0.25f, 0.85f), 0.1f,
                 ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.01f, 0.01f, 0.01f)));
}

/* A chequered band along the doors. */
static void add_band(struct ct_object_builder *b)
{
    struct ct_block checks[2 * 2 * 10];
    int n = 0;
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 10; i++)
            for (int row = 0; row < 2; row++)
                if ((i + row) & 1)
                    checks[n++] = (struct ct_block){
                        { (float)side * 6.02f, 4.75f + 0.5f * (float)row, -4.5f + 1.0f * (float)i },
                        { 0.10f, 0.25f, 0.5f },
                    };
    ct_model_blocks(b, checks, n, 0.01f,
                    ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.01f, 0.01f, 0.01f)));
}

void ct_object_taxi(struct ct_object_builder *b)
{
    static const ct_v2 deck[] = { { -16.0f, 5.6f }, { -14.5f, 6.3f }, { -9.5f, 6.75f },
                                  { 0, 6.6f },      { 6.0f, 6.5f },   { 11, 6.1f },
                                  { 14.5f, 5.6f },  { 16.0f, 4.9f } };
    static const struct ct_motorcar car = {
        .half_length = 16,
        .half_width = 6.2f,
        .deck = deck,
        .n_deck = 8,
        .sill = 1.5f,
        .axle_rear = -9.4f,
        .axle_front = 9.6f,
        .wheel = 2.25f,
        .nose = 3.0f,
        .roundness = 0.40f,
        .foot_rear = -11.6f,
        .foot_front = 7.0f,
        .roof_rear = -7.8f,
        .roof_front = 2.0f,
        .roof = 10.3f,
        .lean = 0.78f,
        .panes = 2,
    };
    int paint = ct_part_body(b, v3(0.80f, 0.47f, 0.012f));
    ct_motorcar_add(b, &car, paint, ct_object_accent(b, paint));
    add_sign(b, 10.3f);
    add_band(b);
}
