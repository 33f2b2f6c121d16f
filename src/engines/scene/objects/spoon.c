/* A table spoon, lying on its back. */
#include "engines/scene/objects/utensil.h"

const struct ct_object_shape ct_object_spoon_shape = {
    .min = { -2.02f, 0, -CT_UTENSIL_HALF_LENGTH },
    .max = { 2.02f, CT_UTENSIL_HEIGHT, CT_UTENSIL_HALF_LENGTH },
    .on_y = CT_UTENSIL_HEIGHT,
    .yaw = -0.9f,
};

void ct_object_spoon(struct ct_object_builder *b)
{
    ct_utensil_spoon(b, 0);
}
