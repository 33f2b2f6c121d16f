/* A place setting's fork, knife and spoon side by side. */
#include "engines/scene/objects/utensil.h"

const struct ct_object_shape ct_object_cutlery_shape = {
    .min = { -5.3f, 0, -CT_UTENSIL_HALF_LENGTH },
    .max = { 6.0f, CT_UTENSIL_HEIGHT, CT_UTENSIL_HALF_LENGTH },
    .on_y = CT_UTENSIL_HEIGHT,
    .yaw = -0.5f,
};

void ct_object_cutlery(struct ct_object_builder *b)
{
    ct_utensil_fork(b, -4.0f);
    ct_utensil_knife(b, 0);
    ct_utensil_spoon(b, 3.95f);
}
