/* Between placing and routing: fewer bends.
 *
 * Least squares put everything near where it should be, which leaves many small steps. Here single
 * boxes, and all way-points of a connector together, are offered the positions at which one of
 * their lines runs dead straight; a move is taken when it lowers the cost of the lines it touches:
 * so much for each bend and a little for each unit of length. All later ranks may shift at once.
 * Ends of lines that are alone on
 * their side of a box may slide along it. Order and distances within the ranks are kept. */
#include "engines/scene/page/graph.h"

#include <math.h>

#define PASSES 8

static double step_cost(const struct layered *l, double step)
{
    step = fabs(step);
    return step < 0.01 ? 0 : l->graph->line_gap * 4 + step;
}

/* v of the upper or lower end of a link, now. */
static double end_v(const struct layered *l, const struct link *k, bool up)
{
    return up ? l->spots[k->up].v + k->v_up : l->spots[k->down].v + k->v_down;
}

/* How far `spot` may be from its neighbours in the rank. */
static void room_of(const struct layered *l, int spot, double *low, double *high)
{
    const struct spot *s = &l->spots[spot];
    const int *list = l->ranks[s->rank];
    *low = -1e9;
    *high = 1e9;
    if (s->order > 0) {
        int left = list[s->order - 1];
        *low = l->spots[left].v + graph_distance(l, left, spot);
    }
    if (s->order + 1 < l->n_in_rank[s->rank]) {
        int right = list[s->order + 1];
        *high = l->spots[right].v - graph_distance(l, spot, right);
    }
}

static double box_cost(const struct layered *l, int spot, double v)
{
    double cost = 0;
    for (int i = 0; i < l->n_links; i++) {
        const struct link *k = &l->links[i];
        if (k->up == spot)
            cost += step_cost(l, v + k->v_up - end_v(l, k, false));
        else if (k->down == spot)
            cost += step_cost(l, v + k->v_down - end_v(l, k, true));
    }
    return cost;
}

static void move_box(struct layered *l, int spot)
{
    struct spot *s = &l->spots[spot];
    double low, high, best = s->v, least = box_cost(l, spot, s->v);
    room_of(l, spot, &low, &high);
    for (int i = 0; i < l->n_links; i++) {
        const struct link *k = &l->links[i];
        if (k->up != spot && k->down != spot)
            continue;
        double v = k->up == spot ? end_v(l, k, false) - k->v_up : end_v(l, k, true) - k->v_down;
        if (v < low - 1e-9 || v > high + 1e-9)
            continue;
        double cost = box_cost(l, spot, v);
        if (cost < least - 1e-6) {
            least = cost;
            best = v;
        }
    }
    s->v = best;
}

/* The cost of an edge when its way-points [from, to) stand at v and the others where they are. */
static double edge_cost(const struct layered *l, int e, int from, int to, double v)
{
    double cost = 0;
    const struct link *links = &l->links[l->first_link[e]];
    for (int i = 0; i < l->n_edge_links[e]; i++) {
        double up = end_v(l, &links[i], true), down = end_v(l, &links[i], false);
        if (i > from && i <= to) /* way-point i - 1 is the upper spot of link i */
            up = v;
        if (i >= from && i < to)
            down = v;
        cost += step_cost(l, up - down);
    }
    return cost;
}

/* Way-points [from, to) of edge e: all to one position if they can, and if that is better. */
static void move_run(struct layered *l, int e, int from, int to)
{
    struct link *links = &l->links[l->first_link[e]];
    double low = -1e9, high = 1e9;
    for (int i = from; i < to; i++) {
        double a, b;
        room_of(l, links[i].down, &a, &b);
        low = fmax(low, a);
        high = fmin(high, b);
    }
    if (low > high)
        return;
    double best = 0, least = edge_cost(l, e, 0, 0, 0);
    bool found = false;
    for (int i = 0; i <= l->n_edge_links[e]; i++) {
        double v =
            i < l->n_edge_links[e] ? end_v(l, &links[i], true) : end_v(l, &links[i - 1], false);
        v = fmin(high, fmax(low, v));
        double cost = edge_cost(l, e, from, to, v);
        if (cost < least - 1e-6) {
            least = cost;
            best = v;
            found = true;
        }
    }
    for (int i = from; found && i < to; i++)
        l->spots[links[i].down].v = best;
}

static double half_side(const struct layered *l, int spot)
{
    const struct ct_graph_node *n = &l->graph->nodes[l->spots[spot].index];
    return (l->graph->flow == CT_FLOW_DOWN ? n->w : n->h) / 2 - l->graph->line_gap * 0.6;
}

static void slide_ends(struct layered *l)
{
    for (int i = 0; i < l->n_links; i++) {
        struct link *k = &l->links[i];
        const struct spot *up = &l->spots[k->up], *down = &l->spots[k->down];
        double step = end_v(l, k, true) - end_v(l, k, false);
        if (fabs(step) < 0.01 || fabs(step) > l->graph->line_gap * 2.6)
            continue;
        if (down->kind == SPOT_NODE && down->n_up == 1 &&
            fabs(k->v_down + step) < half_side(l, k->down))
            k->v_down += step;
        else if (up->kind == SPOT_NODE && up->n_down == 1 &&
                 fabs(k->v_up - step) < half_side(l, k->up))
            k->v_up -= step;
    }
}

/* Everything from rank r on moves together: that changes the lines into rank r and no distance. */
static void shift_ranks(struct layered *l, int r)
{
    double best = 0, least = -1;
    for (int i = -1; i < l->n_links; i++) {
        double shift = 0, cost = 0;
        if (i >= 0 && l->spots[l->links[i].down].rank != r)
            continue;
        if (i >= 0)
            shift = end_v(l, &l->links[i], true) - end_v(l, &l->links[i], false);
        for (int j = 0; j < l->n_links; j++)
            if (l->spots[l->links[j].down].rank == r)
                cost += step_cost(l, end_v(l, &l->links[j], true) - end_v(l, &l->links[j], false) -
                                         shift);
        if (least < 0 || cost < least - 1e-6) {
            least = cost;
            best = shift;
        }
    }
    for (int i = 0; fabs(best) > 1e-9 && i < l->n_spots; i++)
        if (l->spots[i].rank >= r)
            l->spots[i].v += best;
}

void graph_straighten(struct layered *l)
{
    for (int pass = 0; pass < PASSES; pass++) {
        for (int r = 1; pass % 2 == 0 && l->n_links <= 600 && r < l->n_ranks; r++)
            shift_ranks(l, r);
        for (int i = 0; i < l->graph->n_nodes; i++)
            move_box(l, i);
        for (int e = 0; e < l->graph->n_edges; e++) {
            int points = l->n_edge_links[e] - 1;
            for (int n = points; n >= 1; n--)
                for (int from = 0; points <= 12 && from + n <= points; from++)
                    move_run(l, e, from, from + n);
        }
    }
    slide_ends(l);
}
