/* What every chart begins with: its values, the paper, the heading, the card, styles of words.
 *
 * Without a single number the shape is an illustration: no figure and no scale stands at it, and
 * the reply says so; over a year its marks are the months. */
#include "engines/scene/page/chart.h"
#include "engines/scene/page/sample.h"

#include <math.h>

/* The unit of a value that is only a shape. */
static const char illustrative[] = "";

bool ct_chart_has_number(const struct ct_value *v)
{
    return (v->text.len > 0 || v->unit.ptr == illustrative) && isfinite(v->number);
}

/* How high the i-th of n marks stands in a chart without numbers: a summer's bell for what follows
 * the sun, else a trend that rises with a dip. */
static double level_of(const struct ct_template *t, int i, int n)
{
    static const double wobble[] = { 0.04, -0.05, 0.02, 0.07, -0.06, 0.03, -0.02, 0.05 };
    double u = n > 1 ? (double)i / (n - 1) : 0.5;
    struct ct_slice texts[] = { t->intent->about, t->intent->subject, t->intent->prompt };
    for (int k = 0; k < 3; k++)
        if (ct_sample_mentions(
                texts[k], "temperature|temperatures|sunlight|sunshine|daylight|weather|climate"))
            return 0.18 + 0.74 * pow(sin(M_PI * (0.04 + 0.92 * u)), 1.6);
    return 0.3 + 0.55 * u + wobble[i % 8];
}

static bool over_a_year(const struct ct_template *t)
{
    struct ct_slice texts[] = { t->intent->about, t->intent->subject, t->intent->prompt };
    for (int k = 0; k < 3; k++)
        if (ct_sample_mentions(texts[k],
                               "year|yearly|annual|month|months|monthly|seasonal|seasons"))
            return !ct_template_silent(t->intent);
    return false;
}

/* Marks without figures: those the prompt names, the months of a year, or a few without names. */
static int illustrate(struct ct_template *t, const struct ct_value **list, int n, int usual)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    bool year = n == 0 && usual > 4 && over_a_year(t);
    int count = n > 0 ? n : year ? 12 : usual;
    struct ct_value *made = ct_arena_array(t->page->arena, (size_t)count + 1, sizeof(*made));
    for (int i = 0; made && i < count; i++) {
        if (i < n)
            made[i].label = (*list)[i].label;
        else if (year)
            made[i].label = ct_slice(months[i]);
        made[i].text = ct_slice(NULL);
        made[i].unit = (struct ct_slice){ illustrative, 0 };
        made[i].number = level_of(t, i, count);
    }
    *list = made;
    return made ? count : 0;
}

static struct ct_rect inset(struct ct_rect r, double by)
{
    by = fmin(by, fmin(r.w, r.h) * 0.2);
    return (struct ct_rect){ r.x + by, r.y + by, fmax(1, r.w - 2 * by), fmax(1, r.h - 2 * by) };
}

/* The place of a value's name among the names; the k-th without a name has one of its own. */
static int place_of_name(struct ct_chart *c, struct ct_slice label, int unnamed)
{
    int seen = 0;
    for (int i = 0; i < c->n_names; i++) {
        if (label.len ? ct_slice_eq(c->names[i].label, label)
                      : c->names[i].label.len == 0 && seen++ == unnamed)
            return i;
    }
    c->names[c->n_names].label = label;
    return c->n_names++;
}

static int place_of_row(struct ct_chart *c, struct ct_slice series)
{
    for (int i = 0; i < c->n_rows; i++)
        if (ct_slice_eq(c->row[i], series))
            return i;
    if (c->n_rows == CT_CHART_ROWS)
        return -1;
    c->row[c->n_rows] = series;
    return c->n_rows++;
}

/* Sorts the values into rows when all of them belong to one; else they stay a plain list. */
static void sort_rows(struct ct_chart *c)
{
    struct ct_arena *arena = c->t->page->arena;
    size_t n = (size_t)c->n;
    int *row = ct_arena_array(arena, n + 1, sizeof(*row));
    int *name = ct_arena_array(arena, n + 1, sizeof(*name));
    c->names = ct_arena_array(arena, n + 1, sizeof(*c->names));
    bool all = row && name && c->names && c->n > 0;
    for (int i = 0; i < c->n && all; i++) {
        int unnamed = 0;
        row[i] = c->list[i].series.len ? place_of_row(c, c->list[i].series) : -1;
        for (int k = 0; k < i; k++)
            unnamed += row[k] == row[i] && c->list[k].label.len == 0;
        all = row[i] >= 0;
        name[i] = all ? place_of_name(c, c->list[i].label, unnamed) : 0;
    }
    size_t cells = (size_t)c->n_rows * (size_t)c->n_names;
    c->at = all ? ct_arena_array(arena, cells + 1, sizeof(*c->at)) : NULL;
    if (!c->at)
        c->n_rows = c->n_names = 0;
    for (int i = 0; i < c->n && c->at; i++)
        c->at[row[i] * c->n_names + name[i]] = &c->list[i];
}

struct ct_chart ct_chart_begin(struct ct_template *t, int usual)
{
    struct ct_chart c = { .t = t };
    bool told = false;
    c.n = ct_template_read_list(t, &c.list);
    for (int i = 0; i < c.n; i++)
        told |= ct_chart_has_number(&c.list[i]);
    if (!told)
        c.n = illustrate(t, &c.list, c.n, usual);
    sort_rows(&c);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 5.4);
    ct_template_card(t, room, t->unit * 2.2, t->palette.card);
    c.room = inset(room, t->unit * 5);
    for (int i = 0; i < c.n; i++) {
        if (!ct_chart_has_number(&c.list[i]))
            continue;
        c.has_numbers = true;
        c.low = fmin(c.low, c.list[i].number);
        c.high = fmax(c.high, c.list[i].number);
    }
    if (c.high - c.low <= 0)
        c.high = c.low + 1;
    return c;
}

struct ct_tint ct_chart_muted(const struct ct_template *t)
{
    return ct_tint_legible(t->palette.muted, t->palette.card, 4.8);
}

struct ct_text_style ct_chart_label(const struct ct_chart *c, enum ct_text_align align)
{
    return (struct ct_text_style){ .weight = 500,
                                   .size_px = c->t->unit * 2.8,
                                   .align = align,
                                   .whole_words = true,
                                   .balance = true };
}

struct ct_text_style ct_chart_figure(const struct ct_chart *c, enum ct_text_align align)
{
    return (struct ct_text_style){ .weight = 700,
                                   .size_px = c->t->unit * 3.4,
                                   .tracking_em = -0.015,
                                   .align = align,
                                   .whole_words = true };
}

/* Fits the names into slots of that width, at one size, and returns the height they take. */
double ct_chart_fit_names(const struct ct_chart *c, struct ct_text_style *style, double w,
                          double most)
{
    double tallest = 0;
    style->size_px = ct_template_even_px(c->t, c->list, c->n, style, w, most);
    for (int i = 0; i < c->n; i++) {
        struct ct_text_style own = *style;
        if (c->list[i].label.len)
            tallest = fmax(tallest, ct_type_fit(c->t->type, c->list[i].label, &own, w, most).h);
    }
    return fmin(tallest, most);
}

/* The widest of the values or of the labels at its style, no more than `most`. */
static double widest(const struct ct_chart *c, bool labels, const struct ct_text_style *style,
                     double most)
{
    double w = 0;
    for (int i = 0; i < c->n; i++) {
        struct ct_slice said = labels ? c->list[i].label : c->list[i].text;
        if (said.len)
            w = fmax(w, ct_type_measure(c->t->type, said, style).w);
    }
    return fmin(w * 1.05 + 2, most);
}

double ct_chart_figure_width(const struct ct_chart *c, double most)
{
    struct ct_text_style style = ct_chart_figure(c, CT_ALIGN_START);
    return widest(c, false, &style, most);
}

double ct_chart_label_width(const struct ct_chart *c, double most)
{
    struct ct_text_style style = ct_chart_label(c, CT_ALIGN_START);
    return widest(c, true, &style, most);
}

void ct_chart_rule(struct ct_template *t, double x, double y, double w, double h)
{
    ct_page_box(t->page, CT_LAYER_LINES, x, y, w, h, 0,
                ct_paint_flat(ct_tint_mix(t->palette.on_card, t->palette.card, 0.62)));
}
