/* Over-ear headphones standing on their cups: a padded band, yokes, closed cups, soft cushions. */
#include "engines/scene/objects/model.h"

#include "engines/scene/math/fn.h"

#define HEIGHT 19.2f
#define CUP_X 7.6f
#define CUP_Y 4.22f

const struct ct_object_shape ct_object_headphones_shape = {
    .min = { -10.6f, 0, -4.4f },
    .max = { 10.6f, HEIGHT, 4.4f },
    .yaw = 0.72f,
};

static struct ct_mesh *band(float from_deg, float radius_x, float radius_y, float in_plane,
                            float out_of_plane)
{
    ct_v2 knots[11];
    for (int i = 0; i < 11; i++) {
        float s, c, angle = (from_deg + (180 - 2 * from_deg) * (float)i / 10) * CT_PI / 180;
        ct_sincosf(angle, &s, &c);
        knots[i] = v2(radius_x * c, radius_y * s);
    }
    return ct_part_strap(knots, 11, in_plane, out_of_plane, 0.6f);
}

static void add_cup(struct ct_object_builder *b, float side, int soft, int metal)
{
    static const struct ct_corner shell[] = {
        { 0, 0, 0 },           { 3.9f, 0, 0.2f },    { 4.2f, 0.5f, 0.4f }, { 4.0f, 1.7f, 0.7f },
        { 2.9f, 2.35f, 0.9f }, { 2.5f, 2.2f, 0.1f }, { 0, 2.2f, 0 },
    };
    static const struct ct_corner pad[] = {
        { 2.0f, 0.1f, 0 },  { 2.0f, 1.6f, 0.7f }, { 4.15f, 1.6f, 0.7f },
        { 4.15f, 0, 0.5f }, { 2.0f, 0, 0.3f },    { 2.0f, 0.1f, 0 },
    };
    static const struct ct_corner cloth[] = { { 0, 0.35f, 0 }, { 2.3f, 0.35f, 0 } };
    ct_v3 at = v3(side * CUP_X, CUP_Y, 0), out = v3(side, 0.10f, 0), in = v3(-side, -0.10f, 0);
    ct_model_turned(b, shell, 7, at, out, b->body);
    ct_model_ring(b, v3_mad(v3_norm(out), 2.3f, at), out, 2.45f, 0.09f, metal);
    struct ct_corner walk[6]; /* outside on the right: backwards */
    for (int i = 0; i < 6; i++)
        walk[i] = pad[5 - i];
    ct_model_turned(b, walk, 6, at, in, soft);
    ct_model_turned(b, (struct ct_corner[]){ cloth[1], cloth[0] }, 2, at, in, soft);
    const ct_v3 yoke[] = { { side * (CUP_X + 0.9f), CUP_Y, 4.05f },
                           { side * (CUP_X + 0.75f), CUP_Y + 3.2f, 3.5f },
                           { side * (CUP_X + 0.45f), CUP_Y + 5.1f, 0.9f },
                           { side * (CUP_X + 0.45f), CUP_Y + 5.1f, -0.9f },
                           { side * (CUP_X + 0.75f), CUP_Y + 3.2f, -3.5f },
                           { side * (CUP_X + 0.9f), CUP_Y, -4.05f } };
    ct_model_tube(b, yoke, 6, 0.30f, 0.30f, metal);
}

void ct_object_headphones(struct ct_object_builder *b)
{
    int soft = ct_object_part_colored(b, CT_MATERIAL_leather, v3(0.035f, 0.033f, 0.032f));
    int metal = ct_object_part(b, CT_MATERIAL_brushed_steel);
    ct_v3 base = v3(0, 8.42f, 0), none = v3(0, 0, 0);
    ct_model_mesh(b, band(4, 8.1f, 10.2f, 0.16f, 0.75f), none, base, metal);
    ct_model_mesh(b, band(22, 8.2f, 10.2f, 0.55f, 1.45f), none, base, b->body);
    ct_model_mesh(b, band(34, 7.6f, 9.55f, 0.45f, 1.25f), none, base, soft);
    add_cup(b, -1, soft, metal);
    add_cup(b, 1, soft, metal);
}
