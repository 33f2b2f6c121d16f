/* Mind maps: the subject in the middle, branches to both sides, their twigs further out.
 *
 * A tree is read from the edges; labels that nothing points to are the branches of the title.
 * Each side stacks its leaves evenly, a branch stands in the middle of its own. */
#include "engines/scene/page/template.h"

#include <math.h>

#define MOST 64

struct map {
    struct ct_template *t;
    const struct ct_intent *in;
    int parent[MOST], n;
    int root; /* a node, or -1: the title is the middle */
    double px, leaf_h, column, gap;
};

static int children(const struct map *m, int of, int *out)
{
    int n = 0;
    for (int i = 0; i < m->n; i++)
        if (m->parent[i] == of && i != m->root)
            out[n++] = i;
    return n;
}

static int leaves(const struct map *m, int of, int depth)
{
    int list[MOST], n = children(m, of, list), sum = 0;
    for (int i = 0; i < n && depth < MOST; i++)
        sum += leaves(m, list[i], depth + 1);
    return sum > 0 ? sum : 1;
}

static int depth_of(const struct map *m, int of, int depth)
{
    int list[MOST], n = children(m, of, list), most = depth;
    for (int i = 0; i < n && depth < MOST; i++)
        most = (int)fmax(most, depth_of(m, list[i], depth + 1));
    return most;
}

/* false when it is no tree, or its lines carry words: a diagram then. */
static bool read_tree(struct map *m)
{
    const struct ct_intent *in = m->in;
    int out[MOST] = { 0 }, sources = 0;
    m->n = in->n_nodes;
    if (m->n > MOST)
        return false;
    for (int i = 0; i < m->n; i++)
        m->parent[i] = -1;
    for (int e = 0; e < in->n_edges; e++) {
        int from = in->edges[e].from, to = in->edges[e].to, up = from;
        for (int k = 0; up >= 0 && up != to && k < MOST; k++)
            up = m->parent[up];
        if (m->parent[to] >= 0 || up == to || in->edges[e].label.len)
            return false;
        m->parent[to] = from;
        out[from]++;
    }
    m->root = -1;
    for (int i = 0; i < m->n; i++)
        if (m->parent[i] < 0) {
            sources++;
            m->root = i;
        }
    if (sources != 1 || !out[m->root])
        m->root = -1;
    return true;
}

static void curve(struct map *m, double x0, double y0, double x1, double y1, struct ct_tint tint)
{
    struct ct_item *path = ct_page_path(m->t->page, CT_LAYER_LINES, (struct ct_paint){ 0 });
    double mid = (x0 + x1) / 2;
    ct_path_move(m->t->page, path, x0, y0);
    ct_path_curve(m->t->page, path, (double[]){ mid, y0, mid, y1, x1, y1 });
    path->stroke = tint;
    path->stroke_px = m->t->unit * 0.36;
}

/* The box of a branch beside (x, y), and all that hangs on it, within [top, top + h). */
static void branch(struct map *m, int node, double x, double y, double top, double h, int side,
                   int depth, int color)
{
    struct ct_template *t = m->t;
    const struct ct_palette *p = &t->palette;
    double w = m->column - m->gap, box_h = fmin(m->leaf_h * 0.8, h * 0.86), cy = top + h / 2;
    double bx = side > 0 ? x + m->gap : x - m->gap - w;
    struct ct_tint tint = ct_template_series(t, color);
    struct ct_tint fill = p->plain ? p->card : ct_tint_mix(tint, p->card, depth == 0 ? 0.74 : 0.93);
    struct ct_text_style style = { .weight = depth == 0 ? 650 : 500,
                                   .size_px = m->px * (depth == 0 ? 1.12 : 1),
                                   .align = CT_ALIGN_CENTER,
                                   .whole_words = true };
    struct ct_text_size size = ct_type_fit(t->type, m->in->nodes[node].label, &style, w * 0.88,
                                           fmax(1, box_h * 0.8));
    double own = fmin(w, fmax(size.w, size.ink_x + size.ink_w) + w * 0.1 + t->unit);
    bx = side > 0 ? bx : bx + w - own;
    curve(m, x, y, side > 0 ? bx : bx + own, cy, tint);
    struct ct_item *box = ct_page_box(t->page, CT_LAYER_SHAPES, bx, cy - box_h / 2, own, box_h,
                                      fmin(box_h / 2, t->unit * 1.6), ct_paint_flat(fill));
    box->stroke = tint;
    box->stroke_px = t->unit * (depth == 0 ? 0.26 : 0.16);
    ct_page_text(t->page, t->type, m->in->nodes[node].label, &style,
                 (double[]){ bx + own * 0.02, cy - box_h * 0.45, own * 0.96, box_h * 0.9 }, 0.5,
                 ct_tint_legible(p->on_card, fill, 6));
    int list[MOST], n = children(m, node, list), all = leaves(m, node, 0);
    double at = top;
    for (int i = 0; i < n && depth < MOST; i++) {
        double share = h * leaves(m, list[i], 0) / all;
        branch(m, list[i], side > 0 ? bx + own : bx, cy, at, share, side, depth + 1, color);
        at += share;
    }
}

/* Branches [from, to) of the middle on one side. */
static void side_of(struct map *m, const int *list, int from, int to, struct ct_rect room, double x,
                    int side)
{
    int all = 0;
    for (int i = from; i < to; i++)
        all += leaves(m, list[i], 0);
    double h = fmin(room.h, m->leaf_h * all * 1.25), top = room.y + (room.h - h) / 2;
    for (int i = from; i < to; i++) {
        double share = h * leaves(m, list[i], 0) / all;
        branch(m, list[i], x, room.y + room.h / 2, top, share, side, 0, i);
        top += share;
    }
}

void ct_template_mind_map(struct ct_template *t)
{
    const struct ct_palette *p = &t->palette;
    struct map m = { .t = t, .in = t->intent };
    int list[MOST];
    if (!read_tree(&m)) {
        ct_template_diagram(t);
        return;
    }
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct ct_slice middle = m.root >= 0 ? m.in->nodes[m.root].label : t->copy.title;
    if (m.root < 0 && !middle.len && !ct_template_silent(m.in))
        middle = ct_slice_trim(m.in->subject);
    struct ct_slice title = t->copy.title;
    if (m.root < 0)
        t->copy.title = ct_slice(NULL); /* it stands in the middle */
    struct ct_rect room = ct_template_set_heading(t, t->unit * 4.6);
    t->copy.title = title;
    int n = children(&m, m.root, list), right = n, half = leaves(&m, m.root, 0), sum = 0;
    for (int i = 0; i < n; i++) {
        sum += leaves(&m, list[i], 0);
        if (sum * 2 >= half) {
            right = n > 1 ? i + 1 : n;
            break;
        }
    }
    int deep = 1, rows_right = 0, rows_left = 0;
    for (int i = 0; i < n; i++) {
        deep = (int)fmax(deep, depth_of(&m, list[i], 1));
        *(i < right ? &rows_right : &rows_left) += leaves(&m, list[i], 0);
    }
    bool both = right < n;
    double hub = fmin(room.w * (both ? 0.24 : 0.3), t->unit * 40);
    double arms = (room.w - hub) / (both ? 2 : 1);
    m.column = arms / deep;
    m.gap = fmin(m.column * 0.24, t->unit * 9);
    m.leaf_h = fmin(room.h / fmax(1, fmax(rows_right, rows_left)), t->unit * 16);
    m.px = fmin(t->unit * 4.4, m.leaf_h * 0.4);
    struct ct_value *labels = ct_arena_array(t->page->arena, (size_t)m.n + 1, sizeof(*labels));
    for (int i = 0; labels && i < m.n; i++) /* one size for all: none is louder by being short */
        labels[i].label = m.in->nodes[i].label;
    struct ct_text_style even = { .weight = 600, .size_px = m.px, .whole_words = true };
    if (labels)
        m.px =
            ct_template_even_px(t, labels, m.n, &even, (m.column - m.gap) * 0.84, m.leaf_h * 0.6);
    double cx = both ? room.x + room.w / 2 : room.x + hub / 2, cy = room.y + room.h / 2;
    double hub_h = fmin(t->unit * 16, room.h * 0.5);
    side_of(&m, list, 0, right, room, cx + hub / 2, 1);
    side_of(&m, list, right, n, room, cx - hub / 2, -1);
    struct ct_item *box = ct_page_box(t->page, CT_LAYER_SHAPES, cx - hub / 2, cy - hub_h / 2, hub,
                                      hub_h, hub_h / 2, ct_paint_flat(p->accent));
    box->stroke = p->accent;
    struct ct_text_style style = { .weight = 750,
                                   .size_px = t->unit * 4.4,
                                   .tracking_em = -0.015,
                                   .align = CT_ALIGN_CENTER,
                                   .whole_words = true,
                                   .balance = true };
    ct_page_text(t->page, t->type, middle, &style,
                 (double[]){ cx - hub * 0.4, cy - hub_h * 0.36, hub * 0.8, hub_h * 0.72 }, 0.5,
                 p->on_accent);
}
