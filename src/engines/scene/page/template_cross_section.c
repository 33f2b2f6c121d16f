/* Cross-sections: things that are known from inside, and layers, nested or stacked like soil.
 *
 * What is known (section_shape.c) has a shape of its own; its parts are found by their names, all
 * of them are labelled when the prompt names none, and a name that is no part of it stands below
 * without a line. Of all else there are layers: nested or stacked, by the words of the prompt, as
 * thick as one another,
 * because nothing is known of them but their names and order (from the outside in, from the top
 * down). Leader lines run from points of one line to the labels in the same order, so they never
 * cross; a halo keeps them visible on every layer. */
#include "engines/scene/page/section_shape.h"

#include <ctype.h>
#include <math.h>

struct section {
    struct ct_template *t;
    const struct ct_value *list;
    int n;
    struct ct_tint *tint; /* [n] */
};

static bool is_word_char(struct ct_slice s, size_t i)
{
    return i < s.len && isalpha((unsigned char)s.ptr[i]);
}

/* Whether one of the words stands in the text, alone or in the plural. */
static bool mentions(struct ct_slice text, const char *const *words)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_word_char(text, i) || (i > 0 && is_word_char(text, i - 1)))
            continue;
        for (const char *const *w = words; *w; w++) {
            size_t n = strlen(*w);
            if (i + n <= text.len && ct_slice_ieq(ct_slice_n(text.ptr + i, n), ct_slice(*w)) &&
                (!is_word_char(text, i + n) || text.ptr[i + n] == 's'))
                return true;
        }
    }
    return false;
}

static bool is_round(const struct ct_intent *in)
{
    static const char *const words[] = { "earth",  "planet",  "moon",   "sun",    "star",  "mars",
                                         "venus",  "jupiter", "saturn", "globe",  "core",  "onion",
                                         "cell",   "atom",    "egg",    "eye",    "ball",  "trunk",
                                         "sphere", "fruit",   "peach",  "orange", "cable", "wire",
                                         "artery", "pipe",    "seed",   "log",    "golf",  NULL };
    return mentions(in->prompt, words) || mentions(in->subject, words);
}

/* The four colours of the palette from dark to light, spread over the layers. */
static void choose_tints(struct section *s)
{
    struct ct_tint by[CT_PALETTE_ART];
    memcpy(by, s->t->palette.art, sizeof(by));
    for (int i = 1; i < CT_PALETTE_ART; i++)
        for (int k = i; k > 0 && ct_tint_lightness(by[k]) < ct_tint_lightness(by[k - 1]); k--) {
            struct ct_tint swap = by[k];
            by[k] = by[k - 1];
            by[k - 1] = swap;
        }
    for (int i = 0; i < s->n; i++) {
        double at = s->n > 1 ? (double)i / (s->n - 1) * (CT_PALETTE_ART - 1) : 1;
        int k = (int)fmin(at, CT_PALETTE_ART - 2);
        s->tint[i] = ct_tint_mix(by[k], by[k + 1], at - k);
    }
}

static void leader(struct ct_template *t, struct ct_xy from, double elbow, double x, double y)
{
    struct ct_xy p[3] = { from, { elbow, y }, { x, y } };
    struct ct_line_style halo = { .tint = ct_tint_alpha(t->palette.paper, 0.75),
                                  .width_px = t->unit * 0.7 };
    struct ct_line_style line = { .tint = t->palette.ink, .width_px = t->unit * 0.26 };
    ct_page_line(t->page, p, 3, &halo);
    ct_page_line(t->page, p, 3, &line);
    struct ct_item *dot = ct_page_circle(t->page, CT_LAYER_LINES, from.x, from.y, t->unit * 0.85,
                                         ct_paint_flat(t->palette.ink));
    dot->stroke = t->palette.paper;
    dot->stroke_px = t->unit * 0.4;
}

static struct ct_text_style label_style(const struct section *s)
{
    return (struct ct_text_style){ .weight = 600,
                                   .size_px = s->t->unit * 4.2,
                                   .tracking_em = -0.012,
                                   .whole_words = true,
                                   .balance = true };
}

/* How much of a room that wide is left over beside a picture and its labels. */
static double spare(const struct section *s, double room, double picture)
{
    struct ct_text_style style = label_style(s);
    double widest = 0;
    for (int i = 0; i < s->n; i++) {
        double w = ct_type_measure(s->t->type, s->list[i].label, &style).w;
        widest = fmax(widest, s->list[i].text.len ? w / 0.6 : w);
    }
    return fmax(0, room - picture - widest * 1.05 - s->t->unit * 8);
}

/* Labels one below the other in `in`, each with a leader from its point. */
static void set_labels(struct section *s, struct ct_rect in, const struct ct_xy *from)
{
    struct ct_template *t = s->t;
    double slot = in.h / s->n, gap = t->unit * 1.2, run = fmin(t->unit * 5, in.w * 0.15);
    double x = in.x + run + gap, w = fmax(1, in.w - run - gap);
    struct ct_text_style style = label_style(s);
    style.size_px = ct_template_even_px(t, s->list, s->n, &style, w, slot * 0.8);
    for (int i = 0; i < s->n; i++) {
        const struct ct_value *v = &s->list[i];
        double y = in.y + slot * i, number_w = v->text.len ? w * 0.35 : 0;
        struct ct_text_style own = style, number = style;
        number.weight = 500;
        leader(t, from[i], in.x, in.x + run, y + slot / 2);
        ct_page_text(t->page, t->type, v->label, &own,
                     (double[]){ x, y + slot * 0.06, fmax(1, w - number_w - gap), slot * 0.88 },
                     0.5, t->palette.ink);
        ct_page_text(
            t->page, t->type, v->text, &number,
            (double[]){ x + w - number_w, y + slot * 0.06, fmax(1, number_w), slot * 0.88 }, 0.5,
            t->palette.muted);
    }
}

/* Does it look like a ball from outside, so that a wedge is cut out of it? */
static bool is_globe(const struct ct_intent *in)
{
    static const char *const words[] = { "earth", "planet",  "moon",   "sun",   "star", "mars",
                                         "venus", "jupiter", "saturn", "globe", NULL };
    return mentions(in->prompt, words) || mentions(in->about, words) ||
           mentions(in->subject, words);
}

/* A piece of a disc between two angles. */
static struct ct_item *sector(struct section *s, double x, double y, double r, double half,
                              struct ct_tint tint)
{
    struct ct_page *page = s->t->page;
    struct ct_item *p = ct_page_path(page, CT_LAYER_SHAPES, ct_paint_flat(tint));
    ct_path_move(page, p, x, y);
    ct_path_arc(page, p, x, y, r, -half, half);
    ct_path_close(page, p);
    p->stroke = ct_tint_mix(tint, ct_tint_hex(0xFFFFFF), 0.35);
    p->stroke_px = fmax(1, s->t->unit * 0.22);
    return p;
}

/* The ball from outside: its light side up, a few soft bands. */
static void ball(struct section *s, double x, double y, double radius)
{
    struct ct_page *page = s->t->page;
    struct ct_tint tint = s->tint[0];
    ct_page_circle(page, CT_LAYER_SHAPES, x, y, radius,
                   s->t->palette.plain
                       ? ct_paint_flat(tint)
                       : ct_paint_radial(x - radius * 0.3, y - radius * 0.35, radius * 1.5,
                                         ct_tint_mix(tint, ct_tint_hex(0xFFFFFF), 0.32),
                                         ct_tint_mix(tint, ct_tint_hex(0x000000), 0.25)));
}

/* Discs in one another, or a ball with a wedge cut out, whole on every page. */
static void nested(struct section *s, struct ct_rect room, struct ct_xy *from)
{
    struct ct_template *t = s->t;
    double radius = fmin(room.h / 2, room.w * 0.31);
    bool globe = s->n > 1 && is_globe(t->intent);
    double x = room.x + radius + spare(s, room.w, 2 * radius) / 2, y = room.y + room.h / 2;
    double core = radius * (s->n > 1 ? fmax(0.16, 0.9 / s->n) : 1), half = M_PI * 0.31;
    double step = s->n > 1 ? (radius - core) / (s->n - 1) : 0;
    if (globe)
        ball(s, x, y, radius);
    for (int i = 0; i < s->n; i++) {
        double r = radius - step * i, mid = i + 1 < s->n ? r - step / 2 : r * 0.4;
        double turn = globe ? half * (0.62 - 1.1 * i / s->n) : M_PI / 4;
        if (globe) {
            sector(s, x, y, r * (i ? 1 : 1.0001), half, s->tint[i]);
        } else {
            struct ct_item *disc =
                ct_page_circle(t->page, CT_LAYER_SHAPES, x, y, r, ct_paint_flat(s->tint[i]));
            disc->stroke = ct_tint_mix(s->tint[i], ct_tint_hex(0xFFFFFF), 0.35);
            disc->stroke_px = fmax(1, t->unit * 0.25);
        }
        from[i] = (struct ct_xy){ x + mid * cos(turn), y - mid * sin(turn) };
    }
    double left = x + radius + t->unit * 2.5, h = fmin(room.h, 2 * radius * 1.1);
    set_labels(s, (struct ct_rect){ left, y - h / 2, fmax(1, room.x + room.w - left), h }, from);
}

/* The y of the boundary above layer i at the fraction u of the width. */
static double wave(double y, double height, double u, int i)
{
    return y + height * (0.10 * sin(u * 7.3 + i * 2.1) + 0.05 * sin(u * 17 + i * 5.7));
}

static void grains(struct ct_template *t, struct ct_rect in, struct ct_tint tint)
{
    for (int k = 0; k < 16; k++) {
        double r = t->unit * ct_dice_range(&t->dice, 0.25, 0.8);
        ct_page_circle(t->page, CT_LAYER_SHAPES, in.x + ct_dice_unit(&t->dice) * in.w,
                       in.y + ct_dice_unit(&t->dice) * in.h, fmin(r, in.h * 0.2),
                       ct_paint_flat(tint));
    }
}

/* One layer from the wave above it to the foot of the block: the next one covers the rest. */
static void layer(struct section *s, struct ct_rect block, double depth, int i)
{
    struct ct_template *t = s->t;
    double h = block.h / s->n, y = block.y + h * i, foot = block.y + block.h;
    double right = block.x + block.w;
    struct ct_tint c = s->tint[i];
    struct ct_item *front = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(c));
    for (int k = 0; k <= 40; k++)
        ct_path_line(t->page, front, block.x + block.w * k / 40, i ? wave(y, h, k / 40.0, i) : y);
    ct_path_line(t->page, front, right, foot);
    ct_path_line(t->page, front, block.x, foot);
    ct_path_close(t->page, front);
    struct ct_item *side =
        ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(ct_tint_mix(c, ct_tint_hex(0), 0.22)));
    for (int k = 0; k <= 12; k++)
        ct_path_line(t->page, side, right + depth * k / 12,
                     (i ? wave(y, h, 1 + k / 40.0, i) : y) - depth * 0.55 * k / 12);
    ct_path_line(t->page, side, right + depth, foot - depth * 0.55);
    ct_path_line(t->page, side, right, foot);
    ct_path_close(t->page, side);
    struct ct_rect in = { block.x + block.w * 0.03, y + h * 0.3, block.w * 0.94, h * 0.5 };
    grains(t, in, ct_tint_mix(c, ct_tint_hex(i % 2 ? 0xFFFFFF : 0), 0.14));
}

static void stacked(struct section *s, struct ct_rect room, struct ct_xy *from)
{
    struct ct_template *t = s->t;
    double w = room.w * 0.48, depth = fmin(w * 0.2, room.h * 0.2);
    double h = fmin(room.h, w * 1.9) - depth * 0.55;
    struct ct_rect block = { room.x, room.y + depth * 0.55, w, h };
    block.x += spare(s, room.w, w + depth) / 2;
    double drop = (room.h - h - depth * 0.55) / 2;
    block.y += drop;
    struct ct_item *top =
        ct_page_path(t->page, CT_LAYER_SHAPES,
                     ct_paint_flat(ct_tint_mix(s->tint[0], ct_tint_hex(0xFFFFFF), 0.25)));
    ct_path_move(t->page, top, block.x, block.y);
    ct_path_line(t->page, top, block.x + depth, block.y - depth * 0.55);
    ct_path_line(t->page, top, block.x + w + depth, block.y - depth * 0.55);
    ct_path_line(t->page, top, block.x + w, block.y);
    ct_path_close(t->page, top);
    for (int i = 0; i < s->n; i++) {
        layer(s, block, depth, i);
        from[i] = (struct ct_xy){ block.x + w * 0.86, block.y + h * (i + 0.5) / s->n };
    }
    double left = block.x + w + depth + t->unit * 2;
    set_labels(s, (struct ct_rect){ left, block.y, fmax(1, room.x + room.w - left), h }, from);
}

/* The labels of one side, from the top down in the order of their parts. */
static void set_side(struct section *s, const struct ct_section_shape *shape, const int *part,
                     bool right, struct ct_rect at, struct ct_rect column)
{
    struct ct_template *t = s->t;
    int order[64], n = 0;
    for (int i = 0; i < s->n && n < 64; i++) {
        if (part[i] < 0 || (shape->parts[part[i]].x >= 0.5) != right)
            continue;
        int k = n++;
        for (; k > 0 && shape->parts[part[order[k - 1]]].y > shape->parts[part[i]].y; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    double slot = fmin(column.h / fmax(1, n), t->unit * 14),
           run = fmin(t->unit * 3, column.w * 0.3);
    double top = column.y + (column.h - slot * n) / 2, w = fmax(1, column.w - run - t->unit);
    struct ct_text_style style = label_style(s);
    style.size_px = t->unit * 3.2;
    style.size_px = ct_template_even_px(t, s->list, s->n, &style, w, slot * 0.8);
    for (int k = 0; k < n; k++) {
        const struct ct_value *v = &s->list[order[k]];
        const struct ct_section_part *p = &shape->parts[part[order[k]]];
        struct ct_text_style own = style, number = style;
        double y = top + slot * (k + 0.5), edge = right ? column.x : column.x + column.w;
        double share = v->text.len ? 0.55 : 1, x = right ? column.x + run + t->unit : column.x;
        bool turned = ct_text_is_rtl(v->label);
        own.align = right != turned ? CT_ALIGN_START : CT_ALIGN_END;
        number.align = right != ct_text_is_rtl(v->text) ? CT_ALIGN_START : CT_ALIGN_END;
        number.weight = 400;
        leader(t, (struct ct_xy){ at.x + at.w * p->x, at.y + at.h * p->y }, edge,
               right ? edge + run : edge - run, y);
        ct_page_text(t->page, t->type, v->label, &own,
                     (double[]){ x, y - slot * 0.44, w, slot * 0.88 * share },
                     v->text.len ? 1 : 0.5, t->palette.ink);
        ct_page_text(
            t->page, t->type, v->text, &number,
            (double[]){ x, y - slot * 0.44 + slot * 0.88 * share, w, slot * 0.88 * (1 - share) }, 0,
            t->palette.muted);
    }
}

/* Names that are no part of the thing, in a row at the foot; returns what is left above. */
static struct ct_rect set_strangers(struct section *s, const int *part, struct ct_rect room)
{
    struct ct_template *t = s->t;
    int n = 0, k = 0;
    for (int i = 0; i < s->n; i++)
        n += part[i] < 0;
    if (n == 0)
        return room;
    int columns = ct_template_columns(n, room.w, t->unit * 10, 5);
    int rows = (n + columns - 1) / columns;
    double h = fmin(t->unit * 5 * rows, room.h * 0.3), w = room.w / columns, slot = h / rows;
    for (int i = 0; i < s->n; i++) {
        if (part[i] >= 0)
            continue;
        struct ct_text_style style = {
            .weight = 500, .size_px = t->unit * 2.6, .align = CT_ALIGN_CENTER, .whole_words = true
        };
        struct ct_text_style number = style;
        double share = s->list[i].text.len ? 0.6 : 1;
        struct ct_rect at = { room.x + w * (k % columns),
                              room.y + room.h - h + slot * (k / columns), w * 0.94, slot * 0.9 };
        ct_page_text(t->page, t->type, s->list[i].label, &style,
                     (double[]){ at.x, at.y, at.w * share, at.h }, 0.5, t->palette.ink);
        ct_page_text(t->page, t->type, s->list[i].text, &number,
                     (double[]){ at.x + at.w * share, at.y, at.w * (1 - share), at.h }, 0.5,
                     t->palette.muted);
        k++;
    }
    room.h = fmax(1, room.h - h - t->unit * 2);
    return room;
}

/* All parts by their usual names, when the prompt gives none. */
static void name_parts(struct section *s, const struct ct_section_shape *shape)
{
    struct ct_value *list =
        ct_arena_array(s->t->page->arena, (size_t)shape->n_parts + 1, sizeof(*list));
    if (!list || ct_template_silent(s->t->intent))
        return;
    for (int i = 0; i < shape->n_parts; i++) {
        const char *end = strchr(shape->parts[i].words, '|');
        list[i].label =
            end ? ct_slice_n(shape->parts[i].words, (size_t)(end - shape->parts[i].words))
                : ct_slice(shape->parts[i].words);
    }
    s->list = list;
    s->n = shape->n_parts;
}

/* What the labels of one side take, with their lines; no more than a part of the room. */
static double side_width(const struct section *s, const struct ct_section_shape *shape,
                         const int *part, bool right, double room)
{
    struct ct_text_style style = label_style(s);
    double widest = 0, run = s->t->unit * 4;
    style.size_px = s->t->unit * 3.2;
    for (int i = 0; i < s->n; i++)
        if (part[i] >= 0 && (shape->parts[part[i]].x >= 0.5) == right)
            widest =
                fmax(widest, ct_type_measure(s->t->type, s->list[i].label, &style).w * 1.04 + run);
    return fmin(widest, room * 0.27);
}

/* The thing in the middle, labels at both sides. */
static void known(struct section *s, const struct ct_section_shape *shape, struct ct_rect room)
{
    struct ct_template *t = s->t;
    int *part = ct_arena_array(t->page->arena, (size_t)s->n + 1, sizeof(*part));
    if (!part)
        return;
    for (int i = 0; i < s->n; i++) {
        part[i] = ct_section_part_of(shape, s->list[i].label);
        for (int k = 0; k < i; k++)
            part[i] = part[k] == part[i] ? -1 : part[i]; /* one line to a part */
    }
    room = set_strangers(s, part, room);
    double gap = t->unit * 3, left = side_width(s, shape, part, false, room.w);
    double right = side_width(s, shape, part, true, room.w);
    double w = fmax(1, fmin(room.w - left - right - 2 * gap, room.h * shape->aspect));
    double h = w / shape->aspect, x = room.x + (room.w - left - right - 2 * gap - w) / 2;
    struct ct_rect at = { x + left + gap, room.y + (room.h - h) / 2, w, h };
    shape->draw(t, at);
    double high = fmin(room.h, fmax(h, room.h * 0.6)), y = room.y + (room.h - high) / 2;
    set_side(s, shape, part, false, at, (struct ct_rect){ x, y, left, high });
    set_side(s, shape, part, true, at, (struct ct_rect){ at.x + w + gap, y, right, high });
}

void ct_template_cross_section(struct ct_template *t)
{
    struct section s = { .t = t };
    s.n = ct_template_read_list(t, &s.list);
    const struct ct_section_shape *shape = ct_section_find(t->intent);
    if (s.n == 0 && shape)
        name_parts(&s, shape);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 6);
    if (shape && s.n <= 64) {
        known(&s, shape, room);
        return;
    }
    struct ct_xy *from = ct_arena_array(t->page->arena, (size_t)s.n + 1, sizeof(*from));
    s.tint = ct_arena_array(t->page->arena, (size_t)s.n + 1, sizeof(*s.tint));
    if (s.n == 0 || !from || !s.tint)
        return;
    choose_tints(&s);
    if (is_round(t->intent))
        nested(&s, room, from);
    else
        stacked(&s, room, from);
}
