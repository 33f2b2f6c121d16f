/* The distance field of lumps, for lumps.c and lump_mesh.c only. Eight points are asked for at
 * once; each gets what it would get alone, to the bit. */
#ifndef CT_SCENE_LUMP_FIELD_H
#define CT_SCENE_LUMP_FIELD_H

#include "engines/scene/geometry/lumps.h"

#define CT_LUMPS_MAX 128
#define CT_LUMP_FAR 1e9f   /* cm */
#define CT_LUMP_BOUND 1.5f /* distances to flat ellipsoids may change faster than points move */
#define CT_LUMP_POINTS 8

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
    float blend; /* the largest */
    uint8_t near[CT_LUMPS_MAX];
};

struct ct_lump_points {
    float x[CT_LUMP_POINTS], y[CT_LUMP_POINTS], z[CT_LUMP_POINTS];
} __attribute__((aligned(32)));

/* How far points are from each lump and from the surface. */
struct ct_lump_survey {
    float lump[CT_LUMPS_MAX][CT_LUMP_POINTS];
    float surface[CT_LUMP_POINTS];
} __attribute__((aligned(32)));

/* What a vertex is told. */
struct ct_lump_sample {
    float distance;
    ct_v3 normal; /* the gradient, unit */
    /* How far it is from the stuff or the marks of each paint; negative inside. Marks of one paint
     * lie over stuff of another. */
    float paint[CT_LUMP_PAINTS];
};

void ct_lump_field_init(struct ct_lump_field *field, const struct ct_lumps *lumps);
/* By all lumps. */
void ct_lump_field_survey(struct ct_lump_survey *out, const struct ct_lump_field *field,
                          const struct ct_lump_points *points);
/* Chooses what matters in the ball of `radius` around a surveyed point. */
void ct_lump_field_enter(struct ct_lump_field *field, const struct ct_lump_survey *survey,
                         int point, float radius);
/* By the lumps chosen: distances to the surface; `out` is aligned to 32 bytes. */
void ct_lump_field_distances(float out[CT_LUMP_POINTS], const struct ct_lump_field *field,
                             const struct ct_lump_points *points);
/* The same at one point, the gradient by differences over h to either side. */
void ct_lump_field_sample(struct ct_lump_sample *out, const struct ct_lump_field *field, ct_v3 p,
                          float h);

#endif
