/* A footed bowl, open wide: what fruit lies in. */
#include "engines/scene/objects/vessel.h"

#define HEIGHT 7.0f
#define RIM_RADIUS 8.3f
#define FOOT_RADIUS 3.5f

const struct ct_object_shape ct_object_bowl_shape = {
    .min = { -RIM_RADIUS, 0, -RIM_RADIUS },
    .max = { RIM_RADIUS, HEIGHT, RIM_RADIUS },
    .on_y = HEIGHT,
    .in_y = 0.95f,
    .in_radius = 7.4f,
    .in_rise = 4.6f,
};

void ct_object_bowl(struct ct_object_builder *b)
{
    static const struct ct_corner foot[] = {
        { 0, 0.45f, 0 },
        { 2.75f, 0.45f, 0.15f },
        { 2.95f, 0, 0.12f },
        { FOOT_RADIUS, 0, 0.2f },
        { FOOT_RADIUS + 0.1f, 0.62f, 0.2f },
        { 4.3f, 0.95f, 0 },
    };
    static const ct_v2 wall[] = { { 4.3f, 0.95f },
                                  { 5.7f, 1.9f },
                                  { 6.95f, 3.4f },
                                  { 7.75f, 5.1f },
                                  { RIM_RADIUS, HEIGHT - 0.17f } };
    static const ct_v2 inside[] = {
        { 7.95f, HEIGHT - 0.17f }, { 7.35f, 5.1f }, { 6.5f, 3.55f }, { 5.2f, 2.15f },
        { 3.4f, 1.25f },           { 1.6f, 0.98f }, { 0, 0.95f }
    };
    struct ct_vessel vessel = { .level = 5.2f, .crease_deg = 45, .segments = 160 };
    struct ct_curve curve;
    ct_curve_fillet(&vessel.outer, foot, 6, 8);
    ct_curve_spline(&curve, wall, 5, 12);
    for (int i = 1; i < curve.n; i++)
        ct_curve_add(&vessel.outer, curve.p[i]);
    ct_curve_add(&vessel.outer, v2(RIM_RADIUS - 0.03f, HEIGHT - 0.05f));
    ct_curve_add(&vessel.outer, v2(RIM_RADIUS - 0.15f, HEIGHT));
    vessel.inner.n = 0;
    ct_curve_add(&vessel.inner, v2(RIM_RADIUS - 0.15f, HEIGHT));
    ct_curve_add(&vessel.inner, v2(RIM_RADIUS - 0.30f, HEIGHT - 0.05f));
    ct_curve_spline(&curve, inside, 7, 12);
    for (int i = 0; i < curve.n; i++)
        ct_curve_add(&vessel.inner, curve.p[i]);
    ct_vessel_add(b, &vessel);
}
