/* The distance field of lumps, for lumps.c and lump_mesh.c only. */
#ifndef CT_SCENE_LUMP_FIELD_H
#define CT_SCENE_LUMP_FIELD_H

#include "engines/scene/geometry/lumps.h"

#define CT_LUMPS_MAX 128
#define CT_LUMP_FAR 1e9f   /* cm */
#define CT_LUMP_BOUND 1.5f /* distances to flat ellipsoids may change faster than points move */

/* A lump with what is the same for all points. */
struct ct_lump_solid {
    struct ct_lump lump;
    float sin_pitch, cos_pitch, sin_roll, cos_roll;
    bool turned;
};

/* All lumps, and those of them that matter in some part of space, in the order of the table. */
struct ct_lump_field {
    struct ct_lump_solid solids[CT_LUMPS_MAX];
    int n, n_near;
    uint8_t near[CT_LUMPS_MAX];
};

void ct_lump_field_init(struct ct_lump_field *field, const struct ct_lumps *lumps);
/* Chooses what matters in the ball of `radius` around `middle`; what follows is for points there. */
void ct_lump_field_enter(struct ct_lump_field *field, ct_v3 middle, float radius);
float ct_lump_field_distance(const struct ct_lump_field *field, ct_v3 p);
/* Unit; by differences over h to either side. */
ct_v3 ct_lump_field_gradient(const struct ct_lump_field *field, ct_v3 p, float h);
/* How far p is from the stuff or the marks of each paint; negative inside. Marks of one paint lie
 * over stuff of another. */
void ct_lump_field_paints(const struct ct_lump_field *field, ct_v3 p, float out[CT_LUMP_PAINTS]);

#endif
