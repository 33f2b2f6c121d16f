/* Signing in: a mark, two fields, one button. Further labels of the prompt become further fields,
 * the last one the button. */
#include "engines/scene/page/screen.h"

#include <math.h>

void ct_template_login(struct ct_template *t)
{
    struct ct_screen s;
    ct_screen_phone(&s, t);
    struct ct_rect in = s.in;
    const struct ct_palette *p = &t->palette;
    double u = s.u, mark = fmin(u * 8, in.h * 0.12), y = in.y + in.h * 0.06;
    ct_page_box(t->page, CT_LAYER_SHAPES, in.x, y, mark, mark, mark * 0.28,
                ct_paint_flat(p->accent));
    ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + mark / 2, y + mark / 2, mark * 0.22,
                   ct_paint_flat(p->on_accent));
    y += mark + in.h * 0.035;
    struct ct_slice title = ct_screen_or(&s, t->copy.title, "Welcome back");
    ct_screen_text(&s, title, (struct ct_rect){ in.x, y, in.w, in.h * 0.1 }, 700, u * 4.2,
                   CT_ALIGN_START, s.ink, 0.7);
    y += in.h * 0.1;
    ct_screen_text(&s, ct_screen_or(&s, t->copy.subtitle, "Log in to continue"),
                   (struct ct_rect){ in.x, y, in.w, in.h * 0.06 }, 400, u * 2, CT_ALIGN_START,
                   s.muted, 0.62);
    y += in.h * 0.09;
    static const char *const known[] = { "Email", "Password", "Log in" };
    int n = s.n > 3 ? s.n : 3;
    double room = in.y + in.h * 0.8 - y, step = fmin(u * 7.4, room / n);
    for (int i = 0; i < n; i++, y += step) {
        struct ct_rect at = { in.x, y, in.w, step * 0.76 };
        struct ct_slice word = ct_screen_word(&s, i, i < 3 ? known[i] : NULL);
        if (i + 1 == n)
            ct_screen_button(&s, at, word, true);
        else
            ct_screen_field(&s, at, word);
    }
    ct_screen_text(&s, ct_screen_or(&s, ct_slice(NULL), "Forgot your password?"),
                   (struct ct_rect){ in.x, y, in.w, u * 2.4 }, 500, u * 1.8, CT_ALIGN_CENTER,
                   s.muted, 0.4);
    double foot = in.y + in.h * 0.9, r = fmin(u * 2.6, in.h * 0.035);
    for (int i = 0; i < 3; i++) {
        struct ct_item *o = ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + in.w * (0.3 + 0.2 * i),
                                           foot, r, ct_paint_flat(s.ground));
        o->stroke = s.bar;
        o->stroke_px = fmax(1, u * 0.12);
        ct_page_circle(t->page, CT_LAYER_LINES, in.x + in.w * (0.3 + 0.2 * i), foot, r * 0.4,
                       ct_paint_flat(ct_template_series(t, i)));
    }
}
