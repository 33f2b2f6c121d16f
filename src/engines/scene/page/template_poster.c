/* Posters: one headline, what belongs under it, small print, and abstract art.
 *
 * Several compositions; the seed chooses, and the shape of the canvas says how the page is cut:
 * tall pages above and below, wide ones side by side. Words and art have their own places, except
 * where the art is in the soft colours on which ink reads. */
#include "engines/scene/page/art.h"
#include "engines/scene/page/glyph.h"

#include <math.h>

typedef void (*art_fn)(struct ct_template *t, struct ct_rect in);

static struct ct_copy_style copy_style(const struct ct_template *t)
{
    return (struct ct_copy_style){ .title_px = t->unit * 15,
                                   .title_share = 0.8,
                                   .title_weight = 800,
                                   .rule = true,
                                   .ink = t->palette.ink,
                                   .muted = t->palette.muted,
                                   .line = t->palette.line };
}

/* Words on one side, art to the edges of the other. */
static void split(struct ct_template *t, art_fn draw, bool gutter)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool wide = w > h * 1.12;
    bool bare = !t->copy.title.len && !t->copy.n_rest && !t->copy.subtitle.len;
    bool full = bare && !t->intent->title_room;
    double cut = full ? 0 : wide ? fmax(w * 0.44, w - h * 1.15) : h * 0.5;
    struct ct_rect words = wide ? (struct ct_rect){ m, m, cut - m * 1.6, h - 2 * m }
                                : (struct ct_rect){ m, m, w - 2 * m, cut - m * 1.5 };
    struct ct_rect picture =
        wide ? (struct ct_rect){ cut, 0, w - cut, h } : (struct ct_rect){ 0, cut, w, h - cut };
    if (gutter)
        picture = wide ? (struct ct_rect){ cut, m, w - cut - m, h - 2 * m }
                       : (struct ct_rect){ m, cut, w - 2 * m, h - cut - m };
    ct_template_paper(t);
    draw(t, picture);
    struct ct_copy_style style = copy_style(t);
    ct_template_set_copy(t, words, &style);
}

static void tiles(struct ct_template *t)
{
    split(t, ct_art_tiles, false);
}

static void capsules(struct ct_template *t)
{
    split(t, ct_art_capsules, true);
}

static void arcs(struct ct_template *t)
{
    split(t, ct_art_arcs, false);
}

/* The landscape runs the whole width; words stand in its sky. */
static void hills(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    ct_template_paper(t);
    double sky = w > h * 1.12 ? 0.5 : 0.46;
    struct ct_rect land = { 0, h * (sky - 0.02), w, h * (1.02 - sky) };
    ct_art_hills(t, land);
    struct ct_copy_style style = copy_style(t);
    style.rule = false;
    ct_template_set_copy(t, (struct ct_rect){ m, m, w - 2 * m, h * sky - m * 1.2 }, &style);
}

/* Light and a sphere; words below or beside it. */
static void orb(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool wide = w > h * 1.12;
    struct ct_palette *p = &t->palette;
    if (!t->page->transparent)
        ct_page_box(
            t->page, CT_LAYER_GROUND, 0, 0, w, h, 0,
            ct_paint_linear(0, 0, w * 0.3, h, ct_tint_mix(p->paper, p->soft[0], 0.10), p->paper));
    struct ct_rect picture =
        wide ? (struct ct_rect){ w * 0.5, 0, w * 0.5, h } : (struct ct_rect){ 0, 0, w, h * 0.58 };
    struct ct_rect words = wide ? (struct ct_rect){ m, m, w * 0.5 - m * 1.3, h - 2 * m }
                                : (struct ct_rect){ m, h * 0.56, w - 2 * m, h * 0.44 - m };
    ct_art_orb(t, picture);
    struct ct_copy_style style = copy_style(t);
    style.rule = false;
    style.at_bottom = true;
    ct_template_set_copy(t, words, &style);
}

/* Words alone, as large as they go, over soft discs. */
static void headline(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    ct_template_paper(t);
    ct_art_discs(t, (struct ct_rect){ 0, 0, w, h });
    struct ct_copy_style style = copy_style(t);
    style.title_px = t->unit * 26;
    style.title_weight = 900;
    style.muted = t->palette.ink;
    ct_template_set_copy(t, (struct ct_rect){ m, m, w - 2 * m, h - 2 * m }, &style);
}

/* The sign of what the poster is about: its subject, or the thing that it is "with". */
static const char *emblem_of(const struct ct_intent *in)
{
    static const char *const before[] = { " with a ", " with an ", " featuring a ", " showing a ", " of a " };
    const char *drawing = ct_glyph_find(in->subject);
    for (size_t k = 0; !drawing && k < sizeof(before) / sizeof(before[0]); k++) {
        size_t n = strlen(before[k]);
        for (size_t at = 0; !drawing && at + n < in->prompt.len; at++) {
            if (memcmp(in->prompt.ptr + at, before[k], n) != 0)
                continue;
            size_t end = at + n;
            while (end < in->prompt.len && !strchr(",.;:\"'\n", in->prompt.ptr[end]))
                end++;
            drawing = ct_glyph_find(ct_slice_sub(in->prompt, at + n, end));
        }
    }
    return drawing;
}

/* One large sign on a disc, rays or rings behind it; words beside or below. */
static void emblem(struct ct_template *t, const char *drawing)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    const struct ct_palette *p = &t->palette;
    bool wide = w > h * 1.12;
    struct ct_rect in = wide ? (struct ct_rect){ w * 0.5, 0, w * 0.5, h }
                             : (struct ct_rect){ 0, 0, w, h * 0.58 };
    double r = fmin(in.w, in.h) * 0.325, cx = in.x + in.w / 2, cy = in.y + in.h * (wide ? 0.5 : 0.52);
    struct ct_tint ground = p->art[0], ink = ct_tint_legible(p->plain ? p->ink : p->paper, ground, 3);
    ct_template_paper(t);
    if (ct_dice_below(&t->dice, 2)) {
        for (int i = 0; i < 28; i++) { /* a sunburst */
            double a = 2 * M_PI * i / 28, out = r * (i % 2 ? 1.34 : 1.46);
            struct ct_item *ray = ct_page_path(t->page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
            ct_path_move(t->page, ray, cx + r * 1.12 * cos(a), cy + r * 1.12 * sin(a));
            ct_path_line(t->page, ray, cx + out * cos(a), cy + out * sin(a));
            ray->stroke = p->art[1];
            ray->stroke_px = r * 0.045;
            ray->round_ends = true;
        }
    } else {
        for (int i = 2; i >= 0; i--) {
            struct ct_item *ring = ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy, r * (1.14 + 0.13 * i),
                                                  (struct ct_paint){ 0 });
            ring->stroke = p->art[1 + i % 3];
            ring->stroke_px = r * (0.07 - 0.018 * i);
        }
    }
    ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy, r, ct_paint_flat(ground));
    ct_glyph_draw(t->page, drawing, cx - r * 0.62, cy - r * 0.62, r * 1.24, ink, ground);
    struct ct_copy_style style = copy_style(t);
    style.rule = false;
    style.at_bottom = true;
    ct_template_set_copy(t,
                         wide ? (struct ct_rect){ m, m, w * 0.5 - m * 1.2, h - 2 * m }
                              : (struct ct_rect){ m, h * 0.58, w - 2 * m, h * 0.42 - m },
                         &style);
}

/* Much room, one accent: what a minimalist poster is. */
static void spare(struct ct_template *t)
{
    double w = t->page->width, h = t->page->height, m = t->margin;
    bool low = ct_dice_below(&t->dice, 2), wide = w > h * 1.12;
    double r = fmin(w, h) * ct_dice_range(&t->dice, 0.11, 0.17);
    double x = wide ? w * 0.72 : m + r + (w - 2 * m - 2 * r) * ct_dice_range(&t->dice, 0.55, 1);
    double y = wide ? h * (low ? 0.36 : 0.62) : low ? h * 0.27 : h * 0.72;
    ct_template_paper(t);
    ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, r, ct_paint_flat(t->palette.accent));
    struct ct_copy_style style = copy_style(t);
    style.title_px = t->unit * 9;
    style.title_weight = 600;
    style.rule = false;
    style.at_bottom = low;
    struct ct_rect words = { m, m, wide ? w * 0.5 - m : w - 2 * m, wide ? h - 2 * m : h * 0.46 - m };
    if (low && !wide)
        words.y = h * 0.54;
    ct_template_set_copy(t, words, &style);
}

void ct_template_poster(struct ct_template *t)
{
    static void (*const compositions[])(struct ct_template *) = { tiles, hills,    orb,
                                                                  arcs,  capsules, headline };
    int n = (int)(sizeof(compositions) / sizeof(compositions[0]));
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !t->intent->title_room && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    const char *drawing = t->intent->title_room ? NULL : emblem_of(t->intent);
    if (drawing)
        emblem(t, drawing);
    else if (t->intent->style == CT_LOOK_STYLE_minimalist)
        spare(t);
    else
        compositions[ct_dice_below(&t->dice, n)](t);
}
