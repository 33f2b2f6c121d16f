/* A Dutch windmill: a tapering tower, a cap, four latticed sails. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/building.h"

#define HUB_Y 37.0f
#define HUB_Z 8.2f

const struct ct_object_shape ct_object_windmill_shape = {
    .min = { -21.3f, 0, -11.1f },
    .max = { 21.3f, 58.2f, 11.5f },
    .view_deg = 7,
    .yaw = 0.42f,
    .parts = "sail|sails|blade|blades;roof|cap;door",
};

static void add_sails(struct ct_object_builder *b, int wood)
{
    struct ct_block bars[24];
    float places[4][12];
    int n = 0;
    bars[n++] = (struct ct_block){ { 0, 12.2f, 0 }, { 0.5f, 11.8f, 0.4f } };
    bars[n++] = (struct ct_block){ { 3.6f, 14.0f, 0 }, { 0.16f, 9.4f, 0.16f } };
    bars[n++] = (struct ct_block){ { 1.9f, 14.0f, 0 }, { 0.1f, 9.4f, 0.12f } };
    for (int i = 0; i < 13; i++)
        bars[n++] =
            (struct ct_block){ { 1.9f, 4.8f + 1.53f * (float)i, 0 }, { 1.9f, 0.14f, 0.14f } };
    for (int k = 0; k < 4; k++) {
        float s, c;
        ct_sincosf(CT_PI / 2 * (float)k + 0.62f, &s, &c);
        const float place[12] = { c, -s, 0, 0, s, c, 0, HUB_Y, 0, 0, 1, HUB_Z + 2.2f };
        for (int i = 0; i < 12; i++)
            places[k][i] = place[i];
    }
    ct_model_copies(b, ct_shape_blocks(bars, n, 0.05f, 1), (const float(*)[12])places, 4, wood);
}

void ct_object_windmill(struct ct_object_builder *b)
{
    static const struct ct_corner tower[] = {
        { 0, 0, 0 }, { 10.6f, 0, 0.3f }, { 9.6f, 6, 20 }, { 6.2f, 34, 0.2f }, { 0, 34, 0 }
    };
    static const struct ct_corner cap[] = { { 0, 33.6f, 0 },
                                            { 7.2f, 33.6f, 0.2f },
                                            { 7.2f, 34.8f, 0.4f },
                                            { 5.4f, 40, 5.0f },
                                            { 0, 42.4f, 0 } };
    static const struct ct_corner gallery[] = {
        { 0, 13, 0 }, { 11.0f, 13, 0.1f }, { 11.0f, 13.7f, 0.1f }, { 0, 13.7f, 0 }
    };
    int wall = ct_part_body(b, v3(0.72f, 0.66f, 0.55f));
    int wood = ct_object_accent_of(
        b, 0, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.36f, 0.20f, 0.10f)));
    int thatch =
        ct_object_accent_of(b, 1, ct_part_dressed(b, CT_MATERIAL_matte, v3(0.13f, 0.065f, 0.04f)));
    int leaf = ct_object_accent_of(
        b, 2, ct_object_part_colored(b, CT_MATERIAL_lacquer, v3(0.03f, 0.11f, 0.07f)));
    int white = ct_part_dressed(b, CT_MATERIAL_matte, v3(0.82f, 0.81f, 0.77f));
    ct_part_turned(b, tower, 5, wall);
    ct_part_turned(b, cap, 5, thatch);
    ct_part_turned(b, gallery, 4,
                   ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.30f, 0.17f, 0.09f)));
    ct_model_ring(b, v3(0, 16.2f, 0), v3(0, 1, 0), 10.6f, 0.22f, white);
    struct ct_block posts[18];
    for (int i = 0; i < 18; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)i / 18, &s, &c);
        posts[i] = (struct ct_block){ { 10.6f * c, 15.0f, 10.6f * s }, { 0.16f, 1.3f, 0.16f } };
    }
    ct_model_blocks(b, posts, 18, 0.05f, white);
    ct_model_drum(
        b, (struct ct_model_drum){ { 0, HUB_Y, 0 }, { 0, HUB_Y, HUB_Z + 3.2f }, 1.3f, 0.9f, 0.2f },
        wood);
    add_sails(b, wood);
    struct ct_windows w = { .half_width = 1.2f,
                            .half_height = 1.6f,
                            .frame = 0.5f,
                            .columns = 2,
                            .rows = 2,
                            .sill = true };
    ct_windows_put(&w, CT_FACADE_FRONT, 0, 20.5f, 8.1f);
    ct_windows_put(&w, CT_FACADE_RIGHT, 7.9f, 20.5f, 0);
    ct_windows_put(&w, CT_FACADE_LEFT, -7.9f, 20.5f, 0);
    ct_windows_add(b, &w, white, ct_window_glass(b));
    ct_door_add(b, &(struct ct_door){ { 0, 0, 10.0f }, 1.9f, 7.4f, true }, leaf, white);
}
