/* What several printed templates set and draw: single lines, ornaments, marks. */
#ifndef CT_SCENE_PAGE_PRINT_PARTS_H
#define CT_SCENE_PAGE_PRINT_PARTS_H

#include "engines/scene/page/brush.h"

/* One text in the box, centred in its height; returns the height used (0: no text). */
struct ct_line {
    enum ct_face face;
    bool italic;
    int weight;
    double px, tracking;
    enum ct_text_align align;
    double v; /* 0 top, 0.5 middle, 1 foot */
    struct ct_tint ink;
};
double ct_print_line(struct ct_template *t, struct ct_slice text, struct ct_rect in,
                     const struct ct_line *line);
/* The rest of the copy, one below the other, in the box; what is set counts as set. */
void ct_print_rest(struct ct_template *t, struct ct_rect in, const struct ct_line *line);
/* A hairline with a lozenge in its middle. */
void ct_print_rule(struct ct_template *t, double cx, double y, double w, struct ct_tint tint);
/* A frame of two hairlines. */
void ct_print_frame(struct ct_template *t, struct ct_rect at, struct ct_tint tint);
/* An abstract mark in the square; `kind` counts through a handful of constructions. */
void ct_print_mark(struct ct_template *t, int kind, double x, double y, double s, struct ct_tint a,
                   struct ct_tint b);
/* Opening quotation marks, as a shape. */
void ct_print_quote_marks(struct ct_template *t, double x, double y, double s, struct ct_tint tint);
/* Bars and gaps as of a bar code; it encodes nothing. */
void ct_print_bars(struct ct_template *t, struct ct_rect in, struct ct_tint tint);
/* The sign of the page in the square, or a mark where it has none. */
void ct_print_emblem(struct ct_template *t, double x, double y, double s, struct ct_tint ink,
                     struct ct_tint ground);

#endif
