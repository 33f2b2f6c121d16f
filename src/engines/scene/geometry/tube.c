/* Tubes through space: stems, cables, limbs, bent wire.
 *
 * A Catmull-Rom spline through the knots carries rings in a frame that is moved along without
 * twisting (parallel transport). The half balls at the ends are further rings, so the whole tube is
 * one grid that is smooth everywhere. */
#include "engines/scene/geometry/shape.h"
#include "engines/scene/geometry/solid.h"
#include "engines/scene/math/fn.h"

#include <stddef.h>

#define CAP_RINGS 6
#define MAX_STEPS 16
#define MAX_RINGS (CT_TUBE_KNOTS * MAX_STEPS + 2 * CAP_RINGS + 1)

struct rings {
    ct_v3 center[MAX_RINGS], x[MAX_RINGS], z[MAX_RINGS]; /* x, z: half axes of the ring */
    int n;
};

static ct_v3 knot(const struct ct_tube *t, int i)
{
    if (i < 0)
        return v3_sub(v3_scale(t->knots[0], 2), t->knots[1]);
    if (i >= t->n)
        return v3_sub(v3_scale(t->knots[t->n - 1], 2), t->knots[t->n - 2]);
    return t->knots[i];
}

static ct_v3 spline_at(const struct ct_tube *t, int i, float f)
{
    ct_v3 a = knot(t, i - 1), b = knot(t, i), c = knot(t, i + 1), d = knot(t, i + 2);
    float f2 = f * f, f3 = f2 * f;
    ct_v3 sum = v3_scale(a, 0.5f * (-f + 2 * f2 - f3));
    sum = v3_mad(b, 0.5f * (2 - 5 * f2 + 3 * f3), sum);
    sum = v3_mad(c, 0.5f * (f + 4 * f2 - 3 * f3), sum);
    return v3_mad(d, 0.5f * (f3 - f2), sum);
}

static void add_ring(struct rings *rings, ct_v3 center, ct_v3 along, ct_v3 *side, float radius)
{
    *side = v3_norm(v3_mad(along, -v3_dot(along, *side), *side));
    rings->center[rings->n] = center;
    rings->x[rings->n] = v3_scale(*side, radius);
    rings->z[rings->n++] = v3_scale(v3_cross(*side, along), radius);
}

static void add_cap(struct rings *rings, ct_v3 center, ct_v3 along, ct_v3 *side, float radius,
                    bool end)
{
    for (int i = 0; i < CAP_RINGS; i++) {
        float s, c, angle = CT_PI / 2 * (float)(end ? i + 1 : CAP_RINGS - i) / CAP_RINGS;
        ct_sincosf(angle, &s, &c);
        bool tip = end ? i == CAP_RINGS - 1 : i == 0;
        add_ring(rings, v3_mad(along, (end ? s : -s) * radius, center), along, side,
                 tip ? 0 : c * radius);
    }
}

static void make_rings(struct rings *rings, const struct ct_tube *t, int steps)
{
    int last = (t->n - 1) * steps;
    ct_v3 side = v3(1, 0, 0);
    for (int k = 0; k <= last; k++) {
        int i = k < last ? k / steps : t->n - 2;
        float f = k < last ? (float)(k % steps) / (float)steps : 1, h = 0.02f;
        ct_v3 p = spline_at(t, i, f);
        ct_v3 along = v3_norm(v3_sub(spline_at(t, i, f + h), spline_at(t, i, f - h)));
        float radius = ct_lerp(t->radii[i], t->radii[i + 1], f * f * (3 - 2 * f));
        if (k == 0) {
            side = fabsf(along.x) < 0.8f ? v3(1, 0, 0) : v3(0, 0, 1);
            add_cap(rings, p, along, &side, radius, false);
        }
        add_ring(rings, p, along, &side, radius);
        if (k == last)
            add_cap(rings, p, along, &side, radius, true);
    }
}

static ct_v3 tube_at(const void *ctx, float u, float v)
{
    const struct rings *rings = ctx;
    int k = (int)(v * (float)(rings->n - 1) + 0.5f);
    float s, c;
    ct_sincosf(2 * CT_PI * u, &s, &c);
    return v3_mad(rings->x[k], c, v3_mad(rings->z[k], s, rings->center[k]));
}

struct ct_mesh *ct_shape_tube(const struct ct_tube *tube)
{
    struct rings rings = { .n = 0 };
    if (tube->n < 2 || tube->n > CT_TUBE_KNOTS || tube->segments < 3)
        return NULL;
    int steps = tube->steps < 1 ? 1 : tube->steps > MAX_STEPS ? MAX_STEPS : tube->steps;
    make_rings(&rings, tube, steps);
    return ct_shape_grid(&(struct ct_grid){ tube->segments, rings.n - 1, true, tube_at, &rings });
}
