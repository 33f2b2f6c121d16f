/* Certificates: a frame with worked corners, what it is, whose it is, a seal, two lines to sign. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

static void border(struct ct_template *t)
{
    const struct ct_palette *p = &t->palette;
    double w = t->page->width, h = t->page->height, m = t->margin * 0.55, s = t->unit * 11;
    ct_print_frame(t, (struct ct_rect){ m, m, w - 2 * m, h - 2 * m }, p->line);
    struct ct_tint soft = ct_tint_mix(p->line, p->paper, 0.35);
    for (int i = 0; i < 4; i++) {
        double x = i % 2 ? w - m : m, y = i / 2 ? h - m : m;
        int sx = i % 2 ? -1 : 1, sy = i / 2 ? -1 : 1;
        for (int k = 0; k < 2; k++) {
            struct ct_branch b = { x + sx * s * 0.12,
                                   y + sy * s * 0.12,
                                   k ? atan2(0, sx) : atan2(sy, 0),
                                   s * 1.1,
                                   (k ? 1 : -1) * sx * sy * 0.22,
                                   s * 0.3,
                                   0.24,
                                   5,
                                   false };
            ct_brush_branch(t, &b, p->line, soft);
        }
        ct_brush_dot(t, x + sx * s * 0.12, y + sy * s * 0.12, s * 0.09, p->line);
    }
}

static void seal(struct ct_template *t, double cx, double cy, double r)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint body = p->plain ? p->ink : p->accent, light = ct_tint_mix(body, p->paper, 0.7);
    for (int i = -1; i <= 1; i += 2)
        ct_brush_poly(t,
                      (struct ct_xy[]){ { cx + i * r * 0.1, cy + r * 0.4 },
                                        { cx + i * r * 0.66, cy + r * 0.5 },
                                        { cx + i * r * 0.86, cy + r * 1.75 },
                                        { cx + i * r * 0.52, cy + r * 1.5 },
                                        { cx + i * r * 0.3, cy + r * 1.8 } },
                      5, ct_tint_mix(body, ct_tint_hex(0x000000), 0.2));
    ct_brush_star(t, cx, cy, r, r * 0.9, 22, 0, body);
    struct ct_item *ring =
        ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy, r * 0.72, (struct ct_paint){ 0 });
    ring->stroke = light;
    ring->stroke_px = r * 0.05;
    ct_brush_star(t, cx, cy, r * 0.46, r * 0.2, 5, -M_PI / 2, light);
}

void ct_template_certificate(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin * 1.9;
    const struct ct_palette *p = &t->palette;
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    ct_template_paper(t);
    border(t);
    double foot = h - t->margin * 1.5, r = t->unit * 7, sign = foot - r * 0.9;
    seal(t, w / 2, foot - r * 1.75, r);
    for (int i = -1; i <= 1; i += 2)
        ct_page_box(t->page, CT_LAYER_LINES, w / 2 + i * (w / 2 - m) * 0.62 - t->unit * 11, sign,
                    t->unit * 22, fmax(1, t->unit * 0.16), 0, ct_paint_flat(p->muted));
    double y = m, room = sign - r * 2.1 - y;
    struct ct_line title = { .face = CT_FACE_SERIF,
                             .weight = 700,
                             .px = t->unit * 9,
                             .tracking = 0.02,
                             .align = CT_ALIGN_CENTER,
                             .ink = p->ink };
    y += ct_print_line(t, t->copy.title, (struct ct_rect){ m, y, w - 2 * m, room * 0.34 }, &title) +
         room * 0.05;
    ct_print_rule(t, w / 2, y, t->unit * 34, p->line);
    y += room * 0.05;
    struct ct_line name = { .face = CT_FACE_SCRIPT,
                            .weight = 700,
                            .px = t->unit * 9,
                            .align = CT_ALIGN_CENTER,
                            .v = 0.5,
                            .ink = p->plain ? p->ink : p->line };
    name.ink = ct_tint_legible(name.ink, p->paper, 4.9);
    y +=
        ct_print_line(t, t->copy.subtitle, (struct ct_rect){ m, y, w - 2 * m, room * 0.26 }, &name);
    struct ct_line rest = { .face = CT_FACE_SERIF,
                            .weight = 400,
                            .px = t->unit * 3.2,
                            .align = CT_ALIGN_CENTER,
                            .v = 0.4,
                            .ink = p->ink };
    ct_print_rest(t, (struct ct_rect){ m, y, w - 2 * m, fmax(1, m + room - y) }, &rest);
}
