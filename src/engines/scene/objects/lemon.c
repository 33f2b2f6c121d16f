/* A lemon lying on its side: a nipple at the blossom end, a stub of stem at the other. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/parts.h"

#define RADIUS 2.95f
#define HALF_LENGTH 4.4f

const struct ct_object_shape ct_object_lemon_shape = {
    .min = { -HALF_LENGTH, 0, -RADIUS },
    .max = { HALF_LENGTH, 2 * RADIUS, RADIUS },
    .on_y = 2 * RADIUS,
    .yaw = 0.45f,
};

/* Turned upright, then laid down: the profile is the lemon's, from the stem to the nipple. */
static struct ct_mesh *peel(float shift)
{
    static const ct_v2 knots[] = { { 0, -4.0f },     { 0.35f, -4.05f }, { 0.75f, -3.85f },
                                   { 1.7f, -3.2f },  { 2.55f, -1.9f },  { RADIUS, 0.1f },
                                   { 2.5f, 2.0f },   { 1.5f, 3.2f },    { 0.85f, 3.68f },
                                   { 0.58f, 4.05f }, { 0.35f, 4.32f },  { 0, HALF_LENGTH } };
    struct ct_curve profile;
    ct_curve_spline(&profile, knots, 12, 8);
    for (int i = 0; i < profile.n; i++)
        profile.p[i].x = ct_maxf(profile.p[i].x, 0);
    struct ct_mesh *mesh = ct_shape_revolve(&profile, 112, 80);
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++) {
        ct_v3 p = ct_mesh_position(mesh, i);
        float k = 1 + 0.045f * ct_noise3(v3(0.4f * p.x + shift, 0.4f * p.y, 0.4f * p.z)) +
                  0.012f * ct_noise3(v3(1.3f * p.x, 1.3f * p.y + shift, 1.3f * p.z));
        float bow = 0.012f * p.y * p.y; /* the axis is never straight */
        ct_mesh_set_position(mesh, i, v3(p.x * k + bow, p.y, p.z * k));
    }
    ct_mesh_smooth(mesh);
    ct_mesh_rotate(mesh, 2, -CT_PI / 2);
    return mesh;
}

void ct_object_lemon(struct ct_object_builder *b)
{
    struct ct_mesh *mesh = peel(20 * ct_part_random(b, 0));
    ct_v3 min, max;
    ct_mesh_bounds(mesh, &min, &max);
    ct_mesh_move(mesh, v3(0, -min.y, 0));
    ct_object_add_part(b, mesh, ct_part_body(b, v3(0.90f, 0.60f, 0.022f)));
}
