/* Strokes that a hand drew over a picture: what each encloses or covers, or what it points at. */
#ifndef CT_SCENE_RETOUCH_STROKES_H
#define CT_SCENE_RETOUCH_STROKES_H

#include "engines/scene/retouch/retouch.h"

#define CT_STROKES_MAX 32
#define CT_STROKES_EDGE                                                                            \
    384 /* strokes are read on a grid whose longer edge has at most that many cells */

enum ct_stroke_kind {
    CT_STROKE_LASSO, /* goes around something, or nearly */
    CT_STROKE_PATCH, /* covers it: painted over */
    CT_STROKE_CROSS, /* crosses it out, or through */
    CT_STROKE_LINE,  /* lies across something or under it */
    CT_STROKE_ARROW, /* points at it */
};

struct ct_stroke {
    enum ct_stroke_kind kind;
    struct ct_mask_box box; /* of the stroke, in cells */
    bool level;             /* LINE: goes from side to side, so that it may stand under something */
    float tip_x, tip_y;     /* ARROW: where its head ends, in cells */
    float way_x, way_y;     /* ARROW: whither, of length 1 */
};

struct ct_strokes {
    int width, height; /* of the grid; its cells cover the picture evenly */
    uint8_t *of;       /* width * height: 1 + the stroke that encloses or covers the cell, or 0 */
    struct ct_stroke stroke[CT_STROKES_MAX];
    int n;
};

/* Strokes are what is not transparent in `overlay`, of the picture's size. Release in either case.
 * CT_E_EDIT, naming the parameter "markup", when there are none, too many, or all is covered;
 * CT_E_MEMORY. A tenth of a second at any size. */
CT_MUSTCHECK ct_code ct_strokes_read(struct ct_strokes *out, const struct ct_image *overlay,
                                     struct ct_err *err);
void ct_strokes_release(struct ct_strokes *strokes);

#endif
