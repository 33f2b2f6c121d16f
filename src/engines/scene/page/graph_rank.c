/* First step of the layered layout: cycles, ranks, way-points.
 *
 * Cycles are broken by depth-first search in the order of the nodes: the order in which a prompt
 * names the boxes is the order in which its author sees the flow, so the edge that closes a cycle
 * is the one that runs back. Ranks are longest paths, then boxes without a predecessor move down
 * to their successors. When any edge has a label, every second rank is a rank of labels. */
#include "engines/scene/page/graph.h"

#include <math.h>

static bool edge_counts(const struct ct_graph *g, int e)
{
    const struct ct_graph_edge *edge = &g->edges[e];
    return edge->from >= 0 && edge->from < g->n_nodes && edge->to >= 0 && edge->to < g->n_nodes &&
           edge->from != edge->to;
}

static int tail(const struct layered *l, int e)
{
    return l->flipped[e] ? l->graph->edges[e].to : l->graph->edges[e].from;
}

static int head(const struct layered *l, int e)
{
    return l->flipped[e] ? l->graph->edges[e].from : l->graph->edges[e].to;
}

/* Depth-first with a stack of our own: state 1 = on the stack, 2 = done. */
static bool break_cycles(struct layered *l)
{
    const struct ct_graph *g = l->graph;
    int *state = ct_arena_array(l->arena, (size_t)g->n_nodes + 1, sizeof(int));
    int *stack = ct_arena_array(l->arena, (size_t)g->n_nodes + 1, sizeof(int));
    int *next = ct_arena_array(l->arena, (size_t)g->n_nodes + 1, sizeof(int));
    if (!state || !stack || !next)
        return false;
    for (int start = 0; start < g->n_nodes; start++) {
        int depth = 0;
        if (state[start])
            continue;
        stack[depth++] = start;
        state[start] = 1;
        while (depth > 0) {
            int node = stack[depth - 1];
            int e = next[node]++;
            if (e >= g->n_edges) {
                state[node] = 2;
                depth--;
                continue;
            }
            if (!edge_counts(g, e) || g->edges[e].from != node)
                continue;
            int to = g->edges[e].to;
            if (state[to] == 1)
                l->flipped[e] = true;
            else if (state[to] == 0) {
                state[to] = 1;
                stack[depth++] = to;
            }
        }
    }
    return true;
}

static void rank_nodes(struct layered *l)
{
    const struct ct_graph *g = l->graph;
    bool moved = true;
    for (int pass = 0; moved && pass <= g->n_nodes; pass++) {
        moved = false;
        for (int e = 0; e < g->n_edges; e++) {
            if (!edge_counts(g, e) || l->rank[head(l, e)] > l->rank[tail(l, e)])
                continue;
            l->rank[head(l, e)] = l->rank[tail(l, e)] + 1;
            moved = true;
        }
    }
    /* Sources sit right above the first box they point to. */
    for (int n = 0; n < g->n_nodes; n++) {
        int nearest = -1;
        bool source = true;
        for (int e = 0; e < g->n_edges; e++) {
            if (!edge_counts(g, e))
                continue;
            if (head(l, e) == n)
                source = false;
            if (tail(l, e) == n && (nearest < 0 || l->rank[head(l, e)] < nearest))
                nearest = l->rank[head(l, e)];
        }
        if (source && nearest > 0)
            l->rank[n] = nearest - 1;
    }
}

static struct spot *add_spot(struct layered *l, enum spot_kind kind, int index, int rank)
{
    struct spot *s = &l->spots[l->n_spots++];
    s->kind = kind;
    s->index = index;
    s->rank = rank;
    return s;
}

static void size_label(struct layered *l, struct spot *s, const struct ct_graph_edge *edge)
{
    double pad = l->graph->line_gap * 0.5;
    if (l->graph->flow == CT_FLOW_DOWN) { /* right of a falling line */
        s->before = pad;
        s->after = pad * 0.8 + edge->label_w;
        s->size_u = s->band_u = edge->label_h;
    } else { /* above a running one */
        s->before = pad * 0.3 + edge->label_h;
        s->after = pad;
        s->size_u = s->band_u = edge->label_w;
    }
}

static void add_edge_spots(struct layered *l, int e)
{
    const struct ct_graph_edge *edge = &l->graph->edges[e];
    int from = tail(l, e), to = head(l, e), up = from;
    int label_rank = -1;
    if (edge->label_w > 0) { /* the middle, and a rank of labels: those are odd */
        label_rank = (l->rank[from] + l->rank[to]) / 2;
        label_rank |= 1;
    }
    l->first_link[e] = l->n_links;
    for (int rank = l->rank[from] + 1; rank <= l->rank[to]; rank++) {
        int down = to;
        if (rank < l->rank[to]) {
            bool label = rank == label_rank;
            down = l->n_spots;
            struct spot *s = add_spot(l, label ? SPOT_LABEL : SPOT_BEND, e, rank);
            s->before = s->after = l->graph->line_gap * 0.5;
            if (label)
                size_label(l, s, edge);
        }
        l->spots[up].n_down++;
        l->spots[down].n_up++;
        l->links[l->n_links++] = (struct link){ .up = up, .down = down, .edge = e };
        up = down;
    }
    l->n_edge_links[e] = l->n_links - l->first_link[e];
}

/* Loops of a box share one line; their labels stand one after the other beyond it. */
static void size_loops(struct layered *l, int n, struct spot *s)
{
    const struct ct_graph *g = l->graph;
    bool down = g->flow == CT_FLOW_DOWN, any = false;
    for (int e = 0; e < g->n_edges; e++) {
        const struct ct_graph_edge *edge = &g->edges[e];
        if (edge->from != n || edge->to != n)
            continue;
        if (!any)
            s->after += g->head_room + g->line_gap * 0.5;
        any = true;
        if (edge->label_w > 0)
            s->after += g->line_gap * 0.4 + (down ? edge->label_w : edge->label_h);
        s->band_u = fmax(s->band_u, down ? edge->label_h : edge->label_w);
    }
}

/* Lines that run side by side with labels above them need room for these; giving it to their ends
 * already lets them run straight. */
static double pitch_of(const struct layered *l, int n, int most)
{
    const struct ct_graph *g = l->graph;
    double tallest = 0;
    int labels = 0;
    for (int e = 0; e < g->n_edges; e++) {
        if (!edge_counts(g, e) || (g->edges[e].from != n && g->edges[e].to != n))
            continue;
        labels += g->edges[e].label_w > 0;
        tallest = fmax(tallest, g->edges[e].label_h);
    }
    if (g->flow == CT_FLOW_DOWN || labels < 2 || most > 5)
        return g->line_gap;
    return fmax(g->line_gap, fmin(tallest, g->line_gap * 1.6) + g->line_gap * 0.65);
}

/* Room for the connectors on each side, and for loops. */
static void size_nodes(struct layered *l)
{
    const struct ct_graph *g = l->graph;
    bool down = g->flow == CT_FLOW_DOWN;
    for (int n = 0; n < g->n_nodes; n++) {
        struct spot *s = &l->spots[n];
        struct ct_graph_node *node = &g->nodes[n];
        int most = s->n_up > s->n_down ? s->n_up : s->n_down;
        double *across = down ? &node->w : &node->h;
        s->pitch = pitch_of(l, n, most);
        *across = fmax(*across, (most - 1) * s->pitch + 1.6 * g->line_gap);
        s->before = s->after = *across / 2;
        s->size_u = s->band_u = down ? node->h : node->w;
        size_loops(l, n, s);
    }
}

static bool allocate(struct layered *l)
{
    const struct ct_graph *g = l->graph;
    size_t spots = (size_t)g->n_nodes, links = 0;
    for (int e = 0; e < g->n_edges; e++) {
        if (!edge_counts(g, e))
            continue;
        int span = l->rank[head(l, e)] - l->rank[tail(l, e)];
        spots += (size_t)(span - 1);
        links += (size_t)span;
    }
    l->spots = ct_arena_array(l->arena, spots + 1, sizeof(*l->spots));
    l->links = ct_arena_array(l->arena, links + 1, sizeof(*l->links));
    l->ranks = ct_arena_array(l->arena, (size_t)l->n_ranks + 1, sizeof(*l->ranks));
    l->n_in_rank = ct_arena_array(l->arena, (size_t)l->n_ranks + 1, sizeof(int));
    return l->spots && l->links && l->ranks && l->n_in_rank;
}

static bool fill_ranks(struct layered *l)
{
    for (int i = 0; i < l->n_spots; i++)
        l->n_in_rank[l->spots[i].rank]++;
    for (int r = 0; r < l->n_ranks; r++) {
        l->ranks[r] = ct_arena_array(l->arena, (size_t)l->n_in_rank[r] + 1, sizeof(int));
        if (!l->ranks[r])
            return false;
        l->n_in_rank[r] = 0;
    }
    for (int i = 0; i < l->n_spots; i++) {
        int r = l->spots[i].rank;
        l->spots[i].order = l->n_in_rank[r];
        l->ranks[r][l->n_in_rank[r]++] = i;
    }
    return true;
}

bool graph_rank(struct layered *l)
{
    const struct ct_graph *g = l->graph;
    size_t n_edges = (size_t)g->n_edges + 1;
    l->flipped = ct_arena_array(l->arena, n_edges, sizeof(bool));
    l->rank = ct_arena_array(l->arena, (size_t)g->n_nodes + 1, sizeof(int));
    l->first_link = ct_arena_array(l->arena, n_edges, sizeof(int));
    l->n_edge_links = ct_arena_array(l->arena, n_edges, sizeof(int));
    if (!l->flipped || !l->rank || !l->first_link || !l->n_edge_links || !break_cycles(l))
        return false;
    rank_nodes(l);
    bool labels = false;
    for (int e = 0; e < g->n_edges; e++)
        labels = labels || (edge_counts(g, e) && g->edges[e].label_w > 0);
    for (int n = 0; n < g->n_nodes; n++) {
        l->rank[n] *= labels ? 2 : 1;
        l->n_ranks = l->rank[n] >= l->n_ranks ? l->rank[n] + 1 : l->n_ranks;
    }
    if (!allocate(l))
        return false;
    for (int n = 0; n < g->n_nodes; n++)
        add_spot(l, SPOT_NODE, n, l->rank[n]);
    for (int e = 0; e < g->n_edges; e++)
        if (edge_counts(g, e))
            add_edge_spots(l, e);
    size_nodes(l);
    return fill_ranks(l);
}
