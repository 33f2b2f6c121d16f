/* Rounded polylines and Catmull-Rom splines.
 *
 * Nothing made by hand has a perfectly sharp edge: the fillet is what catches the light on a rim
 * and makes a solid look manufactured rather than computed. */
#include "engines/scene/geometry/curve.h"

#include "engines/scene/math/fn.h"

void ct_curve_add(struct ct_curve *curve, ct_v2 point)
{
    if (curve->n < CT_CURVE_MAX)
        curve->n++;
    curve->p[curve->n - 1] = point;
}

static ct_v2 direction(ct_v2 from, ct_v2 to, float *length)
{
    float x = to.x - from.x, y = to.y - from.y;
    *length = ct_hypotf(x, y);
    float k = *length > 0 ? 1 / *length : 0;
    return v2(x * k, y * k);
}

/* Replaces corner b of a-b-c by an arc of the given radius, tangent to both sides. */
static void round_corner(struct ct_curve *out, ct_v2 a, ct_v2 b, ct_v2 c, float radius, int steps)
{
    float length_u, length_v;
    ct_v2 u = direction(b, a, &length_u), v = direction(b, c, &length_v);
    float half = ct_acosf(u.x * v.x + u.y * v.y) / 2; /* half the angle at b */
    if (radius <= 0 || half < 0.01f || half > CT_PI / 2 - 0.005f) {
        ct_curve_add(out, b);
        return;
    }
    float slope = ct_tanf(half);
    float tangent = ct_minf(radius / slope, ct_minf(length_u, length_v) * 0.499f);
    radius = tangent * slope;
    float bisector_x = u.x + v.x, bisector_y = u.y + v.y;
    float k = radius / (ct_sinf(half) * ct_hypotf(bisector_x, bisector_y));
    ct_v2 center = v2(b.x + bisector_x * k, b.y + bisector_y * k);
    float start = ct_atan2f(b.y + u.y * tangent - center.y, b.x + u.x * tangent - center.x);
    float sweep = ct_atan2f(b.y + v.y * tangent - center.y, b.x + v.x * tangent - center.x) - start;
    if (sweep > CT_PI)
        sweep -= 2 * CT_PI;
    if (sweep < -CT_PI)
        sweep += 2 * CT_PI;
    for (int i = 0; i <= steps; i++) {
        float s, c_;
        ct_sincosf(start + sweep * (float)i / (float)steps, &s, &c_);
        ct_curve_add(out, v2(center.x + radius * c_, center.y + radius * s));
    }
}

void ct_curve_fillet(struct ct_curve *out, const struct ct_corner *corners, int n, int steps)
{
    out->n = 0;
    ct_curve_add(out, v2(corners[0].x, corners[0].y));
    for (int i = 1; i + 1 < n; i++)
        round_corner(out, v2(corners[i - 1].x, corners[i - 1].y), v2(corners[i].x, corners[i].y),
                     v2(corners[i + 1].x, corners[i + 1].y), corners[i].radius, steps);
    ct_curve_add(out, v2(corners[n - 1].x, corners[n - 1].y));
}

/* One coordinate of the Catmull-Rom segment b-c with neighbours a and d. */
static float catmull_rom(float a, float b, float c, float d, float t)
{
    return 0.5f * (2 * b +
                   t * ((c - a) + t * ((2 * a - 5 * b + 4 * c - d) + t * (3 * b - a - 3 * c + d))));
}

void ct_curve_spline(struct ct_curve *out, const ct_v2 *knots, int n, int steps)
{
    out->n = 0;
    for (int i = 0; i + 1 < n; i++) {
        ct_v2 a = knots[i ? i - 1 : 0], b = knots[i], c = knots[i + 1];
        ct_v2 d = knots[i + 2 < n ? i + 2 : n - 1];
        for (int s = 0; s < steps; s++) {
            float t = (float)s / (float)steps;
            ct_curve_add(
                out, v2(catmull_rom(a.x, b.x, c.x, d.x, t), catmull_rom(a.y, b.y, c.y, d.y, t)));
        }
    }
    ct_curve_add(out, knots[n - 1]);
}

void ct_curve_part(struct ct_curve *out, const struct ct_curve *curve, int from, int to)
{
    out->n = 0;
    for (int i = from; i <= to && i < curve->n; i++)
        ct_curve_add(out, curve->p[i]);
}
