/* Stickers, badges, prints for shirts: one shape with a white border, a sign and few words. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

static void shape(struct ct_template *t, int kind, double cx, double cy, double r,
                  struct ct_tint fill)
{
    if (kind == 0)
        ct_brush_dot(t, cx, cy, r, fill);
    else if (kind == 1)
        ct_brush_star(t, cx, cy, r * 1.05, r * 0.95, 20, 0, fill);
    else
        ct_page_box(t->page, CT_LAYER_SHAPES, cx - r * 0.94, cy - r * 0.94, r * 1.88, r * 1.88,
                    r * 0.42, ct_paint_flat(fill));
}

void ct_template_sticker(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, r = fmin(w, h) * 0.42, cx = w / 2, cy = h / 2;
    const struct ct_palette *p = &t->palette;
    int kind = ct_dice_below(&t->dice, 3);
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct ct_tint fill = p->plain ? p->card : p->paper;
    struct ct_tint ground = ct_tint_mix(p->art[0], ct_tint_hex(0xF2F2F0), 0.6);
    if (!t->page->transparent) {
        ct_page_box(t->page, CT_LAYER_GROUND, 0, 0, w, h, 0,
                    ct_paint_flat(p->plain ? p->paper : ground));
        ct_page_glow(t->page, CT_LAYER_GROUND, cx, cy + r * 0.1, r * 1.24,
                     ct_tint_alpha(ct_tint_hex(0x10141C), 0.4));
    }
    shape(t, kind, cx, cy, r, ct_tint_hex(0xFFFFFF));
    shape(t, kind, cx, cy, r * 0.93, fill);
    struct ct_item *line =
        ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy, r * 0.83, (struct ct_paint){ 0 });
    line->stroke = p->line;
    line->stroke_px = r * 0.014;
    struct ct_tint sign = p->plain ? p->ink : ct_tint_legible(p->accent, fill, 2.6);
    ct_print_emblem(t, cx - r * 0.33, cy - r * 0.7, r * 0.66, sign, fill);
    t->unit = r / 45;
    struct ct_copy_style style = { .face = t->face,
                                   .rest_face = CT_FACE_SANS,
                                   .title_px = r * (t->face == CT_FACE_CONDENSED ? 0.42 : 0.27),
                                   .title_share = 0.74,
                                   .title_weight = 800,
                                   .align = CT_ALIGN_CENTER,
                                   .ink = p->plain ? p->on_card : p->ink,
                                   .muted = p->plain ? p->on_card : p->ink,
                                   .line = p->line };
    ct_template_set_copy(t, (struct ct_rect){ cx - r * 0.6, cy + r * 0.02, r * 1.2, r * 0.58 },
                         &style);
}
