/* Screens of programs: a dashboard on wide pages, an app on tall ones.
 *
 * What the prompt names are the entries of the menu and the titles of the panels; all other text
 * of a screen is unknown and stands as neutral bars, as in a wireframe. The shapes of the charts
 * are dice, without numbers, scales or names: they say "a chart is here" and nothing else. */
#include "engines/scene/page/glyph.h"

#include <math.h>

struct screen {
    struct ct_template *t;
    const struct ct_value *list;
    int n;
    double u, gap, radius;
    struct ct_tint bar, faint; /* neutral bars on a card, rules on a card */
};

static void bar(struct screen *s, double x, double y, double w, double h, struct ct_tint tint)
{
    if (w > 1 && h > 0.5)
        ct_page_box(s->t->page, CT_LAYER_SHAPES, x, y, w, h, h / 2, ct_paint_flat(tint));
}

static void rule(struct screen *s, double x, double y, double w)
{
    ct_page_box(s->t->page, CT_LAYER_LINES, x, y, w, fmax(1, s->u * 0.1), 0,
                ct_paint_flat(s->faint));
}

static double between(struct screen *s, double low, double high)
{
    return ct_dice_range(&s->t->dice, low, high);
}

static struct ct_rect panel(struct screen *s, struct ct_rect at)
{
    ct_template_card(s->t, at, s->radius, s->t->palette.card);
    double pad = fmin(s->u * 2.6, fmin(at.w, at.h) * 0.14);
    return (struct ct_rect){ at.x + pad, at.y + pad, fmax(1, at.w - 2 * pad),
                             fmax(1, at.h - 2 * pad) };
}

/* The sign of a label, or a neutral square. */
static void sign(struct screen *s, struct ct_slice label, double x, double y, double size,
                 struct ct_tint ink, struct ct_tint ground)
{
    const char *drawing = ct_glyph_find(label);
    if (drawing)
        ct_glyph_draw(s->t->page, drawing, x, y, size, ink, ground);
    else
        ct_page_box(s->t->page, CT_LAYER_SHAPES, x + size * 0.08, y + size * 0.08, size * 0.84,
                    size * 0.84, size * 0.24, ct_paint_flat(ct_tint_mix(ink, ground, 0.45)));
}

/* A line with a shade under it. */
static void line_shape(struct screen *s, struct ct_rect in, int n)
{
    struct ct_page *page = s->t->page;
    struct ct_xy p[32];
    struct ct_tint tint = ct_tint_legible(s->t->palette.accent, s->t->palette.card, 2);
    double level = between(s, 0.55, 0.8);
    n = n > 32 ? 32 : n;
    for (int i = 0; i < n; i++) {
        level = fmin(0.95, fmax(0.06, level + between(s, -0.16, 0.13) + (0.4 - level) * 0.12));
        p[i] = (struct ct_xy){ in.x + in.w * i / (n - 1), in.y + in.h * level };
    }
    struct ct_item *shade =
        ct_page_path(page, CT_LAYER_SHAPES,
                     ct_paint_linear(0, in.y, 0, in.y + in.h, ct_tint_alpha(tint, 0.26),
                                     ct_tint_alpha(tint, 0)));
    ct_path_move(page, shade, in.x, in.y + in.h);
    for (int i = 0; i < n; i++)
        ct_path_line(page, shade, p[i].x, p[i].y);
    ct_path_line(page, shade, in.x + in.w, in.y + in.h);
    ct_path_close(page, shade);
    ct_page_line(page, p, n,
                 &(struct ct_line_style){
                     .tint = tint, .width_px = fmax(1.5, s->u * 0.3), .radius = s->u * 0.4 });
    ct_page_circle(page, CT_LAYER_LINES, p[n - 1].x, p[n - 1].y, s->u * 0.55, ct_paint_flat(tint));
}

static void bars_shape(struct screen *s, struct ct_rect in)
{
    const struct ct_palette *p = &s->t->palette;
    int n = (int)fmin(26, fmax(5, in.w / (s->u * 2.4))),
        loud = n - 1 - ct_dice_below(&s->t->dice, n / 3);
    struct ct_tint quiet = ct_tint_mix(p->accent, p->card, p->dark ? 0.55 : 0.62);
    double step = in.w / n, w = step * 0.62, level = 0.5;
    for (int i = 0; i < n; i++) {
        level = fmin(1, fmax(0.2, level + between(s, -0.28, 0.28) + (0.62 - level) * 0.3));
        ct_page_box(s->t->page, CT_LAYER_SHAPES, in.x + i * step + (step - w) / 2,
                    in.y + in.h * (1 - level), w, in.h * level, w * 0.2,
                    ct_paint_flat(i == loud ? p->accent : quiet));
    }
}

/* The head of a panel: a label of the prompt, or a bar in its place. Returns the height. */
static double head(struct screen *s, struct ct_rect in, const struct ct_value *v, double px)
{
    struct ct_text_style style = { .weight = 600, .size_px = px, .whole_words = true };
    double h = fmin(px * 1.5, in.h * 0.3);
    if (v)
        ct_page_text(s->t->page, s->t->type, v->label, &style, (double[]){ in.x, in.y, in.w, h }, 0,
                     s->t->palette.on_card);
    else
        bar(s, in.x, in.y + h * 0.2, fmin(in.w * 0.5, s->u * 14), h * 0.38, s->bar);
    return h;
}

/* A number card: label, value (or a thick bar), a small line. */
static void tile(struct screen *s, struct ct_rect at, const struct ct_value *v)
{
    struct ct_rect in = panel(s, at);
    double h = head(s, (struct ct_rect){ in.x, in.y, in.w * 0.92, in.h }, v, s->u * 2.1);
    struct ct_text_style number = {
        .weight = 700, .size_px = s->u * 4.2, .tracking_em = -0.02, .whole_words = true
    };
    double y = in.y + h + in.h * 0.1, left = in.w * 0.5, room = fmax(1, in.y + in.h - y);
    if (v && v->text.len) { /* no curve: how the number came about is not known */
        ct_page_text(s->t->page, s->t->type, v->text, &number,
                     (double[]){ in.x, y, in.w, room * 0.7 }, 0, s->t->palette.on_card);
        bar(s, in.x, y + room * 0.84, left * 0.7, fmin(s->u, room * 0.16), s->faint);
        return;
    }
    bar(s, in.x, y, left * 0.8, fmin(s->u * 2.4, room * 0.42), s->bar);
    bar(s, in.x, y + room * 0.68, left * 0.55, fmin(s->u, room * 0.18), s->faint);
    line_shape(s, (struct ct_rect){ in.x + in.w * 0.56, y, in.w * 0.42, room }, 9);
}

/* Rows of a table: a disc, bars, a pill. */
static void table(struct screen *s, struct ct_rect at, const struct ct_value *v)
{
    struct ct_rect in = panel(s, at);
    double y = in.y + head(s, in, v, s->u * 2.3) + s->u * 1.2, foot = in.y + in.h;
    int rows = (int)fmin(8, floor((foot - y) / (s->u * 4.6)));
    double step = rows > 0 ? (foot - y) / rows : 0, h = s->u * 1.1;
    for (int i = 0; i < rows; i++) {
        double cy = y + step * (i + 0.5), r = fmin(s->u * 1.3, step * 0.3);
        struct ct_tint c = ct_template_series(s->t, i);
        rule(s, in.x, y + step * i, in.w);
        ct_page_circle(s->t->page, CT_LAYER_SHAPES, in.x + r, cy, r,
                       ct_paint_flat(ct_tint_mix(c, s->t->palette.card, 0.35)));
        bar(s, in.x + r * 3, cy - h / 2, in.w * between(s, 0.2, 0.34), h, s->bar);
        bar(s, in.x + in.w * 0.54, cy - h / 2, in.w * between(s, 0.1, 0.18), h, s->faint);
        bar(s, in.x + in.w * 0.84, cy - h, in.w * 0.16, h * 2,
            ct_tint_mix(c, s->t->palette.card, 0.72));
    }
}

static void chart(struct screen *s, struct ct_rect at, const struct ct_value *v, bool line)
{
    struct ct_rect in = panel(s, at);
    double h = head(s, in, v, s->u * 2.3) + in.h * 0.06;
    struct ct_rect plot = { in.x, in.y + h, in.w, fmax(1, in.h - h - s->u * 2.4) };
    for (int i = 0; i < 4; i++)
        bar(s, plot.x, plot.y + plot.h * i / 3, plot.w, fmax(1, s->u * 0.1), s->faint);
    if (line)
        line_shape(s, plot, 24);
    else
        bars_shape(s, plot);
    for (int i = 0; i < 5; i++)
        bar(s, plot.x + plot.w * (i + 0.36) / 5, in.y + in.h - s->u * 0.9, plot.w * 0.055,
            s->u * 0.8, s->faint);
}

/* The i-th entry of the list; NULL beyond it. */
static const struct ct_value *entry(const struct screen *s, int i)
{
    return i >= 0 && i < s->n ? &s->list[i] : NULL;
}

/* The menu at the left; the first entry is the open one. */
static void sidebar(struct screen *s, double w, double h, int n)
{
    struct ct_template *t = s->t;
    const struct ct_palette *p = &t->palette;
    struct ct_tint ground = ct_tint_mix(p->paper, p->ink, p->dark ? 0.04 : 0.035);
    double pad = s->u * 2.4, size = s->u * 3.4, y = pad;
    ct_page_box(t->page, CT_LAYER_GROUND, 0, 0, w, h, 0, ct_paint_flat(ground));
    ct_page_box(t->page, CT_LAYER_SHAPES, pad, y, size, size, size * 0.26,
                ct_paint_flat(p->accent));
    ct_page_circle(t->page, CT_LAYER_SHAPES, pad + size / 2, y + size / 2, size * 0.2,
                   ct_paint_flat(p->on_accent));
    bar(s, pad + size * 1.35, y + size * 0.36, w - 2 * pad - size * 1.8, size * 0.28,
        ct_tint_mix(p->ink, ground, 0.6));
    y += size * 1.9;
    struct ct_tint ink = ct_tint_legible(p->ink, ground, 7);
    double rest = h - y - pad, step = fmin(s->u * 5.2, rest / fmax(1, n));
    struct ct_text_style style = { .weight = 500, .size_px = s->u * 2.1, .whole_words = true };
    double icon = fmin(s->u * 2.2, step * 0.5), x = pad + s->u * 0.4, inner = w - 2 * pad;
    style.size_px =
        ct_template_even_px(t, s->list, n, &style, inner - icon - s->u * 2.4, step * 0.8);
    for (int i = 0; i < n; i++) {
        double cy = y + step * (i + 0.5);
        bool open = i == 0;
        struct ct_text_style own = style;
        own.weight = open ? 600 : 500;
        if (open)
            ct_page_box(t->page, CT_LAYER_SHAPES, pad - s->u, y + step * (i + 0.08),
                        w - 2 * pad + 2 * s->u, step * 0.84, s->u * 0.9, ct_paint_flat(p->card));
        sign(s, s->list[i].label, x, cy - icon / 2, icon, open ? p->on_card : ink,
             open ? p->card : ground);
        ct_page_text(t->page, t->type, s->list[i].label, &own,
                     (double[]){ x + icon + s->u * 1.2, cy - step * 0.4, inner - icon - s->u * 2.4,
                                 step * 0.8 },
                     0.5, open ? p->on_card : ink);
    }
    for (int i = n; i < 6 && y + step * (i + 1) < h - pad; i++) /* entries nobody named */
        bar(s, x, y + step * (i + 0.5) - s->u * 0.5, inner * between(s, 0.4, 0.7), s->u,
            ct_tint_mix(p->ink, ground, 0.84));
}

/* Title, subtitle and other texts over the panels; returns the y below. */
static double top(struct screen *s, struct ct_rect in)
{
    struct ct_template *t = s->t;
    struct ct_text_style title = {
        .weight = 700, .size_px = s->u * 4.2, .tracking_em = -0.022, .whole_words = true
    };
    struct ct_text_style sub = { .weight = 400, .size_px = s->u * 2.2, .whole_words = true };
    double y = in.y, pill = s->u * 15, w = fmax(1, in.w - pill - s->gap), most = in.h * 0.1;
    struct ct_item *a = ct_page_text(t->page, t->type, t->copy.title, &title,
                                     (double[]){ in.x, y, w, most }, 0, t->palette.ink);
    if (!a)
        bar(s, in.x, y + s->u * 1, s->u * 22, s->u * 2.2,
            ct_tint_mix(t->palette.ink, t->palette.paper, 0.7));
    y += (a ? a->h : s->u * 4.2) + s->u * 0.6;
    struct ct_item *b = ct_page_text(t->page, t->type, t->copy.subtitle, &sub,
                                     (double[]){ in.x, y, w, most * 0.6 }, 0, t->palette.muted);
    y += b ? b->h + s->u * 0.4 : 0;
    for (int i = 0; i < t->copy.n_rest; i++) {
        struct ct_text_style note = sub;
        struct ct_item *c = ct_page_text(t->page, t->type, t->copy.rest[i], &note,
                                         (double[]){ in.x, y, w, in.h * 0.12 / t->copy.n_rest }, 0,
                                         t->palette.muted);
        y += c ? c->h + s->u * 0.4 : 0;
    }
    ct_page_box(t->page, CT_LAYER_SHAPES, in.x + in.w - pill, in.y, pill, s->u * 5, s->u * 1.2,
                ct_paint_flat(t->palette.accent));
    bar(s, in.x + in.w - pill * 0.75, in.y + s->u * 2.05, pill * 0.5, s->u * 0.9,
        ct_tint_mix(t->palette.on_accent, t->palette.accent, 0.15));
    return fmax(y, in.y + s->u * 5) + s->gap * 1.3;
}

static void dashboard(struct screen *s)
{
    double W = s->t->page->width, H = s->t->page->height, side = fmin(W * 0.2, s->u * 34);
    int tiles = 0;
    for (int i = 0; i < s->n; i++)
        tiles += s->list[i].text.len > 0; /* values come first and are the cards */
    int menu = s->n - tiles;
    struct screen nav = *s;
    nav.list += tiles;
    sidebar(&nav, side, H, menu);
    double m = s->u * 4;
    struct ct_rect in = { side + m, m, W - side - 2 * m, H - 2 * m };
    double y = top(s, in), foot = in.y + in.h;
    int shown = tiles ? tiles : 3, columns = (int)fmin(shown, fmax(2, floor(in.w / (s->u * 20))));
    int rows = (shown + columns - 1) / columns;
    double h = fmin(s->u * 15, (foot - y) * 0.5 / rows),
           w = (in.w - s->gap * (columns - 1)) / columns;
    for (int i = 0; i < shown; i++)
        tile(s,
             (struct ct_rect){ in.x + (i % columns) * (w + s->gap),
                               y + (i / columns) * (h + s->gap), w, h },
             entry(s, tiles ? i : -1));
    y += rows * (h + s->gap);
    double rest = foot - y;
    if (rest < s->u * 12)
        return;
    bool flip = ct_dice_below(&s->t->dice, 2);
    double left = in.w * (flip ? 0.40 : 0.56);
    struct ct_rect a = { in.x, y, left - s->gap / 2, rest };
    struct ct_rect b = { in.x + left + s->gap / 2, y, in.w - left - s->gap / 2, rest };
    chart(s, flip ? b : a, NULL, flip);
    table(s, flip ? a : b, NULL);
}

/* An app on a telephone: a bar on top, a card, the named entries as rows, tabs at the foot. */
static void app(struct screen *s)
{
    struct ct_template *t = s->t;
    const struct ct_palette *p = &t->palette;
    double W = t->page->width, H = t->page->height, m = s->u * 5, tabs = s->u * 12;
    struct ct_rect in = { m, m, W - 2 * m, H - m - tabs - s->gap };
    double y = top(s, in), foot = in.y + in.h;
    int n = s->n ? s->n : 4;
    double step = fmin(s->u * 13, (foot - y) * 0.64 / n);
    double hero = fmin(in.w * 0.8, foot - y - s->gap - step * n);
    chart(s, (struct ct_rect){ in.x, y, in.w, hero }, NULL, ct_dice_below(&t->dice, 2));
    y += hero + s->gap;
    struct ct_text_style style = { .weight = 600, .size_px = s->u * 3.2, .whole_words = true };
    double icon = step * 0.42, x = in.x + s->u * 2.4, w = in.w * 0.5;
    style.size_px = ct_template_even_px(t, s->list, s->n, &style, w, step * 0.5);
    ct_template_card(t, (struct ct_rect){ in.x, y, in.w, step * n }, s->radius, p->card);
    for (int i = 0; i < n; i++) {
        const struct ct_value *v = entry(s, i);
        double top_y = y + step * i, cy = top_y + step / 2;
        struct ct_tint c = ct_template_series(t, i), soft = ct_tint_mix(c, p->card, 0.75);
        if (i > 0)
            rule(s, x, top_y, in.w - s->u * 4.8);
        ct_page_box(t->page, CT_LAYER_SHAPES, x, cy - step * 0.3, step * 0.6, step * 0.6,
                    step * 0.17, ct_paint_flat(soft));
        sign(s, v ? v->label : CT_S(""), x + step * 0.3 - icon / 2, cy - icon / 2, icon, c, soft);
        struct ct_text_style own = style, number = style;
        number.align = CT_ALIGN_END;
        double tx = x + step * 0.6 + s->u * 2.2, end = in.x + in.w - s->u * 2.4;
        if (v)
            ct_page_text(t->page, t->type, v->label, &own,
                         (double[]){ tx, cy - step * 0.38, w, step * 0.5 }, 0.5, p->on_card);
        else
            bar(s, tx, cy - step * 0.18, w * 0.6, step * 0.13, s->bar);
        bar(s, tx, cy + step * 0.18, w * between(s, 0.5, 0.9), step * 0.09, s->faint);
        if (v && v->text.len)
            ct_page_text(t->page, t->type, v->text, &number,
                         (double[]){ tx + w + s->u, cy - step * 0.3, fmax(1, end - tx - w - s->u),
                                     step * 0.6 },
                         0.5, p->on_card);
        else
            bar(s, end - s->u * 6, cy - step * 0.07, s->u * 6, step * 0.14, s->bar);
    }
    static const char *const tab[] = { "house", "search", "bell", "user" };
    ct_page_box(t->page, CT_LAYER_SHAPES, 0, H - tabs, W, tabs, 0, ct_paint_flat(p->card));
    ct_page_box(t->page, CT_LAYER_LINES, 0, H - tabs, W, fmax(1, s->u * 0.1), 0,
                ct_paint_flat(s->faint));
    for (int i = 0; i < 4; i++)
        ct_glyph_draw(t->page, ct_glyph_find(ct_slice(tab[i])), W * (i + 0.5) / 4 - s->u * 2.4,
                      H - tabs / 2 - s->u * 2.4, s->u * 4.8,
                      i ? s->bar : ct_tint_legible(p->accent, p->card, 2.5), p->card);
}

void ct_template_dashboard(struct ct_template *t)
{
    const struct ct_palette *p = &t->palette;
    struct screen s = { .t = t, .u = t->unit, .gap = t->unit * 2.2, .radius = t->unit * 1.4 };
    s.n = ct_template_read_list(t, &s.list);
    s.bar = ct_tint_mix(p->on_card, p->card, 0.74);
    s.faint = ct_tint_mix(p->on_card, p->card, 0.88);
    ct_template_paper(t);
    if (t->page->width < t->page->height * 0.8)
        app(&s);
    else
        dashboard(&s);
}
