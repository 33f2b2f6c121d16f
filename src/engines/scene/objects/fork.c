/* A table fork, lying on its back. */
#include "engines/scene/objects/utensil.h"

const struct ct_object_shape ct_object_fork_shape = {
    .min = { -1.26f, 0, -CT_UTENSIL_HALF_LENGTH },
    .max = { 1.26f, CT_UTENSIL_HEIGHT, CT_UTENSIL_HALF_LENGTH },
    .on_y = CT_UTENSIL_HEIGHT,
    .yaw = -0.9f,
};

void ct_object_fork(struct ct_object_builder *b)
{
    ct_utensil_fork(b, 0);
}
