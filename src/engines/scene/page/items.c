/* Filling the list of items: the small vocabulary that templates speak.
 *
 * Called while a page is composed, by one thread. All memory is the page's arena; when that is
 * full the adders hand out page->spare and the page is reported as failed by page.c. */
#include "engines/scene/page/items.h"

#include <math.h>

struct ct_page *ct_page_new(struct ct_arena *arena, const struct ct_page_params *params)
{
    struct ct_page *page = ct_arena_alloc(arena, sizeof(*page));
    if (!page)
        return NULL;
    page->arena = arena;
    page->width = params->width;
    page->height = params->height;
    page->seed = params->seed;
    page->transparent = params->transparent;
    page->pictures = params->pictures;
    return page;
}

struct ct_paint ct_paint_flat(struct ct_tint tint)
{
    return (struct ct_paint){ .kind = CT_PAINT_FLAT, .stop = { tint } };
}

struct ct_paint ct_paint_linear(double x0, double y0, double x1, double y1, struct ct_tint from,
                                struct ct_tint to)
{
    return (struct ct_paint){ .kind = CT_PAINT_LINEAR,
                              .n_stops = 2,
                              .stop = { from, to },
                              .x0 = x0,
                              .y0 = y0,
                              .x1 = x1,
                              .y1 = y1 };
}

struct ct_paint ct_paint_radial(double x, double y, double radius, struct ct_tint inner,
                                struct ct_tint outer)
{
    return (struct ct_paint){ .kind = CT_PAINT_RADIAL,
                              .n_stops = 2,
                              .stop = { inner, outer },
                              .x0 = x,
                              .y0 = y,
                              .x1 = radius };
}

void ct_page_append(struct ct_page *page, struct ct_item *item)
{
    item->next = NULL;
    if (page->last)
        page->last->next = item;
    else
        page->first = item;
    page->last = item;
    page->n_items++;
}

static struct ct_item *add(struct ct_page *page, enum ct_item_kind kind, enum ct_page_layer layer)
{
    struct ct_item *item = ct_arena_alloc(page->arena, sizeof(*item));
    if (!item) {
        page->spare = (struct ct_item){ .kind = kind, .layer = layer };
        return &page->spare;
    }
    item->kind = kind;
    item->layer = layer;
    ct_page_append(page, item);
    return item;
}

struct ct_item *ct_page_box(struct ct_page *page, enum ct_page_layer layer, double x, double y,
                            double w, double h, double radius, struct ct_paint fill)
{
    struct ct_item *item = add(page, CT_ITEM_BOX, layer);
    item->x = x;
    item->y = y;
    item->w = w;
    item->h = h;
    item->radius = fmax(0, fmin(radius, fmin(w, h) / 2));
    item->fill = fill;
    return item;
}

struct ct_item *ct_page_path(struct ct_page *page, enum ct_page_layer layer, struct ct_paint fill)
{
    struct ct_item *item = add(page, CT_ITEM_PATH, layer);
    item->fill = fill;
    return item;
}

static void add_step(struct ct_page *page, struct ct_item *path, struct ct_step step)
{
    struct ct_step *copy = ct_arena_alloc(page->arena, sizeof(*copy));
    if (!copy)
        return;
    *copy = step;
    if (path->last_step)
        path->last_step->next = copy;
    else
        path->steps = copy;
    path->last_step = copy;
}

void ct_path_move(struct ct_page *page, struct ct_item *path, double x, double y)
{
    add_step(page, path, (struct ct_step){ .op = CT_STEP_MOVE, .x0 = x, .y0 = y });
}

void ct_path_line(struct ct_page *page, struct ct_item *path, double x, double y)
{
    add_step(page, path, (struct ct_step){ .op = CT_STEP_LINE, .x0 = x, .y0 = y });
}

void ct_path_curve(struct ct_page *page, struct ct_item *path, const double xy[6])
{
    add_step(page, path,
             (struct ct_step){ CT_STEP_CURVE, xy[0], xy[1], xy[2], xy[3], xy[4], xy[5], NULL });
}

void ct_path_arc(struct ct_page *page, struct ct_item *path, double x, double y, double radius,
                 double from, double to)
{
    add_step(page, path, (struct ct_step){ CT_STEP_ARC, x, y, radius, 0, from, to, NULL });
}

void ct_path_close(struct ct_page *page, struct ct_item *path)
{
    add_step(page, path, (struct ct_step){ .op = CT_STEP_CLOSE });
}

struct ct_item *ct_page_circle(struct ct_page *page, enum ct_page_layer layer, double x, double y,
                               double radius, struct ct_paint fill)
{
    return ct_page_box(page, layer, x - radius, y - radius, 2 * radius, 2 * radius, radius, fill);
}

struct ct_item *ct_page_glow(struct ct_page *page, enum ct_page_layer layer, double x, double y,
                             double radius, struct ct_tint tint)
{
    struct ct_item *item = add(page, CT_ITEM_GLOW, layer);
    item->x = x - radius;
    item->y = y - radius;
    item->w = item->h = 2 * radius;
    item->fill = ct_paint_flat(tint);
    return item;
}

struct ct_item *ct_page_shadow(struct ct_page *page, double x, double y, double w, double h,
                               double blur, struct ct_tint tint)
{
    struct ct_item *item = add(page, CT_ITEM_SHADOW, CT_LAYER_SHAPES);
    item->x = x;
    item->y = y;
    item->w = w;
    item->h = h;
    item->radius = blur;
    item->fill = ct_paint_flat(tint);
    return item;
}

struct ct_item *ct_page_picture(struct ct_page *page, double x, double y, double w, double h)
{
    struct ct_item *item = add(page, CT_ITEM_PICTURE, CT_LAYER_LINES);
    item->x = floor(x);
    item->y = floor(y);
    item->w = floor(w);
    item->h = floor(h);
    return item;
}

static struct ct_xy towards(struct ct_xy from, struct ct_xy to, double by)
{
    double length = hypot(to.x - from.x, to.y - from.y);
    double t = length > 0 ? by / length : 0;
    return (struct ct_xy){ from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t };
}

/* A slim head with a hollow back, its tip at `tip`, seen from `from`. */
static void arrow_head(struct ct_page *page, struct ct_xy from, struct ct_xy tip,
                       const struct ct_line_style *style)
{
    double length = hypot(tip.x - from.x, tip.y - from.y);
    if (length <= 0)
        return;
    double ux = (tip.x - from.x) / length, uy = (tip.y - from.y) / length;
    double s = style->head_px, half = s * 0.46;
    double bx = tip.x - ux * s, by = tip.y - uy * s;
    double hx = tip.x - ux * s * 0.80, hy = tip.y - uy * s * 0.80;
    struct ct_item *head = ct_page_path(page, CT_LAYER_LINES, ct_paint_flat(style->tint));
    ct_path_move(page, head, tip.x, tip.y);
    ct_path_line(page, head, bx - uy * half, by + ux * half);
    ct_path_curve(page, head,
                  (double[]){ hx - uy * half * 0.35, hy + ux * half * 0.35, hx + uy * half * 0.35,
                              hy - ux * half * 0.35, bx + uy * half, by - ux * half });
    ct_path_close(page, head);
}

void ct_page_line(struct ct_page *page, const struct ct_xy *points, int n,
                  const struct ct_line_style *style)
{
    if (n < 2)
        return;
    struct ct_xy start = points[0], end = points[n - 1];
    if (style->head_at_start)
        start = towards(points[0], points[1], style->head_px * 0.8);
    if (style->head_at_end)
        end = towards(points[n - 1], points[n - 2], style->head_px * 0.8);
    struct ct_item *path = ct_page_path(page, CT_LAYER_LINES, (struct ct_paint){ 0 });
    path->stroke = style->tint;
    path->stroke_px = style->width_px;
    path->dash_px = style->dash_px;
    ct_path_move(page, path, start.x, start.y);
    for (int i = 1; i + 1 < n; i++) {
        struct ct_xy p = points[i], before = points[i - 1], after = points[i + 1];
        double in = hypot(p.x - before.x, p.y - before.y);
        double out = hypot(p.x - after.x, p.y - after.y);
        double r = fmin(style->radius, fmin(in, out) / 2);
        struct ct_xy a = towards(p, before, r), b = towards(p, after, r);
        struct ct_xy c = towards(p, before, r * 0.45), d = towards(p, after, r * 0.45);
        ct_path_line(page, path, a.x, a.y);
        ct_path_curve(page, path, (double[]){ c.x, c.y, d.x, d.y, b.x, b.y });
    }
    ct_path_line(page, path, end.x, end.y);
    if (style->head_at_start)
        arrow_head(page, points[1], points[0], style);
    if (style->head_at_end)
        arrow_head(page, points[n - 2], points[n - 1], style);
}

/* Where a balanced paragraph, narrower than its box by `spare`, begins. */
static double spare_left(const struct ct_text_style *style, struct ct_slice text, double spare)
{
    if (style->align == CT_ALIGN_CENTER)
        return spare / 2;
    bool right = (style->align == CT_ALIGN_END) != ct_text_is_rtl(text);
    return right ? spare : 0;
}

struct ct_item *ct_page_text(struct ct_page *page, struct ct_type *type, struct ct_slice text,
                             const struct ct_text_style *style, const double box[4], double v_align,
                             struct ct_tint tint)
{
    if (text.len == 0)
        return NULL;
    struct ct_item *item = add(page, CT_ITEM_TEXT, CT_LAYER_TEXT);
    item->text = text;
    item->style = *style;
    item->size = ct_type_fit(type, text, &item->style, box[2], box[3]);
    item->x = box[0] + spare_left(&item->style, text, box[2] - item->style.wrap_px);
    item->w = item->style.wrap_px;
    item->h = item->size.h;
    item->y = box[1] + (box[3] - item->size.h) * v_align;
    item->fill = ct_paint_flat(tint);
    return item;
}
