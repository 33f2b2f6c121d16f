/* More solids: tubes through space and flat outlines given a thickness. Each returns a new mesh,
 * NULL when out of memory or when there is nothing to build. */
#ifndef CT_SCENE_SOLID_H
#define CT_SCENE_SOLID_H

#include "engines/scene/geometry/curve.h"
#include "engines/scene/geometry/mesh.h"

#define CT_TUBE_KNOTS 24

/* A round tube on a spline through the knots, closed by half balls at both ends. */
struct ct_tube {
    const ct_v3 *knots;
    const float *radii; /* one a knot */
    int n;              /* 2 .. CT_TUBE_KNOTS */
    int steps;          /* between two knots */
    int segments;       /* around */
};
struct ct_mesh *ct_shape_tube(const struct ct_tube *tube);

/* An outline in the xy plane given a thickness along z, its edges rounded. */
struct ct_prism {
    const struct ct_curve
        *outline;                /* counter-clockwise; a last point equal to the first is ignored */
    const struct ct_curve *hole; /* clockwise, inside the outline; NULL for none */
    float half_depth;
    float bevel;      /* radius of the rounding; must be small against the outline's features */
    float crease_deg; /* corners sharper than this keep an edge */
};
struct ct_mesh *ct_shape_prism(const struct ct_prism *prism);

#endif
