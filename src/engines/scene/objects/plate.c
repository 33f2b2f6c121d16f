/* A coupe dinner plate with a foot ring, 27 cm across. */
#include "engines/scene/objects/parts.h"

#define HEIGHT 2.4f
#define RADIUS 13.5f
#define WELL_Y 0.75f

const struct ct_object_shape ct_object_plate_shape = {
    .min = { -RADIUS, 0, -RADIUS },
    .max = { RADIUS, HEIGHT, RADIUS },
    .on_y = WELL_Y,
    .on_radius = 9,
    .in_y = WELL_Y,
    .in_radius = 9,
    .in_rise = 0.1f,
};

void ct_object_plate(struct ct_object_builder *b)
{
    static const struct ct_corner profile[] = {
        { 0, 0.3f, 0 },           { 7.0f, 0.3f, 0.1f },    { 7.2f, 0, 0.1f },
        { 7.8f, 0, 0.15f },       { 8.2f, 0.42f, 0.25f },  { 10.2f, 0.62f, 2.5f },
        { RADIUS, 2.28f, 0.09f }, { 13.42f, 2.46f, 0.1f }, { 13.2f, 2.40f, 0.09f },
        { 10.9f, 0.86f, 2.6f },   { 9.6f, WELL_Y, 1.2f },  { 0, WELL_Y, 0 },
    };
    ct_part_turned(b, profile, 12, b->body);
}
