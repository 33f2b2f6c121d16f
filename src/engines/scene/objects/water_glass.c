/* A straight tumbler with a heavy bottom, 30 cl. */
#include "engines/scene/objects/vessel.h"

#define HEIGHT 10.2f
#define FOOT_RADIUS 3.2f
#define RIM_RADIUS 3.85f
#define WALL 0.22f
#define FLOOR_Y 1.25f
#define LEVEL 7.6f

const struct ct_object_shape ct_object_water_glass_shape = {
    .min = { -RIM_RADIUS, 0, -RIM_RADIUS },
    .max = { RIM_RADIUS, HEIGHT, RIM_RADIUS },
    .on_y = HEIGHT,
    .in_y = FLOOR_Y,
    .in_radius = 2.9f,
};

void ct_object_water_glass(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0.14f, 0 },
        { 2.2f, 0.1f, 0.4f },
        { 2.7f, 0, 0.3f },
        { FOOT_RADIUS, 0, 0.3f },
        { RIM_RADIUS, HEIGHT, 0.11f },
        { RIM_RADIUS - WALL, HEIGHT, 0.11f },
        { FOOT_RADIUS - 0.15f, FLOOR_Y, 0.9f },
        { 0, FLOOR_Y, 0 },
    };
    struct ct_vessel vessel = { .level = LEVEL, .crease_deg = 50, .segments = 144 };
    struct ct_curve curve;
    ct_curve_fillet(&curve, profile, 8, 12);
    ct_vessel_split(&vessel, &curve);
    ct_vessel_add(b, &vessel);
}
