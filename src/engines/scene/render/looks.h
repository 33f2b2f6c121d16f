/* Within render/: a tile of a drawn picture, looked at on a grid finer than pixels, and what is
 * made of the looks. */
#ifndef CT_SCENE_LOOKS_H
#define CT_SCENE_LOOKS_H

#include "engines/scene/render/kernels.h"

/* What all tiles share. */
struct ct_looks {
    const struct ct_render_kernels *kernels;
    struct ct_tracer tracer; /* its grid is that of the looks, its lens is closed */
    int per_pixel;           /* looks along each side of a pixel */
    float unit;              /* looks in 1/1024 of the picture's shorter side */
    ct_v3 to_key;            /* unit: where the light that counts comes from, */
    ct_v3 key, fill;         /* what it makes of white, and what its absence does */
};

/* A square of looks with a margin around the tile proper. */
struct ct_look_tile {
    const struct ct_looks *looks;
    struct ct_glance *glances; /* side * side */
    int side;
    int x0, y0; /* the first look, in the grid */
};

/* outline.c: the margin that lines need, in looks; and the lines: 0 to 1 for each look of the tile,
 * from `ink` zeroed. */
int ct_outline_margin(const struct ct_looks *looks);
void ct_outline_find(float *ink, const struct ct_look_tile *tile);

/* cel.c: chooses the light; and the colour of a look, in sRGB's code values from 0 to 1. */
void ct_cel_prepare(struct ct_looks *looks);
ct_v3 ct_cel_color(const struct ct_look_tile *tile, int look);

#endif
