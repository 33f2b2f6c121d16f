/* Surfaces given by a function of two parameters, and many copies of one mesh.
 *
 * Points are asked for once each, row by row; normals come from the triangles, so the function
 * needs no derivatives. A closed surface shares the vertices of its seam. At a pole every spoke
 * keeps a vertex of its own, and all of them get the sum of the spokes' normals. */
#include "engines/scene/geometry/shape.h"

#include "engines/scene/math/fn.h"

#include <stddef.h>

#define SAME_POINT 1e-5f /* cm */

static bool is_pole(const struct ct_mesh *mesh, uint32_t first, uint32_t n)
{
    ct_v3 p = ct_mesh_position(mesh, first);
    for (uint32_t i = 1; i < n; i++)
        if (v3_len(v3_sub(ct_mesh_position(mesh, first + i), p)) > SAME_POINT)
            return false;
    return true;
}

/* One normal for the whole row, from the row beside it: its own triangles are slivers. */
static void shade_pole(struct ct_mesh *mesh, uint32_t first, uint32_t n)
{
    ct_v3 sum = v3(0, 0, 0);
    for (uint32_t i = 0; i < n; i++)
        sum = v3_add(sum, ct_mesh_normal(mesh, first + i));
    sum = v3_norm(sum);
    for (uint32_t i = 0; i < n; i++) {
        float *normal = mesh->normals + 3 * (size_t)(first + i);
        normal[0] = sum.x;
        normal[1] = sum.y;
        normal[2] = sum.z;
    }
}

/* Drops the triangles of unwanted cells. */
static void leave_out(struct ct_mesh *mesh, const struct ct_grid *grid)
{
    uint32_t across = (uint32_t)(grid->closed_u ? grid->nu : grid->nu + 1), kept = 0;
    for (uint32_t t = 0; t < mesh->n_triangles; t++) {
        const uint32_t *k = mesh->indices + 3 * (size_t)t;
        /* The first corner of both triangles is the cell's own. */
        float u = ((float)(k[0] % across) + 0.5f) / (float)grid->nu;
        float v = ((float)(k[0] / across) + 0.5f) / (float)grid->nv;
        if (!grid->keep(grid->ctx, u, v))
            continue;
        for (int i = 0; i < 3; i++)
            mesh->indices[3 * (size_t)kept + (size_t)i] = k[i];
        kept++;
    }
    mesh->n_triangles = kept;
}

struct ct_mesh *ct_shape_grid(const struct ct_grid *grid)
{
    if (grid->nu < 2 || grid->nv < 1)
        return NULL;
    uint32_t nu = (uint32_t)grid->nu, nv = (uint32_t)grid->nv;
    uint32_t across = grid->closed_u ? nu : nu + 1;
    struct ct_mesh *mesh = ct_mesh_new(across * (nv + 1), 2 * nu * nv);
    if (!mesh || !ct_mesh_add_uvs(mesh)) {
        ct_mesh_free(&mesh);
        return NULL;
    }
    for (uint32_t j = 0; j <= nv; j++) {
        for (uint32_t i = 0; i < across; i++) {
            float u = (float)i / (float)nu, v = (float)j / (float)nv;
            uint32_t k = ct_mesh_vertex(mesh, grid->at(grid->ctx, u, v), v3(0, 1, 0));
            mesh->uvs[2 * (size_t)k] = u;
            mesh->uvs[2 * (size_t)k + 1] = v;
        }
    }
    bool pole_0 = is_pole(mesh, 0, across), pole_1 = is_pole(mesh, nv * across, across);
    for (uint32_t j = 0; j < nv; j++) {
        for (uint32_t i = 0; i < nu; i++) {
            uint32_t next = (i + 1) % across;
            uint32_t a = j * across + i, b = j * across + next;
            if (j > 0 || !pole_0)
                ct_mesh_triangle(mesh, a, b + across, b);
            if (j + 1 < nv || !pole_1)
                ct_mesh_triangle(mesh, a, a + across, b + across);
        }
    }
    ct_mesh_smooth(mesh);
    if (pole_0)
        shade_pole(mesh, 0, across);
    if (pole_1)
        shade_pole(mesh, nv * across, across);
    if (grid->keep)
        leave_out(mesh, grid);
    return mesh;
}

static ct_v3 ellipsoid_at(const void *ctx, float u, float v)
{
    const ct_v3 *radii = ctx;
    float su, cu, sv, cv;
    ct_sincosf(2 * CT_PI * u, &su, &cu);
    ct_sincosf(CT_PI * (v - 0.5f), &sv, &cv);
    if (v <= 0 || v >= 1)
        cv = 0;
    return v3(radii->x * cv * cu, radii->y * sv, radii->z * cv * su);
}

struct ct_mesh *ct_shape_ellipsoid(ct_v3 radii, int segments)
{
    return ct_shape_grid(&(struct ct_grid){ segments, segments / 2, true, ellipsoid_at, &radii });
}

struct ct_mesh *ct_shape_copies(const struct ct_mesh *one, const float (*places)[12], int n)
{
    if (!one || n < 1)
        return NULL;
    uint64_t vertices = (uint64_t)one->n_vertices * (uint64_t)n;
    uint64_t triangles = (uint64_t)one->n_triangles * (uint64_t)n;
    if (vertices > UINT32_MAX || triangles > UINT32_MAX)
        return NULL;
    struct ct_mesh *mesh = ct_mesh_new((uint32_t)vertices, (uint32_t)triangles);
    for (int k = 0; mesh && k < n; k++) {
        uint32_t base = mesh->n_vertices;
        const float *m = places[k];
        for (uint32_t i = 0; i < one->n_vertices; i++) {
            ct_v3 p = ct_mesh_normal(one, i);
            ct_v3 normal =
                v3(m[0] * p.x + m[1] * p.y + m[2] * p.z, m[4] * p.x + m[5] * p.y + m[6] * p.z,
                   m[8] * p.x + m[9] * p.y + m[10] * p.z);
            ct_mesh_vertex(mesh, ct_matrix_point(m, ct_mesh_position(one, i)), v3_norm(normal));
        }
        for (uint32_t t = 0; t < one->n_triangles; t++) {
            const uint32_t *index = one->indices + 3 * (size_t)t;
            ct_mesh_triangle(mesh, base + index[0], base + index[1], base + index[2]);
        }
    }
    return mesh;
}
