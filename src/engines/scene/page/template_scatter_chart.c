/* Scatter charts: points of two numbers between two scales.
 *
 * A point's name stands beside it where there is room; when one finds none, all names move into a
 * list, each with the colour of its point. */
#include "engines/scene/page/chart.h"

#include <math.h>

struct scatter {
    struct ct_chart c;
    struct ct_rect plot;
    struct ct_chart_scale x, y;
};

static struct ct_xy place(const struct scatter *s, const struct ct_value *v)
{
    return (struct ct_xy){ s->plot.x + s->plot.w * ct_chart_part(&s->x, v->x),
                           s->plot.y + s->plot.h * (1 - ct_chart_part(&s->y, v->number)) };
}

static void bounds(const struct ct_chart *c, bool x, double *low, double *high)
{
    bool first = true;
    for (int i = 0; i < c->n; i++) {
        double number = x ? c->list[i].x : c->list[i].number;
        *low = first ? number : fmin(*low, number);
        *high = first ? number : fmax(*high, number);
        first = false;
    }
    double spread = *high - *low;
    if (*low > 0 && *low < spread) /* zero is near */
        *low = 0;
    else if (spread <= 0)
        *high = *low + 1;
    else
        *low -= spread * 0.06; /* no point on the frame */
    *high += spread > 0 ? spread * 0.04 : 0;
}

/* Figures under the plot, thin lines up through it. */
static void set_across(struct scatter *s)
{
    struct ct_template *t = s->c.t;
    double u = t->unit, slot = s->plot.w / fmax(1, s->x.n - 1) * 0.92;
    for (int i = 0; i < s->x.n; i++) {
        double x = s->plot.x + s->plot.w * ct_chart_part(&s->x, s->x.low + s->x.step * i);
        struct ct_text_style style = ct_chart_label(&s->c, CT_ALIGN_CENTER);
        style.size_px = u * 2.4;
        ct_chart_grid(t, x, s->plot.y, fmax(1, u * 0.1), s->plot.h);
        ct_page_text(t->page, t->type, s->x.tick[i].label, &style,
                     (double[]){ x - slot / 2, s->plot.y + s->plot.h + u, slot, u * 3.4 }, 0,
                     ct_chart_muted(t));
    }
}

static bool touches(struct ct_rect a, struct ct_rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static bool is_free(const struct scatter *s, struct ct_rect at, const struct ct_rect *taken, int n)
{
    double r = s->c.t->unit * 1.1;
    if (at.x < s->plot.x || at.y < s->plot.y || at.x + at.w > s->plot.x + s->plot.w ||
        at.y + at.h > s->plot.y + s->plot.h)
        return false;
    for (int i = 0; i < n; i++)
        if (touches(at, taken[i]))
            return false;
    for (int i = 0; i < s->c.n; i++) {
        struct ct_xy p = place(s, &s->c.list[i]);
        if (touches(at, (struct ct_rect){ p.x - r, p.y - r, 2 * r, 2 * r }))
            return false;
    }
    return true;
}

/* A box for each name beside its point; false when one finds no room. */
static bool place_names(struct scatter *s, struct ct_rect *at)
{
    double u = s->c.t->unit, d = u * 1.6;
    struct ct_text_style style = ct_chart_label(&s->c, CT_ALIGN_CENTER);
    for (int i = 0; i < s->c.n; i++) {
        at[i] = (struct ct_rect){ 0 };
        if (s->c.list[i].label.len == 0)
            continue;
        struct ct_text_size size = ct_type_measure(s->c.t->type, s->c.list[i].label, &style);
        struct ct_xy p = place(s, &s->c.list[i]);
        double w = size.w * 1.04 + u * 0.6, h = size.h * 1.05;
        const struct ct_xy tries[] = { { p.x - w / 2, p.y - d - h },
                                       { p.x + d, p.y - h / 2 },
                                       { p.x - w / 2, p.y + d },
                                       { p.x - d - w, p.y - h / 2 } };
        bool found = false;
        for (int k = 0; k < 4 && !found; k++) {
            at[i] = (struct ct_rect){ tries[k].x, tries[k].y, w, h };
            found = is_free(s, at[i], at, i);
        }
        if (!found)
            return false;
    }
    return true;
}

/* The names one below the other, each with its colour. */
static void list_names(struct scatter *s, struct ct_rect in)
{
    struct ct_template *t = s->c.t;
    int n = 0;
    for (int i = 0; i < s->c.n; i++)
        n += s->c.list[i].label.len > 0;
    double u = t->unit, slot = fmin(in.h / fmax(1, n), u * 4.6), r = fmin(u, slot * 0.3);
    double y = in.y;
    for (int i = 0; i < s->c.n; i++) {
        if (s->c.list[i].label.len == 0)
            continue;
        struct ct_text_style style = ct_chart_label(&s->c, CT_ALIGN_START);
        ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + r, y + slot / 2, r,
                       ct_paint_flat(ct_template_series(t, i)));
        ct_page_text(
            t->page, t->type, s->c.list[i].label, &style,
            (double[]){ in.x + 2 * r + u, y + slot * 0.04, fmax(1, in.w - 2 * r - u), slot * 0.92 },
            0.5, t->palette.on_card);
        y += slot;
    }
}

static void set_plot(struct scatter *s, struct ct_rect room)
{
    double u = s->c.t->unit, below = u * 5;
    s->y.width = fmin(s->y.width, room.w * 0.2);
    double left = s->y.width > 0 ? s->y.width + u : 0;
    s->plot = (struct ct_rect){ room.x + left, room.y + u * 1.6, fmax(1, room.w - left - u * 3),
                                fmax(1, room.h - below - u * 1.6) };
}

void ct_template_scatter_chart(struct ct_template *t)
{
    struct scatter s = { .c = ct_chart_begin(t, 0) };
    struct ct_chart *c = &s.c;
    struct ct_rect *at = ct_arena_array(t->page->arena, (size_t)c->n + 1, sizeof(*at));
    double low = 0, high = 1;
    if (!at)
        return;
    c->lines = true;
    ct_chart_set_axes(c, false);
    if (c->n_rows > 1)
        ct_chart_set_rows(c);
    bounds(c, true, &low, &high);
    s.x = ct_chart_scale_of(c, low, high);
    low = 0;
    high = 1;
    bounds(c, false, &low, &high);
    s.y = ct_chart_scale_of(c, low, high);
    set_plot(&s, c->room);
    bool beside = place_names(&s, at);
    if (!beside) {
        double w = c->room.w * 0.26;
        list_names(&s, (struct ct_rect){ c->room.x + c->room.w - w, c->room.y, w, c->room.h });
        set_plot(&s,
                 (struct ct_rect){ c->room.x, c->room.y, c->room.w - w - t->unit * 2, c->room.h });
    }
    set_across(&s);
    ct_chart_set_scale(c, &s.y, s.plot);
    for (int i = 0; i < c->n; i++) {
        struct ct_xy p = place(&s, &c->list[i]);
        int row = 0;
        while (row < c->n_rows && !ct_slice_eq(c->row[row], c->list[i].series))
            row++;
        struct ct_tint tint = beside || c->n_rows > 1 ? ct_chart_line_tint(c, row % CT_CHART_ROWS)
                                                      : ct_template_series(t, i);
        struct ct_item *dot = ct_page_circle(t->page, CT_LAYER_LINES, p.x, p.y, t->unit * 1.1,
                                             ct_paint_flat(ct_tint_alpha(tint, 0.85)));
        dot->stroke = t->palette.card;
        dot->stroke_px = t->unit * 0.25;
        if (beside) {
            struct ct_text_style style = ct_chart_label(c, CT_ALIGN_CENTER);
            ct_page_text(t->page, t->type, c->list[i].label, &style,
                         (double[]){ at[i].x, at[i].y, at[i].w, at[i].h }, 0.5, t->palette.on_card);
        }
    }
}
