/* Upholstered seats: an armchair is a sofa for one. */
#ifndef CT_SCENE_SEATING_H
#define CT_SCENE_SEATING_H

#include "engines/scene/objects/object.h"

#define CT_SEATING_HEIGHT 82.0f
#define CT_SEATING_HALF_DEPTH 43.0f
#define CT_SEATING_ARM 9.0f   /* half the width of an arm rest */
#define CT_SEATING_SEAT 34.0f /* half the width of a seat */

void ct_seating_build(struct ct_object_builder *b, int seats, ct_v3 own_color);

#endif
