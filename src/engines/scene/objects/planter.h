/* A flower pot full of earth, which most plants stand in. */
#ifndef CT_SCENE_PLANTER_H
#define CT_SCENE_PLANTER_H

#include "engines/scene/objects/object.h"

/* A conical pot with a rim, `radius` at the rim; the earth lies at 0.88 of the height. */
void ct_planter_add(struct ct_object_builder *b, float radius, float height, int material);
/* The pot's material: terracotta, or what the prompt says of the object. */
int ct_planter_material(struct ct_object_builder *b);

#endif
