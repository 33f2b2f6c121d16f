/* Soft solids: balls, limbs and blocks that flow into each other like clay, meshed as one.
 *
 * What animals and figures are made of: a table of lumps is a body. */
#ifndef CT_SCENE_LUMPS_H
#define CT_SCENE_LUMPS_H

#include "engines/scene/geometry/mesh.h"

#define CT_LUMP_PAINTS 3

enum ct_lump_kind {
    CT_LUMP_BALL,  /* ellipsoid: middle a, radii b */
    CT_LUMP_LIMB,  /* from a (radius r0) to b (radius r1), round at both ends */
    CT_LUMP_BLOCK, /* box: middle a, half extents b, edges rounded by r0 */
};

enum ct_lump_use {
    CT_LUMP_ADD,
    CT_LUMP_CUT,   /* taken away from what came before it */
    CT_LUMP_PAINT, /* no stuff of its own: colours what lies within */
};

struct ct_lump {
    enum ct_lump_kind kind;
    enum ct_lump_use use;
    ct_v3 a, b;
    float r0, r1;
    float pitch, roll; /* of balls and blocks: turned around x, then around z, radians */
    float blend;       /* cm over which it flows into what came before it */
    int paint;         /* 0 .. CT_LUMP_PAINTS - 1 */
    bool both;         /* and its mirror image at -x */
};

struct ct_lumps {
    const struct ct_lump *lumps;
    int n;     /* up to 128 */
    int cells; /* along the longest side of the whole; 8 .. 128 */
};

/* Distance to the surface, cm: negative inside, never much more than it really is. What lies
 * below y = 0 is cut off. */
float ct_lumps_distance(const struct ct_lumps *lumps, ct_v3 p);
/* The point of the surface near p, and the normal there (may be NULL). */
ct_v3 ct_lumps_touch(const struct ct_lumps *lumps, ct_v3 p, ct_v3 *normal);
/* The surface, closed. Its texture coordinates are distances in cm, negative within, to the border
 * of paint 1 (u) and of paint 2 (v). NULL when out of memory. */
struct ct_mesh *ct_shape_lumps(const struct ct_lumps *lumps);

#endif
