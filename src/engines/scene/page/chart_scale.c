/* Axes: their titles, a scale where values are too many to stand at their marks, the rows' names.
 *
 * A scale's figures are round steps through the data (1, 2, 2.5 or 5 times a power of ten) in the
 * unit that all values share; they say where a mark stands and no value that the prompt does not.
 */
#include "engines/scene/page/chart.h"

#include <math.h>
#include <stdio.h>

enum { TICKS_MAX = 12 };

static struct ct_text_style title_style(const struct ct_chart *c, enum ct_text_align align)
{
    return (struct ct_text_style){
        .weight = 600, .size_px = c->t->unit * 2.5, .align = align, .whole_words = true
    };
}

void ct_chart_set_axes(struct ct_chart *c, bool turned)
{
    const struct ct_intent *in = c->t->intent;
    struct ct_slice up = ct_slice_trim(turned ? in->axis_x : in->axis_y);
    struct ct_slice along = ct_slice_trim(turned ? in->axis_y : in->axis_x);
    double u = c->t->unit, h = fmin(u * 3.6, c->room.h * 0.12);
    struct ct_text_style style = title_style(c, CT_ALIGN_START);
    struct ct_text_style end = title_style(c, CT_ALIGN_CENTER);
    struct ct_rect *r = &c->room;
    if (ct_page_text(c->t->page, c->t->type, up, &style, (double[]){ r->x, r->y, r->w, h }, 0,
                     ct_chart_muted(c->t))) {
        r->y += h + u * 1.6;
        r->h = fmax(1, r->h - h - u * 1.6);
    }
    if (ct_page_text(c->t->page, c->t->type, along, &end,
                     (double[]){ r->x, r->y + r->h - h, r->w, h }, 1, ct_chart_muted(c->t)))
        r->h = fmax(1, r->h - h - u * 1.6);
}

/* The sign before or the unit behind all figures; false when they do not share one. */
static bool shared_unit(const struct ct_chart *c, struct ct_slice *before, struct ct_slice *behind)
{
    struct ct_slice unit = { 0 };
    for (int i = 0; i < c->n; i++) {
        if (!ct_chart_has_number(&c->list[i]) || c->list[i].text.len == 0)
            continue;
        if (unit.ptr && !ct_slice_eq(unit, c->list[i].unit))
            return false;
        const struct ct_value *v = &c->list[i];
        unit = v->unit.len ? v->unit : CT_S("");
        bool leads = unit.len && ct_slice_starts(v->text, "-") == 0 && v->text.len > unit.len &&
                     memcmp(v->text.ptr, unit.ptr, unit.len) == 0;
        *before = leads ? unit : CT_S("");
        *behind = leads || unit.len > 4 ? CT_S("") : unit;
    }
    return true;
}

/* "1,500", "25k", "1.2M" */
static void put_figure(char *out, size_t cap, double number)
{
    double size = fabs(number);
    if (size >= 1e15)
        snprintf(out, cap, "%.3g", number);
    else if (size >= 1e9)
        snprintf(out, cap, "%.6gB", number / 1e9);
    else if (size >= 1e6)
        snprintf(out, cap, "%.6gM", number / 1e6);
    else if (size >= 1e4)
        snprintf(out, cap, "%.6gk", number / 1e3);
    else if (size >= 1e3 && number == floor(number))
        snprintf(out, cap, "%s%d,%03d", number < 0 ? "-" : "", (int)(size / 1e3),
                 (int)fmod(size, 1e3));
    else
        snprintf(out, cap, "%.6g", size < 1e-12 ? 0 : number);
}

static void name_ticks(const struct ct_chart *c, struct ct_chart_scale *s)
{
    struct ct_slice before = CT_S(""), behind = CT_S("");
    struct ct_text_style style = ct_chart_label(c, CT_ALIGN_END);
    if (ct_template_silent(c->t->intent))
        return;
    if (!shared_unit(c, &before, &behind))
        before = behind = CT_S("");
    for (int i = 0; i < s->n; i++) {
        char figure[32], text[96];
        double number = s->low + s->step * i;
        put_figure(figure, sizeof(figure), fabs(number));
        bool gap = behind.len > 1 || (behind.len && (behind.ptr[0] | 32) >= 'a');
        snprintf(text, sizeof(text), "%s%.*s%s%s%.*s", number < -1e-300 ? "\u2212" : "",
                 (int)fmin(before.len, 8), before.ptr, figure, gap ? " " : "",
                 (int)fmin(behind.len, 12), behind.ptr);
        char *made = ct_arena_strdup(c->t->page->arena, ct_slice(text));
        s->tick[i].label = made ? ct_slice(made) : (struct ct_slice){ 0 };
        if (made)
            s->width =
                fmax(s->width, ct_type_measure(c->t->type, s->tick[i].label, &style).w * 1.05 + 2);
    }
}

struct ct_chart_scale ct_chart_scale_of(const struct ct_chart *c, double low, double high)
{
    static const double steps[] = { 1, 2, 2.5, 5, 10 };
    struct ct_chart_scale s = { .low = low };
    double wide = high - low > 0 ? high - low : 1;
    double power = pow(10, floor(log10(wide / 4)));
    s.step = power * 10;
    for (int i = 4; i >= 0; i--)
        if (wide / (steps[i] * power) <= 6)
            s.step = steps[i] * power;
    s.low = floor(low / s.step + 1e-9) * s.step;
    s.high = ceil(high / s.step - 1e-9) * s.step;
    if (s.high <= s.low)
        s.high = s.low + s.step;
    s.n = (int)fmin(TICKS_MAX, floor((s.high - s.low) / s.step + 1.5));
    s.tick = ct_arena_array(c->t->page->arena, (size_t)s.n + 1, sizeof(*s.tick));
    if (s.tick)
        name_ticks(c, &s);
    else
        s.n = 0;
    return s;
}

double ct_chart_part(const struct ct_chart_scale *s, double number)
{
    return fmin(1, fmax(0, (number - s->low) / (s->high - s->low)));
}

/* Under what is drawn later: bars cover it. */
void ct_chart_grid(struct ct_template *t, double x, double y, double w, double h)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    bool across = w > h;
    ct_path_move(t->page, p, across ? x : x + w / 2, across ? y + h / 2 : y);
    ct_path_line(t->page, p, across ? x + w : x + w / 2, across ? y + h / 2 : y + h);
    p->stroke = ct_tint_mix(t->palette.on_card, t->palette.card, 0.86);
    p->stroke_px = fmin(w, h);
}

void ct_chart_set_scale(struct ct_chart *c, const struct ct_chart_scale *s, struct ct_rect plot)
{
    struct ct_template *t = c->t;
    double u = t->unit, h = fmin(plot.h / fmax(1, s->n - 1) * 0.8, u * 4);
    for (int i = 0; i < s->n; i++) {
        double y = plot.y + plot.h * (1 - ct_chart_part(s, s->low + s->step * i));
        bool zero = fabs(s->low + s->step * i) < s->step * 1e-6;
        if (zero)
            ct_chart_rule(t, plot.x, y, plot.w, fmax(1, u * 0.18));
        else
            ct_chart_grid(t, plot.x, y, plot.w, fmax(1, u * 0.1));
        struct ct_text_style style = ct_chart_label(c, CT_ALIGN_END);
        style.size_px = u * 2.4;
        ct_page_text(t->page, t->type, s->tick[i].label, &style,
                     (double[]){ plot.x - s->width - u, y - h / 2, s->width, h }, 0.5,
                     ct_chart_muted(t));
    }
}

struct ct_tint ct_chart_tint(const struct ct_chart *c, int row)
{
    const struct ct_palette *p = &c->t->palette;
    struct ct_tint tint = row == 0 ? p->accent : ct_template_series(c->t, row);
    if (p->plain)
        return tint;
    for (int i = 0; i < row; i++) { /* two rows of one colour would be one */
        struct ct_tint other = ct_chart_tint(c, i);
        double d = fabs(other.r - tint.r) + fabs(other.g - tint.g) + fabs(other.b - tint.b);
        if (d < 0.12)
            tint = ct_tint_mix(tint, row % 2 ? p->ink : p->paper, 0.45);
    }
    return ct_tint_legible(tint, p->card, 1.8);
}

struct ct_tint ct_chart_line_tint(const struct ct_chart *c, int row)
{
    const struct ct_palette *p = &c->t->palette;
    return p->plain ? ct_tint_mix(p->on_card, p->card, fmin(0.6, 0.05 + 0.3 * row))
                    : ct_chart_tint(c, row);
}

void ct_chart_set_rows(struct ct_chart *c)
{
    struct ct_template *t = c->t;
    double u = t->unit, dot = u * 1.1;
    struct ct_text_style style = ct_chart_label(c, CT_ALIGN_START);
    double widest = 1;
    for (int i = 0; i < c->n_rows; i++)
        widest = fmax(widest, ct_type_measure(t->type, c->row[i], &style).w * 1.03 + 2);
    double cell = fmin(widest + dot * 2 + u * 5, c->room.w);
    int columns = (int)fmax(1, fmin(c->n_rows, floor(c->room.w / cell)));
    int lines = (c->n_rows + columns - 1) / columns;
    double h = fmin(u * 4.6, c->room.h * 0.24 / lines);
    for (int i = 0; i < c->n_rows; i++) {
        double x = c->room.x + cell * (i % columns), y = c->room.y + h * (i / columns);
        double r = fmin(dot, h * 0.3);
        ct_page_circle(t->page, CT_LAYER_SHAPES, x + r, y + h / 2, r,
                       ct_paint_flat(c->lines ? ct_chart_line_tint(c, i) : ct_chart_tint(c, i)));
        struct ct_text_style own = style;
        ct_page_text(t->page, t->type, c->row[i], &own,
                     (double[]){ x + r * 2 + u, y + h * 0.05, cell - r * 2 - u * 3, h * 0.9 }, 0.5,
                     t->palette.on_card);
    }
    double used = h * lines + u * 2.4;
    c->room.y += used;
    c->room.h = fmax(1, c->room.h - used);
}
