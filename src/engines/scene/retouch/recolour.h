/* "The bottle from white to navy": another paint under the same light. */
#ifndef CT_SCENE_RETOUCH_RECOLOUR_H
#define CT_SCENE_RETOUCH_RECOLOUR_H

#include "engines/scene/retouch/retouch.h"

struct ct_recolour {
    uint32_t to;   /* 0xRRGGBB */
    bool has_from; /* only what is about of that colour is changed, and what it shades to */
    uint32_t from;
};

/* *out is the picture with what the mask covers in another colour: shading and gloss stay, so that
 * white can become navy and black red. *changed, unless NULL, is the share of the mask's coverage
 * that had the colour `from`: near 0, nothing of that colour was there, and little has happened.
 * Pixels of coverage 0 are the same bytes. 0.1 s of CPU a megapixel of mask. */
CT_MUSTCHECK ct_code ct_recolour(struct ct_image **out, float *changed,
                                 const struct ct_image *image, const struct ct_mask *mask,
                                 const struct ct_recolour *how, const struct ct_retouch *with,
                                 struct ct_err *err);

#endif
