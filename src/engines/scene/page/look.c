/* From a style to the palette and the items of a page.
 *
 * page.c calls both halves, on the thread that composes. The palettes of the drawn styles are set
 * so that whatever a template puts text on stays on the same side of middle lightness: a blueprint
 * has only deep blues under white words, a line drawing only whites under black ones. That is why
 * no pair of colours needs a second look after the items changed. */
#include "engines/scene/page/look.h"

#include <math.h>

/* Paper and ink, what carries words (accent, card), and tones for shapes without words. */
static void set_inks(struct ct_palette *p, uint32_t paper, uint32_t ink, uint32_t line,
                     const uint32_t fills[2], const uint32_t art[CT_PALETTE_ART])
{
    *p = (struct ct_palette){ .paper = ct_tint_hex(paper),
                              .ink = ct_tint_hex(ink),
                              .muted = ct_tint_hex(ink),
                              .line = ct_tint_hex(line),
                              .accent = ct_tint_hex(fills[0]),
                              .on_accent = ct_tint_hex(ink),
                              .card = ct_tint_hex(fills[1]),
                              .on_card = ct_tint_hex(ink),
                              .calm = true,
                              .plain = true };
    p->dark = ct_tint_lightness(p->paper) < 0.5;
    p->muted = ct_tint_mix(p->ink, p->paper, 0.18);
    for (int i = 0; i < CT_PALETTE_ART; i++) {
        p->art[i] = ct_tint_hex(art[i]);
        p->soft[i] = ct_tint_mix(p->paper, p->dark ? p->accent : p->ink, p->dark ? 0.5 : 0.045);
    }
}

static void each_color(struct ct_palette *p, struct ct_tint (*turn)(struct ct_tint))
{
    struct ct_tint *all[] = { &p->paper,  &p->ink,       &p->muted, &p->line,
                              &p->accent, &p->on_accent, &p->card,  &p->on_card };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        *all[i] = turn(*all[i]);
    for (int i = 0; i < CT_PALETTE_ART; i++) {
        p->art[i] = turn(p->art[i]);
        p->soft[i] = turn(p->soft[i]);
    }
}

/* Equal lightness of another hue is not equal contrast: words are made to read again. */
static void tone(struct ct_palette *p, struct ct_tint (*turn)(struct ct_tint))
{
    each_color(p, turn);
    p->ink = ct_tint_legible(p->ink, p->paper, 4.7);
    p->muted = ct_tint_legible(p->muted, p->paper, 4.7);
    p->on_accent = ct_tint_legible(p->on_accent, p->accent, 4.7);
    p->on_card = ct_tint_legible(p->on_card, p->card, 4.7);
}

static struct ct_tint to_grey(struct ct_tint t)
{
    return ct_tint_toned(t, 0, 0);
}

static struct ct_tint to_sepia(struct ct_tint t)
{
    return ct_tint_toned(t, 0.014, 0.046);
}

static void make_duotone(struct ct_palette *p)
{
    struct ct_tint a = p->accent, b = ct_tint_mix(p->ink, p->accent, 0.15);
    p->art[0] = a;
    p->art[1] = b;
    p->art[2] = ct_tint_mix(a, p->paper, 0.55);
    p->art[3] = ct_tint_mix(b, a, 0.4);
    struct ct_tint soft = p->paper;
    for (double t = 0.8;
         t < 1 && ct_tint_contrast(soft = ct_tint_mix(a, p->paper, t), p->ink) < 5.6;)
        t += 0.04;
    for (int i = 0; i < CT_PALETTE_ART; i++)
        p->soft[i] = p->calm ? p->paper : soft;
}

/* One colour speaks; the others step back into the paper. */
static void make_spare(struct ct_palette *p)
{
    struct ct_tint clean = ct_tint_hex(p->dark ? 0x0C0C0E : 0xFDFDFC);
    p->paper = ct_tint_mix(p->paper, clean, p->calm ? 0 : 0.7);
    p->art[0] = p->accent;
    for (int i = 1; i < CT_PALETTE_ART; i++)
        p->art[i] = ct_tint_mix(p->paper, p->ink, i == 1 ? 0.62 : i == 2 ? 0.28 : 0.13);
    for (int i = 0; i < CT_PALETTE_ART; i++)
        p->soft[i] = ct_tint_mix(p->paper, p->ink, 0.03);
}

/* Cream paper, thinned colours, and cards that a brush filled too. */
static void make_washes(struct ct_palette *p)
{
    if (p->dark || p->calm)
        return;
    p->paper = ct_tint_mix(p->paper, ct_tint_hex(0xFCF9F2), 0.8);
    p->card = ct_tint_mix(p->soft[1], p->paper, 0.62);
    p->on_card = ct_tint_legible(p->ink, p->card, 7);
    for (int i = 0; i < CT_PALETTE_ART; i++)
        p->art[i] = ct_tint_mix(p->art[i], p->paper, 0.2);
}

void ct_look_prepare(struct ct_template *t)
{
    static const uint32_t blues[] = { 0x1F5AA6, 0x14488F };
    static const uint32_t blue_art[] = { 0x2A66B5, 0x1A4F98, 0x5D97DB, 0x3B7BC8 };
    static const uint32_t whites[] = { 0xFFFFFF, 0xFFFFFF };
    static const uint32_t white_art[] = { 0xFFFFFF, 0xE6E6E3, 0xC9C9C5, 0xF4F4F1 };
    struct ct_palette *p = &t->palette;
    switch (t->intent->style) {
    case CT_LOOK_STYLE_blueprint:
        set_inks(p, 0x0F3F80, 0xF5F9FF, 0xDCE9FB, blues, blue_art);
        break;
    case CT_LOOK_STYLE_line_art:
        set_inks(p, 0xFFFFFF, 0x141416, 0x141416, whites, white_art);
        break;
    case CT_LOOK_STYLE_sketch:
        set_inks(p, 0xFAF7F0, 0x2B2B2E, 0x3A3A3E, whites, white_art);
        break;
    case CT_LOOK_STYLE_monochrome:
        tone(p, to_grey);
        break;
    case CT_LOOK_STYLE_sepia:
        tone(p, to_sepia);
        break;
    case CT_LOOK_STYLE_duotone:
        make_duotone(p);
        break;
    case CT_LOOK_STYLE_minimalist:
        make_spare(p);
        t->margin *= 1.35;
        break;
    case CT_LOOK_STYLE_watercolor:
        make_washes(p);
        break;
    case CT_LOOK_STYLE_NONE:
    case CT_LOOK_STYLE_photo:
    case CT_LOOK_STYLE_flat:
    case CT_LOOK_STYLE_cartoon:
    case CT_LOOK_STYLE_pixel_art:
    default:
        break;
    }
    t->page->mono = t->intent->style == CT_LOOK_STYLE_blueprint ||
                    t->intent->style == CT_LOOK_STYLE_pixel_art;
    ct_type_set_mono(t->type, t->page->mono);
}

static bool is_shape(const struct ct_item *item)
{
    return (item->kind == CT_ITEM_BOX || item->kind == CT_ITEM_PATH) &&
           item->layer != CT_LAYER_TEXT;
}

/* Gradients become their middle; light and shadow go. */
static void flatten(struct ct_page *page)
{
    struct ct_item **at = &page->first, *last = NULL;
    while (*at) {
        struct ct_item *item = *at;
        if (item->kind == CT_ITEM_GLOW || item->kind == CT_ITEM_SHADOW) {
            *at = item->next;
            page->n_items--;
            continue;
        }
        struct ct_paint *fill = &item->fill;
        if (fill->kind == CT_PAINT_LINEAR || fill->kind == CT_PAINT_RADIAL)
            *fill = ct_paint_flat(ct_tint_mix(fill->stop[0], fill->stop[fill->n_stops - 1], 0.5));
        last = item;
        at = &item->next;
    }
    page->last = last;
}

/* Filled shapes of the paper's side get an outline; what is drawn in ink stays as it is. */
static void outline(struct ct_template *t, double width)
{
    const struct ct_palette *p = &t->palette;
    for (struct ct_item *item = t->page->first; item; item = item->next) {
        bool filled = item->fill.kind == CT_PAINT_FLAT && item->fill.stop[0].a > 0.3f;
        if (!is_shape(item) || item->layer != CT_LAYER_SHAPES || !filled)
            continue;
        if (item->kind == CT_ITEM_BOX && fmin(item->w, item->h) < t->unit * 0.8)
            continue; /* rules and bars */
        bool under_text = false; /* the soft colours: a line there would cut through letters */
        for (int i = 0; i < CT_PALETTE_ART; i++)
            under_text |= ct_tint_contrast(item->fill.stop[0], p->soft[i]) < 1.001;
        double ink = fabs(ct_tint_lightness(item->fill.stop[0]) - ct_tint_lightness(p->ink));
        if (ink < 0.3 || under_text)
            continue;
        item->stroke = p->line;
        item->stroke_px = width;
    }
}

/* A fine grid, every fifth line stronger, under everything. */
static void grid(struct ct_template *t)
{
    struct ct_page *page = t->page;
    struct ct_tint tint = ct_tint_mix(t->palette.paper, t->palette.ink, 0.07);
    struct ct_tint strong = ct_tint_mix(t->palette.paper, t->palette.ink, 0.13);
    double step = fmax(6, round(t->unit * 2.5));
    if (page->transparent)
        return;
    for (int way = 0; way < 2; way++)
        for (int i = 1; i * step < (way ? page->height : page->width); i++) {
            struct ct_item *rule = ct_page_path(page, CT_LAYER_GROUND, (struct ct_paint){ 0 });
            double at = i * step + 0.5;
            ct_path_move(page, rule, way ? 0 : at, way ? at : 0);
            ct_path_line(page, rule, way ? page->width : at, way ? at : page->height);
            rule->stroke = i % 5 ? tint : strong;
            rule->stroke_px = 1;
        }
    double m = t->margin * 0.42, w = page->width, h = page->height;
    struct ct_item *frame = ct_page_box(page, CT_LAYER_GROUND, m, m, w - 2 * m, h - 2 * m, 0,
                                        (struct ct_paint){ 0 });
    frame->stroke = ct_tint_mix(t->palette.paper, t->palette.ink, 0.45);
    frame->stroke_px = fmax(1, t->unit * 0.16);
}

ct_code ct_look_finish(struct ct_template *t, struct ct_err *err)
{
    int cell = (int)fmax(4, round(fmin(t->page->width, t->page->height) / 128.0));
    switch (t->intent->style) {
    case CT_LOOK_STYLE_blueprint:
        flatten(t->page);
        outline(t, fmax(1.2, t->unit * 0.17));
        grid(t);
        break;
    case CT_LOOK_STYLE_line_art:
    case CT_LOOK_STYLE_sketch:
        flatten(t->page);
        outline(t, fmax(1.5, t->unit * 0.24));
        break;
    case CT_LOOK_STYLE_flat:
    case CT_LOOK_STYLE_cartoon:
    case CT_LOOK_STYLE_duotone:
    case CT_LOOK_STYLE_minimalist:
        flatten(t->page);
        break;
    case CT_LOOK_STYLE_watercolor:
        flatten(t->page);
        ct_look_washes(t);
        break;
    case CT_LOOK_STYLE_pixel_art:
        flatten(t->page);
        return ct_look_pixels(t->page, cell, err);
    case CT_LOOK_STYLE_NONE:
    case CT_LOOK_STYLE_photo:
    case CT_LOOK_STYLE_monochrome:
    case CT_LOOK_STYLE_sepia:
    default:
        break;
    }
    return CT_OK;
}
