/* ct_render() with the kernels chosen by the caller and what it did reported: for render.c itself,
 * for tests that compare instruction sets, and for measuring. */
#ifndef CT_SCENE_DRAWING_H
#define CT_SCENE_DRAWING_H

#include "engines/scene/render/kernels.h"
#include "engines/scene/render/render.h"

struct ct_render_stats {
    int64_t build_us, trace_us, denoise_us, develop_us;
    uint64_t rays, paths;
    uint32_t triangles;
};

/* stats may be NULL; filled on success. Otherwise as ct_render(). */
CT_MUSTCHECK ct_code ct_render_with(struct ct_image **out, const struct ct_render_kernels *kernels,
                                    const struct ct_world *world,
                                    const struct ct_render_params *params,
                                    struct ct_render_stats *stats, struct ct_err *err);

#endif
