/* Book covers: full art, the title in its room, the author at its other end, a fold at the spine.
 */
#include "engines/scene/page/print_parts.h"

#include <math.h>

void ct_template_book_cover(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height;
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct ct_slice author = ct_template_take_byline(t);
    struct ct_room room = ct_direct_paint(t);
    struct ct_rect *in = &room.words;
    if (author.len == 0 && t->copy.subtitle.len && t->copy.n_rest == 0) {
        author = t->copy.subtitle;
        t->copy.subtitle = (struct ct_slice){ 0 };
    }
    struct ct_line line = { .face = t->face == CT_FACE_SCRIPT ? CT_FACE_SERIF : t->face,
                            .weight = 700,
                            .px = t->unit * (t->face == CT_FACE_CONDENSED ? 6 : 4.4),
                            .tracking = 0.08,
                            .align = room.align,
                            .ink = room.on.ink };
    if (author.len) {
        double band = fmin(in->h * 0.2, t->unit * 9);
        bool top = !room.at_bottom && in->y < h * 0.3;
        line.v = top ? 0 : 1;
        ct_print_line(t, author,
                      (struct ct_rect){ in->x, top ? in->y : in->y + in->h - band, in->w, band },
                      &line);
        in->y += top ? band : 0;
        in->h -= band + t->unit;
        room.at_bottom = false;
        room.at_middle = true;
    }
    room.title_px = fmax(room.title_px, t->unit * (t->face == CT_FACE_CONDENSED ? 24 : 15));
    ct_direct_words(t, &room);
    ct_page_box(t->page, CT_LAYER_SHAPES, w * 0.022, 0, fmax(1, w * 0.006), h, 0,
                ct_paint_flat(ct_tint_alpha(ct_tint_hex(0x000000), 0.16)));
    ct_page_box(t->page, CT_LAYER_SHAPES, w * 0.028, 0, fmax(1, w * 0.003), h, 0,
                ct_paint_flat(ct_tint_alpha(ct_tint_hex(0xFFFFFF), 0.22)));
}
