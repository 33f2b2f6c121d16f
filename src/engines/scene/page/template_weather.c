/* Weather: the place, a large sign, what the prompt knows of it. Without figures there are none. */
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/screen.h"

#include <math.h>

static const char *sign_of(struct ct_slice prompt)
{
    static const char *const nouns[] = { "rain", "snow", "cloud", "moon", "bolt" };
    for (size_t i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++)
        for (size_t at = 0; at + strlen(nouns[i]) <= prompt.len; at++)
            if (ct_slice_ieq(ct_slice_n(prompt.ptr + at, strlen(nouns[i])), ct_slice(nouns[i])) &&
                ct_glyph_find(ct_slice(nouns[i])))
                return nouns[i];
    return "sun";
}

void ct_template_weather(struct ct_template *t)
{
    struct ct_screen s;
    ct_screen_phone(&s, t);
    struct ct_rect in = s.in;
    const struct ct_palette *p = &t->palette;
    static const char days[] =
        "cloud=Tomorrow=19\u00b0|umbrella=Wednesday=16\u00b0|sun=Thursday=22\u00b0|"
        "sun=Friday=24\u00b0";
    double u = s.u, y = in.y + in.h * 0.02, sun = fmin(in.w * 0.42, in.h * 0.19);
    ct_screen_text(&s, ct_screen_or(&s, t->copy.title, "My location"),
                   (struct ct_rect){ in.x, y, in.w, in.h * 0.07 }, 700, u * 3.6, CT_ALIGN_CENTER,
                   s.ink, 0.44);
    y += in.h * 0.075;
    ct_screen_text(&s, ct_screen_or(&s, t->copy.subtitle, "Today"),
                   (struct ct_rect){ in.x, y, in.w, in.h * 0.045 }, 400, u * 2, CT_ALIGN_CENTER,
                   s.muted, 0.3);
    y += in.h * 0.07;
    ct_screen_sign(&s, sign_of(t->intent->prompt), in.x + (in.w - sun) / 2, y, sun,
                   ct_tint_legible(p->accent, s.ground, 1.8), s.ground);
    y += sun + in.h * 0.04;
    if (s.n > 0 && s.list[0].text.len) {
        ct_screen_text(&s, s.list[0].text, (struct ct_rect){ in.x, y, in.w, in.h * 0.12 }, 700,
                       u * 8, CT_ALIGN_CENTER, s.ink, 0);
        y += in.h * 0.12;
        ct_screen_text(&s, s.list[0].label, (struct ct_rect){ in.x, y, in.w, in.h * 0.045 }, 500,
                       u * 2, CT_ALIGN_CENTER, s.muted, 0);
        y += in.h * 0.06;
        ct_screen_rows(&s, (struct ct_rect){ in.x, y, in.w, in.y + in.h - y }, 1,
                       s.n > 1 ? NULL : days, false);
        return;
    }
    ct_screen_text(&s, ct_screen_or(&s, ct_slice(NULL), "21\u00b0"),
                   (struct ct_rect){ in.x, y, in.w, in.h * 0.1 }, 700, u * 7, CT_ALIGN_CENTER,
                   s.ink, 0.3);
    y += in.h * 0.115;
    static const char *const times[] = { "9:00", "12:00", "15:00", "18:00", "21:00" };
    static const char *const degrees[] = { "17\u00b0", "21\u00b0", "20\u00b0", "18\u00b0",
                                           "15\u00b0" };
    static const char *const hours[] = { "sun", "cloud", "rain", "cloud", "sun" };
    double step = in.w / 5, h = in.h * 0.16;
    ct_page_box(t->page, CT_LAYER_SHAPES, in.x, y, in.w, h, u * 1.6, ct_paint_flat(s.faint));
    for (int i = 0; i < 5; i++) {
        double cx = in.x + step * (i + 0.5), g = fmin(step * 0.5, h * 0.34);
        ct_screen_text(&s, ct_screen_or(&s, ct_slice(NULL), times[i]),
                       (struct ct_rect){ cx - step * 0.45, y + h * 0.08, step * 0.9, h * 0.22 },
                       500, u * 1.5, CT_ALIGN_CENTER, ct_tint_legible(s.muted, s.faint, 4.8), 0.4);
        ct_screen_sign(&s, hours[i], cx - g / 2, y + h * 0.36, g,
                       ct_tint_legible(i % 2 ? s.muted : p->accent, s.faint, 2), s.faint);
        ct_screen_text(&s, ct_screen_or(&s, ct_slice(NULL), degrees[i]),
                       (struct ct_rect){ cx - step * 0.45, y + h * 0.72, step * 0.9, h * 0.22 },
                       600, u * 1.7, CT_ALIGN_CENTER, ct_tint_legible(s.ink, s.faint, 4.8), 0.3);
    }
    y += h + in.h * 0.03;
    ct_screen_rows(&s, (struct ct_rect){ in.x, y, in.w, in.y + in.h - y }, 0, days, false);
}
