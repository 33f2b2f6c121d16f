/* The layered layout from end to end, and the folded path for long chains.
 *
 * Called by template_diagram.c, several times for one page with different flows and label widths;
 * everything is made anew in the arena each time and the caller keeps the best. */
#include "engines/scene/page/layout_graph.h"

#include "engines/scene/page/graph.h"
#include "engines/scene/page/items.h"

#include <math.h>

ct_code ct_graph_layout(struct ct_graph *graph, struct ct_arena *arena, struct ct_err *err)
{
    struct layered l = { .graph = graph, .arena = arena };
    if (!graph_rank(&l) || !graph_order(&l) || !graph_place(&l) || !graph_route(&l))
        return ct_fail(err, CT_E_MEMORY, NULL, "out of memory for a diagram of %d boxes",
                       graph->n_nodes);
    return CT_OK;
}

/* The nodes in path order into `path`, the edge that leaves each into `leaving`. */
static bool find_path(const struct ct_graph *g, int *path, int *leaving)
{
    int start = -1, node, n = 0;
    if (g->n_edges != g->n_nodes - 1)
        return false;
    for (int i = 0; i < g->n_nodes; i++) {
        int in = 0, out = 0;
        for (int e = 0; e < g->n_edges; e++) {
            in += g->edges[e].to == i;
            out += g->edges[e].from == i;
        }
        if (in > 1 || out > 1)
            return false;
        if (in == 0)
            start = start < 0 ? i : g->n_nodes;
    }
    if (start < 0 || start >= g->n_nodes)
        return false;
    for (node = start; node >= 0 && n < g->n_nodes;) {
        int next = -1;
        path[n] = node;
        leaving[n] = -1;
        for (int e = 0; e < g->n_edges; e++) {
            if (g->edges[e].from == node && g->edges[e].to >= 0 && g->edges[e].to < g->n_nodes) {
                leaving[n] = e;
                next = g->edges[e].to;
            }
        }
        n++;
        node = next;
    }
    return n == g->n_nodes && node < 0;
}

static void fold_edge(struct ct_graph *g, const struct ct_graph_node *a,
                      const struct ct_graph_node *b, struct ct_graph_edge *edge)
{
    struct ct_xy from = { a->x + a->w / 2, a->y + a->h / 2 };
    struct ct_xy to = { b->x + b->w / 2, b->y + b->h / 2 };
    if (fabs(from.y - to.y) < 0.01) {
        double way = to.x > from.x ? 1 : -1;
        edge->points[0] = (struct ct_xy){ from.x + way * a->w / 2, from.y };
        edge->points[1] = (struct ct_xy){ to.x - way * b->w / 2, to.y };
        edge->label_x = (edge->points[0].x + edge->points[1].x - edge->label_w) / 2;
        edge->label_y = from.y - g->line_gap * 0.2 - edge->label_h;
    } else {
        edge->points[0] = (struct ct_xy){ from.x, from.y + a->h / 2 };
        edge->points[1] = (struct ct_xy){ to.x, to.y - b->h / 2 };
        edge->label_x = from.x + g->line_gap * 0.4;
        edge->label_y = (edge->points[0].y + edge->points[1].y - edge->label_h) / 2;
    }
    edge->n_points = 2;
}

bool ct_graph_fold(struct ct_graph *graph, struct ct_arena *arena, int columns)
{
    struct ct_graph *g = graph;
    size_t n = (size_t)g->n_nodes + 1;
    int *path = ct_arena_array(arena, n, sizeof(int));
    int *leaving = ct_arena_array(arena, n, sizeof(int));
    if (!path || !leaving || g->n_nodes < 2 || columns < 1 || !find_path(g, path, leaving))
        return false;
    double cell_w = 0, cell_h = 0, gap_x = g->rank_gap, gap_y = g->rank_gap, extra = 0;
    for (int i = 0; i < g->n_nodes; i++) {
        cell_w = fmax(cell_w, g->nodes[i].w);
        cell_h = fmax(cell_h, g->nodes[i].h);
    }
    for (int e = 0; e < g->n_edges; e++) {
        gap_x = fmax(gap_x, g->edges[e].label_w + 2 * g->head_room);
        gap_y = fmax(gap_y, g->edges[e].label_h + 2 * g->head_room);
    }
    for (int i = 0; i < g->n_nodes; i++) {
        int row = i / columns, column = i % columns;
        struct ct_graph_node *node = &g->nodes[path[i]];
        if (row % 2 == 1)
            column = columns - 1 - column;
        node->w = cell_w;
        node->h = cell_h;
        node->x = column * (cell_w + gap_x);
        node->y = row * (cell_h + gap_y);
    }
    for (int i = 0; i + 1 < g->n_nodes; i++) {
        struct ct_graph_edge *edge = &g->edges[leaving[i]];
        edge->points = ct_arena_array(arena, 2, sizeof(struct ct_xy));
        if (!edge->points)
            return false;
        fold_edge(g, &g->nodes[path[i]], &g->nodes[path[i + 1]], edge);
        extra = fmax(extra, edge->label_x + edge->label_w);
    }
    int rows = (g->n_nodes + columns - 1) / columns;
    int used = g->n_nodes < columns ? g->n_nodes : columns;
    g->w = fmax(used * cell_w + (used - 1) * gap_x, extra);
    g->h = rows * cell_h + (rows - 1) * gap_y;
    return true;
}
