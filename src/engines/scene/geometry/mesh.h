/* Triangle meshes: the container every builder of geometry/ fills, and what is done to whole ones.
 *
 * Positions in centimetres, y up, counter-clockwise seen from outside (the normal's side).
 * Builders return a new mesh or NULL when out of memory; the caller owns it until it is given to
 * a world. Every function here that takes a mesh accepts NULL and does nothing, so that a builder's
 * result can be shaped and handed on with a single check at the end (struct ct_world.failed).
 * Not thread-safe per mesh. */
#ifndef CT_SCENE_MESH_H
#define CT_SCENE_MESH_H

#include "engines/scene/math/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct ct_mesh {
    float *positions;  /* 3 * n_vertices */
    float *normals;    /* 3 * n_vertices, unit */
    float *uvs;        /* 2 * n_vertices, or NULL */
    uint32_t *indices; /* 3 * n_triangles */
    uint32_t n_vertices, n_triangles;
    uint32_t cap_vertices, cap_triangles;
    int material;                      /* index in the world */
    int medium_inside, medium_outside; /* indices in the world; 0 is air */
};

/* An empty mesh with room for exactly this much; NULL when out of memory or beyond 2^28. */
struct ct_mesh *ct_mesh_new(uint32_t cap_vertices, uint32_t cap_triangles);
/* Gives the mesh texture coordinates, all 0; false when out of memory. */
bool ct_mesh_add_uvs(struct ct_mesh *mesh);
void ct_mesh_free(struct ct_mesh **mesh);

/* Append. The builder has asked for enough room: going beyond it is a bug of ours (assert). */
uint32_t ct_mesh_vertex(struct ct_mesh *mesh, ct_v3 position, ct_v3 normal);
void ct_mesh_triangle(struct ct_mesh *mesh, uint32_t a, uint32_t b, uint32_t c);

ct_v3 ct_mesh_position(const struct ct_mesh *mesh, uint32_t vertex);
ct_v3 ct_mesh_normal(const struct ct_mesh *mesh, uint32_t vertex);
void ct_mesh_set_normal(struct ct_mesh *mesh, uint32_t vertex, ct_v3 normal); /* unit */
void ct_mesh_set_position(struct ct_mesh *mesh, uint32_t vertex, ct_v3 position);

void ct_mesh_move(struct ct_mesh *mesh, ct_v3 offset);
void ct_mesh_scale(struct ct_mesh *mesh, ct_v3 factors); /* each > 0; normals stay right */
/* Turns by `angle` radians around the x, y or z axis (0, 1, 2), right-handed. */
void ct_mesh_rotate(struct ct_mesh *mesh, int axis, float angle);
/* Rows of a 3x4 matrix made of rotation, uniform scale and translation. */
void ct_mesh_transform(struct ct_mesh *mesh, const float matrix[12]);
/* Turns inside out: winding and normals. */
void ct_mesh_flip(struct ct_mesh *mesh);
/* Recomputes normals from the triangles, weighted by area; for meshes bent after building. */
void ct_mesh_smooth(struct ct_mesh *mesh);
/* The same with hard edges where faces meet at more than crease_deg (below 90). Takes the mesh and
 * returns a new one; NULL when out of memory or given NULL. (crease.c) */
struct ct_mesh *ct_mesh_creased(struct ct_mesh *mesh, float crease_deg);
/* Unfolds triangles that face away from their vertices' normals, as creases of meshes made from a
 * field can have; false when out of memory or given NULL. (mend.c) */
bool ct_mesh_mend_folds(struct ct_mesh *mesh);
/* Smallest box around the vertices; both zero for an empty mesh. */
void ct_mesh_bounds(const struct ct_mesh *mesh, ct_v3 *min, ct_v3 *max);

/* 3x4 matrices, rows (linear part, translation). */
void ct_matrix_place(float out[12], ct_v3 position, float yaw, float scale);
void ct_matrix_invert_place(float out[12], ct_v3 position, float yaw, float scale);
/* Stands a thing at `foot`: its y axis becomes `up` (any length but 0), turned by `spin`. */
void ct_matrix_stand(float out[12], ct_v3 foot, ct_v3 up, float spin, float scale);
ct_v3 ct_matrix_point(const float matrix[12], ct_v3 point);

#endif
