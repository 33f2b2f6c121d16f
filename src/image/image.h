/* Pixels: 8-bit sRGB, interleaved, reference counted (atomic).
 *
 * channels is 3 (RGB) or 4 (RGBA, straight alpha). Rows follow each other without padding.
 * Immutable once shared. */
#ifndef CT_IMAGE_IMAGE_H
#define CT_IMAGE_IMAGE_H

#include "base/err.h"

#include <stdint.h>

#define CT_IMAGE_MAX_EDGE 16384
#define CT_IMAGE_MAX_PIXELS (64u * 1024 * 1024)

struct ct_image {
    int width, height, channels;
    uint8_t *px; /* width * height * channels bytes */
};

/* CT_E_MEMORY, or CT_E_INTERNAL for sizes over the limits above. Pixels are zeroed. */
CT_MUSTCHECK ct_code ct_image_new(struct ct_image **out, int width, int height, int channels,
                                  struct ct_err *err);
struct ct_image *ct_image_ref(struct ct_image *image);
void ct_image_unref(struct ct_image **image); /* sets NULL; NULL is fine */

#endif
