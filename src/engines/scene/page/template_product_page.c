/* A shop's page of one product: its picture's place, name, price, what can be chosen, the button.
 */
#include "engines/scene/page/art.h"
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/screen.h"

#include <math.h>

void ct_template_product_page(struct ct_template *t)
{
    struct ct_screen s;
    ct_screen_phone(&s, t);
    struct ct_rect in = s.in;
    const struct ct_palette *p = &t->palette;
    double u = s.u, h = in.h * 0.4, y = in.y, m = u * 1.6;
    struct ct_tint pale = ct_tint_mix(p->art[0], s.ground, 0.72);
    ct_page_box(t->page, CT_LAYER_SHAPES, in.x - m, y, in.w + 2 * m, h, u * 2, ct_paint_flat(pale));
    const char *drawing = ct_glyph_find(t->copy.title);
    if (!drawing)
        drawing = ct_glyph_find(t->intent->prompt);
    double g = fmin(in.w, h) * 0.56;
    if (drawing)
        ct_glyph_draw(t->page, drawing, in.x + (in.w - g) / 2, y + (h - g) / 2, g,
                      ct_tint_legible(p->art[0], pale, 2), pale);
    else
        ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + in.w / 2, y + h / 2, g * 0.42,
                       ct_paint_flat(ct_tint_legible(p->art[0], pale, 1.6)));
    for (int i = 0; i < 3; i++)
        ct_screen_bar(&s, in.x + in.w / 2 + (i - 1.5) * u * 2 + u * 0.4, y + h - u * 2, u * 1.2,
                      u * 0.6,
                      i ? ct_tint_mix(p->art[0], pale, 0.5) : ct_tint_legible(p->art[0], pale, 2));
    y += h + in.h * 0.03;
    bool priced = s.n > 0 && s.list[0].text.len;
    ct_screen_text(&s, ct_screen_or(&s, t->copy.title, "Everyday item"),
                   (struct ct_rect){ in.x, y, in.w * 0.66, in.h * 0.075 }, 700,
                   u * 3.2, CT_ALIGN_START, s.ink, 0.66);
    bool shows_price = priced || !ct_template_silent(t->intent);
    if (shows_price)
        ct_screen_text(&s, priced ? s.list[0].text : CT_S("$49"),
                       (struct ct_rect){ in.x + in.w * 0.68, y, in.w * 0.32, in.h * 0.075 }, 700,
                       u * 3.2, CT_ALIGN_END, s.ink, 0);
    y += in.h * 0.08;
    ct_screen_text(&s, ct_screen_or(&s, t->copy.subtitle, "Made to last, in four colours."),
                   (struct ct_rect){ in.x, y, in.w, in.h * 0.045 }, 400, u * 2, CT_ALIGN_START,
                   s.muted, 0.8);
    y += in.h * 0.06;
    if (priced && !ct_slice_ieq(s.list[0].label, CT_S("price")))
        ct_screen_text(&s, s.list[0].label, (struct ct_rect){ in.x, y, in.w, in.h * 0.04 }, 500,
                       u * 1.9, CT_ALIGN_START, s.muted, 0);
    else
        ct_screen_bar(&s, in.x, y + u * 0.4, in.w * 0.6, u * 0.9, s.faint);
    y += in.h * 0.06;
    for (int i = 0; i < 4; i++) { /* colours to choose from */
        double r = fmin(u * 1.5, in.h * 0.02), x = in.x + r + i * r * 3.2;
        struct ct_item *o = ct_page_circle(t->page, CT_LAYER_SHAPES, x, y + r, r,
                                           ct_paint_flat(ct_template_series(t, i)));
        if (i == 0) {
            o->stroke = s.ink;
            o->stroke_px = fmax(1, u * 0.25);
        }
    }
    y += in.h * 0.065;
    double foot = in.y + in.h - in.h * 0.085;
    int from = priced ? 1 : 0;
    if (s.n > from)
        ct_screen_rows(&s, (struct ct_rect){ in.x, y, in.w, foot - y - u }, from, NULL, false);
    else
        for (int i = 0; i < 3 && y + u * 2.4 * (i + 1) < foot; i++)
            ct_screen_bar(&s, in.x, y + u * 2.2 * i, in.w * (i == 2 ? 0.55 : 1 - 0.08 * i), u * 0.9,
                          s.faint);
    ct_screen_button(&s, (struct ct_rect){ in.x, foot, in.w, in.h * 0.075 },
                     s.n == 0 ? ct_screen_word(&s, 0, "Add to cart") : ct_slice(NULL), true);
}
