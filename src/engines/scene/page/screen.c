/* The parts of app screens: frame, words, fields, buttons, rows.
 *
 * Used by the template_*.c of single screens while they compose. All sizes follow from the width
 * of the screen; every part fits its texts into the room it is given, so a screen never runs over
 * however long its labels are. */
#include "engines/scene/page/screen.h"

#include "engines/scene/page/art.h"
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/point_sign.h"
#include "engines/scene/page/sample.h"

#include <math.h>

/* All texts but title and subtitle, in one list. */
static void read_all(struct ct_screen *s)
{
    struct ct_template *t = s->t;
    int n = ct_template_read_list(t, &s->list);
    struct ct_value *all =
        ct_arena_array(t->page->arena, (size_t)n + (size_t)t->copy.n_rest + 1, sizeof(*all));
    for (int i = 0; all && i < n; i++)
        all[i] = s->list[i];
    for (int i = 0; all && i < t->copy.n_rest; i++)
        all[n++].label = t->copy.rest[i];
    t->copy.n_rest = 0;
    s->list = all;
    s->n = all ? n : 0;
}

static void set_tones(struct ct_screen *s)
{
    const struct ct_palette *p = &s->t->palette;
    s->ground = p->card;
    s->ink = p->on_card;
    s->muted = ct_tint_legible(ct_tint_mix(p->on_card, p->card, 0.3), p->card, 5.2);
    if (ct_tint_contrast(s->muted, p->card) < 4.6)
        s->muted = p->on_card; /* a card of middle lightness leaves no room for a softer ink */
    s->bar = ct_tint_mix(p->on_card, p->card, 0.72);
    s->faint = ct_tint_mix(p->on_card, p->card, 0.9);
    if (ct_tint_contrast(s->ink, s->faint) < 4.6) /* hairlines may pass under words */
        s->faint = ct_tint_mix(p->on_card, p->card, 0.97);
    if (ct_tint_contrast(s->ink, s->faint) < 4.6)
        s->faint = p->card;
}

static void backdrop(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, r = fmax(w, h);
    ct_template_paper(t);
    if (t->page->transparent || t->palette.plain || t->palette.calm)
        return;
    ct_page_circle(t->page, CT_LAYER_GROUND, w * 0.86, h * 0.14, r * 0.3,
                   ct_paint_flat(ct_tint_mix(t->palette.paper, t->palette.soft[0], 0.55)));
    ct_page_circle(t->page, CT_LAYER_GROUND, w * 0.1, h * 0.92, r * 0.24,
                   ct_paint_flat(ct_tint_mix(t->palette.paper, t->palette.soft[1], 0.5)));
}

/* The time and the signs every telephone shows. */
static void status_line(struct ct_screen *s, struct ct_rect glass)
{
    double u = s->u, y = glass.y + u * 1.1, size = u * 1.9;
    if (!ct_template_silent(s->t->intent))
        ct_screen_text(s, ct_slice("9:41"), (struct ct_rect){ glass.x + u * 3.6, y, u * 7, size },
                       650, u * 1.6, CT_ALIGN_START, s->ink, 0);
    ct_screen_sign(s, "wifi", glass.x + glass.w - u * 8.4, y, size, s->ink, s->ground);
    ct_screen_sign(s, "battery", glass.x + glass.w - u * 5.8, y, size * 1.1, s->ink, s->ground);
}

void ct_screen_phone(struct ct_screen *s, struct ct_template *t)
{
    *s = (struct ct_screen){ .t = t };
    read_all(s);
    set_tones(s);
    backdrop(t);
    double w = t->page->width, h = t->page->height;
    double tall = h * 0.92, wide = fmin(tall / 1.95, w * 0.86);
    tall = fmin(tall, wide * 2.05);
    struct ct_rect body = { (w - wide) / 2, (h - tall) / 2, wide, tall };
    double rim = wide * 0.026, r = wide * 0.13;
    struct ct_tint shell = ct_tint_mix(t->palette.ink, ct_tint_hex(0x101014), 0.7);
    if (t->palette.dark)
        shell = ct_tint_mix(t->palette.card, ct_tint_hex(0xFFFFFF), 0.14);
    ct_page_shadow(t->page, body.x, body.y + wide * 0.05, body.w, body.h, wide * 0.11,
                   ct_tint_alpha(ct_tint_hex(0x0B1B2A), t->palette.dark ? 0.5 : 0.22));
    ct_page_box(t->page, CT_LAYER_SHAPES, body.x, body.y, body.w, body.h, r, ct_paint_flat(shell));
    struct ct_rect glass = { body.x + rim, body.y + rim, body.w - 2 * rim, body.h - 2 * rim };
    ct_page_box(t->page, CT_LAYER_SHAPES, glass.x, glass.y, glass.w, glass.h, r - rim,
                ct_paint_flat(s->ground));
    s->u = glass.w / 40;
    double u = s->u;
    ct_page_box(t->page, CT_LAYER_SHAPES, glass.x + glass.w * 0.36, glass.y + u, glass.w * 0.28,
                u * 2, u, ct_paint_flat(shell)); /* the camera's island */
    status_line(s, glass);
    ct_screen_bar(s, glass.x + glass.w * 0.34, glass.y + glass.h - u * 1.3, glass.w * 0.32, u * 0.5,
                  s->bar);
    s->in = (struct ct_rect){ glass.x + u * 3, glass.y + u * 4.6, glass.w - u * 6,
                              glass.h - u * 8 };
}

void ct_screen_window(struct ct_screen *s, struct ct_template *t)
{
    *s = (struct ct_screen){ .t = t };
    read_all(s);
    set_tones(s);
    backdrop(t);
    double w = t->page->width, h = t->page->height, m = fmin(t->margin, fmin(w, h) * 0.06);
    double u = fmax(t->unit, w / 160), top = u * 4.4;
    struct ct_rect body = { m, m, w - 2 * m, h - 2 * m };
    ct_template_card(t, body, u * 1.6, s->ground);
    for (int i = 0; i < 3; i++)
        ct_page_circle(t->page, CT_LAYER_SHAPES, body.x + u * (2.4 + 2 * i), body.y + top / 2,
                       u * 0.6, ct_paint_flat(ct_template_series(t, i)));
    ct_screen_bar(s, body.x + body.w * 0.3, body.y + top * 0.24, body.w * 0.4, top * 0.52,
                  s->faint);
    ct_page_box(t->page, CT_LAYER_LINES, body.x, body.y + top, body.w, fmax(1, u * 0.1), 0,
                ct_paint_flat(s->faint));
    s->u = u;
    s->in = (struct ct_rect){ body.x + u * 4, body.y + top + u * 2, body.w - u * 8,
                              body.h - top - u * 4 };
}

struct ct_slice ct_screen_word(const struct ct_screen *s, int i, const char *known)
{
    if (i < s->n)
        return s->list[i].label;
    if (s->n > 0 || !known || ct_template_silent(s->t->intent))
        return ct_slice(NULL);
    return ct_slice(known);
}

struct ct_slice ct_screen_or(const struct ct_screen *s, struct ct_slice text, const char *known)
{
    return text.len || ct_template_silent(s->t->intent) ? text : ct_slice(known);
}

void ct_screen_bar(struct ct_screen *s, double x, double y, double w, double h, struct ct_tint tint)
{
    if (w > 1 && h > 0.5)
        ct_page_box(s->t->page, CT_LAYER_SHAPES, x, y, w, h, h / 2, ct_paint_flat(tint));
}

void ct_screen_text(struct ct_screen *s, struct ct_slice text, struct ct_rect at, int weight,
                    double px, enum ct_text_align align, struct ct_tint tint, double share)
{
    struct ct_text_style style = {
        .weight = weight, .size_px = px, .align = align, .tracking_em = -0.01, .whole_words = true
    };
    if (text.len) {
        ct_page_text(s->t->page, s->t->type, text, &style,
                     (double[]){ at.x, at.y, fmax(1, at.w), fmax(1, at.h) }, 0.5, tint);
        return;
    }
    double w = at.w * share, h = fmin(px * 0.55, at.h * 0.6);
    double x = align == CT_ALIGN_CENTER ? at.x + (at.w - w) / 2 : at.x;
    ct_screen_bar(s, x, at.y + (at.h - h) / 2, w, h, weight > 550 ? s->bar : s->faint);
}

void ct_screen_button(struct ct_screen *s, struct ct_rect at, struct ct_slice label, bool filled)
{
    const struct ct_palette *p = &s->t->palette;
    double r = fmin(at.h / 2, s->u * 1.6);
    struct ct_item *box = ct_page_box(s->t->page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, r,
                                      ct_paint_flat(filled ? p->accent : s->ground));
    if (!filled) {
        box->stroke = s->bar;
        box->stroke_px = fmax(1, s->u * 0.12);
    }
    struct ct_tint ink = filled ? p->on_accent : s->ink;
    struct ct_rect in = { at.x + at.h * 0.4, at.y + at.h * 0.16, at.w - at.h * 0.8, at.h * 0.68 };
    if (label.len)
        ct_screen_text(s, label, in, 600, at.h * 0.38, CT_ALIGN_CENTER, ink, 0);
    else
        ct_screen_bar(s, at.x + at.w * 0.36, at.y + at.h * 0.42, at.w * 0.28, at.h * 0.16,
                      ct_tint_mix(ink, filled ? p->accent : s->ground, 0.25));
}

void ct_screen_field(struct ct_screen *s, struct ct_rect at, struct ct_slice label)
{
    struct ct_item *box =
        ct_page_box(s->t->page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, fmin(at.h / 2, s->u * 1.4),
                    ct_paint_flat(ct_tint_mix(s->faint, s->ground, 0.6)));
    box->stroke = ct_tint_mix(s->bar, s->ground, 0.5);
    box->stroke_px = fmax(1, s->u * 0.1);
    struct ct_tint ink = ct_tint_legible(s->muted, box->fill.stop[0], 5);
    ct_screen_text(s, label,
                   (struct ct_rect){ at.x + at.h * 0.36, at.y + at.h * 0.14, at.w - at.h * 0.72,
                                     at.h * 0.72 },
                   400, at.h * 0.36, CT_ALIGN_START, ink, 0.4);
}

void ct_screen_sign(struct ct_screen *s, const char *noun, double x, double y, double size,
                    struct ct_tint ink, struct ct_tint ground)
{
    const char *drawing = ct_glyph_find(ct_slice(noun));
    if (drawing)
        ct_glyph_draw(s->t->page, drawing, x, y, size, ink, ground);
}

static void toggle(struct ct_screen *s, double x, double y, double h, bool on)
{
    const struct ct_palette *p = &s->t->palette;
    ct_page_box(s->t->page, CT_LAYER_SHAPES, x, y, h * 1.75, h, h / 2,
                ct_paint_flat(on ? p->accent : s->bar));
    ct_page_circle(s->t->page, CT_LAYER_LINES, on ? x + h * 1.25 : x + h / 2, y + h / 2, h * 0.38,
                   ct_paint_flat(on ? p->on_accent : s->ground));
}

static void row(struct ct_screen *s, struct ct_rect at, int i, int from, const char *known,
                bool switches)
{
    struct ct_template *t = s->t;
    struct ct_value v = { .label = { NULL, 0 } };
    const char *drawing = NULL;
    if (from + i < s->n) {
        v = s->list[from + i];
        drawing = ct_point_sign(v.label);
    } else if (known) {
        drawing = ct_glyph_find(ct_sample_part(known, i, 0));
        if (!ct_template_silent(t->intent)) {
            v.label = ct_sample_part(known, i, 1);
            v.text = ct_sample_part(known, i, 2);
        }
    }
    double icon = fmin(at.h * 0.56, s->u * 4), end = switches     ? icon * 1.4
                                                     : v.text.len ? at.w * 0.24
                                                                  : 0;
    double x = at.x + icon * 1.4, w = at.w - icon * 1.4 - end - s->u;
    struct ct_tint tint = ct_template_series(t, i), pale = ct_tint_mix(tint, s->ground, 0.74);
    double iy = at.y + (at.h - icon) / 2;
    ct_page_box(t->page, CT_LAYER_SHAPES, at.x, iy, icon, icon, icon * 0.3, ct_paint_flat(pale));
    if (drawing)
        ct_glyph_draw(t->page, drawing, at.x + icon * 0.23, iy + icon * 0.23, icon * 0.54,
                      ct_tint_legible(tint, pale, 3), pale);
    else
        ct_page_circle(t->page, CT_LAYER_SHAPES, at.x + icon / 2, iy + icon / 2, icon * 0.2,
                       ct_paint_flat(tint));
    ct_screen_text(s, v.label, (struct ct_rect){ x, at.y + at.h * 0.16, w, at.h * 0.68 }, 600,
                   fmin(s->u * 2, at.h * 0.5), CT_ALIGN_START, s->ink, 0.5 + 0.13 * (i % 3));
    double ex = at.x + at.w - end;
    if (v.text.len)
        ct_screen_text(s, v.text, (struct ct_rect){ ex, at.y + at.h * 0.16, end, at.h * 0.68 }, 600,
                       fmin(s->u * 2, at.h * 0.5), CT_ALIGN_END, s->ink, 0);
    else if (switches)
        toggle(s, ex, at.y + at.h / 2 - icon * 0.29, icon * 0.58, i % 3 != 1);
}

void ct_screen_rows(struct ct_screen *s, struct ct_rect at, int from, const char *known,
                    bool switches)
{
    int n = s->n > from ? s->n - from : known ? ct_sample_count(known) : 0;
    double step = n > 0 ? fmin(at.h / n, s->u * 7) : 0;
    for (int i = 0; i < n; i++) {
        struct ct_rect one = { at.x, at.y + step * i, at.w, step };
        if (i > 0)
            ct_page_box(s->t->page, CT_LAYER_LINES, at.x, one.y, at.w, fmax(1, s->u * 0.1), 0,
                        ct_paint_flat(s->faint));
        row(s, one, i, from, known, switches);
    }
}
