/* Business cards: both sides, 1.75 to 1. The back shows the mark on the card's colour, the front
 * who it is and how to reach them. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

/* Rings around the mark, hairlines across the card, or two bands. */
static void pattern(struct ct_template *t, struct ct_rect at, struct ct_tint fill,
                    struct ct_tint ink)
{
    double s = at.h * 0.4, px = fmax(1, at.h * 0.004);
    struct ct_tint soft = ct_tint_mix(fill, ink, 0.2);
    switch (t->palette.plain ? 3 : ct_dice_below(&t->dice, 3)) {
    case 0:
        for (int i = 0; i < 3; i++) {
            struct ct_item *ring =
                ct_page_circle(t->page, CT_LAYER_SHAPES, at.x + at.w / 2, at.y + at.h / 2,
                               s * (0.78 + 0.1 * i), (struct ct_paint){ 0 });
            ring->stroke = soft;
            ring->stroke_px = px;
        }
        break;
    case 1:
        for (int i = 1; i < 12; i++)
            ct_brush_box(t, at.x, at.y + at.h * i / 12, at.w, px, soft);
        ct_brush_dot(t, at.x + at.w / 2, at.y + at.h / 2, s * 0.82, fill);
        break;
    case 2:
        ct_brush_box(t, at.x, at.y + at.h * 0.04, at.w, at.h * 0.03, soft);
        ct_brush_box(t, at.x, at.y + at.h * 0.93, at.w, at.h * 0.03, soft);
        break;
    default:
        break;
    }
}

static void back(struct ct_template *t, struct ct_rect at)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint fill = p->plain ? p->card : p->accent;
    struct ct_tint ink = ct_tint_legible(p->paper, fill, 3);
    ct_template_card(t, at, at.h * 0.03, fill);
    double s = at.h * 0.4;
    pattern(t, at, fill, ink);
    ct_print_emblem(t, at.x + (at.w - s) / 2, at.y + (at.h - s) / 2, s, ink, fill);
}

static void front(struct ct_template *t, struct ct_rect at)
{
    const struct ct_palette *p = &t->palette;
    double pad = at.h * 0.13, bar = at.w * 0.022;
    t->unit = at.h / 50;
    ct_template_card(t, at, at.h * 0.03, p->card);
    ct_brush_box(t, at.x + pad, at.y + at.h - pad * 0.5, bar * 4, at.h * 0.012,
                 p->plain ? p->ink : p->accent);
    struct ct_copy_style style = { .face = t->face == CT_FACE_CONDENSED ? CT_FACE_SANS : t->face,
                                   .rest_face = CT_FACE_SANS,
                                   .title_px = t->unit * 7.6,
                                   .title_share = 0.66,
                                   .title_weight = 700,
                                   .ink = p->on_card,
                                   .muted = ct_tint_legible(p->muted, p->card, 4.8),
                                   .line = p->line };
    ct_template_set_copy(
        t, (struct ct_rect){ at.x + pad, at.y + pad, at.w - 2 * pad, at.h - 2 * pad - t->unit * 2 },
        &style);
}

void ct_template_business_card(struct ct_template *t)
{
    double W = t->page->width, H = t->page->height, m = t->margin;
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    bool wide = ct_brush_wide(t);
    struct ct_tint ground = t->palette.plain
                                ? t->palette.paper
                                : ct_tint_mix(t->palette.paper, t->palette.art[0], 0.1);
    if (!t->page->transparent)
        ct_page_box(t->page, CT_LAYER_GROUND, 0, 0, W, H, 0, ct_paint_flat(ground));
    double gap = m * 0.7,
           w = wide ? fmin((W - 2 * m - gap) / 2, (H - 2 * m) * 1.75)
                    : fmin(W - 2 * m, ((H - 2 * m - gap) / 2) * 1.75),
           h = w / 1.75;
    double x = wide ? (W - 2 * w - gap) / 2 : (W - w) / 2,
           y = wide ? (H - h) / 2 : (H - 2 * h - gap) / 2;
    back(t, (struct ct_rect){ x, y, w, h });
    front(t, (struct ct_rect){ wide ? x + w + gap : x, wide ? y : y + h + gap, w, h });
}
