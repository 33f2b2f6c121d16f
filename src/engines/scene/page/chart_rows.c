/* Several rows of numbers in one chart: bars beside or on one another, lines, areas.
 *
 * The rows' names and colours stand at the head. Figures stand at bars where all of them fit;
 * otherwise, and for lines, a scale says how high the marks are. */
#include "engines/scene/page/chart.h"
#include "engines/scene/page/sample.h"

#include <math.h>

struct field {
    struct ct_chart *c;
    struct ct_chart_scale scale;
    struct ct_rect plot;
    double slot, names_y, names_h;
    struct ct_text_style name;
};

static const struct ct_value *cell(const struct ct_chart *c, int row, int name)
{
    const struct ct_value *v = c->at[row * c->n_names + name];
    return v && ct_chart_has_number(v) ? v : NULL;
}

/* The heights that the scale must hold. */
static void reach(const struct ct_chart *c, bool stacked, double *low, double *high)
{
    *low = *high = 0;
    for (int k = 0; k < c->n_names; k++) {
        double up = 0, down = 0;
        for (int i = 0; i < c->n_rows; i++) {
            const struct ct_value *v = cell(c, i, k);
            double number = v ? v->number : 0;
            up = stacked ? up + fmax(0, number) : fmax(up, number);
            down = stacked ? down + fmin(0, number) : fmin(down, number);
        }
        *high = fmax(*high, up);
        *low = fmin(*low, down);
    }
    if (*high <= *low)
        *high = *low + 1;
}

/* Axes, names below, scale at the side; what is left is the plot. */
static struct field lay_out(struct ct_chart *c, bool stacked, bool scale)
{
    struct field f = { .c = c };
    double low, high, u = c->t->unit;
    ct_chart_set_axes(c, false);
    ct_chart_set_rows(c);
    reach(c, stacked, &low, &high);
    f.scale = ct_chart_scale_of(c, low, high);
    f.scale.width = scale ? fmin(f.scale.width, c->room.w * 0.2) : 0;
    double left = f.scale.width > 0 ? f.scale.width + u : 0, w = fmax(1, c->room.w - left);
    f.slot = w / c->n_names;
    struct ct_chart names = *c; /* the names once, not once for each row */
    names.list = c->names;
    names.n = c->n_names;
    f.name = ct_chart_label(c, CT_ALIGN_CENTER);
    f.names_h = ct_chart_fit_names(&names, &f.name, f.slot - u * 0.8, c->room.h * 0.2);
    double top = u * 2;
    f.plot = (struct ct_rect){ c->room.x + left, c->room.y + top, w,
                               fmax(1, c->room.h - f.names_h - u * 1.8 - top) };
    f.names_y = f.plot.y + f.plot.h + u * 1.8;
    if (scale)
        ct_chart_set_scale(c, &f.scale, f.plot);
    for (int k = 0; k < c->n_names; k++) {
        struct ct_text_style own = f.name;
        ct_page_text(
            c->t->page, c->t->type, c->names[k].label, &own,
            (double[]){ f.plot.x + f.slot * k + u * 0.4, f.names_y, f.slot - u * 0.8, f.names_h },
            0, ct_chart_muted(c->t));
    }
    return f;
}

static double y_of(const struct field *f, double number)
{
    return f->plot.y + f->plot.h * (1 - ct_chart_part(&f->scale, number));
}

/* Whether every figure can be read at that width and height. */
static bool figures_fit(const struct ct_chart *c, double w, double h)
{
    for (int i = 0; i < c->n; i++) {
        struct ct_text_style style = ct_chart_figure(c, CT_ALIGN_CENTER);
        if (c->list[i].text.len == 0)
            continue;
        style.size_px = c->t->unit * 2.6;
        struct ct_text_size size = ct_type_fit(c->t->type, c->list[i].text, &style, w, h);
        if (style.size_px < c->t->unit * 1.7 || size.lines > 1)
            return false;
    }
    return true;
}

static void figure(const struct ct_chart *c, const struct ct_value *v, struct ct_rect at,
                   double v_align, struct ct_tint ink)
{
    struct ct_text_style style = ct_chart_figure(c, CT_ALIGN_CENTER);
    style.size_px = c->t->unit * 2.6;
    ct_page_text(c->t->page, c->t->type, v->text, &style, (double[]){ at.x, at.y, at.w, at.h },
                 v_align, ink);
}

/* Bars of one name on one another: positive ones up from zero, negative ones down. */
static void stack(struct field *f, int k, double x, double w)
{
    struct ct_chart *c = f->c;
    double up = 0, down = 0, u = c->t->unit;
    for (int i = 0; i < c->n_rows; i++) {
        const struct ct_value *v = cell(c, i, k);
        if (!v || v->number == 0)
            continue;
        double *from = v->number > 0 ? &up : &down;
        double a = y_of(f, *from), b = y_of(f, *from + v->number);
        *from += v->number;
        struct ct_rect at = { x, fmin(a, b), w, fmax(1, fabs(b - a) - fmax(1, u * 0.2)) };
        struct ct_tint tint = ct_chart_tint(c, i);
        ct_page_box(c->t->page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, 0, ct_paint_flat(tint));
        struct ct_text_style style = ct_chart_figure(c, CT_ALIGN_CENTER);
        style.size_px = u * 2.6;
        struct ct_text_size size = ct_type_fit(c->t->type, v->text, &style, w * 0.9, at.h * 0.8);
        if (style.size_px >= u * 1.7 && size.lines == 1)
            figure(c, v,
                   (struct ct_rect){ at.x + w * 0.05, at.y + at.h * 0.1, w * 0.9, at.h * 0.8 }, 0.5,
                   ct_tint_legible(ct_tint_contrast(c->t->palette.card, tint) >
                                           ct_tint_contrast(c->t->palette.on_card, tint)
                                       ? c->t->palette.card
                                       : c->t->palette.on_card,
                                   tint, 4.7));
    }
}

static void beside(struct field *f, int k, double x, double w, bool figures)
{
    struct ct_chart *c = f->c;
    double each = w / c->n_rows, u = c->t->unit, zero = y_of(f, 0);
    double gap = fmin(each * 0.12, u * 0.5), above = u * 3.6;
    for (int i = 0; i < c->n_rows; i++) {
        const struct ct_value *v = cell(c, i, k);
        if (!v)
            continue;
        double y = y_of(f, v->number), left = x + each * i + gap / 2;
        ct_page_box(c->t->page, CT_LAYER_SHAPES, left, fmin(y, zero), fmax(1, each - gap),
                    fmax(1, fabs(zero - y)), 0, ct_paint_flat(ct_chart_tint(c, i)));
        if (figures)
            figure(c, v,
                   (struct ct_rect){ left, v->number < 0 ? y + u * 0.4 : y - above,
                                     fmax(1, each - gap), above - u * 0.4 },
                   v->number < 0 ? 0 : 1, c->t->palette.on_card);
    }
}

void ct_chart_bars(struct ct_chart *c, bool stacked)
{
    double u = c->t->unit, guess = c->room.w / c->n_names;
    double share = guess * 0.72 / c->n_rows;
    /* below zero the figures would stand among the names */
    bool figures = !stacked && c->low >= 0 && figures_fit(c, share * 0.88, u * 3.2);
    struct field f = lay_out(c, stacked, !figures);
    if (figures) { /* room for those over the highest bars */
        f.plot.y += u * 2;
        f.plot.h = fmax(1, f.plot.h - u * 2);
        ct_chart_rule(c->t, f.plot.x, y_of(&f, 0), f.plot.w, fmax(1, u * 0.18));
    }
    double w = fmin(f.slot * 0.72, stacked ? u * 16 : u * 12 * c->n_rows);
    for (int k = 0; k < c->n_names; k++) {
        double x = f.plot.x + f.slot * (k + 0.5) - w / 2;
        if (stacked)
            stack(&f, k, x, w);
        else
            beside(&f, k, x, w, figures);
    }
}

/* The points of a row; those it lacks are left out. Returns how many. */
static int points_of(const struct field *f, int row, const double *under, struct ct_xy *p)
{
    int n = 0;
    for (int k = 0; k < f->c->n_names; k++) {
        const struct ct_value *v = cell(f->c, row, k);
        if (!v && !under)
            continue;
        double number = (v ? v->number : 0) + (under ? under[k] : 0);
        p[n++] = (struct ct_xy){ f->plot.x + f->slot * (k + 0.5), y_of(f, number) };
    }
    return n;
}

/* From the points down to `foot`, or to the line of the row below. */
static void shade(struct field *f, const struct ct_xy *p, int n, const struct ct_xy *below,
                  struct ct_tint tint)
{
    struct ct_page *page = f->c->t->page;
    struct ct_item *area = ct_page_path(page, CT_LAYER_SHAPES, ct_paint_flat(tint));
    double foot = y_of(f, 0);
    for (int i = 0; i < n; i++)
        ct_path_line(page, area, p[i].x, p[i].y);
    for (int i = n - 1; i >= 0; i--)
        ct_path_line(page, area, p[i].x, below ? below[i].y : foot);
    ct_path_close(page, area);
}

static void line_of(struct field *f, const struct ct_xy *p, int n, int row)
{
    struct ct_template *t = f->c->t;
    struct ct_tint tint = ct_chart_line_tint(f->c, row);
    if (n > 1)
        ct_page_line(t->page, p, n,
                     &(struct ct_line_style){
                         .tint = tint, .width_px = t->unit * 0.5, .radius = t->unit * 0.5 });
    double r = fmin(t->unit * 0.85, f->slot * 0.25);
    for (int i = 0; i < n; i++) {
        struct ct_item *dot = ct_page_circle(t->page, CT_LAYER_LINES, p[i].x, p[i].y, r,
                                             ct_paint_flat(t->palette.card));
        dot->stroke = tint;
        dot->stroke_px = r * 0.5;
    }
}

void ct_chart_lines(struct ct_chart *c, bool filled, bool stacked)
{
    struct ct_arena *arena = c->t->page->arena;
    size_t n = (size_t)c->n_names + 1;
    struct ct_xy *p = ct_arena_array(arena, n, sizeof(*p));
    struct ct_xy *below = ct_arena_array(arena, n, sizeof(*below));
    double *under = ct_arena_array(arena, n, sizeof(*under));
    if (!p || !below || !under)
        return;
    c->lines = !filled;
    struct field f = lay_out(c, stacked, true);
    for (int k = 0; k < c->n_names; k++)
        below[k] = (struct ct_xy){ 0, y_of(&f, 0) };
    for (int i = 0; i < c->n_rows; i++) {
        int count = points_of(&f, i, stacked ? under : NULL, p);
        struct ct_tint tint = ct_chart_tint(c, i);
        if (filled && stacked)
            shade(&f, p, count, below, ct_tint_mix(tint, c->t->palette.card, 0.25));
        else if (filled)
            shade(&f, p, count, NULL, ct_tint_alpha(tint, 0.28));
        line_of(&f, p, count, i);
        for (int k = 0; k < c->n_names && stacked; k++) {
            const struct ct_value *v = cell(c, i, k);
            under[k] += v ? v->number : 0;
            below[k] = p[k];
        }
    }
}
