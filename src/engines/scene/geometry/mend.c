/* Folds in meshes that were made from a field.
 *
 * In the sharpest creases triangles fold, or face elsewhere than the field's gradient says: there
 * vertices are drawn together and take the normal of their triangles, until nothing is folded. Only
 * vertices of triangles that are turned move, so the rest of the surface stays what it was. */
#include "base/mem.h"
#include "engines/scene/geometry/mesh.h"

#include <stddef.h>

enum { MENDINGS = 12 };

/* What the triangles around a vertex say. */
struct around {
    ct_v3 face, middles; /* sums over them: area vectors, centroids */
    int n;
    bool bad; /* one of them is turned away from its vertices' normals */
};

static bool look_around(const struct ct_mesh *mesh, struct around *around)
{
    bool any = false;
    for (uint32_t v = 0; v < mesh->n_vertices; v++)
        around[v] = (struct around){ .n = 0 };
    for (uint32_t t = 0; t < mesh->n_triangles; t++) {
        const uint32_t *k = mesh->indices + 3 * (size_t)t;
        ct_v3 a = ct_mesh_position(mesh, k[0]), b = ct_mesh_position(mesh, k[1]),
              c = ct_mesh_position(mesh, k[2]), face = v3_cross(v3_sub(b, a), v3_sub(c, a));
        ct_v3 sum = v3_add(ct_mesh_normal(mesh, k[0]),
                           v3_add(ct_mesh_normal(mesh, k[1]), ct_mesh_normal(mesh, k[2])));
        bool bad = v3_dot(face, sum) < 0.15f * v3_len(face);
        for (int i = 0; i < 3; i++) {
            struct around *at = &around[k[i]];
            at->face = v3_add(at->face, face);
            at->middles = v3_add(at->middles, v3_scale(v3_add(a, v3_add(b, c)), 1.0f / 3));
            at->n++;
            at->bad |= bad;
        }
        any |= bad;
    }
    return any;
}

bool ct_mesh_mend_folds(struct ct_mesh *mesh)
{
    struct around *around = ct_calloc((size_t)mesh->n_vertices + 1, sizeof(*around));
    for (int round = 0; around && round < MENDINGS && look_around(mesh, around); round++)
        for (uint32_t v = 0; v < mesh->n_vertices; v++) {
            if (!around[v].bad)
                continue;
            ct_mesh_set_position(mesh, v, v3_scale(around[v].middles, 1 / (float)around[v].n));
            ct_mesh_set_normal(mesh, v, v3_norm(around[v].face));
        }
    bool done = around != NULL;
    ct_free(around);
    return done;
}
