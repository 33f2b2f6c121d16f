/* A drawing's world made plain and written down, for drawing it elsewhere (bench/cycles). */
#ifndef CT_BENCH_WORLD_H
#define CT_BENCH_WORLD_H

#include "engines/scene/render/world.h"

/* Keeps what every path tracer has alike: no textures, no glass, uniform lights, a uniform sky. */
void bench_world_plain(struct ct_world *world);
/* As JSON: materials, meshes, lights, sky, camera, in the world's own coordinates (cm, y up). */
bool bench_world_write(const struct ct_world *world, const char *path);

#endif
