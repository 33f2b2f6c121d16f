/* Table cutlery, lying along z with its grip towards +z: shared by spoon, fork, knife and set. */
#ifndef CT_SCENE_UTENSIL_H
#define CT_SCENE_UTENSIL_H

#include "engines/scene/objects/object.h"

#define CT_UTENSIL_HALF_LENGTH 10.0f
#define CT_UTENSIL_HEIGHT 1.75f

/* Each adds one piece, its axis at x. */
void ct_utensil_spoon(struct ct_object_builder *b, float x);
void ct_utensil_fork(struct ct_object_builder *b, float x);
void ct_utensil_knife(struct ct_object_builder *b, float x);

#endif
