/* A present: a box with a lid, a ribbon over it both ways, a bow of four loops and two tails. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/model.h"

#define HEIGHT 16.4f
#define HALF 7.0f
#define LID 7.35f
#define TOP 12.2f

const struct ct_object_shape ct_object_gift_box_shape = {
    .min = { -LID - 0.1f, 0, -LID - 0.1f },
    .max = { LID + 0.1f, HEIGHT, LID + 0.1f },
    .yaw = 0.55f,
};

/* Loops are flat bands in the xy plane, turned around y. */
static void add_bow(struct ct_object_builder *b, int ribbon)
{
    static const ct_v2 loop[] = { { 0, 0 },       { 1.6f, 1.9f }, { 3.7f, 3.5f }, { 5.0f, 2.9f },
                                  { 4.6f, 1.1f }, { 2.4f, 0.3f }, { 0, 0.1f } };
    static const ct_v2 small[] = { { 0, 0 },       { 0.9f, 2.3f }, { 2.4f, 4.0f }, { 3.5f, 3.7f },
                                   { 3.2f, 2.0f }, { 1.6f, 0.7f }, { 0, 0.2f } };
    static const ct_v2 tail[] = { { 0, 0.2f }, { 2.2f, 0.9f }, { 4.4f, 0.35f }, { 6.1f, 0.75f } };
    for (int i = 0; i < 6; i++) {
        float angle = CT_PI * (float)(i % 2) + (i < 2 ? 0.2f : i < 4 ? 1.75f : 0.95f);
        const ct_v2 *knots = i < 4 ? loop : small;
        ct_model_mesh(b, ct_part_strap(knots, 7, 0.06f, 1.05f, 0.35f), v3(0, angle, 0),
                      v3(0, TOP + 0.15f, 0), ribbon);
    }
    for (int i = 0; i < 2; i++)
        ct_model_mesh(b, ct_part_strap(tail, 4, 0.06f, 0.95f, 0.3f), v3(0, i ? -0.75f : -2.1f, 0),
                      v3(0, TOP, 0), ribbon);
    ct_model_cushion(b, v3(0, TOP + 0.75f, 0), v3(1.15f, 0.8f, 1.05f), 0.6f, v3(0, 0.4f, 0),
                     ribbon);
}

void ct_object_gift_box(struct ct_object_builder *b)
{
    int paper = ct_part_body(b, v3(0.60f, 0.055f, 0.06f));
    int ribbon = ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.86f, 0.80f, 0.66f));
    ct_model_box(b, v3(0, 5, 0), v3(HALF, 5, HALF), 0.18f, paper);
    ct_model_box(b, v3(0, TOP - 1.5f, 0), v3(LID, 1.5f, LID), 0.18f, paper);
    for (int i = 0; i < 2; i++) {
        float turn = i ? 1.5708f : 0;
        ct_model_box_turned(b, v3(0, 5, 0), v3(1.1f, 4.98f, HALF + 0.05f), 0.05f, v3(0, turn, 0),
                            ribbon);
        ct_model_box_turned(b, v3(0, TOP - 1.46f, 0), v3(1.1f, 1.5f, LID + 0.05f), 0.05f,
                            v3(0, turn, 0), ribbon);
    }
    add_bow(b, ribbon);
}
