/* A player: the cover, what is on, how far it is, the controls. The cover is abstract art. */
#include "engines/scene/page/art.h"
#include "engines/scene/page/screen.h"

#include <math.h>

void ct_template_music_player(struct ct_template *t)
{
    struct ct_screen s;
    ct_screen_phone(&s, t);
    struct ct_rect in = s.in;
    const struct ct_palette *p = &t->palette;
    double u = s.u, cover = fmin(in.w, in.h * 0.46), x = in.x + (in.w - cover) / 2;
    double y = in.y + in.h * 0.05;
    double whole = floor(cover / 4) * 4;
    ct_art_tiles(t, (struct ct_rect){ floor(x), floor(y), whole, whole });
    y += cover + in.h * 0.04;
    ct_screen_text(&s, ct_screen_or(&s, t->copy.title, "Slow Morning"),
                   (struct ct_rect){ in.x, y, in.w * 0.84, in.h * 0.075 }, 700, u * 3.4,
                   CT_ALIGN_START, s.ink, 0.62);
    ct_screen_sign(&s, "heart", in.x + in.w - u * 3.4, y + in.h * 0.02, u * 3.2, p->accent,
                   s.ground);
    y += in.h * 0.075;
    ct_screen_text(&s, ct_screen_or(&s, t->copy.subtitle, "The Quiet Hours"),
                   (struct ct_rect){ in.x, y, in.w, in.h * 0.05 }, 400, u * 2.1, CT_ALIGN_START,
                   s.muted, 0.4);
    y += in.h * 0.075;
    ct_screen_bar(&s, in.x, y, in.w, u * 0.6, s.faint);
    ct_screen_bar(&s, in.x, y, in.w * 0.42, u * 0.6, p->accent);
    ct_page_circle(t->page, CT_LAYER_LINES, in.x + in.w * 0.42, y + u * 0.3, u * 0.95,
                   ct_paint_flat(p->accent));
    struct ct_slice none = { NULL, 0 };
    ct_screen_text(&s, ct_screen_or(&s, none, "1:32"),
                   (struct ct_rect){ in.x, y + u * 1.6, u * 6, u * 2 }, 500, u * 1.5,
                   CT_ALIGN_START, s.muted, 0.5);
    ct_screen_text(&s, ct_screen_or(&s, none, "3:41"),
                   (struct ct_rect){ in.x + in.w - u * 6, y + u * 1.6, u * 6, u * 2 }, 500, u * 1.5,
                   CT_ALIGN_END, s.muted, 0.5);
    double room = in.y + in.h - y, lists = s.n > 0 ? room * 0.42 : 0;
    double cy = y + (room - lists) * 0.56, r = fmin(u * 4, (room - lists) * 0.26);
    double cx = in.x + in.w / 2;
    ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy, r, ct_paint_flat(p->accent));
    for (int i = 0; i < 2; i++)
        ct_page_box(t->page, CT_LAYER_LINES, cx - r * 0.36 + r * 0.46 * i, cy - r * 0.36, r * 0.26,
                    r * 0.72, r * 0.06, ct_paint_flat(p->on_accent));
    for (int side = -1; side <= 1; side += 2) { /* skip back, skip on */
        struct ct_item *arrow = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(s.ink));
        double ax = cx + side * r * 2.3, h = r * 0.42;
        ct_path_move(t->page, arrow, ax - side * h, cy - h);
        ct_path_line(t->page, arrow, ax + side * h * 0.7, cy);
        ct_path_line(t->page, arrow, ax - side * h, cy + h);
        ct_path_close(t->page, arrow);
        ct_page_box(t->page, CT_LAYER_SHAPES, ax + side * h * 0.95 - h * 0.15, cy - h, h * 0.3,
                    2 * h, 0, ct_paint_flat(s.ink));
        ct_screen_bar(&s, cx + side * r * 4 - r * 0.3, cy - r * 0.1, r * 0.6, r * 0.2, s.bar);
    }
    if (s.n > 0)
        ct_screen_rows(&s, (struct ct_rect){ in.x, in.y + in.h - lists, in.w, lists }, 0, NULL,
                       false);
}
