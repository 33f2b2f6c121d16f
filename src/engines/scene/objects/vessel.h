/* Hollow bodies of revolution and what is poured into them: mug, bowl, vase, glass. */
#ifndef CT_SCENE_VESSEL_H
#define CT_SCENE_VESSEL_H

#include "engines/scene/geometry/curve.h"
#include "engines/scene/objects/object.h"

struct ct_vessel {
    struct ct_curve outer; /* from the axis at the bottom up to the rim */
    struct ct_curve inner; /* from the rim down to the axis at the floor */
    float level;           /* height of the liquid when there is one */
    float crease_deg;
    int segments;
    ct_v3 (*bend)(ct_v3 p); /* NULL, or what moves the wall above the level: a lip to pour from */
};

/* Cuts a whole profile (axis, outer wall, rim, inner wall, axis) at its highest point. */
void ct_vessel_split(struct ct_vessel *v, const struct ct_curve *profile);
/* The inner wall as the outer one moved inwards by `thickness`, with a round rim, down to
 * `floor_y`. */
void ct_vessel_hollow(struct ct_vessel *v, float thickness, float floor_y);
/* Adds wall and contents. In glass the liquid is a real medium behind the wall; in opaque things
 * it is a surface. */
void ct_vessel_add(struct ct_object_builder *b, const struct ct_vessel *v);

#endif
