/* See brush.h. Plain geometry; sizes are the caller's, chance comes from the dice of the page. */
#include "engines/scene/page/brush.h"

#include <math.h>

struct ct_item *ct_brush_poly(struct ct_template *t, const struct ct_xy *p, int n,
                              struct ct_tint fill)
{
    struct ct_item *item = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(fill));
    ct_path_move(t->page, item, p[0].x, p[0].y);
    for (int i = 1; i < n; i++)
        ct_path_line(t->page, item, p[i].x, p[i].y);
    ct_path_close(t->page, item);
    return item;
}

void ct_brush_dot(struct ct_template *t, double x, double y, double r, struct ct_tint fill)
{
    ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, r, ct_paint_flat(fill));
}

void ct_brush_box(struct ct_template *t, double x, double y, double w, double h,
                  struct ct_tint fill)
{
    ct_page_box(t->page, CT_LAYER_SHAPES, x, y, w, h, 0, ct_paint_flat(fill));
}

void ct_brush_line(struct ct_template *t, struct ct_xy a, struct ct_xy mid, struct ct_xy b,
                   double px, struct ct_tint tint)
{
    struct ct_item *item = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    struct ct_xy c = { 2 * mid.x - (a.x + b.x) / 2, 2 * mid.y - (a.y + b.y) / 2 };
    ct_path_move(t->page, item, a.x, a.y);
    ct_path_curve(t->page, item,
                  (double[]){ a.x + (c.x - a.x) * 2 / 3, a.y + (c.y - a.y) * 2 / 3,
                              b.x + (c.x - b.x) * 2 / 3, b.y + (c.y - b.y) * 2 / 3, b.x, b.y });
    item->stroke = tint;
    item->stroke_px = px;
    item->round_ends = true;
}

void ct_brush_hill(struct ct_template *t, struct ct_rect in, double y, double swing,
                   struct ct_paint fill)
{
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, fill);
    int waves = 2 + ct_dice_below(&t->dice, 2);
    double step = in.w / waves, x = in.x - step + ct_dice_range(&t->dice, -0.6, 0.6) * step;
    double h = y + swing * ct_dice_range(&t->dice, -1, 1);
    ct_path_move(t->page, p, x, in.y + in.h);
    ct_path_line(t->page, p, x, h);
    for (int i = 0; i < waves + 3; i++) {
        double next = y + swing * (i % 2 ? -1 : 1) * ct_dice_range(&t->dice, 0.35, 1);
        ct_path_curve(t->page, p,
                      (double[]){ x + step * 0.45, h, x + step * 0.55, next, x + step, next });
        x += step;
        h = next;
    }
    ct_path_line(t->page, p, x, in.y + in.h);
    ct_path_close(t->page, p);
}

enum { PEAKS = 24 };

void ct_brush_ridge(struct ct_template *t, struct ct_rect in, double y, double height,
                    struct ct_tint fill, struct ct_tint lit)
{
    struct ct_xy p[PEAKS + 2];
    int n = 0, peaks = 3 + ct_dice_below(&t->dice, 2);
    double step = in.w / peaks, x = in.x - step * ct_dice_range(&t->dice, 0.3, 0.8);
    p[n++] = (struct ct_xy){ x - step, in.y + in.h };
    for (; x < in.x + in.w + step && n + 2 < PEAKS; x += step) {
        double top = y + height * ct_dice_range(&t->dice, 0, 0.42);
        double at = x + step * ct_dice_range(&t->dice, 0.38, 0.62);
        p[n++] = (struct ct_xy){ x, y + height * ct_dice_range(&t->dice, 0.72, 1) };
        p[n++] = (struct ct_xy){ at, top };
    }
    p[n++] = (struct ct_xy){ x, in.y + in.h };
    ct_brush_poly(t, p, n, fill);
    for (int i = 2; i + 1 < n; i += 2) { /* the side that the light falls on, zigzag below */
        double dx = p[i].x - p[i - 1].x, dy = p[i - 1].y - p[i].y, f = 0.46;
        struct ct_xy cap[] = { p[i],
                               { p[i].x - dx * f, p[i].y + dy * f },
                               { p[i].x - dx * f * 0.5, p[i].y + dy * f * 0.72 },
                               { p[i].x - dx * f * 0.2, p[i].y + dy * f * 1.12 },
                               { p[i].x + step * 0.05, p[i].y + dy * f * 0.7 },
                               { p[i].x + step * 0.11, p[i].y + dy * f * 0.9 } };
        struct ct_xy next = p[i + 1];
        double along = fmin(1, dy * f * 0.62 / fmax(1, next.y - p[i].y));
        cap[5] = (struct ct_xy){ p[i].x + (next.x - p[i].x) * along,
                                 p[i].y + (next.y - p[i].y) * along };
        if (lit.a > 0)
            ct_brush_poly(t, cap, 6, lit);
    }
}

void ct_brush_rays(struct ct_template *t, double cx, double cy, int n, double turn,
                   struct ct_tint fill)
{
    double reach = 2 * hypot(t->page->width, t->page->height), half = M_PI / n / 2;
    for (int i = 0; i < n; i++) {
        double a = turn + 2 * M_PI * i / n;
        struct ct_xy p[] = { { cx, cy },
                             { cx + reach * cos(a - half), cy + reach * sin(a - half) },
                             { cx + reach * cos(a + half), cy + reach * sin(a + half) } };
        ct_brush_poly(t, p, 3, fill);
    }
}

struct ct_item *ct_brush_star(struct ct_template *t, double cx, double cy, double outer,
                              double inner, int n, double turn, struct ct_tint fill)
{
    struct ct_item *item = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(fill));
    for (int i = 0; i < 2 * n; i++) {
        double a = turn + M_PI * i / n, r = i % 2 ? inner : outer;
        (i ? ct_path_line : ct_path_move)(t->page, item, cx + r * cos(a), cy + r * sin(a));
    }
    ct_path_close(t->page, item);
    return item;
}

void ct_brush_pine(struct ct_template *t, double x, double foot, double h, struct ct_tint fill)
{
    double w = h * 0.4;
    struct ct_xy p[] = { { x, foot - h },
                         { x + w * 0.26, foot - h * 0.66 },
                         { x + w * 0.14, foot - h * 0.67 },
                         { x + w * 0.38, foot - h * 0.36 },
                         { x + w * 0.22, foot - h * 0.38 },
                         { x + w * 0.5, foot - h * 0.08 },
                         { x + w * 0.05, foot - h * 0.1 },
                         { x + w * 0.05, foot },
                         { x - w * 0.05, foot },
                         { x - w * 0.05, foot - h * 0.1 },
                         { x - w * 0.5, foot - h * 0.08 },
                         { x - w * 0.22, foot - h * 0.38 },
                         { x - w * 0.38, foot - h * 0.36 },
                         { x - w * 0.14, foot - h * 0.67 },
                         { x - w * 0.26, foot - h * 0.66 } };
    ct_brush_poly(t, p, (int)(sizeof(p) / sizeof(p[0])), fill);
}

static void leaf(struct ct_template *t, double x, double y, double angle, double length,
                 double slim, struct ct_tint fill)
{
    double ux = cos(angle), uy = sin(angle), half = length * slim;
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(fill));
    ct_path_move(t->page, p, x, y);
    ct_path_curve(t->page, p,
                  (double[]){ x + ux * length * 0.3 - uy * half, y + uy * length * 0.3 + ux * half,
                              x + ux * length * 0.72 - uy * half * 0.8,
                              y + uy * length * 0.72 + ux * half * 0.8, x + ux * length,
                              y + uy * length });
    ct_path_curve(t->page, p,
                  (double[]){ x + ux * length * 0.72 + uy * half * 0.8,
                              y + uy * length * 0.72 - ux * half * 0.8,
                              x + ux * length * 0.3 + uy * half, y + uy * length * 0.3 - ux * half,
                              x, y });
    ct_path_close(t->page, p);
}

void ct_brush_branch(struct ct_template *t, const struct ct_branch *b, struct ct_tint stem,
                     struct ct_tint tint)
{
    enum { STEPS = 24 };
    struct ct_item *line = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    double x = b->x, y = b->y, step = b->length / STEPS;
    int every = b->leaves > 0 ? (int)fmax(1, (STEPS - 3) / b->leaves) : STEPS;
    line->stroke = stem;
    line->stroke_px = fmax(1, b->leaf * 0.055);
    line->round_ends = true;
    ct_path_move(t->page, line, x, y);
    for (int i = 1; i <= STEPS; i++) {
        double a = b->angle + b->bend * i / STEPS, f = (double)i / STEPS;
        x += step * cos(a);
        y += step * sin(a);
        ct_path_line(t->page, line, x, y);
        if (i < 3 || (i - 3) % every)
            continue;
        double size = b->leaf * (1 - 0.45 * f) * ct_dice_range(&t->dice, 0.86, 1.1);
        for (int side = -1; side <= 1; side += 2) {
            double out = a + side * (0.95 - 0.35 * f);
            if (b->berries && (i / every) % 2)
                ct_brush_dot(t, x + cos(out) * size * 0.5, y + sin(out) * size * 0.5, size * 0.16,
                             stem);
            else
                leaf(t, x, y, out, size, b->slim, tint);
        }
    }
    leaf(t, x, y, b->angle + b->bend, b->leaf * 0.6, b->slim, tint);
}

void ct_brush_flower(struct ct_template *t, double x, double y, double r, int petals, double turn,
                     struct ct_tint petal, struct ct_tint heart)
{
    for (int i = 0; i < petals; i++)
        leaf(t, x, y, turn + 2 * M_PI * i / petals, r, petals > 6 ? 0.3 : 0.52, petal);
    ct_brush_dot(t, x, y, r * 0.22, heart);
}

static void roof(struct ct_template *t, const struct ct_house *o)
{
    double x = o->x, y = o->foot - o->h, w = o->w, over = w * 0.05;
    double rise = fmin(w * 0.42, o->h * 0.5);
    if (o->roof == 1)
        ct_brush_poly(
            t, (struct ct_xy[]){ { x - over, y }, { x + w / 2, y - rise }, { x + w + over, y } }, 3,
            o->top);
    else if (o->roof == 2)
        ct_brush_poly(t,
                      (struct ct_xy[]){ { x - over, y },
                                        { x + w * 0.16, y - rise * 0.62 },
                                        { x + w * 0.84, y - rise * 0.62 },
                                        { x + w + over, y } },
                      4, o->top);
    else
        ct_brush_box(t, x - over, y, w + 2 * over, fmax(1, o->w * 0.06), o->top);
}

void ct_brush_house(struct ct_template *t, const struct ct_house *o)
{
    ct_brush_box(t, o->x, o->foot - o->h, o->w, o->h, o->wall);
    roof(t, o);
    if (o->columns < 1 || o->rows < 1)
        return;
    double cw = o->w / (o->columns + 0.6), ch = o->h / (o->rows + 0.7);
    double pw = fmin(cw * 0.46, ch * 0.5), ph = fmin(ch * 0.58, pw * 1.5);
    for (int r = 0; r < o->rows; r++)
        for (int c = 0; c < o->columns; c++) {
            double x = o->x + cw * (c + 0.8) - pw / 2;
            double y = o->foot - o->h + ch * (r + 0.78) - ph / 2;
            ct_page_box(t->page, CT_LAYER_SHAPES, x, y, pw, ph, pw * 0.12, ct_paint_flat(o->pane));
        }
}

void ct_brush_ramp(const struct ct_template *t, struct ct_tint out[CT_PALETTE_ART])
{
    memcpy(out, t->palette.art, sizeof(t->palette.art));
    for (int i = 1; i < CT_PALETTE_ART; i++) {
        struct ct_tint tint = out[i];
        int k = i;
        for (; k > 0 && ct_tint_lightness(out[k - 1]) < ct_tint_lightness(tint); k--)
            out[k] = out[k - 1];
        out[k] = tint;
    }
}

struct ct_tint ct_brush_under(const struct ct_palette *p, struct ct_tint want)
{
    struct ct_tint tint = want;
    for (double f = 0; f < 1; f += 0.05) {
        tint = ct_tint_mix(want, p->paper, f);
        if (ct_tint_contrast(tint, p->ink) >= 5.2 && ct_tint_contrast(tint, p->muted) >= 4.7)
            return tint;
    }
    return p->paper;
}

void ct_brush_sky(struct ct_template *t, double h, struct ct_tint foot)
{
    const struct ct_palette *p = &t->palette;
    if (t->page->transparent)
        return;
    ct_template_paper(t);
    if (!p->plain)
        ct_page_box(t->page, CT_LAYER_GROUND, 0, 0, t->page->width, ceil(h), 0,
                    ct_paint_linear(0, h * 0.25, 0, h, p->paper, ct_brush_under(p, foot)));
}

bool ct_brush_wide(const struct ct_template *t)
{
    return t->page->width > t->page->height * 1.12;
}

struct ct_room ct_brush_in_sky(const struct ct_template *t, double y)
{
    double m = t->margin;
    return (struct ct_room){ .words = { m, m, t->page->width - 2 * m, fmax(1, y - m * 1.3) },
                             .on = t->palette,
                             .align = ct_brush_wide(t) ? CT_ALIGN_START : CT_ALIGN_CENTER };
}
