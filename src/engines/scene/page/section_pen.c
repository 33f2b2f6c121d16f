/* The pen of cross-sections: shapes given by a few points of a unit square.
 *
 * A smooth curve is a Catmull-Rom spline through its points, written as Bezier pieces. Outlines are
 * darker than what they hold; drawn looks make of them what they make of all shapes. */
#include "engines/scene/page/section_shape.h"

#include <math.h>

enum { POINTS_MAX = 48, OVAL = 14 };

static double across(const struct ct_pen *pen, double x)
{
    return pen->in.x + pen->in.w * x;
}

static double down(const struct ct_pen *pen, double y)
{
    return pen->in.y + pen->in.h * y;
}

static struct ct_item *begin(const struct ct_pen *pen, uint32_t rgb)
{
    struct ct_tint tint = ct_tint_hex(rgb);
    struct ct_item *p = ct_page_path(pen->t->page, CT_LAYER_SHAPES, ct_paint_flat(tint));
    p->stroke = ct_tint_mix(tint, ct_tint_hex(0x2A1A12), 0.32);
    p->stroke_px = fmax(1, pen->t->unit * 0.16);
    return p;
}

/* The piece from point i to the next one of n around. */
static void piece(const struct ct_pen *pen, struct ct_item *p, const double *xy, int n, int i,
                  bool closed)
{
    int a = closed ? (i + n - 1) % n : i > 0 ? i - 1 : 0;
    int c = closed ? (i + 1) % n : i + 1;
    int d = closed ? (i + 2) % n : i + 2 < n ? i + 2 : n - 1;
    double s[6] = { xy[2 * i] + (xy[2 * c] - xy[2 * a]) / 6,
                    xy[2 * i + 1] + (xy[2 * c + 1] - xy[2 * a + 1]) / 6,
                    xy[2 * c] - (xy[2 * d] - xy[2 * i]) / 6,
                    xy[2 * c + 1] - (xy[2 * d + 1] - xy[2 * i + 1]) / 6,
                    xy[2 * c],
                    xy[2 * c + 1] };
    for (int k = 0; k < 6; k += 2) {
        s[k] = across(pen, s[k]);
        s[k + 1] = down(pen, s[k + 1]);
    }
    ct_path_curve(pen->t->page, p, s);
}

struct ct_item *ct_pen_shape(const struct ct_pen *pen, const double *xy, int n, bool round,
                             uint32_t rgb)
{
    struct ct_item *p = begin(pen, rgb);
    ct_path_move(pen->t->page, p, across(pen, xy[0]), down(pen, xy[1]));
    for (int i = 0; i < n && round; i++)
        piece(pen, p, xy, n, i, true);
    for (int i = 1; i < n && !round; i++)
        ct_path_line(pen->t->page, p, across(pen, xy[2 * i]), down(pen, xy[2 * i + 1]));
    ct_path_close(pen->t->page, p);
    return p;
}

struct ct_item *ct_pen_twin(const struct ct_pen *pen, const double *xy, int n, bool round,
                            uint32_t rgb)
{
    double all[4 * POINTS_MAX];
    int count = 0;
    for (int i = 0; i < n && i < POINTS_MAX; i++, count++) {
        all[2 * count] = xy[2 * i];
        all[2 * count + 1] = xy[2 * i + 1];
    }
    for (int i = count - 1; i >= 0; i--) {
        if (fabs(xy[2 * i] - 0.5) < 1e-9)
            continue; /* it is its own twin */
        all[2 * count] = 1 - xy[2 * i];
        all[2 * count++ + 1] = xy[2 * i + 1];
    }
    return ct_pen_shape(pen, all, count, round, rgb);
}

struct ct_item *ct_pen_oval(const struct ct_pen *pen, double x, double y, double rx, double ry,
                            uint32_t rgb)
{
    double xy[2 * OVAL];
    for (int i = 0; i < OVAL; i++) {
        xy[2 * i] = x + rx * cos(2 * M_PI * i / OVAL);
        xy[2 * i + 1] = y + ry * sin(2 * M_PI * i / OVAL);
    }
    return ct_pen_shape(pen, xy, OVAL, true, rgb);
}

void ct_pen_line(const struct ct_pen *pen, const double *xy, int n, double width, uint32_t rgb)
{
    struct ct_item *p = ct_page_path(pen->t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    ct_path_move(pen->t->page, p, across(pen, xy[0]), down(pen, xy[1]));
    for (int i = 0; i + 1 < n; i++)
        piece(pen, p, xy, n, i, false);
    p->stroke = ct_tint_hex(rgb);
    p->stroke_px = fmax(1, pen->in.w * width);
    p->round_ends = true;
}

void ct_pen_box(const struct ct_pen *pen, double x, double y, double w, double h, uint32_t rgb)
{
    ct_pen_shape(pen, (double[]){ x, y, x + w, y, x + w, y + h, x, y + h }, 4, false, rgb);
}
