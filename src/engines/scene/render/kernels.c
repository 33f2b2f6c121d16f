/* Hot: this build's table of kernels (isa.h). */
#include "engines/scene/render/kernels.h"

#define CT_STRING_(x) #x
#define CT_STRING(x) CT_STRING_(x)

extern const struct ct_render_kernels CT_ISA_NAME(ct_render_kernels);
const struct ct_render_kernels CT_ISA_NAME(ct_render_kernels) = {
    .name = CT_STRING(CT_ISA),
    .trace_tile = ct_trace_tile,
    .denoise_tile = ct_denoise_tile,
    .detail_tile = ct_detail_tile,
    .glance = ct_glance_at,
    .nearest = ct_bvh_nearest,
    .shadow = ct_bvh_shadow,
    .occluded = ct_bvh_occluded,
    .bsdf_init = ct_bsdf_init,
    .bsdf_eval = ct_bsdf_eval,
    .bsdf_sample = ct_bsdf_sample,
};
