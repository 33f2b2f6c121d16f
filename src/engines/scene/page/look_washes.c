/* Watercolour on a page: each filled shape is laid down as washes with wandering edges.
 *
 * Called by look.c on the items of a finished layout. A shape is walked as a polygon of short
 * steps; each wash moves its points along smooth noise of its own, so that the washes overlap
 * almost everywhere and part at the edges, where pigment pools. The sum covers more than 95 % of
 * the ground: what stood readable on the flat colour still does. */
#include "engines/scene/page/look.h"

#include "engines/scene/style/filter.h"

#include <math.h>

#define MOST_POINTS 4096

struct outline {
    struct ct_xy *points;
    int n;
    double step;
};

static void add_point(struct outline *o, double x, double y)
{
    if (o->n > 0) {
        struct ct_xy last = o->points[o->n - 1];
        int pieces = (int)ceil(hypot(x - last.x, y - last.y) / o->step);
        for (int i = 1; i < pieces && o->n < MOST_POINTS; i++)
            o->points[o->n++] = (struct ct_xy){ last.x + (x - last.x) * i / pieces,
                                                last.y + (y - last.y) * i / pieces };
    }
    if (o->n < MOST_POINTS)
        o->points[o->n++] = (struct ct_xy){ x, y };
}

static void add_arc(struct outline *o, double x, double y, double r, double from, double to)
{
    int pieces = (int)fmax(2, ceil(fabs(to - from) * r / o->step));
    for (int i = 0; i <= pieces; i++) {
        double at = from + (to - from) * i / pieces;
        add_point(o, x + r * cos(at), y + r * sin(at));
    }
}

static void walk_box(struct outline *o, const struct ct_item *b)
{
    double r = b->radius, right = b->x + b->w, foot = b->y + b->h;
    add_arc(o, b->x + r, b->y + r, r, M_PI, 1.5 * M_PI);
    add_arc(o, right - r, b->y + r, r, -M_PI / 2, 0);
    add_arc(o, right - r, foot - r, r, 0, M_PI / 2);
    add_arc(o, b->x + r, foot - r, r, M_PI / 2, M_PI);
    add_point(o, b->x, b->y + r);
}

/* Only shapes of one piece; false for others. */
static bool walk_path(struct outline *o, const struct ct_item *path)
{
    bool closed = false;
    for (const struct ct_step *s = path->steps; s; s = s->next) {
        if (closed)
            return false;
        if (s->op == CT_STEP_MOVE && o->n > 0)
            return false;
        if (s->op == CT_STEP_MOVE || s->op == CT_STEP_LINE) {
            add_point(o, s->x0, s->y0);
        } else if (s->op == CT_STEP_ARC) {
            add_arc(o, s->x0, s->y0, s->x1, s->x2, s->y2);
        } else if (s->op == CT_STEP_CURVE && o->n > 0) {
            struct ct_xy a = o->points[o->n - 1];
            for (int i = 1; i <= 12; i++) {
                double t = i / 12.0, u = 1 - t;
                add_point(o,
                          u * u * u * a.x + 3 * u * u * t * s->x0 + 3 * u * t * t * s->x1 +
                              t * t * t * s->x2,
                          u * u * u * a.y + 3 * u * u * t * s->y0 + 3 * u * t * t * s->y1 +
                              t * t * t * s->y2);
            }
        } else if (s->op == CT_STEP_CLOSE) {
            closed = true;
        }
    }
    return o->n > 2;
}

static void wash(struct ct_page *page, struct ct_item *path, const struct outline *o, double reach,
                 float seed)
{
    path->steps = path->last_step = NULL;
    for (int i = 0; i < o->n; i++) {
        int x = (int)o->points[i].x, y = (int)o->points[i].y;
        float size = (float)(reach * 6);
        double dx = reach * (double)ct_canvas_grain(x, y, size, seed);
        double dy = reach * (double)ct_canvas_grain(x, y, size, seed + 4.5f);
        if (i == 0)
            ct_path_move(page, path, o->points[i].x + dx, o->points[i].y + dy);
        else
            ct_path_line(page, path, o->points[i].x + dx, o->points[i].y + dy);
    }
    ct_path_close(page, path);
}

/* Puts `more` right behind `item`, so that it stays under what was over it. */
static struct ct_item *copy_behind(struct ct_page *page, struct ct_item *item)
{
    struct ct_item *copy = ct_arena_alloc(page->arena, sizeof(*copy));
    if (!copy)
        return &page->spare;
    *copy = *item;
    item->next = copy;
    if (page->last == item)
        page->last = copy;
    page->n_items++;
    return copy;
}

void ct_look_washes(struct ct_template *t)
{
    struct ct_page *page = t->page;
    struct outline o = { .points = ct_arena_array(page->arena, MOST_POINTS, sizeof(*o.points)),
                         .step = fmax(3, t->unit * 0.7) };
    float seed = 3.5f;
    for (struct ct_item *item = page->first; item && o.points; item = item->next) {
        bool box = item->kind == CT_ITEM_BOX;
        bool filled = item->fill.kind == CT_PAINT_FLAT && item->fill.stop[0].a > 0.6f;
        if ((!box && item->kind != CT_ITEM_PATH) || item->layer != CT_LAYER_SHAPES || !filled ||
            (box && fmin(item->w, item->h) < t->unit))
            continue;
        o.n = 0;
        if (box)
            walk_box(&o, item);
        else if (!walk_path(&o, item))
            continue;
        double reach = fmin(t->unit * 0.8, box ? fmin(item->w, item->h) * 0.12 : t->unit * 0.5);
        struct ct_tint tint = item->fill.stop[0];
        item->kind = CT_ITEM_PATH;
        item->stroke.a = 0;
        item->fill = ct_paint_flat(ct_tint_alpha(tint, 0.8));
        wash(page, item, &o, reach, seed);
        struct ct_item *last = item;
        for (int i = 1; i < 3; i++) {
            last = copy_behind(page, last);
            last->fill = ct_paint_flat(ct_tint_alpha(tint, 0.5));
            wash(page, last, &o, reach * (1 + 0.5 * i), seed + 9.5f * (float)i);
        }
        last->stroke = ct_tint_alpha(ct_tint_mix(tint, t->palette.ink, 0.3), 0.3);
        last->stroke_px = fmax(1, t->unit * 0.18); /* where the pigment pools */
        seed += 1;
        item = last;
    }
}
