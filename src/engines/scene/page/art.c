/* Abstract forms: what stands beside the words.
 *
 * Called by templates and arts while composing. All of it is geometry
 * in the colours of the palette; sizes are shares of the rectangle, so it scales. */
#include "engines/scene/page/art.h"

#include <math.h>

static struct ct_paint art(const struct ct_template *t, int i)
{
    return ct_paint_flat(t->palette.art[i % CT_PALETTE_ART]);
}

/* A quarter disc whose corner is corner k (0 top left, clockwise) of the square. */
static void quarter(struct ct_template *t, double x, double y, double s, int k, double radius,
                    struct ct_paint fill)
{
    double cx = k == 1 || k == 2 ? x + s : x, cy = k >= 2 ? y + s : y;
    double from = k * M_PI / 2;
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, fill);
    ct_path_move(t->page, p, cx, cy);
    ct_path_arc(t->page, p, cx, cy, radius, from, from + M_PI / 2);
    ct_path_close(t->page, p);
}

static void half_disc(struct ct_template *t, double x, double y, double s, int side,
                      struct ct_paint fill)
{
    static const double cx[] = { 0.5, 1, 0.5, 0 }, cy[] = { 0, 0.5, 1, 0.5 };
    double from = side * M_PI / 2;
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, fill);
    ct_path_arc(t->page, p, x + cx[side] * s, y + cy[side] * s, s / 2, from, from + M_PI);
    ct_path_close(t->page, p);
}

static void tile(struct ct_template *t, double x, double y, double s, int ground, int kind)
{
    int fore = (ground + 1 + ct_dice_below(&t->dice, CT_PALETTE_ART - 1)) % CT_PALETTE_ART;
    int turn = ct_dice_below(&t->dice, 4);
    struct ct_paint front = art(t, fore), back = art(t, ground);
    bool bare = kind == 6; /* paper shows */
    if (!bare)
        ct_page_box(t->page, CT_LAYER_SHAPES, x, y, s, s, 0, back);
    switch (kind) {
    case 0:
        quarter(t, x, y, s, turn, s, front);
        quarter(t, x, y, s, turn, s * 0.5, back);
        break;
    case 1:
        quarter(t, x, y, s, turn, s, front);
        break;
    case 2:
        ct_page_circle(t->page, CT_LAYER_SHAPES, x + s / 2, y + s / 2, s * 0.36, front);
        break;
    case 3:
        half_disc(t, x, y, s, turn, front);
        half_disc(t, x, y, s, (turn + 2) % 4, art(t, fore + 1 == ground ? fore : fore + 1));
        break;
    case 4:
        for (int i = 0; i < 4; i++)
            ct_page_box(t->page, CT_LAYER_SHAPES, turn % 2 ? x + s * i / 4 : x,
                        turn % 2 ? y : y + s * i / 4, turn % 2 ? s / 8 : s, turn % 2 ? s : s / 8, 0,
                        front);
        break;
    case 5: {
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, front);
        ct_path_move(t->page, p, x, turn < 2 ? y : y + s);
        ct_path_line(t->page, p, x + s, turn < 2 ? y + s : y);
        ct_path_line(t->page, p, turn % 2 ? x : x + s, turn % 2 == (turn < 2) ? y + s : y);
        ct_path_close(t->page, p);
        break;
    }
    default:
        ct_page_circle(t->page, CT_LAYER_SHAPES, x + s / 2, y + s / 2, s * 0.5, front);
        break;
    }
}

void ct_art_tiles(struct ct_template *t, struct ct_rect in)
{
    double shorter = fmin(in.w, in.h), longer = fmax(in.w, in.h);
    if (shorter < 8)
        return;
    /* Of a few sizes the one that fills the longer side most nearly. */
    int first = longer / shorter > 2.2 ? 2 : 3 + ct_dice_below(&t->dice, 2), across = first;
    double least = 1;
    for (int n = first; n < first + 3; n++) {
        double count = longer * n / shorter, off = fabs(count - round(count)) / count;
        if (off < least - 0.02) {
            least = off;
            across = n;
        }
    }
    double s = shorter / across;
    int columns = (int)fmax(1, round(in.w / s)), rows = (int)fmax(1, round(in.h / s));
    /* Whole pixels, or seams would show; what is too much runs off the page. */
    s = ceil(fmax(in.w / columns, in.h / rows));
    double x0 = floor(in.x), y0 = floor(in.y);
    int last = -1;
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
            int ground = ct_dice_below(&t->dice, CT_PALETTE_ART);
            int kind = ct_dice_below(&t->dice, 7);
            if (kind == last)
                kind = (kind + 1 + ct_dice_below(&t->dice, 5)) % 7;
            last = kind;
            tile(t, x0 + c * s, y0 + r * s, s, ground, kind);
        }
    }
}

void ct_art_arcs(struct ct_template *t, struct ct_rect in)
{
    int corner = ct_dice_below(&t->dice, 3), rings = 5 + ct_dice_below(&t->dice, 2);
    double cx = corner == 0 ? in.x + in.w : corner == 1 ? in.x + in.w * 0.5 : in.x + in.w;
    double cy = in.y + in.h;
    double reach = corner == 1 ? fmin(in.w * 0.5, in.h) : fmin(in.w, in.h);
    int first = ct_dice_below(&t->dice, CT_PALETTE_ART);
    for (int i = 0; i < rings; i++) {
        double r = reach * (rings - i) / rings;
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, art(t, first + i));
        ct_path_move(t->page, p, cx, cy);
        ct_path_arc(t->page, p, cx, cy, r, M_PI, corner == 1 ? 2 * M_PI : 1.5 * M_PI);
        ct_path_close(t->page, p);
    }
}

void ct_art_capsules(struct ct_template *t, struct ct_rect in)
{
    int n = in.w > in.h ? 9 : 6, last = -1;
    double step = in.w / n, w = step * 0.78;
    for (int i = 0; i < n; i++) {
        double y = in.y + in.h * ct_dice_range(&t->dice, 0, 0.22);
        double foot = in.y + in.h;
        while (y < foot) {
            double h = w * (1 + ct_dice_below(&t->dice, 4) * 0.75);
            int tint = ct_dice_below(&t->dice, CT_PALETTE_ART);
            tint = tint == last ? (tint + 1) % CT_PALETTE_ART : tint;
            last = tint;
            if (foot - (y + h) < w * 1.2)
                h = foot - y;
            if (h < w * 0.98)
                break;
            ct_page_box(t->page, CT_LAYER_SHAPES, in.x + i * step + (step - w) / 2, y, w, h, w / 2,
                        art(t, tint));
            y += h + step - w;
        }
    }
}

void ct_art_discs(struct ct_template *t, struct ct_rect in)
{
    struct ct_palette *p = &t->palette;
    double s = fmin(in.w, in.h), cx = in.x + in.w * ct_dice_range(&t->dice, 0.66, 0.86);
    double cy = in.y + in.h * ct_dice_range(&t->dice, 0.60, 0.82);
    double big = s * ct_dice_range(&t->dice, 0.42, 0.52);
    ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy, big,
                   ct_paint_linear(cx - big, cy - big, cx + big, cy + big, p->soft[0],
                                   ct_tint_mix(p->soft[0], p->paper, p->calm ? 0 : 0.5)));
    double sx = cx - big * ct_dice_range(&t->dice, 0.85, 1.15), sy = cy + big * 0.55;
    ct_page_circle(t->page, CT_LAYER_SHAPES, sx, sy, big * 0.5,
                   ct_paint_flat(ct_tint_alpha(p->soft[1], p->calm ? 1 : 0.92)));
    double rx = cx + big * 0.2, ry = cy - big * 1.02;
    struct ct_item *ring =
        ct_page_circle(t->page, CT_LAYER_SHAPES, rx, ry, big * 0.3, (struct ct_paint){ 0 });
    ring->stroke = p->soft[3];
    ring->stroke_px = big * 0.12;
}

void ct_art_mesh(struct ct_template *t, double strength)
{
    double w = t->page->width, h = t->page->height, reach = fmax(w, h);
    static const double at[4][2] = { { 0.05, 0.02 }, { 0.98, 0.12 }, { 0.85, 1.0 }, { 0.1, 0.95 } };
    for (int i = 0; !t->palette.calm && i < 4; i++) {
        double x = w * (at[i][0] + ct_dice_range(&t->dice, -0.1, 0.1));
        double y = h * (at[i][1] + ct_dice_range(&t->dice, -0.1, 0.1));
        ct_page_glow(t->page, CT_LAYER_GROUND, x, y, reach * ct_dice_range(&t->dice, 0.45, 0.7),
                     ct_tint_alpha(t->palette.soft[i], strength));
    }
}
