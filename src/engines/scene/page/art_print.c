/* What printers did with few inks: rays and dots of comics, sunrays, stripes, art deco. */
#include "engines/scene/page/brush.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

/* Dots that shrink away from a corner. */
static void halftone(struct ct_template *t, double cx, double cy, double reach, struct ct_tint tint)
{
    double step = t->unit * 2.6;
    int n = (int)ceil(reach / step);
    for (int j = -n; j <= n; j++)
        for (int i = -n; i <= n; i++) {
            double x = cx + (i + (j & 1) * 0.5) * step, y = cy + j * step * 0.87;
            double d = hypot(x - cx, y - cy) / reach, r = step * 0.56 * (1 - d);
            bool seen =
                x > -step && y > -step && x < t->page->width + step && y < t->page->height + step;
            if (seen && r > step * 0.08)
                ct_brush_dot(t, x, y, r, tint);
        }
}

/* A spiked balloon with a thick outline, its shadow behind. */
static void balloon(struct ct_template *t, double cx, double cy, double rx, double ry,
                    struct ct_tint fill, struct ct_tint edge, struct ct_tint shade)
{
    enum { SPIKES = 17 };
    for (int pass = 0; pass < 2; pass++) {
        struct ct_dice dice = { 77 };
        struct ct_item *p =
            ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(pass ? fill : shade));
        double off = pass ? 0 : t->unit * 1.8;
        for (int i = 0; i < 2 * SPIKES; i++) {
            double a = M_PI * i / SPIKES - 0.1;
            double k = i % 2 ? 1 : ct_dice_range(&dice, 1.22, 1.5);
            (i ? ct_path_line : ct_path_move)(t->page, p, cx + off + rx * k * cos(a),
                                              cy + off + ry * k * sin(a));
        }
        ct_path_close(t->page, p);
        p->stroke = edge;
        p->stroke_px = pass ? t->unit * 0.9 : 0;
    }
}

/* The strongest colour that reads on the ground; else black or white. */
static struct ct_tint loud_ink(const struct ct_palette *p, struct ct_tint ground)
{
    struct ct_tint best = ct_palette_on(p, ground).ink;
    double most = 0.1;
    for (int i = -1; i < CT_PALETTE_ART && !p->plain; i++) {
        struct ct_tint tint = i < 0 ? p->accent : p->art[i];
        if (ct_tint_contrast(tint, ground) >= 4.6 && ct_tint_chroma(tint) > most) {
            most = ct_tint_chroma(tint);
            best = tint;
        }
    }
    return best;
}

/* White or a light yellow; the accent where colours are named. */
static struct ct_tint badge_fill(const struct ct_template *t, const struct ct_tint c[4])
{
    const struct ct_palette *p = &t->palette;
    if (p->plain)
        return p->paper;
    if (t->intent->n_palette > 1 && ct_tint_contrast(p->accent, p->paper) > 2)
        return p->accent;
    return ct_tint_lightness(c[0]) > 0.85 && ct_tint_contrast(c[0], p->paper) > 1.2
               ? c[0]
               : ct_tint_hex(0xFFFFFF);
}

struct ct_room ct_art_burst(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    struct ct_palette *p = &t->palette;
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    bool foot = t->copy.subtitle.len || t->copy.n_rest;
    double band = foot ? h * 0.2 : 0, cx = w / 2, cy = (h - band) / 2;
    ct_template_paper(t);
    ct_brush_rays(t, cx, cy, 18, 0.09, ct_tint_mix(p->paper, p->plain ? p->ink : c[0], 0.34));
    struct ct_tint dots = p->plain ? c[2] : ct_tint_mix(p->paper, c[2], 0.75);
    halftone(t, 0, 0, fmin(w, h) * 0.46, dots);
    halftone(t, w, h - band, fmin(w, h) * 0.52, dots);
    struct ct_tint fill = badge_fill(t, c);
    double rx = (w - 2 * m) * 0.38, ry = fmin((h - band) * 0.31, rx * 0.86);
    struct ct_tint edge = p->plain                        ? p->ink
                          : ct_tint_lightness(c[3]) < 0.4 ? c[3]
                                                          : ct_tint_hex(0x141216);
    balloon(t, cx, cy, rx, ry, fill, edge, edge);
    struct ct_room room = { .words = { cx - rx * 0.84, cy - ry * 0.62, rx * 1.68, ry * 1.24 },
                            .on = ct_palette_on(p, fill),
                            .align = CT_ALIGN_CENTER,
                            .at_middle = true,
                            .title_px = t->unit * 34 };
    room.on.ink = loud_ink(p, fill);
    if (foot) {
        struct ct_tint ground = p->plain ? p->paper : edge;
        ct_brush_box(t, 0, h - band, w, band + 1, ground);
        room.foot = (struct ct_rect){ m, h - band * 0.86, w - 2 * m, band * 0.72 };
        room.on_foot = ct_palette_on(p, ground);
    }
    return room;
}

struct ct_room ct_art_sunrays(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h);
    bool wide = ct_brush_wide(t);
    struct ct_palette *p = &t->palette;
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    double cx = wide ? w * 0.72 : w / 2, y = h * (wide ? 0.74 : 0.78), r = s * (wide ? 0.26 : 0.24);
    ct_template_paper(t);
    ct_brush_rays(t, cx, y, 20, 0, ct_brush_under(p, ct_tint_mix(p->paper, c[0], 0.6)));
    for (int i = 3; i >= 0; i--) {
        struct ct_tint ring = i == 3 ? p->paper : i == 2 ? c[0] : i == 1 ? c[1] : p->accent;
        ct_brush_dot(t, cx, y, r * (0.62 + 0.2 * i), ring);
    }
    if (t->emblem)
        ct_glyph_draw(t->page, t->emblem, cx - r * 0.36, y - r * 0.66, r * 0.72, p->paper,
                      p->accent);
    double band = (h - y) / 4;
    for (int i = 0; i < 4; i++)
        ct_brush_box(t, 0, y + band * i, w, band + 1, c[i == 0 ? 1 : i == 1 ? 2 : 3]);
    struct ct_tint edge = ct_tint_mix(c[3], ct_tint_hex(0), 0.25);
    ct_brush_box(t, 0, y + band * 3, w, band + 1, edge);
    double top = wide ? h - m * 2 - (h - y) : y - r * 1.32 - m * 1.4;
    return (struct ct_room){ .words = { m, m, wide ? w * 0.46 - m : w - 2 * m, top },
                             .on = *p,
                             .align = wide ? CT_ALIGN_START : CT_ALIGN_CENTER,
                             .at_middle = !wide };
}

/* One broad band around a quarter turn: along the foot, then up. */
static void bend(struct ct_template *t, double cx, double cy, double r, double px,
                 struct ct_tint tint)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    ct_path_move(t->page, p, -px, cy + r);
    ct_path_line(t->page, p, cx, cy + r);
    ct_path_arc(t->page, p, cx, cy, r, M_PI / 2, 0);
    ct_path_line(t->page, p, cx + r, -px);
    p->stroke = tint;
    p->stroke_px = px;
}

struct ct_room ct_art_stripes(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h);
    struct ct_palette *p = &t->palette;
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    bool wide = w > h * 0.9; /* words above the bands, else below */
    ct_template_paper(t);
    double px = s * 0.058, cx = w * (wide ? fmax(0.5, 0.9 - 0.28 * w / h) : 0.34);
    double cy = h * (wide ? 0.34 : 0.3);
    double first = wide ? s * 0.2 : s * 0.24;
    struct ct_tint tone[] = { c[0], c[1], p->accent, c[2], c[3] };
    for (int i = 0; i < 5; i++)
        bend(t, cx, cy, first + px * (i + 0.5), px * 1.02, tone[i]);
    double top = cy + first + px * 5;
    if (t->emblem && !wide)
        ct_glyph_draw(t->page, t->emblem, cx - s * 0.25, cy - s * 0.16, s * 0.3, p->accent,
                      p->paper);
    if (wide) /* above the bands, left of where they rise */
        return (struct ct_room){ .words = { m, m, cx + first - 1.7 * m, cy + first - 1.8 * m },
                                 .on = *p,
                                 .at_middle = true };
    return (struct ct_room){ .words = { m, top + m * 0.6, w - 2 * m, h - top - m * 1.6 },
                             .on = *p,
                             .at_bottom = true };
}

struct ct_room ct_art_deco(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h);
    struct ct_palette *p = &t->palette;
    struct ct_tint gold = ct_tint_contrast(p->accent, p->paper) > 3 ? p->accent : p->ink;
    ct_template_paper(t);
    for (int i = 0; i < 2; i++) { /* two frames with stepped corners */
        double x = m * (0.5 + 0.24 * i), step = m * (0.62 - 0.2 * i), r = w - x, b = h - x;
        struct ct_xy q[] = { { x + step, x }, { r - step, x }, { r - step, x + step },
                             { r, x + step }, { r, b - step }, { r - step, b - step },
                             { r - step, b }, { x + step, b }, { x + step, b - step },
                             { x, b - step }, { x, x + step }, { x + step, x + step } };
        struct ct_item *line = ct_brush_poly(t, q, 12, ct_tint_alpha(gold, 0));
        line->fill = (struct ct_paint){ 0 };
        line->stroke = gold;
        line->stroke_px = t->unit * (i ? 0.2 : 0.5);
    }
    bool wide = ct_brush_wide(t);
    double cx = wide ? w * 0.27 : w / 2, cy = wide ? h * 0.74 : h * 0.4,
           r = wide ? fmin(s * 0.5, w * 0.2) : s * 0.32;
    for (int i = 0; i <= 24; i++) { /* a fan */
        double a = M_PI + M_PI * i / 24, in = i % 2 ? 0.44 : 0.3;
        struct ct_xy u = { cos(a), sin(a) };
        ct_brush_line(t, (struct ct_xy){ cx + u.x * r * in, cy + u.y * r * in },
                      (struct ct_xy){ cx + u.x * r * 0.6, cy + u.y * r * 0.6 },
                      (struct ct_xy){ cx + u.x * r * (i % 2 ? 0.86 : 0.97),
                                      cy + u.y * r * (i % 2 ? 0.86 : 0.97) },
                      t->unit * (i % 2 ? 0.22 : 0.45), gold);
        if (i % 2 == 0)
            ct_brush_dot(t, cx + u.x * r * 1.02, cy + u.y * r * 1.02, t->unit * 0.5, gold);
    }
    for (int i = 0; i < 3; i++) {
        struct ct_item *arc = ct_page_path(t->page, CT_LAYER_SHAPES,
                                           i ? (struct ct_paint){ 0 } : ct_paint_flat(gold));
        ct_path_arc(t->page, arc, cx, cy, r * (0.12 + 0.06 * i), M_PI, 2 * M_PI);
        if (i == 0)
            ct_path_close(t->page, arc);
        arc->stroke = gold;
        arc->stroke_px = t->unit * 0.35;
    }
    ct_brush_box(t, cx - r, cy + t->unit * 0.6, 2 * r, fmax(1, t->unit * 0.35), gold);
    struct ct_room room = {
        .words = wide ? (struct ct_rect){ w * 0.5, m * 1.6, w * 0.5 - m * 1.7, h - 3.2 * m }
                      : (struct ct_rect){ m * 1.6, cy + m * 0.6, w - 3.2 * m, h - cy - m * 2.2 },
        .on = *p,
        .align = CT_ALIGN_CENTER,
        .at_middle = true,
        .title_px = t->unit * 12
    };
    room.on.ink = ct_tint_legible(ct_tint_mix(gold, p->ink, 0.35), p->paper, 6);
    return room;
}
