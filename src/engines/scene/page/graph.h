/* Inside the layered layout: what its files share. `u` runs along the flow, `v` across. */
#ifndef CT_SCENE_PAGE_GRAPH_H
#define CT_SCENE_PAGE_GRAPH_H

#include "engines/scene/page/layout_graph.h"

enum spot_kind {
    SPOT_NODE,  /* a box */
    SPOT_BEND,  /* a connector passes a rank */
    SPOT_LABEL, /* the same, with its label beside it */
};

/* Something that takes room in a rank. */
struct spot {
    enum spot_kind kind;
    int index; /* of the node or the edge */
    int rank, order;
    double before, after; /* room on either side of v */
    double size_u;
    double pitch;  /* between the ends of lines on a side of a box */
    double band_u; /* what the rank must have for it: with the labels of loops */
    double v, u;
    double key; /* for sorting */
    int n_up, n_down;
};

/* A connector's piece between two neighbouring ranks. */
struct link {
    int up, down; /* spots */
    int edge;
    double v_up, v_down; /* where it leaves and arrives */
    int track, n_side;
    double u_track;
};

struct layered {
    struct ct_graph *graph;
    struct ct_arena *arena;
    bool *flipped; /* [edge]: drawn against the flow */
    int *rank;     /* [node] */
    struct spot *spots;
    int n_spots;
    struct link *links;
    int n_links;
    int n_ranks;
    int **ranks; /* [rank][order] -> spot */
    int *n_in_rank;
    int *first_link; /* [edge], first of its consecutive links; -1 none */
    int *n_edge_links;
};

bool graph_rank(struct layered *l);  /* cycles, ranks, way-points; false: out of memory */
bool graph_order(struct layered *l); /* fewer crossings */
bool graph_place(struct layered *l); /* v, ports */
double graph_distance(const struct layered *l, int left, int right); /* least, v to v */
void graph_straighten(struct layered *l); /* while v_up and v_down still are offsets */
bool graph_route(struct layered *l);      /* tracks, u, points, labels */

#endif
