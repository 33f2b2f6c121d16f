/* Venn diagrams of two or three sets; what they share stands where they overlap.
 *
 * The first labels are the sets: three of three, unless the prompt says that two share the third;
 * a fourth is what all three share. Whatever is left stands in a row below. */
#include "engines/scene/page/sample.h"

#include <math.h>

static void label(struct ct_template *t, struct ct_slice text, double x, double y, double w,
                  double h, double px, int weight, struct ct_tint ink)
{
    struct ct_text_style style = { .weight = weight,
                                   .size_px = px,
                                   .align = CT_ALIGN_CENTER,
                                   .whole_words = true,
                                   .balance = true };
    ct_page_text(t->page, t->type, text, &style, (double[]){ x - w / 2, y - h / 2, w, h }, 0.5,
                 ink);
}

/* The shape two circles share, between its two points. */
static void lens(struct ct_template *t, double ax, double ay, double bx, double by, double r,
                 struct ct_tint tint)
{
    double d = hypot(bx - ax, by - ay), turn = atan2(by - ay, bx - ax), half = acos(d / 2 / r);
    struct ct_item *p = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(tint));
    ct_path_arc(t->page, p, ax, ay, r, turn - half, turn + half);
    ct_path_arc(t->page, p, bx, by, r, turn + M_PI - half, turn + M_PI + half);
    ct_path_close(t->page, p);
}

/* Names of further sets in a row at the foot; returns what is left above. */
static struct ct_rect set_others(struct ct_template *t, struct ct_rect room,
                                 const struct ct_value *list, int n)
{
    if (n <= 0)
        return room;
    int columns = ct_template_columns(n, room.w, t->unit * 12, 4),
        rows = (n + columns - 1) / columns;
    double h = fmin(t->unit * 5 * rows, room.h * 0.3), w = room.w / columns;
    for (int i = 0; i < n; i++)
        label(t, list[i].label, room.x + w * (i % columns + 0.5),
              room.y + room.h - h + h / rows * (i / columns + 0.5), w * 0.9, h / rows * 0.8,
              t->unit * 2.6, 500, t->palette.ink);
    room.h -= h + t->unit * 2;
    return room;
}

void ct_template_venn(struct ct_template *t)
{
    const struct ct_palette *p = &t->palette;
    const struct ct_value *list;
    int n = ct_template_read_list(t, &list);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 6);
    bool shares = ct_sample_mentions(t->intent->prompt, "shared|common|both|intersection|middle|"
                                                        "center|centre|overlap is|two circles|"
                                                        "two sets");
    int sets = n >= 4 || (n == 3 && !shares) ? 3 : 2, shown = n < sets + 1 ? n : sets + 1;
    room = set_others(t, room, list + shown, n - shown);
    double r = sets == 2 ? fmin(room.w / 3.2, room.h / 2) : fmin(room.w / 3.2, room.h / 2.95);
    double cx = room.x + room.w / 2, cy = room.y + room.h / 2, reach = r * (sets == 2 ? 0.6 : 0.62);
    double x[3], y[3];
    for (int i = 0; i < sets; i++) {
        double at = sets == 2 ? M_PI + i * M_PI
                              : -M_PI / 2 + (i == 0   ? 0
                                             : i == 1 ? 2
                                                      : 4) *
                                                M_PI / 3;
        x[i] = cx + reach * cos(at);
        y[i] = cy + reach * sin(at) + (sets == 3 ? r * 0.14 : 0);
    }
    struct ct_tint mid = ct_tint_mix(ct_tint_mix(p->soft[0], p->soft[1], 0.5), p->paper, 0.1);
    for (int i = 0; i < sets; i++)
        ct_page_circle(t->page, CT_LAYER_SHAPES, x[i], y[i], r,
                       ct_paint_flat(ct_tint_mix(p->soft[i], p->paper, 0.25)));
    for (int i = 0; i < sets; i++)
        for (int k = i + 1; k < sets; k++)
            lens(t, x[i], y[i], x[k], y[k], r, ct_tint_mix(mid, p->paper, 0.12));
    for (int i = 0; i < sets; i++) {
        struct ct_item *ring =
            ct_page_circle(t->page, CT_LAYER_SHAPES, x[i], y[i], r, (struct ct_paint){ 0 });
        ring->stroke = ct_template_series(t, i);
        ring->stroke_px = t->unit * 0.4;
    }
    double far = sets == 2 ? r * 0.44 : r * 0.42, w = sets == 2 ? r * 0.92 : r * 0.8;
    for (int i = 0; i < sets && i < n; i++) {
        double dx = x[i] - cx, dy = y[i] - (cy + (sets == 3 ? r * 0.14 : 0)),
               d = fmax(1, hypot(dx, dy));
        label(t, list[i].label, x[i] + dx / d * far, y[i] + dy / d * far, w, r * 0.5, t->unit * 4,
              700, p->ink);
    }
    if (shown > sets)
        label(t, list[sets].label, cx, cy + (sets == 3 ? r * 0.14 : 0),
              r * (sets == 2 ? 0.66 : 0.52), r * 0.5, t->unit * 3.2, 600, p->ink);
}
