/* A die: a cube with well-rounded edges and sunken pips; opposite sides add up to seven. The
 * side it lies on has none. */
#include "engines/scene/objects/model.h"

#define HALF 0.9f

const struct ct_object_shape ct_object_dice_shape = {
    .min = { -HALF, 0, -HALF },
    .max = { HALF, 2 * HALF, HALF },
    .on_y = 2 * HALF,
    .on_radius = 0.8f,
    .yaw = 0.55f,
};

/* Pips in units of the grid, for each number of eyes a run of the table. */
static const signed char spots[][2] = { { 0, 0 }, { -1, 1 }, { 1, -1 }, { -1, -1 },
                                        { 1, 1 }, { -1, 0 }, { 1, 0 } };

/* Which spots are drawn for 1..6: odd numbers have the middle one, then pairs. */
static void add_side(struct ct_object_builder *b, int eyes, ct_v3 out, ct_v3 u, ct_v3 v, int ink)
{
    int pairs = eyes / 2;
    for (int i = eyes & 1 ? 0 : 1; i <= 2 * pairs; i++) {
        ct_v3 at = v3_scale(out, HALF);
        at = v3_mad(u, 0.46f * (float)spots[i][0], at);
        at = v3_mad(v, 0.46f * (float)spots[i][1], at);
        at.y += HALF;
        ct_v3 a = v3_mad(out, -0.05f, at), z = v3_mad(out, 0.004f, at);
        ct_model_drum(b, (struct ct_model_drum){ a, z, 0.165f, 0.165f, 0.004f }, ink);
    }
}

void ct_object_dice(struct ct_object_builder *b)
{
    bool dark = b->object->look.has_color && ct_luminance(b->object->look.color) < 0.35f;
    int ink = ct_object_part_colored(b, CT_MATERIAL_plastic,
                                     dark ? v3(0.9f, 0.9f, 0.88f) : v3(0.015f, 0.015f, 0.017f));
    const ct_v3 x = { 1, 0, 0 }, y = { 0, 1, 0 }, z = { 0, 0, 1 };
    ct_model_box(b, v3(0, HALF, 0), v3(HALF, HALF, HALF), 0.22f, b->body);
    add_side(b, 5, y, x, z, ink);
    add_side(b, 3, z, x, y, ink);
    add_side(b, 4, v3_scale(z, -1), x, y, ink);
    add_side(b, 6, x, z, y, ink);
    add_side(b, 1, v3_scale(x, -1), z, y, ink);
}
