/* The mesh container and the changes made to whole meshes.
 *
 * Called by the builders beside it and by objects/ and backdrops/, on the thread that builds the
 * world. All arrays of a mesh are allocated once, at the size the builder computed; nothing grows.
 * Matrices here are only placements (rotation around y, uniform scale, translation), which is why
 * their inverse is written down instead of computed. */
#include "engines/scene/geometry/mesh.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"

#include <assert.h>
#include <stddef.h>

#define MAX_ELEMENTS (1u << 28) /* 3 of them still fit 32 bits */

struct ct_mesh *ct_mesh_new(uint32_t cap_vertices, uint32_t cap_triangles)
{
    if (cap_vertices > MAX_ELEMENTS || cap_triangles > MAX_ELEMENTS)
        return NULL;
    struct ct_mesh *mesh = ct_calloc(1, sizeof(*mesh));
    if (!mesh)
        return NULL;
    mesh->positions = ct_calloc((size_t)cap_vertices + 1, 3 * sizeof(float));
    mesh->normals = ct_calloc((size_t)cap_vertices + 1, 3 * sizeof(float));
    mesh->indices = ct_calloc((size_t)cap_triangles + 1, 3 * sizeof(uint32_t));
    if (!mesh->positions || !mesh->normals || !mesh->indices) {
        ct_mesh_free(&mesh);
        return NULL;
    }
    mesh->cap_vertices = cap_vertices;
    mesh->cap_triangles = cap_triangles;
    return mesh;
}

bool ct_mesh_add_uvs(struct ct_mesh *mesh)
{
    if (!mesh)
        return false;
    mesh->uvs = ct_calloc((size_t)mesh->cap_vertices + 1, 2 * sizeof(float));
    return mesh->uvs != NULL;
}

void ct_mesh_free(struct ct_mesh **mesh)
{
    if (!mesh || !*mesh)
        return;
    ct_free((*mesh)->positions);
    ct_free((*mesh)->normals);
    ct_free((*mesh)->uvs);
    ct_free((*mesh)->indices);
    ct_free(*mesh);
    *mesh = NULL;
}

static void store(float *array, uint32_t index, ct_v3 v)
{
    array[3 * (size_t)index] = v.x;
    array[3 * (size_t)index + 1] = v.y;
    array[3 * (size_t)index + 2] = v.z;
}

static ct_v3 load(const float *array, uint32_t index)
{
    const float *p = array + 3 * (size_t)index;
    return v3(p[0], p[1], p[2]);
}

uint32_t ct_mesh_vertex(struct ct_mesh *mesh, ct_v3 position, ct_v3 normal)
{
    assert(mesh->n_vertices < mesh->cap_vertices);
    store(mesh->positions, mesh->n_vertices, position);
    store(mesh->normals, mesh->n_vertices, normal);
    return mesh->n_vertices++;
}

void ct_mesh_triangle(struct ct_mesh *mesh, uint32_t a, uint32_t b, uint32_t c)
{
    assert(mesh->n_triangles < mesh->cap_triangles);
    uint32_t *index = mesh->indices + 3 * (size_t)mesh->n_triangles++;
    index[0] = a;
    index[1] = b;
    index[2] = c;
}

ct_v3 ct_mesh_position(const struct ct_mesh *mesh, uint32_t vertex)
{
    return load(mesh->positions, vertex);
}

ct_v3 ct_mesh_normal(const struct ct_mesh *mesh, uint32_t vertex)
{
    return load(mesh->normals, vertex);
}

void ct_mesh_set_normal(struct ct_mesh *mesh, uint32_t vertex, ct_v3 normal)
{
    store(mesh->normals, vertex, normal);
}

void ct_mesh_set_position(struct ct_mesh *mesh, uint32_t vertex, ct_v3 position)
{
    store(mesh->positions, vertex, position);
}

void ct_mesh_move(struct ct_mesh *mesh, ct_v3 offset)
{
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++)
        store(mesh->positions, i, v3_add(load(mesh->positions, i), offset));
}

void ct_mesh_scale(struct ct_mesh *mesh, ct_v3 factors)
{
    ct_v3 inverse = v3(1 / factors.x, 1 / factors.y, 1 / factors.z);
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++) {
        store(mesh->positions, i, v3_mul(load(mesh->positions, i), factors));
        store(mesh->normals, i, v3_norm(v3_mul(load(mesh->normals, i), inverse)));
    }
}

static ct_v3 turn(ct_v3 p, int axis, float s, float c)
{
    switch (axis) {
    case 0:
        return v3(p.x, c * p.y - s * p.z, s * p.y + c * p.z);
    case 1:
        return v3(c * p.x + s * p.z, p.y, -s * p.x + c * p.z);
    default:
        return v3(c * p.x - s * p.y, s * p.x + c * p.y, p.z);
    }
}

void ct_mesh_rotate(struct ct_mesh *mesh, int axis, float angle)
{
    float s, c;
    ct_sincosf(angle, &s, &c);
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++) {
        store(mesh->positions, i, turn(load(mesh->positions, i), axis, s, c));
        store(mesh->normals, i, v3_norm(turn(load(mesh->normals, i), axis, s, c)));
    }
}

static ct_v3 matrix_vector(const float m[12], ct_v3 v)
{
    return v3(m[0] * v.x + m[1] * v.y + m[2] * v.z, m[4] * v.x + m[5] * v.y + m[6] * v.z,
              m[8] * v.x + m[9] * v.y + m[10] * v.z);
}

ct_v3 ct_matrix_point(const float m[12], ct_v3 point)
{
    return v3_add(matrix_vector(m, point), v3(m[3], m[7], m[11]));
}

void ct_mesh_transform(struct ct_mesh *mesh, const float matrix[12])
{
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++) {
        store(mesh->positions, i, ct_matrix_point(matrix, load(mesh->positions, i)));
        store(mesh->normals, i, v3_norm(matrix_vector(matrix, load(mesh->normals, i))));
    }
}

void ct_mesh_flip(struct ct_mesh *mesh)
{
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++)
        store(mesh->normals, i, v3_scale(load(mesh->normals, i), -1));
    for (uint32_t i = 0; mesh && i < mesh->n_triangles; i++) {
        uint32_t *index = mesh->indices + 3 * (size_t)i, kept = index[1];
        index[1] = index[2];
        index[2] = kept;
    }
}

void ct_mesh_smooth(struct ct_mesh *mesh)
{
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++)
        store(mesh->normals, i, v3(0, 0, 0));
    for (uint32_t i = 0; mesh && i < mesh->n_triangles; i++) {
        const uint32_t *index = mesh->indices + 3 * (size_t)i;
        ct_v3 a = load(mesh->positions, index[0]);
        ct_v3 area = v3_cross(v3_sub(load(mesh->positions, index[1]), a),
                              v3_sub(load(mesh->positions, index[2]), a));
        for (int k = 0; k < 3; k++)
            store(mesh->normals, index[k], v3_add(load(mesh->normals, index[k]), area));
    }
    for (uint32_t i = 0; mesh && i < mesh->n_vertices; i++)
        store(mesh->normals, i, v3_norm(load(mesh->normals, i)));
}

void ct_mesh_bounds(const struct ct_mesh *mesh, ct_v3 *min, ct_v3 *max)
{
    *min = *max = mesh && mesh->n_vertices ? load(mesh->positions, 0) : v3(0, 0, 0);
    for (uint32_t i = 1; mesh && i < mesh->n_vertices; i++) {
        ct_v3 p = load(mesh->positions, i);
        *min = v3(ct_minf(min->x, p.x), ct_minf(min->y, p.y), ct_minf(min->z, p.z));
        *max = v3(ct_maxf(max->x, p.x), ct_maxf(max->y, p.y), ct_maxf(max->z, p.z));
    }
}

void ct_matrix_place(float out[12], ct_v3 position, float yaw, float scale)
{
    float s, c;
    ct_sincosf(yaw, &s, &c);
    const float rows[12] = { scale * c, 0,          scale * s,  position.x, 0,         scale,
                             0,         position.y, -scale * s, 0,          scale * c, position.z };
    memcpy(out, rows, sizeof(rows));
}

void ct_matrix_invert_place(float out[12], ct_v3 position, float yaw, float scale)
{
    float s, c, k = 1 / scale;
    ct_sincosf(yaw, &s, &c);
    ct_v3 p = position;
    const float rows[12] = { k * c, 0, -k * s, -k * (c * p.x - s * p.z), 0, k, 0, -k * p.y,
                             k * s, 0, k * c,  -k * (s * p.x + c * p.z) };
    memcpy(out, rows, sizeof(rows));
}

void ct_matrix_stand(float out[12], ct_v3 foot, ct_v3 up, float spin, float scale)
{
    ct_v3 y = v3_norm(up), aside = fabsf(y.x) < 0.7f ? v3(1, 0, 0) : v3(0, 0, 1);
    ct_v3 z = v3_norm(v3_cross(aside, y)), x = v3_cross(y, z);
    float s, c;
    ct_sincosf(spin, &s, &c);
    ct_v3 a = v3_sub(v3_scale(x, c), v3_scale(z, s)), b = v3_add(v3_scale(x, s), v3_scale(z, c));
    const float rows[12] = { scale * a.x, scale * y.x, scale * b.x, foot.x,
                             scale * a.y, scale * y.y, scale * b.y, foot.y,
                             scale * a.z, scale * y.z, scale * b.z, foot.z };
    memcpy(out, rows, sizeof(rows));
}
