/* The first screen of a web site: menu, hero with headline and picture, three features below.
 *
 * The prompt's title is the name in the menu and the headline, its labels the features. Where it
 * brings none, they say what every such page says. */
#include "engines/scene/page/art.h"
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/point_sign.h"
#include "engines/scene/page/sample.h"
#include "engines/scene/page/screen.h"

#include <math.h>

static const char features_known[] = "rocket=Ready in minutes=Set up once, use it every day.|"
                                     "team=Made for teams=Everyone sees the same picture.|"
                                     "shield=Safe by default=Your data stays yours.";

static struct ct_slice known(const struct ct_screen *s, struct ct_slice text)
{
    return ct_template_silent(s->t->intent) ? ct_slice(NULL) : text;
}

static void menu(struct ct_screen *s, double h)
{
    static const char *const entries[] = { "Features", "Pricing", "About" };
    struct ct_rect in = s->in;
    const struct ct_palette *p = &s->t->palette;
    double mark = h * 0.62, button = fmax(in.w * 0.13, h * 2);
    ct_page_box(s->t->page, CT_LAYER_SHAPES, in.x, in.y + h * 0.19, mark, mark, mark * 0.3,
                ct_paint_flat(p->accent));
    ct_page_circle(s->t->page, CT_LAYER_LINES, in.x + mark / 2, in.y + h / 2, mark * 0.2,
                   ct_paint_flat(p->on_accent));
    double right = in.x + in.w - button - h * 0.5,
           slot = fmin(in.w * 0.13, (right - in.x - mark * 2) / 3);
    for (int i = 0; i < 3; i++)
        ct_screen_text(
            s, known(s, ct_slice(entries[i])),
            (struct ct_rect){ right - slot * (3 - i), in.y + h * 0.2, slot * 0.92, h * 0.6 }, 500,
            s->u * 1.9, CT_ALIGN_START, s->muted, 0.6);
    ct_screen_button(s, (struct ct_rect){ in.x + in.w - button, in.y + h * 0.12, button, h * 0.76 },
                     known(s, CT_S("Sign in")), false);
}

static void features(struct ct_screen *s, struct ct_rect at)
{
    int n = s->n > 0 ? s->n : 3;
    int columns = ct_template_columns(n, at.w, at.h, at.w > at.h * 2 ? 2.4 : 4);
    int rows = (n + columns - 1) / columns;
    double gap = s->u * 2, w = (at.w - gap * (columns - 1)) / columns;
    double h = (at.h - gap * (rows - 1)) / rows;
    for (int i = 0; i < n; i++) {
        const struct ct_value *v = i < s->n ? &s->list[i] : NULL;
        struct ct_rect c = { at.x + (i % columns) * (w + gap), at.y + (i / columns) * (h + gap), w,
                             h };
        struct ct_tint tint = ct_template_series(s->t, i),
                       pale = ct_tint_mix(tint, s->ground, 0.76);
        struct ct_slice name = v ? v->label : known(s, ct_sample_part(features_known, i, 1));
        struct ct_slice more = v ? v->text : known(s, ct_sample_part(features_known, i, 2));
        double icon = fmin(c.h * 0.6, s->u * 5.4), x = c.x + icon * 1.3, tw = c.w - icon * 1.3;
        const char *drawing = v ? ct_point_sign(v->label)
                                : ct_glyph_find(ct_sample_part(features_known, i, 0));
        ct_page_box(s->t->page, CT_LAYER_SHAPES, c.x, c.y + (c.h - icon) / 2, icon, icon,
                    icon * 0.3, ct_paint_flat(pale));
        if (drawing)
            ct_glyph_draw(s->t->page, drawing, c.x + icon * 0.24,
                          c.y + (c.h - icon) / 2 + icon * 0.24, icon * 0.52,
                          ct_tint_legible(tint, pale, 3), pale);
        else
            ct_page_circle(s->t->page, CT_LAYER_SHAPES, c.x + icon / 2, c.y + c.h / 2, icon * 0.2,
                           ct_paint_flat(tint));
        bool two = !v || more.len;
        ct_screen_text(s, name,
                       (struct ct_rect){ x, c.y + c.h * 0.14, tw, c.h * (two ? 0.32 : 0.72) }, 650,
                       s->u * 2.3, CT_ALIGN_START, s->ink, 0.6);
        if (two)
            ct_screen_text(s, more, (struct ct_rect){ x, c.y + c.h * 0.5, tw, c.h * 0.36 }, 400,
                           s->u * 1.8, CT_ALIGN_START, s->muted, 0.85);
    }
}

/* What the product looks like: a small window with a curve, rows and a ring. */
static void preview(struct ct_screen *s, struct ct_rect at)
{
    struct ct_page *page = s->t->page;
    const struct ct_palette *p = &s->t->palette;
    double u = fmin(at.w, at.h) / 30, side = at.w * 0.24;
    struct ct_tint pale = ct_tint_mix(p->accent, s->ground, 0.84);
    ct_page_box(page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, u * 1.6, ct_paint_flat(pale));
    struct ct_rect in = { at.x + u * 2, at.y + u * 2, at.w - u * 4, at.h - u * 4 };
    ct_template_card(s->t, in, u * 1.2, s->ground);
    for (int i = 0; i < 5; i++)
        ct_screen_bar(s, in.x + u * 1.4, in.y + u * (2 + 2.6 * i), side * (i ? 0.6 : 0.8), u * 0.9,
                      i == 1 ? p->accent : s->bar);
    double x = in.x + side + u, w = in.w - side - u * 2.4, top = in.y + u * 2;
    for (int i = 0; i < 3; i++) {
        double tw = (w - u * 2) / 3;
        struct ct_tint c = ct_tint_mix(ct_template_series(s->t, i), s->ground, 0.78);
        ct_page_box(page, CT_LAYER_SHAPES, x + i * (tw + u), top, tw, in.h * 0.2, u * 0.8,
                    ct_paint_flat(c));
        ct_screen_bar(s, x + i * (tw + u) + u, top + in.h * 0.06, tw * 0.5, u * 0.9,
                      ct_template_series(s->t, i));
    }
    static const double level[] = { 0.8, 0.62, 0.7, 0.4, 0.5, 0.2, 0.3, 0.08 };
    struct ct_rect plot = { x, top + in.h * 0.26, w, in.h * 0.34 };
    struct ct_item *line = ct_page_path(page, CT_LAYER_LINES, (struct ct_paint){ 0 });
    for (int i = 0; i < 8; i++) {
        double px = plot.x + plot.w * i / 7, y = plot.y + plot.h * level[i], mid = px - plot.w / 14;
        if (i == 0)
            ct_path_move(page, line, px, y);
        else
            ct_path_curve(page, line,
                          (double[]){ mid, plot.y + plot.h * level[i - 1], mid, y, px, y });
    }
    line->stroke = ct_tint_legible(p->accent, s->ground, 2);
    line->stroke_px = fmax(1.5, u * 0.5);
    line->round_ends = true;
    for (int i = 0; i < 3 && plot.y + plot.h + u * (2 + 2.4 * i) < in.y + in.h - u; i++) {
        double y = plot.y + plot.h + u * (2 + 2.4 * i);
        ct_page_circle(page, CT_LAYER_SHAPES, x + u * 0.6, y, u * 0.6,
                       ct_paint_flat(ct_template_series(s->t, i)));
        ct_screen_bar(s, x + u * 2, y - u * 0.4, w * (0.5 - 0.08 * i), u * 0.8, s->bar);
        ct_screen_bar(s, x + w * 0.8, y - u * 0.4, w * 0.2, u * 0.8, s->faint);
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
    struct ct_rect words = wide ? (struct ct_rect){ hero.x, hero.y, hero.w * 0.48, hero.h }
                                : (struct ct_rect){ hero.x, hero.y, hero.w, hero.h * 0.5 };
    struct ct_rect art =
        wide ? (struct ct_rect){ hero.x + hero.w * 0.52, hero.y, hero.w * 0.48, hero.h }
             : (struct ct_rect){ hero.x, hero.y + hero.h * 0.54, hero.w, hero.h * 0.46 };
    struct ct_slice title = t->copy.title.len ? t->copy.title
                                              : known(&s, CT_S("Work that flows"));
    struct ct_slice line =
        t->copy.subtitle.len
            ? t->copy.subtitle
            : known(&s, CT_S("Everything in one place, from the first idea to the result."));
    double button = fmin(s.u * 5, words.h * 0.14);
    double title_h = words.h * 0.44, line_h = words.h * 0.2;
    struct ct_text_style style = { .weight = 800,
                                   .size_px = s.u * 8.5,
                                   .tracking_em = -0.03,
                                   .leading = 0.94,
                                   .whole_words = true };
    struct ct_text_style tried = style;
    struct ct_text_size size = { 0 };
    if (title.len)
        size = ct_type_fit(t->type, title, &tried, words.w, title_h);
    double head = title.len ? fmin(title_h, fmax(size.h, size.ink_y + size.ink_h)) : words.h * 0.26;
    double y = words.y + fmax(0, (words.h - head - line_h - button - s.u * 4) * 0.46);
    struct ct_item *set = ct_page_text(t->page, t->type, title, &style,
                                       (double[]){ words.x, y, words.w, title_h }, 0, s.ink);
    if (!set)
        for (int i = 0; i < 2; i++)
            ct_screen_bar(&s, words.x, y + words.h * 0.13 * i, words.w * (i ? 0.6 : 0.9),
                          words.h * 0.085, s.bar);
    y += (set ? fmax(set->h, set->size.ink_y + set->size.ink_h) : head) + s.u * 1.4;
    struct ct_text_style body = { .weight = 400, .size_px = s.u * 2.7, .whole_words = true };
    struct ct_item *sub =
        ct_page_text(t->page, t->type, line, &body,
                     (double[]){ words.x, y, words.w * 0.94, line_h }, 0, s.muted);
    y += (sub ? fmax(sub->h, sub->size.ink_y + sub->size.ink_h) : s.u * 3) + s.u * 2.6;
    double w1 = fmin(words.w * 0.42, s.u * 18), w2 = fmin(words.w * 0.36, s.u * 16);
    ct_screen_button(&s, (struct ct_rect){ words.x, y, w1, button }, known(&s, CT_S("Get started")),
                     true);
    ct_screen_button(&s, (struct ct_rect){ words.x + w1 + s.u * 1.6, y, w2, button },
                     known(&s, CT_S("Learn more")), false);
    preview(&s, art);
    ct_page_box(t->page, CT_LAYER_LINES, in.x, in.y + in.h - foot - s.u * 1.4, in.w,
                fmax(1, s.u * 0.1), 0, ct_paint_flat(s.faint));
    features(&s, (struct ct_rect){ in.x, in.y + in.h - foot, in.w, foot });
}
