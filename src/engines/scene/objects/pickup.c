/* A pickup truck: cab, and an open bed behind. */
#include "engines/scene/objects/model.h"
#include "engines/scene/objects/motorcar.h"

const struct ct_object_shape ct_object_pickup_shape = {
    .min = { -6.9f, 0, -18.2f },
    .max = { 6.9f, 12.6f, 18.2f },
    .on_y = 0,
    .view_deg = 7,
    .yaw = 0.80f,
    .parts = "roof|top",
};

/* Walls around the bed, standing on the lower body. */
static void add_bed(struct ct_object_builder *b, int paint)
{
    const struct ct_block walls[] = {
        { { 5.75f, 7.6f, -9.4f }, { 0.35f, 1.3f, 8.1f } },
        { { -5.75f, 7.6f, -9.4f }, { 0.35f, 1.3f, 8.1f } },
        { { 0, 7.6f, -17.1f }, { 5.7f, 1.3f, 0.4f } },
        { { 0, 7.6f, -1.6f }, { 5.7f, 1.3f, 0.4f } },
    };
    ct_model_blocks(b, walls, 4, 0.25f, paint);
    ct_model_box(b, v3(0, 6.4f, -9.4f), v3(5.5f, 0.3f, 7.9f), 0.05f,
                 ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.03f, 0.03f, 0.03f)));
}

void ct_object_pickup(struct ct_object_builder *b)
{
    static const ct_v2 deck[] = { { -18, 6.3f }, { -15, 6.5f },   { -2, 6.7f },    { 0.5f, 8.2f },
                                  { 4, 8.3f },   { 11.5f, 8.0f }, { 15.8f, 7.4f }, { 18, 6.2f } };
    static const struct ct_motorcar car = {
        .half_length = 18,
        .half_width = 6.6f,
        .deck = deck,
        .n_deck = 8,
        .sill = 2.2f,
        .axle_rear = -10.4f,
        .axle_front = 11.6f,
        .wheel = 2.8f,
        .nose = 2.6f,
        .roundness = 0.34f,
        .foot_rear = -1.4f,
        .foot_front = 9.4f,
        .roof_rear = -0.6f,
        .roof_front = 5.4f,
        .roof = 12.6f,
        .lean = 0.80f,
        .panes = 2,
        .spokes = 6,
    };
    int paint = ct_part_body(b, v3(0.05f, 0.13f, 0.30f));
    ct_motorcar_add(b, &car, paint, ct_object_accent(b, paint));
    add_bed(b, paint);
}
