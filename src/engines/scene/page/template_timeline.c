/* Events on a line, in order: along it on wide pages, left and right of it on tall ones. */
#include "engines/scene/page/template.h"

#include <math.h>

struct event {
    struct ct_slice when, what;
};

/* "1969 Moon landing", "2020: Founded": the date apart from what happened. */
static struct event split(const struct ct_value *v)
{
    struct event e = { v->text, v->label };
    size_t n = 0;
    while (n < v->label.len && v->label.ptr[n] >= '0' && v->label.ptr[n] <= '9')
        n++;
    size_t gap = n;
    while (gap < v->label.len && (v->label.ptr[gap] == ' ' || v->label.ptr[gap] == ':' ||
                                  v->label.ptr[gap] == '-'))
        gap++;
    if (n == 4 && gap > n && gap < v->label.len && !v->text.len) {
        e.when = ct_slice_sub(v->label, 0, n);
        e.what = ct_slice_sub(v->label, gap, v->label.len);
    }
    return e;
}

/* Date over label, both fitted into the card. */
static void card(struct ct_template *t, struct ct_rect at, const struct event *e, int i, double px)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint tint = ct_template_series(t, i);
    ct_template_card(t, at, t->unit * 1.2, p->card);
    double pad = fmin(t->unit * 1.8, fmin(at.w, at.h) * 0.12);
    struct ct_rect in = { at.x + pad, at.y + pad, at.w - 2 * pad, at.h - 2 * pad };
    if (e->when.len) {
        struct ct_text_style date = { .weight = 700, .size_px = px * 1.25, .whole_words = true };
        double h = in.h * 0.36;
        struct ct_tint ink = p->plain ? p->on_card : ct_tint_legible(tint, p->card, 4.8);
        struct ct_item *d = ct_page_text(t->page, t->type, e->when, &date,
                                         (double[]){ in.x, in.y, in.w, h }, 0, ink);
        double used = d ? d->h + pad * 0.3 : 0;
        in.y += used;
        in.h -= used;
    }
    struct ct_text_style what = { .weight = 550, .size_px = px, .whole_words = true };
    ct_page_text(t->page, t->type, e->what, &what, (double[]){ in.x, in.y, in.w, fmax(1, in.h) },
                 e->when.len ? 0 : 0.5, p->on_card);
}

static void dot(struct ct_template *t, double x, double y, int i)
{
    ct_page_circle(t->page, CT_LAYER_LINES, x, y, t->unit * 1.5, ct_paint_flat(t->palette.paper));
    ct_page_circle(t->page, CT_LAYER_LINES, x, y, t->unit * 1.1,
                   ct_paint_flat(ct_template_series(t, i)));
}

static void stem(struct ct_template *t, double x0, double y0, double x1, double y1)
{
    ct_page_line(t->page, (struct ct_xy[]){ { x0, y0 }, { x1, y1 } }, 2,
                 &(struct ct_line_style){ .tint = t->palette.line, .width_px = t->unit * 0.3 });
}

static void across(struct ct_template *t, struct ct_rect room, const struct ct_value *list, int n)
{
    double y = room.y + room.h / 2, slot = room.w / (n + 1.0), gap = t->unit * 1.6;
    double w = fmin(slot * 2 - gap, t->unit * 46), arm = fmin(t->unit * 5, room.h * 0.09);
    double px = fmin(t->unit * 3.6, w / 6.2);
    double h = fmin(room.h / 2 - arm - t->unit, px * 6.4);
    stem(t, room.x, y, room.x + room.w, y);
    for (int i = 0; i < n; i++) {
        double x = room.x + slot * (i + 1);
        bool above = i % 2 == 0;
        struct event e = split(&list[i]);
        stem(t, x, y, x, above ? y - arm : y + arm);
        card(t, (struct ct_rect){ x - w / 2, above ? y - arm - h : y + arm, w, h }, &e, i, px);
        dot(t, x, y, i);
    }
}

static void down(struct ct_template *t, struct ct_rect room, const struct ct_value *list, int n)
{
    double step = room.h / n, gap = fmin(t->unit * 1.8, step * 0.14), arm = t->unit * 4.5;
    bool sides = room.w > t->unit * 70;
    double x = sides ? room.x + room.w / 2 : room.x + t->unit * 2;
    double w = (sides ? room.w / 2 : room.w - t->unit * 2) - arm;
    double px = fmin(t->unit * 3.8, step * 0.3);
    stem(t, x, room.y, x, room.y + room.h);
    for (int i = 0; i < n; i++) {
        bool left = sides && i % 2 == 1;
        double y = room.y + step * i, h = fmin(step - gap, px * 5.6);
        struct event e = split(&list[i]);
        stem(t, x, y + h / 2, left ? x - arm : x + arm, y + h / 2);
        card(t, (struct ct_rect){ left ? x - arm - w : x + arm, y, w, h }, &e, i, px);
        dot(t, x, y + h / 2, i);
    }
}

void ct_template_timeline(struct ct_template *t)
{
    const struct ct_value *list;
    int n = ct_template_read_list(t, &list);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 6);
    if (n == 0)
        stem(t, room.x, room.y + room.h / 2, room.x + room.w, room.y + room.h / 2);
    else if (room.w > room.h * 1.15 && n <= 10)
        across(t, room, list, n);
    else
        down(t, room, list, n);
}
