/* A table knife, lying flat. */
#include "engines/scene/objects/utensil.h"

const struct ct_object_shape ct_object_knife_shape = {
    .min = { -1.02f, 0, -CT_UTENSIL_HALF_LENGTH },
    .max = { 1.02f, 0.67f, CT_UTENSIL_HALF_LENGTH },
    .on_y = 0.67f,
    .yaw = -0.9f,
};

void ct_object_knife(struct ct_object_builder *b)
{
    ct_utensil_knife(b, 0);
}
