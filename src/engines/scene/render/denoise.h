/* Joint non-local means and a wavelet: the film's sums -> a clean linear picture.
 *
 * Works in tiles of CT_DENOISE_TILE pixels with a halo, each on its own scratch memory (about
 * 12 MB), so peak memory does not grow with the picture. */
#ifndef CT_SCENE_DENOISE_H
#define CT_SCENE_DENOISE_H

#include "engines/scene/render/film.h"
#include "engines/scene/render/isa.h"
#include "engines/scene/render/texel.h"

#include <stdatomic.h>

#define CT_DENOISE_TILE 256

/* Scratch memory between tiles, at most one block a thread: new memory is dear, since the kernel
 * clears it. Zeroed at first; whoever owns it frees what is left. */
#define CT_DENOISE_SHELF 64
struct ct_denoise_shelf {
    _Atomic(float *) blocks[CT_DENOISE_SHELF];
};

struct ct_denoise_params {
    int radius;      /* of the search, at most 5 */
    int levels;      /* of the wavelet after it, at most 3 */
    float spread;    /* how far pixels of the wavelet may differ, in standard deviations */
    float strength;  /* 1 = as tuned; 0 leaves the picture as traced */
    struct ct_denoise_shelf *shelf; /* NULL: memory is got for each tile */
    struct ct_texel *texels; /* one a pixel, to be written instead of `out`; NULL: none */
};

enum ct_denoise_result { CT_DENOISE_DONE, CT_DENOISE_NO_MEMORY, CT_DENOISE_CANCELLED };

CT_INLINE int ct_denoise_tiles(const struct ct_film *f)
{
    return ((f->width + CT_DENOISE_TILE - 1) / CT_DENOISE_TILE) *
           ((f->height + CT_DENOISE_TILE - 1) / CT_DENOISE_TILE);
}

#define ct_denoise_tile CT_ISA_NAME(ct_denoise_tile)
/* Hot: writes the tile's pixels of out (3 floats a pixel, the film's size), or else of
 * params->texels. Tiles are independent of each other. */
enum ct_denoise_result ct_denoise_tile(float *out, const struct ct_film *film,
                                       const struct ct_denoise_params *params, int tile,
                                       const atomic_int *cancel);

#endif
