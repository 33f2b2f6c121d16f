/* A family house: two floors, a tiled roof with a chimney, a door with steps, bushes before it. */
#include "engines/scene/objects/building.h"

#define HALF_X 19.0f
#define HALF_Z 13.5f
#define BASE 1.6f
#define EAVES 24.5f

const struct ct_object_shape ct_object_house_shape = {
    .min = { -21.5f, 0, -16.6f },
    .max = { 21.5f, 41.0f, 19.6f },
    .view_deg = 7,
    .yaw = 0.50f,
    .parts = "roof|tiles|roof tiles|red roof;door|front door;window|windows|window frame|shutter",
};

static void add_windows(struct ct_object_builder *b, int frame)
{
    struct ct_windows w = { .half_width = 2.1f,
                            .half_height = 2.9f,
                            .frame = 0.75f,
                            .columns = 2,
                            .rows = 2,
                            .sill = true };
    static const float xs[] = { -12.5f, 0, 12.5f };
    for (int i = 0; i < 3; i++) {
        ct_windows_put(&w, CT_FACADE_FRONT, xs[i], 19.2f, HALF_Z);
        ct_windows_put(&w, CT_FACADE_BACK, xs[i], 19.2f, -HALF_Z);
        ct_windows_put(&w, CT_FACADE_BACK, xs[i], 8.4f, -HALF_Z);
        if (i != 1)
            ct_windows_put(&w, CT_FACADE_FRONT, xs[i], 8.4f, HALF_Z);
    }
    for (int side = -1; side <= 1; side += 2) {
        enum ct_facade on = side > 0 ? CT_FACADE_RIGHT : CT_FACADE_LEFT;
        for (int i = -1; i <= 1; i += 2) {
            ct_windows_put(&w, on, (float)side * HALF_X, 8.4f, (float)i * 6);
            ct_windows_put(&w, on, (float)side * HALF_X, 19.2f, (float)i * 6);
        }
        ct_windows_put(&w, on, (float)side * HALF_X, 28.4f, 0);
    }
    ct_windows_add(b, &w, frame, ct_window_glass(b));
}

static void add_porch(struct ct_object_builder *b, int roof, int frame)
{
    for (int side = -1; side <= 1; side += 2)
        ct_model_box(b, v3((float)side * 4.0f, 7.2f, 17.2f), v3(0.32f, 6.0f, 0.32f), 0.06f, frame);
    ct_gable_add(b,
                 &(struct ct_gable){ { 0, 13.0f, HALF_Z + 2.2f }, 2.9f, 5.2f, 2.4f, 0.5f, 5, true },
                 roof);
}

void ct_object_house(struct ct_object_builder *b)
{
    int wall = ct_part_body(b, v3(0.74f, 0.70f, 0.62f));
    int white = ct_part_dressed(b, CT_MATERIAL_matte, v3(0.85f, 0.85f, 0.83f));
    int roof =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_matte, v3(0.26f, 0.085f, 0.055f)));
    int leaf = ct_object_accent_of(
        b, 1, ct_part_dressed(b, CT_MATERIAL_lacquer, v3(0.035f, 0.10f, 0.16f)));
    ct_model_box(b, v3(0, BASE / 2, 0), v3(HALF_X + 0.35f, BASE / 2, HALF_Z + 0.35f), 0.1f,
                 ct_object_part_colored(b, CT_MATERIAL_concrete, v3(0.36f, 0.35f, 0.33f)));
    ct_gable_walls(b, v3(0, BASE, 0), v3(HALF_X, EAVES - BASE, HALF_Z), 13.0f, false, wall);
    ct_gable_add(b,
                 &(struct ct_gable){
                     { 0, EAVES - 2.3f, 0 }, HALF_X + 2.2f, HALF_Z + 2.4f, 15.3f, 0.8f, 16, false },
                 roof);
    ct_chimney_add(b, v3(-11, 41.0f, -4.0f), 1.9f, 9.0f);
    add_windows(b, ct_object_accent_of(b, 2, white));
    ct_door_add(b, &(struct ct_door){ { 0, BASE, HALF_Z }, 2.6f, 9.6f, false }, leaf, white);
    add_porch(b, roof, white);
    for (int i = 0; i < 4; i++)
        ct_bush_add(b,
                    v3((i < 2 ? -1.0f : 1.0f) * (7.6f + 5.4f * (float)(i & 1)), 0, HALF_Z + 2.9f),
                    2.7f - 0.4f * (float)(i & 1), i);
}
