/* Second step of the layered layout: the order within each rank, for few crossings.
 *
 * Sweeps down and up sort each rank by the barycentre of its neighbours (Sugiyama et al. 1981),
 * then neighbours swap while that removes crossings (Gansner et al. 1993, "transpose"). The best
 * order seen is kept. Sorting is stable, so ties keep the order in which the prompt named things.
 */
#include "engines/scene/page/graph.h"

#define SWEEPS 12

static double barycentre(const struct layered *l, int spot, bool from_above)
{
    double sum = 0;
    int n = 0;
    for (int i = 0; i < l->n_links; i++) {
        const struct link *k = &l->links[i];
        if ((from_above ? k->down : k->up) != spot)
            continue;
        sum += l->spots[from_above ? k->up : k->down].order;
        n++;
    }
    return n ? sum / n : -1;
}

static void sort_rank(struct layered *l, int r, bool from_above)
{
    int *list = l->ranks[r];
    for (int i = 0; i < l->n_in_rank[r]; i++) {
        double b = barycentre(l, list[i], from_above);
        l->spots[list[i]].key = b < 0 ? l->spots[list[i]].order : b;
    }
    for (int i = 1; i < l->n_in_rank[r]; i++) {
        int moving = list[i], j = i;
        for (; j > 0 && l->spots[list[j - 1]].key > l->spots[moving].key + 1e-9; j--)
            list[j] = list[j - 1];
        list[j] = moving;
    }
    for (int i = 0; i < l->n_in_rank[r]; i++)
        l->spots[list[i]].order = i;
}

/* Crossings between the links of a and b (a left of b) towards one side. */
static int pair_crossings(const struct layered *l, int a, int b, bool above)
{
    int count = 0;
    for (int i = 0; i < l->n_links; i++) {
        const struct link *p = &l->links[i];
        if ((above ? p->down : p->up) != a)
            continue;
        int pa = l->spots[above ? p->up : p->down].order;
        for (int j = 0; j < l->n_links; j++) {
            const struct link *q = &l->links[j];
            if ((above ? q->down : q->up) == b)
                count += l->spots[above ? q->up : q->down].order < pa;
        }
    }
    return count;
}

static int both_sides(const struct layered *l, int a, int b)
{
    return pair_crossings(l, a, b, true) + pair_crossings(l, a, b, false);
}

static void transpose(struct layered *l)
{
    bool improved = true;
    for (int pass = 0; improved && pass < 8; pass++) {
        improved = false;
        for (int r = 0; r < l->n_ranks; r++) {
            for (int i = 0; i + 1 < l->n_in_rank[r]; i++) {
                int a = l->ranks[r][i], b = l->ranks[r][i + 1];
                if (both_sides(l, a, b) <= both_sides(l, b, a))
                    continue;
                l->ranks[r][i] = b;
                l->ranks[r][i + 1] = a;
                l->spots[b].order = i;
                l->spots[a].order = i + 1;
                improved = true;
            }
        }
    }
}

static int all_crossings(const struct layered *l)
{
    int count = 0;
    for (int i = 0; i < l->n_links; i++) {
        const struct link *p = &l->links[i];
        for (int j = i + 1; j < l->n_links; j++) {
            const struct link *q = &l->links[j];
            if (l->spots[p->up].rank != l->spots[q->up].rank)
                continue;
            int up = l->spots[p->up].order - l->spots[q->up].order;
            int down = l->spots[p->down].order - l->spots[q->down].order;
            count += (up < 0 && down > 0) || (up > 0 && down < 0);
        }
    }
    return count;
}

/* Sweeps from the order as it is; keeps the best in `best` and returns its crossings. */
static int sweep_ranks(struct layered *l, int *best, int fewest, bool down_first)
{
    /* The work grows with the square of the links; a picture of thousands is unreadable anyway. */
    bool many = l->n_links > 600;
    for (int sweep = 0; sweep <= (many ? 2 : SWEEPS); sweep++) {
        if (!many)
            transpose(l);
        int crossings = all_crossings(l);
        if (fewest < 0 || crossings < fewest) {
            fewest = crossings;
            for (int i = 0; i < l->n_spots; i++)
                best[i] = l->spots[i].order;
        }
        if (fewest == 0)
            break;
        bool down = (sweep % 2 == 0) == down_first;
        for (int r = 0; r < l->n_ranks; r++)
            sort_rank(l, down ? r : l->n_ranks - 1 - r, down);
    }
    return fewest;
}

/* Start 0 and 1: the order named. 2: its mirror image in every second rank. */
static void start_order(struct layered *l, const int *named, int start)
{
    for (int i = 0; i < l->n_spots; i++) {
        struct spot *s = &l->spots[i];
        bool mirror = start == 2 && s->rank % 2 == 1;
        s->order = mirror ? l->n_in_rank[s->rank] - 1 - named[i] : named[i];
        l->ranks[s->rank][s->order] = i;
    }
}

bool graph_order(struct layered *l)
{
    int *best = ct_arena_array(l->arena, (size_t)l->n_spots + 1, sizeof(int));
    int *named = ct_arena_array(l->arena, (size_t)l->n_spots + 1, sizeof(int));
    int fewest = -1;
    if (!best || !named)
        return false;
    for (int i = 0; i < l->n_spots; i++)
        named[i] = l->spots[i].order;
    for (int start = 0; start < 3 && fewest != 0 && (start == 0 || l->n_links <= 200); start++) {
        start_order(l, named, start);
        fewest = sweep_ranks(l, best, fewest, start != 1);
    }
    start_order(l, best, 0);
    return true;
}
