/* Cards: plans with prices, features.
 *
 * Names and prices are the prompt's. What a card would say below them is not known and not made
 * up: it is drawn as neutral bars, as designers do in a wireframe. */
#include "engines/scene/page/template.h"

#include <math.h>

struct deck {
    struct ct_template *t;
    const struct ct_value *list;
    int n;
    bool prices;
    double w, h, pad, name_px;
};

static void bar(struct ct_template *t, double x, double y, double w, double h, struct ct_tint tint)
{
    if (w > 1 && h > 0.5)
        ct_page_box(t->page, CT_LAYER_SHAPES, x, y, w, h, h / 2, ct_paint_flat(tint));
}

static void tick(struct ct_template *t, double x, double y, double r, struct ct_tint disc,
                 struct ct_tint mark)
{
    struct ct_xy p[] = { { x - r * 0.42, y + r * 0.02 },
                         { x - r * 0.1, y + r * 0.34 },
                         { x + r * 0.45, y - r * 0.32 } };
    ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, r, ct_paint_flat(disc));
    ct_page_line(t->page, p, 3, &(struct ct_line_style){ .tint = mark, .width_px = r * 0.3 });
}

/* Ticked lines between y and `foot`: as many as there is room for, at most five. */
static void ticked_lines(struct deck *d, double x, double y, double foot, struct ct_tint ink,
                         struct ct_tint ground)
{
    struct ct_template *t = d->t;
    double step = fmin(fmax(t->unit * 3.6, (foot - y) / 5), t->unit * 6), r = step * 0.24;
    struct ct_tint soft = ct_tint_mix(ink, ground, 0.82);
    for (int i = 0; i < 5 && y + step * (i + 1) <= foot; i++) {
        double w = (d->w - 2 * d->pad - r * 3) * ct_dice_range(&t->dice, 0.55, 0.92);
        double cy = y + step * (i + 0.5);
        tick(t, x + r, cy, r, soft, ct_tint_mix(ink, ground, 0.25));
        bar(t, x + r * 3.2, cy - r * 0.45, w, r * 0.9, soft);
    }
}

static void plan(struct deck *d, const struct ct_value *v, double x, double y, bool loud)
{
    struct ct_template *t = d->t;
    const struct ct_palette *p = &t->palette;
    struct ct_tint ground = loud ? p->accent : p->card, ink = loud ? p->on_accent : p->on_card;
    double inner = d->w - 2 * d->pad, button = fmin(t->unit * 6, d->h * 0.13);
    ct_template_card(t, (struct ct_rect){ x, y, d->w, d->h }, fmin(t->unit * 2.2, d->w * 0.08),
                     ground);
    struct ct_text_style name = { .weight = 600, .size_px = d->name_px, .whole_words = true };
    struct ct_text_style price = {
        .weight = 800, .size_px = t->unit * 7, .tracking_em = -0.03, .whole_words = true
    };
    double at = y + d->pad;
    struct ct_item *a = ct_page_text(t->page, t->type, v->label, &name,
                                     (double[]){ x + d->pad, at, inner, d->h * 0.16 }, 0, ink);
    at += (a ? a->h : 0) + d->h * 0.02;
    struct ct_item *b = ct_page_text(t->page, t->type, v->text, &price,
                                     (double[]){ x + d->pad, at, inner, d->h * 0.2 }, 0, ink);
    at += (b ? b->h : 0) + d->h * 0.05;
    double foot = y + d->h - d->pad - button;
    ticked_lines(d, x + d->pad, at, foot - d->h * 0.04, ink, ground);
    struct ct_tint face = loud ? p->on_accent : p->accent;
    ct_page_box(t->page, CT_LAYER_SHAPES, x + d->pad, foot, inner, button, button * 0.28,
                ct_paint_flat(face));
    bar(t, x + d->w / 2 - inner * 0.16, foot + button * 0.42, inner * 0.32, button * 0.16,
        ct_tint_mix(loud ? p->accent : p->on_accent, face, 0.15));
}

/* A mark made of two shapes: every card has another. */
static void mark(struct ct_template *t, double x, double y, double s, int i)
{
    struct ct_tint c = ct_template_series(t, i);
    ct_page_box(t->page, CT_LAYER_SHAPES, x, y, s, s, s * 0.28,
                ct_paint_flat(ct_tint_mix(c, t->palette.card, 0.78)));
    struct ct_item *m = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(c));
    double cx = x + s / 2, cy = y + s / 2, r = s * 0.26;
    switch (i % 4) {
    case 0:
        ct_path_arc(t->page, m, cx, cy, r, 0, 2 * M_PI);
        break;
    case 1:
        ct_path_arc(t->page, m, cx - r, cy + r, r * 2, -M_PI / 2, 0);
        ct_path_line(t->page, m, cx - r, cy + r);
        break;
    case 2:
        for (int k = 0; k < 4; k++)
            ct_path_line(t->page, m, cx + r * 1.15 * cos(k * M_PI / 2),
                         cy + r * 1.15 * sin(k * M_PI / 2));
        break;
    default:
        ct_path_arc(t->page, m, cx, cy + r * 0.55, r * 1.15, -M_PI, 0);
        break;
    }
    ct_path_close(t->page, m);
}

static void feature(struct deck *d, const struct ct_value *v, double x, double y, int i)
{
    struct ct_template *t = d->t;
    const struct ct_palette *p = &t->palette;
    double inner = d->w - 2 * d->pad, s = fmin(t->unit * 9, fmin(d->h * 0.26, d->w * 0.3));
    ct_template_card(t, (struct ct_rect){ x, y, d->w, d->h }, fmin(t->unit * 2.2, d->w * 0.08),
                     p->card);
    mark(t, x + d->pad, y + d->pad, s, i);
    double line = fmin(t->unit * 3.2, d->h * 0.08), lines = line * 3;
    double top = y + d->pad + s + d->h * 0.05;
    struct ct_text_style name = {
        .weight = 700, .size_px = d->name_px, .tracking_em = -0.012, .whole_words = true
    };
    ct_page_text(t->page, t->type, v->label, &name,
                 (double[]){ x + d->pad, top, inner,
                             fmax(1, y + d->h - d->pad - lines - d->h * 0.03 - top) },
                 1, p->on_card);
    struct ct_tint soft = ct_tint_mix(p->on_card, p->card, 0.86);
    for (int k = 0; k < 3; k++)
        bar(t, x + d->pad, y + d->h - d->pad - lines + line * (k + 0.62),
            inner * (k == 2 ? 0.55 : ct_dice_range(&t->dice, 0.82, 1)), line * 0.34, soft);
}

void ct_template_cards(struct ct_template *t)
{
    struct deck d = { .t = t };
    d.n = ct_template_read_list(t, &d.list);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 6);
    if (d.n == 0)
        return;
    for (int i = 0; i < d.n; i++)
        d.prices |= d.list[i].text.len > 0;
    double gap = t->unit * 2.8, aspect = d.prices ? 0.72 : 1.1;
    int columns = ct_template_columns(d.n, room.w, room.h, aspect);
    int rows = (d.n + columns - 1) / columns;
    d.w = fmax(1, (room.w - gap * (columns - 1)) / columns);
    d.h = fmax(1, fmin((room.h - gap * (rows - 1)) / rows, d.w * (d.prices ? 1.9 : 1.25)));
    d.w = fmin(d.w, d.h * (d.prices ? 1.3 : 1.9));
    d.pad = fmin(fmin(d.w, d.h) * 0.11, t->unit * 4);
    struct ct_text_style name = { .weight = 700, .size_px = t->unit * 3.6, .whole_words = true };
    d.name_px = ct_template_even_px(t, d.list, d.n, &name, d.w - 2 * d.pad, d.h * 0.16);
    double y0 = room.y + (room.h - rows * d.h - (rows - 1) * gap) / 2;
    for (int i = 0; i < d.n; i++) {
        int row = i / columns, in_row = row + 1 < rows ? columns : d.n - columns * row;
        double left = (room.w - in_row * d.w - (in_row - 1) * gap) / 2;
        double x = room.x + left + (i - row * columns) * (d.w + gap), y = y0 + row * (d.h + gap);
        if (d.prices)
            plan(&d, &d.list[i], x, y, d.n > 2 && i == d.n / 2);
        else
            feature(&d, &d.list[i], x, y, i);
    }
}
