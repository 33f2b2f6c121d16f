/* Texts of a page: which ones there are, and the block that sets headline, subtitle, small print.
 *
 * Used by all templates while composing. Heights are measured before positions are given, from
 * the foot of the block upwards, so nothing can overlap whatever the texts are; each part has a
 * share of the height that it shrinks into. */
#include "engines/scene/page/template.h"

#include "base/utf8.h"

#include <math.h>

bool ct_template_excludes(const struct ct_intent *intent, const char *const *words)
{
    for (int i = 0; i < intent->n_exclusions; i++)
        for (const char *const *w = words; *w; w++)
            if (ct_slice_ieq(ct_slice_trim(intent->exclusions[i]), ct_slice(*w)))
                return true;
    return false;
}

bool ct_template_silent(const struct ct_intent *intent)
{
    static const char *const words[] = { "text",    "texts",      "words",   "lettering",
                                         "letters", "typography", "writing", NULL };
    return ct_template_excludes(intent, words);
}

/* "Q3", "15 %" or "Q3: 15 %" */
static bool is_value(struct ct_slice text, const struct ct_value *value)
{
    struct ct_slice label = value->label, number = value->text;
    bool both = text.len > label.len + number.len &&
                ct_slice_eq(ct_slice_n(text.ptr, label.len), label) &&
                ct_slice_eq(ct_slice_n(text.ptr + text.len - number.len, number.len), number);
    return both || ct_slice_eq(text, label) || ct_slice_eq(text, number);
}

static bool is_set(const struct ct_template *t, struct ct_slice text, bool labels)
{
    const struct ct_intent *in = t->intent;
    if (ct_slice_eq(text, t->copy.title) || ct_slice_eq(text, t->copy.subtitle))
        return true;
    for (int i = 0; i < t->copy.n_rest; i++)
        if (ct_slice_eq(text, t->copy.rest[i]))
            return true;
    for (int i = 0; labels && i < in->n_nodes; i++)
        if (ct_slice_eq(text, in->nodes[i].label) || ct_slice_eq(text, in->nodes[i].group))
            return true;
    for (int i = 0; labels && i < in->n_edges; i++)
        if (ct_slice_eq(text, in->edges[i].label))
            return true;
    for (int i = 0; labels && i < in->n_values; i++)
        if (is_value(text, &in->values[i]))
            return true;
    return false;
}

void ct_template_read_copy(struct ct_template *t, bool labels)
{
    const struct ct_intent *in = t->intent;
    t->copy = (struct ct_copy){ 0 };
    t->copy.title = ct_slice_trim(in->title);
    t->copy.subtitle = ct_slice_trim(in->subtitle);
    t->copy.rest = ct_arena_array(t->page->arena, (size_t)in->n_texts + 1, sizeof(*t->copy.rest));
    if (!t->copy.rest)
        return;
    for (int i = 0; i < in->n_texts; i++) {
        struct ct_slice text = ct_slice_trim(in->texts[i]);
        if (text.len == 0 || is_set(t, text, labels))
            continue;
        if (t->copy.title.len == 0 && !labels)
            t->copy.title = text;
        else
            t->copy.rest[t->copy.n_rest++] = text;
        if (ct_slice_eq(text, ct_slice_trim(in->byline)))
            t->copy.byline = text;
    }
}

struct ct_slice ct_template_take_byline(struct ct_template *t)
{
    struct ct_slice byline = t->copy.byline;
    int kept = 0;
    if (byline.len == 0)
        return byline;
    for (int i = 0; i < t->copy.n_rest; i++)
        if (!ct_slice_eq(t->copy.rest[i], byline))
            t->copy.rest[kept++] = t->copy.rest[i];
    t->copy.n_rest = kept;
    t->copy.byline = (struct ct_slice){ 0 };
    return byline;
}

void ct_template_paper(struct ct_template *t)
{
    if (!t->page->transparent)
        ct_page_box(t->page, CT_LAYER_GROUND, 0, 0, t->page->width, t->page->height, 0,
                    ct_paint_flat(t->palette.paper));
}

/* The headline says which way the page reads; lines in the other direction follow it. */
static bool reads_left(const struct ct_template *t)
{
    struct ct_slice lead = t->copy.title.len      ? t->copy.title
                           : t->copy.subtitle.len ? t->copy.subtitle
                           : t->copy.n_rest       ? t->copy.rest[0]
                                                  : CT_S("");
    return ct_text_is_rtl(lead);
}

static enum ct_text_align align_for(const struct ct_template *t, struct ct_slice text,
                                    enum ct_text_align wanted)
{
    if (wanted == CT_ALIGN_CENTER || reads_left(t) == ct_text_is_rtl(text))
        return wanted;
    return wanted == CT_ALIGN_START ? CT_ALIGN_END : CT_ALIGN_START;
}

/* As many columns as let every text stand on one line; one column at least. */
static int rest_columns(struct ct_template *t, const struct ct_text_style *style, double w,
                        double gap)
{
    double widest = 1;
    for (int i = 0; i < t->copy.n_rest; i++) {
        struct ct_text_size size = ct_type_measure(t->type, t->copy.rest[i], style);
        widest = fmax(widest, size.w);
    }
    return (int)fmax(1, fmin(fmin(t->copy.n_rest, 4), floor((w + gap) / (widest * 1.02 + gap))));
}

/* Small print in columns at the foot; returns its height. */
static double set_rest(struct ct_template *t, struct ct_rect in, const struct ct_copy_style *style)
{
    int n = t->copy.n_rest;
    struct ct_item **items = ct_arena_array(t->page->arena, (size_t)n + 1, sizeof(*items));
    struct ct_text_style text = { .face = style->rest_face,
                                  .weight = 600,
                                  .size_px = t->unit * 3.2,
                                  .leading = 1.05,
                                  .align = style->align };
    double gap = t->unit * 4, line = t->unit * 0.7;
    if (n == 0 || !items)
        return 0;
    bool stacked = style->align == CT_ALIGN_CENTER && n <= 4;
    int columns = stacked ? 1 : rest_columns(t, &text, in.w, gap),
        rows = (n + columns - 1) / columns;
    double w = (in.w - gap * (columns - 1)) / columns, total = 0;
    double most = fmax(1, (in.h * 0.55 - line * (rows - 1)) / rows);
    for (int row = 0; row < rows; row++) {
        double tallest = 0;
        for (int i = row * columns; i < n && i < (row + 1) * columns; i++) {
            int column = i - row * columns;
            double x = in.x + (reads_left(t) ? columns - 1 - column : column) * (w + gap);
            struct ct_text_style own = text;
            own.align = align_for(t, t->copy.rest[i], style->align);
            if (style->align == CT_ALIGN_CENTER || style->rest_face == CT_FACE_SERIF)
                own.weight = style->rest_face == CT_FACE_SERIF ? 400 : 500;
            else
                own.weight = i == 0 ? 700 : 500;
            items[i] = ct_page_text(t->page, t->type, t->copy.rest[i], &own,
                                    (double[]){ x, in.y + total, w, most }, 0, style->ink);
            tallest = items[i] ? fmax(tallest, items[i]->h) : tallest;
        }
        total += tallest + (row + 1 < rows ? line : 0);
    }
    for (int i = 0; i < n; i++)
        if (items[i])
            items[i]->y += in.h - total;
    if (style->rule) {
        double y = in.y + in.h - total - t->unit * 2.2;
        ct_page_box(t->page, CT_LAYER_LINES, in.x, y, in.w, fmax(1, t->unit * 0.16), 0,
                    ct_paint_flat(style->ink));
        total += t->unit * 2.2;
    }
    return total;
}

struct ct_rect ct_template_set_copy(struct ct_template *t, struct ct_rect in,
                                    const struct ct_copy_style *style)
{
    double foot = set_rest(t, in, style), y = in.y;
    double space = foot > 0 ? t->unit * 4 : 0;
    double room = fmax(t->unit, in.h - foot - space);
    static const double tracking[] = { -0.03, -0.012, 0.008, 0, -0.02 };
    static const double leading[] = { 0.86, 0.84, 0.82, 0.92, 0.95 };
    struct ct_text_style title = { .face = style->face,
                                   .weight = style->title_weight,
                                   .size_px = style->title_px,
                                   .tracking_em = tracking[style->face],
                                   .leading = leading[style->face],
                                   .align = style->align,
                                   .whole_words = true,
                                   .balance = true };
    bool both = t->copy.subtitle.len > 0 && t->copy.title.len > 0;
    double title_h = room * fmin(style->title_share, both ? 0.78 : 1);
    struct ct_item *head = ct_page_text(t->page, t->type, t->copy.title, &title,
                                        (double[]){ in.x, y, in.w, title_h }, 0, style->ink);
    if (head)
        y += head->h + fmin(t->unit * 2.2, (room - head->h) * 0.2);
    double sub_px = head ? fmin(fmax(head->style.size_px * 0.36, t->unit * 2.8), t->unit * 5.2)
                         : style->title_px * 0.6;
    struct ct_text_style sub = { .face = style->rest_face,
                                 .italic = style->italic_subtitle,
                                 .weight = style->rest_face == CT_FACE_SERIF ? 400 : 500,
                                 .size_px = fmin(sub_px, head ? head->style.size_px : sub_px),
                                 .tracking_em = -0.01,
                                 .align = align_for(t, t->copy.subtitle, style->align),
                                 .whole_words = true,
                                 .balance = true };
    struct ct_item *second =
        ct_page_text(t->page, t->type, t->copy.subtitle, &sub,
                     (double[]){ in.x, y, in.w, fmax(1, in.y + room - y) }, 0, style->muted);
    if (second)
        y += second->h;
    if (style->at_bottom || style->at_middle) {
        double down = (in.y + room - y) * (style->at_middle ? 0.5 : 1);
        if (head)
            head->y += down;
        if (second)
            second->y += down;
        return (struct ct_rect){ in.x, in.y, in.w, fmax(0, down - t->unit * 3) };
    }
    return (struct ct_rect){ in.x, y + t->unit * 3, in.w, fmax(0, in.y + room - y - t->unit * 3) };
}

#define MAX_WORDS 12

/* A line of the stack at 100 px. */
static struct ct_text_size line_at_100(struct ct_template *t, struct ct_slice line, int weight)
{
    struct ct_text_style style = { .weight = weight, .size_px = 100, .tracking_em = -0.03 };
    return ct_type_measure(t->type, line, &style);
}

/* The words of line `i` when `n` words go into `lines` lines as evenly as their bytes allow. */
static int cut_lines(struct ct_slice *out, const struct ct_slice *words, int n, int lines)
{
    double total = 0, sum = 0;
    int made = 0, start = 0;
    for (int i = 0; i < n; i++)
        total += (double)words[i].len + 1;
    for (int i = 0; i < n; i++) {
        sum += (double)words[i].len + 1;
        bool must = n - i - 1 == lines - made - 1;
        bool full = sum >= total * (made + 1) / lines - (double)words[i].len * 0.3;
        if (i + 1 < n && (made + 1 == lines || !(must || full)))
            continue;
        out[made++] = (struct ct_slice){ words[start].ptr,
                                         (size_t)(words[i].ptr - words[start].ptr) + words[i].len };
        start = i + 1;
    }
    return made;
}

#define STACK_GAP 0.17 /* of ink to ink, in ems of the smaller line */

struct stack {
    struct ct_slice line[MAX_WORDS];
    double size[MAX_WORDS], ink_y[MAX_WORDS], ink_h[MAX_WORDS]; /* ink at size 1 */
    int n;
    double h, score;
};

static struct stack try_stack(struct ct_template *t, const struct ct_slice *words, int n, int lines,
                              struct ct_rect in, int weight)
{
    struct stack s = { 0 };
    double smallest = 1e9, area = 0;
    s.n = cut_lines(s.line, words, n, lines);
    for (int i = 0; i < s.n; i++) {
        struct ct_text_size ink = line_at_100(t, s.line[i], weight);
        s.size[i] = in.w * 99 / fmax(1, fmax(ink.w, ink.ink_x + ink.ink_w));
        s.ink_y[i] = ink.ink_y / 100;
        s.ink_h[i] = fmax(0.1, ink.ink_h / 100);
        smallest = fmin(smallest, s.size[i]);
    }
    for (int i = 0; i < s.n; i++) { /* short words would shout */
        s.size[i] = fmin(s.size[i], smallest * 2.4);
        s.h += s.size[i] * s.ink_h[i];
        if (i > 0)
            s.h += STACK_GAP * fmin(s.size[i], s.size[i - 1]);
    }
    double scale = fmin(1, in.h / s.h);
    for (int i = 0; i < s.n; i++) {
        s.size[i] *= scale;
        area += s.size[i] * s.size[i] * (double)s.line[i].len;
    }
    s.h *= scale;
    s.score = smallest * scale + 0.5 * sqrt(area / n);
    return s;
}

/* Scripts with joined letters or marks all round are set as a paragraph. */
static double set_paragraph(struct ct_template *t, struct ct_slice text, struct ct_rect in,
                            int weight, struct ct_tint ink)
{
    struct ct_text_style style = {
        .weight = weight, .size_px = in.h, .tracking_em = -0.03, .leading = 0.9, .whole_words = true
    };
    struct ct_item *item =
        ct_page_text(t->page, t->type, text, &style, (double[]){ in.x, in.y, in.w, in.h }, 0, ink);
    return item ? item->h : 0;
}

double ct_template_set_stack(struct ct_template *t, struct ct_slice text, struct ct_rect in,
                             int weight, struct ct_tint ink)
{
    struct ct_slice words[MAX_WORDS + 1];
    int n = ct_text_words(words, MAX_WORDS + 1, text);
    struct stack best = { 0 };
    if (n == 0 || n > MAX_WORDS || !ct_text_is_plain(text))
        return set_paragraph(t, text, in, weight, ink);
    for (int lines = 1; lines <= n; lines++) {
        struct stack s = try_stack(t, words, n, lines, in, weight);
        if (lines == 1 || s.score > best.score)
            best = s;
    }
    double y = in.y;
    for (int i = 0; i < best.n; i++) {
        struct ct_text_style style = { .weight = weight,
                                       .size_px = best.size[i],
                                       .tracking_em = -0.03 };
        if (i > 0)
            y += STACK_GAP * fmin(best.size[i], best.size[i - 1]);
        struct ct_item *item = ct_page_text(
            t->page, t->type, best.line[i], &style,
            (double[]){ in.x, y - best.ink_y[i] * best.size[i], in.w, best.size[i] * 3 }, 0, ink);
        y += item ? item->size.ink_h : 0;
    }
    return y - in.y;
}
