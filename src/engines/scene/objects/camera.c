/* A classic range-finder camera: silver top and base, grained leatherette, a large lens. */
#include "engines/scene/objects/model.h"

#define HALF_WIDTH 6.8f
#define HALF_DEPTH 1.9f
#define TOP 7.6f
#define LENS_Y 3.7f

const struct ct_object_shape ct_object_camera_shape = {
    .min = { -HALF_WIDTH, 0, -2.1f },
    .max = { HALF_WIDTH, 8.6f, 6.3f },
    .yaw = -0.5f,
};

static void ring(struct ct_object_builder *b, float z0, float z1, float r0, float r1, int material)
{
    ct_model_drum(b, (struct ct_model_drum){ { 0, LENS_Y, z0 }, { 0, LENS_Y, z1 }, r0, r1, 0.1f },
                  material);
}

static void add_lens(struct ct_object_builder *b, int black, int silver)
{
    static const struct ct_corner barrel[] = {
        { 2.55f, 4.3f, 0 },   { 2.55f, 6.0f, 0.12f }, { 2.28f, 6.0f, 0.08f },
        { 2.0f, 5.1f, 0.1f }, { 1.7f, 5.05f, 0 },
    };
    static const struct ct_corner glass[] = { { 1.75f, 4.9f, 0 },
                                              { 1.2f, 5.3f, 2 },
                                              { 0, 5.42f, 0 } };
    ring(b, 1.7f, 2.5f, 3.2f, 3.1f, silver);
    ring(b, 2.4f, 3.3f, 2.85f, 2.85f, black);
    ring(b, 3.25f, 4.35f, 2.95f, 2.9f, black);
    for (int i = 0; i < 4; i++) /* ribs of the focus ring */
        ct_model_ring(b, v3(0, LENS_Y, 3.5f + 0.2f * (float)i), v3(0, 0, 1), 2.95f, 0.06f, black);
    ct_model_ring(b, v3(0, LENS_Y, 4.5f), v3(0, 0, 1), 2.52f, 0.07f, silver);
    ct_model_turned(b, barrel, 5, v3(0, LENS_Y, 0), v3(0, 0, 1), black);
    ct_model_turned(b, glass, 3, v3(0, LENS_Y, 0), v3(0, 0, 1),
                    ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.012f, 0.012f, 0.035f)));
}

void ct_object_camera(struct ct_object_builder *b)
{
    int silver = ct_part_body(b, v3(0.62f, 0.61f, 0.59f));
    int black = ct_object_part_colored(b, CT_MATERIAL_powder_coat, v3(0.012f, 0.012f, 0.013f));
    int skin = ct_object_part_colored(b, CT_MATERIAL_leather, v3(0.022f, 0.021f, 0.02f));
    int glass = ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.03f, 0.035f, 0.05f));
    ct_v3 flat = v3(-1.5708f, 0, 0);
    ct_model_panel(b, v3(0, 0.55f, 0), v3(HALF_WIDTH, HALF_DEPTH, 0.55f), 1.5f, 0.2f, flat, silver);
    ct_model_panel(b, v3(0, 3.6f, 0), v3(HALF_WIDTH - 0.06f, HALF_DEPTH - 0.06f, 2.6f), 1.45f,
                   0.05f, flat, skin);
    ct_model_panel(b, v3(0, 6.65f, 0), v3(HALF_WIDTH, HALF_DEPTH, 0.95f), 1.5f, 0.28f, flat,
                   silver);
    ct_model_box(b, v3(0, 7.6f, 0), v3(2.5f, 0.6f, 1.6f), 0.3f, silver);
    ct_model_box(b, v3(3.6f, 6.7f, 1.9f), v3(1.0f, 0.55f, 0.08f), 0.06f, black);
    ct_model_box(b, v3(3.6f, 6.7f, 1.95f), v3(0.8f, 0.4f, 0.06f), 0.04f, glass);
    ct_model_box(b, v3(0.9f, 6.8f, 1.9f), v3(0.5f, 0.4f, 0.08f), 0.06f, glass);
    ct_model_drum(
        b, (struct ct_model_drum){ { -4.6f, 7.5f, 0 }, { -4.6f, 8.3f, 0 }, 1.05f, 1.05f, 0.12f },
        silver);
    ct_model_drum(
        b,
        (struct ct_model_drum){ { -2.9f, 7.3f, 0.5f }, { -2.9f, 8.6f, 0.5f }, 0.36f, 0.36f, 0.1f },
        silver);
    ct_model_drum(
        b, (struct ct_model_drum){ { 4.7f, 7.5f, 0 }, { 4.7f, 8.15f, 0 }, 1.2f, 1.2f, 0.12f },
        black);
    add_lens(b, black, silver);
}
