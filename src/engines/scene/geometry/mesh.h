/* Triangle meshes and the kernel that makes them: revolve, sweep, rounded box, height field.
 *
 * Positions in centimetres, y up, counter-clockwise seen from outside (the normal's side).
 * Builders return a new mesh or NULL when out of memory; the caller owns it until it is given to
 * a world. Not thread-safe per mesh. */
#ifndef CT_SCENE_MESH_H
#define CT_SCENE_MESH_H

#include "engines/scene/math/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct ct_mesh {
    float *positions; /* 3 * n_vertices */
    float *normals;   /* 3 * n_vertices, unit */
    float *uvs;       /* 2 * n_vertices, or NULL */
    uint32_t *indices;/* 3 * n_triangles */
    uint32_t n_vertices, n_triangles;
    uint32_t cap_vertices, cap_triangles;
    int material;     /* index in the world */
    int medium_inside, medium_outside; /* indices in the world; 0 is air */
};

struct ct_mesh *ct_mesh_new(uint32_t cap_vertices, uint32_t cap_triangles);
void ct_mesh_free(struct ct_mesh **mesh);

#endif
