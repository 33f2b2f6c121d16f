/* What the generators share: turned solids in any pose, rods, slabs, and the rule by which a named
 * colour or material replaces an object's own.
 *
 * Called by the generators only, on the thread that builds the world. */
#include "engines/scene/objects/parts.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"

#include <stddef.h>

static bool is_own_material(const struct ct_object_builder *b)
{
    return b->object->look.material == ct_object_info(b->object->object)->material;
}

bool ct_part_is_natural(const struct ct_object_builder *b)
{
    return is_own_material(b) && !b->object->look.has_color;
}

int ct_part_body(struct ct_object_builder *b, ct_v3 own_color)
{
    if (!ct_part_is_natural(b))
        return b->body;
    struct ct_look look = b->object->look;
    struct ct_material m;
    look.has_color = true;
    look.color = own_color;
    ct_material_make(&m, &look);
    ct_object_lay_pattern(b, &m);
    return ct_world_add_material(b->world, &m);
}

int ct_part_dressed(struct ct_object_builder *b, enum ct_material_id material, ct_v3 color)
{
    return is_own_material(b) ? ct_object_part_colored(b, material, color) : b->body;
}

void ct_part_turned_at(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                       struct ct_part_pose pose, int material)
{
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, n, 8);
    struct ct_mesh *mesh = ct_shape_revolve(&curve, 112, 40);
    ct_mesh_rotate(mesh, 2, pose.tilt);
    ct_mesh_rotate(mesh, 1, pose.yaw);
    ct_mesh_move(mesh, pose.at);
    ct_object_add_part(b, mesh, material);
}

void ct_part_turned(struct ct_object_builder *b, const struct ct_corner *profile, int n,
                    int material)
{
    ct_part_turned_at(b, profile, n, (struct ct_part_pose){ 0 }, material);
}

struct ct_mesh *ct_part_rod(const ct_v2 *knots, int n, float from, float to)
{
    struct ct_curve path;
    float half[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, n, 10);
    for (int i = 0; i < path.n; i++)
        half[i] = ct_lerp(from, to, (float)i / (float)(path.n - 1));
    return ct_shape_sweep(&(struct ct_sweep){ &path, half, half, 24, 1 });
}

struct ct_mesh *ct_part_strap(const ct_v2 *knots, int n, float in_plane, float out_of_plane,
                              float squareness)
{
    struct ct_curve path;
    float a[CT_CURVE_MAX], b[CT_CURVE_MAX];
    ct_curve_spline(&path, knots, n, 12);
    for (int i = 0; i < path.n; i++) {
        /* rounded ends: the last millimetres close like a fingertip */
        float t = (float)i / (float)(path.n - 1), end = ct_minf(t, 1 - t) / 0.04f;
        float k = end < 1 ? sqrtf(ct_maxf(1 - (1 - end) * (1 - end), 0.02f)) : 1;
        a[i] = in_plane * k;
        b[i] = out_of_plane * k;
    }
    return ct_shape_sweep(&(struct ct_sweep){ &path, a, b, 32, squareness });
}

/* v runs from the middle of the bottom over the edge to the middle of the top; the edge is a
 * half circle (or two quarters with a wall between them). */
static ct_v3 slab_at(const void *ctx, float u, float v)
{
    const struct ct_slab *slab = ctx;
    float angle = 2 * CT_PI * u - slab->focus * ct_sinf(2 * CT_PI * u);
    float r = slab->outline(slab->ctx, angle), s, c;
    float e = ct_minf(slab->edge, slab->thickness / 2), in = r, y = 0;
    ct_sincosf(angle, &s, &c);
    if (v < 0.25f) {
        in = (r - e) * v / 0.25f;
    } else if (v > 0.75f) {
        in = (r - e) * (1 - v) / 0.25f;
        y = slab->thickness;
    } else {
        float t = (v - 0.25f) * 4, es, ec; /* 0..2: lower quarter, upper quarter */
        ct_sincosf(CT_PI / 2 * (t - 1), &es, &ec);
        in = r - e + e * ec;
        y = t < 1 ? e + e * es : slab->thickness - e + e * es;
    }
    return v3(in * c, y, in * s);
}

struct ct_mesh *ct_part_slab(const struct ct_slab *slab)
{
    return ct_shape_grid(&(struct ct_grid){ slab->segments, 48, true, slab_at, slab });
}

float ct_part_random(const struct ct_object_builder *b, int k)
{
    return ct_hash32_unit(ct_hash32_combine(b->seed, (uint32_t)k + 101));
}
