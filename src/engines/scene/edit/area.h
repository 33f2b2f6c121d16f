/* The pixels that a phrase means, as a mask for an edit. */
#ifndef CT_SCENE_EDIT_AREA_H
#define CT_SCENE_EDIT_AREA_H

#include "base/slice.h"
#include "image/image.h"

/* *out has the picture's size and is transparent where `what` ("the background", "the subject", a
 * thing's name) is seen. `recipe` as for an edit, len 0 for a foreign picture: there it is
 * "the subject", "the background", "the sky" or "the red cup", with a *confidence as in
 * retouch/segment.h (1 for ours). CT_E_EDIT when there is no such thing or nothing stands out,
 * CT_E_VALUE for no phrase, CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_edit_area(struct ct_image **out, float *confidence,
                                  const struct ct_image *image, struct ct_slice recipe,
                                  struct ct_slice what, struct ct_err *err);

#endif
