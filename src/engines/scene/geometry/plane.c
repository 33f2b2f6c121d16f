/* Open surfaces: the flat rectangle and the height field. */
#include "engines/scene/geometry/shape.h"

#include <stddef.h>

struct ct_mesh *ct_shape_quad(ct_v3 center, ct_v3 half_u, ct_v3 half_v)
{
    struct ct_mesh *mesh = ct_mesh_new(4, 2);
    if (!ct_mesh_add_uvs(mesh)) {
        ct_mesh_free(&mesh);
        return NULL;
    }
    ct_v3 normal = v3_norm(v3_cross(half_u, half_v));
    static const float corner[4][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
    for (int i = 0; i < 4; i++) {
        ct_v3 p = v3_mad(half_u, corner[i][0], v3_mad(half_v, corner[i][1], center));
        ct_mesh_vertex(mesh, p, normal);
        mesh->uvs[2 * i] = corner[i][0] > 0 ? 1 : 0;
        mesh->uvs[2 * i + 1] = corner[i][1] > 0 ? 1 : 0;
    }
    ct_mesh_triangle(mesh, 0, 1, 2);
    ct_mesh_triangle(mesh, 0, 2, 3);
    return mesh;
}

static ct_v3 field_normal(const struct ct_height_field *f, float x, float z, float step)
{
    float dx = f->height(f->ctx, x - step, z) - f->height(f->ctx, x + step, z);
    float dz = f->height(f->ctx, x, z - step) - f->height(f->ctx, x, z + step);
    return v3_norm(v3(dx, 2 * step, dz));
}

struct ct_mesh *ct_shape_height_field(const struct ct_height_field *f)
{
    if (f->nx < 1 || f->nz < 1 || f->nx > 4096 || f->nz > 4096)
        return NULL;
    uint32_t nx = (uint32_t)f->nx, nz = (uint32_t)f->nz;
    struct ct_mesh *mesh = ct_mesh_new((nx + 1) * (nz + 1), 2 * nx * nz);
    if (!mesh)
        return NULL;
    float step = (f->x1 - f->x0) / (float)nx;
    for (uint32_t j = 0; j <= nz; j++) {
        float z = ct_lerp(f->z0, f->z1, (float)j / (float)nz);
        for (uint32_t i = 0; i <= nx; i++) {
            float x = ct_lerp(f->x0, f->x1, (float)i / (float)nx);
            ct_mesh_vertex(mesh, v3(x, f->height(f->ctx, x, z), z), field_normal(f, x, z, step));
        }
    }
    for (uint32_t j = 0; j < nz; j++) {
        for (uint32_t i = 0; i < nx; i++) {
            uint32_t a = j * (nx + 1) + i;
            ct_mesh_triangle(mesh, a, a + nx + 2, a + 1);
            ct_mesh_triangle(mesh, a, a + nx + 1, a + nx + 2);
        }
    }
    return mesh;
}
