/* Magazine covers: a masthead as wide as the page, below it the thing that the prompt names or a
 * sign on a disc, lines of what is inside. */
#include "engines/scene/page/art.h"
#include "engines/scene/page/print_parts.h"

#include <math.h>

static void picture(struct ct_template *t, struct ct_rect in)
{
    const struct ct_palette *p = &t->palette;
    double r = fmin(in.w, in.h) * 0.46, cx = in.x + in.w * (t->hero ? 0.5 : 0.6),
           cy = in.y + in.h * 0.5;
    struct ct_tint ground = p->plain ? p->card : p->accent;
    if (!t->hero)
        ct_brush_dot(t, cx + r * 0.16, cy + r * 0.14, r, p->art[1]);
    ct_brush_dot(t, cx, cy, r, ground);
    if (t->hero) {
        ct_page_picture(t->page, in.x, in.y, in.w, in.h);
        return;
    }
    ct_print_emblem(t, cx - r * 0.6, cy - r * 0.6, r * 1.2, ct_tint_legible(p->paper, ground, 3),
                    ground);
}

void ct_template_magazine_cover(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin * 0.85;
    const struct ct_palette *p = &t->palette;
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    if (t->intent->n_texts && ct_slice_eq(t->copy.subtitle, ct_slice_trim(t->intent->texts[0]))) {
        struct ct_slice name = t->copy.subtitle; /* what is named first is the magazine */
        t->copy.subtitle = t->copy.title;
        t->copy.title = name;
    }
    ct_template_paper(t);
    struct ct_line mast = { .face = t->face == CT_FACE_SANS ? CT_FACE_SERIF : t->face,
                            .weight = 700,
                            .px = h * 0.24,
                            .align = CT_ALIGN_CENTER,
                            .ink = p->ink };
    double top = m + ct_print_line(t, t->copy.title,
                                   (struct ct_rect){ m, m * 0.6, w - 2 * m, h * 0.24 }, &mast);
    bool lines = t->copy.subtitle.len || t->copy.n_rest;
    double foot = lines ? h * 0.74 : h - m;
    picture(t, (struct ct_rect){ 0, top, w, foot - top });
    if (!lines)
        return;
    t->copy.title = (struct ct_slice){ 0 };
    struct ct_copy_style style = { .face = t->face,
                                   .rest_face = CT_FACE_SANS,
                                   .title_px = t->unit * 13,
                                   .title_share = 0.6,
                                   .title_weight = 700,
                                   .rule = true,
                                   .ink = p->ink,
                                   .muted = p->ink,
                                   .line = p->line };
    ct_template_set_copy(
        t, (struct ct_rect){ m, foot + t->unit, w - 2 * m - t->unit * 20, h - foot - m - t->unit },
        &style);
    ct_print_bars(
        t, (struct ct_rect){ w - m - t->unit * 16, h - m - t->unit * 9, t->unit * 16, t->unit * 9 },
        p->ink);
}
