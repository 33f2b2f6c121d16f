/* Soft shadows on a transparent ground: from the film's catcher samples to an alpha. */
#ifndef CT_SCENE_SHADOW_H
#define CT_SCENE_SHADOW_H

#include "base/pool.h"
#include "engines/scene/render/film.h"

/* Writes width * height numbers: how black the ground is, in [0, 1]; -1 where no sample met it. The
 * film must be a transparent one. pool may be NULL. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_shadow_filter(float *shadow, const struct ct_film *film,
                                      struct ct_pool *pool, struct ct_err *err);

#endif
