/* Solids of revolution: most of what stands on a table.
 *
 * Every profile point becomes one ring of vertices, or two where the profile has a crease. Rings
 * on the axis stay rings (of coincident points), so that each spoke keeps a normal of its own and
 * the degenerate triangles are simply left out. */
#include "engines/scene/geometry/shape.h"

#include "engines/scene/math/fn.h"

#include <stddef.h>

#define ON_AXIS 1e-6f

struct rings {
    uint32_t first[CT_CURVE_MAX]; /* ring that ends the segment before the point */
    uint32_t last[CT_CURVE_MAX];  /* ring that starts the segment after it */
};

static ct_v2 tangent(const struct ct_curve *c, int from)
{
    float x = c->p[from + 1].x - c->p[from].x, y = c->p[from + 1].y - c->p[from].y;
    float length = ct_hypotf(x, y) + 1e-12f;
    return v2(x / length, y / length);
}

static uint32_t add_ring(struct ct_mesh *mesh, ct_v2 point, ct_v2 along, int segments)
{
    uint32_t base = mesh->n_vertices;
    float length = ct_hypotf(along.x, along.y) + 1e-12f;
    float outward = along.y / length, upward = -along.x / length;
    for (int s = 0; s < segments; s++) {
        float sine, cosine;
        ct_sincosf(2 * CT_PI * (float)s / (float)segments, &sine, &cosine);
        ct_mesh_vertex(mesh, v3(point.x * cosine, point.y, point.x * sine),
                       v3(outward * cosine, upward, outward * sine));
    }
    return base;
}

static void add_rings(struct ct_mesh *mesh, struct rings *rings, const struct ct_curve *profile,
                      int segments, float crease_cosine)
{
    int n = profile->n;
    for (int k = 0; k < n; k++) {
        ct_v2 before = tangent(profile, k > 0 ? k - 1 : 0);
        ct_v2 after = tangent(profile, k < n - 1 ? k : n - 2);
        bool crease = before.x * after.x + before.y * after.y < crease_cosine;
        ct_v2 mean = v2(before.x + after.x, before.y + after.y);
        rings->first[k] = add_ring(mesh, profile->p[k], crease ? before : mean, segments);
        rings->last[k] = crease ? add_ring(mesh, profile->p[k], after, segments) : rings->first[k];
    }
}

struct ct_mesh *ct_shape_revolve(const struct ct_curve *profile, int segments, float crease_deg)
{
    if (profile->n < 2 || segments < 3)
        return NULL;
    uint32_t n = (uint32_t)profile->n, around = (uint32_t)segments;
    struct ct_mesh *mesh = ct_mesh_new(2 * n * around, 2 * n * around);
    if (!mesh)
        return NULL;
    struct rings rings;
    add_rings(mesh, &rings, profile, segments, ct_cosf(crease_deg * CT_PI / 180));
    for (uint32_t k = 0; k + 1 < n; k++) {
        uint32_t lower = rings.last[k], upper = rings.first[k + 1];
        for (uint32_t s = 0; s < around; s++) {
            uint32_t next = (s + 1) % around;
            if (profile->p[k].x > ON_AXIS)
                ct_mesh_triangle(mesh, lower + s, upper + next, lower + next);
            if (profile->p[k + 1].x > ON_AXIS)
                ct_mesh_triangle(mesh, lower + s, upper + s, upper + next);
        }
    }
    return mesh;
}
