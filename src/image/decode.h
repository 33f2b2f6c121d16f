/* Files -> pixels: PNG, JPEG, WebP, by their first bytes.
 *
 * Dimensions are read and checked before any pixel is decoded, so a bomb costs nothing. Gray and
 * palette pictures become RGB, 16 bits become 8. */
#ifndef CT_IMAGE_DECODE_H
#define CT_IMAGE_DECODE_H

#include "base/slice.h"
#include "image/image.h"

/* CT_E_IMAGE_FILE for bytes that are no picture we read, or one over the limits of image.h. */
CT_MUSTCHECK ct_code ct_decode(struct ct_image **out, struct ct_slice file, struct ct_err *err);

#endif
