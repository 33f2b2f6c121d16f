/* Last step of the layered layout: tracks in the channels between ranks, then the coordinates.
 *
 * A piece of a connector that does not run straight crosses its channel in three strokes: along
 * the flow, across on a track, along the flow. Two pieces whose strokes across would touch get
 * different tracks; which one comes first is chosen so that they cross least, and never so that
 * strokes along the flow lie on one another. A channel is as wide as its tracks need. */
#include "engines/scene/page/graph.h"

#include "engines/scene/page/items.h"

#include <math.h>

static bool straight(const struct link *k)
{
    return fabs(k->v_up - k->v_down) < 0.01;
}

static bool between(double x, const struct link *k)
{
    double low = fmin(k->v_up, k->v_down), high = fmax(k->v_up, k->v_down);
    return x > low && x < high;
}

/* With p on a track above q, q's first stroke and p's last one would lie on one another. */
static bool collide(const struct link *p, const struct link *q, double near)
{
    return fabs(q->v_up - p->v_down) < near;
}

/* What it costs to have p on a track above q. */
static int cost_above(const struct link *p, const struct link *q, double near)
{
    return between(q->v_up, p) + between(p->v_down, q) + (collide(p, q, near) ? 1000 : 0);
}

static bool overlap(const struct link *p, const struct link *q, double near)
{
    return fmin(p->v_up, p->v_down) - near < fmax(q->v_up, q->v_down) &&
           fmin(q->v_up, q->v_down) - near < fmax(p->v_up, p->v_down);
}

/* Moves an end of p or q along the side of its box until p may be above q; ends at way-points
 * belong to the next channel too and stay. */
static void part(struct layered *l, struct link *p, struct link *q)
{
    double step = l->graph->line_gap * 0.4;
    if (l->spots[q->up].kind == SPOT_NODE)
        q->v_up += q->v_up < p->v_down ? -step : step;
    else if (l->spots[p->down].kind == SPOT_NODE)
        p->v_down += p->v_down < q->v_up ? -step : step;
}

/* Sorts the pieces of a channel so that none collides with a later one: next is always the piece
 * that collides with the fewest of those left, and where that is not zero (pieces that swap
 * places, or longer cycles) an end moves aside. */
static void sort_links(struct layered *l, struct link **list, int n, double near)
{
    for (int done = 0; done < n; done++) {
        int best = done, fewest = n + 1;
        for (int i = done; i < n && fewest > 0; i++) {
            int hits = 0;
            for (int j = done; j < n; j++)
                hits += j != i && collide(list[i], list[j], near);
            if (hits < fewest) {
                fewest = hits;
                best = i;
            }
        }
        struct link *next = list[best];
        for (int i = best; i > done; i--)
            list[i] = list[i - 1];
        list[done] = next;
        for (int j = done + 1; fewest > 0 && j < n; j++)
            if (collide(next, list[j], near))
                part(l, next, list[j]);
    }
}

/* Moves piece i to where the order costs least; false when it stays. */
static bool sift(struct link **list, int n, int i, double near)
{
    struct link *moving = list[i];
    int delta = 0, least = 0, to = i;
    for (int j = i - 1; j >= 0; j--) {
        delta += cost_above(moving, list[j], near) - cost_above(list[j], moving, near);
        if (delta < least) {
            least = delta;
            to = j;
        }
    }
    delta = 0;
    for (int j = i + 1; j < n; j++) {
        delta += cost_above(list[j], moving, near) - cost_above(moving, list[j], near);
        if (delta < least) {
            least = delta;
            to = j;
        }
    }
    for (int j = i; j > to; j--)
        list[j] = list[j - 1];
    for (int j = i; j < to; j++)
        list[j] = list[j + 1];
    list[to] = moving;
    return to != i;
}

/* Orders the pieces of a channel, then packs them; returns the tracks used. */
static int assign_tracks(struct layered *l, struct link **list, int n)
{
    double near = l->graph->line_gap * 0.35;
    bool moved = true;
    sort_links(l, list, n, near);
    for (int pass = 0; moved && pass < 12; pass++) {
        moved = false;
        for (int i = 0; i < n; i++)
            moved = sift(list, n, i, near) || moved;
    }
    int tracks = 0;
    for (int i = 0; i < n; i++) {
        list[i]->track = 0;
        for (int j = 0; j < i; j++)
            if (overlap(list[i], list[j], near) && list[j]->track >= list[i]->track)
                list[i]->track = list[j]->track + 1;
        tracks = list[i]->track >= tracks ? list[i]->track + 1 : tracks;
    }
    return tracks;
}

static int bent_links(struct layered *l, int rank, struct link **list)
{
    int n = 0;
    for (int i = 0; i < l->n_links; i++)
        if (l->spots[l->links[i].up].rank == rank && !straight(&l->links[i]))
            list[n++] = &l->links[i];
    return n;
}

static double rank_size(const struct layered *l, int r)
{
    double size = 0;
    for (int i = 0; i < l->n_in_rank[r]; i++)
        size = fmax(size, l->spots[l->ranks[r][i]].band_u);
    return size;
}

static bool has_nodes(const struct layered *l, int r)
{
    for (int i = 0; i < l->n_in_rank[r]; i++)
        if (l->spots[l->ranks[r][i]].kind == SPOT_NODE)
            return true;
    return false;
}

/* Walks the ranks along the flow; sets u of spots (their middle) and of tracks. Returns the end. */
static double walk_ranks(struct layered *l, struct link **list)
{
    const struct ct_graph *g = l->graph;
    double u = 0;
    for (int r = 0; r < l->n_ranks; r++) {
        double size = rank_size(l, r);
        for (int i = 0; i < l->n_in_rank[r]; i++)
            l->spots[l->ranks[r][i]].u = u + size / 2;
        u += size;
        if (r + 1 == l->n_ranks)
            break;
        int n = bent_links(l, r, list);
        int tracks = assign_tracks(l, list, n);
        /* Lines need a straight end where they meet boxes, less where they pass a label. */
        double before = has_nodes(l, r) ? g->head_room : g->line_gap * 0.5;
        double after = has_nodes(l, r + 1) ? g->head_room : g->line_gap * 0.5;
        double used = tracks > 0 ? before + after + (tracks - 1) * g->line_gap * 0.8 : 0;
        bool halves = !has_nodes(l, r) || !has_nodes(l, r + 1);
        double room = fmax(used, halves ? g->rank_gap * 0.5 : g->rank_gap);
        double first = u + before + (room - used) / 2;
        for (int i = 0; i < n; i++)
            list[i]->u_track = first + list[i]->track * g->line_gap * 0.8;
        u += room;
    }
    return u;
}

static struct ct_xy at(const struct layered *l, double u, double v)
{
    return l->graph->flow == CT_FLOW_DOWN ? (struct ct_xy){ v, u } : (struct ct_xy){ u, v };
}

/* Leaves out points on a straight line. */
static void push(struct ct_graph_edge *edge, struct ct_xy p)
{
    int n = edge->n_points;
    struct ct_xy *q = edge->points;
    if (n > 0 && fabs(q[n - 1].x - p.x) < 0.01 && fabs(q[n - 1].y - p.y) < 0.01)
        return;
    if (n > 1) {
        bool same_x = fabs(q[n - 1].x - p.x) < 0.01 && fabs(q[n - 2].x - p.x) < 0.01;
        bool same_y = fabs(q[n - 1].y - p.y) < 0.01 && fabs(q[n - 2].y - p.y) < 0.01;
        if (same_x || same_y) {
            q[n - 1] = p;
            return;
        }
    }
    q[edge->n_points++] = p;
}

static void trace_edge(struct layered *l, int e)
{
    struct ct_graph_edge *edge = &l->graph->edges[e];
    double pad = l->graph->line_gap * 0.5;
    for (int i = 0; i < l->n_edge_links[e]; i++) {
        const struct link *k = &l->links[l->first_link[e] + i];
        const struct spot *up = &l->spots[k->up], *down = &l->spots[k->down];
        push(edge, at(l, up->u + (up->kind == SPOT_NODE ? up->size_u / 2 : 0), k->v_up));
        if (!straight(k)) {
            push(edge, at(l, k->u_track, k->v_up));
            push(edge, at(l, k->u_track, k->v_down));
        }
        push(edge, at(l, down->u - (down->kind == SPOT_NODE ? down->size_u / 2 : 0), k->v_down));
        if (down->kind != SPOT_LABEL)
            continue;
        bool falls = l->graph->flow == CT_FLOW_DOWN;
        edge->label_x = falls ? k->v_down + pad * 0.8 : down->u - edge->label_w / 2;
        edge->label_y = falls ? down->u - edge->label_h / 2 : k->v_down - pad * 0.3 - edge->label_h;
    }
    if (!l->flipped[e])
        return;
    for (int i = 0, j = edge->n_points - 1; i < j; i++, j--) {
        struct ct_xy swap = edge->points[i];
        edge->points[i] = edge->points[j];
        edge->points[j] = swap;
    }
}

/* A loop leaves and enters on the far side of its box. */
static void trace_loop(struct layered *l, int e)
{
    const struct ct_graph *g = l->graph;
    struct ct_graph_edge *edge = &g->edges[e];
    const struct spot *s = &l->spots[edge->from];
    const struct ct_graph_node *node = &g->nodes[edge->from];
    bool falls = g->flow == CT_FLOW_DOWN;
    double side = s->v + (falls ? node->w : node->h) / 2, out = side + g->head_room;
    double spread = s->size_u * 0.24, label = out + g->line_gap * 0.4;
    for (int o = 0; o < e; o++) /* labels of earlier loops */
        if (g->edges[o].from == edge->from && g->edges[o].to == edge->to && g->edges[o].label_w > 0)
            label += g->line_gap * 0.4 + (falls ? g->edges[o].label_w : g->edges[o].label_h);
    push(edge, at(l, s->u - spread, side));
    push(edge, at(l, s->u - spread, out));
    push(edge, at(l, s->u + spread, out));
    push(edge, at(l, s->u + spread, side));
    edge->label_x = falls ? label : s->u - edge->label_w / 2;
    edge->label_y = falls ? s->u - edge->label_h / 2 : label;
}

static void shift_all(struct ct_graph *g, double dx, double dy)
{
    for (int n = 0; n < g->n_nodes; n++) {
        g->nodes[n].x += dx;
        g->nodes[n].y += dy;
    }
    for (int e = 0; e < g->n_edges; e++) {
        g->edges[e].label_x += dx;
        g->edges[e].label_y += dy;
        for (int i = 0; i < g->edges[e].n_points; i++) {
            g->edges[e].points[i].x += dx;
            g->edges[e].points[i].y += dy;
        }
    }
}

bool graph_route(struct layered *l)
{
    struct ct_graph *g = l->graph;
    struct link **list = ct_arena_array(l->arena, (size_t)l->n_links + 1, sizeof(*list));
    if (!list)
        return false;
    double low = 0, high = 0, end = walk_ranks(l, list);
    for (int i = 0; i < l->n_spots; i++) {
        low = i == 0 ? l->spots[i].v - l->spots[i].before
                     : fmin(low, l->spots[i].v - l->spots[i].before);
        high = i == 0 ? l->spots[i].v + l->spots[i].after
                      : fmax(high, l->spots[i].v + l->spots[i].after);
    }
    for (int n = 0; n < g->n_nodes; n++) {
        struct ct_xy middle = at(l, l->spots[n].u, l->spots[n].v);
        g->nodes[n].x = middle.x - g->nodes[n].w / 2;
        g->nodes[n].y = middle.y - g->nodes[n].h / 2;
    }
    for (int e = 0; e < g->n_edges; e++) {
        struct ct_graph_edge *edge = &g->edges[e];
        edge->n_points = 0;
        edge->points =
            ct_arena_array(l->arena, (size_t)l->n_edge_links[e] * 4 + 4, sizeof(struct ct_xy));
        if (!edge->points)
            return false;
        bool inside = edge->from >= 0 && edge->from < g->n_nodes;
        if (l->n_edge_links[e] > 0)
            trace_edge(l, e);
        else if (inside && edge->from == edge->to)
            trace_loop(l, e);
    }
    bool falls = g->flow == CT_FLOW_DOWN;
    shift_all(g, falls ? -low : 0, falls ? 0 : -low);
    g->w = falls ? high - low : end;
    g->h = falls ? end : high - low;
    return true;
}
