/* The soft shadow that a subject throws on its ground, and its reflection there. */
#ifndef CT_SCENE_RETOUCH_SHADOW_H
#define CT_SCENE_RETOUCH_SHADOW_H

#include "engines/scene/retouch/retouch.h"

/* Both work on a small picture (a few hundred pixels an edge) and one label a pixel, 1 inside of
 * the subject. They take for ground what lies beside the subject in the same rows, so they find
 * shadows on tables, floors and walls that look alike from left to right. */

/* Sets `shadow` to 1 where a label of 1 is only shadow: the ground's colour under less light, which
 * a soft edge leads to from outside. Nothing is set when that would be most of the subject. */
CT_MUSTCHECK ct_code ct_shadow_inside(uint8_t *shadow, const struct ct_image *small,
                                      const uint8_t *labels, struct ct_err *err);

/* Grows a mask of `image`'s size over the shadow and the reflection around the subject that it
 * covers, and a little beyond. Pixels only gain coverage. About 60 ms at any size. */
CT_MUSTCHECK ct_code ct_shadow_add(struct ct_mask *mask, const struct ct_image *image,
                                   const struct ct_retouch *with, struct ct_err *err);

#endif
