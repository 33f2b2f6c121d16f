/* Layered graph drawing: boxes in ranks, orthogonal connectors, labels beside their lines.
 *
 * The method is Sugiyama, Tagawa and Toda's (1981): break cycles, rank, insert way-points so that
 * each connector spans one rank at a time, order the ranks to avoid crossings, place, route. Edge
 * labels are ranked way-points with a size of their own, so by construction no label touches a
 * box, another label or a line. Units are the caller's; nothing here knows about text. */
#ifndef CT_SCENE_PAGE_LAYOUT_GRAPH_H
#define CT_SCENE_PAGE_LAYOUT_GRAPH_H

#include "base/arena.h"
#include "base/err.h"

struct ct_xy;

enum ct_graph_flow { CT_FLOW_RIGHT, CT_FLOW_DOWN };

struct ct_graph_node {
    double w, h; /* in: wanted; out: perhaps more, to give every connector a place */
    double x, y; /* out: top left */
};

struct ct_graph_edge {
    int from, to;            /* indices of nodes; from == to is a loop */
    double label_w, label_h; /* 0: no label */
    double label_x, label_y; /* out: top left */
    struct ct_xy *points;    /* out: from the one border to the other, axis-parallel */
    int n_points;
};

struct ct_graph {
    struct ct_graph_node *nodes;
    int n_nodes;
    struct ct_graph_edge *edges;
    int n_edges;
    enum ct_graph_flow flow;
    double node_gap;  /* between neighbours of a rank */
    double rank_gap;  /* between ranks, at least */
    double line_gap;  /* between parallel connectors */
    double head_room; /* straight end of a connector: arrow head and bend */
    double w, h;      /* out: size of the whole, from (0, 0) */
};

/* Deterministic; about O(sweeps * (nodes + way-points)^2 ) in a rank. Edges with an end outside the
 * nodes get n_points = 0. Results live in the arena. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_graph_layout(struct ct_graph *graph, struct ct_arena *arena,
                                     struct ct_err *err);

/* One path through all nodes, folded into rows of `columns` boxes that run to and fro. False when
 * the graph is no such path. */
bool ct_graph_fold(struct ct_graph *graph, struct ct_arena *arena, int columns);

#endif
