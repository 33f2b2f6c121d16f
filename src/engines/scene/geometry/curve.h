/* Plane curves: rounded polylines and splines, the profiles and paths of solids.
 *
 * A curve is a plain value of bounded size; points beyond its room are dropped, except that the
 * last point given always becomes the last point kept, so that a profile stays closed. */
#ifndef CT_SCENE_CURVE_H
#define CT_SCENE_CURVE_H

#include "engines/scene/math/vec.h"

#define CT_CURVE_MAX 512

struct ct_curve {
    ct_v2 p[CT_CURVE_MAX];
    int n;
};

/* A corner of a polyline and the radius it is rounded with (0: sharp). */
struct ct_corner {
    float x, y, radius;
};

void ct_curve_add(struct ct_curve *curve, ct_v2 point);
/* Polyline with rounded corners, `steps` segments an arc. A radius too large for its neighbours is
 * reduced until both arcs fit. First and last corner stay sharp. */
void ct_curve_fillet(struct ct_curve *out, const struct ct_corner *corners, int n, int steps);
/* Catmull-Rom spline through the knots, `steps` segments between two. */
void ct_curve_spline(struct ct_curve *out, const ct_v2 *knots, int n, int steps);
/* The part of a curve between two of its points (inclusive). */
void ct_curve_part(struct ct_curve *out, const struct ct_curve *curve, int from, int to);

#endif
