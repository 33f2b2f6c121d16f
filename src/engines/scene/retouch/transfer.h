/* The colours of one picture given to another: its palette, light and mood. */
#ifndef CT_SCENE_RETOUCH_TRANSFER_H
#define CT_SCENE_RETOUCH_TRANSFER_H

#include "engines/scene/retouch/retouch.h"

/* *out is `image` with the colour distribution of `reference` (their sizes may differ), as far as
 * `strength` (0..1; 1 all the way) says. 0.2 s of CPU a megapixel. */
CT_MUSTCHECK ct_code ct_transfer(struct ct_image **out, const struct ct_image *image,
                                 const struct ct_image *reference, float strength,
                                 const struct ct_retouch *with, struct ct_err *err);

#endif
