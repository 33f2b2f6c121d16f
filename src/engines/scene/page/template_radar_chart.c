/* Radar charts: one spoke for each name, one closed line for each row of numbers.
 *
 * Without rows the values are one line and stand at their names, as written. The rings are parts
 * of the largest value and carry no figures. The names of more than eight spokes stand in columns
 * at the sides. Up to two names are no radar; they become a web of three spokes with an empty one.
 */
#include "engines/scene/page/chart.h"

#include <math.h>

enum { GAP = 2, SPOKES_NAMED = 8 };

struct radar {
    struct ct_chart c;
    const struct ct_value *name; /* [n] with texts when there are no rows */
    int n;
    double x, y, r;
};

static double angle_of(const struct radar *d, int i)
{
    return -M_PI / 2 + 2 * M_PI * i / fmax(3, d->n);
}

static struct ct_xy at(const struct radar *d, int i, double part)
{
    double a = angle_of(d, i);
    return (struct ct_xy){ d->x + d->r * part * cos(a), d->y + d->r * part * sin(a) };
}

static void web(struct radar *d)
{
    struct ct_template *t = d->c.t;
    struct ct_tint line = ct_tint_mix(t->palette.on_card, t->palette.card, 0.74);
    int spokes = (int)fmax(3, d->n);
    for (int ring = 1; ring <= 4; ring++) {
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
        for (int i = 0; i < spokes; i++) {
            struct ct_xy q = at(d, i, ring / 4.0);
            ct_path_line(t->page, p, q.x, q.y);
        }
        ct_path_close(t->page, p);
        p->stroke = line;
        p->stroke_px = fmax(1, t->unit * 0.14);
    }
    for (int i = 0; i < spokes; i++)
        ct_page_line(t->page, (struct ct_xy[]){ { d->x, d->y }, at(d, i, 1) }, 2,
                     &(struct ct_line_style){ .tint = line, .width_px = fmax(1, t->unit * 0.14) });
}

static double number_at(const struct radar *d, int row, int i)
{
    const struct ct_value *v = d->c.n_rows ? d->c.at[row * d->c.n_names + i] : &d->c.list[i];
    return v && ct_chart_has_number(v) ? fmax(0, v->number) / d->c.high : 0;
}

static void shape(struct radar *d, int row)
{
    struct ct_template *t = d->c.t;
    struct ct_tint tint = ct_chart_line_tint(&d->c, row);
    struct ct_item *p =
        ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(ct_tint_alpha(tint, 0.22)));
    for (int i = 0; i < d->n; i++) {
        struct ct_xy q = at(d, i, number_at(d, row, i));
        ct_path_line(t->page, p, q.x, q.y);
        ct_page_circle(t->page, CT_LAYER_LINES, q.x, q.y, t->unit * 0.8, ct_paint_flat(tint));
    }
    ct_path_close(t->page, p);
    p->stroke = tint;
    p->stroke_px = t->unit * 0.45;
}

/* A name, and its figure below it. */
static void set_name(struct radar *d, const struct ct_value *v, struct ct_rect in,
                     enum ct_text_align align)
{
    struct ct_template *t = d->c.t;
    struct ct_text_style label = ct_chart_label(&d->c, align), figure = label;
    if (align != CT_ALIGN_CENTER && ct_text_is_rtl(v->label))
        label.align = align == CT_ALIGN_START ? CT_ALIGN_END : CT_ALIGN_START;
    figure.weight = 700;
    double share = v->text.len && v->label.len ? 0.55 : v->label.len ? 1 : 0;
    ct_page_text(t->page, t->type, v->label, &label, (double[]){ in.x, in.y, in.w, in.h * share },
                 1, t->palette.on_card);
    ct_page_text(t->page, t->type, v->text, &figure,
                 (double[]){ in.x, in.y + in.h * share, in.w, in.h * (1 - share) }, 0,
                 ct_chart_muted(t));
}

/* Outside the end of its spoke; for as many spokes as leave the names apart. */
static void name_spoke(struct radar *d, int i, double w, double h)
{
    double a = angle_of(d, i), out = d->r + d->c.t->unit * GAP;
    double x = d->x + out * cos(a), y = d->y + out * sin(a);
    bool middle = fabs(cos(a)) < 0.2;
    w = middle ? fmin(w, out * 1.3) : w;
    struct ct_rect in = { middle       ? x - w / 2
                          : cos(a) > 0 ? x
                                       : x - w,
                          y - h / 2 + h / 2 * sin(a), w, h };
    set_name(d, &d->name[i], in,
             middle       ? CT_ALIGN_CENTER
             : cos(a) > 0 ? CT_ALIGN_START
                          : CT_ALIGN_END);
}

/* Many names stand in a column at either side, each with a line from its spoke. */
static void name_columns(struct radar *d, struct ct_rect room, double w)
{
    struct ct_template *t = d->c.t;
    int right = (d->n + 1) / 2, left = d->n - right;
    struct ct_line_style line = { .tint = ct_tint_mix(t->palette.on_card, t->palette.card, 0.6),
                                  .width_px = fmax(1, t->unit * 0.12) };
    for (int i = 0; i < d->n; i++) {
        bool first = i < right;
        int k = first ? i : d->n - 1 - i;
        double slot = room.h / (first ? right : left);
        struct ct_rect in = { first ? room.x + room.w - w : room.x, room.y + slot * (k + 0.06), w,
                              slot * 0.88 };
        double x = first ? in.x - t->unit : in.x + w + t->unit;
        ct_page_line(t->page, (struct ct_xy[]){ at(d, i, 1), { x, in.y + in.h / 2 } }, 2, &line);
        set_name(d, &d->name[i], in, first ? CT_ALIGN_START : CT_ALIGN_END);
    }
}

/* What the lines are stands at the left where the room is wide, at the head where it is high. */
static void set_rows(struct ct_chart *c)
{
    struct ct_chart side = *c;
    double strip = c->room.w * 0.2;
    if (c->room.w < c->room.h * 1.3) {
        ct_chart_set_rows(c);
        return;
    }
    side.room.w = strip;
    ct_chart_set_rows(&side);
    c->room.x += strip;
    c->room.w -= strip;
}

void ct_template_radar_chart(struct ct_template *t)
{
    struct radar d = { .c = ct_chart_begin(t, 6) };
    struct ct_chart *c = &d.c;
    if (c->n == 0)
        return;
    c->lines = true;
    ct_chart_set_axes(c, false);
    if (c->n_rows)
        set_rows(c);
    d.name = c->n_rows ? c->names : c->list;
    d.n = c->n_rows ? c->n_names : c->n;
    struct ct_rect room = c->room;
    bool columns = d.n > SPOKES_NAMED;
    double u = t->unit, w = fmin(room.w * (columns ? 0.2 : 0.28), u * 26);
    double h = columns ? 0 : fmin(u * 7, room.h * 0.115);
    d.r = fmax(1, fmin(room.h / 2 - h - u * GAP, room.w / 2 - w - u * GAP * (columns ? 3 : 1)));
    h = fmin(h, fmax(1, (d.r + u * GAP) * 0.5));
    d.x = room.x + room.w / 2;
    d.y = room.y + room.h / 2;
    web(&d);
    for (int row = 0; row < fmax(1, c->n_rows); row++)
        shape(&d, row);
    if (columns) {
        double high = fmin(room.h, fmax(3.2 * d.r, u * 5 * d.n / 2));
        name_columns(&d, (struct ct_rect){ room.x, d.y - high / 2, room.w, high }, w);
    }
    for (int i = 0; i < d.n && !columns; i++)
        name_spoke(&d, i, w, h);
}
