/* Things that are known from inside: what a cross-section of them looks like, and its parts. */
#ifndef CT_SCENE_PAGE_SECTION_SHAPE_H
#define CT_SCENE_PAGE_SECTION_SHAPE_H

#include "engines/scene/page/template.h"

struct ct_section_part {
    const char *words; /* of its label, parted by '|'; the first is its usual name */
    double x, y;       /* a point on it, in the shape's own square */
};

struct ct_section_shape {
    const char *words; /* of the thing */
    double aspect;     /* width over height */
    const struct ct_section_part *parts;
    int n_parts;
    void (*draw)(struct ct_template *t, struct ct_rect in);
};

/* The shape that the prompt names; NULL: none is known. Lives forever. (section_shape.c) */
const struct ct_section_shape *ct_section_find(const struct ct_intent *intent);
/* The part that a label names; -1: none. */
int ct_section_part_of(const struct ct_section_shape *shape, struct ct_slice label);

void ct_section_volcano(struct ct_template *t, struct ct_rect in);
void ct_section_tooth(struct ct_template *t, struct ct_rect in);
void ct_section_skin(struct ct_template *t, struct ct_rect in);
void ct_section_leaf(struct ct_template *t, struct ct_rect in);
void ct_section_trunk(struct ct_template *t, struct ct_rect in);
void ct_section_onion(struct ct_template *t, struct ct_rect in);
void ct_section_cell(struct ct_template *t, struct ct_rect in);
void ct_section_plant_cell(struct ct_template *t, struct ct_rect in);
void ct_section_earth(struct ct_template *t, struct ct_rect in);

/* ---- section_pen.c: drawing in the square [0, 1] x [0, 1] of `in` */
struct ct_pen {
    struct ct_template *t;
    struct ct_rect in;
};
/* A closed shape through n points, straight (round 0) or as a smooth curve (1). */
struct ct_item *ct_pen_shape(const struct ct_pen *pen, const double *xy, int n, bool round,
                             uint32_t rgb);
/* The same left and right of the middle x = 0.5: points go from the top down, the left follows. */
struct ct_item *ct_pen_twin(const struct ct_pen *pen, const double *xy, int n, bool round,
                            uint32_t rgb);
/* An ellipse of half axes rx (of the width) and ry (of the height). */
struct ct_item *ct_pen_oval(const struct ct_pen *pen, double x, double y, double rx, double ry,
                            uint32_t rgb);
/* A smooth line. */
void ct_pen_line(const struct ct_pen *pen, const double *xy, int n, double width, uint32_t rgb);
void ct_pen_box(const struct ct_pen *pen, double x, double y, double w, double h, uint32_t rgb);

#endif
