/* Pyramids and funnels: levels that grow or shrink, their names and numbers beside them.
 *
 * Widths follow the order, not the numbers: a funnel of 10000 and 300 drawn to scale has no room
 * for its last words. A pyramid of needs is told from its foot, others from their top. */
#include "engines/scene/page/sample.h"
#include "engines/scene/page/template.h"

#include <math.h>

struct levels {
    struct ct_template *t;
    const struct ct_value *list;
    int n;
    bool from_foot;
};

static const struct ct_value *level(const struct levels *l, int i)
{
    return &l->list[l->from_foot ? l->n - 1 - i : i];
}

static void slab(struct ct_template *t, double x, double y, double top, double foot, double h,
                 struct ct_tint fill)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(fill));
    ct_path_move(t->page, p, x - top / 2, y);
    ct_path_line(t->page, p, x + top / 2, y);
    ct_path_line(t->page, p, x + foot / 2, y + h);
    ct_path_line(t->page, p, x - foot / 2, y + h);
    ct_path_close(t->page, p);
}

/* Names in a column beside the shape, each with a line from its level. */
static void names(struct levels *l, struct ct_rect in, double y0, double step, const double *edge)
{
    struct ct_template *t = l->t;
    const struct ct_palette *p = &t->palette;
    double number_w = 0;
    for (int i = 0; i < l->n; i++)
        number_w = l->list[i].text.len ? in.w * 0.38 : number_w;
    struct ct_text_style style = { .weight = 650, .size_px = t->unit * 3.6, .tracking_em = -0.012,
                                   .whole_words = true, .balance = true };
    style.size_px = ct_template_even_px(t, l->list, l->n, &style, in.w - number_w, step * 0.7);
    for (int i = 0; i < l->n; i++) {
        const struct ct_value *v = level(l, i);
        double y = y0 + step * i, cy = y + step / 2;
        struct ct_text_style own = style, number = style;
        number.weight = 750;
        number.align = CT_ALIGN_END;
        ct_page_line(t->page,
                     (struct ct_xy[]){ { edge[i] + t->unit, cy }, { in.x - t->unit * 1.2, cy } }, 2,
                     &(struct ct_line_style){ .tint = ct_tint_mix(p->ink, p->paper, 0.6),
                                              .width_px = fmax(1, t->unit * 0.2) });
        ct_page_text(t->page, t->type, v->label, &own,
                     (double[]){ in.x, y + step * 0.1, in.w - number_w - t->unit, step * 0.8 }, 0.5,
                     p->ink);
        ct_page_text(t->page, t->type, v->text, &number,
                     (double[]){ in.x + in.w - number_w, y + step * 0.1, number_w, step * 0.8 },
                     0.5, p->ink);
    }
}

static void tapered(struct ct_template *t, bool grows)
{
    struct levels l = { .t = t };
    l.n = ct_template_read_list(t, &l.list);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 5.4);
    double *edge = ct_arena_array(t->page->arena, (size_t)l.n + 1, sizeof(*edge));
    if (l.n == 0 || !edge)
        return;
    struct ct_slice texts[] = { t->intent->about, t->intent->subject, t->intent->prompt };
    for (int k = 0; k < 3 && grows; k++)
        l.from_foot |= ct_sample_mentions(
            texts[k], "maslow|maslow's|needs|testing|test|base to top|bottom to top");
    double w = fmin(room.w * 0.6, room.h * 1.15), h = fmin(room.h, w * 1.05);
    double y = room.y + (room.h - h) / 2, x = room.x + w / 2, step = h / l.n,
           gap = fmin(t->unit * 0.8, step * 0.1);
    for (int i = 0; i < l.n; i++) {
        double a = (double)i / l.n, b = (double)(i + 1) / l.n - gap / h;
        double top = grows ? w * a : w * (1 - 0.72 * a), foot = grows ? w * b : w * (1 - 0.72 * b);
        slab(t, x, y + step * i, top, foot, step - gap, ct_template_series(t, i));
        edge[i] = x + (top + foot) / 4;
    }
    double left = room.x + w + t->unit * 5;
    names(&l, (struct ct_rect){ left, y, fmax(1, room.x + room.w - left), h }, y, step, edge);
}

void ct_template_pyramid(struct ct_template *t)
{
    tapered(t, true);
}

void ct_template_funnel(struct ct_template *t)
{
    tapered(t, false);
}
