/* Hard edges for meshes built smooth: a corner's normal is the mean of the faces around it that lie
 * within the crease angle of its own face. Every triangle gets vertices of its own, so that a hull
 * meets its deck in an edge and no normal ever looks away from its triangle. */
#include "base/mem.h"
#include "engines/scene/geometry/mesh.h"
#include "engines/scene/math/fn.h"

#include <stddef.h>

struct faces {
    ct_v3 *normal;   /* of each triangle, as long as twice its area */
    uint32_t *first; /* of each vertex: where its triangles are in `around` */
    uint32_t *around;
};

static void release(struct faces *f)
{
    ct_free(f->normal);
    ct_free(f->first);
    ct_free(f->around);
}

static bool find_faces(struct faces *f, const struct ct_mesh *m)
{
    f->normal = ct_calloc((size_t)m->n_triangles + 1, sizeof(*f->normal));
    f->first = ct_calloc((size_t)m->n_vertices + 2, sizeof(*f->first));
    f->around = ct_calloc(3 * (size_t)m->n_triangles + 1, sizeof(*f->around));
    if (!f->normal || !f->first || !f->around)
        return false;
    for (uint32_t t = 0; t < m->n_triangles; t++) {
        const uint32_t *k = m->indices + 3 * (size_t)t;
        ct_v3 a = ct_mesh_position(m, k[0]);
        f->normal[t] =
            v3_cross(v3_sub(ct_mesh_position(m, k[1]), a), v3_sub(ct_mesh_position(m, k[2]), a));
        for (int i = 0; i < 3; i++)
            f->first[k[i] + 2]++;
    }
    for (uint32_t v = 1; v <= m->n_vertices; v++)
        f->first[v + 1] += f->first[v];
    for (uint32_t t = 0; t < m->n_triangles; t++)
        for (int i = 0; i < 3; i++)
            f->around[f->first[m->indices[3 * (size_t)t + (size_t)i] + 1]++] = t;
    return true;
}

static ct_v3 corner_normal(const struct faces *f, uint32_t vertex, uint32_t face, float cosine)
{
    ct_v3 own = v3_norm(f->normal[face]), sum = f->normal[face];
    for (uint32_t i = f->first[vertex]; i < f->first[vertex + 1]; i++) {
        ct_v3 other = f->normal[f->around[i]];
        if (f->around[i] != face && v3_dot(own, v3_norm(other)) > cosine)
            sum = v3_add(sum, other);
    }
    return v3_norm(sum);
}

struct ct_mesh *ct_mesh_creased(struct ct_mesh *mesh, float crease_deg)
{
    struct faces faces = { NULL, NULL, NULL };
    struct ct_mesh *out = NULL;
    float cosine = ct_cosf(crease_deg * CT_PI / 180);
    if (mesh && mesh->n_triangles <= UINT32_MAX / 3 && find_faces(&faces, mesh))
        out = ct_mesh_new(3 * mesh->n_triangles, mesh->n_triangles);
    if (out && mesh->uvs && !ct_mesh_add_uvs(out))
        ct_mesh_free(&out);
    for (uint32_t t = 0; out && t < mesh->n_triangles; t++) {
        uint32_t corner[3];
        for (int i = 0; i < 3; i++) {
            uint32_t v = mesh->indices[3 * (size_t)t + (size_t)i];
            corner[i] =
                ct_mesh_vertex(out, ct_mesh_position(mesh, v), corner_normal(&faces, v, t, cosine));
            for (size_t k = 0; mesh->uvs && k < 2; k++)
                out->uvs[2 * (size_t)corner[i] + k] = mesh->uvs[2 * (size_t)v + k];
        }
        ct_mesh_triangle(out, corner[0], corner[1], corner[2]);
    }
    release(&faces);
    ct_mesh_free(&mesh);
    return out;
}
