/* The first screen of a web site: menu, hero with headline and picture, three features below. */
#include "engines/scene/page/art.h"
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/screen.h"

#include <math.h>

static void menu(struct ct_screen *s, double h)
{
    struct ct_rect in = s->in;
    const struct ct_palette *p = &s->t->palette;
    double mark = h * 0.62;
    ct_page_box(s->t->page, CT_LAYER_SHAPES, in.x, in.y + h * 0.19, mark, mark, mark * 0.3,
                ct_paint_flat(p->accent));
    ct_screen_bar(s, in.x + mark * 1.4, in.y + h * 0.38, in.w * 0.08, h * 0.22, s->bar);
    for (int i = 0; i < 3; i++)
        ct_screen_bar(s, in.x + in.w * (0.52 + 0.1 * i), in.y + h * 0.4, in.w * 0.06, h * 0.18,
                      s->faint);
    ct_screen_button(s, (struct ct_rect){ in.x + in.w * 0.87, in.y + h * 0.12, in.w * 0.13, h * 0.76 },
                     ct_slice(NULL), false);
}

static void features(struct ct_screen *s, struct ct_rect at)
{
    int n = s->n > 0 ? s->n : 3;
    int columns = ct_template_columns(n, at.w, at.h, at.w > at.h * 2 ? 2.4 : 4), rows = (n + columns - 1) / columns;
    double gap = s->u * 2, w = (at.w - gap * (columns - 1)) / columns, h = (at.h - gap * (rows - 1)) / rows;
    for (int i = 0; i < n; i++) {
        const struct ct_value *v = i < s->n ? &s->list[i] : NULL;
        struct ct_rect c = { at.x + (i % columns) * (w + gap), at.y + (i / columns) * (h + gap), w, h };
        struct ct_tint tint = ct_template_series(s->t, i), pale = ct_tint_mix(tint, s->ground, 0.72);
        double icon = fmin(c.h * 0.6, s->u * 6);
        ct_page_box(s->t->page, CT_LAYER_SHAPES, c.x, c.y + (c.h - icon) / 2, icon, icon, icon * 0.28,
                    ct_paint_flat(pale));
        const char *drawing = v ? ct_glyph_find(v->label) : NULL;
        if (drawing)
            ct_glyph_draw(s->t->page, drawing, c.x + icon * 0.2, c.y + (c.h - icon) / 2 + icon * 0.2,
                          icon * 0.6, ct_tint_legible(tint, pale, 3), pale);
        else
            ct_page_circle(s->t->page, CT_LAYER_SHAPES, c.x + icon / 2, c.y + c.h / 2, icon * 0.22,
                           ct_paint_flat(tint));
        double x = c.x + icon * 1.3, tw = c.w - icon * 1.3;
        bool more = !v || v->text.len;
        ct_screen_text(s, v ? v->label : ct_slice(NULL),
                       (struct ct_rect){ x, c.y + c.h * 0.18, tw, c.h * (more ? 0.32 : 0.64) }, 650,
                       s->u * 2.3, CT_ALIGN_START, s->ink, 0.6);
        if (more)
            ct_screen_text(s, v ? v->text : ct_slice(NULL),
                           (struct ct_rect){ x, c.y + c.h * 0.52, tw, c.h * 0.3 }, 400, s->u * 2,
                           CT_ALIGN_START, s->muted, 0.85);
    }
}

void ct_template_landing_page(struct ct_template *t)
{
    struct ct_screen s;
    ct_screen_window(&s, t);
    struct ct_rect in = s.in;
    double bar = fmin(s.u * 5.4, in.h * 0.09), foot = fmin(in.h * 0.24, s.u * (s.n > 6 ? 26 : 15));
    bool wide = in.w > in.h * 0.95;
    menu(&s, bar);
    struct ct_rect hero = { in.x, in.y + bar * 1.5, in.w, in.h - bar * 1.5 - foot - s.u * 3 };
    struct ct_rect words = wide ? (struct ct_rect){ hero.x, hero.y, hero.w * 0.5, hero.h }
                                : (struct ct_rect){ hero.x, hero.y, hero.w, hero.h * 0.52 };
    struct ct_rect art = wide ? (struct ct_rect){ hero.x + hero.w * 0.55, hero.y, hero.w * 0.45, hero.h }
                              : (struct ct_rect){ hero.x, hero.y + hero.h * 0.55, hero.w, hero.h * 0.45 };
    double button = fmin(s.u * 5.4, words.h * 0.14), y = words.y + words.h * 0.06;
    struct ct_text_style style = { .weight = 800,
                                   .size_px = s.u * 9.5,
                                   .tracking_em = -0.03,
                                   .leading = 0.92,
                                   .whole_words = true };
    struct ct_item *head =
        ct_page_text(t->page, t->type, t->copy.title, &style,
                     (double[]){ words.x, y, words.w, words.h * 0.5 }, 0, s.ink);
    if (!head)
        for (int i = 0; i < 2; i++)
            ct_screen_bar(&s, words.x, y + words.h * 0.13 * i, words.w * (i ? 0.6 : 0.9),
                          words.h * 0.085, s.bar);
    y += head ? fmax(head->h, head->size.ink_y + head->size.ink_h) : words.h * 0.26;
    y += words.h * 0.04;
    ct_screen_text(&s, t->copy.subtitle, (struct ct_rect){ words.x, y, words.w * 0.94, words.h * 0.16 },
                   400, s.u * 2.9, CT_ALIGN_START, s.muted, 0.8);
    y += words.h * 0.2;
    ct_screen_button(&s, (struct ct_rect){ words.x, y, fmin(words.w * 0.42, s.u * 19), button },
                     s.n == 0 ? ct_screen_word(&s, 0, "Get started") : ct_slice(NULL), true);
    ct_screen_button(&s, (struct ct_rect){ words.x + fmin(words.w * 0.46, s.u * 21), y,
                                           fmin(words.w * 0.32, s.u * 14), button },
                     ct_slice(NULL), false);
    double cell = floor(fmin(art.w, art.h) / 3);
    art.w = floor(art.w / cell) * cell;
    art.h = floor(art.h / cell) * cell;
    ct_art_tiles(t, (struct ct_rect){ floor(wide ? hero.x + hero.w - art.w : art.x), floor(art.y),
                                      art.w, art.h });
    ct_page_box(t->page, CT_LAYER_LINES, in.x, in.y + in.h - foot - s.u * 1.4, in.w,
                fmax(1, s.u * 0.1), 0, ct_paint_flat(s.faint));
    features(&s, (struct ct_rect){ in.x, in.y + in.h - foot, in.w, foot });
}
