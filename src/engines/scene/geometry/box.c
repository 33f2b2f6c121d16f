/* The rounded box: six grids of a cube, pushed onto the surface at distance `radius` from the
 * inner box. Grid lines fall on the bevels only, so a flat side costs two triangles. Neighbouring
 * sides meet in exactly the same points. */
#include "engines/scene/geometry/shape.h"

#include "engines/scene/math/fn.h"

#include <stddef.h>

#define MAX_BEVEL_STEPS 24
#define MAX_BLOCKS 4096

/* Coordinates along one axis: bevel_steps + 1 on each end, closer together towards the side. */
static void axis_samples(float *out, float half, float radius, int bevel_steps)
{
    int n = 2 * bevel_steps + 2;
    for (int i = 0; i <= bevel_steps; i++) {
        float t = ct_tanf(CT_PI / 4 * (1 - (float)i / (float)bevel_steps));
        float x = i == 0 ? half : half - radius + radius * t;
        out[i] = -x;
        out[n - 1 - i] = x;
    }
}

static void add_face_point(struct ct_mesh *mesh, const float p[3], const float half[3],
                           float radius)
{
    float core[3], away[3];
    for (int a = 0; a < 3; a++) {
        core[a] = ct_clampf(p[a], radius - half[a], half[a] - radius);
        away[a] = p[a] - core[a];
    }
    ct_v3 normal = v3_norm(v3(away[0], away[1], away[2]));
    ct_mesh_vertex(mesh, v3_mad(normal, radius, v3(core[0], core[1], core[2])), normal);
}

static void add_box(struct ct_mesh *mesh, const struct ct_block *block, float radius,
                    int bevel_steps)
{
    const float half[3] = { block->half.x, block->half.y, block->half.z };
    radius = ct_minf(radius, ct_minf(half[0], ct_minf(half[1], half[2])) * 0.999f);
    uint32_t n = 2 * (uint32_t)bevel_steps + 2, first = mesh->n_vertices;
    float samples[3][2 * MAX_BEVEL_STEPS + 2];
    for (int a = 0; a < 3; a++)
        axis_samples(samples[a], half[a], radius, bevel_steps);
    for (int face = 0; face < 6; face++) {
        int axis = face >> 1, u = (axis + 1) % 3, v = (axis + 2) % 3;
        uint32_t base = mesh->n_vertices;
        for (uint32_t k = 0; k < n * n; k++) {
            float p[3];
            p[axis] = face & 1 ? half[axis] : -half[axis];
            p[u] = samples[u][k % n];
            p[v] = samples[v][k / n];
            add_face_point(mesh, p, half, radius);
        }
        for (uint32_t j = 0; j + 1 < n; j++) {
            for (uint32_t i = 0; i + 1 < n; i++) {
                uint32_t a = base + j * n + i, b = a + 1, c = a + n + 1, d = a + n;
                ct_mesh_triangle(mesh, a, face & 1 ? b : c, face & 1 ? c : b);
                ct_mesh_triangle(mesh, a, face & 1 ? c : d, face & 1 ? d : c);
            }
        }
    }
    for (uint32_t k = first; k < mesh->n_vertices; k++)
        ct_mesh_set_position(mesh, k, v3_add(ct_mesh_position(mesh, k), block->center));
}

struct ct_mesh *ct_shape_blocks(const struct ct_block *blocks, int n_blocks, float radius,
                                int bevel_steps)
{
    if (n_blocks < 1 || n_blocks > MAX_BLOCKS)
        return NULL;
    bevel_steps = bevel_steps < 1                 ? 1
                  : bevel_steps > MAX_BEVEL_STEPS ? MAX_BEVEL_STEPS
                                                  : bevel_steps;
    uint32_t n = 2 * (uint32_t)bevel_steps + 2, boxes = (uint32_t)n_blocks;
    struct ct_mesh *mesh = ct_mesh_new(boxes * 6 * n * n, boxes * 12 * (n - 1) * (n - 1));
    for (int i = 0; mesh && i < n_blocks; i++)
        add_box(mesh, &blocks[i], radius, bevel_steps);
    return mesh;
}

struct ct_mesh *ct_shape_box(ct_v3 half, float radius, int bevel_steps)
{
    return ct_shape_blocks(&(struct ct_block){ { 0, 0, 0 }, half }, 1, radius, bevel_steps);
}
