/* A sofa for three: see seating.c. */
#include "engines/scene/objects/seating.h"

#define HALF_WIDTH (3 * CT_SEATING_SEAT + 2 * CT_SEATING_ARM)

const struct ct_object_shape ct_object_sofa_shape = {
    .min = { -HALF_WIDTH, 0, -CT_SEATING_HALF_DEPTH },
    .max = { HALF_WIDTH, CT_SEATING_HEIGHT, CT_SEATING_HALF_DEPTH },
    .on_y = 46.8f,
    .on_radius = 24,
    .yaw = 0.35f,
};

void ct_object_sofa(struct ct_object_builder *b)
{
    ct_seating_build(b, 3, v3(0.34f, 0.33f, 0.31f));
}
