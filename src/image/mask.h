/* Where a picture is to be changed: one byte a pixel, 0 keep, 255 change, between them a soft edge.
 *
 * One owner, not shared; functions are pure and run on any thread. */
#ifndef CT_IMAGE_MASK_H
#define CT_IMAGE_MASK_H

#include "image/image.h"

#include <stdbool.h>

struct ct_mask {
    int width, height;
    uint8_t *px; /* width * height */
};

struct ct_mask_box { /* half open: x0 <= x < x1 */
    int x0, y0, x1, y1;
};

/* All 0. CT_E_MEMORY, or CT_E_INTERNAL for sizes that no picture has. */
CT_MUSTCHECK ct_code ct_mask_new(struct ct_mask **out, int width, int height, struct ct_err *err);
void ct_mask_free(struct ct_mask **mask);

/* The API's mask: `image` is transparent where the first picture, of width x height, is to be
 * changed. CT_E_IMAGE_FILE with param "mask" when it has another size or no alpha; the message
 * says which. */
CT_MUSTCHECK ct_code ct_mask_of_alpha(struct ct_mask **out, const struct ct_image *image,
                                      int width, int height, struct ct_err *err);

/* *out = original where the mask is 0, to the byte; changed where it is 255; mixed between. All
 * three have one size; the result has four channels when either picture has. CT_E_MEMORY,
 * CT_E_INTERNAL for other sizes. */
CT_MUSTCHECK ct_code ct_mask_mix(struct ct_image **out, const struct ct_image *original,
                                 const struct ct_image *changed, const struct ct_mask *mask,
                                 struct ct_err *err);

/* The smallest box of pixels of at least `least`; false when there are none. */
bool ct_mask_bounds(const struct ct_mask *mask, uint8_t least, struct ct_mask_box *box);

/* Porter and Duff's "over": *top with its alpha onto *base (not shared), its corner at (x, y);
 * what falls outside is cut off. */
void ct_image_over(struct ct_image *base, const struct ct_image *top, int x, int y);

#endif
