/* A woven rug with a border and fringes. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HALF_X 125.0f
#define HALF_Z 80.0f

const struct ct_object_shape ct_object_rug_shape = {
    .min = { -132, 0, -HALF_Z },
    .max = { 132, 1.3f, HALF_Z },
    .on_y = 1.2f,
    .on_radius = 78,
    .parts = "border|edge",
};

void ct_object_rug(struct ct_object_builder *b)
{
    int field = ct_part_body(b, v3(0.66f, 0.58f, 0.47f));
    int border =
        ct_object_accent(b, ct_part_dressed(b, CT_MATERIAL_linen, v3(0.30f, 0.17f, 0.12f)));
    int cream = ct_part_dressed(b, CT_MATERIAL_linen, v3(0.76f, 0.71f, 0.62f));
    ct_model_box(b, v3(0, 0.55f, 0), v3(HALF_X, 0.5f, HALF_Z), 0.4f, border);
    ct_model_box(b, v3(0, 0.6f, 0), v3(HALF_X - 9, 0.53f, HALF_Z - 9), 0.3f, cream);
    ct_model_box(b, v3(0, 0.65f, 0), v3(HALF_X - 13, 0.55f, HALF_Z - 13), 0.3f, field);
    struct ct_block fringe[2 * 52];
    for (int i = 0; i < 104; i++)
        fringe[i] = (struct ct_block){ { (i & 1 ? 1.0f : -1.0f) * (HALF_X + 3.2f), 0.3f,
                                         -HALF_Z + 1.5f + 3.08f * (float)(i / 2) },
                                       { 3.6f, 0.25f, 0.55f } };
    ct_model_blocks(b, fringe, 104, 0.2f, cream);
}
