/* What a page is made of: one list of items in pixels, each in one of four layers.
 *
 * Templates fill the list, draw.c draws it, svg.c writes it as SVG, ct_page_print() prints it.
 * Everything lives in the arena of the page. An adder never fails visibly: when the arena is full
 * it hands out a spare item that is not in the list, and ct_page_compose() reports CT_E_MEMORY at
 * the end. One thread at a time. */
#ifndef CT_SCENE_PAGE_ITEMS_H
#define CT_SCENE_PAGE_ITEMS_H

#include "base/arena.h"
#include "engines/scene/page/page.h"
#include "engines/scene/page/text.h"

enum ct_page_layer {
    CT_LAYER_GROUND, /* paper and its light */
    CT_LAYER_SHAPES, /* art, boxes */
    CT_LAYER_LINES,  /* connectors, rules, arrow heads */
    CT_LAYER_TEXT,
    CT_LAYER_COUNT
};

/* sRGB and straight alpha, 0..1 */
struct ct_tint {
    float r, g, b, a;
};

enum ct_paint_kind {
    CT_PAINT_NONE,
    CT_PAINT_FLAT,   /* stop[0] */
    CT_PAINT_LINEAR, /* from (x0,y0) to (x1,y1) */
    CT_PAINT_RADIAL, /* centre (x0,y0), radius x1 */
};

#define CT_PAINT_STOPS 4
struct ct_paint {
    enum ct_paint_kind kind;
    int n_stops; /* of a gradient, 2..CT_PAINT_STOPS, evenly spaced */
    struct ct_tint stop[CT_PAINT_STOPS];
    double x0, y0, x1, y1;
};

enum ct_item_kind {
    CT_ITEM_BOX,    /* rectangle with rounded corners */
    CT_ITEM_PATH,   /* steps */
    CT_ITEM_GLOW,   /* a soft spot that fills the ellipse inscribed in the box */
    CT_ITEM_SHADOW, /* a box blurred by `radius`: its edge fades over twice that */
    CT_ITEM_TEXT,
    CT_ITEM_PICTURE, /* pixels that the one who draws brings along; none: nothing */
};

enum ct_step_op {
    CT_STEP_MOVE,  /* x0 y0 */
    CT_STEP_LINE,  /* x0 y0 */
    CT_STEP_CURVE, /* x0 y0 x1 y1 x2 y2: two handles, then the end */
    CT_STEP_ARC,   /* centre x0 y0, radius x1, angles x2 to y2 (radians, clockwise on screen) */
    CT_STEP_CLOSE,
};

struct ct_step {
    enum ct_step_op op;
    double x0, y0, x1, y1, x2, y2;
    struct ct_step *next;
};

struct ct_item {
    enum ct_item_kind kind;
    enum ct_page_layer layer;
    double x, y, w, h;     /* pixels; of a text the box it was fitted into; unused by paths */
    double radius;         /* of a box's corners, of a shadow's blur */
    struct ct_paint fill;  /* texts, glows and shadows: flat */
    struct ct_tint stroke; /* a = 0: none */
    double stroke_px;
    double dash_px; /* 0: solid */
    bool round_ends;
    struct ct_step *steps, *last_step;
    struct ct_slice text; /* exact */
    struct ct_text_style style;
    struct ct_text_size size; /* as measured; the ink lies inside the canvas */
    struct ct_item *next;
};

struct ct_page {
    struct ct_arena *arena;
    int width, height;
    uint32_t seed;
    bool transparent;
    bool pictures; /* it may have one */
    bool mono; /* texts in a typewriter face, where the script has one */
    const char *template_id;
    struct ct_slice title; /* what it is called aloud; len 0: by its template */
    struct ct_item *first, *last;
    struct ct_item spare;
    int n_items;
    struct ct_page_score score;
};

struct ct_page *ct_page_new(struct ct_arena *arena, const struct ct_page_params *params);

/* Puts a made item at the end. */
void ct_page_append(struct ct_page *page, struct ct_item *item);

struct ct_paint ct_paint_flat(struct ct_tint tint);
struct ct_paint ct_paint_linear(double x0, double y0, double x1, double y1, struct ct_tint from,
                                struct ct_tint to);
struct ct_paint ct_paint_radial(double x, double y, double radius, struct ct_tint inner,
                                struct ct_tint outer);

struct ct_item *ct_page_box(struct ct_page *page, enum ct_page_layer layer, double x, double y,
                            double w, double h, double radius, struct ct_paint fill);
struct ct_item *ct_page_path(struct ct_page *page, enum ct_page_layer layer, struct ct_paint fill);
void ct_path_move(struct ct_page *page, struct ct_item *path, double x, double y);
void ct_path_line(struct ct_page *page, struct ct_item *path, double x, double y);
void ct_path_curve(struct ct_page *page, struct ct_item *path, const double xy[6]);
void ct_path_arc(struct ct_page *page, struct ct_item *path, double x, double y, double radius,
                 double from, double to);
void ct_path_close(struct ct_page *page, struct ct_item *path);
struct ct_item *ct_page_circle(struct ct_page *page, enum ct_page_layer layer, double x, double y,
                               double radius, struct ct_paint fill);
struct ct_item *ct_page_glow(struct ct_page *page, enum ct_page_layer layer, double x, double y,
                             double radius, struct ct_tint tint);
struct ct_item *ct_page_shadow(struct ct_page *page, double x, double y, double w, double h,
                               double blur, struct ct_tint tint);

struct ct_xy {
    double x, y;
};
/* A line through n >= 2 points with corners rounded by `radius`; a filled head of `head_px` length
 * at either end on wish (the line then stops short of the point). dash_px 0: solid. */
struct ct_line_style {
    struct ct_tint tint;
    double width_px, radius, head_px, dash_px;
    bool head_at_end, head_at_start;
};
void ct_page_line(struct ct_page *page, const struct ct_xy *points, int n,
                  const struct ct_line_style *style);

/* Room for the page's one picture; whole pixels. */
struct ct_item *ct_page_picture(struct ct_page *page, double x, double y, double w, double h);

/* Sets `text` into the box: style.size_px is the largest wanted; shrinks until all of it fits and
 * centres it vertically by `v_align` (0 top, 0.5, 1 bottom). Nothing is ever cut. Empty text adds
 * nothing and returns NULL. */
struct ct_item *ct_page_text(struct ct_page *page, struct ct_type *type, struct ct_slice text,
                             const struct ct_text_style *style, const double box[4], double v_align,
                             struct ct_tint tint);

#endif
