/* Planes of floats: means, growing, membranes. What segmenting, matting and inpainting share. */
#ifndef CT_SCENE_RETOUCH_PLANE_H
#define CT_SCENE_RETOUCH_PLANE_H

#include "engines/scene/retouch/retouch.h"

struct ct_plane {
    int width, height;
    float *v;
};

CT_MUSTCHECK ct_code ct_plane_open(struct ct_plane *plane, int width, int height,
                                   struct ct_err *err); /* zeroed */
void ct_plane_release(struct ct_plane *plane);

/* Mean over a square of half side `radius`, cut at the picture's edge; in place, `scratch` of the
 * same size. Costs the same for every radius. */
void ct_plane_mean(struct ct_plane *plane, struct ct_plane *scratch, int radius);

/* Values where `open` is 1 become a smooth interpolation of the others: Poisson's equation with
 * `rhs` (for each pixel the sum over its four neighbours of how much higher than they it should
 * be), or, with NULL, a membrane spanned over the hole. Solved coarse to fine, for what the eye
 * sees. Nothing changes when all are open. */
CT_MUSTCHECK ct_code ct_plane_fill(struct ct_plane *plane, const uint8_t *open, const float *rhs,
                                   struct ct_err *err);

/* Every pixel takes the largest coverage within `radius` pixels (a square); a negative radius the
 * smallest. */
CT_MUSTCHECK ct_code ct_plane_grow(struct ct_mask *mask, int radius, struct ct_err *err);
/* Softens the edge over about `radius` pixels to either side. */
CT_MUSTCHECK ct_code ct_plane_feather(struct ct_mask *mask, int radius, struct ct_err *err);

#endif
