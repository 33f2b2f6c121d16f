/* The shape of a box in a diagram, by the words of its label. */
#ifndef CT_SCENE_PAGE_NODE_SHAPE_H
#define CT_SCENE_PAGE_NODE_SHAPE_H

#include "engines/scene/page/template.h"

enum ct_node_shape {
    CT_NODE_BOX,
    CT_NODE_DECISION, /* a diamond: "Is it valid?" */
    CT_NODE_STORE,    /* a cylinder: "User database" */
    CT_NODE_TERMINAL, /* a pill: "Start", "End" */
    CT_NODE_DOCUMENT, /* a sheet with a curled foot: "Invoice PDF" */
};

enum ct_node_shape ct_node_shape_of(struct ct_slice label);
/* The sign that stands before the label ("user", "cloud"), a noun of glyphs.def; NULL: none. */
const char *ct_node_sign_of(struct ct_slice label);
/* The shape around `at`, in the style of ct_template_card(). */
void ct_node_draw(struct ct_template *t, enum ct_node_shape shape, struct ct_rect at, double radius,
                  struct ct_tint fill, struct ct_tint stroke, double stroke_px);
/* Where a line that ends at `p` on the side of the rectangle meets the shape: moved inwards along
 * the line's own direction. `inner` is the line's next point. */
struct ct_xy ct_node_meet(enum ct_node_shape shape, struct ct_rect at, struct ct_xy p,
                          struct ct_xy inner);
/* How deep the lid of a store of that height is. */
double ct_node_lid(double h);

#endif
