/* A ridge tent with its door rolled open, guy ropes and pegs. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HALF_X 9.5f
#define HALF_Z 13.0f
#define TOP 13.4f

const struct ct_object_shape ct_object_tent_shape = {
    .min = { -14.6f, 0, -18.6f },
    .max = { 14.6f, 15.0f, 18.6f },
    .view_deg = 13,
    .yaw = -0.62f,
    .parts = "door|flap|pole|poles",
};

/* One slope of cloth: from the ground over the ridge down the other side, sagging between. */
static ct_v3 cloth_at(const void *ctx, float u, float v)
{
    (void)ctx;
    float x = HALF_X * (2 * u - 1), z = HALF_Z * (2 * v - 1), a = fabsf(2 * u - 1);
    float sag = 0.9f * (1 - (2 * v - 1) * (2 * v - 1));
    float slope = 4 * a * (1 - a);
    float y = TOP * (1 - a) - 1.1f * slope - sag * (1 - a) * 0.9f;
    return v3(x, ct_maxf(y, 0.05f), z);
}

void ct_object_tent(struct ct_object_builder *b)
{
    static const struct ct_corner back[] = { { 0, 0, 0 },        { HALF_X - 0.2f, 0, 0 },
                                             { 4.3f, 5.9f, 8 },  { 0, TOP - 0.3f, 0.1f },
                                             { -4.3f, 5.9f, 8 }, { -HALF_X + 0.2f, 0, 0 },
                                             { 0, 0, 0 } };
    static const struct ct_corner flap[] = { { 0, 0, 0 },     { 1.1f, 0, 0.3f },
                                             { 0.7f, 7, 2 },  { 0, TOP - 0.8f, 0.1f },
                                             { -1.0f, 6, 2 }, { 0, 0, 0 } };
    int cloth = ct_part_body(b, v3(0.50f, 0.20f, 0.035f));
    int inner = ct_object_part_colored(b, CT_MATERIAL_linen, v3(0.22f, 0.16f, 0.09f));
    int light = ct_object_accent(b, ct_part_dressed(b, CT_MATERIAL_linen, v3(0.70f, 0.62f, 0.44f)));
    int rope = ct_object_part_colored(b, CT_MATERIAL_matte, v3(0.72f, 0.68f, 0.58f));
    int wood = ct_object_part_colored(b, CT_MATERIAL_wood, v3(0.42f, 0.26f, 0.13f));
    struct ct_mesh *sheet = ct_shape_grid(&(struct ct_grid){ 64, 32, false, cloth_at, NULL, NULL });
    ct_model_mesh(b, sheet, v3(0, 0, 0), v3(0, 0, 0), cloth);
    ct_model_plate(
        b,
        (struct ct_model_plate){ back, 7, 0.1f, 0.02f, v3(0, 0, 0), v3(0, 0.05f, -HALF_Z + 0.4f) },
        inner);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side;
        ct_model_plate(b,
                       (struct ct_model_plate){ flap, 6, 0.15f, 0.02f, v3(0, 0.2f * s, s * 0.44f),
                                                v3(s * 7.2f, 0.6f, HALF_Z - 0.1f) },
                       light);
        ct_model_drum(b,
                      (struct ct_model_drum){
                          { 0, 0, s * HALF_Z }, { 0, 15, s * HALF_Z }, 0.3f, 0.26f, 0.08f },
                      wood);
        ct_model_drum(b,
                      (struct ct_model_drum){
                          { 0, TOP, s * HALF_Z }, { 0, 0.6f, s * 18.2f }, 0.07f, 0.07f, 0.02f },
                      rope);
        for (int end = -1; end <= 1; end += 2) {
            float z = (float)end * 8.5f;
            ct_model_drum(
                b,
                (struct ct_model_drum){
                    { s * HALF_X, 0.3f, z }, { s * 13.6f, 0.6f, z }, 0.06f, 0.06f, 0.02f },
                rope);
            ct_model_drum(
                b,
                (struct ct_model_drum){
                    { s * 13.4f, 0.05f, z }, { s * 14.2f, 1.6f, z }, 0.18f, 0.22f, 0.05f },
                wood);
        }
        ct_model_drum(b,
                      (struct ct_model_drum){
                          { 0, 0.05f, s * 17.9f }, { 0, 1.6f, s * 18.5f }, 0.18f, 0.22f, 0.05f },
                      wood);
    }
    ct_model_box(b, v3(0, 0.08f, 0), v3(HALF_X - 0.4f, 0.06f, HALF_Z - 0.4f), 0.04f, inner);
}
