/* Wings and hulls: surfaces through sections that change along a length. */
#ifndef CT_SCENE_LOFT_H
#define CT_SCENE_LOFT_H

#include "engines/scene/objects/object.h"

/* A wing: from the root at `root` along `span` (its length is the wing's), its leading edge ahead
 * along `chord`. Closed, rounded in front and sharp behind. */
struct ct_wing {
    ct_v3 root, span, chord; /* chord: unit, from the trailing to the leading edge */
    float root_chord, tip_chord;
    float sweep;     /* how far the tip lies back */
    float thickness; /* of the root, of its chord */
};
void ct_wing_add(struct ct_object_builder *b, const struct ct_wing *wing, int material);

/* A body of round sections along z, closed at both ends. */
struct ct_spindle {
    const ct_v3 *section; /* (z, middle's y, radius) from the tail to the nose */
    int n;                /* 2 .. 16 */
    float width;          /* of the height; 1: round */
};
void ct_spindle_add(struct ct_object_builder *b, const struct ct_spindle *spindle, int material);

/* A ship's hull cut at the waterline, bow towards +z, with a flat deck. */
struct ct_hull {
    float half_length, half_width, depth;
    float sheer; /* how much higher the deck is at the bow */
    float stern; /* width of the stern, of the middle's */
    float flare; /* how much narrower the waterline is */
    float foot;  /* height of its underside */
};
void ct_hull_add(struct ct_object_builder *b, const struct ct_hull *hull, int material);
float ct_hull_half_width(const struct ct_hull *hull, float z);

#endif
