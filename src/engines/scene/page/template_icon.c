/* Icons: one sign on a rounded tile, as on the screen of a phone.
 *
 * The sign is a glyph when the prompt names a noun that has one, else the first letter of the
 * subject: a monogram, which promises no picture. Quoted texts stand below the tile. */
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/icon_set.h"

#include <math.h>

/* The first letter or digit of the words, upper case where that is one byte; empty without one. */
static struct ct_slice initial(struct ct_template *t, struct ct_slice words)
{
    words = ct_slice_trim(words);
    while (words.len > 0 && (unsigned char)words.ptr[0] < 0x80 &&
           !((words.ptr[0] | 32) >= 'a' && (words.ptr[0] | 32) <= 'z') &&
           !(words.ptr[0] >= '0' && words.ptr[0] <= '9'))
        words = ct_slice_sub(words, 1, words.len);
    size_t n = words.len > 0;
    while (n < words.len && ((unsigned char)words.ptr[n] & 0xC0) == 0x80)
        n++;
    char *letter = ct_arena_strdup(t->page->arena, ct_slice_n(words.ptr, n));
    if (letter && letter[0] >= 'a' && letter[0] <= 'z')
        letter[0] = (char)(letter[0] - 32);
    return letter ? ct_slice(letter) : (struct ct_slice){ 0 };
}

/* The tile, lit from above; returns its middle colour. */
static struct ct_tint tile(struct ct_template *t, double x, double y, double s, struct ct_tint ink)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint light = ct_tint_legible(p->accent, ink, 4.7);
    struct ct_tint deep = ct_tint_mix(light, ct_tint_hex(0), 0.26);
    struct ct_tint shadow = ct_tint_alpha(ct_tint_hex(p->dark ? 0 : 0x0B1B2A), p->dark ? 0.5 : 0.2);
    ct_page_shadow(t->page, x + s * 0.06, y + s * 0.1, s * 0.88, s * 0.87, s * 0.08, shadow);
    ct_page_box(t->page, CT_LAYER_SHAPES, x, y, s, s, s * 0.225,
                ct_paint_linear(x, y, x + s * 0.3, y + s, light, deep));
    return ct_tint_mix(light, deep, 0.5);
}

void ct_template_icon(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    const struct ct_intent *in = t->intent;
    ct_template_read_copy(t, false);
    ct_template_paper(t);
    if (ct_icon_set_wanted(in->prompt)) {
        ct_icon_set_draw(t, ct_template_set_heading(t, t->unit * 6));
        return;
    }
    const char *drawing = ct_glyph_find(in->subject);
    if (!drawing)
        drawing = ct_glyph_find(t->copy.title);
    bool words = t->copy.title.len || t->copy.subtitle.len || t->copy.n_rest;
    double s = fmin(w - 2 * m, (h - 2 * m) * (words ? 0.66 : 1)) * (words ? 0.9 : 0.74);
    double x = (w - s) / 2, y = words ? m : (h - s) / 2;
    struct ct_tint ink = ct_tint_hex(0xFFFFFF), ground = tile(t, x, y, s, ink);
    struct ct_slice letter = initial(t, in->subject.len ? in->subject : t->copy.title);
    if (drawing)
        ct_glyph_draw(t->page, drawing, x + s * 0.2, y + s * 0.2, s * 0.6, ink, ground);
    else if (letter.len > 0 && !ct_template_silent(in))
        ct_page_text(
            t->page, t->type, letter,
            &(struct ct_text_style){ .weight = 800, .size_px = s * 0.62, .align = CT_ALIGN_CENTER },
            (double[]){ x + s * 0.15, y + s * 0.1, s * 0.7, s * 0.8 }, 0.5, ink);
    else
        ct_page_circle(t->page, CT_LAYER_SHAPES, x + s / 2, y + s / 2, s * 0.24,
                       ct_paint_flat(ink));
    struct ct_copy_style style = { .title_px = t->unit * 9,
                                   .title_share = 0.8,
                                   .title_weight = 700,
                                   .align = CT_ALIGN_CENTER,
                                   .ink = t->palette.ink,
                                   .muted = t->palette.muted,
                                   .line = t->palette.line };
    if (words)
        ct_template_set_copy(t,
                             (struct ct_rect){ m, y + s + t->unit * 5, w - 2 * m,
                                               fmax(1, h - m - y - s - t->unit * 5) },
                             &style);
}
