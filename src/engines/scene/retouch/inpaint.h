/* Fills a hole in a picture with what surrounds it: removing an object, mending, outpainting. */
#ifndef CT_SCENE_RETOUCH_INPAINT_H
#define CT_SCENE_RETOUCH_INPAINT_H

#include "engines/scene/retouch/retouch.h"

/* *out is the picture with everything under the mask (coverage of at least 1) replaced; pixels of
 * coverage 0 are the same bytes. To remove an object, grow its mask by a few pixels first
 * (ct_plane_grow()), so that its edge and shadow go, too. What `avoid` covers by half or more is
 * never copied: other objects, say, that must not appear twice; it may be NULL.
 *
 * A mask that covers everything leaves nothing to copy from: CT_E_INTERNAL. About 1.2 s of CPU for
 * a third of 1024x1024. Memory: some 40 bytes a pixel. */
CT_MUSTCHECK ct_code ct_inpaint(struct ct_image **out, const struct ct_image *image,
                                const struct ct_mask *hole, const struct ct_mask *avoid,
                                const struct ct_retouch *with, struct ct_err *err);

/* A canvas of width x height with the picture at (x, y), which must lie inside; the rest is painted
 * in. Plain and textured surroundings continue well, objects at the border are not completed. */
CT_MUSTCHECK ct_code ct_outpaint(struct ct_image **out, const struct ct_image *image, int width,
                                 int height, int x, int y, const struct ct_retouch *with,
                                 struct ct_err *err);

#endif
