/* Swim lanes: a lane for whoever acts, the steps in their order across the lanes.
 *
 * Each step has a column of its own, so the line from one to the next turns in the gap between two
 * columns and never meets a box. Long flows are read in small type before they are folded. */
#include "engines/scene/page/node_shape.h"
#include "engines/scene/page/template.h"

#include <math.h>

enum { LANES = 12, STEPS = 24 };

struct flow {
    struct ct_template *t;
    const struct ct_intent *in;
    struct ct_slice lane[LANES];
    int n_lanes, lane_of[STEPS], n;
    struct ct_rect room;
    double head, column, row, px;
    bool bare; /* lanes without steps */
};

static void read(struct flow *f)
{
    const struct ct_intent *in = f->in;
    f->n = in->n_nodes < STEPS ? in->n_nodes : STEPS;
    f->bare = f->n > 0;
    for (int i = 0; i < f->n; i++) {
        struct ct_slice group = in->nodes[i].group;
        int k = 0;
        while (k < f->n_lanes && !ct_slice_eq(f->lane[k], group))
            k++;
        if (k == f->n_lanes && k < LANES)
            f->lane[f->n_lanes++] = group;
        f->lane_of[i] = k < LANES ? k : LANES - 1;
        f->bare &= ct_slice_eq(group, in->nodes[i].label);
    }
}

static struct ct_rect step_at(const struct flow *f, int i)
{
    double w = f->column * 0.76, h = fmin(f->row * 0.64, w * 0.8);
    double x = f->room.x + f->head + f->column * (i + 0.5);
    double y = f->room.y + f->row * (f->lane_of[i] + 0.5);
    return (struct ct_rect){ x - w / 2, y - h / 2, w, h };
}

static void lanes(struct flow *f)
{
    struct ct_template *t = f->t;
    const struct ct_palette *p = &t->palette;
    for (int k = 0; k < f->n_lanes; k++) {
        struct ct_tint tint = ct_template_series(t, k), head = ct_tint_mix(tint, p->card, 0.7);
        struct ct_rect at = { f->room.x, f->room.y + f->row * k, f->room.w, f->row };
        double gap = fmin(t->unit * 0.8, f->row * 0.06), r = fmin(t->unit * 1.4, f->row * 0.12);
        struct ct_tint ground = p->plain ? p->paper : ct_tint_mix(tint, p->paper, 0.9);
        ct_page_box(t->page, CT_LAYER_SHAPES, at.x, at.y + gap / 2, at.w, at.h - gap, r,
                    ct_paint_flat(ground))
            ->stroke = ct_tint_mix(tint, p->paper, 0.55);
        f->t->page->last->stroke_px = fmax(1, t->unit * 0.14);
        if (p->plain)
            head = p->card;
        ct_page_box(t->page, CT_LAYER_SHAPES, at.x, at.y + gap / 2, f->head * 0.9, at.h - gap, r,
                    ct_paint_flat(head));
        struct ct_text_style style = {
            .weight = 700, .size_px = f->px * 1.15, .align = CT_ALIGN_CENTER, .whole_words = true
        };
        ct_page_text(
            t->page, t->type, f->lane[k], &style,
            (double[]){ at.x + f->head * 0.06, at.y + gap, f->head * 0.78, at.h - 2 * gap }, 0.5,
            ct_tint_legible(p->on_card, head, 5));
    }
}

static void arrow(struct flow *f, int from, int to)
{
    struct ct_template *t = f->t;
    struct ct_rect a = step_at(f, from), b = step_at(f, to);
    bool on = to > from;
    double mid = b.x - f->column * 0.12, ay = a.y + a.h / 2, by = b.y + b.h / 2;
    struct ct_line_style style = { .tint = t->palette.line,
                                   .width_px = fmax(1.2, t->unit * 0.28),
                                   .radius = t->unit,
                                   .head_px = fmin(t->unit * 1.6, f->column * 0.12),
                                   .head_at_end = true };
    if (!on || to > from + 1) { /* past other columns: along the edge of the lanes */
        double edge = f->room.y + f->row * (f->lane_of[from] + 1) - f->row * 0.06;
        double x0 = a.x + a.w / 2, x1 = b.x + b.w / 2;
        if (f->lane_of[to] > f->lane_of[from])
            by = b.y;
        else
            by = b.y + b.h;
        double turn = f->lane_of[to] > f->lane_of[from]
                          ? f->room.y + f->row * f->lane_of[to] + f->row * 0.06
                          : f->room.y + f->row * (f->lane_of[to] + 1) - f->row * 0.06;
        double side = on ? a.x + a.w + f->column * 0.12 : a.x - f->column * 0.12;
        struct ct_xy p[6] = { { x0, a.y + a.h }, { x0, edge }, { side, edge },
                              { side, turn },    { x1, turn }, { x1, by } };
        ct_page_line(t->page, p, 6, &style);
        return;
    }
    if (fabs(ay - by) < 1) {
        ct_page_line(t->page, (struct ct_xy[]){ { a.x + a.w, ay }, { b.x, by } }, 2, &style);
        return;
    }
    ct_page_line(t->page,
                 (struct ct_xy[]){ { a.x + a.w, ay }, { mid, ay }, { mid, by }, { b.x, by } }, 4,
                 &style);
}

static void step(struct flow *f, int i)
{
    struct ct_template *t = f->t;
    const struct ct_palette *p = &t->palette;
    struct ct_rect at = step_at(f, i);
    struct ct_slice label = f->in->nodes[i].label;
    enum ct_node_shape shape = ct_node_shape_of(label);
    struct ct_tint tint = ct_template_series(t, f->lane_of[i]);
    if (shape != CT_NODE_TERMINAL)
        shape = CT_NODE_BOX;
    ct_node_draw(t, shape, at, fmin(t->unit * 1.1, at.h * 0.2), p->card,
                 ct_tint_mix(tint, p->card, 0.2), fmax(1, t->unit * 0.18));
    if (f->bare)
        return;
    struct ct_text_style style = { .weight = 600, .size_px = f->px, .align = CT_ALIGN_CENTER,
                                   .whole_words = true, .balance = true };
    ct_page_text(t->page, t->type, label, &style,
                 (double[]){ at.x + at.w * 0.07, at.y + at.h * 0.08, at.w * 0.86, at.h * 0.84 },
                 0.5, p->on_card);
}

void ct_template_swim_lanes(struct ct_template *t)
{
    struct flow f = { .t = t, .in = t->intent };
    read(&f);
    if (f.n == 0 || (f.n_lanes < 2 && f.lane[0].len == 0)) {
        ct_template_diagram(t);
        return;
    }
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    f.room = ct_template_set_heading(t, t->unit * 4.6);
    f.head = fmin(f.room.w * 0.16, t->unit * 22);
    f.column = (f.room.w - f.head) / f.n;
    f.row = fmin(f.room.h / f.n_lanes, t->unit * 30);
    f.room.y += (f.room.h - f.row * f.n_lanes) * 0.4;
    f.px = fmin(fmin(t->unit * 2.5, f.column * 0.13), f.row * 0.16);
    lanes(&f);
    for (int i = 0; i < f.n; i++)
        step(&f, i);
    if (f.in->n_edges == 0 && f.bare)
        for (int i = 0; i + 1 < f.n; i++)
            arrow(&f, i, i + 1);
    for (int e = 0; e < f.in->n_edges; e++)
        if (f.in->edges[e].from < f.n && f.in->edges[e].to < f.n)
            arrow(&f, f.in->edges[e].from, f.in->edges[e].to);
}
