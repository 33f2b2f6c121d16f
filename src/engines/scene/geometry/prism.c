/* Outlines given a thickness: gables, gears, keys, blades.
 *
 * The wall is one strip an edge, its rings moved inwards by the mitred normal while they round the
 * bevel. Both caps are the inset outline, cut into triangles by clipping ears; a hole is joined to
 * the outline by a bridge first, so that there is a single polygon to clip. */
#include "engines/scene/geometry/solid.h"
#include "engines/scene/math/fn.h"

#include <stdbool.h>
#include <stddef.h>

#define BEVEL_STEPS 3
#define RINGS (2 * (BEVEL_STEPS + 1))
#define MAX_POLYGON (2 * CT_CURVE_MAX + 2)

struct polygon {
    ct_v2 p[MAX_POLYGON];
    int n;
};

static int count_of(const struct ct_curve *c)
{
    int n = c ? c->n : 0;
    bool closed = n > 1 && ct_hypotf(c->p[0].x - c->p[n - 1].x, c->p[0].y - c->p[n - 1].y) < 1e-5f;
    return closed ? n - 1 : n;
}

/* Outward normal of the edge that starts at point i. */
static ct_v2 edge_normal(const struct ct_curve *c, int n, int i)
{
    ct_v2 a = c->p[(i + n) % n], b = c->p[(i + 1) % n];
    float x = b.y - a.y, y = a.x - b.x, length = ct_hypotf(x, y) + 1e-12f;
    return v2(x / length, y / length);
}

/* Point i moved inwards by `by`, so that both its edges move by that much. */
static ct_v2 inset(const struct ct_curve *c, int n, int i, float by)
{
    ct_v2 a = edge_normal(c, n, i + n - 1), b = edge_normal(c, n, i);
    float k = by / ct_maxf(1 + a.x * b.x + a.y * b.y, 0.35f);
    return v2(c->p[i].x - k * (a.x + b.x), c->p[i].y - k * (a.y + b.y));
}

/* The normal one edge has at its end i. */
static ct_v2 shading_normal(const struct ct_curve *c, int n, int i, ct_v2 own, float crease_cosine)
{
    ct_v2 a = edge_normal(c, n, i + n - 1), b = edge_normal(c, n, i);
    if (a.x * b.x + a.y * b.y < crease_cosine)
        return own;
    float x = a.x + b.x, y = a.y + b.y, length = ct_hypotf(x, y) + 1e-12f;
    return v2(x / length, y / length);
}

static void add_wall(struct ct_mesh *mesh, const struct ct_prism *prism, const struct ct_curve *c)
{
    int n = count_of(c);
    float crease = ct_cosf(prism->crease_deg * CT_PI / 180), half = prism->half_depth;
    for (int i = 0; i < n; i++) {
        int next = (i + 1) % n;
        ct_v2 own = edge_normal(c, n, i);
        uint32_t base = mesh->n_vertices;
        for (int ring = 0; ring < RINGS; ring++) {
            bool front = ring <= BEVEL_STEPS;
            int step = front ? BEVEL_STEPS - ring : ring - BEVEL_STEPS - 1;
            float s, k;
            ct_sincosf(CT_PI / 2 * (float)step / BEVEL_STEPS, &s, &k);
            float z = half - prism->bevel * (1 - s), by = prism->bevel * (1 - k);
            for (int end = 0; end < 2; end++) {
                int at = end ? next : i;
                ct_v2 p = inset(c, n, at, by), m = shading_normal(c, n, at, own, crease);
                ct_mesh_vertex(mesh, v3(p.x, p.y, front ? z : -z),
                               v3_norm(v3(m.x * k, m.y * k, front ? s : -s)));
            }
        }
        for (uint32_t ring = 0; ring + 1 < RINGS; ring++) {
            uint32_t a = base + 2 * ring;
            ct_mesh_triangle(mesh, a, a + 2, a + 3);
            ct_mesh_triangle(mesh, a, a + 3, a + 1);
        }
    }
}

static float turn(ct_v2 a, ct_v2 b, ct_v2 c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool is_same(ct_v2 a, ct_v2 b)
{
    return a.x == b.x && a.y == b.y;
}

static bool is_ear(const struct polygon *g, const int *left, int n, int k)
{
    ct_v2 a = g->p[left[(k + n - 1) % n]], b = g->p[left[k]], c = g->p[left[(k + 1) % n]];
    if (turn(a, b, c) <= 0)
        return false;
    for (int i = 0; i < n; i++) {
        ct_v2 q = g->p[left[i]];
        if (is_same(q, a) || is_same(q, b) || is_same(q, c))
            continue;
        if (turn(a, b, q) >= 0 && turn(b, c, q) >= 0 && turn(c, a, q) >= 0)
            return false;
    }
    return true;
}

/* Clips ears until a triangle is left. An outline that meets itself has no ear at some point: then
 * any corner is cut, which gives a wrong cap but ends. */
static void add_caps(struct ct_mesh *mesh, const struct polygon *g, float half_depth)
{
    int left[MAX_POLYGON], n = g->n;
    uint32_t front = mesh->n_vertices, back = front + (uint32_t)n;
    for (int i = 0; i < n; i++) {
        left[i] = i;
        ct_mesh_vertex(mesh, v3(g->p[i].x, g->p[i].y, half_depth), v3(0, 0, 1));
    }
    for (int i = 0; i < n; i++)
        ct_mesh_vertex(mesh, v3(g->p[i].x, g->p[i].y, -half_depth), v3(0, 0, -1));
    while (n > 2) {
        int ear = 0;
        while (ear < n && !is_ear(g, left, n, ear))
            ear++;
        ear %= n;
        uint32_t a = (uint32_t)left[(ear + n - 1) % n], b = (uint32_t)left[ear];
        uint32_t c = (uint32_t)left[(ear + 1) % n];
        ct_mesh_triangle(mesh, front + a, front + b, front + c);
        ct_mesh_triangle(mesh, back + a, back + c, back + b);
        for (int i = ear; i + 1 < n; i++)
            left[i] = left[i + 1];
        n--;
    }
}

/* Outline, then over a bridge around the hole and back. The bridge leaves from the hole's rightmost
 * point to the nearest point of the outline on its right. */
static void join(struct polygon *g, const struct ct_prism *prism)
{
    const struct ct_curve *outer = prism->outline, *hole = prism->hole;
    int n = count_of(outer), h = count_of(hole), from = 0, to = 0;
    float nearest = 1e30f;
    for (int i = 1; i < h; i++)
        from = hole->p[i].x > hole->p[from].x ? i : from;
    for (int i = 0; h > 0 && i < n; i++) {
        float dx = outer->p[i].x - hole->p[from].x, dy = outer->p[i].y - hole->p[from].y;
        if (dx > 0 && dx * dx + dy * dy < nearest) {
            nearest = dx * dx + dy * dy;
            to = i;
        }
    }
    for (int i = 0; i < n; i++) {
        g->p[g->n++] = inset(outer, n, i, prism->bevel);
        for (int k = 0; i == to && h > 0 && k <= h; k++)
            g->p[g->n++] = inset(hole, h, (from + k) % h, prism->bevel);
        if (i == to && h > 0)
            g->p[g->n++] = inset(outer, n, i, prism->bevel);
    }
}

struct ct_mesh *ct_shape_prism(const struct ct_prism *prism)
{
    struct polygon polygon = { .n = 0 };
    int n = count_of(prism->outline), h = count_of(prism->hole);
    if (n < 3 || (h > 0 && h < 3))
        return NULL;
    join(&polygon, prism);
    uint32_t edges = (uint32_t)(n + h), corners = (uint32_t)polygon.n;
    struct ct_mesh *mesh =
        ct_mesh_new(edges * 2 * RINGS + 2 * corners, edges * 2 * (RINGS - 1) + 2 * corners);
    if (!mesh)
        return NULL;
    add_wall(mesh, prism, prism->outline);
    if (h > 0)
        add_wall(mesh, prism, prism->hole);
    add_caps(mesh, &polygon, prism->half_depth);
    return mesh;
}
