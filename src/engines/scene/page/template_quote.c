/* Quotes: the sentence as large as it goes, marks that open it, and who said it. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

/* Forms at the edges, in tones of the ground. */
static void ground(struct ct_template *t)
{
    const struct ct_palette *p = &t->palette;
    double w = t->page->width, h = t->page->height, s = fmin(w, h);
    struct ct_tint near = ct_brush_under(p, ct_tint_mix(p->paper, p->art[0], 0.35));
    struct ct_tint far = ct_brush_under(p, ct_tint_mix(p->paper, p->art[1], 0.3));
    ct_template_paper(t);
    switch (ct_dice_below(&t->dice, 3)) {
    case 0:
        ct_brush_dot(t, w * 0.96, h * 0.04, s * 0.42, near);
        ct_brush_dot(t, w * 0.04, h * 1.0, s * 0.28, far);
        break;
    case 1:
        for (int i = 0; i < 4; i++)
            ct_brush_hill(t, (struct ct_rect){ 0, h * 0.7, w, h * 0.3 }, h * (0.84 + 0.05 * i),
                          h * 0.02, ct_paint_flat(i % 2 ? near : far));
        break;
    default:
        ct_brush_box(t, 0, 0, t->margin * 0.42, h, p->plain ? p->ink : p->accent);
        break;
    }
}

void ct_template_quote(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin * 1.35, s = t->unit * 13;
    const struct ct_palette *p = &t->palette;
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct ct_slice who = ct_template_take_byline(t);
    ground(t);
    bool center = ct_dice_below(&t->dice, 2), rtl = ct_text_is_rtl(t->copy.title);
    enum ct_text_align align = center ? CT_ALIGN_CENTER : CT_ALIGN_START;
    ct_print_quote_marks(t,
                         center ? w / 2 - s * 0.55
                         : rtl  ? w - m - s * 1.1
                                : m,
                         m, s, p->plain ? p->ink : ct_tint_legible(p->accent, p->paper, 2.2));
    double y = m + s * 1.25, foot = h - m;
    struct ct_line small = { .face = CT_FACE_SANS,
                             .weight = 500,
                             .px = t->unit * 2.8,
                             .align = align,
                             .v = 1,
                             .ink = p->muted };
    double notes = fmin(t->unit * 5 * t->copy.n_rest, h * 0.14);
    ct_print_rest(t, (struct ct_rect){ m, foot - notes, w - 2 * m, notes }, &small);
    foot -= notes;
    struct ct_line name = { .face = t->face == CT_FACE_SANS ? CT_FACE_SANS : CT_FACE_SERIF,
                            .italic = true,
                            .weight = 600,
                            .px = t->unit * 3.8,
                            .align = align,
                            .v = 1,
                            .ink = p->ink };
    struct ct_slice lead = who.len ? who : t->copy.subtitle;
    double last =
        ct_print_line(t, lead, (struct ct_rect){ m, foot - h * 0.1, w - 2 * m, h * 0.1 }, &name);
    foot -= last;
    if (who.len) {
        name.px = t->unit * 2.8;
        name.weight = 400;
        foot -= ct_print_line(t, t->copy.subtitle,
                              (struct ct_rect){ m, foot - h * 0.08, w - 2 * m, h * 0.08 }, &name);
    }
    if (last > 0) {
        double x = center ? w / 2 - t->unit * 4 : rtl ? w - m - t->unit * 8 : m;
        ct_page_box(t->page, CT_LAYER_LINES, x, foot - t->unit * 2.4, t->unit * 8, t->unit * 0.5, 0,
                    ct_paint_flat(p->line));
        foot -= t->unit * 4.5;
    }
    struct ct_line quote = { .face = t->face == CT_FACE_CONDENSED || t->face == CT_FACE_SCRIPT
                                         ? t->face
                                         : CT_FACE_SERIF,
                             .weight = 700,
                             .px = t->unit * 12,
                             .align = align,
                             .v = center ? 0.5 : 0.4,
                             .ink = p->ink };
    ct_print_line(t, t->copy.title, (struct ct_rect){ m, y, w - 2 * m, fmax(1, foot - y) }, &quote);
}
