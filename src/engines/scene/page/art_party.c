/* Balloons and paper strips. */
#include "engines/scene/page/brush.h"

#include <math.h>

static void balloon(struct ct_template *t, double x, double y, double r, double knot_x,
                    double knot_y, struct ct_tint tint)
{
    struct ct_tint dark = ct_tint_mix(tint, ct_tint_hex(0x1A1030), 0.22);
    ct_brush_line(t, (struct ct_xy){ x, y + r * 1.3 },
                  (struct ct_xy){ (x + knot_x) / 2 + r * 0.2, (y + r * 1.3 + knot_y) / 2 },
                  (struct ct_xy){ knot_x, knot_y }, fmax(1, t->unit * 0.18), dark);
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(tint));
    ct_path_move(t->page, p, x, y + r * 1.24);
    ct_path_curve(t->page, p,
                  (double[]){ x - r * 0.75, y + r * 0.9, x - r, y + r * 0.4, x - r, y });
    ct_path_arc(t->page, p, x, y, r, M_PI, 2 * M_PI);
    ct_path_curve(t->page, p,
                  (double[]){ x + r, y + r * 0.4, x + r * 0.75, y + r * 0.9, x, y + r * 1.24 });
    ct_path_close(t->page, p);
    ct_brush_poly(t,
                  (struct ct_xy[]){ { x, y + r * 1.18 },
                                    { x + r * 0.13, y + r * 1.36 },
                                    { x - r * 0.13, y + r * 1.36 } },
                  3, dark);
    ct_brush_line(t, (struct ct_xy){ x - r * 0.62, y - r * 0.06 },
                  (struct ct_xy){ x - r * 0.54, y - r * 0.42 },
                  (struct ct_xy){ x - r * 0.26, y - r * 0.64 }, r * 0.12,
                  ct_tint_mix(tint, ct_tint_hex(0xFFFFFF), 0.5));
}

static void confetti(struct ct_template *t, struct ct_rect keep)
{
    double w = t->page->width, h = t->page->height;
    for (int i = 0; i < 110; i++) {
        double x = ct_dice_range(&t->dice, 0, w), y = ct_dice_range(&t->dice, 0, h),
               s = t->unit * ct_dice_range(&t->dice, 0.6, 1.3);
        double a = ct_dice_range(&t->dice, 0, M_PI), ux = cos(a) * s, uy = sin(a) * s;
        struct ct_tint tint = t->palette.art[ct_dice_below(&t->dice, CT_PALETTE_ART)];
        if (x > keep.x - s * 2 && x < keep.x + keep.w + s * 2 && y > keep.y - s * 2 &&
            y < keep.y + keep.h + s * 2)
            continue;
        if (i % 3 == 0)
            ct_brush_dot(t, x, y, s * 0.5, tint);
        else
            ct_brush_poly(t,
                          (struct ct_xy[]){ { x - ux, y - uy },
                                            { x - ux - uy * 0.4, y - uy + ux * 0.4 },
                                            { x + ux - uy * 0.4, y + uy + ux * 0.4 },
                                            { x + ux, y + uy } },
                          4, tint);
    }
}

struct ct_room ct_art_balloons(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h);
    bool wide = ct_brush_wide(t);
    struct ct_rect words =
        wide ? (struct ct_rect){ m, h * 0.14, w * 0.44 - m, h * 0.72 }
             : (struct ct_rect){ m * 1.2, h * 0.62, w - 2.4 * m, h * 0.38 - m * 1.4 };
    double cx = wide ? w * 0.72 : w / 2, cy = wide ? h * 0.4 : h * 0.28,
           r = s * (wide ? 0.13 : 0.115);
    static const double at[][2] = { { -1.25, -0.7 }, { 1.3, -0.85 }, { 0.05, -1.15 },
                                    { -2.2, 0.75 },  { 2.25, 0.65 }, { -0.75, 0.95 },
                                    { 0.85, 0.85 } };
    ct_template_paper(t);
    confetti(t, words);
    for (int i = 0; i < 7; i++)
        balloon(t, cx + at[i][0] * r, cy + at[i][1] * r, r * (0.92 + 0.08 * (i % 3)), cx,
                cy + r * (wide ? 4.6 : 3.3),
                i == 2 ? t->palette.accent : t->palette.art[(i * 3 + 1) % CT_PALETTE_ART]);
    return (struct ct_room){ .words = words,
                             .on = t->palette,
                             .align = CT_ALIGN_CENTER,
                             .at_middle = true,
                             .title_px = t->unit * (t->face == CT_FACE_SCRIPT ? 15 : 12) };
}
