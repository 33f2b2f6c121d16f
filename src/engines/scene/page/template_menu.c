/* Menus: what there is and what it costs, with dots that lead from the one to the other.
 *
 * Names and prices are the prompt's values, under the headings of their sections. One column, or
 * two when there are many or the page is wide; two columns part where a section ends, if that
 * leaves neither much longer. The type is as large as the longest column allows. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

enum { HEADING_ROWS = 2 }; /* what a heading takes, with the gap above it */

struct table {
    struct ct_template *t;
    const struct ct_value *list;
    int n, columns, rows;
    int split; /* the first entry of the second column; n: there is none */
    double w, step, px;
    enum ct_face face;
};

/* A heading stands over the first entry of its section. */
static bool opens_section(const struct table *m, int i)
{
    return m->list[i].series.len &&
           (i == 0 || !ct_slice_eq(m->list[i].series, m->list[i - 1].series));
}

static int rows_of(const struct table *m, int from, int to)
{
    int rows = 0;
    for (int i = from; i < to; i++)
        rows += 1 + (opens_section(m, i) ? HEADING_ROWS : 0);
    return rows;
}

/* Where the second column begins: as even as can be, rather between two sections. */
static void part(struct table *m)
{
    int least = 0, all = rows_of(m, 0, m->n);
    m->split = m->n;
    m->rows = all;
    for (int i = 1; i < m->n && m->columns == 2; i++) {
        int left = rows_of(m, 0, i), right = rows_of(m, i, m->n);
        int longer = left > right ? left : right;
        int cost =
            longer * 3 + (m->list[i].series.len && !opens_section(m, i) ? all : 0) + (right > left);
        if (m->split < m->n && cost >= least)
            continue;
        least = cost;
        m->split = i;
        m->rows = longer;
    }
}

static void heading(struct table *m, struct ct_slice text, double x, double y)
{
    const struct ct_palette *p = &m->t->palette;
    struct ct_text_style style = {
        .face = m->face, .weight = 700, .size_px = m->px * 1.12, .whole_words = true
    };
    struct ct_item *a = ct_page_text(m->t->page, m->t->type, text, &style,
                                     (double[]){ x, y + m->step * 0.3, m->w, m->step * 1.1 }, 1,
                                     ct_tint_legible(p->line, p->paper, 4.6));
    if (a)
        ct_page_box(m->t->page, CT_LAYER_LINES, x, y + m->step * 1.52, m->w, fmax(1, m->px * 0.03),
                    0, ct_paint_flat(p->line));
}

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
    int all = rows_of(&menu, 0, menu.n);
    menu.columns = all > (ct_brush_wide(t) ? 5 : h > w * 1.2 ? 20 : 12) ? 2 : 1;
    part(&menu);
    double gap = m * 1.2, room = w - 2 * in - gap * (menu.columns - 1);
    menu.w = fmin(room / menu.columns, t->unit * 80);
    menu.step = fmin((foot - y) / menu.rows, t->unit * 13);
    struct ct_text_style name = { .face = menu.face,
                                  .weight = 400,
                                  .size_px = fmin(menu.step * 0.48, t->unit * 5.4),
                                  .whole_words = true };
    menu.px = ct_template_even_px(t, menu.list, menu.n, &name, menu.w * 0.66, name.size_px * 1.5);
    double left = (w - menu.w * menu.columns - gap * (menu.columns - 1)) / 2;
    double top = y + (foot - y - menu.step * menu.rows) * 0.4;
    for (int i = 0, at = 0; i < menu.n; i++) {
        at = i == menu.split ? 0 : at;
        double x = left + (menu.w + gap) * (i >= menu.split);
        if (opens_section(&menu, i)) {
            heading(&menu, menu.list[i].series, x, top + menu.step * at);
            at += HEADING_ROWS;
        }
        row(&menu, &menu.list[i], x, top + menu.step * at++);
    }
}
