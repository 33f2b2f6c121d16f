/* Settings: a heading, rows with signs and switches. */
#include "engines/scene/page/screen.h"

void ct_template_settings(struct ct_template *t)
{
    struct ct_screen s;
    ct_screen_phone(&s, t);
    struct ct_rect in = s.in;
    static const char known[] = "user=Account|bell=Notifications|lock=Privacy|moon=Dark mode|"
                                "globe=Language=English|cloud=Backup|shield=Security|mail=Help";
    struct ct_slice title = ct_screen_or(&s, t->copy.title, "Settings");
    double y = in.y + in.h * 0.03, r = in.h * 0.045;
    ct_screen_text(&s, title, (struct ct_rect){ in.x, y, in.w, in.h * 0.075 }, 700, s.u * 4,
                   CT_ALIGN_START, s.ink, 0.5);
    y += in.h * 0.1;
    ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + r, y + r, r,
                   ct_paint_flat(ct_tint_mix(ct_template_series(t, 0), s.ground, 0.5)));
    ct_screen_sign(&s, "user", in.x + r * 0.5, y + r * 0.5, r, ct_template_series(t, 0),
                   ct_tint_mix(ct_template_series(t, 0), s.ground, 0.5));
    ct_screen_text(&s, ct_screen_or(&s, t->copy.subtitle, "Your profile"),
                   (struct ct_rect){ in.x + r * 2.6, y + r * 0.3, in.w - r * 2.6, r * 1.4 }, 600,
                   s.u * 2.2, CT_ALIGN_START, s.ink, 0.5);
    y += in.h * 0.13;
    ct_screen_rows(&s, (struct ct_rect){ in.x, y, in.w, in.y + in.h - y }, 0, known, true);
}
