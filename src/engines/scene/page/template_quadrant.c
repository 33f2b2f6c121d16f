/* A field of two by two: SWOT, priorities, portfolios.
 *
 * Headings of the prompt are the quadrants and their items the points in them; four labels are four
 * quadrants. A kind everyone knows (SWOT, Eisenhower, BCG, effort and impact) has its own names. */
#include "engines/scene/page/sample.h"
#include "engines/scene/page/template.h"

#include <math.h>

enum { FIELDS = 4, POINTS = 24 };

struct field {
    struct ct_slice name, point[POINTS];
    int n;
};

static const struct {
    const char *words, *names;
} known[] = {
    { "swot", "Strengths|Weaknesses|Opportunities|Threats" },
    { "eisenhower|priority|urgent", "Do first|Schedule|Delegate|Drop" },
    { "bcg|growth share", "Stars|Question marks|Cash cows|Dogs" },
    { "effort|impact|prioritization", "Quick wins|Big bets|Fill-ins|Time sinks" },
};

static void name_known(const struct ct_template *t, struct field *fields)
{
    if (ct_template_silent(t->intent))
        return;
    struct ct_slice texts[] = { t->intent->about, t->intent->prompt };
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
            if (ct_sample_mentions(texts[k], known[i].words)) {
                for (int f = 0; f < FIELDS; f++)
                    fields[f].name = ct_sample_part(known[i].names, f, 0);
                return;
            }
}

static void read(const struct ct_template *t, struct field *fields)
{
    const struct ct_intent *in = t->intent;
    bool grouped = false;
    for (int i = 0; i < in->n_nodes; i++)
        grouped |= in->nodes[i].group.len > 0;
    if (!grouped && in->n_nodes == FIELDS) {
        for (int f = 0; f < FIELDS; f++)
            fields[f].name = in->nodes[f].label;
        return;
    }
    int used = 0;
    if (!grouped)
        name_known(t, fields);
    for (int i = 0; i < in->n_nodes; i++) {
        int f = i % FIELDS;
        if (grouped) {
            for (f = 0; f < used && !ct_slice_eq(fields[f].name, in->nodes[i].group); f++)
                ;
            if (f == used && used < FIELDS)
                fields[used++].name = in->nodes[i].group;
            f = f < FIELDS ? f : FIELDS - 1;
        }
        if (fields[f].n < POINTS)
            fields[f].point[fields[f].n++] = in->nodes[i].label;
    }
}

static void draw(struct ct_template *t, const struct field *f, int i, struct ct_rect at, double px)
{
    const struct ct_palette *p = &t->palette;
    struct ct_tint tint = ct_template_series(t, i);
    struct ct_tint fill = p->plain ? p->card : ct_tint_mix(tint, p->card, 0.8);
    struct ct_tint ink = ct_tint_legible(p->on_card, fill, 5.5);
    double pad = fmin(t->unit * 3, fmin(at.w, at.h) * 0.1), bar = fmax(1, t->unit * 0.9);
    struct ct_item *box = ct_page_box(t->page, CT_LAYER_SHAPES, at.x, at.y, at.w, at.h,
                                      fmin(t->unit * 1.6, at.h * 0.1), ct_paint_flat(fill));
    box->stroke = p->plain ? p->line : ct_tint_mix(tint, p->card, 0.5);
    box->stroke_px = fmax(1, t->unit * 0.16);
    ct_page_box(t->page, CT_LAYER_SHAPES, at.x + pad, at.y + pad, fmin(t->unit * 7, at.w * 0.3),
                bar, bar / 2, ct_paint_flat(ct_tint_legible(tint, fill, 1.8)));
    double y = at.y + pad + bar * 2, w = at.w - 2 * pad, foot = at.y + at.h - pad;
    struct ct_text_style head = { .weight = 750, .size_px = t->unit * 4, .tracking_em = -0.02,
                                  .whole_words = true };
    double share = f->n ? fmin((foot - y) * 0.3, t->unit * 7) : foot - y;
    struct ct_item *name = ct_page_text(t->page, t->type, f->name, &head,
                                        (double[]){ at.x + pad, y, w, share }, 0, ink);
    y += name ? name->h + t->unit : 0;
    double step = f->n ? fmin((foot - y) / f->n, px * 2.2) : 0, r = px * 0.18;
    for (int k = 0; k < f->n; k++) {
        struct ct_text_style style = { .weight = 500, .size_px = px, .whole_words = true };
        double cy = y + step * (k + 0.5);
        ct_page_circle(t->page, CT_LAYER_SHAPES, at.x + pad + r, cy, r,
                       ct_paint_flat(ct_tint_legible(tint, fill, 1.8)));
        ct_page_text(
            t->page, t->type, f->point[k], &style,
            (double[]){ at.x + pad + px * 0.8, cy - step * 0.46, w - px * 0.8, step * 0.92 }, 0.5,
            ink);
    }
    for (int k = 0; f->n == 0 && f->name.len && k < 3 && y + t->unit * (2 + 3.4 * k) < foot;
         k++) /* room to write */
        ct_page_box(t->page, CT_LAYER_LINES, at.x + pad, y + t->unit * (2 + 3.4 * k),
                    w * (k == 2 ? 0.55 : 0.9), fmax(0.8, t->unit * 0.14), 0,
                    ct_paint_flat(ct_tint_mix(ink, fill, 0.75)));
}

void ct_template_quadrant(struct ct_template *t)
{
    struct field *fields = ct_arena_array(t->page->arena, FIELDS, sizeof(*fields));
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 4.6);
    if (!fields)
        return;
    if (t->intent->n_nodes == 0)
        name_known(t, fields);
    else
        read(t, fields);
    double gap = t->unit * 2, w = (room.w - gap) / 2, h = (room.h - gap) / 2;
    for (int i = 0; i < FIELDS; i++)
        draw(t, &fields[i], i,
             (struct ct_rect){ room.x + (i % 2) * (w + gap), room.y + (i / 2) * (h + gap), w, h },
             fmin(t->unit * 2.6, h * 0.08));
}
