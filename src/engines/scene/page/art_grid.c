/* Flat geometry: Swiss fields, Bauhaus forms, memphis scatter, type alone, one sign, hardly
 * anything. */
#include "engines/scene/page/art.h"
#include "engines/scene/page/brush.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

static struct ct_tint art(const struct ct_template *t, int i)
{
    return t->palette.art[i % CT_PALETTE_ART];
}

static void big_circle(struct ct_template *t, struct ct_rect in)
{
    double r = fmin(in.w, in.h) * 0.56, x = in.x + in.w * 0.68, y = in.y + in.h * 0.5;
    ct_brush_dot(t, x, y, r, art(t, 0));
    ct_brush_dot(t, x - r * 0.62, y + r * 0.3, r * 0.42, art(t, 1));
}

static void diagonals(struct ct_template *t, struct ct_rect in)
{
    double step = fmin(in.w, in.h) * 0.17, dx = in.h * 0.6;
    for (int i = 0; i < 5; i++) {
        double x = in.x + in.w - dx - step * 1.55 * (i - 0.6);
        ct_brush_poly(t,
                      (struct ct_xy[]){ { x + dx, in.y },
                                        { x + dx + step, in.y },
                                        { x + step, in.y + in.h },
                                        { x, in.y + in.h } },
                      4, art(t, i < 3 ? 0 : 1));
    }
}

/* A field of dots that swell towards one corner. */
static void dot_field(struct ct_template *t, struct ct_rect in)
{
    double step = fmin(in.w, in.h) / 7;
    int columns = (int)(in.w / step), rows = (int)(in.h / step);
    double x0 = in.x + (in.w - columns * step) / 2, y0 = in.y + (in.h - rows * step) / 2;
    for (int j = 0; j < rows; j++)
        for (int i = 0; i < columns; i++) {
            double f = ((double)i / fmax(1, columns - 1) + 1 - (double)j / fmax(1, rows - 1)) / 2;
            bool odd = i == columns - 2 && j == 1;
            ct_brush_dot(t, x0 + (i + 0.5) * step, y0 + (j + 0.5) * step, step * (0.07 + 0.4 * f),
                         odd ? t->palette.accent : art(t, 0));
        }
}

static void quarter_rings(struct ct_template *t, struct ct_rect in)
{
    double r = fmin(in.w, in.h);
    for (int i = 0; i < 5; i++) {
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES,
                                         ct_paint_flat(i % 2 ? t->palette.paper : art(t, i / 2)));
        ct_path_move(t->page, p, in.x + in.w, in.y);
        ct_path_arc(t->page, p, in.x + in.w, in.y, r * (1 - 0.185 * i), M_PI / 2, M_PI);
        ct_path_close(t->page, p);
    }
}

struct ct_room ct_art_swiss(struct ct_template *t)
{
    static void (*const kinds[])(
        struct ct_template *, struct ct_rect) = { big_circle, diagonals, dot_field, quarter_rings };
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool wide = ct_brush_wide(t);
    ct_template_paper(t);
    struct ct_rect in =
        wide ? (struct ct_rect){ w * 0.52, 0, w * 0.48, h } : (struct ct_rect){ 0, 0, w, h * 0.56 };
    kinds[ct_dice_below(&t->dice, 4)](t, in);
    return (struct ct_room){ .words = wide ? (struct ct_rect){ m, m, w * 0.46 - m, h - 2 * m }
                                           : (struct ct_rect){ m, h * 0.6, w - 2 * m, h * 0.4 - m },
                             .on = t->palette,
                             .at_bottom = !wide };
}

static void half(struct ct_template *t, double x, double y, double r, double turn,
                 struct ct_tint tint)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(tint));
    ct_path_arc(t->page, p, x, y, r, turn, turn + M_PI);
    ct_path_close(t->page, p);
}

/* A few large forms in tension, as on the posters of 1923. */
static void forms(struct ct_template *t, struct ct_rect in)
{
    double s = fmin(in.w, in.h), cx = in.x + in.w * 0.52, cy = in.y + in.h * 0.5;
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    int turn = ct_dice_below(&t->dice, 2);
    ct_brush_dot(t, cx - s * 0.06, cy - s * 0.04, s * 0.34, t->palette.accent);
    half(t, cx - s * 0.06, cy - s * 0.04, s * 0.34, turn ? M_PI / 4 : -M_PI / 4, c[3]);
    ct_brush_dot(t, cx - s * 0.06, cy - s * 0.04, s * 0.13, t->palette.paper);
    double a = turn ? -0.62 : -0.9, ux = cos(a), uy = sin(a), px = s * 0.045;
    for (int i = 0; i < 3; i++) {
        double off = s * (0.16 + 0.1 * i), len = s * (0.62 - 0.12 * i);
        struct ct_xy o = { cx + s * 0.05 - uy * off, cy + ux * off };
        ct_brush_poly(t,
                      (struct ct_xy[]){ { o.x - ux * len, o.y - uy * len },
                                        { o.x + ux * len, o.y + uy * len },
                                        { o.x + ux * len - uy * px, o.y + uy * len + ux * px },
                                        { o.x - ux * len - uy * px, o.y - uy * len + ux * px } },
                      4, i == 1 ? c[0] : c[3]);
    }
    ct_brush_poly(t,
                  (struct ct_xy[]){ { cx + s * 0.2, cy - s * 0.42 },
                                    { cx + s * 0.46, cy - s * 0.42 },
                                    { cx + s * 0.46, cy - s * 0.16 } },
                  3, c[1]);
    half(t, cx - s * 0.34, cy + s * 0.36, s * 0.13, turn ? M_PI : 0, c[2]);
    ct_brush_dot(t, cx + s * 0.4, cy + s * 0.02, s * 0.06, c[3]);
}

struct ct_room ct_art_bauhaus(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool wide = ct_brush_wide(t);
    ct_template_paper(t);
    if (ct_dice_below(&t->dice, 2)) {
        forms(t, wide ? (struct ct_rect){ w * 0.5, 0, w * 0.5, h }
                      : (struct ct_rect){ 0, 0, w, h * 0.62 });
    } else {
        double cut = wide ? floor(w * 0.52) : floor(h * 0.55);
        ct_art_tiles(t, wide ? (struct ct_rect){ cut, 0, w - cut, h }
                             : (struct ct_rect){ 0, 0, w, cut });
    }
    return (struct ct_room){ .words =
                                 wide ? (struct ct_rect){ m, m, w * 0.48 - m, h - 2 * m }
                                      : (struct ct_rect){ m, h * 0.63, w - 2 * m, h * 0.37 - m },
                             .on = t->palette,
                             .at_bottom = true };
}

static void squiggle(struct ct_template *t, double x, double y, double s, double turn,
                     struct ct_tint tint)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    double ux = cos(turn), uy = sin(turn);
    for (int i = 0; i <= 6; i++) {
        double along = (i - 3) * s * 0.32, off = (i % 2 ? 1 : -1) * s * 0.2;
        (i ? ct_path_line : ct_path_move)(t->page, p, x + ux * along - uy * off,
                                          y + uy * along + ux * off);
    }
    p->stroke = tint;
    p->stroke_px = s * 0.13;
    p->round_ends = true;
}

static void bit(struct ct_template *t, int kind, double x, double y, double s, struct ct_tint tint)
{
    double turn = ct_dice_range(&t->dice, 0, 2 * M_PI);
    struct ct_item *ring;
    switch (kind) {
    case 0:
        ct_brush_dot(t, x, y, s * 0.4, tint);
        break;
    case 1:
        ring = ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, s * 0.4, (struct ct_paint){ 0 });
        ring->stroke = tint;
        ring->stroke_px = s * 0.15;
        break;
    case 2:
        ct_brush_star(t, x, y, s * 0.55, s * 0.275, 3, turn, tint);
        break;
    case 3:
        squiggle(t, x, y, s * 0.7, turn, tint);
        break;
    case 4:
        half(t, x, y, s * 0.46, turn, tint);
        break;
    case 5:
        ct_brush_star(t, x, y, s * 0.6, s * 0.16, 4, turn, tint);
        break;
    default:
        for (int i = 0; i < 9; i++)
            ct_brush_dot(t, x + (i % 3 - 1) * s * 0.3, y + (i / 3 - 1) * s * 0.3, s * 0.07, tint);
        break;
    }
}

/* Small forms all over the page but where the words are. */
static void scatter(struct ct_template *t, struct ct_rect keep)
{
    double w = t->page->width, h = t->page->height, step = fmin(w, h) * 0.145;
    int columns = (int)ceil(w / step), rows = (int)ceil(h / step), k = ct_dice_below(&t->dice, 7);
    for (int j = 0; j < rows; j++)
        for (int i = 0; i < columns; i++) {
            double x = (i + 0.5 + ct_dice_range(&t->dice, -0.18, 0.18)) * w / columns;
            double y = (j + 0.5 + ct_dice_range(&t->dice, -0.18, 0.18)) * h / rows;
            double s = step * ct_dice_range(&t->dice, 0.4, 0.72);
            bool inside = x + s > keep.x && x - s < keep.x + keep.w && y + s > keep.y &&
                          y - s < keep.y + keep.h;
            k = (k + 1 + ct_dice_below(&t->dice, 5)) % 7;
            if (!inside)
                bit(t, k, x, y, s, k % 4 == 3 ? t->palette.accent : art(t, k + i));
        }
}

struct ct_room ct_art_memphis(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool wide = ct_brush_wide(t);
    struct ct_rect in = { w * (wide ? 0.24 : 0.15), h * (wide ? 0.2 : 0.27),
                          w * (wide ? 0.52 : 0.7), h * (wide ? 0.6 : 0.46) };
    ct_template_paper(t);
    scatter(t, in);
    return (struct ct_room){ .words = { in.x + m * 0.4, in.y + m * 0.3, in.w - m * 0.8,
                                        in.h - m * 0.6 },
                             .on = t->palette,
                             .align = CT_ALIGN_CENTER,
                             .at_middle = true };
}

struct ct_room ct_art_type(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    struct ct_palette *p = &t->palette;
    ct_template_paper(t);
    struct ct_room room = { .words = { m, m, w - 2 * m, h - 2 * m },
                            .on = *p,
                            .title_px = t->unit * (t->face == CT_FACE_CONDENSED ? 60 : 34) };
    if (t->copy.subtitle.len == 0 && t->copy.n_rest == 0) {
        room.at_middle = true;
        return room;
    }
    double band = h * 0.24;
    struct ct_tint ground = p->plain ? p->paper : p->accent;
    ct_brush_box(t, 0, h - band, w, band + 1, ground);
    room.words.h = h - band - 1.6 * m;
    room.foot = (struct ct_rect){ m, h - band + m * 0.6, w - 2 * m, band - m * 1.3 };
    room.on_foot = ct_palette_on(p, ground);
    return room;
}

/* One large sign: on a disc with rays or rings, or alone, as large as a hand, on a flat field. */
struct ct_room ct_art_emblem(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    const struct ct_palette *p = &t->palette;
    bool wide = ct_brush_wide(t);
    struct ct_rect in =
        wide ? (struct ct_rect){ w * 0.5, 0, w * 0.5, h } : (struct ct_rect){ 0, 0, w, h * 0.58 };
    double r = fmin(in.w, in.h) * 0.33, cx = in.x + in.w / 2,
           cy = in.y + in.h * (wide ? 0.5 : 0.53);
    struct ct_tint ground = p->plain ? p->card : p->accent;
    struct ct_tint ink = p->plain ? p->ink : ct_tint_legible(p->paper, ground, 3);
    int kind = ct_dice_below(&t->dice, 3);
    ct_template_paper(t);
    if (kind == 0 && !p->plain) {
        for (int i = 3; i > 0; i--)
            ct_brush_dot(t, cx, cy, r * (1 + 0.17 * i),
                         ct_tint_mix(p->art[i % 4], p->paper, 0.25 * i));
    } else if (kind == 1) {
        for (int i = 0; i < 32; i++)
            ct_brush_line(t,
                          (struct ct_xy){ cx + r * 1.13 * cos(i * M_PI / 16),
                                          cy + r * 1.13 * sin(i * M_PI / 16) },
                          (struct ct_xy){ cx + r * 1.2 * cos(i * M_PI / 16),
                                          cy + r * 1.2 * sin(i * M_PI / 16) },
                          (struct ct_xy){ cx + r * (i % 2 ? 1.3 : 1.42) * cos(i * M_PI / 16),
                                          cy + r * (i % 2 ? 1.3 : 1.42) * sin(i * M_PI / 16) },
                          r * 0.04, p->art[i % 2]);
    } else {
        ct_brush_dot(t, cx, cy, r * 1.1, p->art[0]);
        half(t, cx, cy, r * 1.1, -M_PI / 4, p->art[1]);
    }
    ct_brush_dot(t, cx, cy, r, ground);
    if (t->emblem)
        ct_glyph_draw(t->page, t->emblem, cx - r * 0.62, cy - r * 0.62, r * 1.24, ink, ground);
    return (struct ct_room){ .words = wide ? (struct ct_rect){ m, m, w * 0.5 - m * 1.2, h - 2 * m }
                                           : (struct ct_rect){ m, h * 0.6, w - 2 * m, h * 0.4 - m },
                             .on = *p,
                             .align = wide ? CT_ALIGN_START : CT_ALIGN_CENTER,
                             .at_middle = true };
}

/* Much room, one accent: what a minimalist page is. */
struct ct_room ct_art_plain(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool low = ct_dice_below(&t->dice, 2), wide = ct_brush_wide(t);
    double r = fmin(w, h) * ct_dice_range(&t->dice, 0.11, 0.17);
    double x = wide ? w * 0.72 : m + r + (w - 2 * m - 2 * r) * ct_dice_range(&t->dice, 0.55, 1);
    double y = wide ? h * (low ? 0.36 : 0.62) : low ? h * 0.27 : h * 0.72;
    ct_template_paper(t);
    if (t->emblem)
        ct_glyph_draw(t->page, t->emblem, x - r, y - r, 2 * r, t->palette.accent, t->palette.paper);
    else
        ct_brush_dot(t, x, y, r, t->palette.accent);
    struct ct_room room = { .words = { m, m, wide ? w * 0.5 - m : w - 2 * m,
                                       wide ? h - 2 * m : h * 0.46 - m },
                            .on = t->palette,
                            .at_bottom = low,
                            .title_px = t->unit * (t->face == CT_FACE_CONDENSED ? 14 : 9) };
    if (low && !wide)
        room.words.y = h * 0.54;
    return room;
}
