/* The body of things with four wheels and a roof: cars, vans, buses.
 *
 * Lengths run along z, the front towards +z; heights from the ground; all in cm as built. */
#ifndef CT_SCENE_MOTORCAR_H
#define CT_SCENE_MOTORCAR_H

#include "engines/scene/objects/object.h"

#define CT_MOTORCAR_DECK_MAX 12

struct ct_motorcar {
    float half_length, half_width;
    const ct_v2 *deck; /* (z, y) of the lower body's upper side, from the rear to the front */
    int n_deck;        /* 2 .. CT_MOTORCAR_DECK_MAX */
    float sill;        /* height of the underside */
    float axle_rear, axle_front, wheel; /* z, z, radius */
    float nose;                         /* how far the ends are rounded, in plan */
    float roundness;                    /* of the body's section: 0.25 boxy .. 0.8 round */
    /* The cabin: foot at the belt, edge of the roof, and how much narrower that is. */
    float foot_rear, foot_front, roof_rear, roof_front, roof;
    float lean; /* 0.8: the roof has 0.8 of the width */
    int panes;  /* windows on a side, 1 .. 8; 0: no cabin */
    int spokes;
    bool chrome; /* bumpers and trim of older cars */
};

/* The lower body, wheels, lamps and bumpers; and the cabin, its roof of the given material. */
void ct_motorcar_add(struct ct_object_builder *b, const struct ct_motorcar *car, int paint,
                     int roof);
/* Dark glass, as windows of a car are from outside. */
int ct_motorcar_glass(struct ct_object_builder *b);

#endif
