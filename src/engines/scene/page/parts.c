/* What list-like templates share: the heading, the labels, cards, colours of a series.
 *
 * Used while composing, by one thread. The heading and the foot take at most a fifth of the page
 * each, so that there is always room for what stands between them. */
#include "engines/scene/page/template.h"

#include <math.h>

struct ct_rect ct_template_set_heading(struct ct_template *t, double title_px)
{
    double w = t->page->width - 2 * t->margin, y = t->margin, h = t->page->height;
    struct ct_text_style title = {
        .weight = 700, .size_px = title_px, .tracking_em = -0.022, .whole_words = true
    };
    struct ct_text_style sub = { .weight = 400,
                                 .size_px = fmin(title_px * 0.52, t->unit * 3),
                                 .whole_words = true };
    struct ct_item *a = ct_page_text(t->page, t->type, t->copy.title, &title,
                                     (double[]){ t->margin, y, w, h * 0.16 }, 0, t->palette.ink);
    y += a ? a->h + t->unit * 0.6 : 0;
    struct ct_item *b = ct_page_text(t->page, t->type, t->copy.subtitle, &sub,
                                     (double[]){ t->margin, y, w, h * 0.1 }, 0, t->palette.muted);
    y += b ? b->h : 0;
    y += a || b ? t->unit * 4 : 0;
    double foot = h - t->margin;
    for (int i = t->copy.n_rest - 1; i >= 0; i--) {
        struct ct_text_style note = { .weight = 400, .size_px = t->unit * 2 };
        double share = h * 0.2 / t->copy.n_rest;
        struct ct_item *n =
            ct_page_text(t->page, t->type, t->copy.rest[i], &note,
                         (double[]){ t->margin, foot - share, w, share }, 1, t->palette.muted);
        foot -= n ? n->h + t->unit * 0.6 : 0;
    }
    foot -= t->copy.n_rest ? t->unit * 2.5 : 0;
    return (struct ct_rect){ t->margin, y, w, fmax(1, foot - y) };
}

int ct_template_read_list(struct ct_template *t, const struct ct_value **out)
{
    const struct ct_intent *in = t->intent;
    ct_template_read_copy(t, true);
    if (!t->copy.title.len && !ct_template_silent(in))
        t->copy.title = ct_slice_trim(in->subject);
    size_t most = (size_t)in->n_values + (size_t)in->n_nodes + (size_t)t->copy.n_rest;
    struct ct_value *list = ct_arena_array(t->page->arena, most + 1, sizeof(*list));
    int n = 0;
    *out = list;
    for (int i = 0; list && i < in->n_values; i++)
        list[n++] = in->values[i];
    for (int i = 0; list && i < in->n_nodes; i++) {
        list[n].label = ct_slice_trim(in->nodes[i].label);
        n += list[n].label.len > 0;
    }
    if (n > 0 || !list)
        return n;
    for (int i = 0; i < t->copy.n_rest; i++)
        list[n++].label = t->copy.rest[i];
    t->copy.n_rest = 0;
    return n;
}

double ct_template_even_px(struct ct_template *t, const struct ct_value *list, int n,
                           const struct ct_text_style *style, double w, double h)
{
    double least = style->size_px;
    for (int i = 0; i < n && least > style->size_px * 0.6; i++) {
        struct ct_text_style own = *style;
        if (list[i].label.len == 0)
            continue;
        ct_type_fit(t->type, list[i].label, &own, fmax(1, w), fmax(1, h));
        least = fmin(least, own.size_px);
    }
    return fmax(least, style->size_px * 0.6);
}

struct ct_item *ct_template_card(struct ct_template *t, struct ct_rect at, double radius,
                                 struct ct_tint fill)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint shadow =
        ct_tint_alpha(ct_tint_hex(p->dark ? 0x000000 : 0x0B1B2A), p->dark ? 0.45 : 0.13);
    ct_page_shadow(t->page, at.x, at.y + radius * 0.44, at.w, at.h, radius * 1.09, shadow);
    struct ct_item *box =
        ct_page_box(t->page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h, radius, ct_paint_flat(fill));
    box->stroke = ct_tint_mix(p->ink, p->card, p->dark ? 0.80 : 0.88);
    box->stroke_px = fmax(1, t->unit * 0.12);
    return box;
}

struct ct_tint ct_template_series(const struct ct_template *t, int i)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint c = p->art[i % CT_PALETTE_ART];
    for (int round = i / CT_PALETTE_ART; round > 0; round--) /* later rounds: towards ink, paper */
        c = ct_tint_mix(c, round % 2 ? p->ink : p->paper, 0.35);
    return p->plain ? c : ct_tint_legible(c, p->card, 1.5);
}

int ct_template_columns(int n, double w, double h, double aspect)
{
    int best = 1;
    double least = INFINITY;
    for (int columns = 1; columns <= n; columns++) {
        int rows = (n + columns - 1) / columns;
        double holes = rows * columns - n;
        double off = fabs(log((w / columns) / (h / rows) / aspect)) + 0.35 * holes / columns;
        if (off < least) {
            least = off;
            best = columns;
        }
    }
    return best;
}
