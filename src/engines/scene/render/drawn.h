/* Worlds drawn rather than rendered: in lines, in flat colours, or as a cartoon of both. */
#ifndef CT_SCENE_DRAWN_H
#define CT_SCENE_DRAWN_H

#include "engines/scene/render/render.h"

enum ct_drawn {
    /* How much ink each pixel gets, 0 to 255 in all three channels: where one thing ends before
     * another, where a surface bends or hides itself, where its colour changes. Without light. */
    CT_DRAWN_LINES,
    CT_DRAWN_FLAT,    /* a lit and a shaded tone of everything's own colour */
    CT_DRAWN_CARTOON, /* the same with lines */
};

/* Sharp everywhere, whatever the lens. The fourth channel of a transparent world is what the things
 * cover and the ink around them.
 *
 * Of `params` count width, height, samples (two to four looks along each side of a pixel), pool and
 * cancel. The same bytes whatever the pool's width. CT_E_MEMORY, CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_render_drawn(struct ct_image **out, const struct ct_world *world,
                                     enum ct_drawn drawn, const struct ct_render_params *params,
                                     struct ct_err *err);

#endif
