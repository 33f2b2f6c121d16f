/* Pictures of another size, and parts of them.
 *
 * Resizing is Lanczos3 (a windowed sinc of three lobes, widened when it shrinks) on code values,
 * as browsers and photo editors do: averaging linear light would thin dark lines on white paper
 * and ring brighter. Colours are weighted by their alpha, so that what is transparent never tints
 * an edge. The same picture gives the same bytes on every machine and any pool. */
#ifndef CT_IMAGE_RESIZE_H
#define CT_IMAGE_RESIZE_H

#include "base/pool.h"
#include "image/image.h"

/* *out is a new picture of width x height, or NULL.
 * The pool may be NULL. About 60 ms on one core from 2 to 1 megapixels. CT_E_MEMORY, or
 * CT_E_INTERNAL for a size that is no picture's. */
CT_MUSTCHECK ct_code ct_resize(struct ct_image **out, const struct ct_image *image, int width,
                               int height, struct ct_pool *pool, struct ct_err *err);

/* The part of width x height at (x, y), which must lie inside. */
CT_MUSTCHECK ct_code ct_crop(struct ct_image **out, const struct ct_image *image, int x, int y,
                             int width, int height, struct ct_err *err);

/* Exactly width x height, filled: cut on the longer side, equally at both ends, then resized. */
CT_MUSTCHECK ct_code ct_resize_cover(struct ct_image **out, const struct ct_image *image,
                                     int width, int height, struct ct_pool *pool,
                                     struct ct_err *err);

#endif
