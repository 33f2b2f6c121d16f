/* The first screen of an app, in a phone: head, hero, actions, a list, tabs.
 *
 * What kind of app it is says sample.h; the prompt's own title, numbers and labels take the place
 * of the sample content, each exactly as written: the first number is the hero's where the hero is
 * one, all others are rows. */
#include "engines/scene/page/art.h"
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/point_sign.h"
#include "engines/scene/page/sample.h"
#include "engines/scene/page/screen.h"

#include <math.h>

struct app {
    struct ct_screen s;
    const struct ct_sample *sample;
    bool silent;
    int used; /* entries of the list that the hero has set */
};

/* Words of the sample, none where the prompt rules text out. */
static struct ct_slice word(const struct app *a, struct ct_slice text)
{
    return a->silent ? ct_slice(NULL) : text;
}

static void text(struct app *a, struct ct_slice words, struct ct_rect at, int weight, double px,
                 enum ct_text_align align, struct ct_tint tint)
{
    ct_screen_text(&a->s, words, at, weight, px, align, tint, 0.5);
}

static double head(struct app *a, double y)
{
    struct ct_screen *s = &a->s;
    struct ct_template *t = s->t;
    double h = s->in.h * 0.07, r = h * 0.36, right = s->in.x + s->in.w;
    struct ct_tint tint = ct_template_series(t, 0), pale = ct_tint_mix(tint, s->ground, 0.7);
    struct ct_slice title = t->copy.title.len ? t->copy.title
                                              : word(a, ct_slice(a->sample->title));
    text(a, title, (struct ct_rect){ s->in.x, y, s->in.w - 5 * r, h }, 750, s->u * 3.1,
         CT_ALIGN_START, s->ink);
    ct_page_circle(t->page, CT_LAYER_SHAPES, right - r, y + h / 2, r, ct_paint_flat(pale));
    ct_screen_sign(s, "user", right - r * 1.5, y + h / 2 - r / 2, r,
                   ct_tint_legible(tint, pale, 2.4), pale);
    ct_screen_sign(s, "bell", right - r * 4, y + h / 2 - r * 0.55, r * 1.1, s->muted, s->ground);
    y += h;
    if (t->copy.subtitle.len) {
        text(a, t->copy.subtitle, (struct ct_rect){ s->in.x, y, s->in.w, h * 0.6 }, 450, s->u * 1.9,
             CT_ALIGN_START, s->muted);
        y += h * 0.7;
    }
    return y + s->u;
}

/* Label and number of the hero: the prompt's first value, else the sample's. */
static void hero_words(struct app *a, struct ct_slice *label, struct ct_slice *number)
{
    const struct ct_screen *s = &a->s;
    *label = word(a, ct_slice(a->sample->hero_label));
    *number = word(a, ct_slice(a->sample->hero_text));
    if (s->n > 0 && s->list[0].text.len) {
        *label = s->list[0].label;
        *number = s->list[0].text;
        a->used = 1;
    }
}

/* A wave without a scale along the foot of the box. */
static void wave(struct app *a, struct ct_rect in, struct ct_tint tint)
{
    struct ct_page *page = a->s.t->page;
    struct ct_item *line = ct_page_path(page, CT_LAYER_LINES, (struct ct_paint){ 0 });
    static const double level[] = { 0.62, 0.48, 0.7, 0.42, 0.5, 0.22, 0.34, 0.08 };
    double step = in.w / 7;
    ct_path_move(page, line, in.x, in.y + in.h * level[0]);
    for (int i = 1; i < 8; i++) {
        double x = in.x + step * i, y0 = in.y + in.h * level[i - 1], y1 = in.y + in.h * level[i];
        ct_path_curve(page, line, (double[]){ x - step / 2, y0, x - step / 2, y1, x, y1 });
    }
    line->stroke = tint;
    line->stroke_px = fmax(1.5, a->s.u * 0.4);
    line->round_ends = true;
}

static double amount(struct app *a, double y, bool curve)
{
    struct ct_screen *s = &a->s;
    const struct ct_palette *p = &s->t->palette;
    struct ct_rect at = { s->in.x, y, s->in.w, s->in.h * (curve ? 0.26 : 0.2) };
    struct ct_slice label, number;
    double pad = s->u * 2.2;
    hero_words(a, &label, &number);
    ct_page_box(s->t->page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, s->u * 2.4,
                ct_paint_flat(p->accent));
    double w = at.w - 2 * pad, h = at.h - 2 * pad, words = curve ? h * 0.56 : h * 0.74;
    text(a, label, (struct ct_rect){ at.x + pad, at.y + pad, w, words * 0.34 }, 500, s->u * 2,
         CT_ALIGN_START, p->on_accent);
    text(a, number, (struct ct_rect){ at.x + pad, at.y + pad + words * 0.36, w, words * 0.64 }, 750,
         s->u * 5.2, CT_ALIGN_START, p->on_accent);
    struct ct_tint faint = ct_tint_mix(p->on_accent, p->accent, 0.45);
    if (curve)
        wave(a, (struct ct_rect){ at.x + pad, at.y + pad + h * 0.62, w, h * 0.36 }, faint);
    else
        for (int i = 0; i < 4; i++) { /* the hidden digits of a card */
            for (int k = 0; k < 4; k++)
                ct_page_circle(s->t->page, CT_LAYER_LINES,
                               at.x + pad + s->u * (0.4 + k * 1.1 + i * 6), at.y + at.h - pad * 0.9,
                               s->u * 0.32, ct_paint_flat(faint));
        }
    return at.y + at.h;
}

static void arc(struct app *a, double x, double y, double r, double share, double px,
                struct ct_tint tint)
{
    struct ct_page *page = a->s.t->page;
    struct ct_item *ring = ct_page_path(page, CT_LAYER_SHAPES, (struct ct_paint){ 0 });
    ct_path_arc(page, ring, x, y, r, -M_PI / 2, -M_PI / 2 + 2 * M_PI * share);
    ring->stroke = tint;
    ring->stroke_px = px;
    ring->round_ends = share < 1;
    if (share >= 1)
        ct_path_close(page, ring);
}

static double rings(struct app *a, double y)
{
    struct ct_screen *s = &a->s;
    struct ct_rect at = { s->in.x, y, s->in.w, s->in.h * 0.25 };
    struct ct_slice label, number;
    static const double done[] = { 0.72, 0.54, 0.84 };
    hero_words(a, &label, &number);
    struct ct_item *box =
        ct_page_box(s->t->page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, s->u * 2.4,
                    ct_paint_flat(ct_tint_mix(s->faint, s->ground, 0.5)));
    struct ct_tint ground = box->fill.stop[0];
    double r = fmin(at.h * 0.38, at.w * 0.2), px = r * 0.2, x = at.x + at.h * 0.12 + r;
    for (int i = 0; i < 3; i++) {
        struct ct_tint tint = ct_tint_legible(ct_template_series(s->t, i), ground, 1.8);
        double own = r - px / 2 - i * px * 1.3;
        arc(a, x, at.y + at.h / 2, own, 1, px, ct_tint_mix(tint, ground, 0.78));
        arc(a, x, at.y + at.h / 2, own, done[i], px, tint);
    }
    double left = x + r + s->u * 2.4, w = at.x + at.w - left - s->u * 1.6;
    text(a, label, (struct ct_rect){ left, at.y + at.h * 0.2, w, at.h * 0.16 }, 500, s->u * 2,
         CT_ALIGN_START, ct_tint_legible(s->muted, ground, 4.8));
    text(a, number, (struct ct_rect){ left, at.y + at.h * 0.38, w, at.h * 0.3 }, 750, s->u * 4.2,
         CT_ALIGN_START, ct_tint_legible(s->ink, ground, 4.8));
    ct_screen_bar(s, left, at.y + at.h * 0.74, w, s->u * 0.8, s->faint);
    ct_screen_bar(s, left, at.y + at.h * 0.74, w * 0.62, s->u * 0.8,
                  ct_tint_legible(ct_template_series(s->t, 0), ground, 1.8));
    return at.y + at.h;
}

static double field(struct app *a, double y, struct ct_slice label)
{
    struct ct_screen *s = &a->s;
    double h = s->in.h * 0.062, icon = h * 0.4;
    struct ct_tint fill = ct_tint_mix(s->faint, s->ground, 0.4);
    ct_page_box(s->t->page, CT_LAYER_SHAPES, s->in.x, y, s->in.w, h, h / 2, ct_paint_flat(fill));
    ct_screen_sign(s, "search", s->in.x + h * 0.42, y + (h - icon) / 2, icon,
                   ct_tint_legible(s->muted, fill, 3), fill);
    text(a, label, (struct ct_rect){ s->in.x + h * 1.1, y + h * 0.1, s->in.w - h * 1.6, h * 0.8 },
         450, s->u * 1.9, CT_ALIGN_START, ct_tint_legible(s->muted, fill, 5));
    return y + h;
}

/* A picture's place: hills under a sun, in the colours of the page. */
static void picture(struct app *a, struct ct_rect at, double radius, int seed)
{
    struct ct_screen *s = &a->s;
    struct ct_page *page = s->t->page;
    const struct ct_palette *p = &s->t->palette;
    struct ct_tint sky = ct_tint_mix(p->art[seed % CT_PALETTE_ART], s->ground, 0.55);
    struct ct_tint near_hill = p->art[(seed + 1) % CT_PALETTE_ART];
    ct_page_box(page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, radius, ct_paint_flat(sky));
    ct_page_circle(page, CT_LAYER_SHAPES, at.x + at.w * 0.74, at.y + at.h * 0.32,
                   fmin(at.w, at.h) * 0.13, ct_paint_flat(p->art[(seed + 2) % CT_PALETTE_ART]));
    for (int i = 0; i < 2; i++) {
        struct ct_item *hill = ct_page_path(
            page, CT_LAYER_SHAPES, ct_paint_flat(ct_tint_mix(near_hill, sky, i ? 0.1 : 0.5)));
        double top = at.y + at.h * (i ? 0.66 : 0.5), foot = at.y + at.h, r = radius;
        ct_path_move(page, hill, at.x, top + at.h * 0.12);
        ct_path_curve(page, hill,
                      (double[]){ at.x + at.w * 0.3, top - at.h * (i ? 0.1 : 0.22),
                                  at.x + at.w * 0.55, top + at.h * (i ? 0.3 : 0.26), at.x + at.w,
                                  top + at.h * (i ? 0.02 : 0.1) });
        ct_path_line(page, hill, at.x + at.w, foot - r);
        ct_path_arc(page, hill, at.x + at.w - r, foot - r, r, 0, M_PI / 2);
        ct_path_arc(page, hill, at.x + r, foot - r, r, M_PI / 2, M_PI);
        ct_path_close(page, hill);
    }
}

static double search(struct app *a, double y)
{
    struct ct_screen *s = &a->s;
    y = field(a, y, word(a, ct_slice(a->sample->hero_label))) + s->u * 1.6;
    double h = s->in.h * 0.17;
    picture(a, (struct ct_rect){ s->in.x, y, s->in.w, h }, s->u * 2, ct_dice_below(&s->t->dice, 4));
    return y + h;
}

static double map(struct app *a, double y)
{
    struct ct_screen *s = &a->s;
    struct ct_page *page = s->t->page;
    const struct ct_palette *p = &s->t->palette;
    struct ct_rect at = { s->in.x, y, s->in.w, s->in.h * 0.3 };
    struct ct_tint land = ct_tint_mix(p->art[1], s->ground, 0.82);
    ct_page_box(page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, s->u * 2, ct_paint_flat(land));
    static const double road[][4] = { { 0.02, 0.28, 0.98, 0.16 }, { 0.02, 0.74, 0.98, 0.62 },
                                      { 0.2, 0.03, 0.3, 0.97 },   { 0.55, 0.03, 0.62, 0.97 },
                                      { 0.84, 0.03, 0.8, 0.97 } };
    for (int i = 0; i < 5; i++) {
        struct ct_xy p2[2] = { { at.x + at.w * road[i][0], at.y + at.h * road[i][1] },
                               { at.x + at.w * road[i][2], at.y + at.h * road[i][3] } };
        ct_page_line(page, p2, 2,
                     &(struct ct_line_style){ .tint = ct_tint_mix(land, s->ground, 0.7),
                                              .width_px = s->u * (i == 1 ? 1.3 : 0.8) });
    }
    struct ct_xy way[4] = { { at.x + at.w * 0.25, at.y + at.h * 0.7 },
                            { at.x + at.w * 0.575, at.y + at.h * 0.67 },
                            { at.x + at.w * 0.565, at.y + at.h * 0.22 },
                            { at.x + at.w * 0.82, at.y + at.h * 0.18 } };
    ct_page_line(
        page, way, 4,
        &(struct ct_line_style){ .tint = p->accent, .width_px = s->u * 0.9, .radius = s->u });
    ct_page_circle(page, CT_LAYER_LINES, way[0].x, way[0].y, s->u * 0.9, ct_paint_flat(p->accent));
    ct_page_circle(page, CT_LAYER_LINES, way[3].x, way[3].y, s->u * 1.2, ct_paint_flat(p->accent));
    return field(a, at.y + at.h + s->u * 1.4, word(a, ct_slice(a->sample->hero_label)));
}

static double strip(struct app *a, double y)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    struct ct_screen *s = &a->s;
    const struct ct_palette *p = &s->t->palette;
    double h = s->in.h * 0.105, gap = s->u * 0.8, w = (s->in.w - 6 * gap) / 7;
    for (int i = 0; i < 7; i++) {
        double x = s->in.x + i * (w + gap);
        bool open = i == 2;
        struct ct_tint fill = open ? p->accent : ct_tint_mix(s->faint, s->ground, 0.5);
        struct ct_tint ink = open ? p->on_accent : ct_tint_legible(s->muted, fill, 4.8);
        char day[4] = { (char)('1' + i + 1), '\0' };
        ct_page_box(s->t->page, CT_LAYER_SHAPES, x, y, w, h, s->u * 1.4, ct_paint_flat(fill));
        if (a->silent)
            continue;
        text(a, ct_slice(days[i]),
             (struct ct_rect){ x + w * 0.08, y + h * 0.14, w * 0.84, h * 0.26 }, 500, s->u * 1.5,
             CT_ALIGN_CENTER, ink);
        text(a, ct_slice(ct_arena_strdup(s->t->page->arena, ct_slice(day))),
             (struct ct_rect){ x, y + h * 0.44, w, h * 0.4 }, 700, s->u * 2.4, CT_ALIGN_CENTER,
             ink);
    }
    return y + h;
}

/* Signs in tiles with their words below. */
static double actions(struct app *a, double y)
{
    struct ct_screen *s = &a->s;
    int n = ct_sample_count(a->sample->actions);
    if (n == 0)
        return y;
    y += s->u * 1.8;
    double slot = s->in.w / n, tile = fmin(slot * 0.62, s->in.h * 0.07), h = s->u * 2.4;
    for (int i = 0; i < n; i++) {
        double x = s->in.x + slot * (i + 0.5) - tile / 2;
        struct ct_tint tint = ct_template_series(s->t, i),
                       pale = ct_tint_mix(tint, s->ground, 0.76);
        struct ct_slice sign = ct_sample_part(a->sample->actions, i, 0);
        const char *drawing = ct_glyph_find(sign);
        ct_page_box(s->t->page, CT_LAYER_SHAPES, x, y, tile, tile, tile * 0.32,
                    ct_paint_flat(pale));
        if (drawing)
            ct_glyph_draw(s->t->page, drawing, x + tile * 0.27, y + tile * 0.27, tile * 0.46,
                          ct_tint_legible(tint, pale, 3), pale);
        if (!a->silent)
            text(a, ct_sample_part(a->sample->actions, i, 1),
                 (struct ct_rect){ x + tile / 2 - slot * 0.48, y + tile + h * 0.2, slot * 0.96, h },
                 500, s->u * 1.6, CT_ALIGN_CENTER, s->muted);
    }
    return y + tile + h * 1.2;
}

struct entry {
    struct ct_slice sign, label, below, right;
};

static struct entry entry_of(const struct app *a, int i)
{
    const struct ct_screen *s = &a->s;
    if (s->n > a->used)
        return (struct entry){ .label = s->list[a->used + i].label,
                               .right = s->list[a->used + i].text };
    return (struct entry){ ct_sample_part(a->sample->rows, i, 0),
                           word(a, ct_sample_part(a->sample->rows, i, 1)),
                           word(a, ct_sample_part(a->sample->rows, i, 2)),
                           word(a, ct_sample_part(a->sample->rows, i, 3)) };
}

static void row(struct app *a, struct ct_rect at, const struct entry *e, int i)
{
    struct ct_screen *s = &a->s;
    double icon = fmin(at.h * 0.62, s->u * 4.6), x = at.x + icon + s->u * 1.4;
    double right = e->right.len ? at.w * 0.28 : 0, w = at.x + at.w - x - right - s->u * 0.6;
    struct ct_tint tint = ct_template_series(s->t, i), pale = ct_tint_mix(tint, s->ground, 0.76);
    double iy = at.y + (at.h - icon) / 2;
    const char *drawing = e->sign.len ? ct_glyph_find(e->sign) : ct_point_sign(e->label);
    ct_page_box(s->t->page, CT_LAYER_SHAPES, at.x, iy, icon, icon, icon * 0.32,
                ct_paint_flat(pale));
    if (drawing)
        ct_glyph_draw(s->t->page, drawing, at.x + icon * 0.25, iy + icon * 0.25, icon * 0.5,
                      ct_tint_legible(tint, pale, 3), pale);
    else
        ct_page_circle(s->t->page, CT_LAYER_SHAPES, at.x + icon / 2, iy + icon / 2, icon * 0.16,
                       ct_paint_flat(ct_tint_legible(tint, pale, 2)));
    double share = e->below.len ? 0.46 : 0.76;
    ct_screen_text(s, e->label, (struct ct_rect){ x, at.y + at.h * 0.12, w, at.h * share }, 600,
                   s->u * 2, CT_ALIGN_START, s->ink, 0.6);
    if (e->below.len)
        text(a, e->below, (struct ct_rect){ x, at.y + at.h * 0.54, w, at.h * 0.32 }, 400,
             s->u * 1.6, CT_ALIGN_START, s->muted);
    if (e->right.len)
        text(a, e->right,
             (struct ct_rect){ at.x + at.w - right, at.y + at.h * 0.12, right, at.h * 0.76 }, 600,
             s->u * 1.9, CT_ALIGN_END, s->ink);
}

static void list(struct app *a, double y, double foot)
{
    struct ct_screen *s = &a->s;
    int own = s->n - a->used, n = own > 0 ? own : ct_sample_count(a->sample->rows);
    if (own > 0 && own < 3 && !a->silent) { /* what it names, then what such a screen has besides */
        double step = fmin(s->u * 6, (foot - y) * 0.14);
        for (int i = 0; i < own; i++) {
            struct entry e = entry_of(a, i);
            row(a, (struct ct_rect){ s->in.x, y + s->u + step * i, s->in.w, step }, &e, i);
        }
        y += s->u + step * own;
        a->used = s->n;
        own = 0;
        n = ct_sample_count(a->sample->rows);
    }
    if (*a->sample->section && own <= 0 && !a->silent) {
        y += s->u * 1.4;
        text(a, ct_slice(a->sample->section), (struct ct_rect){ s->in.x, y, s->in.w, s->u * 3 },
             700, s->u * 2.3, CT_ALIGN_START, s->ink);
        y += s->u * 3.4;
    } else {
        y += s->u * 1.4;
    }
    if (own <= 0)
        n = (int)fmin(n, fmax(1, floor((foot - y) / (s->u * 5.4))));
    double step = fmin((foot - y) / n, s->u * 7);
    for (int i = 0; i < n; i++) {
        struct entry e = entry_of(a, i);
        if (i > 0)
            ct_page_box(s->t->page, CT_LAYER_LINES, s->in.x, y + step * i, s->in.w,
                        fmax(1, s->u * 0.08), 0, ct_paint_flat(s->faint));
        row(a, (struct ct_rect){ s->in.x, y + step * i, s->in.w, step }, &e, i);
    }
}

static void feed(struct app *a, double y, double foot)
{
    struct ct_screen *s = &a->s;
    int own = s->n, n = own > 0 ? own : 2;
    double gap = s->u * 2, h = (foot - y - gap * (n - 1)) / n;
    for (int i = 0; i < n; i++) {
        struct entry e = entry_of(a, i);
        double top = y + i * (h + gap), line = fmin(h * 0.24, s->u * 5),
               bar = fmin(h * 0.14, s->u * 3);
        row(a, (struct ct_rect){ s->in.x, top, s->in.w, line }, &e, i);
        struct ct_rect at = { s->in.x, top + line + s->u * 0.4, s->in.w,
                              h - line - bar - s->u * 0.8 };
        if (at.h > s->u)
            picture(a, at, fmin(s->u * 1.8, at.h * 0.2), i + ct_dice_below(&s->t->dice, 4));
        static const char *const signs[] = { "heart", "chat", "send" };
        for (int k = 0; k < 3; k++)
            ct_screen_sign(s, signs[k], s->in.x + k * bar * 1.5, top + h - bar * 0.8, bar * 0.7,
                           k ? s->muted : ct_tint_legible(s->t->palette.accent, s->ground, 2),
                           s->ground);
    }
}

static void tabs(struct app *a, struct ct_rect at)
{
    struct ct_screen *s = &a->s;
    int n = ct_sample_count(a->sample->tabs);
    double slot = at.w / n, icon = at.h * 0.42;
    ct_page_box(s->t->page, CT_LAYER_LINES, at.x, at.y - s->u * 0.6, at.w, fmax(1, s->u * 0.1), 0,
                ct_paint_flat(s->faint));
    for (int i = 0; i < n; i++) {
        double x = at.x + slot * (i + 0.5);
        struct ct_tint tint = i ? s->muted : ct_tint_legible(s->t->palette.accent, s->ground, 4.8);
        const char *drawing = ct_glyph_find(ct_sample_part(a->sample->tabs, i, 0));
        if (drawing)
            ct_glyph_draw(s->t->page, drawing, x - icon / 2, at.y + at.h * 0.06, icon, tint,
                          s->ground);
        if (!a->silent)
            text(a, ct_sample_part(a->sample->tabs, i, 1),
                 (struct ct_rect){ x - slot * 0.48, at.y + at.h * 0.56, slot * 0.96, at.h * 0.4 },
                 i ? 500 : 650, s->u * 1.45, CT_ALIGN_CENTER, tint);
    }
}

void ct_template_app_screen(struct ct_template *t)
{
    struct app a = { .sample = ct_sample_find(t->intent), .silent = ct_template_silent(t->intent) };
    ct_screen_phone(&a.s, t);
    struct ct_screen *s = &a.s;
    double bar = s->in.h * 0.08, foot = s->in.y + s->in.h - bar - s->u;
    double y = head(&a, s->in.y + s->u * 0.6);
    tabs(&a, (struct ct_rect){ s->in.x, s->in.y + s->in.h - bar, s->in.w, bar });
    switch (a.sample->hero) {
    case CT_HERO_FEED:
        feed(&a, y, foot);
        return;
    case CT_HERO_AMOUNT:
    case CT_HERO_CURVE:
        y = amount(&a, y, a.sample->hero == CT_HERO_CURVE);
        break;
    case CT_HERO_RINGS:
        y = rings(&a, y);
        break;
    case CT_HERO_SEARCH:
        y = search(&a, y);
        break;
    case CT_HERO_MAP:
        y = map(&a, y);
        break;
    case CT_HERO_STRIP:
        y = strip(&a, y);
        break;
    }
    if (s->n - a.used <= 8) /* many rows of the prompt's own need the room */
        y = actions(&a, y);
    list(&a, y, foot);
}
