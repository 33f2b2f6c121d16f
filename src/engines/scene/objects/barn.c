/* A red barn with a gambrel roof, white trim and crossed doors. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/building.h"

#define HALF_X 13.0f
#define HALF_Z 18.0f
#define EAVES 15.0f

const struct ct_object_shape ct_object_barn_shape = {
    .min = { -15.2f, 0, -19.6f },
    .max = { 15.2f, 34.6f, 19.6f },
    .view_deg = 7,
    .yaw = -0.55f,
    .parts = "roof;door|doors|barn door;trim|window|windows",
};

static void gambrel(struct ct_object_builder *b, float out, float up, float half, int material)
{
    const struct ct_corner outline[] = {
        { 0, 0, 0 },           { HALF_X, 0, 0 },  { HALF_X, EAVES, 0 },
        { 8.6f, 27, 0 },       { 0, 33, 0 },      { -8.6f, 27, 0 },
        { -HALF_X, EAVES, 0 }, { -HALF_X, 0, 0 }, { 0, 0, 0 },
    };
    const struct ct_corner roof[] = {
        { HALF_X, EAVES, 0 },
        { HALF_X + out, EAVES - 1.6f, 0.2f },
        { HALF_X + out + 0.7f, EAVES - 0.8f, 0.2f },
        { 8.9f + 0.8f, 27 + up, 0.2f },
        { 0, 33 + 1.4f * up, 0.2f },
        { -8.9f - 0.8f, 27 + up, 0.2f },
        { -HALF_X - out - 0.7f, EAVES - 0.8f, 0.2f },
        { -HALF_X - out, EAVES - 1.6f, 0.2f },
        { -HALF_X, EAVES, 0 },
        { -8.6f, 27, 0 },
        { 0, 33, 0 },
        { 8.6f, 27, 0 },
        { HALF_X, EAVES, 0 },
    };
    bool walls = out <= 0;
    ct_model_plate(b,
                   (struct ct_model_plate){ walls ? outline : roof, walls ? 9 : 13, half, 0.15f,
                                            v3(0, 0, 0), v3(0, 0, 0) },
                   material);
}

/* Upright boards: thin battens on all four walls. */
static void add_battens(struct ct_object_builder *b, int red)
{
    struct ct_block battens[64];
    int n = 0;
    for (int i = 0; i < 9; i++) {
        float x = -HALF_X + 1.4f + 2.9f * (float)i * 0.88f, top = 27 + (8.6f - fabsf(x)) * 0.6f;
        if (fabsf(x) > 8.6f)
            top = EAVES + (HALF_X - fabsf(x)) * 2.6f;
        battens[n++] = (struct ct_block){ { x, top / 2, HALF_Z }, { 0.14f, top / 2 - 0.3f, 0.2f } };
    }
    for (int i = 0; i < 13; i++)
        for (int side = -1; side <= 1; side += 2)
            battens[n++] = (struct ct_block){
                { (float)side * HALF_X, EAVES / 2, -HALF_Z + 1.2f + 2.8f * (float)i },
                { 0.2f, EAVES / 2 - 0.3f, 0.14f },
            };
    ct_model_blocks(b, battens, n, 0.05f, red);
}

static void add_doors(struct ct_object_builder *b, int leaf, int trim)
{
    const struct ct_block frames[] = {
        { { 0, 12.6f, HALF_Z + 0.3f }, { 6.2f, 0.4f, 0.3f } },
        { { -6.0f, 6.4f, HALF_Z + 0.3f }, { 0.4f, 6.4f, 0.3f } },
        { { 6.0f, 6.4f, HALF_Z + 0.3f }, { 0.4f, 6.4f, 0.3f } },
        { { 0, 6.4f, HALF_Z + 0.3f }, { 0.35f, 6.4f, 0.3f } },
        { { 0, 0.5f, HALF_Z + 0.3f }, { 6.2f, 0.4f, 0.3f } },
        { { 0, 25.4f, HALF_Z + 0.3f }, { 2.6f, 0.35f, 0.3f } },
        { { 0, 20.0f, HALF_Z + 0.3f }, { 2.6f, 0.35f, 0.3f } },
        { { -2.4f, 22.7f, HALF_Z + 0.3f }, { 0.35f, 2.7f, 0.3f } },
        { { 2.4f, 22.7f, HALF_Z + 0.3f }, { 0.35f, 2.7f, 0.3f } },
        { { -HALF_X + 0.3f, EAVES / 2, HALF_Z }, { 0.5f, EAVES / 2, 0.35f } },
        { { HALF_X - 0.3f, EAVES / 2, HALF_Z }, { 0.5f, EAVES / 2, 0.35f } },
    };
    ct_model_box(b, v3(0, 6.4f, HALF_Z), v3(6.0f, 6.2f, 0.35f), 0.05f, leaf);
    ct_model_box(b, v3(0, 22.7f, HALF_Z), v3(2.4f, 2.6f, 0.3f), 0.05f,
                 ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.02f, 0.016f, 0.014f)));
    ct_model_blocks(b, frames, 11, 0.08f, trim);
    for (int k = 0; k < 4; k++) {
        float x = k < 2 ? -3.1f : 3.1f, turn = k & 1 ? 0.44f : -0.44f;
        ct_model_box_turned(b, v3(x, 6.5f, HALF_Z + 0.35f), v3(0.32f, 6.6f, 0.2f), 0.05f,
                            v3(0, 0, turn), trim);
    }
}

void ct_object_barn(struct ct_object_builder *b)
{
    int red = ct_part_body(b, v3(0.30f, 0.028f, 0.02f));
    int white =
        ct_object_accent_of(b, 2, ct_part_dressed(b, CT_MATERIAL_matte, v3(0.82f, 0.81f, 0.78f)));
    int roof =
        ct_object_accent_of(b, 0, ct_part_dressed(b, CT_MATERIAL_matte, v3(0.16f, 0.165f, 0.17f)));
    gambrel(b, 0, 0, HALF_Z, red);
    gambrel(b, 1.3f, 0.9f, HALF_Z + 1.4f, roof);
    add_battens(b, red);
    add_doors(b, ct_object_accent_of(b, 1, red), white);
}
