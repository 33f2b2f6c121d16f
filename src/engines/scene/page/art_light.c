/* Light and lines: neon tubes over a grid, soft gradients, sound, contours. */
#include "engines/scene/page/brush.h"

#include <math.h>
#include <stdlib.h>

/* A stroke that shines: broad and faint below, thin and bright on top. */
static void tube(struct ct_template *t,
                 struct ct_item *(*trace)(struct ct_template *, const double *), const double *at,
                 double px, struct ct_tint tint)
{
    static const double width[] = { 7, 4, 2.2, 1 }, alpha[] = { 0.08, 0.14, 0.3, 1 };
    for (int i = 0; i < 4; i++) {
        struct ct_item *p = trace(t, at);
        p->stroke =
            ct_tint_alpha(i == 3 ? ct_tint_mix(tint, ct_tint_hex(0xFFFFFF), 0.35) : tint, alpha[i]);
        p->stroke_px = px * width[i];
        p->round_ends = true;
    }
}

static struct ct_item *ring(struct ct_template *t, const double *a)
{
    return ct_page_circle(t->page, CT_LAYER_SHAPES, a[0], a[1], a[2], (struct ct_paint){ 0 });
}

static struct ct_item *triangle(struct ct_template *t, const double *a)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    for (int i = 0; i < 3; i++)
        (i ? ct_path_line : ct_path_move)(t->page, p,
                                          a[0] + a[2] * cos(-M_PI / 2 + i * 2 * M_PI / 3),
                                          a[1] + a[2] * sin(-M_PI / 2 + i * 2 * M_PI / 3));
    ct_path_close(t->page, p);
    return p;
}

static struct ct_item *segment(struct ct_template *t, const double *a)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    ct_path_move(t->page, p, a[0], a[1]);
    ct_path_line(t->page, p, a[2], a[3]);
    return p;
}

/* The floor of the eighties: lines to a point, and across, ever nearer. */
static void floor_grid(struct ct_template *t, double cx, double y, struct ct_tint tint)
{
    double w = t->page->width, h = t->page->height, px = fmax(1, t->unit * 0.16);
    for (int i = -14; i <= 14; i++)
        tube(t, segment, (double[]){ cx + i * w * 0.028, y, cx + i * w * 0.2, h }, px, tint);
    for (int i = 0; i < 9; i++) {
        double at = y + (h - y) * pow(i / 8.0, 2.1);
        tube(t, segment, (double[]){ 0, at, w, at }, px, tint);
    }
}

struct ct_room ct_art_neon(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h);
    struct ct_palette *p = &t->palette;
    struct ct_tint a = p->accent, b = p->art[0];
    bool wide = ct_brush_wide(t);
    int kind = ct_dice_below(&t->dice, 2);
    double cx = wide ? w * 0.73 : w / 2, cy = wide ? h * 0.42 : h * 0.3,
           r = s * (wide ? 0.3 : 0.22);
    ct_template_paper(t);
    if (!t->page->transparent && !p->calm)
        ct_page_glow(t->page, CT_LAYER_GROUND, cx, cy, r * (wide ? 1.5 : 1.3),
                     ct_tint_alpha(p->art[2], 0.6));
    if (kind) {
        double y = cy + r * 0.72;
        ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy, r,
                       ct_paint_linear(0, cy - r, 0, cy + r, b, a));
        for (int i = 0; i < 6; i++) /* slits, wider below */
            ct_brush_box(t, cx - r, cy + r * (0.06 + 0.15 * i), 2 * r, r * (0.02 + 0.014 * i),
                         p->paper);
        if (wide)
            floor_grid(t, cx, y, a);
        else
            tube(t, segment, (double[]){ m, y, w - m, y }, t->unit * 0.3, a);
    } else {
        tube(t, ring, (double[]){ cx, cy, r }, t->unit * 0.55, a);
        tube(t, triangle, (double[]){ cx, cy + r * 0.1, r * 0.86 }, t->unit * 0.55, b);
        for (int i = 0; i < 4; i++) {
            double f = -0.9 + 0.6 * i;
            tube(t, segment, (double[]){ cx - r * 1.6, cy + r * f, cx - r * 1.15, cy + r * f },
                 t->unit * 0.4, i % 2 ? a : b);
            tube(t, segment, (double[]){ cx + r * 1.15, cy + r * f, cx + r * 1.6, cy + r * f },
                 t->unit * 0.4, i % 2 ? b : a);
        }
    }
    return (struct ct_room){
        .words = wide ? (struct ct_rect){ m, m, fmin(w * 0.44, cx - r * 1.8) - m,
                                          h * (kind ? 0.64 : 1) - 2 * m }
                      : (struct ct_rect){ m, cy + r * 1.45, w - 2 * m, h - cy - r * 1.45 - m },
        .on = *p,
        .align = wide ? CT_ALIGN_START : CT_ALIGN_CENTER,
        .at_middle = true
    };
}

/* A disc whose colours run into one another, and its light. */
static void lens(struct ct_template *t, double x, double y, double r, double turn, struct ct_tint a,
                 struct ct_tint b)
{
    double ux = cos(turn) * r, uy = sin(turn) * r;
    ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, r,
                   ct_paint_linear(x - ux, y - uy, x + ux, y + uy, a, b));
}

struct ct_room ct_art_gradient(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    struct ct_palette *p = &t->palette;
    bool wide = ct_brush_wide(t);
    struct ct_rect in =
        wide ? (struct ct_rect){ w * 0.5, 0, w * 0.5, h } : (struct ct_rect){ 0, 0, w, h * 0.56 };
    double s = fmin(in.w, in.h), cx = in.x + in.w * 0.5, cy = in.y + in.h * 0.5;
    struct ct_tint c[CT_PALETTE_ART], soft = p->paper;
    ct_brush_ramp(t, c);
    ct_template_paper(t);
    int kind = ct_dice_below(&t->dice, 3);
    if (kind == 0) {
        for (int i = 0; i < 5; i++) { /* a fan of leaves of light */
            double r = s * (0.52 - 0.085 * i);
            lens(t, cx + s * 0.05 * i, cy - s * 0.02 * i, r, 0.8 + 0.5 * i, c[i % 3],
                 i % 2 ? p->accent : soft);
        }
    } else if (kind == 1) {
        for (int i = 0; i < 7; i++) { /* columns, each its own dawn */
            double x = in.x + in.w * i / 7, ww = in.w / 7 + 1, f = abs(i - 3) / 3.0;
            ct_page_box(t->page, CT_LAYER_SHAPES, x, in.y, ww, in.h, 0,
                        ct_paint_linear(0, in.y + in.h * 0.3 * f, 0, in.y + in.h,
                                        i % 2 ? c[0] : c[1], i % 2 ? p->accent : c[2]));
        }
    } else {
        lens(t, cx - s * 0.1, cy + s * 0.06, s * 0.34, 0.6, c[0], p->accent);
        lens(t, cx + s * 0.24, cy - s * 0.16, s * 0.23, 2.4, p->accent, c[2]);
        lens(t, cx + s * 0.2, cy + s * 0.25, s * 0.14, 4.0, c[1], c[0]);
        for (int i = 0; i < 4; i++) {
            struct ct_item *line =
                ct_page_circle(t->page, CT_LAYER_SHAPES, cx - s * 0.1, cy + s * 0.06,
                               s * (0.38 + 0.035 * i), (struct ct_paint){ 0 });
            line->stroke = ct_tint_alpha(c[0], 0.6 - 0.13 * i);
            line->stroke_px = fmax(1, t->unit * 0.14);
        }
    }
    return (struct ct_room){ .words = wide ? (struct ct_rect){ m, m, w * 0.48 - m, h - 2 * m }
                                           : (struct ct_rect){ m, h * 0.6, w - 2 * m, h * 0.4 - m },
                             .on = *p,
                             .at_bottom = true };
}

static void equalizer(struct ct_template *t, struct ct_rect in)
{
    const struct ct_palette *p = &t->palette;
    int n = (int)fmax(16, in.w / (t->unit * 3.2));
    double step = in.w / n, phase = ct_dice_range(&t->dice, 0, 6);
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    for (int i = 0; i < n; i++) {
        double u = (i + 0.5) / n, env = sin(M_PI * u);
        double v =
            fabs(sin(u * 19 + phase) * 0.55 + sin(u * 41 + phase * 2) * 0.3 + sin(u * 7) * 0.35);
        double hh = in.h * (0.07 + 0.86 * env * fmin(1, v));
        struct ct_tint tint = ct_tint_mix(u < 0.5 ? c[0] : p->accent, u < 0.5 ? p->accent : c[2],
                                          u < 0.5 ? u * 2 : u * 2 - 1);
        ct_page_box(t->page, CT_LAYER_SHAPES, in.x + step * (i + 0.2), in.y + (in.h - hh) / 2,
                    step * 0.6, hh, step * 0.3, ct_paint_flat(tint));
    }
}

static void record(struct ct_template *t, struct ct_rect in)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    double r = fmin(in.w, in.h) * (ct_brush_wide(t) ? 0.54 : 0.6), cx = in.x + in.w * 0.5,
           cy = in.y + in.h * 0.42;
    struct ct_tint body = ct_tint_mix(c[3], ct_tint_hex(0x08060A), 0.5);
    ct_brush_dot(t, cx, cy, r, body);
    for (int i = 0; i < 12; i++) {
        struct ct_item *line = ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy,
                                              r * (0.42 + 0.046 * i), (struct ct_paint){ 0 });
        line->stroke = ct_tint_mix(body, c[0], i % 4 == 3 ? 0.5 : 0.16);
        line->stroke_px = fmax(1, t->unit * 0.16);
    }
    ct_brush_dot(t, cx, cy, r * 0.34, p->accent);
    ct_brush_dot(t, cx, cy, r * 0.24, c[0]);
    ct_brush_dot(t, cx, cy, r * 0.035, body);
}

struct ct_room ct_art_waves(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool wide = ct_brush_wide(t);
    ct_template_paper(t);
    if (ct_dice_below(&t->dice, 3) == 0)
        record(t, wide ? (struct ct_rect){ w * 0.5, 0, w * 0.5, h * 1.1 }
                       : (struct ct_rect){ 0, 0, w, h * 0.6 });
    else
        equalizer(t, wide ? (struct ct_rect){ w * 0.5, h * 0.14, w * 0.5 - m, h * 0.72 }
                          : (struct ct_rect){ m, m, w - 2 * m, h * 0.52 - m });
    return (struct ct_room){ .words =
                                 wide ? (struct ct_rect){ m, m, w * 0.46 - m, h - 2 * m }
                                      : (struct ct_rect){ m, h * 0.57, w - 2 * m, h * 0.43 - m },
                             .on = t->palette,
                             .at_bottom = true };
}

/* Lines that flow around two hills nobody sees. */
struct ct_room ct_art_contours(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool wide = ct_brush_wide(t);
    struct ct_tint c[CT_PALETTE_ART];
    ct_brush_ramp(t, c);
    ct_template_paper(t);
    struct ct_rect in =
        wide ? (struct ct_rect){ w * 0.5, 0, w * 0.52, h } : (struct ct_rect){ 0, 0, w, h * 0.56 };
    double f1 = ct_dice_range(&t->dice, 1.6, 2.6), ph = ct_dice_range(&t->dice, 0, 6);
    int n = 30;
    for (int i = 0; i < n; i++) {
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
        double v = (i + 0.5) / n;
        for (int k = 0; k <= 48; k++) {
            double u = k / 48.0,
                   bump = exp(-18 * ((u - 0.6) * (u - 0.6) + (v - 0.52) * (v - 0.52)));
            double y = v + 0.045 * sin(u * M_PI * f1 + ph + v * 2.2) * (0.4 + v) - 0.17 * bump;
            (k ? ct_path_line : ct_path_move)(t->page, p, in.x + in.w * u,
                                              in.y + in.h * (0.04 + 0.92 * y));
        }
        p->stroke = i % 5 == 2 ? t->palette.accent : ct_tint_mix(c[1], c[2], v);
        p->stroke_px = t->unit * (i % 5 == 2 ? 0.62 : 0.3);
    }
    if (!wide)
        ct_brush_box(t, 0, h * 0.57, w, h * 0.43 + 1, t->palette.paper);
    return (struct ct_room){ .words = wide ? (struct ct_rect){ m, m, w * 0.46 - m, h - 2 * m }
                                           : (struct ct_rect){ m, h * 0.6, w - 2 * m, h * 0.4 - m },
                             .on = t->palette,
                             .at_bottom = true };
}
