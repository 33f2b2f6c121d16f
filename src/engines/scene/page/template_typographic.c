/* The composition for what we cannot draw: it says the subject, large, and shows colour and form.
 *
 * Nothing pretends to be a picture of the subject. The words are stacked to the full width, the
 * discs behind them are in the colours on which ink reads, and a row of chips shows the palette. */
#include "engines/scene/page/art.h"

#include <math.h>

static void chips(struct ct_template *t, double x, double y, double r)
{
    for (int i = 0; i < CT_PALETTE_ART; i++) {
        struct ct_item *chip = ct_page_circle(t->page, CT_LAYER_SHAPES, x + r + i * r * 1.5, y - r,
                                              r, ct_paint_flat(t->palette.art[i]));
        chip->stroke = t->palette.paper;
        chip->stroke_px = r * 0.16;
    }
}

typedef void (*art_fn)(struct ct_template *t, struct ct_rect in);

/* Forms in colours that ink reads on: words may run over them. */
static void forms(struct ct_template *t, double w, double h)
{
    static const art_fn kinds[] = { ct_art_discs, ct_art_arcs, ct_art_discs };
    struct ct_palette keep = t->palette;
    memcpy(t->palette.art, t->palette.soft, sizeof(t->palette.art));
    kinds[ct_dice_below(&t->dice, 3)](t, (struct ct_rect){ 0, 0, w, h });
    t->palette = keep;
}

void ct_template_typographic(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    ct_template_read_copy(t, false);
    ct_template_paper(t);
    ct_art_mesh(t, t->palette.dark ? 0.30 : 0.26);
    forms(t, w, h);
    bool silent = ct_template_silent(t->intent);
    struct ct_slice subject = ct_slice_trim(t->intent->subject);
    if (subject.len == 0 || silent) {
        subject = t->copy.title;
        t->copy.title = (struct ct_slice){ 0 };
    }
    double r = t->unit * 2.6, foot = h - m - 2 * r - t->unit * 3, y = m;
    bool more = t->copy.title.len || t->copy.n_rest || t->copy.subtitle.len;
    chips(t, m, h - m, r);
    if (subject.len > 0) {
        struct ct_rect in = { m, m, w - 2 * m, (foot - m) * (more ? 0.62 : 1) };
        y += ct_template_set_stack(t, subject, in, 800, t->palette.ink) + t->unit * 3;
    }
    struct ct_copy_style style = { .title_px = t->unit * 7,
                                   .title_share = 0.7,
                                   .title_weight = 700,
                                   .ink = t->palette.ink,
                                   .muted = t->palette.ink,
                                   .line = t->palette.line };
    if (more)
        ct_template_set_copy(t, (struct ct_rect){ m, y, w - 2 * m, fmax(1, foot - y) }, &style);
}
