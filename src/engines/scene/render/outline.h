/* A world in lines: for drawings in ink and in chalk. */
#ifndef CT_SCENE_OUTLINE_H
#define CT_SCENE_OUTLINE_H

#include "engines/scene/render/render.h"

/* How much ink each pixel gets, 0 to 255 in all three channels: where one thing ends before another,
 * where a surface bends or hides itself, where its colour changes. Sharp everywhere, whatever the
 * lens; without light, so without shadows and reflections. The fourth channel of a transparent
 * world is what the things cover and the ink around them.
 *
 * Of `params` count width, height, samples (two to four looks along each side of a pixel), pool and
 * cancel. The same bytes whatever the pool's width. CT_E_MEMORY, CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_render_outlines(struct ct_image **out, const struct ct_world *world,
                                        const struct ct_render_params *params,
                                        struct ct_err *err);

#endif
