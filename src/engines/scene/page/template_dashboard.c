/* Dashboards: a menu, tiles of figures, a curve, a ring, a table; without the menu on tall pages.
 *
 * The prompt's values are the tiles and its labels the menu, each as written. What nobody named is
 * sample content (boards.def), as in every mock-up, and the reply says so; the shapes of the charts
 * are dice and carry no scale. */
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/point_sign.h"
#include "engines/scene/page/sample.h"

#include <math.h>

struct board {
    const char *words, *menu, *tiles, *chart, *parts_title, *parts, *table, *rows;
};

static const struct board boards[] = {
#define CT_BOARD(words, menu, tiles, chart, parts_title, parts, table, rows) \
    { words, menu, tiles, chart, parts_title, parts, table, rows },
#include "engines/scene/page/boards.def"
#undef CT_BOARD
};
enum { BOARDS = sizeof(boards) / sizeof(boards[0]), MONTHS = 12 };

struct screen {
    struct ct_template *t;
    const struct board *board;
    const struct ct_value *list;
    int n, tiles; /* values come first and are the tiles */
    double u, gap, radius;
    bool silent;
    struct ct_tint bar, faint, muted; /* on a card */
};

static const struct board *board_of(const struct ct_intent *in)
{
    struct ct_slice texts[] = { in->about, in->subject, in->prompt };
    for (int k = 0; k < 3; k++)
        for (int i = 0; i + 1 < BOARDS; i++)
            if (ct_sample_mentions(texts[k], boards[i].words))
                return &boards[i];
    return &boards[BOARDS - 1];
}

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

/* Words in one line; a neutral bar where text is unwanted. */
static void say(struct screen *s, struct ct_slice text, struct ct_rect at, int weight, double px,
                enum ct_text_align align, struct ct_tint tint)
{
    struct ct_text_style style = { .weight = weight,
                                   .size_px = px,
                                   .tracking_em = -0.01,
                                   .align = align,
                                   .whole_words = true };
    if (text.len)
        ct_page_text(s->t->page, s->t->type, text, &style,
                     (double[]){ at.x, at.y, fmax(1, at.w), fmax(1, at.h) }, 0.5, tint);
    else
        bar(s, align == CT_ALIGN_END ? at.x + at.w * 0.5 : at.x, at.y + at.h * 0.32, at.w * 0.5,
            fmin(at.h * 0.36, px * 0.5), s->bar);
}

/* Sample words, which "no text" leaves out. */
static struct ct_slice sample(const struct screen *s, struct ct_slice text)
{
    return s->silent ? ct_slice(NULL) : text;
}

static struct ct_rect panel(struct screen *s, struct ct_rect at)
{
    ct_template_card(s->t, at, s->radius, s->t->palette.card);
    double pad = fmin(s->u * 2.4, fmin(at.w, at.h) * 0.13);
    return (struct ct_rect){ at.x + pad, at.y + pad, fmax(1, at.w - 2 * pad),
                             fmax(1, at.h - 2 * pad) };
}

/* The head of a panel; returns the room below. */
static struct ct_rect headed(struct screen *s, struct ct_rect at, const char *title)
{
    struct ct_rect in = panel(s, at);
    double h = fmin(s->u * 3.2, in.h * 0.2);
    say(s, sample(s, ct_slice(title)), (struct ct_rect){ in.x, in.y, in.w, h }, 650, s->u * 2.3,
        CT_ALIGN_START, s->t->palette.on_card);
    return (struct ct_rect){ in.x, in.y + h * 1.35, in.w, fmax(1, in.h - h * 1.35) };
}

/* A smooth line over its shade, through n levels of dice. */
static void curve(struct screen *s, struct ct_rect in, int n, double width)
{
    struct ct_page *page = s->t->page;
    struct ct_tint tint = ct_tint_legible(s->t->palette.accent, s->t->palette.card, 2);
    double y[MONTHS], level = 0.72;
    for (int i = 0; i < n; i++) {
        level += ct_dice_range(&s->t->dice, -0.17, 0.09);
        level = fmin(0.92, fmax(0.08, level));
        y[i] = in.y + in.h * level;
    }
    struct ct_item *shade = ct_page_path(page, CT_LAYER_SHAPES,
                                         ct_paint_linear(0, in.y, 0, in.y + in.h,
                                                         ct_tint_alpha(tint, 0.24),
                                                         ct_tint_alpha(tint, 0)));
    struct ct_item *line = ct_page_path(page, CT_LAYER_LINES, (struct ct_paint){ 0 });
    line->stroke = tint;
    line->stroke_px = width;
    line->round_ends = true;
    for (int pass = 0; pass < 2; pass++) {
        struct ct_item *path = pass ? line : shade;
        ct_path_move(page, path, in.x, y[0]);
        for (int i = 1; i < n; i++) {
            double x0 = in.x + in.w * (i - 1) / (n - 1), x1 = in.x + in.w * i / (n - 1);
            double mid = (x0 + x1) / 2;
            ct_path_curve(page, path, (double[]){ mid, y[i - 1], mid, y[i], x1, y[i] });
        }
    }
    ct_path_line(page, shade, in.x + in.w, in.y + in.h);
    ct_path_line(page, shade, in.x, in.y + in.h);
    ct_path_close(page, shade);
    ct_page_circle(page, CT_LAYER_LINES, in.x + in.w, y[n - 1], width * 1.7, ct_paint_flat(tint));
}

/* A tile: what, how much, and for a sample how it changed. */
static void tile(struct screen *s, struct ct_rect at, int i)
{
    struct ct_rect in = panel(s, at);
    const struct ct_value *v = i < s->tiles ? &s->list[i] : NULL;
    const struct ct_palette *p = &s->t->palette;
    struct ct_slice label = v ? v->label : sample(s, ct_sample_part(s->board->tiles, i, 0));
    struct ct_slice number = v ? v->text : sample(s, ct_sample_part(s->board->tiles, i, 1));
    struct ct_slice change = v ? ct_slice(NULL) : sample(s, ct_sample_part(s->board->tiles, i, 2));
    double icon = fmin(in.h * 0.26, s->u * 3), w = in.w - icon * 1.3;
    struct ct_tint tint = ct_template_series(s->t, i), pale = ct_tint_mix(tint, p->card, 0.76);
    const char *drawing = ct_point_sign(label);
    ct_page_box(s->t->page, CT_LAYER_SHAPES, in.x + in.w - icon, in.y, icon, icon, icon * 0.3,
                ct_paint_flat(pale));
    if (drawing)
        ct_glyph_draw(s->t->page, drawing, in.x + in.w - icon * 0.76, in.y + icon * 0.24,
                      icon * 0.52, ct_tint_legible(tint, pale, 3), pale);
    say(s, label, (struct ct_rect){ in.x, in.y, w, in.h * 0.26 }, 500, s->u * 1.9, CT_ALIGN_START,
        s->muted);
    say(s, number, (struct ct_rect){ in.x, in.y + in.h * 0.32, in.w, in.h * 0.4 }, 750, s->u * 3.8,
        CT_ALIGN_START, p->on_card);
    if (v) {
        bar(s, in.x, in.y + in.h * 0.88, in.w, fmax(1, s->u * 0.5), s->faint);
        bar(s, in.x, in.y + in.h * 0.88, in.w * (0.42 + 0.13 * (i % 4)), fmax(1, s->u * 0.5),
            ct_tint_legible(tint, p->card, 1.6));
        return;
    }
    say(s, change, (struct ct_rect){ in.x, in.y + in.h * 0.78, in.w * 0.44, in.h * 0.22 }, 600,
        s->u * 1.7, CT_ALIGN_START, ct_tint_legible(p->accent, p->card, 4.8));
    curve(s, (struct ct_rect){ in.x + in.w * 0.54, in.y + in.h * 0.72, in.w * 0.43, in.h * 0.28 },
          7, fmax(1, s->u * 0.24));
}

static void chart(struct screen *s, struct ct_rect at)
{
    static const char *const months[MONTHS] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct ct_rect in = headed(s, at, s->board->chart);
    double foot = s->u * 2.6, slot = in.w / MONTHS;
    struct ct_rect plot = { in.x + slot / 2, in.y, in.w - slot, fmax(1, in.h - foot) };
    for (int i = 0; i < 4; i++)
        rule(s, in.x, plot.y + plot.h * i / 3, in.w);
    curve(s, plot, MONTHS, fmax(1.5, s->u * 0.34));
    int every = slot < s->u * 4 ? 2 : 1;
    for (int i = 0; i < MONTHS && !s->silent; i += every)
        say(s, ct_slice(months[i]),
            (struct ct_rect){ in.x + slot * i - slot * 0.4, in.y + in.h - foot * 0.8, slot * 1.8,
                              foot * 0.8 },
            450, s->u * 1.6, CT_ALIGN_CENTER, s->muted);
}

/* A ring and the names of its parts. */
static void ring(struct screen *s, struct ct_rect at)
{
    static const double share[] = { 0.42, 0.27, 0.19, 0.12 };
    struct ct_rect in = headed(s, at, s->board->parts_title);
    struct ct_page *page = s->t->page;
    bool wide = in.w > in.h * 1.5;
    double r = wide ? fmin(in.h / 2, in.w * 0.24) : fmin(in.w * 0.36, in.h * 0.3);
    double px = r * 0.34, x = wide ? in.x + r : in.x + in.w / 2,
           y = wide ? in.y + in.h / 2 : in.y + r;
    double turn = -M_PI / 2;
    for (int i = 0; i < 4; i++) {
        struct ct_item *part = ct_page_path(page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
        ct_path_arc(page, part, x, y, r - px / 2, turn + 0.02, turn + share[i] * 2 * M_PI - 0.02);
        part->stroke = ct_template_series(s->t, i);
        part->stroke_px = px;
        turn += share[i] * 2 * M_PI;
    }
    struct ct_rect names =
        wide ? (struct ct_rect){ x + r + s->u * 3, in.y, in.w - 2 * r - s->u * 3, in.h }
             : (struct ct_rect){ in.x, in.y + 2 * r + s->u * 1.6, in.w, in.h - 2 * r - s->u * 1.6 };
    double step = fmin(names.h / 4, s->u * 4.2), top = names.y + (names.h - 4 * step) / 2,
           d = s->u * 0.6;
    for (int i = 0; i < 4; i++) {
        double cy = top + step * (i + 0.5);
        ct_page_circle(page, CT_LAYER_SHAPES, names.x + d, cy, d,
                       ct_paint_flat(ct_template_series(s->t, i)));
        say(s, sample(s, ct_sample_part(s->board->parts, i, 0)),
            (struct ct_rect){ names.x + d * 3.4, cy - step * 0.45, names.w - d * 3.4, step * 0.9 },
            500, s->u * 1.9, CT_ALIGN_START, s->t->palette.on_card);
    }
}

static void table(struct screen *s, struct ct_rect at)
{
    struct ct_rect in = headed(s, at, s->board->table);
    int rows = (int)fmin(6, floor(in.h / (s->u * 4)));
    double step = rows > 0 ? fmin(in.h / rows, s->u * 7) : 0;
    for (int i = 0; i < rows; i++) {
        double y = in.y + step * i, r = fmin(s->u * 1.1, step * 0.26);
        struct ct_tint c = ct_template_series(s->t, i);
        struct ct_tint pale = ct_tint_mix(c, s->t->palette.card, 0.8);
        struct ct_slice name = sample(s, ct_sample_part(s->board->rows, i, 0));
        rule(s, in.x, y, in.w);
        ct_page_circle(s->t->page, CT_LAYER_SHAPES, in.x + r, y + step / 2, r,
                       ct_paint_flat(ct_tint_mix(c, s->t->palette.card, 0.3)));
        say(s, name,
            (struct ct_rect){ in.x + r * 3, y + step * 0.1, in.w * 0.44 - r * 3, step * 0.8 }, 550,
            s->u * 1.9, CT_ALIGN_START, s->t->palette.on_card);
        say(s, sample(s, ct_sample_part(s->board->rows, i, 1)),
            (struct ct_rect){ in.x + in.w * 0.47, y + step * 0.1, in.w * 0.27, step * 0.8 }, 400,
            s->u * 1.7, CT_ALIGN_START, s->muted);
        double w = in.w * 0.22, h = fmin(step * 0.66, s->u * 2.9), x = in.x + in.w - w;
        ct_page_box(s->t->page, CT_LAYER_SHAPES, x, y + (step - h) / 2, w, h, h / 2,
                    ct_paint_flat(pale));
        if (!s->silent)
            say(s, ct_sample_part(s->board->rows, i, 2),
                (struct ct_rect){ x + h * 0.3, y + (step - h * 0.8) / 2, w - h * 0.6, h * 0.8 },
                600, s->u * 1.55, CT_ALIGN_CENTER, ct_tint_legible(s->t->palette.on_card, pale, 5));
    }
}

/* The menu at the left; the first entry is the open one. */
static void sidebar(struct screen *s, double w, double h, const struct ct_value *menu, int n)
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
    y += size * 1.9;
    struct ct_tint ink = ct_tint_legible(p->ink, ground, 7);
    int shown = n ? n : ct_sample_count(s->board->menu);
    double rest = h - y - pad, step = fmin(s->u * 5.2, rest / fmax(1, shown));
    struct ct_text_style style = { .weight = 500, .size_px = s->u * 2.1, .whole_words = true };
    double icon = fmin(s->u * 2.2, step * 0.5), x = pad + s->u * 0.4, inner = w - 2 * pad;
    style.size_px = ct_template_even_px(t, menu, n, &style, inner - icon - s->u * 2.4, step * 0.8);
    for (int i = 0; i < shown; i++) {
        double cy = y + step * (i + 0.5);
        bool open = i == 0;
        struct ct_tint tint = open ? p->on_card : ink, under = open ? p->card : ground;
        struct ct_slice label = n ? menu[i].label : sample(s, ct_sample_part(s->board->menu, i, 1));
        const char *drawing = n ? ct_point_sign(label)
                                : ct_glyph_find(ct_sample_part(s->board->menu, i, 0));
        if (open)
            ct_page_box(t->page, CT_LAYER_SHAPES, pad - s->u, y + step * (i + 0.08),
                        w - 2 * pad + 2 * s->u, step * 0.84, s->u * 0.9, ct_paint_flat(p->card));
        if (drawing)
            ct_glyph_draw(t->page, drawing, x, cy - icon / 2, icon, tint, under);
        else
            ct_page_box(t->page, CT_LAYER_SHAPES, x + icon * 0.08, cy - icon * 0.42, icon * 0.84,
                        icon * 0.84, icon * 0.24, ct_paint_flat(ct_tint_mix(tint, under, 0.45)));
        say(s, label,
            (struct ct_rect){ x + icon + s->u * 1.2, cy - step * 0.4, inner - icon - s->u * 2.4,
                              step * 0.8 },
            open ? 650 : 500, style.size_px, CT_ALIGN_START, tint);
    }
}

/* Title, subtitle and other texts over the panels; returns the y below. */
static double top(struct screen *s, struct ct_rect in)
{
    struct ct_template *t = s->t;
    struct ct_text_style title = {
        .weight = 750, .size_px = s->u * 4, .tracking_em = -0.022, .whole_words = true
    };
    struct ct_text_style sub = { .weight = 400, .size_px = s->u * 2.2, .whole_words = true };
    double y = in.y, pill = fmin(s->u * 13, in.w * 0.3), w = fmax(1, in.w - pill - s->gap);
    double most = in.h * 0.1;
    struct ct_slice name = t->copy.title.len ? t->copy.title : sample(s, CT_S("Overview"));
    struct ct_item *a = ct_page_text(t->page, t->type, name, &title, (double[]){ in.x, y, w, most },
                                     0, t->palette.ink);
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
    double x = in.x + in.w - pill, h = s->u * 4.4;
    ct_page_box(t->page, CT_LAYER_SHAPES, x, in.y, pill, h, s->u * 1.1,
                ct_paint_flat(t->palette.accent));
    if (!s->silent)
        say(s, CT_S("Last 12 months"),
            (struct ct_rect){ x + pill * 0.08, in.y + h * 0.15, pill * 0.84, h * 0.7 }, 600,
            s->u * 1.7, CT_ALIGN_CENTER, t->palette.on_accent);
    return fmax(y, in.y + h) + s->gap;
}

static double tiles(struct screen *s, struct ct_rect in, double y)
{
    int shown = s->tiles >= 2 ? s->tiles : (int)fmax(s->tiles, 4);
    int most = (int)fmax(2, floor(in.w / (s->u * 19)));
    int columns = (int)fmin(shown, most);
    if (s->tiles < 2 && columns < 4)
        shown = columns = (int)fmin(columns, 4), shown = columns == 3 ? 3 : 4;
    if (shown == 4 && columns == 3)
        columns = 2;
    int rows = (shown + columns - 1) / columns;
    double foot = in.y + in.h, h = fmin(s->u * 14, (foot - y) * 0.5 / rows);
    for (int i = 0; i < shown; i++) {
        int row = i / columns, in_row = row + 1 < rows ? columns : shown - columns * row;
        double w =
            (in.w - s->gap * (in_row - 1)) / in_row; /* a last row is as wide as the others */
        tile(s,
             (struct ct_rect){ in.x + (i - row * columns) * (w + s->gap), y + row * (h + s->gap), w,
                               h },
             i);
    }
    return y + rows * (h + s->gap);
}

static void panels(struct screen *s, struct ct_rect in)
{
    bool wide = in.w > in.h * 1.25;
    if (in.h < s->u * 12)
        return;
    if (wide && in.h < s->u * 52) { /* one row */
        double left = in.w * 0.6;
        chart(s, (struct ct_rect){ in.x, in.y, left - s->gap / 2, in.h });
        struct ct_rect b = { in.x + left + s->gap / 2, in.y, in.w - left - s->gap / 2, in.h };
        if (ct_dice_below(&s->t->dice, 2))
            table(s, b);
        else
            ring(s, b);
        return;
    }
    double half = (in.h - s->gap) * 0.5, left = in.w * (in.w > s->u * 60 ? 0.6 : 1);
    chart(s, (struct ct_rect){ in.x, in.y, left - (left < in.w ? s->gap / 2 : 0), half });
    struct ct_rect low = { in.x, in.y + half + s->gap, in.w, in.h - half - s->gap };
    if (left < in.w) {
        ring(s, (struct ct_rect){ in.x + left + s->gap / 2, in.y, in.w - left - s->gap / 2, half });
        table(s, low);
        return;
    }
    double ring_h = low.h * 0.44;
    ring(s, (struct ct_rect){ low.x, low.y, low.w, ring_h });
    table(s, (struct ct_rect){ low.x, low.y + ring_h + s->gap, low.w, low.h - ring_h - s->gap });
}

void ct_template_dashboard(struct ct_template *t)
{
    const struct ct_palette *p = &t->palette;
    struct screen s = { .t = t, .u = t->unit, .gap = t->unit * 2, .radius = t->unit * 1.4 };
    double W = t->page->width, H = t->page->height, m = t->unit * 4;
    s.board = board_of(t->intent);
    s.silent = ct_template_silent(t->intent);
    s.n = ct_template_read_list(t, &s.list);
    while (s.tiles < s.n && s.list[s.tiles].text.len > 0)
        s.tiles++;
    s.bar = ct_tint_mix(p->on_card, p->card, 0.74);
    s.faint = ct_tint_mix(p->on_card, p->card, 0.9);
    s.muted = ct_tint_legible(ct_tint_mix(p->on_card, p->card, 0.3), p->card, 5);
    ct_template_paper(t);
    bool menu = W >= H * 0.8 || s.n > s.tiles;
    double side = menu ? fmin(W * (W < H * 0.8 ? 0.3 : 0.2), s.u * 30) : 0;
    if (menu)
        sidebar(&s, side, H, s.list + s.tiles, s.n - s.tiles);
    struct ct_rect in = { side + m, m, W - side - 2 * m, H - 2 * m };
    double y = tiles(&s, in, top(&s, in));
    panels(&s, (struct ct_rect){ in.x, y, in.w, in.y + in.h - y });
}
