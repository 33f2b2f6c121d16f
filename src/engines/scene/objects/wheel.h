/* Road wheels: tyre, rim, spokes, hub. */
#ifndef CT_SCENE_WHEEL_H
#define CT_SCENE_WHEEL_H

#include "engines/scene/objects/object.h"

#define CT_WHEELS_MAX 12

/* Alike wheels whose axles lie along x; the outside of a wheel is away from x = 0. */
struct ct_wheels {
    const ct_v3 *at; /* middles */
    int n;           /* 1 .. CT_WHEELS_MAX */
    float radius, half_width;
    float rim;  /* radius of the rim, of the wheel's */
    int spokes; /* at most 12; 0: a plain disc with a cap */
    int metal;  /* material of rim and spokes */
    int rubber;
};
void ct_wheels_add(struct ct_object_builder *b, const struct ct_wheels *wheels);
/* The usual black of tyres. */
int ct_wheel_rubber(struct ct_object_builder *b);

#endif
