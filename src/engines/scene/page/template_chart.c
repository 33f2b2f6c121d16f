/* Charts of one row of values: bars, a line, a pie, a ring, from the numbers of the prompt and no
 * others.
 *
 * Each value stands at its mark, as written, so there is no scale to read off and none is made up.
 * All positions follow from measured texts; a value over a line stands above the highest point of
 * the line under it. Several rows are chart_rows.c's. */
#include "engines/scene/page/chart.h"
#include "engines/scene/page/sample.h"

#include <math.h>

/* The largest value stands out; the others are the same colour, quieter. */
static struct ct_tint bar_tint(const struct ct_chart *c, int i)
{
    const struct ct_palette *p = &c->t->palette;
    struct ct_tint quiet = ct_tint_mix(p->accent, p->card, 0.45);
    return c->list[i].number >= c->high && c->high > 0 ? ct_tint_legible(p->accent, p->card, 2)
                                                       : ct_tint_legible(quiet, p->card, 1.5);
}

/* A bar from the zero line to its end, with round corners at the far end only. */
static void bar(struct ct_chart *c, struct ct_rect at, bool across, bool backwards, int i)
{
    struct ct_page *page = c->t->page;
    struct ct_item *b = ct_page_path(page, CT_LAYER_SHAPES, ct_paint_flat(bar_tint(c, i)));
    double r = fmin(c->t->unit * 0.9, fmin(at.w, at.h) / 2), x = at.x, y = at.y;
    double X = at.x + at.w, Y = at.y + at.h;
    double r1 = across == backwards ? r : 0; /* clockwise from the top left */
    double r2 = backwards ? 0 : r;
    double r3 = across != backwards ? r : 0;
    double r4 = backwards ? r : 0;
    ct_path_arc(page, b, x + r1, y + r1, r1, M_PI, M_PI * 1.5);
    ct_path_arc(page, b, X - r2, y + r2, r2, -M_PI / 2, 0);
    ct_path_arc(page, b, X - r3, Y - r3, r3, 0, M_PI / 2);
    ct_path_arc(page, b, x + r4, Y - r4, r4, M_PI / 2, M_PI);
    ct_path_close(page, b);
}

/* Bars beside one another, names under them; returns the y of zero. */
static double columns(struct ct_chart *c)
{
    struct ct_template *t = c->t;
    double u = t->unit, slot = c->room.w / c->n, gap = fmin(slot * 0.36, u * 5);
    gap = fmax(gap, slot - u * 22); /* two bars need not be walls */
    struct ct_text_style label = ct_chart_label(c, CT_ALIGN_CENTER);
    struct ct_text_style value = ct_chart_figure(c, CT_ALIGN_CENTER);
    double above = fmin(u * 5, c->room.h * 0.12);
    double below = u * 1.4 + ct_chart_fit_names(c, &label, slot - u * 0.8, c->room.h * 0.2);
    bool dips = c->low < 0;
    double top = c->room.y + above, foot = c->room.y + c->room.h - below - (dips ? above : 0);
    double px = (foot - top) / (c->high - c->low), zero = foot + c->low * px;
    for (int i = 0; i < c->n; i++) {
        const struct ct_value *v = &c->list[i];
        double x = c->room.x + slot * i, length = fabs(v->number) * px;
        bool down = v->number < 0;
        if (ct_chart_has_number(v)) {
            struct ct_rect at = { x + gap / 2, down ? zero : zero - length, slot - gap,
                                  fmax(length, 1) };
            bar(c, at, false, down, i);
            double y = down ? at.y + at.h + u * 0.6 : at.y - above;
            struct ct_text_style own = value;
            ct_page_text(t->page, t->type, v->text, &own,
                         (double[]){ x + u * 0.2, y, slot - u * 0.4, above - u * 0.8 },
                         down ? 0 : 1, t->palette.on_card);
        }
        struct ct_text_style own = label;
        double y = c->room.y + c->room.h - below + u * 1.4;
        ct_page_text(t->page, t->type, v->label, &own,
                     (double[]){ x + u * 0.4, y, slot - u * 0.8, below - u * 1.4 }, 0,
                     ct_chart_muted(t));
    }
    ct_chart_rule(t, c->room.x, zero, c->room.w, fmax(1, u * 0.18));
    return zero;
}

/* Bars below one another: for long names and many of them. */
static void rows(struct ct_chart *c)
{
    struct ct_template *t = c->t;
    double u = t->unit, slot = c->room.h / c->n, bar_h = fmin(slot * 0.56, u * 6);
    double names = ct_chart_label_width(c, c->room.w * 0.36),
           values = ct_chart_figure_width(c, c->room.w * 0.22);
    bool dips = c->low < 0;
    double x0 = c->room.x + names + u * 2 + (dips ? values + u : 0);
    double px = (c->room.x + c->room.w - values - u * 1.2 - x0) / (c->high - c->low);
    double zero = x0 - c->low * px;
    for (int i = 0; i < c->n; i++) {
        const struct ct_value *v = &c->list[i];
        struct ct_text_style label = ct_chart_label(c, CT_ALIGN_END);
        struct ct_text_style value =
            ct_chart_figure(c, v->number < 0 ? CT_ALIGN_END : CT_ALIGN_START);
        double y = c->room.y + slot * i, length = fmax(1, fabs(v->number) * px);
        label.align = ct_text_is_rtl(v->label) ? CT_ALIGN_START : CT_ALIGN_END;
        ct_page_text(t->page, t->type, v->label, &label,
                     (double[]){ c->room.x, y + slot * 0.04, names, slot * 0.92 }, 0.5,
                     ct_chart_muted(t));
        if (!ct_chart_has_number(v))
            continue;
        bool left = v->number < 0;
        bar(c,
            (struct ct_rect){ left ? zero - length : zero, y + (slot - bar_h) / 2, length, bar_h },
            true, left, i);
        double at = left ? zero - length - u - values : zero + length + u;
        ct_page_text(t->page, t->type, v->text, &value,
                     (double[]){ at, y + slot * 0.04, values, slot * 0.92 }, 0.5,
                     t->palette.on_card);
    }
    ct_chart_rule(t, zero, c->room.y, fmax(1, u * 0.18), c->room.h);
}

static void bar_chart(struct ct_template *t, bool stacked)
{
    struct ct_chart c = ct_chart_begin(t, 8);
    if (c.n == 0)
        return;
    if (c.n_rows) {
        ct_chart_bars(&c, stacked);
        return;
    }
    double slot = c.room.w / c.n;
    bool tight = slot < ct_chart_label_width(&c, c.room.w) * 0.62 ||
                 slot < ct_chart_figure_width(&c, c.room.w);
    bool long_names = c.n > 1 && tight;
    bool lying = long_names && c.room.h / c.n > t->unit * 2.2;
    ct_chart_set_axes(&c, lying);
    if (lying)
        rows(&c);
    else
        columns(&c);
}

void ct_template_bar_chart(struct ct_template *t)
{
    bar_chart(t, false);
}

void ct_template_grouped_bar_chart(struct ct_template *t)
{
    bar_chart(t, false);
}

void ct_template_stacked_bar_chart(struct ct_template *t)
{
    bar_chart(t, true);
}

/* The highest point (least y) of the line between x0 and x1. */
static double crest(const struct ct_xy *p, int n, double x0, double x1)
{
    double least = INFINITY;
    for (int i = 0; i < n; i++) {
        if (p[i].x >= x0 && p[i].x <= x1)
            least = fmin(least, p[i].y);
        if (i + 1 == n)
            continue;
        for (int side = 0; side < 2; side++) {
            double x = side ? x1 : x0, dx = p[i + 1].x - p[i].x;
            if (x > p[i].x && x < p[i + 1].x && dx > 0)
                least = fmin(least, p[i].y + (p[i + 1].y - p[i].y) * (x - p[i].x) / dx);
        }
    }
    return least;
}

/* The line over its own shade. */
static void curve(struct ct_chart *c, const struct ct_xy *p, int n, double foot, bool filled)
{
    struct ct_template *t = c->t;
    struct ct_page *page = t->page;
    struct ct_tint tint = ct_tint_legible(t->palette.accent, t->palette.card, 2.2);
    double top = foot;
    for (int i = 0; i < n; i++)
        top = fmin(top, p[i].y);
    struct ct_item *shade = ct_page_path(
        page, CT_LAYER_SHAPES,
        ct_paint_linear(0, top, 0, fmax(foot, top + 1), ct_tint_alpha(tint, filled ? 0.65 : 0.16),
                        ct_tint_alpha(tint, filled ? 0.35 : 0.02)));
    ct_path_move(page, shade, p[0].x, foot);
    for (int i = 0; i < n; i++)
        ct_path_line(page, shade, p[i].x, p[i].y);
    ct_path_line(page, shade, p[n - 1].x, foot);
    ct_path_close(page, shade);
    ct_page_line(page, p, n,
                 &(struct ct_line_style){
                     .tint = tint, .width_px = t->unit * 0.55, .radius = t->unit * 0.6 });
    for (int i = 0; i < n; i++) {
        struct ct_item *dot = ct_page_circle(page, CT_LAYER_LINES, p[i].x, p[i].y, t->unit * 0.95,
                                             ct_paint_flat(t->palette.card));
        dot->stroke = tint;
        dot->stroke_px = t->unit * 0.5;
    }
}

static void line_chart(struct ct_template *t, bool filled)
{
    struct ct_chart c = ct_chart_begin(t, 8);
    if (c.n == 0)
        return;
    if (c.n_rows) {
        bool stacked = filled && c.low >= 0 && ct_sample_mentions(t->intent->prompt, "stacked");
        ct_chart_lines(&c, filled, stacked);
        return;
    }
    ct_chart_set_axes(&c, false);
    struct ct_xy *p = ct_arena_array(t->page->arena, (size_t)c.n, sizeof(*p));
    const struct ct_value **of = ct_arena_array(t->page->arena, (size_t)c.n, sizeof(*of));
    if (!p || !of)
        return;
    double u = t->unit, slot = c.room.w / c.n;
    struct ct_text_style label = ct_chart_label(&c, CT_ALIGN_CENTER);
    double above = fmin(u * 5, c.room.h * 0.12);
    double below = u * 1.4 + ct_chart_fit_names(&c, &label, slot - u * 0.8, c.room.h * 0.2);
    double top = c.room.y + above * 1.5, foot = c.room.y + c.room.h - below;
    double low = c.low;
    for (int i = 0, first = 1; i < c.n; i++) { /* lines need no zero, bars do */
        if (ct_chart_has_number(&c.list[i]) && (first || c.list[i].number < low))
            low = c.list[i].number;
        first = first && !ct_chart_has_number(&c.list[i]);
    }
    low =
        low > 0 && low > c.high * 0.6 && low < c.high ? low - (c.high - low) * 0.35 : fmin(low, 0);
    int n = 0;
    for (int i = 0; i < c.n; i++) {
        const struct ct_value *v = &c.list[i];
        struct ct_text_style own = label;
        ct_page_text(t->page, t->type, v->label, &own,
                     (double[]){ c.room.x + slot * i + u * 0.4, foot + u * 1.4, slot - u * 0.8,
                                 below - u * 1.4 },
                     0, ct_chart_muted(t));
        if (!ct_chart_has_number(v))
            continue;
        of[n] = v;
        p[n++] = (struct ct_xy){ c.room.x + slot * (i + 0.5),
                                 foot - u * 1.2 -
                                     (v->number - low) / (c.high - low) * (foot - u * 1.2 - top) };
    }
    curve(&c, p, n, foot, filled);
    ct_chart_rule(t, c.room.x, foot, c.room.w, fmax(1, u * 0.18));
    for (int i = 0; i < n; i++) {
        struct ct_text_style value = ct_chart_figure(&c, CT_ALIGN_CENTER);
        struct ct_text_style tried = value;
        struct ct_text_size size =
            ct_type_fit(t->type, of[i]->text, &tried, slot - u * 0.6, above - u * 0.6);
        double half = size.w / 2 + u * 0.5;
        double y = crest(p, n, p[i].x - half, p[i].x + half) - u * 1.6;
        ct_page_text(t->page, t->type, of[i]->text, &value,
                     (double[]){ p[i].x - slot / 2 + u * 0.3, y - (above - u * 0.6), slot - u * 0.6,
                                 above - u * 0.6 },
                     1, t->palette.on_card);
    }
}

void ct_template_line_chart(struct ct_template *t)
{
    line_chart(t, false);
}

void ct_template_area_chart(struct ct_template *t)
{
    line_chart(t, true);
}

static void slice_of(struct ct_chart *c, double x, double y, double r, double hole, double from,
                     double to, int i)
{
    struct ct_page *page = c->t->page;
    struct ct_item *s =
        ct_page_path(page, CT_LAYER_SHAPES, ct_paint_flat(ct_template_series(c->t, i)));
    if (to - from < 2 * M_PI - 1e-6 || hole > 0) {
        ct_path_arc(page, s, x, y, r, from, to);
        if (hole > 0)
            ct_path_arc(page, s, x, y, hole, to, from);
        else
            ct_path_line(page, s, x, y);
    } else {
        ct_path_arc(page, s, x, y, r, from, to);
    }
    ct_path_close(page, s);
    s->stroke = c->t->palette.card;
    s->stroke_px = fmax(1, c->t->unit * 0.5);
}

/* Swatch, name, value: a row for each. */
static void legend(struct ct_chart *c, struct ct_rect in)
{
    struct ct_template *t = c->t;
    double u = t->unit, slot = fmin(in.h / fmax(1, c->n), u * 8), dot = fmin(u * 1.2, slot * 0.28);
    double y0 = in.y + (in.h - slot * c->n) / 2;
    double values = ct_chart_figure_width(c, in.w * 0.4), names = in.w - values - dot * 2 - u * 3;
    struct ct_text_style label = ct_chart_label(c, CT_ALIGN_START);
    label.size_px = t->unit * 3.2;
    label.size_px = ct_template_even_px(t, c->list, c->n, &label, names, slot * 0.8);
    for (int i = 0; i < c->n; i++) {
        const struct ct_value *v = &c->list[i];
        double y = y0 + slot * i;
        ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + dot, y + slot / 2, dot,
                       ct_paint_flat(ct_template_series(t, i)));
        struct ct_text_style own = label, value = ct_chart_figure(c, CT_ALIGN_END);
        own.align = ct_text_is_rtl(v->label) ? CT_ALIGN_END : CT_ALIGN_START;
        value.align = ct_text_is_rtl(v->text) ? CT_ALIGN_START : CT_ALIGN_END;
        ct_page_text(t->page, t->type, v->label, &own,
                     (double[]){ in.x + dot * 2 + u * 1.5, y + slot * 0.1, names, slot * 0.8 }, 0.5,
                     t->palette.on_card);
        ct_page_text(t->page, t->type, v->text, &value,
                     (double[]){ in.x + in.w - values, y + slot * 0.1, values, slot * 0.8 }, 0.5,
                     t->palette.on_card);
        if (i > 0)
            ct_page_box(t->page, CT_LAYER_LINES, in.x, y, in.w, fmax(1, u * 0.1), 0,
                        ct_paint_flat(ct_tint_mix(t->palette.on_card, t->palette.card, 0.88)));
    }
}

/* A pie, or a ring with a hole of that share of the radius, beside or above its legend. */
static void round_chart(struct ct_template *t, double hole)
{
    struct ct_chart c = ct_chart_begin(t, 4);
    bool named = c.n > 0 && c.list[0].label.len > 0;
    bool wide = c.room.w > c.room.h * 1.1;
    double u = t->unit, total = 0;
    double d = wide ? fmin(c.room.h, c.room.w * (named ? 0.5 : 1))
                    : fmin(c.room.w, c.room.h * (named ? 0.55 : 1));
    struct ct_rect list = { c.room.x, c.room.y + d + u * 4, c.room.w,
                            fmax(1, c.room.h - d - u * 4) };
    double x = c.room.x + c.room.w / 2, y = c.room.y + d / 2;
    if (wide) {
        double gap = fmin(u * 7, c.room.w * 0.08);
        double w = fmin(c.room.w - d - gap, u * 62), left = (c.room.w - d - gap - w) / 2;
        x = c.room.x + (named ? left + d / 2 : c.room.w / 2);
        y = c.room.y + c.room.h / 2;
        list = (struct ct_rect){ c.room.x + left + d + gap, c.room.y, fmax(1, w), c.room.h };
    }
    for (int i = 0; i < c.n; i++)
        total += ct_chart_has_number(&c.list[i]) ? fmax(0, c.list[i].number) : 0;
    double at = -M_PI / 2;
    for (int i = 0; i < c.n && total > 0; i++) {
        double turn =
            ct_chart_has_number(&c.list[i]) ? fmax(0, c.list[i].number) / total * 2 * M_PI : 0;
        if (turn > 0)
            slice_of(&c, x, y, d / 2, hole * d / 2, at, at + turn, i);
        at += turn;
    }
    if (total <= 0) { /* the empty frame */
        struct ct_item *ring =
            ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, d / 2 - u, (struct ct_paint){ 0 });
        ring->stroke = ct_tint_mix(t->palette.on_card, t->palette.card, 0.62);
        ring->stroke_px = fmax(1, u * 0.18);
    }
    if (named)
        legend(&c, list);
}

void ct_template_pie_chart(struct ct_template *t)
{
    round_chart(t, 0);
}

void ct_template_donut_chart(struct ct_template *t)
{
    round_chart(t, 0.62);
}
