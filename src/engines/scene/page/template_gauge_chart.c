/* Gauges: an arc that is full as far as the value says, the figure in its middle, the name below.
 *
 * Full is what the prompt says ("72 of 120") or 100 for percent; without either the arc is drawn
 * from zero to the next round number, and no figure stands at its ends. */
#include "engines/scene/page/chart.h"

#include <math.h>

static double full_of(const struct ct_value *v)
{
    if (v->paired && v->x > 0)
        return v->x;
    if (v->text.len && ct_slice_ends(v->text, "%"))
        return 100;
    double size = fmax(fabs(v->number), 1e-6), power = pow(10, floor(log10(size)));
    return ceil(size / power * 1.05) * power;
}

static void arc(struct ct_template *t, double x, double y, double r, double width, double from,
                double to, struct ct_tint tint)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(tint));
    ct_path_arc(t->page, p, x, y, r, from, to);
    ct_path_arc(t->page, p, x, y, r - width, to, from);
    ct_path_close(t->page, p);
}

static void gauge(const struct ct_chart *c, const struct ct_value *v, struct ct_rect in, int i)
{
    struct ct_template *t = c->t;
    double u = t->unit, name = v->label.len ? fmin(u * 6, in.h * 0.2) : 0;
    double r = fmax(1, fmin(in.w / 2, (in.h - name) / 1.62)), width = r * 0.2;
    double x = in.x + in.w / 2, y = in.y + (in.h - name - r * 1.62) / 2 + r;
    double from = M_PI * 0.8, sweep = M_PI * 1.4;
    struct ct_tint tint = ct_chart_tint(c, i % CT_CHART_ROWS);
    double part = ct_chart_has_number(v) ? fmin(1, fmax(0, v->number / full_of(v))) : 0;
    arc(t, x, y, r, width, from, from + sweep,
        ct_tint_mix(t->palette.on_card, t->palette.card, 0.86));
    if (part > 0)
        arc(t, x, y, r, width, from, from + sweep * part, tint);
    struct ct_text_style figure = ct_chart_figure(c, CT_ALIGN_CENTER);
    figure.size_px = r * 0.46;
    double inner = (r - width) * 0.84;
    ct_page_text(t->page, t->type, v->text, &figure,
                 (double[]){ x - inner, y - inner * 0.5, 2 * inner, inner }, 0.5,
                 t->palette.on_card);
    struct ct_text_style label = ct_chart_label(c, CT_ALIGN_CENTER);
    label.size_px = fmin(u * 3.8, r * 0.24);
    ct_page_text(t->page, t->type, v->label, &label,
                 (double[]){ in.x, y + r * 0.62 + u, in.w, fmax(1, name - u) }, 0,
                 ct_chart_muted(t));
}

void ct_template_gauge_chart(struct ct_template *t)
{
    struct ct_chart c = ct_chart_begin(t, 1);
    if (c.n == 0)
        return;
    double gap = t->unit * 3, most = 0;
    int columns = 1;
    for (int k = 1; k <= c.n; k++) { /* the largest they can be */
        double size = fmin(c.room.w / k - gap, 1.1 * (c.room.h / ((c.n + k - 1) / k) - gap));
        columns = size > most * 1.001 ? k : columns;
        most = fmax(most, size);
    }
    int rows = (c.n + columns - 1) / columns;
    double w = fmax(1, (c.room.w - gap * (columns - 1)) / columns);
    double h = fmax(1, (c.room.h - gap * (rows - 1)) / rows);
    for (int i = 0; i < c.n; i++)
        gauge(&c, &c.list[i],
              (struct ct_rect){ c.room.x + (w + gap) * (i % columns),
                                c.room.y + (h + gap) * (i / columns), w, h },
              i);
}
