/* Where in the picture things are seen, by how much of each pixel. */
#ifndef CT_SCENE_COVERAGE_H
#define CT_SCENE_COVERAGE_H

#include "engines/scene/render/render.h"
#include "image/mask.h"

/* The share of each pixel, 0 to 255, in which the camera's first glance meets an object whose
 * `chosen[index]` is set (index as in struct ct_instance, below n_objects). The camera's rays are
 * those of a drawing, lens and pixel filter included; width, height, seed, pool and cancel of
 * `params` count. A tenth of a second a megapixel covered. CT_E_MEMORY, CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_render_coverage(struct ct_mask **out, const struct ct_world *world,
                                        const bool *chosen, int n_objects,
                                        const struct ct_render_params *params, struct ct_err *err);

/* What the camera meets first in the middle of a pixel, everything in focus. */
struct ct_glimpse {
    bool met;
    int object; /* as in struct ct_instance; -1: nothing, or what is no object's */
    ct_v3 at;   /* in the world, where something was met */
};

/* Fills out[width * height], with the sizes of `params`: for finding what stands somewhere in a
 * picture, on a small grid. CT_E_MEMORY, CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_render_glimpses(struct ct_glimpse *out, const struct ct_world *world,
                                        const struct ct_render_params *params, struct ct_err *err);

#endif
