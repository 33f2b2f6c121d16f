/* Third step of the layered layout: where things stand across the flow, and where lines end.
 *
 * Each sweep asks every spot of a rank where its neighbours would like it (the mean of the lines
 * that meet it, bends counting most so that long lines run straight) and then solves the rank
 * exactly: the least squares positions that keep order and distance, by pooling adjacent violators
 * (isotonic regression). Lines that leave a box share its side evenly. graph_straighten() then
 * removes the small steps that least squares leave. */
#include "engines/scene/page/graph.h"

#include <math.h>

#define SWEEPS 24

struct pool {
    double sum, weight;
    int n;
};

/* Offset of the i-th of n ports from the middle of the box. */
static double port_offset(const struct layered *l, int spot, int i, int n)
{
    const struct spot *s = &l->spots[spot];
    if (s->kind != SPOT_NODE || n < 2)
        return 0;
    return (i - (n - 1) / 2.0) * s->pitch;
}

/* Position among the links that share its upper (or lower) spot, by where they go; parallel links
 * keep their order, so they stay parallel. */
static int port_index(const struct layered *l, const struct link *k, bool at_up)
{
    int index = 0;
    int mine = l->spots[at_up ? k->down : k->up].order;
    for (int i = 0; i < l->n_links; i++) {
        const struct link *o = &l->links[i];
        if (o == k || (at_up ? o->up != k->up : o->down != k->down))
            continue;
        int theirs = l->spots[at_up ? o->down : o->up].order;
        index += theirs < mine || (theirs == mine && o < k);
    }
    return index;
}

static void set_offsets(struct layered *l)
{
    for (int i = 0; i < l->n_links; i++) {
        struct link *k = &l->links[i];
        k->v_up = port_offset(l, k->up, port_index(l, k, true), l->spots[k->up].n_down);
        k->v_down = port_offset(l, k->down, port_index(l, k, false), l->spots[k->down].n_up);
    }
}

/* v_up and v_down still are offsets from the spots here. */
static void wishes(struct layered *l, int r, bool above, bool below, double *want, double *weight)
{
    for (int i = 0; i < l->n_in_rank[r]; i++) {
        want[i] = 0;
        weight[i] = 0;
    }
    for (int i = 0; i < l->n_links; i++) {
        const struct link *k = &l->links[i];
        const struct spot *up = &l->spots[k->up], *down = &l->spots[k->down];
        int bends = (up->kind != SPOT_NODE) + (down->kind != SPOT_NODE);
        double w = bends == 2 ? 8 : bends == 1 ? 2 : 1;
        if (above && down->rank == r) {
            want[down->order] += w * (up->v + k->v_up - k->v_down);
            weight[down->order] += w;
        }
        if (below && up->rank == r) {
            want[up->order] += w * (down->v + k->v_down - k->v_up);
            weight[up->order] += w;
        }
    }
    for (int i = 0; i < l->n_in_rank[r]; i++) {
        const struct spot *s = &l->spots[l->ranks[r][i]];
        want[i] = weight[i] > 0 ? want[i] / weight[i] : s->v;
        weight[i] = weight[i] > 0 ? weight[i] : 0.01;
    }
}

double graph_distance(const struct layered *l, int left, int right)
{
    const struct spot *a = &l->spots[left], *b = &l->spots[right];
    bool boxes = a->kind == SPOT_NODE && b->kind == SPOT_NODE;
    bool lines = a->kind != SPOT_NODE && b->kind != SPOT_NODE;
    double gap = boxes ? l->graph->node_gap : lines ? 0 : l->graph->line_gap;
    return a->after + b->before + gap;
}

static void solve_rank(struct layered *l, int r, const double *want, const double *weight,
                       struct pool *pools)
{
    const int *list = l->ranks[r];
    int n_pools = 0;
    double shift = 0;
    for (int i = 0; i < l->n_in_rank[r]; i++) {
        if (i > 0)
            shift += graph_distance(l, list[i - 1], list[i]);
        pools[n_pools++] = (struct pool){ (want[i] - shift) * weight[i], weight[i], 1 };
        while (n_pools > 1 && pools[n_pools - 2].sum / pools[n_pools - 2].weight >
                                  pools[n_pools - 1].sum / pools[n_pools - 1].weight) {
            n_pools--;
            pools[n_pools - 1].sum += pools[n_pools].sum;
            pools[n_pools - 1].weight += pools[n_pools].weight;
            pools[n_pools - 1].n += pools[n_pools].n;
        }
    }
    int at = 0;
    shift = 0;
    for (int p = 0; p < n_pools; p++) {
        for (int i = 0; i < pools[p].n; i++, at++) {
            if (at > 0)
                shift += graph_distance(l, list[at - 1], list[at]);
            l->spots[list[at]].v = pools[p].sum / pools[p].weight + shift;
        }
    }
}

static void start_positions(struct layered *l)
{
    for (int r = 0; r < l->n_ranks; r++) {
        double v = 0;
        for (int i = 0; i < l->n_in_rank[r]; i++) {
            if (i > 0)
                v += graph_distance(l, l->ranks[r][i - 1], l->ranks[r][i]);
            l->spots[l->ranks[r][i]].v = v;
        }
        for (int i = 0; i < l->n_in_rank[r]; i++)
            l->spots[l->ranks[r][i]].v -= v / 2;
    }
}

bool graph_place(struct layered *l)
{
    size_t most = 1;
    for (int r = 0; r < l->n_ranks; r++)
        most = (size_t)l->n_in_rank[r] > most ? (size_t)l->n_in_rank[r] : most;
    double *want = ct_arena_array(l->arena, most, sizeof(double));
    double *weight = ct_arena_array(l->arena, most, sizeof(double));
    struct pool *pools = ct_arena_array(l->arena, most, sizeof(*pools));
    if (!want || !weight || !pools)
        return false;
    start_positions(l);
    set_offsets(l);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        bool last = sweep >= SWEEPS - 4, down = sweep % 2 == 0;
        for (int i = 0; i < l->n_ranks; i++) {
            int r = down ? i : l->n_ranks - 1 - i;
            wishes(l, r, down || last, !down || last, want, weight);
            solve_rank(l, r, want, weight, pools);
        }
    }
    graph_straighten(l);
    for (int i = 0; i < l->n_links; i++) {
        l->links[i].v_up += l->spots[l->links[i].up].v;
        l->links[i].v_down += l->spots[l->links[i].down].v;
    }
    return true;
}
