/* A conversation: who it is with, bubbles from both sides in turn, a line to write in. */
#include "engines/scene/page/screen.h"

#include <math.h>

static void bubble(struct ct_screen *s, struct ct_rect at, struct ct_slice text, bool mine, int i)
{
    struct ct_template *t = s->t;
    struct ct_tint fill = mine ? t->palette.accent : s->faint;
    struct ct_tint ink = mine ? t->palette.on_accent : ct_tint_legible(s->ink, fill, 5);
    double w = at.w * (text.len ? 0.74 : 0.4 + 0.09 * (i * 2 % 4)),
           pad = fmin(s->u * 1.6, at.h * 0.2);
    struct ct_text_style style = {
        .weight = 450, .size_px = fmin(s->u * 2.2, at.h * 0.5), .whole_words = true
    };
    struct ct_text_size size = { 0 };
    if (text.len) {
        size = ct_type_fit(t->type, text, &style, w - 2 * pad, fmax(1, at.h - 2 * pad));
        w = fmin(w, fmax(size.w, size.ink_x + size.ink_w) + 2 * pad + 2);
    }
    double h = text.len ? fmin(at.h, size.h + 2 * pad) : at.h * (i % 3 ? 0.62 : 0.9);
    double x = mine ? at.x + at.w - w : at.x;
    ct_page_box(t->page, CT_LAYER_SHAPES, x, at.y, w, h, fmin(h / 2, s->u * 1.8),
                ct_paint_flat(fill));
    if (text.len) {
        ct_page_text(t->page, t->type, text, &style,
                     (double[]){ x + pad, at.y + pad, w - 2 * pad, h - 2 * pad }, 0.5, ink);
        return;
    }
    int lines = i % 3 ? 1 : 2;
    for (int k = 0; k < lines; k++)
        ct_screen_bar(s, x + pad * 1.4, at.y + h * (lines == 1 ? 0.42 : 0.26 + 0.32 * k),
                      (w - pad * 2.8) * (k ? 0.6 : 1), h * 0.15, ct_tint_mix(ink, fill, 0.45));
}

/* "Anna", "Hi!", "Hello": a first short text without a full stop is who it is with. */
static void take_name(struct ct_screen *s)
{
    struct ct_slice words[4];
    if (s->t->copy.title.len || s->n < 3 || s->list[0].text.len)
        return;
    struct ct_slice name = s->list[0].label;
    char last = name.ptr[name.len - 1];
    if (ct_text_words(words, 4, name) > 2 || last == '!' || last == '?' || last == '.')
        return;
    s->t->copy.title = name;
    s->list++;
    s->n--;
}

void ct_template_chat(struct ct_template *t)
{
    struct ct_screen s;
    ct_screen_phone(&s, t);
    take_name(&s);
    struct ct_rect in = s.in;
    double u = s.u, head = in.h * 0.085, r = head * 0.42;
    ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + r, in.y + head / 2, r,
                   ct_paint_flat(ct_tint_mix(ct_template_series(t, 0), s.ground, 0.3)));
    ct_screen_sign(&s, "user", in.x + r * 0.45, in.y + head / 2 - r * 0.55, r * 1.1, s.ground,
                   ct_template_series(t, 0));
    double x = in.x + r * 2.6, w = in.w - r * 2.6;
    bool both = t->copy.subtitle.len > 0;
    ct_screen_text(&s, ct_screen_or(&s, t->copy.title, "Alex"),
                   (struct ct_rect){ x, in.y, w, head * (both || !t->copy.title.len ? 0.58 : 1) },
                   700, u * 2.6, CT_ALIGN_START, s.ink, 0.4);
    if (both || !t->copy.title.len)
        ct_screen_text(&s, ct_screen_or(&s, t->copy.subtitle, "Online"),
                       (struct ct_rect){ x, in.y + head * 0.58, w, head * 0.42 }, 400, u * 1.7,
                       CT_ALIGN_START, s.muted, 0.26);
    double y = in.y + head * 1.4, foot = in.y + in.h - head;
    static const char *const said[] = { "Hi! Are we still on for today?",
                                        "Yes, at six as planned.",
                                        "Great. Shall I bring anything?",
                                        "Just yourself.",
                                        "See you then!",
                                        "Looking forward to it." };
    int n = s.n > 6 ? s.n : s.n > 0 ? s.n : 6;
    double step = fmin((foot - head * 0.3 - y) / n, u * 10), gap = fmin(u * 1.2, step * 0.16);
    for (int i = 0; i < n; i++)
        bubble(&s, (struct ct_rect){ in.x, y + step * i, in.w, step - gap },
               s.n > 0 ? ct_screen_word(&s, i, NULL) : ct_screen_or(&s, ct_slice(NULL), said[i]),
               i % 2 == 1, i);
    ct_screen_field(&s, (struct ct_rect){ in.x, foot, in.w - head * 1.1, head * 0.84 },
                    s.n == 0 ? ct_screen_word(&s, 0, "Message") : ct_slice(NULL));
    ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + in.w - head * 0.42, foot + head * 0.42,
                   head * 0.42, ct_paint_flat(t->palette.accent));
    ct_screen_sign(&s, "play", in.x + in.w - head * 0.56, foot + head * 0.24, head * 0.36,
                   t->palette.on_accent, t->palette.accent);
}
