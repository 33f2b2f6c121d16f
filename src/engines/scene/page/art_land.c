/* Landscapes in flat layers: sea, hills, mountains, desert, the sky at night. The words stand in
 * the sky; on wide pages the sky's left half is theirs. */
#include "engines/scene/page/brush.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

static double horizon_of(const struct ct_template *t)
{
    return ct_brush_wide(t) ? 0.52 : t->page->height > t->page->width * 1.2 ? 0.44 : 0.46;
}

/* The colour of the sun: the brightest art, told from the sky. */
static struct ct_tint sun_tint(const struct ct_template *t, const struct ct_tint ramp[4])
{
    struct ct_tint sun = ct_tint_contrast(ramp[0], t->palette.paper) > 1.25 ? ramp[0] : ramp[1];
    return sun;
}

static void boat(struct ct_template *t, double x, double y, double s, struct ct_tint sail,
                 struct ct_tint hull)
{
    ct_brush_poly(
        t, (struct ct_xy[]){ { x, y - s }, { x + s * 0.5, y - s * 0.16 }, { x, y - s * 0.16 } }, 3,
        sail);
    ct_brush_poly(t,
                  (struct ct_xy[]){ { x - s * 0.05, y - s * 0.8 },
                                    { x - s * 0.05, y - s * 0.16 },
                                    { x - s * 0.36, y - s * 0.16 } },
                  3, sail);
    ct_brush_poly(t,
                  (struct ct_xy[]){ { x - s * 0.44, y - s * 0.1 },
                                    { x + s * 0.56, y - s * 0.1 },
                                    { x + s * 0.36, y + s * 0.08 },
                                    { x - s * 0.28, y + s * 0.08 } },
                  4, hull);
}

/* The sun's way over the water: bars that widen towards the shore. */
static void glitter(struct ct_template *t, double cx, double top, double foot, double r,
                    struct ct_tint tint)
{
    int bars = 9;
    for (int i = 0; i < bars; i++) {
        double f = (i + 0.5) / bars, w = r * (1.5 - 1.0 * f) * ct_dice_range(&t->dice, 0.6, 1.2);
        double y = top + (foot - top) * pow(f, 1.25), h = r * 0.07;
        double x = cx + r * ct_dice_range(&t->dice, -0.22, 0.22);
        ct_page_box(t->page, CT_LAYER_SHAPES, x - w / 2, y, w, h, h / 2, ct_paint_flat(tint));
    }
}

/* A headland at one side, with white houses on it. */
static void headland(struct ct_template *t, double side, double y, double w, double h,
                     struct ct_tint rock, struct ct_tint wall, struct ct_tint top)
{
    double W = t->page->width, x = side > 0 ? W : 0, foot = t->page->height;
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(rock));
    ct_path_move(t->page, p, x, foot);
    ct_path_line(t->page, p, x, y - h);
    ct_path_curve(t->page, p,
                  (double[]){ x - side * w * 0.35, y - h * 1.08, x - side * w * 0.5, y - h * 0.45,
                              x - side * w * 0.74, y - h * 0.3 });
    ct_path_curve(t->page, p,
                  (double[]){ x - side * w * 0.9, y - h * 0.18, x - side * w * 0.86, y + h * 0.3,
                              x - side * w, foot });
    ct_path_close(t->page, p);
    for (int row = 0; row < 3; row++)
        for (int i = 0; i < 4 - row % 2; i++) {
            double s = w * 0.105 * ct_dice_range(&t->dice, 0.85, 1.25);
            double along = w * (0.05 + 0.15 * i + 0.05 * row);
            struct ct_house house = { .x = side > 0 ? x - along - s : x + along,
                                      .foot = y - h * 0.48 + h * 0.27 * row + h * 0.05 * i,
                                      .w = s,
                                      .h = s * ct_dice_range(&t->dice, 0.8, 1.25),
                                      .roof = ct_dice_below(&t->dice, 3) ? 0 : 1,
                                      .wall = wall,
                                      .top = top,
                                      .pane = rock,
                                      .columns = 2,
                                      .rows = 1 + ct_dice_below(&t->dice, 2) };
            ct_brush_house(t, &house);
        }
}

struct ct_room ct_art_sea(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, y = h * (horizon_of(t) + 0.1);
    struct ct_tint c[CT_PALETTE_ART], white = ct_tint_hex(0xFFF9EC);
    bool wide = ct_brush_wide(t);
    ct_brush_ramp(t, c);
    ct_brush_sky(t, y, c[1]);
    double r = fmin(w, h) * 0.135, cx = w * (wide ? 0.66 : ct_dice_range(&t->dice, 0.34, 0.5));
    ct_brush_dot(t, cx, y - r * 0.35, r, sun_tint(t, c));
    struct ct_tint far = ct_tint_mix(c[2], t->palette.paper, 0.5);
    ct_brush_hill(t, (struct ct_rect){ w * 0.1, y - h * 0.06, w * 1.1, h * 0.06 }, y - h * 0.02,
                  h * 0.018, ct_paint_flat(far));
    ct_brush_box(t, 0, y, w, h - y, ct_tint_mix(c[2], white, 0.22));
    for (int i = 0; i < 5; i++) {
        double f = (i + 1) / 5.0;
        ct_brush_hill(t, (struct ct_rect){ 0, y, w, h - y }, y + (h - y) * (0.1 + 0.19 * i),
                      h * 0.008 * (1 + i), ct_paint_flat(ct_tint_mix(c[2], c[3], f)));
        if (i == 1)
            glitter(t, cx, y + (h - y) * 0.03, y + (h - y) * 0.55, r,
                    ct_tint_mix(sun_tint(t, c), white, 0.25));
        if (i == 2)
            boat(t, w * (wide ? 0.5 : 0.26), y + (h - y) * 0.36, fmin(w, h) * 0.12, white,
                 t->palette.accent);
    }
    boat(t, cx + w * 0.12, y + (h - y) * 0.1, fmin(w, h) * 0.045, white, c[3]);
    headland(t, 1, y + (h - y) * 0.34, w * (wide ? 0.3 : 0.46), h * 0.25, c[3], white,
             t->palette.accent);
    return ct_brush_in_sky(t, fmin(y - r * 1.35, h * horizon_of(t)));
}

static void cypress(struct ct_template *t, double x, double foot, double h, struct ct_tint tint)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(tint));
    ct_path_move(t->page, p, x, foot - h);
    ct_path_curve(
        t->page, p,
        (double[]){ x + h * 0.16, foot - h * 0.5, x + h * 0.13, foot - h * 0.1, x, foot });
    ct_path_curve(
        t->page, p,
        (double[]){ x - h * 0.13, foot - h * 0.1, x - h * 0.16, foot - h * 0.5, x, foot - h });
    ct_path_close(t->page, p);
}

/* Rows that run to a point, as in a vineyard. */
static void furrows(struct ct_template *t, double cx, double top, double foot, double w,
                    struct ct_tint tint)
{
    for (int i = -5; i <= 5; i++) {
        struct ct_xy a = { cx + w * 0.03 * i, top }, b = { cx + w * 0.19 * i, foot };
        struct ct_xy mid = { (a.x + b.x) / 2 - w * 0.012 * i, (a.y + b.y) / 2 };
        ct_brush_line(t, a, mid, b, w * 0.011, tint);
    }
}

struct ct_room ct_art_hills(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, y = h * horizon_of(t);
    struct ct_tint c[CT_PALETTE_ART], white = ct_tint_hex(0xFFF9EC);
    ct_brush_ramp(t, c);
    ct_brush_sky(t, h * 0.7, c[0]);
    double r = fmin(w, h) * 0.12, cx = w * ct_dice_range(&t->dice, 0.56, 0.76);
    ct_brush_dot(t, cx, y + r * 0.7, r, sun_tint(t, c));
    for (int i = 0; i < 5; i++) {
        double f = i / 4.0, at = y + (h - y) * (0.14 + 0.175 * i);
        struct ct_tint tint = ct_tint_mix(ct_tint_mix(c[2], t->palette.paper, 0.5), c[3], f);
        ct_brush_hill(t, (struct ct_rect){ 0, y, w, h - y }, at, h * 0.028, ct_paint_flat(tint));
        if (i == 2) {
            double x = w * 0.27, s = fmin(w, h) * 0.085, foot = at + h * 0.03;
            for (int k = 0; k < 5; k++)
                cypress(t, x + s * (1.5 + 0.5 * k), foot + s * 0.04 * k, s * (1.7 - 0.16 * k),
                        c[3]);
            ct_brush_house(t, &(struct ct_house){ x, foot, s * 1.2, s * 0.62, 1, white,
                                                  t->palette.accent, c[3], 3, 1 });
        }
    }
    furrows(t, w * 0.64, h * 0.86, h * 1.03, w, ct_tint_mix(c[2], c[3], 0.35));
    return ct_brush_in_sky(t, y - r * 0.3);
}

struct ct_room ct_art_mountains(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, y = h * (horizon_of(t) - 0.04);
    struct ct_tint c[CT_PALETTE_ART], none = { 0 };
    struct ct_tint snow =
        ct_tint_mix(t->palette.dark ? c[0] : t->palette.paper, ct_tint_hex(0xFFFFFF), 0.75);
    ct_brush_ramp(t, c);
    snow = ct_tint_mix(c[0], ct_tint_hex(0xFFFFFF), 0.75);
    ct_brush_sky(t, h * 0.72, t->palette.art[0]);
    double r = fmin(w, h) * 0.11;
    ct_brush_dot(t, w * (ct_brush_wide(t) ? 0.7 : 0.3), y + h * 0.12, r,
                 t->palette.dark ? c[0] : t->palette.art[0]);
    struct ct_rect in = { 0, y, w, h - y };
    ct_brush_ridge(t, in, y + h * 0.1, h * 0.22, ct_tint_mix(c[2], t->palette.paper, 0.45), none);
    ct_brush_ridge(t, in, y + h * 0.08, h * 0.42, c[2], snow);
    ct_brush_ridge(t, in, y + h * 0.3, h * 0.26, ct_tint_mix(c[2], c[3], 0.6), none);
    struct ct_tint deep = ct_tint_mix(c[3], ct_tint_hex(0x05080C), 0.25);
    ct_brush_hill(t, in, h * 0.86, h * 0.02, ct_paint_flat(ct_tint_mix(c[3], c[2], 0.18)));
    double step = fmin(w, h) * 0.05;
    for (double x = -step; x < w + step; x += step * ct_dice_range(&t->dice, 0.55, 1.25)) {
        double edge = fabs(x / w - 0.5) * 2;
        ct_brush_pine(t, x, h * 1.01,
                      fmin(w, h) * (0.1 + 0.2 * edge * edge) * ct_dice_range(&t->dice, 0.75, 1.2),
                      deep);
    }
    return ct_brush_in_sky(t, y + h * 0.12 - r);
}

static void saguaro(struct ct_template *t, double x, double foot, double h, struct ct_tint tint)
{
    double px = h * 0.17;
    struct ct_item *trunk = ct_page_box(t->page, CT_LAYER_SHAPES, x - px / 2, foot - h, px, h * 1.1,
                                        px / 2, ct_paint_flat(tint));
    (void)trunk;
    for (int side = -1; side <= 1; side += 2) {
        double y = foot - h * (side > 0 ? 0.62 : 0.46), reach = side * h * 0.25;
        struct ct_item *arm = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
        ct_path_move(t->page, arm, x, y);
        ct_path_curve(t->page, arm,
                      (double[]){ x + reach, y, x + reach, y, x + reach, y - h * 0.22 });
        arm->stroke = tint;
        arm->stroke_px = px * 0.72;
        arm->round_ends = true;
    }
}

static void mesa(struct ct_template *t, double x, double w, double foot, double h,
                 struct ct_tint tint, struct ct_tint band)
{
    ct_brush_poly(t,
                  (struct ct_xy[]){ { x, foot },
                                    { x + w * 0.16, foot - h * 0.4 },
                                    { x + w * 0.2, foot - h },
                                    { x + w * 0.8, foot - h },
                                    { x + w * 0.85, foot - h * 0.4 },
                                    { x + w, foot } },
                  6, tint);
    ct_brush_poly(t,
                  (struct ct_xy[]){ { x + w * 0.186, foot - h * 0.76 },
                                    { x + w * 0.816, foot - h * 0.76 },
                                    { x + w * 0.83, foot - h * 0.62 },
                                    { x + w * 0.177, foot - h * 0.62 } },
                  4, band);
}

struct ct_room ct_art_desert(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, y = h * (horizon_of(t) + 0.12);
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    ct_brush_sky(t, y, c[0]);
    double r = fmin(w, h) * 0.17, cx = w * (ct_brush_wide(t) ? 0.68 : 0.55);
    for (int i = 2; i >= 0; i--)
        ct_brush_dot(t, cx, y, r * (1 + 0.22 * i), ct_tint_mix(c[0], t->palette.paper, 0.3 * i));
    mesa(t, w * 0.02, w * 0.34, y + h * 0.02, h * 0.16, c[2], ct_tint_mix(c[2], c[1], 0.5));
    mesa(t, w * 0.74, w * 0.2, y + h * 0.02, h * 0.12, c[2], ct_tint_mix(c[2], c[1], 0.5));
    struct ct_rect in = { 0, y, w, h - y };
    for (int i = 0; i < 4; i++)
        ct_brush_hill(t, in, y + (h - y) * (0.06 + 0.22 * i), h * (0.014 + 0.012 * i),
                      ct_paint_flat(ct_tint_mix(c[1], c[3], i / 3.2)));
    saguaro(t, w * 0.17, h * 0.93, h * 0.2, c[3]);
    saguaro(t, w * 0.86, h * 0.84, h * 0.12, c[3]);
    return ct_brush_in_sky(t, y - r * 1.44);
}

struct ct_room ct_art_space(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool wide = ct_brush_wide(t);
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    struct ct_room room = { .words = wide ? (struct ct_rect){ m, m, w * 0.43 - m, h - 2 * m }
                                          : (struct ct_rect){ m, h * 0.6, w - 2 * m, h * 0.4 - m },
                            .on = t->palette,
                            .at_bottom = true };
    ct_brush_sky(t, h, ct_tint_mix(t->palette.paper, c[2], 0.4));
    for (int i = 0; i < 90; i++) {
        double x = ct_dice_range(&t->dice, 0, w),
               y = ct_dice_range(&t->dice, 0, h * (wide ? 1 : 0.58));
        if (!wide || x > w * 0.52)
            ct_brush_dot(t, x, y, t->unit * ct_dice_range(&t->dice, 0.08, 0.32),
                         t->palette.dark ? c[0] : c[3]);
    }
    double r = fmin(wide ? w * 0.5 : w, h) * (wide ? 0.3 : 0.24), cx = wide ? w * 0.74 : w * 0.54;
    double cy = wide ? h * 0.5 : h * 0.32;
    for (int i = 0; i < 3; i++) {
        struct ct_item *orbit = ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy,
                                               r * (1.3 + 0.32 * i), (struct ct_paint){ 0 });
        orbit->stroke = ct_tint_alpha(c[0], 0.4);
        orbit->stroke_px = fmax(1, t->unit * 0.14);
        double a = ct_dice_range(&t->dice, 3.3, 6.1);
        ct_brush_dot(t, cx + r * (1.3 + 0.32 * i) * cos(a), cy + r * (1.3 + 0.32 * i) * sin(a),
                     r * (0.05 + 0.03 * i), i == 1 ? t->palette.accent : c[1]);
    }
    ct_page_circle(
        t->page, CT_LAYER_SHAPES, cx, cy, r,
        ct_paint_linear(cx - r * 0.6, cy - r * 0.8, cx + r * 0.5, cy + r, c[0], t->palette.accent));
    for (int i = 0; i < 5; i++) { /* bands, as on a gas giant */
        double f = -0.62 + 0.3 * i, half = r * sqrt(1 - f * f), y = cy + r * f, hh = r * 0.09;
        ct_page_box(t->page, CT_LAYER_SHAPES, cx - half * (i % 2 ? 0.97 : 0.5), y,
                    half * (i % 2 ? 1.3 : 1.47), hh, hh / 2,
                    ct_paint_flat(ct_tint_alpha(c[2], 0.42)));
    }
    if (t->emblem)
        ct_glyph_draw(t->page, t->emblem, cx - r * 1.9, cy - r * 0.5, r * 0.7, c[0],
                      t->palette.paper);
    return room;
}
