/* The hot functions of one instruction set, and the choice of it. */
#ifndef CT_SCENE_KERNELS_H
#define CT_SCENE_KERNELS_H

#include "engines/scene/render/bsdf.h"
#include "engines/scene/render/denoise.h"
#include "engines/scene/render/detail.h"
#include "engines/scene/render/tracer.h"

struct ct_render_kernels {
    const char *name;
    void (*trace_tile)(struct ct_tracer *tracer, struct ct_film *film, int tile, int n_samples);
    enum ct_denoise_result (*denoise_tile)(float *out, const struct ct_film *film,
                                           const struct ct_denoise_params *params, int tile,
                                           const atomic_int *cancel);
    bool (*detail_tile)(const struct ct_detail *detail, int tile);
    void (*glance)(struct ct_glance *glance, const struct ct_tracer *tracer, ct_v2 at);
    /* What they are made of, for tests. */
    bool (*nearest)(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max,
                    struct ct_hit *hit);
    enum ct_shadow (*shadow)(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max);
    bool (*occluded)(const struct ct_bvh *bvh, ct_v3 origin, ct_v3 direction, float t_max);
    void (*bsdf_init)(struct ct_bsdf *bsdf, const struct ct_surface *s, ct_v3 wo);
    struct ct_scatter (*bsdf_eval)(const struct ct_bsdf *bsdf, ct_v3 wo, ct_v3 wi);
    ct_v3 (*bsdf_sample)(const struct ct_bsdf *bsdf, ct_v3 wo, float choose, ct_v2 u);
};

/* Set `index` that this CPU can run, 0 being the plainest; NULL beyond the last. */
const struct ct_render_kernels *ct_render_kernels_get(int index);
/* The fastest. */
const struct ct_render_kernels *ct_render_kernels_best(void);

#endif
