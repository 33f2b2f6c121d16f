/* Brighter, darker, warmer, cooler: one gain over the light of a picture. */
#ifndef CT_SCENE_EDIT_GRADE_H
#define CT_SCENE_EDIT_GRADE_H

#include "engines/scene/math/vec.h"
#include "image/mask.h"

/* *out is the picture with its linear light times `gain`, within the mask (NULL: everywhere). What
 * would be too bright leans towards white instead of being cut off. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_grade(struct ct_image **out, const struct ct_image *image, ct_v3 gain,
                              const struct ct_mask *mask, struct ct_err *err);

#endif
