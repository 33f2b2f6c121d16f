/* Woods in flat layers: by day, in snow, by moonlight with a house. */
#include "engines/scene/page/brush.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

static double between(struct ct_template *t, double a, double b)
{
    return ct_dice_range(&t->dice, a, b);
}

static void pines(struct ct_template *t, double foot, double low, double high, double step,
                  struct ct_tint tint)
{
    for (double x = -step; x < t->page->width + step; x += step * between(t, 0.5, 1.3))
        ct_brush_pine(t, x, foot, between(t, low, high), tint);
}

static void tent(struct ct_template *t, double x, double foot, double s, struct ct_tint wall,
                 struct ct_tint shade, struct ct_tint light)
{
    ct_brush_poly(t, (struct ct_xy[]){ { x - s, foot }, { x, foot - s * 0.95 }, { x + s, foot } },
                  3, wall);
    ct_brush_poly(
        t, (struct ct_xy[]){ { x, foot - s * 0.95 }, { x + s, foot }, { x + s * 0.34, foot } }, 3,
        shade);
    ct_brush_poly(
        t,
        (struct ct_xy[]){ { x, foot - s * 0.95 }, { x + s * 0.34, foot }, { x - s * 0.2, foot } },
        3, light);
}

struct ct_room ct_art_forest(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, y = h * (ct_brush_wide(t) ? 0.48 : 0.46);
    struct ct_tint c[CT_PALETTE_ART], paper = t->palette.paper;
    ct_brush_ramp(t, c);
    double s = fmin(w, h);
    ct_brush_sky(t, h * 0.75, c[0]);
    ct_brush_dot(t, w * between(t, 0.36, 0.64), y + s * 0.1, s * 0.14, c[0]);
    struct ct_rect in = { 0, y, w, h - y };
    ct_brush_ridge(t, in, y + h * 0.06, h * 0.2, ct_tint_mix(c[2], paper, 0.62),
                   (struct ct_tint){ 0 });
    for (int i = 0; i < 3; i++) {
        double foot = y + (h - y) * (0.46 + 0.2 * i);
        struct ct_tint tint = ct_tint_mix(ct_tint_mix(c[2], paper, 0.38), c[3], 0.42 * i);
        pines(t, foot + s * 0.03, s * (0.08 + 0.03 * i), s * (0.15 + 0.05 * i),
              s * (0.045 + 0.015 * i), tint);
        ct_brush_hill(t, in, foot, h * 0.012, ct_paint_flat(tint));
    }
    struct ct_tint floor = ct_tint_mix(c[3], c[2], 0.3);
    ct_brush_hill(t, in, h * 0.89, h * 0.014, ct_paint_flat(floor));
    if (t->emblem)
        ct_glyph_draw(t->page, t->emblem, w * 0.5 - s * 0.1, h * 0.93 - s * 0.2, s * 0.2,
                      t->palette.accent, floor);
    else
        tent(t, w * 0.56, h * 0.94, s * 0.09, t->palette.accent,
             ct_tint_mix(t->palette.accent, ct_tint_hex(0), 0.3), c[0]);
    struct ct_tint deep = ct_tint_mix(c[3], ct_tint_hex(0x050A08), 0.35);
    for (int i = 0; i < 3; i++) {
        ct_brush_pine(t, w * (0.02 + 0.11 * i), h * 1.02, s * (0.52 - 0.12 * i), deep);
        ct_brush_pine(t, w * (0.99 - 0.1 * i), h * 1.02, s * (0.46 - 0.1 * i), deep);
    }
    return ct_brush_in_sky(t, y - s * 0.04);
}

struct ct_room ct_art_snow(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, y = h * 0.5, s = fmin(w, h);
    struct ct_tint c[CT_PALETTE_ART], white = ct_tint_hex(0xFBFCFD), paper = t->palette.paper;
    ct_brush_ramp(t, c);
    ct_brush_sky(t, h * 0.7, c[2]);
    struct ct_rect in = { 0, y, w, h - y };
    struct ct_room room = ct_brush_in_sky(t, h * 0.48);
    for (int i = 0; i < 130; i++) {
        double x = between(t, 0, w), fy = between(t, 0, h * 0.72);
        bool words = fy < room.words.y + room.words.h && fabs(x - w / 2) < room.words.w / 2 + 9;
        if (!words)
            ct_brush_dot(t, x, fy, t->unit * between(t, 0.18, 0.5), ct_tint_alpha(white, 0.85));
    }
    pines(t, h * 0.68, s * 0.1, s * 0.2, s * 0.06, ct_tint_mix(c[2], paper, 0.3));
    ct_brush_hill(t, in, h * 0.66, h * 0.02, ct_paint_flat(ct_tint_mix(white, c[2], 0.4)));
    pines(t, h * 0.77, s * 0.14, s * 0.28, s * 0.12, c[3]);
    ct_brush_hill(t, in, h * 0.75, h * 0.02, ct_paint_flat(ct_tint_mix(white, c[2], 0.2)));
    struct ct_tint warm = t->palette.accent;
    ct_brush_house(
        t, &(struct ct_house){ w * 0.58, h * 0.83, s * 0.2, s * 0.11, 1, c[3], white, warm, 3, 1 });
    ct_brush_box(t, w * 0.58 + s * 0.15, h * 0.83 - s * 0.21, s * 0.025, s * 0.07, c[3]);
    ct_brush_hill(t, in, h * 0.85, h * 0.02, ct_paint_flat(white));
    double x = w * 0.27, foot = h * 0.93, tree = s * 0.36;
    ct_brush_pine(t, x, foot, tree, ct_tint_mix(c[2], c[3], 0.5));
    ct_brush_star(t, x, foot - tree, s * 0.028, s * 0.012, 5, -M_PI / 2, warm);
    for (int i = 0; i < 9; i++) {
        double f = 0.3 + 0.06 * i, reach = tree * 0.14 * f;
        ct_brush_dot(t, x + reach * ((i * 7) % 5 - 2) * 0.5, foot - tree * (1 - f) - tree * 0.05,
                     s * 0.0085, i % 2 ? warm : c[1]);
    }
    return room;
}

/* A bare tree, by halves: each branch parts into two. */
static void bare_tree(struct ct_template *t, double x, double y, double angle, double length,
                      double px, int depth, struct ct_tint tint)
{
    struct ct_xy a = { x, y }, b = { x + length * cos(angle), y + length * sin(angle) };
    double bend = length * between(t, -0.1, 0.1);
    struct ct_xy mid = { (a.x + b.x) / 2 - bend * sin(angle), (a.y + b.y) / 2 + bend * cos(angle) };
    ct_brush_line(t, a, mid, b, px, tint);
    if (depth == 0)
        return;
    for (int side = -1; side <= 1; side += 2)
        bare_tree(t, b.x, b.y, angle + side * between(t, 0.25, 0.62),
                  length * between(t, 0.66, 0.8), px * 0.66, depth - 1, tint);
}

struct ct_room ct_art_moonlit(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h);
    bool wide = ct_brush_wide(t);
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    struct ct_tint deep = c[3], mist = ct_tint_mix(t->palette.paper, c[1], 0.5);
    ct_brush_sky(t, h, c[2]);
    double cx = w * (wide ? 0.74 : 0.5), cy = h * (wide ? 0.42 : 0.58),
           r = s * (wide ? 0.26 : 0.25);
    ct_brush_dot(t, cx, cy, r, c[0]);
    for (int i = 0; i < 3; i++)
        ct_brush_dot(t, cx + r * (0.3 - 0.4 * i), cy - r * (0.35 - 0.3 * i), r * (0.16 - 0.04 * i),
                     ct_tint_mix(c[0], c[1], 0.16));
    struct ct_rect in = { 0, h * 0.6, w, h * 0.4 };
    ct_brush_hill(t, in, h * 0.78, h * 0.03, ct_paint_flat(ct_tint_mix(mist, c[2], 0.5)));
    double x = wide ? cx - s * 0.09 : w * 0.44, foot = h * 0.86, k = s * 0.13;
    ct_brush_house(t, &(struct ct_house){ x, foot, k, k * 1.35, 1, deep, deep, c[0], 2, 2 });
    ct_brush_house(t, &(struct ct_house){ x + k * 0.95, foot, k * 0.62, k * 1.9, 1, deep, deep,
                                          t->palette.accent, 1, 3 });
    ct_brush_hill(t, in, h * 0.86, h * 0.02, ct_paint_flat(deep));
    bare_tree(t, wide ? w * 0.97 : w * 0.12, h * 0.92, -M_PI / 2 + (wide ? -0.16 : 0.14), s * 0.17,
              s * 0.026, 6, deep);
    if (!wide)
        bare_tree(t, w * 0.93, h * 0.93, -M_PI / 2 - 0.14, s * 0.11, s * 0.017, 5, deep);
    return (struct ct_room){ .words = wide ? (struct ct_rect){ m, m, w * 0.46 - m, h * 0.74 - m }
                                           : (struct ct_rect){ m, m, w - 2 * m, cy - r - m * 1.3 },
                             .on = t->palette,
                             .align = wide ? CT_ALIGN_START : CT_ALIGN_CENTER };
}
