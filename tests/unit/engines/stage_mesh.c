/* Checks on whole meshes (stage_mesh.h). */
#include "stage_mesh.h"

#include <stdlib.h>
#include <string.h>

/* Vertices at the same place count as one: where a crease or a side splits normals, the surface is
 * still closed. Quantised to a micrometre. */
struct key {
    int32_t x, y, z;
};

static struct key key_of(const struct ct_mesh *m, uint32_t vertex)
{
    ct_v3 p = ct_mesh_position(m, vertex);
    return (struct key){ (int32_t)lrintf(p.x * 1e4f), (int32_t)lrintf(p.y * 1e4f),
                         (int32_t)lrintf(p.z * 1e4f) };
}

struct edge {
    struct key a, b;
    int direction;
};

static int by_edge(const void *pa, const void *pb)
{
    const struct edge *a = pa, *b = pb;
    int c = memcmp(&a->a, &b->a, sizeof(a->a));
    return c ? c : memcmp(&a->b, &b->b, sizeof(a->b));
}

bool stage_mesh_is_closed(const struct ct_mesh *m)
{
    size_t n = 3 * (size_t)m->n_triangles, kept = 0;
    struct edge *edges = calloc(n, sizeof(*edges));
    bool closed = edges && m->n_triangles > 0;
    for (size_t i = 0; edges && i < n; i++) {
        size_t base = i / 3 * 3;
        struct key a = key_of(m, m->indices[i]), b = key_of(m, m->indices[base + (i + 1) % 3]);
        int order = memcmp(&a, &b, sizeof(a));
        if (order == 0)
            continue; /* shrunk to a point */
        edges[kept++] = order < 0 ? (struct edge){ a, b, 1 } : (struct edge){ b, a, -1 };
    }
    if (edges)
        qsort(edges, kept, sizeof(*edges), by_edge);
    for (size_t i = 0; edges && i < kept;) {
        int sum = 0;
        size_t first = i;
        for (; i < kept && by_edge(&edges[first], &edges[i]) == 0; i++)
            sum += edges[i].direction;
        closed = closed && sum == 0;
    }
    free(edges);
    return closed;
}

double stage_mesh_volume(const struct ct_mesh *m)
{
    double sum = 0;
    for (uint32_t t = 0; t < m->n_triangles; t++) {
        const uint32_t *k = m->indices + 3 * (size_t)t;
        sum += (double)v3_dot(ct_mesh_position(m, k[0]),
                              v3_cross(ct_mesh_position(m, k[1]), ct_mesh_position(m, k[2])));
    }
    return sum / 6;
}

bool stage_mesh_faces_its_normals(const struct ct_mesh *m)
{
    for (uint32_t i = 0; i < m->n_vertices; i++)
        if (fabsf(v3_len(ct_mesh_normal(m, i)) - 1) > 1e-3f)
            return false;
    for (uint32_t t = 0; t < m->n_triangles; t++) {
        const uint32_t *k = m->indices + 3 * (size_t)t;
        ct_v3 a = ct_mesh_position(m, k[0]);
        ct_v3 face =
            v3_cross(v3_sub(ct_mesh_position(m, k[1]), a), v3_sub(ct_mesh_position(m, k[2]), a));
        ct_v3 sum = v3_add(ct_mesh_normal(m, k[0]),
                           v3_add(ct_mesh_normal(m, k[1]), ct_mesh_normal(m, k[2])));
        if (v3_len(face) > 1e-6f && v3_dot(face, sum) <= 0)
            return false;
    }
    return true;
}
