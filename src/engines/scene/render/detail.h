/* A large picture's full resolution: light of a coarse picture laid on what each pixel sees. */
#ifndef CT_SCENE_DETAIL_H
#define CT_SCENE_DETAIL_H

#include "engines/scene/render/texel.h"
#include "engines/scene/render/tracer.h"

#define CT_DETAIL_TILE 64

struct ct_detail {
    const struct ct_tracer *tracer; /* of the coarse picture */
    const struct ct_texel *texels;  /* tracer->width * tracer->height */
    const float *coarse_shadow;     /* as many, < 0 where no sample met the ground; NULL: opaque */
    int edge_samples;               /* of a pixel that two surfaces share */
    int width, height;
    float *hdr;       /* 3 floats a pixel */
    uint16_t *covered; /* of CT_DETAIL_COVER; NULL: opaque */
    float *shadow;     /* NULL: opaque */
};

#define CT_DETAIL_COVER 4080 /* a whole pixel: a multiple of 255 */

CT_INLINE int ct_detail_tiles(const struct ct_detail *d)
{
    return ((d->width + CT_DETAIL_TILE - 1) / CT_DETAIL_TILE) *
           ((d->height + CT_DETAIL_TILE - 1) / CT_DETAIL_TILE);
}

#define ct_detail_tile CT_ISA_NAME(ct_detail_tile)
/* Hot: draws the tile's pixels; tiles are independent of each other. false: out of memory. Stops
 * early when cancelled. */
bool ct_detail_tile(const struct ct_detail *detail, int tile);

#endif
