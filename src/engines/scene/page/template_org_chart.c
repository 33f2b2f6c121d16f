/* Org charts: who leads stands above those who are led, a family tree the same way.
 *
 * A tidy tree: leaves take slots of one width, whoever leads stands over the middle of theirs.
 * When the slots would be too narrow, the last level stands one below the other instead. What is no
 * tree is a diagram. */
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/template.h"

#include <math.h>

enum { MOST = 64 };

struct chart {
    struct ct_template *t;
    const struct ct_intent *in;
    int parent[MOST], n;
    bool stacked; /* leaves of one boss below one another */
    double slot, box_w, box_h, gap_y, px;
};

static bool read_tree(struct chart *c)
{
    const struct ct_intent *in = c->in;
    c->n = in->n_nodes;
    if (c->n == 0 || c->n > MOST)
        return false;
    for (int i = 0; i < c->n; i++)
        c->parent[i] = -1;
    for (int e = 0; e < in->n_edges; e++) {
        int to = in->edges[e].to, up = in->edges[e].from;
        for (int k = 0; up >= 0 && up != to && k < MOST; k++)
            up = c->parent[up];
        if (c->parent[to] >= 0 || up == to || in->edges[e].label.len)
            return false;
        c->parent[to] = in->edges[e].from;
    }
    return true;
}

static int children(const struct chart *c, int of, int *out)
{
    int n = 0;
    for (int i = 0; i < c->n; i++)
        if (c->parent[i] == of)
            out[n++] = i;
    return n;
}

static bool all_leaves(const struct chart *c, const int *list, int n)
{
    int below[MOST];
    for (int i = 0; i < n; i++)
        if (children(c, list[i], below) > 0)
            return false;
    return n > 0;
}

static int width_of(const struct chart *c, int node)
{
    int list[MOST], n = children(c, node, list), sum = 0;
    if (n == 0 || (c->stacked && node >= 0 && all_leaves(c, list, n)))
        return 1;
    for (int i = 0; i < n; i++)
        sum += width_of(c, list[i]);
    return sum;
}

/* Rows that the tree below needs, the node's own included. */
static int depth_of(const struct chart *c, int node)
{
    int list[MOST] = { 0 }, n = children(c, node, list), most = 0;
    if (c->stacked && node >= 0 && all_leaves(c, list, n))
        return (node >= 0) + n;
    for (int i = 0; i < n; i++) {
        int d = depth_of(c, list[i]);
        most = d > most ? d : most;
    }
    return most + (node >= 0);
}

static void line(struct chart *c, const struct ct_xy *p, int n)
{
    ct_page_line(c->t->page, p, n,
                 &(struct ct_line_style){ .tint = c->t->palette.line,
                                          .width_px = fmax(1.2, c->t->unit * 0.26),
                                          .radius = fmin(c->t->unit, c->gap_y * 0.3) });
}

static void box(struct chart *c, int node, double x, double y, int level, int branch)
{
    struct ct_template *t = c->t;
    const struct ct_palette *p = &t->palette;
    struct ct_rect at = { x - c->box_w / 2, y, c->box_w, c->box_h };
    bool top = level == 0;
    struct ct_tint tint = ct_template_series(t, branch);
    struct ct_tint fill = top ? p->accent : p->card, ink = top ? p->on_accent : p->on_card;
    ct_template_card(t, at, fmin(t->unit * 1.2, c->box_h * 0.2), fill);
    double r = fmin(c->box_h * 0.27, c->box_w * 0.12), left = at.x + c->box_h * 0.2;
    struct ct_tint disc = top ? ct_tint_mix(p->accent, p->on_accent, 0.22)
                              : ct_tint_mix(tint, p->card, 0.72);
    bool sign = r > t->unit * 1.1;
    if (sign) {
        ct_page_circle(t->page, CT_LAYER_SHAPES, left + r, at.y + at.h / 2, r, ct_paint_flat(disc));
        ct_glyph_draw(t->page, ct_glyph_find(CT_S("user")), left + r * 0.45,
                      at.y + at.h / 2 - r * 0.55, r * 1.1,
                      top ? p->on_accent : ct_tint_legible(tint, disc, 2.6), disc);
    }
    double text_x = sign ? left + 2 * r + c->box_h * 0.14 : at.x + c->box_w * 0.07;
    struct ct_text_style style = { .weight = top ? 750 : 600,
                                   .size_px = c->px,
                                   .tracking_em = -0.012,
                                   .align = sign ? CT_ALIGN_START : CT_ALIGN_CENTER,
                                   .whole_words = true };
    ct_page_text(t->page, t->type, c->in->nodes[node].label, &style,
                 (double[]){ text_x, at.y + at.h * 0.1, at.x + at.w - text_x - c->box_w * 0.05,
                             at.h * 0.8 },
                 0.5, ink);
}

/* The node in the middle of [left, left + w), and all below it. */
static void place(struct chart *c, int node, double left, double w, double y, int level, int branch)
{
    int list[MOST], n = children(c, node, list);
    double x = left + w / 2, foot = y + (node >= 0 ? c->box_h : 0);
    if (node >= 0)
        box(c, node, x, y, level, branch);
    double next = node >= 0 ? foot + c->gap_y : y, at = left;
    if (c->stacked && node >= 0 && all_leaves(c, list, n)) {
        double spine = x - c->box_w * 0.42, shift = c->box_w * 0.1;
        for (int i = 0; i < n; i++) {
            double top = next + i * (c->box_h + c->gap_y * 0.45) - c->gap_y * 0.5;
            box(c, list[i], x + shift, top, level + 1, branch);
            line(c, (struct ct_xy[]){ { spine, foot }, { spine, top + c->box_h / 2 },
                                      { x + shift - c->box_w / 2, top + c->box_h / 2 } }, 3);
        }
        return;
    }
    int all = 0;
    for (int i = 0; i < n; i++)
        all += width_of(c, list[i]);
    for (int i = 0; i < n; i++) {
        double share = w * width_of(c, list[i]) / all, cx = at + share / 2;
        if (node >= 0) {
            double mid = foot + c->gap_y / 2;
            if (fabs(cx - x) < 1)
                line(c, (struct ct_xy[]){ { x, foot }, { cx, next } }, 2);
            else
                line(c, (struct ct_xy[]){ { x, foot }, { x, mid }, { cx, mid }, { cx, next } }, 4);
        }
        place(c, list[i], at, share, next, level + 1, level == 0 ? i : branch);
        at += share;
    }
}

void ct_template_org_chart(struct ct_template *t)
{
    struct chart c = { .t = t, .in = t->intent };
    if (!read_tree(&c)) {
        ct_template_diagram(t);
        return;
    }
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 4.6);
    if (room.w / width_of(&c, -1) < t->unit * 17)
        c.stacked = true;
    int slots = width_of(&c, -1), levels = depth_of(&c, -1);
    double share = room.h / (levels + 0.0001);
    c.slot = room.w / fmax(1, slots);
    c.box_w = fmin(c.slot * (c.stacked ? 0.8 : 0.88), t->unit * 36);
    c.box_h = fmin(fmin(share * 0.62, c.box_w * 0.5), t->unit * 13);
    c.gap_y = levels > 1 ? fmin((room.h - levels * c.box_h) / (levels - 1), c.box_h * 0.95) : 0;
    struct ct_value *labels = ct_arena_array(t->page->arena, (size_t)c.n + 1, sizeof(*labels));
    struct ct_text_style style = { .weight = 600, .size_px = c.box_h * 0.3, .whole_words = true };
    for (int i = 0; labels && i < c.n; i++)
        labels[i].label = c.in->nodes[i].label;
    c.px = fmin(t->unit * 2.8, style.size_px);
    style.size_px = c.px;
    if (labels)
        c.px = ct_template_even_px(t, labels, c.n, &style, c.box_w * 0.6, c.box_h * 0.78);
    double h = levels * c.box_h + (levels - 1) * c.gap_y;
    double w = fmin(room.w, slots * c.box_w / 0.82);
    place(&c, -1, room.x + (room.w - w) / 2, w, room.y + (room.h - h) * 0.4, 0, 0);
}
