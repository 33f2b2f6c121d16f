/* Walls and contents of hollow bodies.
 *
 * Glass needs exact nesting, or refraction goes wrong: the wall is one closed surface, cut where
 * the liquid stands, and each part names the medium on either side:
 *
 *        outer wall   glass | air        (normal out of the glass)
 *        inner wall   glass | air        above the level
 *        inner wall   glass | liquid     below it
 *        surface      liquid | air       (normal up)
 *
 * so that a ray never meets two surfaces in one place, and no priorities are needed. Liquids light
 * does not pass (milk) become an opaque inner wall instead. */
#include "engines/scene/objects/vessel.h"

#include "engines/scene/geometry/shape.h"
#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"

#include <stddef.h>

#define RIM_STEPS 8

void ct_vessel_split(struct ct_vessel *v, const struct ct_curve *profile)
{
    int top = 0;
    for (int i = 1; i < profile->n; i++)
        if (profile->p[i].y > profile->p[top].y)
            top = i;
    ct_curve_part(&v->outer, profile, 0, top);
    ct_curve_part(&v->inner, profile, top, profile->n - 1);
}

static ct_v2 outward(const struct ct_curve *c, int i)
{
    ct_v2 a = c->p[i ? i - 1 : 0], b = c->p[i + 1 < c->n ? i + 1 : i];
    float x = b.y - a.y, y = a.x - b.x, length = ct_hypotf(x, y) + 1e-12f;
    return v2(x / length, y / length);
}

/* From the wall's last point above the floor, on its way to `below`, around onto the floor. */
static void round_floor(struct ct_curve *inner, ct_v2 below, float floor_y)
{
    ct_v2 above = inner->p[inner->n - 1];
    float height = above.y - floor_y, t = height / (above.y - below.y + 1e-6f);
    float x = ct_lerp(above.x, below.x, t), r = ct_minf(0.5f, ct_minf(0.6f * height, 0.4f * x));
    for (int i = 0; i <= RIM_STEPS; i++) {
        float s, c;
        ct_sincosf(CT_PI / 2 * (float)i / RIM_STEPS, &s, &c);
        ct_curve_add(inner, v2(x - r + r * c, floor_y + r - r * s));
    }
}

void ct_vessel_hollow(struct ct_vessel *v, float thickness, float floor_y)
{
    const float least_radius = 0.25f;
    struct ct_curve *outer = &v->outer, *inner = &v->inner;
    int rim = outer->n - 1;
    ct_v2 n = outward(outer, rim), tip = outer->p[rim], along = v2(-n.y, n.x);
    ct_v2 center = v2(tip.x - n.x * thickness / 2, tip.y - n.y * thickness / 2);
    inner->n = 0;
    ct_curve_add(inner, tip);
    for (int i = 1; i <= RIM_STEPS; i++) {
        float s, c, r = thickness / 2;
        ct_sincosf(CT_PI * (float)i / RIM_STEPS, &s, &c);
        ct_curve_add(inner, v2(center.x + r * (c * n.x + s * along.x),
                               center.y + r * (c * n.y + s * along.y)));
    }
    ct_v2 last = tip;
    for (int i = rim - 1; i >= 0; i--) {
        n = outward(outer, i);
        last = v2(outer->p[i].x - n.x * thickness, outer->p[i].y - n.y * thickness);
        if (last.x <= least_radius)
            break;
        if (last.y <= floor_y) {
            round_floor(inner, last, floor_y);
            break;
        }
        ct_curve_add(inner, last);
    }
    ct_curve_add(inner, v2(0, floor_y));
}

static struct ct_mesh *turn_wall(const struct ct_vessel *v, const struct ct_curve *profile)
{
    struct ct_mesh *mesh = ct_shape_revolve(profile, v->segments, v->crease_deg);
    for (uint32_t i = 0; v->bend && mesh && i < mesh->n_vertices; i++)
        ct_mesh_set_position(mesh, i, v->bend(ct_mesh_position(mesh, i)));
    if (v->bend)
        ct_mesh_smooth(mesh);
    return mesh;
}

static struct ct_curve join(const struct ct_curve *a, const struct ct_curve *b)
{
    struct ct_curve all = *a;
    for (int i = 1; i < b->n; i++)
        ct_curve_add(&all, b->p[i]);
    return all;
}

/* First segment of the inner wall that crosses the level, -1 when none does. */
static int find_level(const struct ct_curve *inner, float level, ct_v2 *at)
{
    for (int i = 0; i + 1 < inner->n; i++) {
        ct_v2 a = inner->p[i], b = inner->p[i + 1];
        if (a.y >= level && b.y < level) {
            float t = (a.y - level) / (a.y - b.y);
            *at = v2(ct_lerp(a.x, b.x, t), level);
            return i;
        }
    }
    return -1;
}

/* Seen from above: a flat middle that climbs the wall a little. Normals point up because the
 * profile runs inwards. */
static struct ct_mesh *liquid_surface(ct_v2 edge, bool meniscus, int segments)
{
    const float width = ct_minf(0.36f, 0.25f * edge.x), climb = 0.10f;
    struct ct_curve c = { .n = 0 };
    if (meniscus) {
        for (int i = 8; i > 0; i--) {
            float t = (float)i / 8;
            ct_curve_add(&c, v2(edge.x - width * (1 - t) + 0.02f * t, edge.y + climb * t * t * t));
        }
        ct_curve_add(&c, v2(edge.x - width, edge.y));
    } else {
        ct_curve_add(&c, edge);
    }
    ct_curve_add(&c, v2(0, edge.y));
    return ct_shape_revolve(&c, segments, 80);
}

static int contents_material(struct ct_object_builder *b, float radius)
{
    struct ct_material m;
    ct_material_make(&m, &(struct ct_look){ .material = b->object->contents });
    m.param[0] = radius;
    return ct_world_add_material(b->world, &m);
}

static void add_glass(struct ct_object_builder *b, const struct ct_vessel *v, int cut, ct_v2 edge)
{
    int glass = ct_object_medium(b, CT_MATERIAL_glass);
    int liquid = ct_object_medium(b, b->object->contents);
    struct ct_curve upper_inner, lower = { .n = 0 };
    ct_curve_part(&upper_inner, &v->inner, 0, cut);
    ct_curve_add(&upper_inner, edge);
    struct ct_curve upper = join(&v->outer, &upper_inner);
    ct_curve_add(&lower, edge);
    for (int i = cut + 1; i < v->inner.n; i++)
        ct_curve_add(&lower, v->inner.p[i]);
    ct_object_add(b, turn_wall(v, &upper), b->body, glass, 0);
    struct ct_mesh *wall = turn_wall(v, &lower);
    struct ct_mesh *surface = liquid_surface(edge, false, v->segments);
    if (liquid) {
        ct_object_add(b, wall, b->body, glass, liquid);
        ct_object_add(b, surface, ct_object_part(b, CT_MATERIAL_glass), liquid, 0);
    } else {
        int opaque = contents_material(b, edge.x);
        ct_object_add(b, wall, opaque, glass, 0);
        ct_object_add(b, surface, opaque, 0, 0);
    }
}

void ct_vessel_add(struct ct_object_builder *b, const struct ct_vessel *v)
{
    ct_v2 edge = v2(0, 0);
    bool filled = b->object->contents != CT_MATERIAL_NONE;
    int cut = filled ? find_level(&v->inner, v->level, &edge) : -1;
    if (cut >= 0 && ct_object_is_glass(b, b->body)) {
        add_glass(b, v, cut, edge);
        return;
    }
    struct ct_curve wall = join(&v->outer, &v->inner);
    ct_object_add_part(b, turn_wall(v, &wall), b->body);
    if (cut >= 0)
        ct_object_add(b, liquid_surface(edge, true, v->segments), contents_material(b, edge.x), 0,
                      0);
}
