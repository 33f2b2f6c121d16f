/* Linear radiance -> the finished 8-bit picture, as a photographer develops a negative. */
#ifndef CT_SCENE_DEVELOP_H
#define CT_SCENE_DEVELOP_H

#include "base/pool.h"
#include "engines/scene/render/film.h"
#include "engines/scene/render/world.h"
#include "image/image.h"

#include <stdatomic.h>

/* `hdr` is 3 floats a pixel of the film's size. Exposure, bloom, vignette, tone curve, sRGB, half
 * a level of dither. A film that counts coverage gives RGBA with straight alpha, and then bloom
 * and vignette, which belong to a whole picture, are left out; where no object is, the ground is
 * black with the alpha of `shadow` (one number a pixel, may be NULL). CT_E_MEMORY,
 * CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_develop(struct ct_image **out, const float *hdr, const float *shadow,
                                const struct ct_film *film, const struct ct_post *post,
                                struct ct_pool *pool, const atomic_int *cancel,
                                struct ct_err *err);

#endif
