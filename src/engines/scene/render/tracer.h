/* A world prepared for drawing at one size, and the path loop over one tile of it. */
#ifndef CT_SCENE_TRACER_H
#define CT_SCENE_TRACER_H

#include "engines/scene/render/bvh.h"
#include "engines/scene/render/film.h"
#include "engines/scene/render/light.h"
#include "engines/scene/render/sampler.h"

struct ct_tracer {
    const struct ct_world *world;
    struct ct_bvh bvh;
    struct ct_lamp lamps[16];
    int n_lamps;
    /* Camera: a point (x, y) of [-1, 1]^2 is seen along forward + right * x * half_width + ... */
    ct_v3 eye, right, up, forward;
    float half_width, half_height; /* at distance 1; orthographic: in cm */
    float aperture, focus;         /* cm */
    int width, height;
    struct ct_sampler_seeds seeds;
    int sample_bits; /* a pixel takes at most 2^sample_bits samples */
    const atomic_int *cancel;
    atomic_ullong rays; /* traced so far, for measuring */
};

struct ct_tracer_params {
    int width, height;
    int samples; /* the most that a pixel takes */
    uint32_t seed;
    const atomic_int *cancel; /* may be NULL */
};

/* Checks every index of the world and builds the hierarchy. The world must outlive the tracer.
 * CT_E_MEMORY, CT_E_CANCELLED, CT_E_INTERNAL for a world that refers to what it does not have. */
CT_MUSTCHECK ct_code ct_tracer_init(struct ct_tracer *tracer, const struct ct_world *world,
                                    const struct ct_tracer_params *params, struct ct_err *err);
void ct_tracer_release(struct ct_tracer *tracer);

CT_INLINE bool ct_tracer_cancelled(const struct ct_tracer *t)
{
    return t->cancel && atomic_load_explicit(t->cancel, memory_order_relaxed);
}

/* Hot: adds n_samples paths to each pixel of a tile, after those it has. Different tiles may be
 * traced at the same time. Stops early when cancelled; then the tile's numbers are worthless. */
#define ct_trace_tile CT_ISA_NAME(ct_trace_tile)
void ct_trace_tile(struct ct_tracer *tracer, struct ct_film *film, int tile, int n_samples);

#endif
