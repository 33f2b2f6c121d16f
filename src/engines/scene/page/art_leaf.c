/* Botanical ornament: branches, leaves and flowers around the words. */
#include "engines/scene/page/brush.h"

#include <math.h>

static void tint_pair(const struct ct_tint c[4], int i, struct ct_tint out[2])
{
    static const int leaf[] = { 2, 3, 0, 2, 1 };
    out[0] = c[leaf[i % 5]];
    out[1] = ct_tint_mix(c[3], c[2], 0.3);
}

/* Branches out of a corner, from the back to the front; sx, sy: -1 or 1, into the page. */
static void corner(struct ct_template *t, double x, double y, int sx, int sy, double s)
{
    struct ct_tint c[CT_PALETTE_ART], pair[2];
    ct_brush_ramp(t, c);
    for (int i = 0; i < 6; i++) {
        double f = (i + 0.5) / 6, a = atan2(sy * sin(f * M_PI / 2), sx * cos(f * M_PI / 2));
        double bend = (f < 0.5 ? -1 : 1) * sx * sy * 0.4;
        struct ct_branch b = { x - sx * s * 0.05,
                               y - sy * s * 0.05,
                               a,
                               s * ct_dice_range(&t->dice, 0.7, 1.02) * (1 - 0.3 * sin(f * M_PI)),
                               bend,
                               s * ct_dice_range(&t->dice, 0.2, 0.28),
                               i % 3 == 1 ? 0.16 : 0.26,
                               i % 3 == 1 ? 8 : 6,
                               i % 3 == 2 };
        tint_pair(c, i, pair);
        ct_brush_branch(t, &b, pair[1], pair[0]);
    }
    struct ct_tint bloom = c[1], heart = t->palette.accent,
                   pale = ct_tint_mix(c[0], t->palette.paper, 0.2);
    ct_brush_flower(t, x + sx * s * 0.3, y + sy * s * 0.12, s * 0.17, 8, 0.2, bloom, c[3]);
    ct_brush_flower(t, x + sx * s * 0.11, y + sy * s * 0.32, s * 0.19, 6, 0.5, pale, heart);
    ct_brush_flower(t, x + sx * s * 0.13, y + sy * s * 0.1, s * 0.13, 8, 0, heart, pale);
}

static void frame(struct ct_template *t, double inset)
{
    double w = t->page->width, h = t->page->height;
    struct ct_item *line = ct_page_box(t->page, CT_LAYER_GROUND, inset, inset, w - 2 * inset,
                                       h - 2 * inset, 0, (struct ct_paint){ 0 });
    line->stroke = ct_tint_mix(t->palette.line, t->palette.paper, 0.25);
    line->stroke_px = fmax(1, t->unit * 0.2);
}

/* Leaves around an oval; the words stand in it. */
static struct ct_rect wreath(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, rx = w / 2 - t->margin * 1.3;
    double ry = fmin(h / 2 - t->margin * 1.3, rx * 1.22), cx = w / 2, cy = h / 2;
    struct ct_tint c[CT_PALETTE_ART], pair[2];
    rx = fmin(rx, ry * 1.35);
    ct_brush_ramp(t, c);
    int n = 34;
    double s = fmin(rx, ry);
    for (int i = 0; i < n; i++) {
        double a = 2 * M_PI * i / n, x = cx + rx * cos(a), y = cy + ry * sin(a);
        double along = a + M_PI / 2 + ct_dice_range(&t->dice, -0.5, 0.5);
        struct ct_branch b = { x,
                               y,
                               along,
                               s * 0.2,
                               0.4,
                               s * ct_dice_range(&t->dice, 0.1, 0.15),
                               i % 2 ? 0.3 : 0.2,
                               3,
                               i % 4 == 3 };
        tint_pair(c, i, pair);
        ct_brush_branch(t, &b, pair[1], pair[0]);
    }
    for (int i = 0; i < 7; i++) {
        double a = M_PI * (0.62 + 0.09 * i) + (i > 3 ? M_PI * 0.72 : 0);
        struct ct_tint petal = i % 2 ? c[1] : ct_tint_mix(c[0], t->palette.paper, 0.2);
        ct_brush_flower(t, cx + rx * cos(a), cy + ry * sin(a), s * (0.1 + 0.03 * (i % 3)),
                        i % 2 ? 8 : 6, a, petal, i % 2 ? c[3] : t->palette.accent);
    }
    double in = 0.62;
    return (struct ct_rect){ cx - rx * in, cy - ry * in * 0.9, 2 * rx * in, 2 * ry * in * 0.9 };
}

struct ct_room ct_art_botanical(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h) * 0.46;
    struct ct_room room = { .words = { m * 1.6, m * 1.6, w - 3.2 * m, h - 3.2 * m },
                            .on = t->palette,
                            .align = CT_ALIGN_CENTER,
                            .at_middle = true,
                            .title_px = t->unit * (t->face == CT_FACE_SANS ? 10 : 13) };
    ct_template_paper(t);
    int kind = ct_dice_below(&t->dice, 3);
    if (kind == 0 && h < w * 1.7 && w < h * 1.4) {
        room.words = wreath(t);
        room.title_px = t->unit * 10;
        return room;
    }
    frame(t, m * 0.62);
    corner(t, m * 0.1, m * 0.1, 1, 1, s);
    corner(t, w - m * 0.1, h - m * 0.1, -1, -1, s);
    if (kind == 2) {
        corner(t, w - m * 0.1, m * 0.1, -1, 1, s * 0.62);
        corner(t, m * 0.1, h - m * 0.1, 1, -1, s * 0.62);
    }
    bool wide = ct_brush_wide(t);
    double cut = s * (wide ? 0.92 : 0.72);
    room.words = wide ? (struct ct_rect){ cut, m * 1.5, w - 2 * cut, h - 3 * m }
                      : (struct ct_rect){ m * 1.7, cut, w - 3.4 * m, h - 2 * cut };
    return room;
}
