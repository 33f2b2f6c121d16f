/* A diagram whose arrows form one ring: its boxes stand on an ellipse, clockwise from the top.
 *
 * Called by template_diagram.c, which lays out everything else in ranks. Rings with labelled
 * arrows are left to it: their labels need the places that ranks give them. */
#include "engines/scene/page/diagram.h"

#include <math.h>

#define MOST 9

/* order[k] is the k-th box along the arrows; false when they form no single ring. */
static bool read_ring(const struct ct_intent *in, int order[MOST])
{
    int next[MOST], n = in->n_nodes;
    if (n < 3 || n > MOST - 1 || in->n_edges != n)
        return false;
    for (int i = 0; i < n; i++)
        next[i] = -1;
    for (int e = 0; e < n; e++) {
        const struct ct_edge *edge = &in->edges[e];
        if (edge->label.len || edge->from == edge->to || next[edge->from] >= 0)
            return false;
        next[edge->from] = edge->to;
    }
    for (int k = 0, at = 0; k < n; k++, at = next[at]) {
        order[k] = at;
        for (int i = 0; i < k; i++)
            if (order[i] == at)
                return false;
    }
    return true;
}

struct ring {
    double cx, cy, rx, ry, w, h;
};

static struct ct_xy on_ring(const struct ring *r, double angle)
{
    return (struct ct_xy){ r->cx + r->rx * cos(angle), r->cy + r->ry * sin(angle) };
}

static bool beside(const struct ring *r, struct ct_xy p, double node, double gap)
{
    struct ct_xy c = on_ring(r, node);
    return fabs(p.x - c.x) > r->w / 2 + gap || fabs(p.y - c.y) > r->h / 2 + gap;
}

static void arrow(struct ct_template *t, const struct ring *r, double from, double to,
                  const struct ct_edge *edge)
{
    enum { PIECES = 7 };
    struct ct_xy p[PIECES + 1];
    double gap = t->unit * 1.4, a = from, b = to;
    while (a < to && !beside(r, on_ring(r, a), from, gap))
        a += 0.01;
    while (b > a && !beside(r, on_ring(r, b), to, gap))
        b -= 0.01;
    if (b - a < 0.05)
        return;
    for (int i = 0; i <= PIECES; i++)
        p[i] = on_ring(r, a + (b - a) * i / PIECES);
    double length = hypot(p[1].x - p[0].x, p[1].y - p[0].y);
    ct_page_line(t->page, p, PIECES + 1,
                 &(struct ct_line_style){ .tint = t->palette.line,
                                          .width_px = t->unit * 0.42,
                                          .radius = length * 0.5,
                                          .head_px = fmin(t->unit * 2.2, length * 0.95),
                                          .dash_px = edge->dashed ? t->unit : 0,
                                          .head_at_end = true,
                                          .head_at_start = edge->both_ways });
}

bool ct_diagram_cycle(struct ct_template *t, struct ct_rect room)
{
    const struct ct_intent *in = t->intent;
    const struct ct_palette *p = &t->palette;
    int order[MOST], n = in->n_nodes;
    if (!read_ring(in, order))
        return false;
    struct ring r = { .cx = room.x + room.w / 2, .cy = room.y + room.h / 2 };
    r.w = fmin(fmin(room.w * (n > 4 ? 0.27 : 0.32), t->unit * 40), room.h * 0.5);
    r.h = fmin(fmin(r.w * 0.44, room.h * (n > 5 ? 0.16 : 0.2)), t->unit * 15);
    r.ry = (room.h - r.h) / 2;
    r.rx = fmin((room.w - r.w) / 2, r.ry * 1.5);
    struct ct_text_style style = { .weight = 650,
                                   .size_px = t->unit * 3.8,
                                   .tracking_em = -0.012,
                                   .align = CT_ALIGN_CENTER,
                                   .whole_words = true,
                                   .balance = true };
    double step = 2 * M_PI / n;
    for (int k = 0; k < n; k++) {
        struct ct_text_style own = style;
        ct_type_fit(t->type, in->nodes[k].label, &own, r.w * 0.86, r.h * 0.76);
        style.size_px = fmax(fmin(style.size_px, own.size_px), style.size_px * 0.7);
    }
    for (int k = 0; k < n; k++) {
        struct ct_xy c = on_ring(&r, -M_PI / 2 + step * k);
        struct ct_rect at = { c.x - r.w / 2, c.y - r.h / 2, r.w, r.h };
        struct ct_tint tint =
            p->plain ? p->card : ct_tint_mix(ct_template_series(t, k), p->card, 0.78);
        struct ct_item *box = ct_template_card(t, at, r.h * 0.28, tint);
        box->stroke = ct_template_series(t, k);
        box->stroke_px = t->unit * 0.24;
        ct_page_text(t->page, t->type, in->nodes[order[k]].label, &style,
                     (double[]){ at.x + r.w * 0.07, at.y + r.h * 0.12, r.w * 0.86, r.h * 0.76 },
                     0.5, ct_tint_legible(p->on_card, tint, 6.5));
    }
    for (int k = 0; k < n; k++)
        for (int e = 0; e < in->n_edges; e++)
            if (in->edges[e].from == order[k])
                arrow(t, &r, -M_PI / 2 + step * k, -M_PI / 2 + step * (k + 1), &in->edges[e]);
    return true;
}
