/* Rods along a plane path: handles, stems, arms.
 *
 * The section is a superellipse |x/a|^(2/q) + |y/b|^(2/q) = 1 with q the squareness; its normal is
 * the gradient. Both ends are closed with a fan. */
#include "engines/scene/geometry/shape.h"

#include "engines/scene/math/fn.h"

#include <stddef.h>

static float signed_power(float x, float exponent)
{
    return copysignf(ct_powf(fabsf(x), exponent), x);
}

/* Direction of the path at point k, by central difference. */
static ct_v3 path_direction(const struct ct_curve *path, int k)
{
    ct_v2 a = path->p[k ? k - 1 : 0], b = path->p[k + 1 < path->n ? k + 1 : k];
    return v3_norm(v3(b.x - a.x, b.y - a.y, 0));
}

static void add_section(struct ct_mesh *mesh, const struct ct_sweep *sweep, int k)
{
    ct_v3 along = path_direction(sweep->path, k), side = v3(along.y, -along.x, 0);
    ct_v3 center = v3(sweep->path->p[k].x, sweep->path->p[k].y, 0);
    float a = sweep->half_in_plane[k], b = sweep->half_out_of_plane[k], q = sweep->squareness;
    for (int s = 0; s < sweep->segments; s++) {
        float sine, cosine;
        ct_sincosf(2 * CT_PI * (float)s / (float)sweep->segments, &sine, &cosine);
        float x = signed_power(cosine, q) * a, z = signed_power(sine, q) * b;
        float nx = signed_power(cosine, 2 - q) / a, nz = signed_power(sine, 2 - q) / b;
        ct_mesh_vertex(mesh, v3_add(v3_mad(side, x, center), v3(0, 0, z)),
                       v3_norm(v3_add(v3_scale(side, nx), v3(0, 0, nz))));
    }
}

static void add_cap(struct ct_mesh *mesh, const struct ct_sweep *sweep, int k, bool end)
{
    uint32_t around = (uint32_t)sweep->segments, ring = (uint32_t)k * around;
    ct_v3 normal = v3_scale(path_direction(sweep->path, k), end ? 1.0f : -1.0f);
    ct_v2 p = sweep->path->p[k];
    uint32_t center = ct_mesh_vertex(mesh, v3(p.x, p.y, 0), normal);
    uint32_t base = mesh->n_vertices;
    for (uint32_t s = 0; s < around; s++)
        ct_mesh_vertex(mesh, ct_mesh_position(mesh, ring + s), normal);
    for (uint32_t s = 0; s < around; s++) {
        uint32_t next = base + (s + 1) % around;
        ct_mesh_triangle(mesh, center, end ? next : base + s, end ? base + s : next);
    }
}

struct ct_mesh *ct_shape_sweep(const struct ct_sweep *sweep)
{
    if (sweep->path->n < 2 || sweep->segments < 3)
        return NULL;
    uint32_t n = (uint32_t)sweep->path->n, around = (uint32_t)sweep->segments;
    struct ct_mesh *mesh = ct_mesh_new((n + 2) * around + 2, 2 * n * around);
    if (!mesh)
        return NULL;
    for (int k = 0; k < sweep->path->n; k++)
        add_section(mesh, sweep, k);
    for (uint32_t k = 0; k + 1 < n; k++) {
        for (uint32_t s = 0; s < around; s++) {
            uint32_t a = k * around + s, b = k * around + (s + 1) % around;
            ct_mesh_triangle(mesh, a, b + around, b);
            ct_mesh_triangle(mesh, a, a + around, b + around);
        }
    }
    add_cap(mesh, sweep, 0, false);
    add_cap(mesh, sweep, sweep->path->n - 1, true);
    return mesh;
}
