/* See print_parts.h. */
#include "engines/scene/page/print_parts.h"

#include "base/hash.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

double ct_print_line(struct ct_template *t, struct ct_slice text, struct ct_rect in,
                     const struct ct_line *line)
{
    static const double leading[] = { 1, 0.94, 0.86, 0.95, 1 };
    struct ct_text_style style = { .face = line->face,
                                   .italic = line->italic,
                                   .weight = line->weight,
                                   .size_px = line->px,
                                   .tracking_em = line->tracking,
                                   .leading = leading[line->face],
                                   .align = line->align,
                                   .whole_words = true,
                                   .balance = true };
    struct ct_item *item =
        ct_page_text(t->page, t->type, text, &style,
                     (double[]){ in.x, in.y, fmax(1, in.w), fmax(1, in.h) }, line->v, line->ink);
    return item ? item->h : 0;
}

void ct_print_rest(struct ct_template *t, struct ct_rect in, const struct ct_line *line)
{
    int n = t->copy.n_rest;
    double each = n ? in.h / n : 0;
    double step = fmin(each, line->px * 1.75), top = in.y + (in.h - step * n) * line->v;
    for (int i = 0; i < n; i++) {
        struct ct_line own = *line;
        own.v = 0.5;
        ct_print_line(t, t->copy.rest[i], (struct ct_rect){ in.x, top + step * i, in.w, step },
                      &own);
    }
    t->copy.n_rest = 0;
}

void ct_print_rule(struct ct_template *t, double cx, double y, double w, struct ct_tint tint)
{
    double s = t->unit * 0.8, px = fmax(1, t->unit * 0.16);
    ct_page_box(t->page, CT_LAYER_LINES, cx - w / 2, y - px / 2, w / 2 - s * 2, px, 0,
                ct_paint_flat(tint));
    ct_page_box(t->page, CT_LAYER_LINES, cx + s * 2, y - px / 2, w / 2 - s * 2, px, 0,
                ct_paint_flat(tint));
    ct_brush_poly(t, (struct ct_xy[]){ { cx, y - s }, { cx + s, y }, { cx, y + s }, { cx - s, y } },
                  4, tint);
}

void ct_print_frame(struct ct_template *t, struct ct_rect at, struct ct_tint tint)
{
    for (int i = 0; i < 2; i++) {
        double in = i * t->unit * 1.3;
        struct ct_item *box = ct_page_box(t->page, CT_LAYER_GROUND, at.x + in, at.y + in,
                                          at.w - 2 * in, at.h - 2 * in, 0, (struct ct_paint){ 0 });
        box->stroke = tint;
        box->stroke_px = fmax(1, t->unit * (i ? 0.14 : 0.38));
    }
}

static void petal(struct ct_template *t, double x, double y, double r, double a,
                  struct ct_tint fill)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(fill));
    double ux = cos(a) * r, uy = sin(a) * r;
    ct_path_move(t->page, p, x, y);
    ct_path_curve(t->page, p,
                  (double[]){ x + ux * 0.2 - uy * 0.5, y + uy * 0.2 + ux * 0.5,
                              x + ux * 0.8 - uy * 0.5, y + uy * 0.8 + ux * 0.5, x + ux, y + uy });
    ct_path_curve(t->page, p,
                  (double[]){ x + ux * 0.8 + uy * 0.5, y + uy * 0.8 - ux * 0.5,
                              x + ux * 0.2 + uy * 0.5, y + uy * 0.2 - ux * 0.5, x, y });
    ct_path_close(t->page, p);
}

static void arcs_mark(struct ct_template *t, double x, double y, double s, struct ct_tint a,
                      struct ct_tint b)
{
    for (int i = 0; i < 3; i++) {
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
        ct_path_arc(t->page, p, x + s * 0.16, y + s * 0.84, s * (0.2 + 0.24 * i), -M_PI / 2, 0);
        p->stroke = i == 1 ? b : a;
        p->stroke_px = s * 0.13;
    }
    ct_brush_dot(t, x + s * 0.16, y + s * 0.84, s * 0.1, b);
}

static void hexagon_mark(struct ct_template *t, double x, double y, double s, struct ct_tint a,
                         struct ct_tint b)
{
    double cx = x + s / 2, cy = y + s / 2, r = s * 0.5;
    for (int i = 0; i < 6; i++) {
        double u = -M_PI / 2 + i * M_PI / 3, v = u + M_PI / 3;
        struct ct_tint tint = i % 2 ? ct_tint_mix(a, b, 0.5) : i < 3 ? a : b;
        ct_brush_poly(t,
                      (struct ct_xy[]){ { cx + r * 0.34 * cos(u), cy + r * 0.34 * sin(u) },
                                        { cx + r * cos(u), cy + r * sin(u) },
                                        { cx + r * cos(v), cy + r * sin(v) },
                                        { cx + r * 0.34 * cos(v), cy + r * 0.34 * sin(v) } },
                      4, tint);
    }
}

static void peaks_mark(struct ct_template *t, double x, double y, double s, struct ct_tint a,
                       struct ct_tint b)
{
    ct_brush_dot(t, x + s * 0.7, y + s * 0.26, s * 0.15, b);
    ct_brush_poly(t,
                  (struct ct_xy[]){ { x, y + s * 0.88 },
                                    { x + s * 0.38, y + s * 0.16 },
                                    { x + s * 0.76, y + s * 0.88 } },
                  3, a);
    ct_brush_poly(t,
                  (struct ct_xy[]){ { x + s * 0.44, y + s * 0.88 },
                                    { x + s * 0.72, y + s * 0.44 },
                                    { x + s, y + s * 0.88 } },
                  3, b);
}

void ct_print_mark(struct ct_template *t, int kind, double x, double y, double s, struct ct_tint a,
                   struct ct_tint b)
{
    double cx = x + s / 2, cy = y + s / 2;
    switch (kind % 6) {
    case 0:
        for (int i = 0; i < 6; i++)
            petal(t, cx, cy, s * 0.5, i * M_PI / 3, i % 2 ? b : a);
        break;
    case 1:
        arcs_mark(t, x, y, s, a, b);
        break;
    case 2: {
        struct ct_tint both = ct_tint_mix(a, b, 0.5);
        ct_brush_dot(t, cx - s * 0.17, cy, s * 0.32, a);
        ct_brush_dot(t, cx + s * 0.17, cy, s * 0.32, b);
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(both));
        double half = acos(0.17 / 0.32);
        ct_path_arc(t->page, p, cx - s * 0.17, cy, s * 0.32, -half, half);
        ct_path_arc(t->page, p, cx + s * 0.17, cy, s * 0.32, M_PI - half, M_PI + half);
        ct_path_close(t->page, p);
        break;
    }
    case 3:
        hexagon_mark(t, x, y, s, a, b);
        break;
    case 4:
        for (int i = 0; i < 4; i++) /* bars that rise, the last one in the other colour */
            ct_page_box(t->page, CT_LAYER_SHAPES, x + s * (0.06 + 0.24 * i),
                        y + s * (0.72 - 0.2 * i), s * 0.16, s * (0.2 + 0.2 * i), s * 0.08,
                        ct_paint_flat(i == 3 ? b : a));
        break;
    default:
        peaks_mark(t, x, y, s, a, b);
        break;
    }
}

void ct_print_quote_marks(struct ct_template *t, double x, double y, double s, struct ct_tint tint)
{
    for (int i = 0; i < 2; i++) {
        double o = x + i * s * 0.62;
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(tint));
        ct_path_move(t->page, p, o + s * 0.44, y);
        ct_path_curve(t->page, p,
                      (double[]){ o + s * 0.1, y + s * 0.12, o, y + s * 0.36, o, y + s * 0.62 });
        ct_path_arc(t->page, p, o + s * 0.23, y + s * 0.62, s * 0.23, M_PI, -M_PI * 0.6);
        ct_path_curve(t->page, p,
                      (double[]){ o + s * 0.16, y + s * 0.26, o + s * 0.3, y + s * 0.14,
                                  o + s * 0.5, y + s * 0.09 });
        ct_path_close(t->page, p);
    }
}

void ct_print_bars(struct ct_template *t, struct ct_rect in, struct ct_tint tint)
{
    int n = 34;
    double step = in.w / (n * 1.5);
    for (double x = in.x; x < in.x + in.w - step;) {
        double w = step * (1 + ct_dice_below(&t->dice, 3)) * 0.6;
        ct_brush_box(t, x, in.y, fmin(w, in.x + in.w - x), in.h, tint);
        x += w + step * (1 + ct_dice_below(&t->dice, 2)) * 0.55;
    }
}

void ct_print_emblem(struct ct_template *t, double x, double y, double s, struct ct_tint ink,
                     struct ct_tint ground)
{
    struct ct_slice first = t->intent->first_title, title = first.ptr ? first : t->copy.title;
    if (t->emblem)
        ct_glyph_draw(t->page, t->emblem, x, y, s, ink, ground);
    else
        ct_print_mark(t, (int)(ct_hash64(title.ptr, title.len, 3) % 6), x, y, s, ink,
                      ct_tint_mix(ink, ground, 0.42));
}
