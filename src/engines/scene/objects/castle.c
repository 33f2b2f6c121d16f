/* A castle: walls with battlements between four round towers, a gate, a keep with a high roof. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/building.h"

#define HALF 21.0f
#define WALL 15.0f

const struct ct_object_shape ct_object_castle_shape = {
    .min = { -27.2f, 0, -27.2f },
    .max = { 27.2f, 63.5f, 27.2f },
    .view_deg = 13,
    .yaw = 0.5f,
    .parts = "roof|roofs|spire|spires;gate|door;flag|flags",
};

static int put_merlons(struct ct_block *out, int n, float half, float y, float size)
{
    int count = (int)(2 * half / (2 * size)) | 1;
    for (int i = 0; i < count; i += 2) {
        float x = half * (2 * (float)i / (float)(count - 1) - 1);
        for (int side = -1; side <= 1; side += 2) {
            float z = (float)side * half;
            out[n++] = (struct ct_block){ { x, y + size, z }, { 0.5f * size, size, 0.5f * size } };
            if (i > 0 && i < count - 1)
                out[n++] =
                    (struct ct_block){ { z, y + size, x }, { 0.5f * size, size, 0.5f * size } };
        }
    }
    return n;
}

static void add_round_tower(struct ct_object_builder *b, ct_v3 at, float r, float h, float cone,
                            int stone, int roof)
{
    const struct ct_corner shaft[] = { { 0, 0, 0 },
                                       { 1.12f * r, 0, 0.2f },
                                       { r, 0.16f * h, 2 },
                                       { 0.97f * r, 0.84f * h, 0.5f },
                                       { 1.22f * r, 0.90f * h, 0.3f },
                                       { 1.22f * r, h, 0.1f },
                                       { 0, h, 0 } };
    const struct ct_corner top[] = { { 0, h - 0.3f, 0 },
                                     { 1.42f * r, h - 0.3f, 0.15f },
                                     { 1.36f * r, h + 0.3f, 0.1f },
                                     { 0.55f * r, h + 0.52f * cone, 4 * r },
                                     { 0.05f * r, h + cone, 0.02f },
                                     { 0, h + cone, 0 } };
    ct_model_turned(b, shaft, 7, at, v3(0, 1, 0), stone);
    ct_model_turned(b, top, 6, at, v3(0, 1, 0), roof);
}

static void add_flag(struct ct_object_builder *b, ct_v3 top, int cloth)
{
    static const struct ct_corner flag[] = {
        { 0, 0, 0 }, { 5.0f, 1.1f, 0.1f }, { 0, 2.4f, 0 }, { 0, 0, 0 }
    };
    ct_model_drum(b,
                  (struct ct_model_drum){ top, v3_add(top, v3(0, 5.6f, 0)), 0.18f, 0.14f, 0.05f },
                  ct_object_part(b, CT_MATERIAL_brass));
    ct_model_plate(b,
                   (struct ct_model_plate){ flag, 4, 0.12f, 0.05f, v3(0, -0.35f, 0),
                                            v3_add(top, v3(0, 2.9f, 0)) },
                   cloth);
}

void ct_object_castle(struct ct_object_builder *b)
{
    int stone = b->body;
    int roof =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_matte, v3(0.055f, 0.085f, 0.17f)));
    int wood = ct_object_accent_of(
        b, 1, ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.20f, 0.10f, 0.045f)));
    int cloth =
        ct_object_accent_of(b, 2, ct_part_dressed(b, CT_MATERIAL_linen, v3(0.52f, 0.03f, 0.025f)));
    const struct ct_block walls[] = {
        { { 0, WALL / 2, HALF }, { HALF, WALL / 2, 1.8f } },
        { { 0, WALL / 2, -HALF }, { HALF, WALL / 2, 1.8f } },
        { { HALF, WALL / 2, 0 }, { 1.8f, WALL / 2, HALF } },
        { { -HALF, WALL / 2, 0 }, { 1.8f, WALL / 2, HALF } },
        { { 0, 10.5f, HALF + 1.2f }, { 6.4f, 10.5f, 3.2f } },
        { { 0, 17, -3 }, { 9.0f, 17, 9.0f } },
    };
    struct ct_block merlons[160];
    ct_model_blocks(b, walls, 6, 0.12f, stone);
    int n = put_merlons(merlons, 0, HALF + 0.6f, WALL, 1.1f);
    for (int i = 0; i < 4; i++)
        merlons[n++] =
            (struct ct_block){ { -5.4f + 3.6f * (float)i, 22, HALF + 3.8f }, { 0.9f, 1.1f, 0.6f } };
    ct_model_blocks(b, merlons, n, 0.08f, stone);
    for (int k = 0; k < 4; k++)
        add_round_tower(b, v3(k & 1 ? HALF : -HALF, 0, k & 2 ? HALF : -HALF), 4.4f, 24, 12.5f,
                        stone, roof);
    add_round_tower(b, v3(6.8f, 0, -9.5f), 4.0f, 43, 14.5f, stone, roof);
    struct ct_block keep[64];
    n = put_merlons(keep, 0, 9.2f, 34, 1.0f);
    for (int i = 0; i < n; i++)
        keep[i].center.z -= 3;
    ct_model_blocks(b, keep, n, 0.08f, stone);
    ct_gable_add(b, &(struct ct_gable){ { 0, 34, -3 }, 7.4f, 7.4f, 8.5f, 0.6f, 12, false }, roof);
    ct_door_add(b, &(struct ct_door){ { 0, 0, HALF + 4.4f }, 3.4f, 11.5f, true }, wood, stone);
    struct ct_windows w = { .half_width = 0.55f, .half_height = 1.7f };
    for (int i = -1; i <= 1; i++) {
        ct_windows_put(&w, CT_FACADE_FRONT, 5.0f * (float)i, 27, 6.0f);
        ct_windows_put(&w, CT_FACADE_RIGHT, 9.0f, 27, -3 + 5.0f * (float)i);
        ct_windows_put(&w, CT_FACADE_LEFT, -9.0f, 27, -3 + 5.0f * (float)i);
    }
    for (int k = 0; k < 2; k++) {
        ct_windows_put(&w, CT_FACADE_FRONT, k ? HALF : -HALF, 15, HALF + 4.25f);
        ct_windows_put(&w, CT_FACADE_FRONT, k ? HALF : -HALF, 8, HALF + 4.5f);
    }
    ct_windows_put(&w, CT_FACADE_FRONT, 6.8f, 36.5f, -9.5f + 3.9f);
    ct_windows_add(b, &w, stone,
                   ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.012f, 0.011f, 0.012f)));
    add_flag(b, v3(6.8f, 57.3f, -9.5f), cloth);
    add_flag(b, v3(HALF, 36.2f, HALF), cloth);
    add_flag(b, v3(-HALF, 36.2f, HALF), cloth);
}
