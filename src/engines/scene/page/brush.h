/* What the arts of printed pages draw with: ridges, rays, stars, trees, houses, branches. */
#ifndef CT_SCENE_PAGE_BRUSH_H
#define CT_SCENE_PAGE_BRUSH_H

#include "engines/scene/page/direction.h"

struct ct_item *ct_brush_poly(struct ct_template *t, const struct ct_xy *p, int n,
                              struct ct_tint fill);
void ct_brush_dot(struct ct_template *t, double x, double y, double r, struct ct_tint fill);
void ct_brush_box(struct ct_template *t, double x, double y, double w, double h,
                  struct ct_tint fill);
/* A line that curves through its middle point; round ends. */
void ct_brush_line(struct ct_template *t, struct ct_xy a, struct ct_xy mid, struct ct_xy b,
                   double px, struct ct_tint tint);
/* One rolling layer at height y, as wide as the rectangle, filled to its foot. */
void ct_brush_hill(struct ct_template *t, struct ct_rect in, double y, double swing,
                   struct ct_paint fill);
/* The same with straight edges. */
void ct_brush_ridge(struct ct_template *t, struct ct_rect in, double y, double height,
                    struct ct_tint fill, struct ct_tint lit);
/* n wedges around a centre, every second one, reaching over the page's edge. */
void ct_brush_rays(struct ct_template *t, double cx, double cy, int n, double turn,
                   struct ct_tint fill);
struct ct_item *ct_brush_star(struct ct_template *t, double cx, double cy, double outer,
                              double inner, int n, double turn, struct ct_tint fill);
void ct_brush_pine(struct ct_template *t, double x, double foot, double h, struct ct_tint fill);
/* A branch with leaves on both sides, from (x, y) in direction `angle`, bending by `bend`. */
struct ct_branch {
    double x, y, angle, length, bend;
    double leaf;  /* length of a leaf */
    double slim;  /* its width over its length */
    int leaves;   /* on each side */
    bool berries; /* dots instead of the last leaves */
};
void ct_brush_branch(struct ct_template *t, const struct ct_branch *b, struct ct_tint stem,
                     struct ct_tint leaf);
void ct_brush_flower(struct ct_template *t, double x, double y, double r, int petals, double turn,
                     struct ct_tint petal, struct ct_tint heart);
/* A house: wall, roof, windows lit or dark. */
struct ct_house {
    double x, foot, w, h;
    int roof; /* 0 flat, 1 gable, 2 lean */
    struct ct_tint wall, top, pane;
    int columns, rows; /* of windows */
};
void ct_brush_house(struct ct_template *t, const struct ct_house *house);
/* The art colours of the palette from light to deep. */
void ct_brush_ramp(const struct ct_template *t, struct ct_tint out[CT_PALETTE_ART]);
/* `want`, nearer to the paper until ink reads on it. */
struct ct_tint ct_brush_under(const struct ct_palette *p, struct ct_tint want);
/* The page in the paper's colour, turning to `foot` at the height h; ink reads on all of it. */
void ct_brush_sky(struct ct_template *t, double h, struct ct_tint foot);
/* Room for words in a sky that is free down to y; centred, or at the left of a wide page. */
struct ct_room ct_brush_in_sky(const struct ct_template *t, double y);
/* Is the page so wide that words stand beside the picture? */
bool ct_brush_wide(const struct ct_template *t);

#endif
