/* Blocks, drums, tubes, rings and plates in any pose: thin wrappers of geometry/ that place a mesh
 * and hand it to the builder. A mesh that could not be made is handed on too, which marks the
 * world; see object.h. */
#include "engines/scene/objects/model.h"

#include "engines/scene/math/fn.h"

#include <stddef.h>

void ct_model_mesh(struct ct_object_builder *b, struct ct_mesh *mesh, ct_v3 turn, ct_v3 at,
                   int material)
{
    if (turn.x != 0)
        ct_mesh_rotate(mesh, 0, turn.x);
    if (turn.z != 0)
        ct_mesh_rotate(mesh, 2, turn.z);
    if (turn.y != 0)
        ct_mesh_rotate(mesh, 1, turn.y);
    ct_mesh_move(mesh, at);
    ct_object_add_part(b, mesh, material);
}

void ct_model_box_turned(struct ct_object_builder *b, ct_v3 center, ct_v3 half, float radius,
                         ct_v3 turn, int material)
{
    ct_model_mesh(b, ct_shape_box(half, radius, 5), turn, center, material);
}

void ct_model_box(struct ct_object_builder *b, ct_v3 center, ct_v3 half, float radius, int material)
{
    ct_model_box_turned(b, center, half, radius, v3(0, 0, 0), material);
}

void ct_model_blocks(struct ct_object_builder *b, const struct ct_block *blocks, int n,
                     float radius, int material)
{
    ct_object_add_part(b, ct_shape_blocks(blocks, n, radius, 2), material);
}

void ct_model_ball(struct ct_object_builder *b, ct_v3 center, ct_v3 radii, int material)
{
    ct_model_mesh(b, ct_shape_ellipsoid(radii, 64), v3(0, 0, 0), center, material);
}

static void stand(struct ct_object_builder *b, struct ct_mesh *mesh, ct_v3 foot, ct_v3 up,
                  int material)
{
    float matrix[12];
    ct_matrix_stand(matrix, foot, up, 0, 1);
    if (mesh)
        ct_mesh_transform(mesh, matrix);
    ct_object_add_part(b, mesh, material);
}

void ct_model_turned(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                     ct_v3 foot, ct_v3 up, int material)
{
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, n, 6);
    stand(b, ct_shape_revolve(&curve, 80, 40), foot, up, material);
}

void ct_model_drum(struct ct_object_builder *b, struct ct_model_drum d, int material)
{
    ct_v3 up = v3_sub(d.to, d.from);
    float length = v3_len(up);
    const struct ct_corner profile[] = {
        { 0, 0, 0 }, { d.r_from, 0, d.edge }, { d.r_to, length, d.edge }, { 0, length, 0 }
    };
    ct_model_turned(b, profile, 4, d.from, up, material);
}

void ct_model_tube(struct ct_object_builder *b, const ct_v3 *knots, int n, float r_from, float r_to,
                   int material)
{
    float radii[CT_TUBE_KNOTS];
    for (int i = 0; i < n && i < CT_TUBE_KNOTS; i++)
        radii[i] = ct_lerp(r_from, r_to, (float)i / (float)(n - 1));
    ct_object_add_part(b, ct_shape_tube(&(struct ct_tube){ knots, radii, n, 10, 24 }), material);
}

void ct_model_ring(struct ct_object_builder *b, ct_v3 center, ct_v3 axis, float radius,
                   float thickness, int material)
{
    struct ct_curve circle = { .n = 0 };
    const int steps = 24;
    for (int i = 0; i <= steps; i++) {
        float s, c;
        ct_sincosf(2 * CT_PI * (float)(i % steps) / (float)steps, &s, &c);
        ct_curve_add(&circle, v2(radius + thickness * c, thickness * s));
    }
    stand(b, ct_shape_revolve(&circle, 96, 60), center, axis, material);
}

void ct_model_leg(struct ct_object_builder *b, ct_v3 foot, ct_v3 top, float r_foot, float r_top,
                  int material)
{
    ct_v3 up = v3_norm(v3_sub(top, foot));
    foot.y += r_foot * sqrtf(ct_maxf(1 - up.y * up.y, 0));
    ct_model_drum(b, (struct ct_model_drum){ foot, top, r_foot, r_top, 0.15f * r_foot }, material);
}

void ct_model_plate(struct ct_object_builder *b, struct ct_model_plate p, int material)
{
    struct ct_curve outline;
    ct_curve_fillet(&outline, p.corners, p.n, 8);
    struct ct_mesh *mesh =
        ct_shape_prism(&(struct ct_prism){ &outline, NULL, p.half_depth, p.bevel, 30 });
    ct_model_mesh(b, mesh, p.turn, p.at, material);
}

void ct_model_panel(struct ct_object_builder *b, ct_v3 at, ct_v3 half, float corner, float bevel,
                    ct_v3 turn, int material)
{
    const struct ct_corner corners[] = {
        { 0, -half.y, 0 },           { half.x, -half.y, corner },  { half.x, half.y, corner },
        { -half.x, half.y, corner }, { -half.x, -half.y, corner }, { 0, -half.y, 0 },
    };
    ct_model_plate(b, (struct ct_model_plate){ corners, 6, half.z, bevel, turn, at }, material);
}

struct cushion {
    ct_v3 half;
    float softness;
};

static float signed_power(float x, float exponent)
{
    return copysignf(ct_powf(fabsf(x), exponent), x);
}

static ct_v3 cushion_at(const void *ctx, float u, float v)
{
    const struct cushion *c = ctx;
    float su, cu, sv, cv, e = c->softness;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    float around = v <= 0 || v >= 1 ? 0 : signed_power(cv, e);
    return v3(c->half.x * around * signed_power(cu, e), c->half.y * signed_power(sv, e),
              c->half.z * around * signed_power(su, e));
}

void ct_model_cushion(struct ct_object_builder *b, ct_v3 at, ct_v3 half, float softness, ct_v3 turn,
                      int material)
{
    struct cushion c = { half, softness };
    ct_model_mesh(b, ct_shape_grid(&(struct ct_grid){ 96, 48, true, cushion_at, &c }), turn, at,
                  material);
}

void ct_model_screen(struct ct_object_builder *b, ct_v3 at, float hx, float hy, ct_v3 turn,
                     int material)
{
    ct_model_mesh(b, ct_shape_quad(v3(0, 0, 0), v3(hx, 0, 0), v3(0, hy, 0)), turn, at, material);
}

void ct_model_copies(struct ct_object_builder *b, struct ct_mesh *one, const float (*places)[12],
                     int n, int material)
{
    ct_object_add_part(b, ct_shape_copies(one, places, n), material);
    ct_mesh_free(&one);
}

/* Half the width at t along the leaf: a bow that is widest at `widest`, pointed at the tip. */
static float leaf_width(const struct ct_model_leaf *leaf, float t)
{
    float w = ct_clampf(leaf->widest, 0.1f, 0.9f);
    float x = t < w ? t / w - 1 : (t - w) / (1 - w);
    float base = 1 - x * x;
    return leaf->width * (t < w ? sqrtf(ct_maxf(base, 0)) : base * (1 - 0.25f * x * x));
}

static ct_v3 leaf_at(const void *ctx, float u, float v)
{
    const struct ct_model_leaf *leaf = ctx;
    float across = 2 * u - 1, half = ct_maxf(leaf_width(leaf, v), 0.01f * leaf->width);
    float s, c, angle = 2 * leaf->bend * v;
    ct_sincosf(angle, &s, &c);
    /* The midrib is an arc of constant curvature; the edges rise from it along its normal. */
    float r = leaf->bend != 0 ? leaf->length / (2 * leaf->bend) : 0;
    ct_v2 rib = leaf->bend != 0 ? v2(r * s, -r * (1 - c)) : v2(leaf->length * v, 0);
    float rise = leaf->fold * half * across * across;
    return v3(across * half, rib.x + rise * s, rib.y + rise * c);
}

struct ct_mesh *ct_model_leaf(const struct ct_model_leaf *leaf)
{
    return ct_shape_grid(&(struct ct_grid){ 6, 12, false, leaf_at, leaf });
}

void ct_model_frame(float out[12], ct_v3 at, ct_v3 up, ct_v3 face, float k)
{
    up = v3_norm(up);
    face = v3_norm(v3_mad(up, -v3_dot(up, face), face));
    ct_v3 side = v3_cross(up, face);
    const float rows[12] = { k * side.x, k * up.x, k * face.x, at.x,     k * side.y, k * up.y,
                             k * face.y, at.y,     k * side.z, k * up.z, k * face.z, at.z };
    for (int j = 0; j < 12; j++)
        out[j] = rows[j];
}
