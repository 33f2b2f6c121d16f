/* Tables and comparisons: a head, rows, cells as written; two or three things side by side.
 *
 * Each box is a row: its label the first cell, its detail the others, parted by '|'; the head's
 * begins with one. Cells nobody filled stay empty, with a hairline in their place: what would be
 * in them is not known. */
#include "engines/scene/page/point_sign.h"
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/template.h"

#include <math.h>

enum { COLUMNS = 8, ROWS = 24 };

struct table {
    struct ct_template *t;
    struct ct_slice cell[ROWS][COLUMNS];
    int rows, columns;
    bool head;
};

static bool is_head(struct ct_slice detail)
{
    return detail.len > 0 && detail.ptr[0] == '|';
}

static void read(struct table *b)
{
    const struct ct_intent *in = b->t->intent;
    for (int i = 0; i < in->n_nodes && b->rows < ROWS; i++) {
        struct ct_slice rest = in->nodes[i].detail, one;
        int k = 1;
        if (is_head(rest)) {
            rest = ct_slice_sub(rest, 1, rest.len);
            b->head |= b->rows == 0;
        }
        b->cell[b->rows][0] = ct_slice_trim(in->nodes[i].label);
        for (bool more = rest.len > 0; more && k < COLUMNS;) {
            more = ct_slice_cut(rest, '|', &one, &rest);
            b->cell[b->rows][k++] = ct_slice_trim(one);
        }
        b->columns = k > b->columns ? k : b->columns;
        b->rows++;
    }
}

/* "cats vs dogs" with nothing to compare them by: a panel for each. */
static void panels(struct table *b, struct ct_rect room)
{
    struct ct_template *t = b->t;
    int n = b->columns - 1;
    bool across = room.w > room.h * 0.7;
    double gap = t->unit * 6, w = across ? (room.w - gap * (n - 1)) / n : room.w;
    double h = across ? room.h : (room.h - gap * (n - 1)) / n;
    for (int i = 0; i < n; i++) {
        struct ct_rect at = { room.x + (across ? i * (w + gap) : 0),
                              room.y + (across ? 0 : i * (h + gap)), w, h };
        struct ct_tint tint = ct_template_series(t, i),
                       pale = ct_tint_mix(tint, t->palette.card, 0.7);
        struct ct_slice name = b->cell[0][i + 1];
        ct_template_card(t, at, t->unit * 2, t->palette.card);
        double r = fmin(w, h) * 0.2;
        const char *drawing = ct_point_sign(name);
        ct_page_circle(t->page, CT_LAYER_SHAPES, at.x + w / 2, at.y + h * 0.38, r,
                       ct_paint_flat(pale));
        if (drawing)
            ct_glyph_draw(t->page, drawing, at.x + w / 2 - r * 0.55, at.y + h * 0.38 - r * 0.55,
                          r * 1.1, ct_tint_legible(tint, pale, 2.4), pale);
        else
            ct_page_circle(t->page, CT_LAYER_SHAPES, at.x + w / 2, at.y + h * 0.38, r * 0.45,
                           ct_paint_flat(ct_tint_legible(tint, pale, 1.8)));
        struct ct_text_style style = { .weight = 750,
                                       .size_px = t->unit * 6,
                                       .align = CT_ALIGN_CENTER,
                                       .tracking_em = -0.02,
                                       .whole_words = true };
        ct_page_text(t->page, t->type, name, &style,
                     (double[]){ at.x + w * 0.08, at.y + h * 0.64, w * 0.84, h * 0.26 }, 0.5,
                     t->palette.on_card);
    }
    for (int i = 0; i + 1 < n; i++) {
        double r = gap * 0.62,
               x = across ? room.x + (i + 1) * (w + gap) - gap / 2 : room.x + room.w / 2;
        double y = across ? room.y + room.h / 2 : room.y + (i + 1) * (h + gap) - gap / 2;
        struct ct_text_style style = { .weight = 800,
                                       .size_px = r * 0.75,
                                       .align = CT_ALIGN_CENTER };
        ct_page_circle(t->page, CT_LAYER_LINES, x, y, r, ct_paint_flat(t->palette.accent));
        ct_page_text(t->page, t->type, CT_S("VS"), &style,
                     (double[]){ x - r * 0.7, y - r * 0.6, r * 1.4, r * 1.2 }, 0.5,
                     t->palette.on_accent);
    }
}

static struct ct_tint on(struct ct_tint ground)
{
    struct ct_tint white = ct_tint_hex(0xFFFFFF);
    return ct_tint_contrast(white, ground) >= 4.6
               ? white
               : ct_tint_legible(ct_tint_hex(0x101018), ground, 4.8);
}

/* Widths of the columns: as their words ask, none under its fair half. */
static void widths(struct table *b, double total, double px, double *w)
{
    double sum = 0;
    for (int k = 0; k < b->columns; k++) {
        struct ct_text_style style = { .weight = 600, .size_px = px };
        w[k] = px * 4;
        for (int i = 0; i < b->rows; i++)
            if (b->cell[i][k].len)
                w[k] = fmax(w[k], ct_type_measure(b->t->type, b->cell[i][k], &style).w);
        w[k] = fmin(w[k] + px * 2, total * 0.5);
        sum += w[k];
    }
    for (int k = 0; k < b->columns; k++)
        w[k] = 0.5 * w[k] / sum * total + 0.5 * total / b->columns;
}

static void head_shape(struct ct_template *t, struct ct_rect at, double r, struct ct_tint fill)
{
    struct ct_item *top = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(fill));
    ct_path_arc(t->page, top, at.x + r, at.y + r, r, M_PI, M_PI * 1.5);
    ct_path_arc(t->page, top, at.x + at.w - r, at.y + r, r, -M_PI / 2, 0);
    ct_path_line(t->page, top, at.x + at.w, at.y + at.h);
    ct_path_line(t->page, top, at.x, at.y + at.h);
    ct_path_close(t->page, top);
}

static void grid(struct table *b, struct ct_rect room)
{
    struct ct_template *t = b->t;
    const struct ct_palette *p = &t->palette;
    double w[COLUMNS], step = fmin(room.h / b->rows, t->unit * 11),
                       px = fmin(t->unit * 2.7, step * 0.34);
    struct ct_rect at = { room.x, room.y + (room.h - step * b->rows) * 0.3, room.w,
                          step * b->rows };
    struct ct_tint head = p->plain ? p->card : p->accent,
                   head_ink = p->plain ? p->on_card : on(head);
    struct ct_tint faint = ct_tint_mix(p->on_card, p->card, 0.9);
    double r = fmin(t->unit * 1.8, step * 0.3);
    widths(b, room.w, px, w);
    ct_template_card(t, at, r, p->card);
    if (b->head)
        head_shape(t, (struct ct_rect){ at.x, at.y, at.w, step }, r, head);
    for (int i = 0; i < b->rows; i++) {
        double x = at.x, y = at.y + step * i;
        bool title = b->head && i == 0;
        if (i > 0 && !(b->head && i == 1))
            ct_page_box(t->page, CT_LAYER_LINES, at.x, y, at.w, fmax(0.8, t->unit * 0.1), 0,
                        ct_paint_flat(faint));
        for (int k = 0; k < b->columns; x += w[k++]) {
            struct ct_slice cell = b->cell[i][k];
            struct ct_text_style style = { .weight = title ? 700 : k == 0 ? 600 : 450,
                                           .size_px = px,
                                           .align = k ? CT_ALIGN_CENTER : CT_ALIGN_START,
                                           .whole_words = true };
            double pad = fmin(px, w[k] * 0.1);
            if (cell.len)
                ct_page_text(t->page, t->type, cell, &style,
                             (double[]){ x + pad, y + step * 0.1, w[k] - 2 * pad, step * 0.8 }, 0.5,
                             title ? head_ink : p->on_card);
            else if (!title)
                ct_page_box(t->page, CT_LAYER_SHAPES, x + w[k] / 2 - px * 0.5,
                            y + step / 2 - px * 0.06, px, px * 0.12, px * 0.06,
                            ct_paint_flat(ct_tint_mix(p->on_card, p->card, 0.6)));
        }
    }
}

void ct_template_table(struct ct_template *t)
{
    struct table *b = ct_arena_alloc(t->page->arena, sizeof(*b));
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 4.6);
    if (!b)
        return;
    b->t = t;
    read(b);
    if (b->rows == 1 && b->head && b->columns > 1 && b->cell[0][0].len == 0)
        panels(b, room);
    else if (b->rows > 0)
        grid(b, room);
}
