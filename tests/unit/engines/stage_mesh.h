/* What a mesh must be, for the tests of geometry and objects. */
#ifndef CT_TESTS_STAGE_MESH_H
#define CT_TESTS_STAGE_MESH_H

#include "engines/scene/geometry/mesh.h"

/* Every edge is shared by triangles that run along it once each way. */
bool stage_mesh_is_closed(const struct ct_mesh *m);
/* By the divergence theorem: positive when wound outwards. */
double stage_mesh_volume(const struct ct_mesh *m);
/* Normals are unit and on the side the triangles face. */
bool stage_mesh_faces_its_normals(const struct ct_mesh *m);

#endif
