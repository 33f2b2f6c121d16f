/* Towns in flat layers: an old one of houses on a slope, or towers, when the topic is a metropolis.
 * The words stand in the sky. A sign the prompt names ("yellow tram") stands in the street. */
#include "engines/scene/page/brush.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

static double between(struct ct_template *t, double a, double b)
{
    return ct_dice_range(&t->dice, a, b);
}

/* A row of houses wall to wall, the lower edge at `foot`. */
static void terrace(struct ct_template *t, double foot, double size, const struct ct_tint walls[4],
                    struct ct_tint top, struct ct_tint pane)
{
    int last = -1;
    for (double x = -size * between(t, 0, 0.5); x < t->page->width;) {
        int tone = ct_dice_below(&t->dice, 4);
        tone = tone == last ? (tone + 1) % 4 : tone;
        last = tone;
        struct ct_house o = { .x = x,
                              .foot = foot + size * 0.6,
                              .w = size * between(t, 0.7, 1.15),
                              .roof = ct_dice_below(&t->dice, 3),
                              .wall = walls[tone],
                              .top = top,
                              .pane = pane };
        o.h = size * between(t, 1.3, 2.1);
        o.columns = o.w > size * 0.95 ? 3 : 2;
        o.rows = 3;
        o.roof = o.roof == 0 ? 1 : o.roof;
        ct_brush_house(t, &o);
        x += o.w * 1.02;
    }
}

/* A church with a dome and a bell tower, over the roofs. */
static void church(struct ct_template *t, double x, double foot, double s, struct ct_tint wall,
                   struct ct_tint top, struct ct_tint pane)
{
    ct_brush_box(t, x, foot - s * 1.1, s * 1.1, s * 1.1, wall);
    struct ct_item *dome = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(top));
    ct_path_arc(t->page, dome, x + s * 0.55, foot - s * 1.1, s * 0.46, M_PI, 2 * M_PI);
    ct_path_close(t->page, dome);
    ct_brush_box(t, x + s * 0.5, foot - s * 1.78, s * 0.1, s * 0.26, wall);
    ct_brush_house(
        t, &(struct ct_house){ x - s * 0.5, foot, s * 0.46, s * 1.85, 1, wall, top, pane, 1, 4 });
}

/* The street at the foot, and the sign on its rails. */
static void street(struct ct_template *t, double y, struct ct_tint road, struct ct_tint rail)
{
    double w = t->page->width, h = t->page->height, s = fmin(w, h) * 0.24;
    const struct ct_intent *in = t->intent;
    ct_brush_box(t, 0, y, w, h - y, road);
    for (int i = 0; i < 2; i++)
        ct_brush_box(t, 0, y + (h - y) * (0.46 + 0.26 * i), w, fmax(1, t->unit * 0.4), rail);
    if (!t->emblem)
        return;
    struct ct_tint ink = t->palette.accent;
    if (in->has_emblem_color)
        ink = ct_tint_hex((uint32_t)in->emblem_color.r << 16 | (uint32_t)in->emblem_color.g << 8 |
                          in->emblem_color.b);
    ct_glyph_draw(t->page, t->emblem, w * 0.56 - s / 2, y + (h - y) * 0.6 - s * 0.98, s, ink, road);
}

static void old_town(struct ct_template *t, double y)
{
    double w = t->page->width, h = t->page->height, size = fmin(w, h) * 0.135;
    struct ct_tint c[CT_PALETTE_ART], white = ct_tint_hex(0xFFF8EA), walls[4];
    ct_brush_ramp(t, c);
    struct ct_tint haze = t->palette.paper, roof = t->palette.accent;
    for (int row = 0; row < 4; row++) {
        double f = row / 3.0, near = 1 - f, foot = y + (h * 0.9 - y) * (0.24 + 0.26 * row);
        struct ct_tint tones[4] = { ct_tint_mix(white, c[0], 0.25), ct_tint_mix(c[0], white, 0.3),
                                    ct_tint_mix(c[1], white, 0.35), ct_tint_mix(c[2], white, 0.5) };
        for (int i = 0; i < 4; i++)
            walls[i] = ct_tint_mix(tones[i], haze, near * 0.55);
        if (row == 1)
            church(t, w * between(t, 0.2, 0.62), foot - size * 0.3, size * 0.86,
                   ct_tint_mix(white, haze, 0.3), ct_tint_mix(c[2], haze, 0.3),
                   ct_tint_mix(c[3], haze, 0.4));
        terrace(t, foot, size * (0.72 + 0.1 * row), walls, ct_tint_mix(roof, haze, near * 0.55),
                ct_tint_mix(c[3], haze, near * 0.5));
    }
    street(t, h * 0.9, c[3], ct_tint_mix(c[3], white, 0.45));
}

static void towers(struct ct_template *t, double foot, double low, double high, double width,
                   struct ct_tint wall, struct ct_tint pane)
{
    for (double x = -width * between(t, 0, 0.6); x < t->page->width;) {
        double ww = width * between(t, 0.6, 1.2), hh = between(t, low, high);
        int cap = ct_dice_below(&t->dice, 4);
        ct_brush_box(t, x, foot - hh, ww, hh, wall);
        if (cap == 0)
            ct_brush_poly(t,
                          (struct ct_xy[]){ { x, foot - hh + 1 },
                                            { x + ww, foot - hh + 1 },
                                            { x + ww, foot - hh - ww * 0.5 } },
                          3, wall);
        else if (cap == 1) {
            ct_brush_box(t, x + ww * 0.2, foot - hh - ww * 0.3, ww * 0.6, ww * 0.32, wall);
            ct_brush_box(t, x + ww * 0.47, foot - hh - ww * 1.0, ww * 0.06, ww * 0.72, wall);
        }
        int columns = (int)fmax(2, ww / (t->unit * 2.2)), rows = (int)fmax(2, hh / (t->unit * 3.2));
        double cw = ww / (columns + 0.5), ch = hh / (rows + 0.4);
        for (int k = 0; pane.a > 0 && k < columns * rows; k++)
            if (ct_dice_unit(&t->dice) < 0.42)
                ct_brush_box(t, x + cw * (k % columns + 0.5), foot - hh + ch * (k / columns + 0.5),
                             cw * 0.5, ch * 0.42, pane);
        x += ww + width * between(t, 0, 0.14);
    }
}

static void metropolis(struct ct_template *t, double y)
{
    double w = t->page->width, h = t->page->height, foot = h * 0.9, room = foot - y;
    struct ct_tint c[CT_PALETTE_ART], none = { 0 };
    ct_brush_ramp(t, c);
    double size = fmin(w, h) * 0.11;
    towers(t, foot, room * 0.62, room * 0.95, size * 0.8, ct_tint_mix(c[1], t->palette.paper, 0.5),
           none);
    towers(t, foot, room * 0.4, room * 0.74, size, ct_tint_mix(c[2], c[1], 0.25), none);
    towers(t, foot, room * 0.16, room * 0.52, size * 1.25, c[3], c[0]);
    street(t, foot, ct_tint_mix(c[3], ct_tint_hex(0x000000), 0.3), ct_tint_mix(c[3], c[0], 0.5));
}

struct ct_room ct_art_city(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height;
    bool wide = ct_brush_wide(t);
    double y = h * (wide ? 0.46 : 0.42);
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    ct_brush_sky(t, h * 0.8, c[1]);
    double r = fmin(w, h) * 0.15;
    ct_brush_dot(t, w * (wide ? 0.72 : between(t, 0.28, 0.7)), y + r * 1.1, r, c[0]);
    if (t->intent->topic == CT_TOPIC_metropolis)
        metropolis(t, y);
    else
        old_town(t, y + h * 0.13);
    return ct_brush_in_sky(t, y + (t->intent->topic == CT_TOPIC_metropolis ? 0 : r * 0.1));
}
