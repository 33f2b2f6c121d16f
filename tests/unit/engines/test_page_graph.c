/* The layered layout: random graphs of every shape, and what must hold for each drawing. */
#include "base/hash.h"
#include "engines/scene/page/items.h"
#include "engines/scene/page/layout_graph.h"
#include "t.h"

#include <math.h>

struct dice {
    uint64_t state;
};

static int below(struct dice *d, int n)
{
    d->state = ct_mix64(d->state + 0x9E3779B97F4A7C15u);
    return (int)(d->state % (uint64_t)n);
}

struct fixture {
    struct ct_arena *arena;
    struct ct_graph graph;
    struct ct_graph_node nodes[64];
    struct ct_graph_edge edges[128];
};

static void set_up(struct fixture *f, enum ct_graph_flow flow)
{
    *f = (struct fixture){ .arena = ct_arena_new(64u << 20) };
    f->graph = (struct ct_graph){ .nodes = f->nodes,
                                  .edges = f->edges,
                                  .flow = flow,
                                  .node_gap = 38,
                                  .rank_gap = 60,
                                  .line_gap = 25,
                                  .head_room = 27 };
}

static void add_node(struct fixture *f, double w, double h)
{
    f->nodes[f->graph.n_nodes++] = (struct ct_graph_node){ .w = w, .h = h };
}

static void add_edge(struct fixture *f, int from, int to, double label_w)
{
    f->edges[f->graph.n_edges++] = (struct ct_graph_edge){
        .from = from, .to = to, .label_w = label_w, .label_h = label_w > 0 ? 18 : 0
    };
}

struct area {
    double x, y, w, h;
};

static bool touch(struct area a, struct area b, double slack)
{
    return a.x + slack < b.x + b.w && b.x + slack < a.x + a.w && a.y + slack < b.y + b.h &&
           b.y + slack < a.y + a.h;
}

static struct area node_area(const struct ct_graph_node *n)
{
    return (struct area){ n->x, n->y, n->w, n->h };
}

static struct area label_area(const struct ct_graph_edge *e)
{
    return (struct area){ e->label_x, e->label_y, e->label_w, e->label_h };
}

static struct area stroke_area(struct ct_xy a, struct ct_xy b)
{
    return (struct area){ fmin(a.x, b.x) - 0.5, fmin(a.y, b.y) - 0.5, fabs(a.x - b.x) + 1,
                          fabs(a.y - b.y) + 1 };
}

static bool on_border(struct ct_xy p, const struct ct_graph_node *n)
{
    bool in_x = p.x > n->x - 0.5 && p.x < n->x + n->w + 0.5;
    bool in_y = p.y > n->y - 0.5 && p.y < n->y + n->h + 0.5;
    bool at_x = fabs(p.x - n->x) < 0.5 || fabs(p.x - n->x - n->w) < 0.5;
    bool at_y = fabs(p.y - n->y) < 0.5 || fabs(p.y - n->y - n->h) < 0.5;
    return in_x && in_y && (at_x || at_y);
}

static void check_edge(const struct ct_graph *g, int e)
{
    const struct ct_graph_edge *edge = &g->edges[e];
    REQUIRE(edge->n_points >= 2);
    CHECK(on_border(edge->points[0], &g->nodes[edge->from]));
    CHECK(on_border(edge->points[edge->n_points - 1], &g->nodes[edge->to]));
    for (int i = 0; i + 1 < edge->n_points; i++) {
        struct ct_xy a = edge->points[i], b = edge->points[i + 1];
        struct area stroke = stroke_area(a, b);
        CHECK(fabs(a.x - b.x) < 0.02 || fabs(a.y - b.y) < 0.02);
        CHECK(stroke.x >= -1 && stroke.y >= -1);
        CHECK(stroke.x + stroke.w <= g->w + 1 && stroke.y + stroke.h <= g->h + 1);
        for (int n = 0; n < g->n_nodes; n++)
            CHECK(!touch(stroke, node_area(&g->nodes[n]), 1.2));
        for (int o = 0; o < g->n_edges; o++)
            if (g->edges[o].label_w > 0)
                CHECK(!touch(stroke, label_area(&g->edges[o]), 0.6));
    }
}

/* Strokes along the same line must not share any length: the reader could not tell them apart. */
static int shared_strokes(const struct ct_graph *g)
{
    int shared = 0;
    for (int p = 0; p < g->n_edges; p++)
        for (int q = p + 1; q < g->n_edges; q++)
            for (int i = 0; i + 1 < g->edges[p].n_points; i++)
                for (int j = 0; j + 1 < g->edges[q].n_points; j++) {
                    struct ct_xy a = g->edges[p].points[i], b = g->edges[p].points[i + 1];
                    struct ct_xy c = g->edges[q].points[j], d = g->edges[q].points[j + 1];
                    bool falls = fabs(a.x - b.x) < 0.02, other = fabs(c.x - d.x) < 0.02;
                    struct area r = stroke_area(a, b), s = stroke_area(c, d);
                    double along = falls ? fmin(r.y + r.h, s.y + s.h) - fmax(r.y, s.y)
                                         : fmin(r.x + r.w, s.x + s.w) - fmax(r.x, s.x);
                    double aside = falls ? fabs(a.x - c.x) : fabs(a.y - c.y);
                    bool loops = g->edges[p].from == g->edges[p].to;
                    shared += falls == other && along > 3 && aside < 2 && !loops;
                }
    return shared;
}

static void check_drawing(const struct ct_graph *g)
{
    for (int n = 0; n < g->n_nodes; n++) {
        struct area a = node_area(&g->nodes[n]);
        CHECK(a.x >= -0.01 && a.y >= -0.01 && a.x + a.w <= g->w + 0.01 && a.y + a.h <= g->h + 0.01);
        for (int o = n + 1; o < g->n_nodes; o++)
            CHECK(!touch(a, node_area(&g->nodes[o]), 0));
    }
    for (int e = 0; e < g->n_edges; e++) {
        check_edge(g, e);
        if (g->edges[e].label_w <= 0)
            continue;
        struct area a = label_area(&g->edges[e]);
        CHECK(a.x >= -0.01 && a.y >= -0.01 && a.x + a.w <= g->w + 0.01 && a.y + a.h <= g->h + 0.01);
        for (int n = 0; n < g->n_nodes; n++)
            CHECK(!touch(a, node_area(&g->nodes[n]), 0.01));
        for (int o = e + 1; o < g->n_edges; o++)
            CHECK(g->edges[o].label_w <= 0 || !touch(a, label_area(&g->edges[o]), 0.01));
    }
}

TEST(page_graph__random_graphs_are_drawn_clean)
{
    int shared = 0;
    for (int round = 0; round < 200; round++) {
        struct fixture f;
        struct dice d = { (uint64_t)round };
        set_up(&f, round % 2 ? CT_FLOW_DOWN : CT_FLOW_RIGHT);
        int nodes = 1 + below(&d, 24), edges = below(&d, round % 5 == 0 ? 48 : nodes + 6);
        for (int n = 0; n < nodes; n++)
            add_node(&f, 60 + below(&d, 200), 40 + below(&d, 60));
        for (int e = 0; e < edges; e++)
            add_edge(&f, below(&d, nodes), below(&d, nodes),
                     below(&d, 2) ? 20 + below(&d, 120) : 0);
        CHECK(ct_graph_layout(&f.graph, f.arena, NULL) == CT_OK);
        check_drawing(&f.graph);
        shared += shared_strokes(&f.graph);
        ct_arena_free(&f.arena);
    }
    /* Dense random graphs may force a shared stroke; drawings people ask for have none. */
    CHECK(shared <= 2);
    if (shared > 2)
        printf("  %d shared strokes\n", shared);
}

TEST(page_graph__chain_runs_straight)
{
    struct fixture f;
    set_up(&f, CT_FLOW_RIGHT);
    for (int n = 0; n < 6; n++)
        add_node(&f, 100 + n * 10, 60);
    for (int n = 0; n < 5; n++)
        add_edge(&f, n, n + 1, n == 2 ? 40 : 0);
    REQUIRE(ct_graph_layout(&f.graph, f.arena, NULL) == CT_OK);
    check_drawing(&f.graph);
    for (int e = 0; e < 5; e++)
        CHECK_INT(f.edges[e].n_points, 2);
    for (int n = 0; n < 5; n++)
        CHECK(f.nodes[n].x + f.nodes[n].w < f.nodes[n + 1].x);
    ct_arena_free(&f.arena);
}

TEST(page_graph__cycle_keeps_the_order_named)
{
    struct fixture f;
    set_up(&f, CT_FLOW_DOWN);
    for (int n = 0; n < 4; n++)
        add_node(&f, 120, 60);
    for (int n = 0; n < 4; n++)
        add_edge(&f, n, (n + 1) % 4, 0);
    REQUIRE(ct_graph_layout(&f.graph, f.arena, NULL) == CT_OK);
    check_drawing(&f.graph);
    for (int n = 0; n < 3; n++)
        CHECK(f.nodes[n].y + f.nodes[n].h < f.nodes[n + 1].y);
    /* the edge that closes the cycle runs up: from the last box to the first */
    struct ct_graph_edge *back = &f.edges[3];
    CHECK(back->points[0].y > back->points[back->n_points - 1].y);
    ct_arena_free(&f.arena);
}

TEST(page_graph__tree_has_no_crossings)
{
    struct fixture f;
    set_up(&f, CT_FLOW_DOWN);
    for (int n = 0; n < 15; n++)
        add_node(&f, 90, 50);
    for (int n = 1; n < 15; n++)
        add_edge(&f, (n * 7 % 15 - 1) / 2 == n * 7 % 15 ? 0 : (n - 1) / 2, n, 0);
    REQUIRE(ct_graph_layout(&f.graph, f.arena, NULL) == CT_OK);
    check_drawing(&f.graph);
    CHECK_INT(shared_strokes(&f.graph), 0);
    ct_arena_free(&f.arena);
}

TEST(page_graph__edges_to_nowhere_are_left_out)
{
    struct fixture f;
    set_up(&f, CT_FLOW_RIGHT);
    add_node(&f, 100, 50);
    add_node(&f, 100, 50);
    add_edge(&f, 0, 7, 30);
    add_edge(&f, -1, 1, 0);
    add_edge(&f, 0, 1, 0);
    REQUIRE(ct_graph_layout(&f.graph, f.arena, NULL) == CT_OK);
    CHECK_INT(f.edges[0].n_points, 0);
    CHECK_INT(f.edges[1].n_points, 0);
    CHECK_INT(f.edges[2].n_points, 2);
    ct_arena_free(&f.arena);
}

TEST(page_graph__fold_takes_only_paths)
{
    struct fixture f;
    set_up(&f, CT_FLOW_RIGHT);
    for (int n = 0; n < 7; n++)
        add_node(&f, 100, 50);
    for (int n = 0; n < 6; n++)
        add_edge(&f, n, n + 1, n % 2 ? 50 : 0);
    REQUIRE(ct_graph_fold(&f.graph, f.arena, 3));
    check_drawing(&f.graph);
    CHECK(f.nodes[3].y > f.nodes[2].y);
    CHECK(f.nodes[4].x < f.nodes[3].x);
    f.edges[5].to = 0; /* a cycle */
    CHECK(!ct_graph_fold(&f.graph, f.arena, 3));
    f.edges[5] = (struct ct_graph_edge){ .from = 0, .to = 6 }; /* a fork */
    CHECK(!ct_graph_fold(&f.graph, f.arena, 3));
    ct_arena_free(&f.arena);
}

TEST(page_graph__full_arena_is_reported)
{
    for (size_t max = 4096; max < 40000; max += 1500) {
        struct fixture f;
        set_up(&f, CT_FLOW_DOWN);
        ct_arena_free(&f.arena);
        f.arena = ct_arena_new(max);
        REQUIRE(f.arena);
        for (int n = 0; n < 10; n++)
            add_node(&f, 90, 50);
        for (int n = 1; n < 10; n++)
            add_edge(&f, n / 2, n, 30);
        struct ct_err err = { 0 };
        ct_code code = ct_graph_layout(&f.graph, f.arena, &err);
        CHECK(code == CT_E_MEMORY || (code == CT_OK && !ct_arena_failed(f.arena)));
        CHECK(code == CT_OK || strstr(err.msg, "10 boxes"));
        ct_arena_free(&f.arena);
    }
}
