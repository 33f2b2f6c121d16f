/* Menus: what there is and what it costs, with dots that lead from the one to the other.
 *
 * Names and prices are the prompt's values. One column, or two when there are many or the page is
 * wide; the type is as large as the longest row allows. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

struct table {
    struct ct_template *t;
    const struct ct_value *list;
    int n, columns, rows;
    double w, step, px;
    enum ct_face face;
};

static void row(struct table *m, const struct ct_value *v, double x, double y)
{
    struct ct_template *t = m->t;
    const struct ct_palette *p = &t->palette;
    struct ct_text_style name = { .face = m->face,
                                  .weight = m->face == CT_FACE_SERIF ? 400 : 500,
                                  .size_px = m->px,
                                  .whole_words = true };
    struct ct_text_style price = {
        .face = m->face, .weight = 700, .size_px = m->px, .align = CT_ALIGN_END
    };
    double share = v->text.len ? 0.3 : 0;
    struct ct_item *b = ct_page_text(
        t->page, t->type, v->text, &price,
        (double[]){ x + m->w * (1 - share), y, m->w * share, m->step * 0.86 }, 0.5, p->ink);
    struct ct_item *a = ct_page_text(
        t->page, t->type, v->label, &name,
        (double[]){ x, y, m->w * (1 - share) - m->px * 0.4, m->step * 0.86 }, 0.5, p->ink);
    if (!a || !b || ct_text_is_rtl(v->label) || a->size.lines > 1)
        return;
    double from = x + a->size.ink_x + a->size.ink_w + m->px * 0.5;
    double to = b->x + b->size.ink_x - m->px * 0.5, base = a->y + a->size.baseline;
    double gap = m->px * 0.42;
    for (double at = to; at > from; at -= gap)
        ct_page_circle(t->page, CT_LAYER_LINES, at, base - m->px * 0.04, fmax(0.7, m->px * 0.045),
                       ct_paint_flat(p->muted));
}

static double head(struct ct_template *t, double top)
{
    const struct ct_palette *p = &t->palette;
    double w = t->page->width, h = t->page->height, in = t->margin * 1.7, s = t->unit * 9, y = top;
    ct_print_emblem(t, w / 2 - s / 2, y, s, p->line, p->paper);
    y += s + t->unit * 2;
    struct ct_line title = {
        .face = t->face, .weight = 700, .px = t->unit * 10, .align = CT_ALIGN_CENTER, .ink = p->ink
    };
    y += ct_print_line(t, t->copy.title, (struct ct_rect){ in, y, w - 2 * in, h * 0.15 }, &title);
    struct ct_line sub = { .face = CT_FACE_SERIF,
                           .italic = true,
                           .weight = 400,
                           .px = t->unit * 3.2,
                           .align = CT_ALIGN_CENTER,
                           .ink = p->muted };
    y += ct_print_line(t, t->copy.subtitle, (struct ct_rect){ in, y, w - 2 * in, h * 0.08 }, &sub);
    y += t->unit * 2.4;
    ct_print_rule(t, w / 2, y, fmin(w * 0.5, t->unit * 46), p->line);
    return y + t->unit * 3;
}

void ct_template_menu(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    struct table menu = { .t = t, .face = t->face == CT_FACE_SANS ? CT_FACE_SANS : CT_FACE_SERIF };
    menu.n = ct_template_read_list(t, &menu.list);
    ct_template_paper(t);
    ct_print_frame(t, (struct ct_rect){ m * 0.5, m * 0.5, w - m, h - m }, t->palette.line);
    double y = head(t, m * 1.15), foot = h - m * 1.3, in = m * 1.8;
    struct ct_line note = { .face = CT_FACE_SANS,
                            .weight = 400,
                            .px = t->unit * 2.2,
                            .align = CT_ALIGN_CENTER,
                            .v = 1,
                            .ink = t->palette.muted };
    double notes = fmin(t->unit * 4 * t->copy.n_rest, h * 0.14);
    ct_print_rest(t, (struct ct_rect){ in, foot - notes, w - 2 * in, notes }, &note);
    foot -= notes + t->unit;
    if (menu.n == 0)
        return;
    menu.columns = menu.n > 9 || (ct_brush_wide(t) && menu.n > 3) ? 2 : 1;
    menu.rows = (menu.n + menu.columns - 1) / menu.columns;
    double gap = m * 1.2, room = w - 2 * in - gap * (menu.columns - 1);
    menu.w = fmin(room / menu.columns, t->unit * 74);
    menu.step = fmin((foot - y) / menu.rows, t->unit * 10.5);
    menu.px = fmin(menu.step * 0.5, t->unit * 4.8);
    double left = (w - menu.w * menu.columns - gap * (menu.columns - 1)) / 2;
    double top = y + (foot - y - menu.step * menu.rows) * 0.45;
    for (int i = 0; i < menu.n; i++)
        row(&menu, &menu.list[i], left + (menu.w + gap) * (i / menu.rows),
            top + menu.step * (i % menu.rows));
}
