/* Infographics: the points of a list, numbered, each with its own colour.
 *
 * Three compositions by seed and shape: a path of numbered discs down the page, a grid of cards,
 * and bands side by side. The numbers are those of the order; all other words are the prompt's. */
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/point_sign.h"
#include "engines/scene/page/sample.h"
#include "engines/scene/page/template.h"

#include <math.h>
#include <stdio.h>

struct points {
    struct ct_template *t;
    const struct ct_value *list;
    int n;
    struct ct_rect room;
};

static struct ct_slice ordinal(struct ct_template *t, int i)
{
    char text[16];
    snprintf(text, sizeof(text), "%d", i + 1);
    return ct_slice(ct_arena_strdup(t->page->arena, ct_slice(text)));
}

static struct ct_tint on(struct ct_tint ground)
{
    struct ct_tint white = ct_tint_hex(0xFFFFFF);
    return ct_tint_contrast(white, ground) >= 4.6
               ? white
               : ct_tint_legible(ct_tint_hex(0x101018), ground, 4.8);
}

/* The number on a disc. */
static void badge(struct ct_template *t, double x, double y, double r, int i)
{
    struct ct_tint ground = ct_template_series(t, i);
    struct ct_text_style style = { .weight = 800, .size_px = r * 1.05, .align = CT_ALIGN_CENTER };
    ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, r, ct_paint_flat(ground));
    ct_page_text(t->page, t->type, ordinal(t, i), &style,
                 (double[]){ x - r * 0.7, y - r * 0.7, r * 1.4, r * 1.4 }, 0.5, on(ground));
}

/* What is built and tested is shipped without a boat. */
static const char *sign_of(const struct ct_template *t, struct ct_slice label)
{
    bool released = ct_slice_ieq(label, CT_S("ship")) &&
                    ct_sample_mentions(t->intent->prompt, "build|test|design|deploy|develop");
    return ct_point_sign(released ? CT_S("publish") : label);
}

/* The sign of a point on a disc of its colour; the number where it has none. */
static void sign(struct ct_template *t, const struct ct_value *v, double x, double y, double r,
                 int i)
{
    const char *drawing = sign_of(t, v->label);
    struct ct_tint ground = ct_template_series(t, i);
    if (!drawing) {
        badge(t, x, y, r, i);
        return;
    }
    ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, r, ct_paint_flat(ground));
    ct_glyph_draw(t->page, drawing, x - r * 0.56, y - r * 0.56, r * 1.12, on(ground), ground);
}

/* Name, and the number below it where there is one. */
static void words(struct ct_template *t, const struct ct_value *v, double px, struct ct_rect in,
                  enum ct_text_align align, double v_align, struct ct_tint ink)
{
    struct ct_text_style name = { .weight = 600,
                                  .size_px = px,
                                  .tracking_em = -0.012,
                                  .align = align,
                                  .whole_words = true,
                                  .balance = true };
    struct ct_text_style number = name;
    if (align == CT_ALIGN_START && ct_text_is_rtl(v->label))
        name.align = CT_ALIGN_END;
    double share = v->text.len ? 0.55 : 0;
    number.weight = 800;
    number.size_px = px * 1.7;
    ct_page_text(t->page, t->type, v->text, &number,
                 (double[]){ in.x, in.y, in.w, fmax(1, in.h * share) }, v_align, ink);
    ct_page_text(t->page, t->type, v->label, &name,
                 (double[]){ in.x, in.y + in.h * share, in.w, fmax(1, in.h * (1 - share)) },
                 v->text.len ? 0 : v_align, ink);
}

static double even(struct points *p, double px, double w, double h)
{
    struct ct_text_style style = {
        .weight = 600, .size_px = px, .tracking_em = -0.012, .whole_words = true, .balance = true
    };
    return ct_template_even_px(p->t, p->list, p->n, &style, w, h);
}

/* Discs on a line that runs down the page, words beside them. */
static void path(struct points *p)
{
    struct ct_template *t = p->t;
    double slot = p->room.h / p->n, r = fmin(slot * 0.34, t->unit * 7), gap = t->unit * 3.4;
    double tile = fmin(r * 1.7, slot * 0.7), w = p->room.w - 2 * r - 2 * gap - tile,
           pad = fmin(t->unit * 2, slot * 0.1);
    double px = even(p, t->unit * 5, w, slot - 2 * pad);
    double x = p->room.x + r;
    struct ct_tint line = ct_tint_mix(t->palette.ink, t->palette.paper, 0.8);
    for (int i = 0; i < p->n; i++) {
        double y = p->room.y + slot * (i + 0.5), gap_y = t->unit * 1.2;
        if (i + 1 < p->n && slot - 2 * r - 2 * gap_y > 1)
            ct_page_box(t->page, CT_LAYER_LINES, x - t->unit * 0.2, y + r + gap_y, t->unit * 0.4,
                        slot - 2 * r - 2 * gap_y, t->unit * 0.2, ct_paint_flat(line));
        badge(t, x, y, r, i);
        const char *drawing = sign_of(t, p->list[i].label);
        struct ct_tint tint = ct_template_series(t, i),
                       pale = ct_tint_mix(tint, t->palette.paper, 0.78);
        double left = p->room.x + p->room.w - tile;
        if (drawing) {
            ct_page_box(t->page, CT_LAYER_SHAPES, left, y - tile / 2, tile, tile, tile * 0.3,
                        ct_paint_flat(pale));
            ct_glyph_draw(t->page, drawing, left + tile * 0.24, y - tile * 0.26, tile * 0.52,
                          ct_tint_legible(tint, pale, 2.6), pale);
        }
        words(t, &p->list[i], px,
              (struct ct_rect){ x + r + gap, y - slot / 2 + pad, w, slot - 2 * pad },
              CT_ALIGN_START, 0.5, t->palette.ink);
    }
}

/* Cards, each with its disc. */
static void grid(struct points *p)
{
    struct ct_template *t = p->t;
    double gap = t->unit * 2.6;
    int columns = ct_template_columns(p->n, p->room.w, p->room.h, 1.15);
    int rows = (p->n + columns - 1) / columns;
    double w = (p->room.w - gap * (columns - 1)) / columns;
    double most = fmin((p->room.h - gap * (rows - 1)) / rows, w * 1.35);
    double h = fmax(1, most), pad = fmin(fmin(w, h) * 0.12, t->unit * 4.4);
    double r = fmin(fmin(w, h) * 0.17, t->unit * 5.4), y0 = p->room.y;
    y0 += (p->room.h - rows * h - (rows - 1) * gap) / 2;
    struct ct_rect text = { 0, 0, w - 2 * pad, h - 3 * pad - 2 * r };
    double px = even(p, t->unit * 3.8, text.w, text.h);
    for (int i = 0; i < p->n; i++) {
        int row = i / columns, in_row = row + 1 < rows ? columns : p->n - columns * row;
        double left = (p->room.w - in_row * w - (in_row - 1) * gap) / 2;
        double x = p->room.x + left + (i - row * columns) * (w + gap), y = y0 + row * (h + gap);
        ct_template_card(t, (struct ct_rect){ x, y, w, h }, fmin(t->unit * 2, w * 0.08),
                         t->palette.card);
        sign(t, &p->list[i], x + pad + r, y + pad + r, r, i);
        if (sign_of(t, p->list[i].label)) {
            struct ct_text_style number = { .weight = 800,
                                            .size_px = r * 1.1,
                                            .align = CT_ALIGN_END };
            ct_page_text(t->page, t->type, ordinal(t, i), &number,
                         (double[]){ x + w - pad - r * 2, y + pad + r * 0.3, r * 2, r * 1.4 }, 0.5,
                         ct_tint_legible(ct_template_series(t, i), t->palette.card, 4.8));
        }
        text.x = x + pad;
        text.y = y + 2 * pad + 2 * r;
        words(t, &p->list[i], px, text, CT_ALIGN_START, 1, t->palette.on_card);
    }
}

/* The sign of a band: between its number and its words when it stands, at its end when it lies. The
 * words of a band that lies run under nothing: one with long words goes without. */
static void band_sign(struct ct_template *t, const struct ct_value *v, struct ct_rect at,
                      double pad, bool across, struct ct_tint ground)
{
    const char *drawing = sign_of(t, v->label);
    double s = across ? fmin(at.w * 0.42, at.h * 0.2) : fmin(at.h * 0.5, at.w * 0.1);
    bool room = across ? at.h > at.w * 1.5 && !v->text.len : v->label.len <= 24 && !v->text.len;
    if (!drawing || !room)
        return;
    ct_glyph_draw(t->page, drawing, across ? at.x + pad : at.x + at.w - pad * 2 - s,
                  across ? at.y + at.h * 0.5 - s / 2 : at.y + (at.h - s) / 2, s,
                  ct_tint_alpha(on(ground), 0.85), ground);
}

/* Bands from edge to edge, the number large in each. */
static void bands(struct points *p, bool across)
{
    struct ct_template *t = p->t;
    double gap = t->unit * 1.2, length = across ? p->room.w : p->room.h;
    double size = (length - gap * (p->n - 1)) / p->n;
    double w = across ? size : p->room.w, h = across ? p->room.h : size;
    double pad = fmin(fmin(w, h) * 0.14, t->unit * 4.5);
    double digit = fmax(1, across ? fmin(w * 0.62, h * 0.4) : fmin(h * 0.8, w * 0.2));
    struct ct_rect text =
        across ? (struct ct_rect){ pad, pad + digit, w - 2 * pad, h - 2 * pad - digit }
               : (struct ct_rect){ pad * 2 + digit, pad * 0.5, w - pad * 3 - digit, h - pad };
    double px = even(p, t->unit * 4.2, text.w, text.h);
    for (int i = 0; i < p->n; i++) {
        double x = p->room.x + (across ? i * (size + gap) : 0);
        double y = p->room.y + (across ? 0 : i * (size + gap));
        struct ct_tint ground = ct_template_series(t, i), ink = on(ground);
        struct ct_text_style style = {
            .weight = 900, .size_px = digit, .tracking_em = -0.04, .align = CT_ALIGN_START
        };
        ct_page_box(t->page, CT_LAYER_SHAPES, x, y, w, h, fmin(t->unit * 2, fmin(w, h) * 0.2),
                    ct_paint_flat(ground));
        ct_page_text(t->page, t->type, ordinal(t, i), &style,
                     (double[]){ x + pad, across ? y + pad * 0.6 : y + pad * 0.5,
                                 across ? w - 2 * pad : digit, across ? digit : h - pad },
                     across ? 0 : 0.5, ink);
        words(t, &p->list[i], px, (struct ct_rect){ x + text.x, y + text.y, text.w, text.h },
              CT_ALIGN_START, across ? 1 : 0.5, ink);
        band_sign(t, &p->list[i], (struct ct_rect){ x, y, w, h }, pad, across, ground);
    }
}

void ct_template_infographic(struct ct_template *t)
{
    struct points p = { .t = t };
    p.n = ct_template_read_list(t, &p.list);
    ct_template_paper(t);
    p.room = ct_template_set_heading(t, t->unit * 6.6);
    if (p.n == 0)
        return;
    double aspect = p.room.w / p.room.h;
    int kind = ct_dice_below(&t->dice, 3);
    bool across = aspect > 1 && p.room.w / p.n > t->unit * 14;
    bool down = p.room.h / p.n > t->unit * 6;
    if (kind == 0 && down && aspect < 1.3)
        path(&p);
    else if (kind == 1 && (across || down) && p.n <= 8)
        bands(&p, across);
    else
        grid(&p);
}
