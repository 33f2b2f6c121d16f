/* From a rough cut-out to a clean one: soft edges that follow the picture, colours without fringe.
 */
#ifndef CT_SCENE_RETOUCH_MATTE_H
#define CT_SCENE_RETOUCH_MATTE_H

#include "engines/scene/retouch/retouch.h"

/* *out, as large as the picture, from `inside` (0 or 1, small_width * small_height, the picture
 * scaled down): its border moved to the picture's edges, 0 and 255 away from it. */
CT_MUSTCHECK ct_code ct_matte(struct ct_mask **out, const struct ct_image *image,
                              const uint8_t *inside, int small_width, int small_height,
                              const struct ct_retouch *with, struct ct_err *err);

/* *out is RGBA: what the mask covers, with the mask as alpha, and with colours as they are without
 * the background that shone through at the edge. */
CT_MUSTCHECK ct_code ct_matte_cut_out(struct ct_image **out, const struct ct_image *image,
                                      const struct ct_mask *mask, const struct ct_retouch *with,
                                      struct ct_err *err);

#endif
