/* A tulip glass on a stem, blown thin; wine stands at its widest place. */
#include "engines/scene/objects/vessel.h"

#define HEIGHT 21.0f
#define BOWL_RADIUS 4.1f
#define FOOT_RADIUS 3.55f
#define WALL 0.13f
#define LEVEL 13.6f

const struct ct_object_shape ct_object_wine_glass_shape = {
    .min = { -BOWL_RADIUS, 0, -BOWL_RADIUS },
    .max = { BOWL_RADIUS, HEIGHT, BOWL_RADIUS },
    .on_y = HEIGHT,
};

void ct_object_wine_glass(struct ct_object_builder *b)
{
    static const struct ct_corner foot[] = {
        { 0, 0.06f, 0 },
        { 2.6f, 0, 0 },
        { FOOT_RADIUS - 0.1f, 0, 0.08f },
        { FOOT_RADIUS, 0.12f, 0.08f },
        { FOOT_RADIUS - 0.1f, 0.22f, 0 },
    };
    static const ct_v2 stem[] = { { FOOT_RADIUS - 0.1f, 0.22f },
                                  { 1.9f, 0.42f },
                                  { 0.75f, 0.85f },
                                  { 0.40f, 1.9f },
                                  { 0.34f, 4.2f },
                                  { 0.36f, 7.2f },
                                  { 0.62f, 8.55f },
                                  { 1.75f, 9.5f },
                                  { 3.15f, 10.9f },
                                  { 3.95f, 12.9f },
                                  { 4.07f, 14.8f },
                                  { 3.82f, 17.4f },
                                  { 3.35f, 20.93f } };
    struct ct_vessel vessel = { .level = LEVEL, .crease_deg = 60, .segments = 160 };
    struct ct_curve curve;
    ct_curve_fillet(&vessel.outer, foot, 5, 6);
    ct_curve_spline(&curve, stem, 13, 14);
    for (int i = 1; i < curve.n; i++)
        ct_curve_add(&vessel.outer, curve.p[i]);
    ct_vessel_hollow(&vessel, WALL, 9.05f);
    ct_vessel_add(b, &vessel);
}
