/* Tickets and vouchers: a body and a stub, torn along a row of holes. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

struct ticket {
    struct ct_rect at;
    double cut; /* where it is torn: x, or y on tall pages */
    bool tall;
};

static void paper(struct ct_template *t, const struct ticket *k, struct ct_tint fill)
{
    double r = t->unit * 2, hole = t->unit * 2.6;
    ct_page_shadow(t->page, k->at.x, k->at.y + t->unit, k->at.w, k->at.h, t->unit * 2.4,
                   ct_tint_alpha(ct_tint_hex(0x0B1018), 0.22));
    ct_page_box(t->page, CT_LAYER_SHAPES, k->at.x, k->at.y, k->at.w, k->at.h, r,
                ct_paint_flat(fill));
    for (int i = 0; i < 2; i++)
        ct_brush_dot(t, k->tall ? k->at.x + i * k->at.w : k->cut,
                     k->tall ? k->cut : k->at.y + i * k->at.h, hole, t->palette.paper);
    double from = hole * 1.7, length = (k->tall ? k->at.w : k->at.h) - 2 * from;
    int n = (int)(length / (t->unit * 1.9));
    for (int i = 0; i <= n; i++) {
        double at = from + length * i / fmax(1, n);
        ct_brush_dot(t, k->tall ? k->at.x + at : k->cut, k->tall ? k->cut : k->at.y + at,
                     t->unit * 0.35, t->palette.paper);
    }
}

void ct_template_ticket(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    struct ct_slice lead = ct_template_take_byline(t);
    ct_template_paper(t);
    struct ticket k = { .tall = h > w * 1.25 };
    double tw = k.tall ? fmin(w - 2 * m, (h - 2 * m) / 1.9) : w - 1.6 * m;
    double th = k.tall ? tw * 1.9 : fmin(h - 2 * m, tw / 2.25);
    k.at = (struct ct_rect){ (w - tw) / 2, (h - th) / 2, tw, th };
    k.cut = k.tall ? k.at.y + th * 0.72 : k.at.x + tw * 0.74;
    t->unit = fmin(t->unit, fmin(tw, th) / 44);
    struct ct_tint fill = t->palette.plain
                              ? t->palette.card
                              : ct_tint_legible(t->palette.accent, t->palette.paper, 2.2);
    struct ct_palette on = ct_palette_on(&t->palette, fill);
    paper(t, &k, fill);
    double pad = t->unit * 4;
    struct ct_rect body = k.tall ? (struct ct_rect){ k.at.x + pad, k.at.y + pad, tw - 2 * pad,
                                                     k.cut - k.at.y - 2 * pad }
                                 : (struct ct_rect){ k.at.x + pad, k.at.y + pad,
                                                     k.cut - k.at.x - 2 * pad, th - 2 * pad };
    struct ct_rect stub = k.tall ? (struct ct_rect){ k.at.x + pad, k.cut + pad, tw - 2 * pad,
                                                     k.at.y + th - k.cut - 2 * pad }
                                 : (struct ct_rect){ k.cut + pad, k.at.y + pad,
                                                     k.at.x + tw - k.cut - 2 * pad, th - 2 * pad };
    struct ct_line name = { .face = t->face == CT_FACE_SCRIPT ? CT_FACE_SERIF : t->face,
                            .weight = 700,
                            .px = t->unit * 3,
                            .align = CT_ALIGN_CENTER,
                            .ink = on.ink };
    double s = fmin(stub.w, stub.h) * (k.tall ? 0.5 : 0.62);
    ct_print_emblem(t, k.tall ? stub.x : stub.x + (stub.w - s) / 2, stub.y, s, on.ink, fill);
    if (k.tall)
        ct_print_bars(t, (struct ct_rect){ stub.x + s * 1.3, stub.y, stub.w - s * 1.3, s }, on.ink);
    else
        ct_print_bars(t, (struct ct_rect){ stub.x, stub.y + stub.h * 0.78, stub.w, stub.h * 0.22 },
                      on.ink);
    double after = stub.y + s + t->unit;
    ct_print_line(
        t, lead,
        (struct ct_rect){ stub.x, after, stub.w,
                          fmax(1, (k.tall ? stub.y + stub.h : stub.y + stub.h * 0.74) - after) },
        &name);
    struct ct_copy_style style = { .face = t->face,
                                   .rest_face = CT_FACE_SANS,
                                   .title_px = t->unit * (t->face == CT_FACE_CONDENSED ? 15 : 9),
                                   .title_share = 0.72,
                                   .title_weight = 800,
                                   .rule = t->copy.n_rest > 0,
                                   .ink = on.ink,
                                   .muted = on.ink,
                                   .line = on.ink };
    ct_template_set_copy(t, body, &style);
}
