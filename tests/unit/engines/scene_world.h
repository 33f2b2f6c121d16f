/* Small worlds for tests of render/. */
#ifndef CT_TESTS_SCENE_WORLD_H
#define CT_TESTS_SCENE_WORLD_H

#include "engines/scene/render/world.h"

/* A deterministic number in [0, 1). */
float scene_random(uint32_t *state);

/* n loose triangles: positions 9 * n. NULL when out of memory. */
struct ct_mesh *scene_soup(const float *positions, uint32_t n, int material);
/* A closed ball of 2 * rings * segments triangles with smooth normals. */
struct ct_mesh *scene_ball(ct_v3 center, float radius, int rings, int material);
/* A level square, facing up. */
struct ct_mesh *scene_floor(float half, float height, int material);

/* A grey floor (object -1), a red ball and a glass ball (objects 0 and 1), a softbox, a sky. */
void scene_world(struct ct_world *world);

#endif
