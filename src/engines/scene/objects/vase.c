/* A bellied vase with a narrow neck and a flared lip. */
#include "engines/scene/objects/vessel.h"

#define HEIGHT 22.0f
#define BELLY_RADIUS 6.35f

const struct ct_object_shape ct_object_vase_shape = {
    .min = { -BELLY_RADIUS, 0, -BELLY_RADIUS },
    .max = { BELLY_RADIUS, HEIGHT, BELLY_RADIUS },
    .on_y = HEIGHT,
    .in_y = 1.0f,
    .in_radius = 1.6f,
    .label = { CT_DECAL_ROUND, { 0, 7.6f, 6.3f }, 4.6f, 2.9f },
};

void ct_object_vase(struct ct_object_builder *b)
{
    static const struct ct_corner foot[] = {
        { 0, 0.35f, 0 },    { 2.7f, 0.35f, 0.12f }, { 2.9f, 0, 0.1f },
        { 3.5f, 0, 0.22f }, { 3.85f, 0.6f, 0 },
    };
    static const ct_v2 wall[] = { { 3.85f, 0.6f },  { 5.25f, 3.5f },  { 6.3f, 7.4f },
                                  { 6.0f, 11.4f },  { 4.35f, 14.8f }, { 2.75f, 17.3f },
                                  { 2.15f, 19.3f }, { 2.35f, 20.9f }, { 2.95f, 21.95f } };
    struct ct_vessel vessel = { .level = 15, .crease_deg = 45, .segments = 160 };
    struct ct_curve curve;
    ct_curve_fillet(&vessel.outer, foot, 5, 8);
    ct_curve_spline(&curve, wall, 9, 14);
    for (int i = 1; i < curve.n; i++)
        ct_curve_add(&vessel.outer, curve.p[i]);
    ct_vessel_hollow(&vessel, 0.38f, 1.0f);
    ct_vessel_add(b, &vessel);
}
