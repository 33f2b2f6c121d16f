/* What the looks share: a picture as planes of floats, and filters over whole planes.
 *
 * Lengths are given in units of 1/1024 of the picture's shorter side (canvas->unit pixels), so a
 * look is the same at every size. Everything is a plain loop in a fixed order: the same picture
 * gives the same bytes. One canvas belongs to one thread, which may share
 * its rows over a pool. */
#ifndef CT_SCENE_STYLE_FILTER_H
#define CT_SCENE_STYLE_FILTER_H

#include "base/pool.h"
#include "engines/scene/math/vec.h"
#include "image/image.h"

struct ct_canvas {
    int width, height;
    size_t n;       /* width * height */
    float *planes;  /* one block, which the others point into; they may change places */
    float *rgb[3];  /* sRGB code values, 0..1 */
    float *work[6]; /* scratch of the filters; lines come in work[4] */
    float unit;     /* pixels */
    struct ct_pool *pool; /* shares the rows; NULL: the caller does all */
};

/* CT_E_MEMORY. Release it in either case. */
CT_MUSTCHECK ct_code ct_canvas_open(struct ct_canvas *canvas, const struct ct_image *image,
                                    struct ct_pool *pool, struct ct_err *err);
/* Writes the planes back, clamped and rounded; alpha stays. */
void ct_canvas_store(struct ct_canvas *canvas, struct ct_image *image);
void ct_canvas_release(struct ct_canvas *canvas);

typedef void (*ct_canvas_row_fn)(struct ct_canvas *canvas, int y, const void *ctx);
/* Calls row(canvas, y, ctx) for every row, in any order, on the canvas's pool. */
void ct_canvas_each_row(struct ct_canvas *canvas, ct_canvas_row_fn row, const void *ctx);

/* Whole pixels for a length in units, at least `least`. */
int ct_canvas_px(const struct ct_canvas *canvas, float units, int least);
float ct_canvas_luma(const struct ct_canvas *canvas, size_t at);
/* Mean over a square of half side `radius`, edges held; out may not be in. Uses work[5]. */
void ct_canvas_mean(const struct ct_canvas *canvas, float *out, const float *in, int radius);
/* Flattens texture and keeps edges (Kuwahara's filter, quadrants weighted by how even they are).
 * Uses all of work. */
void ct_canvas_flatten(struct ct_canvas *canvas, float units);
/* Into work[4]: 0..1, how much a pixel is darker in some channel than its surroundings are: lines
 * along edges. Uses work[0..2] and [5]. */
void ct_canvas_lines(struct ct_canvas *canvas, float units, float from, float to);
/* Grain in [-1, 1] of a pixel; `size_px` >= 1 is how coarse. */
float ct_canvas_grain(int x, int y, float size_px, float seed);
/* The same of up to CT_CANVAS_RUN pixels of a row, to the same bits and in half the time. */
#define CT_CANVAS_RUN 64
void ct_canvas_grains(float *out, int x, int y, int n, float size_px, float seed);
/* How many pixels of the row there are from x on, at most a run. */
int ct_canvas_run(const struct ct_canvas *canvas, int x);
void ct_canvas_put(struct ct_canvas *canvas, size_t at, ct_v3 color);
ct_v3 ct_canvas_get(const struct ct_canvas *canvas, size_t at);

#endif
