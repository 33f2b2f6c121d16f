/* An open shipping box of corrugated board: four walls, four flaps at angles of their own. */
#include "engines/scene/objects/model.h"

#include "engines/scene/math/fn.h"

#define WALL_TOP 20.0f
#define HALF_WIDTH 16.0f
#define HALF_DEPTH 11.5f
#define BOARD 0.22f /* half the thickness */

const struct ct_object_shape ct_object_cardboard_box_shape = {
    .min = { -25.2f, 0, -19.3f },
    .max = { 25.6f, 26.8f, 19.3f },
    .in_y = 0.5f,
    .in_radius = 11,
    .yaw = 0.5f,
    .label = { CT_DECAL_FRONT, { 0, 7.2f, HALF_DEPTH }, 11, 5.2f },
};

/* A flap hinged on the top of a wall: `out` is the wall's outward direction, `open` the angle from
 * upright. */
static void add_flap(struct ct_object_builder *b, ct_v3 hinge, float yaw, float half_width,
                     float length, float open, int board)
{
    float s, c, ys, yc;
    ct_sincosf(open, &s, &c);
    ct_sincosf(yaw, &ys, &yc);
    float reach = s * length / 2;
    ct_v3 at = v3(hinge.x + reach * ys, hinge.y + c * length / 2, hinge.z + reach * yc);
    ct_model_box_turned(b, at, v3(half_width, length / 2, BOARD), 0.18f, v3(open, yaw, 0), board);
}

void ct_object_cardboard_box(struct ct_object_builder *b)
{
    int board = ct_part_body(b, v3(0.46f, 0.31f, 0.175f));
    int dark = ct_object_part_colored(b, CT_MATERIAL_paper, v3(0.40f, 0.26f, 0.14f));
    ct_model_box(b, v3(0, 0.3f, 0), v3(HALF_WIDTH, 0.3f, HALF_DEPTH), 0.1f, dark);
    for (int side = -1; side <= 1; side += 2) {
        float s = (float)side, r0 = ct_part_random(b, side + 3), r1 = ct_part_random(b, side + 9);
        ct_model_box(b, v3(0, WALL_TOP / 2, s * (HALF_DEPTH - BOARD)),
                     v3(HALF_WIDTH, WALL_TOP / 2, BOARD), 0.15f, board);
        ct_model_box(b, v3(s * (HALF_WIDTH - BOARD), WALL_TOP / 2, 0),
                     v3(BOARD, WALL_TOP / 2, HALF_DEPTH), 0.15f, board);
        add_flap(b, v3(0, WALL_TOP - 0.1f, s * (HALF_DEPTH - BOARD)), side > 0 ? 0 : CT_PI,
                 HALF_WIDTH - 0.2f, 10.2f, (side > 0 ? 2.25f : 0.86f) + 0.1f * (r0 - 0.5f), board);
        add_flap(b, v3(s * (HALF_WIDTH - BOARD), WALL_TOP - 0.1f, 0), s * CT_PI / 2,
                 HALF_DEPTH - 0.2f, 10.2f, (side > 0 ? 1.75f : 1.1f) + 0.1f * (r1 - 0.5f), board);
    }
    ct_model_box(b, v3(0, WALL_TOP - 5, HALF_DEPTH + 0.01f), v3(2.5f, 5.1f, 0.03f), 0.02f,
                 ct_object_part_colored(b, CT_MATERIAL_plastic, v3(0.60f, 0.47f, 0.30f)));
    ct_object_letter(b, board);
}
