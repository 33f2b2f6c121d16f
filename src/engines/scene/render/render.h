/* World -> pixels: progressive path tracing, denoising, development. */
#ifndef CT_SCENE_RENDER_H
#define CT_SCENE_RENDER_H

#include "base/pool.h"
#include "engines/scene/render/world.h"
#include "image/image.h"

#include <stdatomic.h>

struct ct_render_params {
    int width, height;
    int samples;              /* paths a pixel; squares of large pictures get about twice as many */
    uint32_t seed;
    struct ct_pool *pool;     /* may be NULL */
    const atomic_int *cancel; /* may be NULL; looked at every few milliseconds */
    /* One byte a pixel, not 0 where the picture is needed: only those parts are drawn, and the rest
     * comes out worthless. NULL: all of it. */
    const uint8_t *wanted;
    /* With `wanted`: what the rest looks like, of the same size; it shines into what is drawn where
     * the post has bloom. May be NULL. */
    const struct ct_image *around;
    void *ctx;
    /* Called between passes on the calling thread; fraction of the work done, in [0, 1].
     * snapshot(state) gives a developed picture of what is there (caller unrefs), NULL when out
     * of memory or cancelled. May be NULL. */
    void (*pass)(void *ctx, double fraction, const char *stage,
                 struct ct_image *(*snapshot)(void *state), void *state);
};

/* RGB, or RGBA with straight partial alpha when world->transparent. The same bytes whatever the
 * pool's width and the CPU. CT_E_MEMORY, CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_render(struct ct_image **out, const struct ct_world *world,
                               const struct ct_render_params *params, struct ct_err *err);

/* Samples for a quality (ct_quality as int) at a size: work is capped by paths, so that a large
 * picture costs a bounded multiple of 1024x1024. */
int ct_render_samples(int quality, int width, int height);

#endif
