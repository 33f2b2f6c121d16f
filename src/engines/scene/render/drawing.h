/* ct_render() with the kernels chosen by the caller and what it did reported: for render.c itself,
 * for tests that compare instruction sets, and for measuring. */
#ifndef CT_SCENE_DRAWING_H
#define CT_SCENE_DRAWING_H

#include "engines/scene/render/kernels.h"
#include "engines/scene/render/render.h"

struct ct_render_stats {
    int64_t build_us, trace_us, denoise_us, detail_us, develop_us;
    uint64_t rays, paths;
    uint32_t triangles;
};

/* How to draw otherwise than for a user. */
struct ct_render_study {
    bool raw;      /* no denoising, and every pixel gets all its samples */
    bool in_squares; /* as large pictures are drawn */
    float *linear; /* filled with width * height * 3 floats before development; may be NULL */
};

/* stats may be NULL; filled on success. study may be NULL. Otherwise as ct_render(). */
CT_MUSTCHECK ct_code ct_render_with(struct ct_image **out, const struct ct_render_kernels *kernels,
                                    const struct ct_world *world,
                                    const struct ct_render_params *params,
                                    const struct ct_render_study *study,
                                    struct ct_render_stats *stats, struct ct_err *err);

#endif
