/* Sequence diagrams: who takes part along the top, what they say to one another down the page.
 *
 * Each edge of the intent is a message, in the order of the prompt. Who reads from right to left
 * has the first on the right. A message needs room between its two lifelines only; the widest one
 * decides how large all of them are set. */
#include "engines/scene/page/template.h"

#include <math.h>

struct chart {
    struct ct_template *t;
    struct ct_rect room;
    int n;
    double head, step, px, slot;
    bool leftwards;
};

static double line_x(const struct chart *c, int i)
{
    int at = c->leftwards ? c->n - 1 - i : i;
    return c->room.x + c->slot * (at + 0.5);
}

static void participant(struct chart *c, int i, bool foot)
{
    struct ct_template *t = c->t;
    const struct ct_palette *p = &t->palette;
    double w = fmin(c->slot * 0.84, t->unit * 34), x = line_x(c, i) - w / 2;
    double y = foot ? c->room.y + c->room.h - t->unit * 0.8 : c->room.y;
    if (foot) { /* the end of a lifeline */
        ct_page_box(t->page, CT_LAYER_LINES, x + w * 0.4, y, w * 0.2, t->unit * 0.8, 0,
                    ct_paint_flat(p->line));
        return;
    }
    bool first = i == 0;
    struct ct_item *box = ct_template_card(t, (struct ct_rect){ x, y, w, c->head }, t->unit * 1.2,
                                           first ? p->accent : p->card);
    box->stroke = first ? p->accent : ct_tint_mix(p->ink, p->card, p->dark ? 0.72 : 0.12);
    box->stroke_px = t->unit * 0.2;
    struct ct_text_style style = {
        .weight = 650, .size_px = c->px * 1.15, .align = CT_ALIGN_CENTER, .whole_words = true
    };
    ct_page_text(t->page, t->type, t->intent->nodes[i].label, &style,
                 (double[]){ x + w * 0.06, y + c->head * 0.12, w * 0.88, c->head * 0.76 }, 0.5,
                 first ? p->on_accent : p->on_card);
}

static void lifeline(struct chart *c, int i)
{
    double x = line_x(c, i), y = c->room.y + c->head;
    ct_page_line(
        c->t->page, (struct ct_xy[]){ { x, y }, { x, c->room.y + c->room.h - c->t->unit * 0.8 } },
        2,
        &(struct ct_line_style){ .tint = ct_tint_mix(c->t->palette.line, c->t->palette.paper, 0.45),
                                 .width_px = c->t->unit * 0.2,
                                 .dash_px = c->t->unit * 0.9 });
}

static void message(struct chart *c, const struct ct_edge *e, double y)
{
    struct ct_template *t = c->t;
    const struct ct_palette *p = &t->palette;
    double a = line_x(c, e->from), b = line_x(c, e->to), text_h = c->step * 0.62;
    struct ct_line_style line = { .tint = p->line,
                                  .width_px = t->unit * 0.26,
                                  .radius = t->unit,
                                  .head_px = t->unit * 1.5,
                                  .dash_px = e->dashed ? t->unit * 0.9 : 0,
                                  .head_at_end = true,
                                  .head_at_start = e->both_ways };
    double left = fmin(a, b), w = fabs(b - a);
    if (e->from == e->to) {
        double out = fmin(c->slot * 0.3, t->unit * 6) * (c->leftwards ? -1 : 1);
        bool last = e->from == c->n - 1;
        out = last ? -out : out;
        double top = y - c->step * 0.24, foot = y + c->step * 0.1;
        ct_page_line(
            t->page,
            (struct ct_xy[]){ { a, top }, { a + out, top }, { a + out, foot }, { a, foot } }, 4,
            &line);
        w = c->slot * 0.62;
        left = out > 0 ? a + t->unit : a - w - t->unit;
        y = top - t->unit * 0.2;
        text_h = c->step * 0.48;
    } else {
        ct_page_line(t->page, (struct ct_xy[]){ { a, y }, { b, y } }, 2, &line);
        left += t->unit * 1.4;
        w -= t->unit * 2.8;
    }
    struct ct_text_style style = {
        .weight = 500, .size_px = c->px, .align = CT_ALIGN_CENTER, .whole_words = true
    };
    struct ct_item *text =
        ct_page_text(t->page, t->type, e->label, &style,
                     (double[]){ left, y - text_h - t->unit * 0.5, fmax(1, w), text_h }, 1, p->ink);
    if (!text || w < c->slot)
        return;
    /* Lifelines in between stop short of the letters. */
    ct_page_box(t->page, CT_LAYER_LINES, text->x + text->size.ink_x - t->unit * 0.5,
                text->y + text->size.ink_y - t->unit * 0.2, text->size.ink_w + t->unit,
                text->size.ink_h + t->unit * 0.4, 0, ct_paint_flat(p->paper));
}

void ct_template_sequence(struct ct_template *t)
{
    const struct ct_intent *in = t->intent;
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct chart c = { .t = t, .n = in->n_nodes };
    c.room = ct_template_set_heading(t, t->unit * 4.6);
    if (c.n == 0)
        return;
    c.leftwards = ct_text_is_rtl(in->nodes[0].label);
    c.slot = c.room.w / c.n;
    c.head = fmin(t->unit * 9.5, c.room.h * 0.16);
    double rest = c.room.h - c.head - t->unit * 3;
    c.step = in->n_edges ? fmin(rest / in->n_edges, t->unit * 16) : rest;
    c.px = fmin(fmin(t->unit * 3.5, c.step * 0.44), c.slot * 0.15);
    /* Few messages: the lifelines end where the last of them does. */
    c.room.h = fmin(c.room.h, c.head + c.step * fmax(in->n_edges, 1) + t->unit * 3.6);
    for (int i = 0; i < c.n; i++) {
        lifeline(&c, i);
        participant(&c, i, false);
        participant(&c, i, true);
    }
    for (int e = 0; e < in->n_edges; e++)
        message(&c, &in->edges[e], c.room.y + c.head + c.step * (e + 0.86));
}
