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
    int width, height;             /* of the grid whose pixels are traced */
    bool in_squares; /* each stands for 2x2 pixels: detail.c adds what is sharp */
    float in_focus;  /* then: circles up to so many cm at the focus's distance are sharp */
    struct ct_sampler_seeds seeds;
    int sample_bits; /* a pixel takes at most 2^sample_bits samples */
    const atomic_int *cancel;
    atomic_ullong rays; /* traced so far, for measuring */
};

struct ct_tracer_params {
    int width, height; /* of the picture */
    bool in_squares;   /* trace one path for each square of 2x2 pixels */
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

/* How much of a thing's own light detail.c adds rather than the path loop: all of it in focus,
 * nothing where the lens spreads it. distance: cm. */
CT_INLINE float ct_tracer_sharpness(const struct ct_tracer *t, float distance)
{
    if (!t->in_squares)
        return 0;
    float circle = t->aperture * fabsf(1 - t->focus / ct_maxf(distance, 1e-3f));
    float excess = t->aperture > 0 ? circle / t->in_focus - 1 : 0; /* 0..1: half sharp */
    return 1 - ct_clampf(excess, 0, 1);
}

/* What the middle of the lens sees in a place of the picture, without any light that falls on it.
 */
struct ct_glance {
    ct_v3 normal;      /* textured, where it is sharp */
    ct_v3 form;        /* the normal without a texture */
    ct_v3 albedo;      /* 0 for glass */
    ct_v3 light;       /* its own: emission, or all of a lamp or the sky */
    float depth;       /* logarithm of cm */
    float sharpness;   /* ct_tracer_sharpness() */
    int32_t instance;  /* -1: a lamp or the sky */
    bool glass, ground; /* ground: catches shadows in a transparent picture */
};

#define ct_glance_at CT_ISA_NAME(ct_glance_at)
/* Hot. at: in pixels of the tracer's grid. */
void ct_glance_at(struct ct_glance *glance, const struct ct_tracer *tracer, ct_v2 at);

#endif
