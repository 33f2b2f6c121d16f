/* A lipstick, turned out, its cap standing beside it. The look's colour is the lipstick's. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/parts.h"

#define CASE_RADIUS 1.0f
#define CASE_TOP 2.9f
#define TUBE_TOP 4.7f
#define HEIGHT 7.2f

const struct ct_object_shape ct_object_lipstick_shape = {
    .min = { -CASE_RADIUS, 0, -2.1f },
    .max = { 3.9f, HEIGHT, CASE_RADIUS },
    .on_y = HEIGHT,
    .yaw = 0.2f,
};

/* A rounded rod cut aslant towards the front, the cut a little hollow. */
static struct ct_mesh *bullet(void)
{
    static const struct ct_corner profile[] = {
        { 0, TUBE_TOP - 0.5f, 0 },
        { 0.6f, TUBE_TOP - 0.5f, 0 },
        { 0.6f, HEIGHT - 0.05f, 0.5f },
        { 0, HEIGHT, 0 },
    };
    struct ct_curve curve, fine = { .n = 0 };
    ct_curve_fillet(&curve, profile, 4, 16);
    for (int i = 0; i + 1 < curve.n; i++) /* points along the wall, for the cut to bend */
        for (int k = 0; k < 12; k++)
            ct_curve_add(&fine, v2(ct_lerp(curve.p[i].x, curve.p[i + 1].x, (float)k / 12),
                                   ct_lerp(curve.p[i].y, curve.p[i + 1].y, (float)k / 12)));
    ct_curve_add(&fine, curve.p[curve.n - 1]);
    struct ct_mesh *mesh = ct_shape_revolve(&fine, 96, 80);
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++) {
        ct_v3 p = ct_mesh_position(mesh, i);
        float cut = HEIGHT - 0.62f - 1.05f * p.z + 0.12f * p.x * p.x;
        float over = (p.y - cut) / 0.06f; /* soft minimum: the edge is not sharp */
        if (over > 8)
            p.y = cut;
        else if (over > -8)
            p.y -= 0.06f * ct_logf(1 + ct_expf(over));
        ct_mesh_set_position(mesh, i, p);
    }
    ct_mesh_smooth(mesh);
    return mesh;
}

void ct_object_lipstick(struct ct_object_builder *b)
{
    static const struct ct_corner holder[] = {
        { 0, 0, 0 },           { CASE_RADIUS, 0, 0.06f }, { CASE_RADIUS, CASE_TOP, 0.08f },
        { 0.8f, CASE_TOP, 0 }, { 0, CASE_TOP, 0 },
    };
    static const struct ct_corner tube[] = {
        { 0, CASE_TOP - 0.1f, 0 },
        { 0.7f, CASE_TOP - 0.1f, 0 },
        { 0.84f, CASE_TOP, 0 },
        { 0.84f, CASE_TOP + 0.35f, 0.05f },
        { 0.76f, CASE_TOP + 0.4f, 0.03f },
        { 0.76f, TUBE_TOP, 0.06f },
        { 0.66f, TUBE_TOP, 0.04f },
        { 0.66f, TUBE_TOP - 0.3f, 0 },
        { 0, TUBE_TOP - 0.3f, 0 },
    };
    static const struct ct_corner cap[] = {
        { 0, 0, 0 },           { CASE_RADIUS, 0, 0.04f }, { CASE_RADIUS, 5.0f, 0.1f },
        { 0.3f, 5.04f, 0.1f }, { 0, 5.04f, 0 },
    };
    static const struct ct_corner band[] = {
        { 0.9f, 0, 0 },     { 1.02f, 0, 0.02f }, { 1.02f, 0.28f, 0.03f },
        { 0.9f, 0.28f, 0 }, { 0.9f, 0, 0 },
    };
    int black = ct_object_part_colored(b, CT_MATERIAL_ceramic, v3(0.006f, 0.006f, 0.007f));
    int gold = ct_object_part(b, CT_MATERIAL_gold);
    struct ct_part_pose beside = { .at = { 2.85f, 0, -1.05f } };
    ct_part_turned(b, holder, 5, black);
    ct_part_turned(b, tube, 9, gold);
    ct_part_turned_at(b, cap, 5, beside, black);
    ct_part_turned_at(b, band, 5, beside, gold);
    ct_object_add_part(b, bullet(), ct_part_body(b, v3(0.52f, 0.012f, 0.028f)));
}
