/* A village church: nave, tower with a spire and a cross, pointed windows, a clock. */
#include "engines/scene/objects/building.h"

const struct ct_object_shape ct_object_church_shape = {
    .min = { -10.8f, 0, -21.0f },
    .max = { 10.8f, 62.0f, 23.2f },
    .view_deg = 7,
    .yaw = 0.6f,
    .parts = "roof|spire|steeple;door",
};

static void add_windows(struct ct_object_builder *b)
{
    static const struct ct_corner lancet[] = {
        { 0, 0, 0 },           { 1.3f, 0, 0.05f },  { 1.3f, 4.4f, 1.5f }, { 0, 7.4f, 0.1f },
        { -1.3f, 4.4f, 1.5f }, { -1.3f, 0, 0.05f }, { 0, 0, 0 }
    };
    int glass = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.05f, 0.09f, 0.17f));
    for (int side = -1; side <= 1; side += 2)
        for (int i = 0; i < 3; i++)
            ct_model_plate(
                b,
                (struct ct_model_plate){ lancet, 7, 0.25f, 0.03f, v3(0, CT_PI / 2, 0),
                                         v3((float)side * 9.0f, 4.6f, -14.5f + 8.0f * (float)i) },
                glass);
    ct_model_plate(
        b, (struct ct_model_plate){ lancet, 7, 0.25f, 0.03f, v3(0, 0, 0), v3(0, 14.6f, 18.0f) },
        glass);
}

void ct_object_church(struct ct_object_builder *b)
{
    int wall = ct_part_body(b, v3(0.76f, 0.74f, 0.69f));
    int roof =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_matte, v3(0.11f, 0.115f, 0.13f)));
    int leaf = ct_object_accent_of(
        b, 1, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.22f, 0.10f, 0.045f)));
    int gold = ct_object_part(b, CT_MATERIAL_gold),
        white = ct_part_dressed(b, CT_MATERIAL_matte, v3(0.84f, 0.83f, 0.8f));
    static const struct ct_corner spire[] = { { 0, 0, 0 },           { 7.4f, 0, 0.1f },
                                              { 6.6f, 1.2f, 0.8f },  { 4.0f, 8.0f, 6 },
                                              { 0.2f, 23.5f, 0.1f }, { 0, 23.5f, 0 } };
    struct ct_curve curve;
    ct_gable_walls(b, v3(0, 0, -5), v3(9, 15, 15), 10, true, wall);
    ct_gable_add(b, &(struct ct_gable){ { 0, 13.4f, -5 }, 15.8f, 10.6f, 12.0f, 0.6f, 12, true },
                 roof);
    const struct ct_block tower[] = {
        { { 0, 16.5f, 13 }, { 5.2f, 16.5f, 5.0f } },
        { { 0, 33.2f, 13 }, { 5.8f, 0.5f, 5.6f } },
        { { 0, 24.0f, 13 }, { 5.5f, 0.4f, 5.3f } },
        { { 0, 0.8f, 13 }, { 5.6f, 0.8f, 5.4f } },
    };
    ct_model_blocks(b, tower, 4, 0.12f, wall);
    ct_curve_fillet(&curve, spire, 6, 5);
    struct ct_mesh *cone = ct_shape_revolve(&curve, 8, 30); /* eight flat sides */
    ct_model_mesh(b, cone, v3(0, CT_PI / 8, 0), v3(0, 33.6f, 13), roof);
    ct_model_box(b, v3(0, 59.2f, 13), v3(0.28f, 2.8f, 0.28f), 0.08f, gold);
    ct_model_box(b, v3(0, 60.0f, 13), v3(1.4f, 0.28f, 0.28f), 0.08f, gold);
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, 28.5f, 17.9f }, { 0, 28.5f, 18.3f }, 2.2f, 2.2f, 0.1f },
        white);
    ct_model_ring(b, v3(0, 28.5f, 18.3f), v3(0, 0, 1), 2.2f, 0.2f, gold);
    ct_model_box(b, v3(0, 29.2f, 18.4f), v3(0.12f, 0.8f, 0.06f), 0.03f, leaf);
    ct_model_box(b, v3(0.6f, 28.5f, 18.4f), v3(0.6f, 0.12f, 0.06f), 0.03f, leaf);
    add_windows(b);
    ct_door_add(b, &(struct ct_door){ { 0, 0.6f, 18.0f }, 2.2f, 8.6f, true }, leaf, white);
}
