/* Boxes and arrows: from labels to a drawing that fills its canvas.
 *
 * Labels are measured at a base size, the graph is laid out in those units, and the whole is
 * scaled to the room under the heading. Which way the flow runs, how wide labels may be before
 * they wrap, and whether a long chain folds into rows is decided by trying: the candidate that
 * can be drawn largest wins. What room is left over then goes into the gaps.
 * Only texts of the prompt appear. */
#include "engines/scene/page/diagram.h"
#include "engines/scene/page/glyph.h"
#include "engines/scene/page/layout_graph.h"
#include "engines/scene/page/node_shape.h"

#include <math.h>

#define BASE_PX 20.0  /* size of a box's label while laying out */
#define LABEL_PX 15.0 /* of a connector's */
#define SIGN_PX 32.0  /* a sign and its gap before the label */

struct extent {
    double w, h;
};

struct plan {
    struct ct_graph graph;
    int columns;             /* > 0: folded */
    double box_em, label_em; /* widest label before it wraps */
    double air;              /* gaps and paddings over the ordinary ones */
    struct extent *boxes, *labels;
    double scale, score;
};

static struct ct_text_style box_style(double wrap_px)
{
    return (struct ct_text_style){ .weight = 600,
                                   .size_px = BASE_PX,
                                   .tracking_em = -0.012,
                                   .align = CT_ALIGN_CENTER,
                                   .wrap_px = wrap_px };
}

static struct ct_text_style label_style(double wrap_px, bool falls)
{
    return (struct ct_text_style){ .weight = 500,
                                   .size_px = LABEL_PX,
                                   .align = falls ? CT_ALIGN_START : CT_ALIGN_CENTER,
                                   .wrap_px = wrap_px };
}

/* Size of a text wrapped to at most style.wrap_px, ink included. A word longer than that widens
 * the paragraph instead of breaking, up to three times; then the narrowest paragraph with as many
 * lines is taken, for even lines and a tight box. */
static struct extent measure(struct ct_template *t, struct ct_slice text,
                             struct ct_text_style style)
{
    struct ct_text_size size = ct_type_measure(t->type, text, &style);
    for (int i = 0; i < 3 && size.broke_word && text.len < 400; i++) {
        style.wrap_px *= 1.5;
        size = ct_type_measure(t->type, text, &style);
    }
    double low = style.wrap_px * 0.3, high = style.wrap_px;
    int lines = size.lines;
    if (lines == 1)
        high = fmin(high, fmax(size.w, size.ink_w) + 1);
    for (int i = 0; lines > 1 && text.len < 400 && i < 5; i++) {
        style.wrap_px = (low + high) / 2;
        struct ct_text_size tried = ct_type_measure(t->type, text, &style);
        bool same =
            tried.lines == lines && tried.broke_word == size.broke_word && tried.w <= style.wrap_px;
        if (same)
            high = style.wrap_px;
        else
            low = style.wrap_px;
    }
    return (struct extent){ high + 2,
                            fmax(size.h, size.ink_y + size.ink_h) + fmax(0, -size.ink_y) + 1 };
}

/* Measures every label once for these widths; layouts start from copies. */
static bool measure_all(struct ct_template *t, struct plan *p)
{
    const struct ct_intent *in = t->intent;
    p->boxes = ct_arena_array(t->page->arena, (size_t)in->n_nodes + 1, sizeof(*p->boxes));
    p->labels = ct_arena_array(t->page->arena, (size_t)in->n_edges + 1, sizeof(*p->labels));
    if (!p->boxes || !p->labels)
        return false;
    double widest = 0, tallest = 0;
    for (int i = 0; i < in->n_nodes; i++) {
        struct extent *box = &p->boxes[i];
        if (in->nodes[i].label.len)
            *box = measure(t, in->nodes[i].label, box_style(p->box_em * BASE_PX));
        if (ct_node_sign_of(in->nodes[i].label))
            box->w += SIGN_PX;
        if (ct_node_shape_of(in->nodes[i].label) == CT_NODE_DECISION) {
            *box =
                (struct extent){ 1.75 * (box->w + 0.6 * BASE_PX), 2.5 * (box->h + 0.3 * BASE_PX) };
            continue;
        }
        box->w = fmax(box->w + 2.0 * BASE_PX * p->air, 5.2 * BASE_PX * p->air);
        box->h += 1.7 * BASE_PX * p->air;
        widest = fmax(widest, box->w);
        tallest = fmax(tallest, box->h);
    }
    /* Like boxes look calmer: all as tall, and as wide where that costs little. */
    for (int i = 0; i < in->n_nodes; i++) {
        struct extent *box = &p->boxes[i];
        if (ct_node_shape_of(in->nodes[i].label) == CT_NODE_DECISION)
            continue;
        box->h = tallest * (ct_node_shape_of(in->nodes[i].label) == CT_NODE_STORE ? 1.3 : 1);
        box->w = box->w > widest * 0.55 ? widest : fmax(box->w, widest * 0.6);
    }
    for (int e = 0; e < in->n_edges; e++)
        if (in->edges[e].label.len)
            p->labels[e] =
                measure(t, in->edges[e].label, label_style(p->label_em * LABEL_PX, false));
    return true;
}

static bool size_items(struct ct_template *t, struct plan *p)
{
    const struct ct_intent *in = t->intent;
    struct ct_graph *g = &p->graph;
    g->n_nodes = in->n_nodes;
    g->n_edges = in->n_edges;
    g->nodes = ct_arena_array(t->page->arena, (size_t)g->n_nodes + 1, sizeof(*g->nodes));
    g->edges = ct_arena_array(t->page->arena, (size_t)g->n_edges + 1, sizeof(*g->edges));
    if (!g->nodes || !g->edges)
        return false;
    for (int i = 0; i < g->n_nodes; i++)
        g->nodes[i] = (struct ct_graph_node){ .w = p->boxes[i].w, .h = p->boxes[i].h };
    for (int e = 0; e < g->n_edges; e++)
        g->edges[e] = (struct ct_graph_edge){ .from = in->edges[e].from,
                                              .to = in->edges[e].to,
                                              .label_w = p->labels[e].w,
                                              .label_h = p->labels[e].h };
    return true;
}

/* No arrows: the boxes stand in a grid. */
static void grid(struct plan *p)
{
    struct ct_graph *g = &p->graph;
    double w = 0, h = 0;
    for (int i = 0; i < g->n_nodes; i++) {
        w = fmax(w, g->nodes[i].w);
        h = fmax(h, g->nodes[i].h);
    }
    h = fmax(h, w * 0.56); /* cards, not labels */
    for (int i = 0; i < g->n_nodes; i++) {
        g->nodes[i] = (struct ct_graph_node){ w, h, (i % p->columns) * (w + g->node_gap),
                                              (i / p->columns) * (h + g->node_gap) };
    }
    int rows = (g->n_nodes + p->columns - 1) / p->columns;
    g->w = p->columns * (w + g->node_gap) - g->node_gap;
    g->h = rows * (h + g->node_gap) - g->node_gap;
}

static bool lay_out(struct ct_template *t, struct plan *p, struct ct_rect room, double rank_more,
                    double node_more)
{
    struct ct_graph *g = &p->graph;
    g->node_gap = BASE_PX * 1.9 * p->air + node_more;
    g->rank_gap = BASE_PX * 2.8 * p->air + rank_more;
    g->line_gap = BASE_PX * 1.25 * fmax(p->air, 0.8);
    g->head_room = BASE_PX * 1.35 * fmax(p->air, 0.8);
    if (!size_items(t, p))
        return false;
    if (g->n_edges == 0)
        grid(p);
    else if (p->columns > 0) {
        if (!ct_graph_fold(g, t->page->arena, p->columns))
            return false;
    } else if (ct_graph_layout(g, t->page->arena, NULL) != CT_OK) {
        return false;
    }
    p->scale = fmin(room.w / fmax(1, g->w), room.h / fmax(1, g->h));
    return true;
}

static void consider(struct ct_template *t, struct plan *best, struct plan p, struct ct_rect room,
                     double cap)
{
    if (!lay_out(t, &p, room, 0, 0))
        return;
    /* Large type first, but a drawing that fills its room beats one that is a little larger and
     * leaves half of it empty, and a flow along the long side reads more easily. Earlier
     * candidates have the nicer line breaks. */
    bool along = p.columns > 0 || (p.graph.flow == CT_FLOW_RIGHT) == (room.w >= room.h);
    double fill = p.graph.w * p.graph.h * p.scale * p.scale / (room.w * room.h);
    p.score = fmin(p.scale, cap) * (0.7 + 0.3 * fmin(1, fill)) * (along ? 1 : 0.85);
    if (best->scale == 0 || p.score > best->score * 1.03)
        *best = p;
}

static void try_flows(struct ct_template *t, struct plan *best, struct plan p, struct ct_rect room,
                      double cap)
{
    bool wide = room.w >= room.h;
    if (t->intent->n_edges == 0) {
        for (p.columns = 1; p.columns <= t->intent->n_nodes && p.columns <= 12; p.columns++)
            consider(t, best, p, room, cap);
        return;
    }
    p.graph.flow = wide ? CT_FLOW_RIGHT : CT_FLOW_DOWN;
    consider(t, best, p, room, cap);
    p.graph.flow = wide ? CT_FLOW_DOWN : CT_FLOW_RIGHT;
    consider(t, best, p, room, cap);
    bool few = t->intent->n_nodes < 5; /* read better in one row, where that is large enough */
    if (t->intent->n_nodes < 4 || (few && best->scale >= cap * 0.8))
        return;
    for (p.columns = 2; p.columns <= 8; p.columns++)
        consider(t, best, p, room, cap);
}

static struct plan choose(struct ct_template *t, struct ct_rect room, double cap)
{
    static const struct {
        double box_em, label_em, air;
    } tries[] = { { 11, 11, 1 }, { 7, 7, 1 }, { 16, 16, 1 }, { 11, 11, 0.7 }, { 6, 7, 0.7 },
                { 5, 6, 0.55 } };
    struct plan best = { 0 };
    for (int i = 0; i < 6; i++) {
        struct plan p = { .box_em = tries[i].box_em,
                          .label_em = tries[i].label_em,
                          .air = tries[i].air };
        if (i > 2 && best.scale >= cap * 0.75)
            break; /* large enough: no need to crowd it */
        if (measure_all(t, &p))
            try_flows(t, &best, p, room, cap);
    }
    /* Spread what is left over the gaps, as long as the drawing does not shrink for it. */
    double scale = fmin(best.scale, cap);
    for (double share = 1; share > 0.1 && best.scale > 0; share -= 0.2) {
        struct plan p = best;
        bool right = p.graph.flow == CT_FLOW_RIGHT || p.columns > 0;
        double spare_w = fmax(0, room.w / scale - p.graph.w);
        double spare_h = fmax(0, room.h / scale - p.graph.h);
        double most = BASE_PX * (p.graph.n_edges ? 5 : 0.6);
        double along = fmin(most, (right ? spare_w : spare_h) / 3 * share);
        double across = fmin(most, (right ? spare_h : spare_w) / 3 * share);
        if (lay_out(t, &p, room, along, across) && fmin(p.scale, cap) >= scale * 0.999) {
            best = p;
            break;
        }
    }
    best.scale = fmin(best.scale, cap);
    return best;
}

static void draw_box(struct ct_template *t, struct ct_slice label, struct ct_rect at, double s,
                     bool accent)
{
    const struct ct_palette *p = &t->palette;
    enum ct_node_shape shape = ct_node_shape_of(label);
    struct ct_tint fill = accent ? p->accent : p->card, ink = accent ? p->on_accent : p->on_card;
    if (shape == CT_NODE_DECISION && !accent && !p->plain)
        fill = ct_tint_mix(p->accent, p->card, 0.86);
    ct_node_draw(t, shape, at, BASE_PX * 0.55 * s, fill,
                 accent ? p->accent : ct_tint_mix(p->ink, p->card, p->dark ? 0.72 : 0.12),
                 BASE_PX * 0.085 * s);
    struct ct_text_style style = box_style(0);
    double pad = BASE_PX * 0.7 * s;
    struct ct_rect in = { at.x + pad, at.y + pad * 0.6, at.w - 2 * pad, at.h - 1.2 * pad };
    style.size_px *= s;
    if (shape == CT_NODE_DECISION) {
        in = (struct ct_rect){ at.x + at.w * 0.21, at.y + at.h * 0.29, at.w * 0.58, at.h * 0.42 };
    } else if (shape == CT_NODE_STORE) {
        in.y += ct_node_lid(at.h);
        in.h -= ct_node_lid(at.h);
    } else if (shape == CT_NODE_DOCUMENT) {
        in.h -= at.h * 0.1;
    }
    const char *sign = shape == CT_NODE_BOX ? ct_node_sign_of(label) : NULL;
    if (sign) {
        double gap = SIGN_PX * s, size = gap * 0.78;
        struct ct_text_size text = ct_type_fit(t->type, label, &style, in.w - gap, in.h);
        double x = in.x + (in.w - gap - fmin(text.w, in.w - gap)) / 2;
        bool rtl = ct_text_is_rtl(label);
        ct_glyph_draw(t->page, ct_glyph_find(ct_slice(sign)),
                      rtl ? in.x + in.w - (x - in.x) - size : x, at.y + (at.h - size) / 2, size,
                      accent ? ink : p->line, fill);
        in.w -= gap;
        in.x += rtl ? 0 : gap;
        style.size_px = BASE_PX * s;
    }
    ct_page_text(t->page, t->type, label, &style, (double[]){ in.x, in.y, in.w, in.h }, 0.5,
                 ct_tint_legible(ink, fill, 4.8));
}

/* Where the box is on the page, and what it looks like. */
static struct ct_rect placed(const struct ct_graph_node *n, double x, double y, double s)
{
    return (struct ct_rect){ x + n->x * s, y + n->y * s, n->w * s, n->h * s };
}

/* Who reads from right to left finds the first box there. */
static void mirror(struct ct_graph *g)
{
    for (int i = 0; i < g->n_nodes; i++)
        g->nodes[i].x = g->w - g->nodes[i].x - g->nodes[i].w;
    for (int e = 0; e < g->n_edges; e++) {
        struct ct_graph_edge *edge = &g->edges[e];
        edge->label_x = g->w - edge->label_x - edge->label_w;
        for (int i = 0; i < edge->n_points; i++)
            edge->points[i].x = g->w - edge->points[i].x;
    }
}

/* Does the straight piece from a to b touch a box (other than `but`) or a label? */
static bool blocked(const struct ct_graph *g, struct ct_xy a, struct ct_xy b, int but)
{
    double pad = BASE_PX * 0.5, x0 = fmin(a.x, b.x), x1 = fmax(a.x, b.x);
    double y0 = fmin(a.y, b.y), y1 = fmax(a.y, b.y);
    for (int i = 0; i < g->n_nodes; i++) {
        const struct ct_graph_node *n = &g->nodes[i];
        if (i != but && x1 > n->x - pad && x0 < n->x + n->w + pad && y1 > n->y - pad &&
            y0 < n->y + n->h + pad)
            return true;
    }
    for (int e = 0; e < g->n_edges; e++) {
        const struct ct_graph_edge *o = &g->edges[e];
        if (o->label_w > 0 && x1 > o->label_x && x0 < o->label_x + o->label_w &&
            y1 > o->label_y && y0 < o->label_y + o->label_h)
            return true;
        for (int i = 0; i + 1 < o->n_points; i++) {
            struct ct_xy p = o->points[i], q = o->points[i + 1];
            if (o->from != but && x1 > fmin(p.x, q.x) - 1 && x0 < fmax(p.x, q.x) + 1 &&
                y1 > fmin(p.y, q.y) - 1 && y0 < fmax(p.y, q.y) + 1)
                return true;
        }
    }
    return false;
}

/* Moves a box that a single line ends at, and none leaves, to the middle of its line, where nothing
 * is in the way. */
static void center_end(struct ct_graph *g, int node, double by)
{
    struct ct_graph_node *n = &g->nodes[node];
    bool down = g->flow == CT_FLOW_DOWN;
    int ends = 0;
    for (int e = 0; e < g->n_edges; e++) {
        ends += g->edges[e].to == node;
        if (g->edges[e].from == node)
            return;
    }
    double x = n->x + (down ? by : 0), y = n->y + (down ? 0 : by), gap = BASE_PX * 0.6;
    bool free = ends == 1 && x >= 0 && y >= 0 && x + n->w <= g->w && y + n->h <= g->h;
    for (int i = 0; i < g->n_nodes && free; i++) {
        const struct ct_graph_node *o = &g->nodes[i];
        free = i == node || x >= o->x + o->w + gap || o->x >= x + n->w + gap ||
               y >= o->y + o->h + gap || o->y >= y + n->h + gap;
    }
    for (int e = 0; e < g->n_edges && free; e++)
        for (int i = 0; i + 1 < g->edges[e].n_points && free && g->edges[e].to != node; i++) {
            struct ct_xy a = g->edges[e].points[i], b = g->edges[e].points[i + 1];
            free = fmax(a.x, b.x) < x || fmin(a.x, b.x) > x + n->w || fmax(a.y, b.y) < y ||
                   fmin(a.y, b.y) > y + n->h;
        }
    if (free) {
        n->x = x;
        n->y = y;
    }
}

/* The answers of a question leave it at different corners: one straight on, the other at the side
 * it turns to, where nothing is in the way. */
static void part_answers(struct ct_graph *g, int node)
{
    const struct ct_graph_node *n = &g->nodes[node];
    bool down = g->flow == CT_FLOW_DOWN;
    struct ct_graph_edge *straight = NULL, *turning = NULL;
    for (int e = 0; e < g->n_edges; e++) {
        struct ct_graph_edge *edge = &g->edges[e];
        if (edge->from != node || edge->n_points < 2)
            continue;
        if (edge->n_points == 2 && !straight)
            straight = edge;
        else if (edge->n_points > 3 && !turning)
            turning = edge;
        else
            return; /* more than two */
    }
    if (!turning)
        return;
    struct ct_xy *p = turning->points, corner = { n->x + n->w / 2, n->y + n->h / 2 };
    double turn = down ? p[2].x - corner.x : p[2].y - corner.y;
    if (fabs(turn) < (down ? n->w : n->h) / 2 + BASE_PX)
        return;
    struct ct_xy bend =
        down ? (struct ct_xy){ p[2].x, corner.y } : (struct ct_xy){ corner.x, p[2].y };
    if (down)
        corner.x += turn > 0 ? n->w / 2 : -n->w / 2;
    else
        corner.y += turn > 0 ? n->h / 2 : -n->h / 2;
    if (blocked(g, corner, bend, node) || blocked(g, bend, p[2], node))
        return;
    p[1] = corner; /* the first point is given up: one corner less */
    p[2] = bend;
    turning->points++;
    turning->n_points--;
    if (!straight)
        return;
    const struct ct_graph_node *to = &g->nodes[straight->to];
    double middle = down ? n->x + n->w / 2 : n->y + n->h / 2;
    double low = down ? to->x : to->y, size = down ? to->w : to->h;
    if (middle < low + size * 0.2 || middle > low + size * 0.8)
        return;
    double shift = middle - (down ? straight->points[0].x : straight->points[0].y);
    center_end(g, straight->to, middle - low - size / 2);
    for (int i = 0; i < 2; i++)
        *(down ? &straight->points[i].x : &straight->points[i].y) = middle;
    *(down ? &straight->label_x : &straight->label_y) += shift;
}

static void draw_edge(struct ct_template *t, const struct ct_graph *g,
                      const struct ct_graph_edge *edge, const struct ct_edge *meant, double x,
                      double y, double s, bool falls)
{
    struct ct_line_style line = { .tint = t->palette.line,
                                  .width_px = BASE_PX * 0.11 * s,
                                  .radius = BASE_PX * 0.7 * s,
                                  .head_px = BASE_PX * 0.62 * s,
                                  .dash_px = meant->dashed ? BASE_PX * 0.4 * s : 0,
                                  .head_at_end = true,
                                  .head_at_start = meant->both_ways };
    struct ct_xy *points =
        ct_arena_array(t->page->arena, (size_t)edge->n_points + 1, sizeof(*points));
    if (!points || edge->n_points < 2)
        return;
    for (int i = 0; i < edge->n_points; i++)
        points[i] = (struct ct_xy){ x + edge->points[i].x * s, y + edge->points[i].y * s };
    int last = edge->n_points - 1;
    points[0] = ct_node_meet(ct_node_shape_of(t->intent->nodes[edge->from].label),
                             placed(&g->nodes[edge->from], x, y, s), points[0], points[1]);
    points[last] =
        ct_node_meet(ct_node_shape_of(t->intent->nodes[edge->to].label),
                     placed(&g->nodes[edge->to], x, y, s), points[last], points[last - 1]);
    ct_page_line(t->page, points, edge->n_points, &line);
    if (!meant->label.len)
        return;
    struct ct_text_style style = label_style(0, falls);
    style.size_px *= s;
    ct_page_text(t->page, t->type, meant->label, &style,
                 (double[]){ x + edge->label_x * s, y + edge->label_y * s, edge->label_w * s,
                             edge->label_h * s },
                 0.5, t->palette.muted);
}

/* The one box where everything ends is filled; if there is no such, the one where all begins. */
static int accent_node(const struct ct_intent *in)
{
    int sink = -1, source = -1, sinks = 0, sources = 0;
    for (int n = 0; n < in->n_nodes; n++) {
        int from = 0, to = 0;
        for (int e = 0; e < in->n_edges; e++) {
            from += in->edges[e].from == n && in->edges[e].to != n;
            to += in->edges[e].to == n && in->edges[e].from != n;
        }
        if (to && !from) {
            sink = n;
            sinks++;
        }
        if (from && !to) {
            source = n;
            sources++;
        }
    }
    return sinks == 1 ? sink : sources == 1 ? source : -1;
}

/* Units of a box's label at most: two boxes may be louder than twenty. */
static double largest_label(const struct ct_intent *in)
{
    return in->n_nodes <= 3 ? 4.4 : in->n_nodes <= 6 ? 3.6 : 3.1;
}

void ct_template_diagram(struct ct_template *t)
{
    const struct ct_intent *in = t->intent;
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 4.6);
    if (ct_diagram_cycle(t, room))
        return;
    struct plan p = choose(t, room, largest_label(in) * t->unit / BASE_PX);
    if (p.scale <= 0)
        return;
    double s = p.scale, x = room.x + (room.w - p.graph.w * s) / 2;
    double y = room.y + (room.h - p.graph.h * s) * 0.46;
    int accent = accent_node(in);
    for (int i = 0; i < in->n_nodes && p.columns == 0; i++)
        if (ct_node_shape_of(in->nodes[i].label) == CT_NODE_DECISION)
            part_answers(&p.graph, i);
    if (ct_text_is_rtl(in->nodes[0].label))
        mirror(&p.graph);
    for (int i = 0; i < in->n_nodes; i++)
        draw_box(t, in->nodes[i].label, placed(&p.graph.nodes[i], x, y, s), s, i == accent);
    bool falls = p.graph.flow == CT_FLOW_DOWN && p.columns == 0;
    for (int e = 0; e < in->n_edges; e++)
        draw_edge(t, &p.graph, &p.graph.edges[e], &in->edges[e], x, y, s, falls);
}
