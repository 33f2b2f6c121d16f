/* Logos: a mark and a name, put together in one of several ways.
 *
 * The mark is the sign of what the prompt names, or an abstract one, or the first letter in a
 * shape; a name alone between rules is a mark too. */
#include "engines/scene/page/print_parts.h"

#include <math.h>

static struct ct_slice initial(struct ct_template *t)
{
    struct ct_slice s = t->copy.title;
    size_t n = s.len > 0;
    while (n < s.len && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
        n++;
    (void)t;
    return ct_slice_sub(s, 0, n);
}

/* The mark in its square, on a disc, a shield, a rounded square or alone. */
static void mark(struct ct_template *t, int ground, double x, double y, double s)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint fill = p->plain ? p->ink : ct_tint_legible(p->accent, p->paper, 2.6);
    struct ct_tint ink = ground ? ct_tint_legible(p->paper, fill, 3.2) : fill;
    double in = ground ? 0.22 : 0;
    if (ground == 1)
        ct_brush_dot(t, x + s / 2, y + s / 2, s / 2, fill);
    else if (ground == 2)
        ct_page_box(t->page, CT_LAYER_SHAPES, x, y, s, s, s * 0.24, ct_paint_flat(fill));
    else if (ground == 3)
        ct_brush_star(t, x + s / 2, y + s / 2, s * 0.52, s * 0.46, 16, 0, fill);
    ct_print_emblem(t, x + s * in, y + s * in, s * (1 - 2 * in), ink, ground ? fill : p->paper);
}

static void words(struct ct_template *t, struct ct_rect in, enum ct_text_align align, double px)
{
    const struct ct_palette *p = &t->palette;
    struct ct_line name = { .face = t->face,
                            .weight = t->face == CT_FACE_SANS ? 800 : 700,
                            .px = px,
                            .tracking = t->face == CT_FACE_SANS ? -0.03 : 0,
                            .align = align,
                            .ink = p->ink };
    bool more = t->copy.subtitle.len || t->copy.n_rest;
    double y =
        in.y + ct_print_line(t, t->copy.title,
                             (struct ct_rect){ in.x, in.y, in.w, in.h * (more ? 0.66 : 1) }, &name);
    struct ct_line tag = { .face = CT_FACE_SANS,
                           .weight = 500,
                           .px = fmin(px * 0.3, t->unit * 3.4),
                           .tracking = 0.12,
                           .align = align,
                           .ink = p->muted };
    y += t->unit;
    y += ct_print_line(
        t, t->copy.subtitle,
        (struct ct_rect){ in.x, y, in.w, fmax(1, (in.y + in.h - y) * (t->copy.n_rest ? 0.5 : 1)) },
        &tag);
    tag.v = 0;
    ct_print_rest(t, (struct ct_rect){ in.x, y, in.w, fmax(1, in.y + in.h - y) }, &tag);
}

/* Mark above, name below. */
static void stacked(struct ct_template *t, int ground)
{
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h) * 0.36;
    double y = h * 0.5 - s * 0.86;
    mark(t, ground, (w - s) / 2, y, s);
    y += s + t->unit * 5;
    words(t, (struct ct_rect){ m, y, w - 2 * m, h - m - y }, CT_ALIGN_CENTER, t->unit * 12);
}

/* Mark at the left of the name. */
static void beside(struct ct_template *t, int ground)
{
    double w = t->page->width, h = t->page->height, m = t->margin * 1.2,
           s = fmin(w * 0.24, h * 0.3);
    double gap = s * 0.24, px = s * 0.52;
    struct ct_text_style probe = { .face = t->face, .weight = 800, .size_px = px };
    struct ct_text_size size = ct_type_measure(t->type, t->copy.title, &probe);
    double tw = fmin(w - 2 * m - s - gap, size.w * 1.06), x = (w - s - gap - tw) / 2;
    double th = fmin(size.h * 1.05 * fmin(1, tw / size.w), s),
           more = t->copy.subtitle.len || t->copy.n_rest ? s * 0.4 : 0;
    mark(t, ground, x, h / 2 - s / 2, s);
    words(t,
          (struct ct_rect){ x + s + gap, h / 2 - th / 2 - more / 2, tw,
                            th * (more > 0 ? 1.5 : 1) + more },
          CT_ALIGN_START, px);
}

/* A round badge: rings, the mark, the name on a band across. */
static void badge(struct ct_template *t)
{
    const struct ct_palette *p = &t->palette;
    double w = t->page->width, h = t->page->height, r = fmin(w, h) * 0.4, cx = w / 2, cy = h / 2;
    struct ct_tint fill = p->plain ? p->card : ct_tint_legible(p->accent, p->paper, 2.6);
    struct ct_palette on = ct_palette_on(p, fill);
    ct_brush_dot(t, cx, cy, r, fill);
    struct ct_item *ring =
        ct_page_circle(t->page, CT_LAYER_SHAPES, cx, cy, r * 0.93, (struct ct_paint){ 0 });
    ring->stroke = on.ink;
    ring->stroke_px = r * 0.018;
    ct_print_emblem(t, cx - r * 0.3, cy - r * 0.78, r * 0.6, on.ink, fill);
    struct ct_palette keep = t->palette;
    t->palette = on;
    words(t, (struct ct_rect){ cx - r * 0.8, cy - r * 0.1, r * 1.6, r * 0.72 }, CT_ALIGN_CENTER,
          r * 0.36);
    t->palette = keep;
}

/* The first letter, large, cut out of a shape. */
static void letter(struct ct_template *t)
{
    const struct ct_palette *p = &t->palette;
    double w = t->page->width, h = t->page->height, m = t->margin, s = fmin(w, h) * 0.34,
           y = h * 0.5 - s * 0.9;
    struct ct_tint a = p->plain ? p->ink : ct_tint_legible(p->accent, p->paper, 2.6);
    ct_print_mark(
        t, (int)(initial(t).len + (unsigned char)(t->copy.title.len ? t->copy.title.ptr[0] : 0)),
        (w - s) / 2, y, s, a, ct_tint_legible(p->art[1], p->paper, 1.8));
    y += s + t->unit * 5;
    words(t, (struct ct_rect){ m, y, w - 2 * m, h - m - y }, CT_ALIGN_CENTER, t->unit * 11);
}

void ct_template_logo(struct ct_template *t)
{
    ct_template_read_copy(t, false);
    if (!t->copy.title.len && !ct_template_silent(t->intent))
        t->copy.title = ct_slice_trim(t->intent->subject);
    ct_template_paper(t);
    int kind = ct_dice_below(&t->dice, 5), ground = ct_dice_below(&t->dice, 4);
    if (kind == 0 && t->copy.title.len < 24)
        badge(t);
    else if (kind == 1 && !t->emblem)
        letter(t);
    else if (kind == 2 && t->copy.title.len < 20 && t->page->width >= t->page->height)
        beside(t, ground);
    else
        stacked(t, ground);
}
