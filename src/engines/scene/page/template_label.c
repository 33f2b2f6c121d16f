/* Labels: the front of a package, on its ground: a shape with a border, a sign, the name, small
 * print on a band. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

/* A rectangle, an arch, or one with cut corners. */
static struct ct_item *outline(struct ct_template *t, int kind, struct ct_rect a,
                               struct ct_tint fill)
{
    double r = a.w / 2, c = a.w * 0.09;
    if (kind == 0)
        return ct_page_box(t->page, CT_LAYER_SHAPES, a.x, a.y, a.w, a.h, a.w * 0.05,
                           ct_paint_flat(fill));
    if (kind == 1 && a.h > a.w * 0.9) {
        struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(fill));
        ct_path_move(t->page, p, a.x, a.y + a.h);
        ct_path_line(t->page, p, a.x, a.y + r);
        ct_path_arc(t->page, p, a.x + r, a.y + r, r, M_PI, 2 * M_PI);
        ct_path_line(t->page, p, a.x + a.w, a.y + a.h);
        ct_path_close(t->page, p);
        return p;
    }
    struct ct_xy q[] = { { a.x + c, a.y },
                         { a.x + a.w - c, a.y },
                         { a.x + a.w, a.y + c },
                         { a.x + a.w, a.y + a.h - c },
                         { a.x + a.w - c, a.y + a.h },
                         { a.x + c, a.y + a.h },
                         { a.x, a.y + a.h - c },
                         { a.x, a.y + c } };
    return ct_brush_poly(t, q, 8, fill);
}

void ct_template_label(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    const struct ct_palette *p = &t->palette;
    int kind = ct_dice_below(&t->dice, 3);
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct ct_tint ground = p->plain ? p->paper : p->art[2], fill = p->paper;
    if (!t->page->transparent)
        ct_page_box(t->page, CT_LAYER_GROUND, 0, 0, w, h, 0, ct_paint_flat(ground));
    double lh = h - 1.7 * m, lw = fmin(w - 1.7 * m, lh * 0.86);
    struct ct_rect a = { (w - lw) / 2, (h - lh) / 2, lw, lh };
    outline(t, kind, a, fill);
    double in = lw * 0.035;
    struct ct_item *line =
        outline(t, kind, (struct ct_rect){ a.x + in, a.y + in, a.w - 2 * in, a.h - 2 * in }, fill);
    line->stroke = p->line;
    line->stroke_px = fmax(1, t->unit * 0.34);
    t->unit = fmin(t->unit, fmin(lw, lh) / 84);
    double x = a.x + lw * 0.11, tw = lw * 0.78, s = fmin(lw * 0.3, lh * 0.24),
           y = a.y + lh * (kind == 1 ? 0.1 : 0.085);
    ct_print_emblem(t, w / 2 - s / 2, y, s, ct_tint_legible(p->accent, fill, 3), fill);
    y += s + lh * 0.03;
    double foot = a.y + lh * 0.93;
    struct ct_line rest = { .face = CT_FACE_SANS,
                            .weight = 500,
                            .px = t->unit * 2.7,
                            .tracking = 0.04,
                            .align = CT_ALIGN_CENTER,
                            .v = 1,
                            .ink = p->ink };
    double notes = fmin(t->copy.n_rest * t->unit * 4.6, lh * 0.2);
    ct_print_rest(t, (struct ct_rect){ x, foot - notes, tw, notes }, &rest);
    foot -= notes + lh * 0.02;
    struct ct_line sub = { .face = t->face == CT_FACE_SANS ? CT_FACE_SANS : CT_FACE_SERIF,
                           .italic = true,
                           .weight = 400,
                           .px = t->unit * 4.4,
                           .align = CT_ALIGN_CENTER,
                           .v = 0.4,
                           .ink = p->ink };
    double title_h = (foot - y) * (t->copy.subtitle.len ? 0.62 : 0.9);
    struct ct_line title = { .face = t->face,
                             .weight = 700,
                             .px = t->unit * (t->face == CT_FACE_CONDENSED ? 22 : 15),
                             .align = CT_ALIGN_CENTER,
                             .v = 0.55,
                             .ink = p->ink };
    ct_print_line(t, t->copy.title, (struct ct_rect){ x, y, tw, title_h }, &title);
    y += title_h + lh * 0.02;
    if (t->copy.subtitle.len) {
        ct_print_rule(t, w / 2, y, tw * 0.7, p->line);
        y += lh * 0.025;
        ct_print_line(t, t->copy.subtitle, (struct ct_rect){ x, y, tw, fmax(1, foot - y) }, &sub);
    }
}
