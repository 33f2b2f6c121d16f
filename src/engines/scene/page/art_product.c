/* Product pages: the thing itself, rendered, on a flat ground with one large form behind it. A page
 * without pictures (a document, a test) shows its sign, or the form alone. */
#include "engines/scene/page/brush.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

/* What stands behind the thing: a disc, an arch, or a table. */
static void form(struct ct_template *t, struct ct_rect in, struct ct_tint tint)
{
    double r = fmin(in.w, in.h) * 0.44, cx = in.x + in.w / 2, cy = in.y + in.h * 0.5;
    switch (ct_dice_below(&t->dice, 3)) {
    case 0:
        ct_brush_dot(t, cx, cy, r, tint);
        break;
    case 1:
        ct_brush_box(t, cx - r * 0.8, cy, 1.6 * r, in.y + in.h - cy + t->page->height, tint);
        ct_brush_dot(t, cx, cy, r * 0.8, tint);
        break;
    default: /* a table's edge */
        ct_brush_box(t, in.x, in.y + in.h * 0.62, in.w, t->page->height, tint);
        break;
    }
}

struct ct_room ct_art_product(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    const struct ct_palette *p = &t->palette;
    bool wide = ct_brush_wide(t);
    double top = h * (t->copy.title.len || t->copy.subtitle.len ? 0.34 : 0.08);
    double foot = t->copy.n_rest ? h * 0.12 : m * 0.4;
    struct ct_rect in = wide ? (struct ct_rect){ w * 0.46, 0, w * 0.54, h }
                             : (struct ct_rect){ 0, top, w, h - top - foot };
    struct ct_tint behind = p->plain ? p->card : ct_tint_mix(p->art[0], p->paper, 0.12);
    if (ct_tint_contrast(behind, p->paper) < 1.12)
        behind = p->art[1];
    ct_template_paper(t);
    form(t, in, behind);
    if (t->hero)
        ct_page_picture(t->page, in.x, in.y, in.w, in.h);
    else if (t->emblem) {
        double s = fmin(in.w, in.h) * 0.46;
        ct_glyph_draw(t->page, t->emblem, in.x + (in.w - s) / 2, in.y + (in.h - s) / 2, s,
                      ct_tint_legible(p->accent, behind, 3), behind);
    }
    struct ct_room room = { .words = wide ? (struct ct_rect){ m, m, w * 0.46 - m, h - 2 * m }
                                          : (struct ct_rect){ m, m, w - 2 * m, top - m * 1.2 },
                            .on = *p,
                            .align = wide ? CT_ALIGN_START : CT_ALIGN_CENTER,
                            .at_middle = wide };
    if (!wide && t->copy.n_rest) {
        struct ct_tint ground = p->plain ? p->paper : p->art[3];
        ct_brush_box(t, 0, h - foot, w, foot + 1, ground);
        room.foot = (struct ct_rect){ m, h - foot * 0.86, w - 2 * m, foot * 0.72 };
        room.on_foot = ct_palette_on(p, ground);
    }
    return room;
}
