/* Entities and classes: boxes with a head and their fields, joined by lines that say how many.
 *
 * Fields are what stands in the brackets behind a name, parted by commas. The ends of a line have
 * crow's feet (Everest 1976): three toes for many, a bar for one; "extends" and "implements" have
 * the hollow triangle of UML. Placing is layout_graph.h, in both flows; the larger drawing wins. */
#include "engines/scene/page/layout_graph.h"
#include "engines/scene/page/template.h"

#include <math.h>

#define HEAD_PX 21.0
#define FIELD_PX 16.0
#define LABEL_PX 15.0
#define ROW 27.0
#define PAD 16.0

enum { FIELDS = 24 };

struct box {
    struct ct_slice field[FIELDS];
    int n;
    double w, head_h, h;
};

struct entities {
    struct ct_template *t;
    const struct ct_intent *in;
    struct box *boxes;
    struct ct_graph graph;
    double scale;
};

static struct ct_text_style head_style(void)
{
    return (struct ct_text_style){ .weight = 700, .size_px = HEAD_PX, .align = CT_ALIGN_CENTER,
                                   .whole_words = true };
}

static struct ct_text_style field_style(void)
{
    return (struct ct_text_style){ .weight = 450, .size_px = FIELD_PX, .whole_words = true };
}

static struct ct_text_style label_style(void)
{
    return (struct ct_text_style){
        .weight = 500, .size_px = LABEL_PX, .wrap_px = 190, .whole_words = true
    };
}

static int split(struct ct_slice detail, struct ct_slice *out)
{
    int n = 0;
    bool more = detail.len > 0;
    while (more && n < FIELDS) {
        struct ct_slice one, rest;
        char part = memchr(detail.ptr, ';', detail.len) ? ';' : ',';
        more = ct_slice_cut(detail, part, &one, &rest);
        if (n + 1 == FIELDS)
            one = detail; /* what is left stays in one row */
        one = ct_slice_trim(one);
        if (one.len)
            out[n++] = one;
        detail = rest;
    }
    return n;
}

static void measure(struct entities *e)
{
    double widest = 0;
    for (int i = 0; i < e->in->n_nodes; i++) {
        struct box *b = &e->boxes[i];
        struct ct_text_style style = head_style();
        style.wrap_px = 320;
        struct ct_text_size size = ct_type_measure(e->t->type, e->in->nodes[i].label, &style);
        b->n = split(e->in->nodes[i].detail, b->field);
        b->w = fmax(size.w, size.ink_w) + 3 * PAD;
        b->head_h = fmax(size.h, size.ink_h) + PAD;
        for (int k = 0; k < b->n; k++) {
            style = field_style();
            style.wrap_px = 320;
            size = ct_type_measure(e->t->type, b->field[k], &style);
            b->w = fmax(b->w, fmax(size.w, size.ink_w) + 3 * PAD);
        }
        b->w = fmax(b->w, 130);
        widest = fmax(widest, b->w);
        b->h = b->head_h + (b->n ? b->n * ROW + PAD : PAD * 1.2);
    }
    for (int i = 0; i < e->in->n_nodes; i++)
        if (e->boxes[i].w > widest * 0.6)
            e->boxes[i].w = widest;
}

static bool inherits(struct ct_slice label)
{
    static const char *const words[] = { "extends",    "inherits", "inherits from",
                                         "implements", "is a",     "is an",
                                         NULL };
    for (const char *const *w = words; *w; w++)
        if (ct_slice_ieq(label, ct_slice(*w)))
            return true;
    return false;
}

static bool lay_out(struct entities *e, enum ct_graph_flow flow, struct ct_rect room)
{
    const struct ct_intent *in = e->in;
    struct ct_graph g = { .n_nodes = in->n_nodes, .n_edges = in->n_edges, .flow = flow };
    g.nodes = ct_arena_array(e->t->page->arena, (size_t)in->n_nodes + 1, sizeof(*g.nodes));
    g.edges = ct_arena_array(e->t->page->arena, (size_t)in->n_edges + 1, sizeof(*g.edges));
    if (!g.nodes || !g.edges)
        return false;
    g.node_gap = 44;
    g.rank_gap = 84;
    g.line_gap = 26;
    g.head_room = 30;
    for (int i = 0; i < in->n_nodes; i++)
        g.nodes[i] = (struct ct_graph_node){ .w = e->boxes[i].w, .h = e->boxes[i].h };
    for (int i = 0; i < in->n_edges; i++) {
        struct ct_text_size size = { 0 };
        struct ct_text_style style = label_style();
        if (in->edges[i].label.len)
            size = ct_type_measure(e->t->type, in->edges[i].label, &style);
        bool up =
            inherits(in->edges[i].label); /* the general class stands before the special one */
        g.edges[i] = (struct ct_graph_edge){
            .from = up ? in->edges[i].to : in->edges[i].from,
            .to = up ? in->edges[i].from : in->edges[i].to,
            .label_w = size.lines ? fmax(size.w, size.ink_x + size.ink_w) + 6 : 0,
            .label_h = size.lines ? fmax(size.h, size.ink_y + size.ink_h) + 4 : 0,
        };
    }
    if (ct_graph_layout(&g, e->t->page->arena, NULL) != CT_OK)
        return false;
    double scale = fmin(room.w / fmax(1, g.w), room.h / fmax(1, g.h));
    if (scale > e->scale * 1.02) {
        e->scale = scale;
        e->graph = g;
    }
    return true;
}

/* No relations: the entities stand in a grid. */
static void grid(struct entities *e, struct ct_rect room)
{
    struct ct_graph *g = &e->graph;
    int n = e->in->n_nodes;
    double w = 0, h = 0;
    *g = (struct ct_graph){ .n_nodes = n };
    g->nodes = ct_arena_array(e->t->page->arena, (size_t)n + 1, sizeof(*g->nodes));
    if (!g->nodes)
        return;
    for (int i = 0; i < n; i++) {
        w = fmax(w, e->boxes[i].w);
        h = fmax(h, e->boxes[i].h);
    }
    int columns = ct_template_columns(n, room.w, room.h, w / h), rows = (n + columns - 1) / columns;
    for (int i = 0; i < n; i++)
        g->nodes[i] = (struct ct_graph_node){ w, e->boxes[i].h, (i % columns) * (w + 40),
                                              (i / columns) * (h + 40) };
    g->w = columns * (w + 40) - 40;
    g->h = rows * (h + 40) - 40;
    e->scale = fmin(room.w / g->w, room.h / g->h);
}

static struct ct_tint on(struct ct_tint ground)
{
    struct ct_tint white = ct_tint_hex(0xFFFFFF);
    return ct_tint_contrast(white, ground) >= 4.6
               ? white
               : ct_tint_legible(ct_tint_hex(0x101018), ground, 4.8);
}

static void draw_box(struct entities *e, int i, struct ct_rect at, double s)
{
    struct ct_template *t = e->t;
    const struct box *b = &e->boxes[i];
    const struct ct_palette *p = &t->palette;
    struct ct_tint fill = p->plain ? p->card : p->accent, ink = p->plain ? p->on_card : on(fill);
    double r = 9 * s, head = b->head_h * s;
    struct ct_item *box = ct_template_card(t, at, r, p->card);
    box->stroke = ct_tint_mix(p->ink, p->card, p->dark ? 0.72 : 0.3);
    box->stroke_px = fmax(1, 1.4 * s);
    struct ct_item *top = ct_page_path(t->page, CT_LAYER_SHAPES, ct_paint_flat(fill));
    ct_path_arc(t->page, top, at.x + r, at.y + r, r, M_PI, M_PI * 1.5);
    ct_path_arc(t->page, top, at.x + at.w - r, at.y + r, r, -M_PI / 2, 0);
    ct_path_line(t->page, top, at.x + at.w, at.y + head);
    ct_path_line(t->page, top, at.x, at.y + head);
    ct_path_close(t->page, top);
    struct ct_text_style style = head_style();
    style.size_px *= s;
    ct_page_text(t->page, t->type, e->in->nodes[i].label, &style,
                 (double[]){ at.x + PAD * s, at.y + head * 0.08, at.w - 2 * PAD * s, head * 0.84 },
                 0.5, ink);
    double step = b->n ? (at.h - head - PAD * s) / b->n : 0;
    for (int k = 0; k < b->n; k++) {
        struct ct_slice f = b->field[k];
        struct ct_text_style row = field_style();
        bool key = ct_slice_ieq(f, CT_S("id")) || ct_slice_ends(f, "PK") || ct_slice_ends(f, "pk");
        row.size_px *= s;
        row.weight = key ? 700 : 450;
        double y = at.y + head + PAD * s * 0.5 + step * k;
        if (k > 0)
            ct_page_box(t->page, CT_LAYER_LINES, at.x + PAD * s, y, at.w - 2 * PAD * s,
                        fmax(0.8, s * 0.9), 0,
                        ct_paint_flat(ct_tint_mix(p->on_card, p->card, 0.9)));
        ct_page_text(t->page, t->type, f, &row,
                     (double[]){ at.x + PAD * s, y + step * 0.06, at.w - 2 * PAD * s, step * 0.88 },
                     0.5, p->on_card);
    }
}

static void stroke(struct ct_template *t, struct ct_xy a, struct ct_xy b, double px)
{
    ct_page_line(t->page, (struct ct_xy[]){ a, b }, 2,
                 &(struct ct_line_style){ .tint = t->palette.line, .width_px = px });
}

/* The end of a line at `p`, which comes from `q`. */
static void end_mark(struct ct_template *t, struct ct_xy p, struct ct_xy q, double s, bool many)
{
    double dx = q.x - p.x, dy = q.y - p.y, length = hypot(dx, dy);
    if (length < 1e-6)
        return;
    dx /= length;
    dy /= length;
    double size = fmin(17 * s, length * 0.7), half = 9 * s, px = 2 * s;
    struct ct_xy apex = { p.x + dx * size, p.y + dy * size };
    struct ct_xy bar = { p.x + dx * (size + 5 * s), p.y + dy * (size + 5 * s) };
    if (many) {
        stroke(t, apex, (struct ct_xy){ p.x - dy * half, p.y + dx * half }, px);
        stroke(t, apex, (struct ct_xy){ p.x + dy * half, p.y - dx * half }, px);
    } else {
        bar = (struct ct_xy){ p.x + dx * size * 0.62, p.y + dy * size * 0.62 };
    }
    stroke(t, (struct ct_xy){ bar.x - dy * half * 0.8, bar.y + dx * half * 0.8 },
           (struct ct_xy){ bar.x + dy * half * 0.8, bar.y - dx * half * 0.8 }, px);
}

static void triangle(struct ct_template *t, struct ct_xy p, struct ct_xy q, double s)
{
    double dx = q.x - p.x, dy = q.y - p.y, length = hypot(dx, dy), size = 16 * s, half = 9 * s;
    if (length < 1e-6)
        return;
    dx /= length;
    dy /= length;
    struct ct_item *head = ct_page_path(t->page, CT_LAYER_LINES, ct_paint_flat(t->palette.paper));
    ct_path_move(t->page, head, p.x, p.y);
    ct_path_line(t->page, head, p.x + dx * size - dy * half, p.y + dy * size + dx * half);
    ct_path_line(t->page, head, p.x + dx * size + dy * half, p.y + dy * size - dx * half);
    ct_path_close(t->page, head);
    head->stroke = t->palette.line;
    head->stroke_px = 2 * s;
}

static void draw_edge(struct entities *e, int i, double x, double y, double s)
{
    struct ct_template *t = e->t;
    const struct ct_graph_edge *g = &e->graph.edges[i];
    const struct ct_edge *meant = &e->in->edges[i];
    struct ct_xy *p = ct_arena_array(t->page->arena, (size_t)g->n_points + 1, sizeof(*p));
    if (!p || g->n_points < 2)
        return;
    for (int k = 0; k < g->n_points; k++)
        p[k] = (struct ct_xy){ x + g->points[k].x * s, y + g->points[k].y * s };
    int last = g->n_points - 1;
    bool uml = inherits(meant->label);
    ct_page_line(t->page, p, g->n_points,
                 &(struct ct_line_style){ .tint = t->palette.line,
                                          .width_px = 2 * s,
                                          .radius = 9 * s,
                                          .dash_px = meant->dashed ? 8 * s : 0 });
    if (uml) {
        triangle(t, p[0], p[1], s);
    } else {
        end_mark(t, p[0], p[1], s, meant->many_from);
        end_mark(t, p[last], p[last - 1], s, meant->many_to);
    }
    struct ct_text_style style = label_style();
    style.size_px *= s;
    style.wrap_px = 0;
    if (e->graph.flow == CT_FLOW_RIGHT)
        style.align = CT_ALIGN_CENTER;
    ct_page_text(t->page, t->type, meant->label, &style,
                 (double[]){ x + g->label_x * s, y + g->label_y * s, fmax(1, g->label_w * s),
                             fmax(1, g->label_h * s) },
                 0.5, t->palette.muted);
}

void ct_template_entity(struct ct_template *t)
{
    struct entities e = { .t = t, .in = t->intent };
    ct_template_read_copy(t, true);
    ct_template_paper(t);
    struct ct_rect room = ct_template_set_heading(t, t->unit * 4.6);
    e.boxes = ct_arena_array(t->page->arena, (size_t)e.in->n_nodes + 1, sizeof(*e.boxes));
    if (!e.boxes || e.in->n_nodes == 0)
        return;
    measure(&e);
    if (e.in->n_edges == 0) {
        grid(&e, room);
    } else {
        lay_out(&e, CT_FLOW_RIGHT, room);
        lay_out(&e, CT_FLOW_DOWN, room);
    }
    if (e.scale <= 0 || !e.graph.nodes)
        return;
    double s = fmin(e.scale, t->unit * 3.6 / HEAD_PX);
    double x = room.x + (room.w - e.graph.w * s) / 2, y = room.y + (room.h - e.graph.h * s) * 0.46;
    for (int i = 0; i < e.in->n_nodes; i++) {
        const struct ct_graph_node *n = &e.graph.nodes[i];
        draw_box(&e, i, (struct ct_rect){ x + n->x * s, y + n->y * s, n->w * s, n->h * s }, s);
    }
    for (int i = 0; i < e.graph.n_edges; i++)
        draw_edge(&e, i, x, y, s);
}
