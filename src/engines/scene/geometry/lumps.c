/* Soft solids by a distance field, meshed with surface nets.
 *
 * Called by the generators in objects/, on the thread that builds the world. The field is the
 * polynomial smooth union (Quilez 2008) of the lumps in the order of their table. A grid around
 * all of them is filled block by block: in a block's middle it is seen which lumps can matter
 * there (distances never fall faster than points move apart), and whether the surface can pass it
 * at all; of forty lumps some five remain. Each cell that the
 * surface passes gets one vertex, the mean of its crossings with the cell's edges (Gibson 1998),
 * and each edge of the grid that crosses it a pair of triangles, so the mesh is closed. Normals
 * are the field's gradient; colours are told by distances, so that their borders are sharp however
 * coarse the mesh is. */
#include "engines/scene/geometry/lumps.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"

#include <stddef.h>

#define FAR_AWAY 1e9f
#define BOUND 1.5f /* distances to flat ellipsoids may change that much faster than points do */
#define TOUCH_CM 3.0f   /* how far a feature's place may be given from the surface */
#define CORNER 1.75f    /* from the middle of a cube to its corner, in half sides */
#define PAINT_FAR 4.0f  /* cm; further than any vertex from a border it decides about */
#define FOOT_EDGE 0.22f /* cm, rounding where a thing is cut off at the floor */

enum {
    CELLS_MIN = 8,
    CELLS_MAX = 128,
    BLOCK = 4, /* cells a side of what is looked at as a whole */
    MAX_LUMPS = 128,
    MENDINGS = 12,
};

static float smooth_min(float a, float b, float k)
{
    float h = ct_maxf(k - fabsf(a - b), 0);
    return ct_minf(a, b) - (k > 0 ? h * h / (4 * k) : 0);
}

/* A lump with what is the same for all points. */
struct solid {
    struct ct_lump lump;
    float sin_pitch, cos_pitch, sin_roll, cos_roll;
    bool turned;
};

static struct solid prepare(const struct ct_lump *lump)
{
    struct solid solid = { .lump = *lump, .turned = lump->pitch != 0 || lump->roll != 0 };
    ct_sincosf(-lump->pitch, &solid.sin_pitch, &solid.cos_pitch);
    ct_sincosf(-lump->roll, &solid.sin_roll, &solid.cos_roll);
    return solid;
}

static ct_v3 turned_back(const struct solid *solid, ct_v3 p)
{
    if (!solid->turned)
        return p;
    float s = solid->sin_roll, c = solid->cos_roll;
    p = v3(p.x * c - p.y * s, p.x * s + p.y * c, p.z);
    s = solid->sin_pitch;
    c = solid->cos_pitch;
    return v3(p.x, p.y * c - p.z * s, p.y * s + p.z * c);
}

static float ball_distance(ct_v3 p, ct_v3 r)
{
    ct_v3 q = v3(p.x / r.x, p.y / r.y, p.z / r.z);
    float k0 = v3_len(q), k1 = v3_len(v3(q.x / r.x, q.y / r.y, q.z / r.z));
    float least = ct_minf(r.x, ct_minf(r.y, r.z));
    return k1 > 1e-6f ? k0 * (k0 - 1) / k1 : -least;
}

/* A cone with round ends (Quilez). */
static float limb_distance(const struct ct_lump *lump, ct_v3 p)
{
    ct_v3 ba = v3_sub(lump->b, lump->a), pa = v3_sub(p, lump->a);
    float l2 = v3_dot(ba, ba), rr = lump->r0 - lump->r1, a2 = l2 - rr * rr;
    if (l2 < 1e-8f || a2 <= 0)
        return v3_len(pa) - ct_maxf(lump->r0, lump->r1);
    float y = v3_dot(pa, ba), z = y - l2, il2 = 1 / l2;
    ct_v3 across = v3_sub(v3_scale(pa, l2), v3_scale(ba, y));
    float x2 = v3_dot(across, across), y2 = y * y * l2, z2 = z * z * l2;
    float k = (rr > 0 ? 1.0f : -1.0f) * rr * rr * x2;
    if ((z > 0 ? 1.0f : -1.0f) * a2 * z2 > k)
        return sqrtf(x2 + z2) * il2 - lump->r1;
    if ((y > 0 ? 1.0f : -1.0f) * a2 * y2 < k)
        return sqrtf(x2 + y2) * il2 - lump->r0;
    return (sqrtf(x2 * a2 * il2) + y * rr) * il2 - lump->r0;
}

static float block_distance(const struct ct_lump *lump, ct_v3 p)
{
    float r = lump->r0;
    ct_v3 q = v3(fabsf(p.x) - lump->b.x + r, fabsf(p.y) - lump->b.y + r,
                 fabsf(p.z) - lump->b.z + r);
    float inside = ct_minf(v3_max(q), 0);
    return inside + v3_len(v3(ct_maxf(q.x, 0), ct_maxf(q.y, 0), ct_maxf(q.z, 0))) - r;
}

static float one_distance(const struct solid *solid, ct_v3 p)
{
    const struct ct_lump *lump = &solid->lump;
    switch (lump->kind) {
    case CT_LUMP_BALL:
        return ball_distance(turned_back(solid, v3_sub(p, lump->a)), lump->b);
    case CT_LUMP_LIMB:
        return limb_distance(lump, p);
    case CT_LUMP_BLOCK:
        return block_distance(lump, turned_back(solid, v3_sub(p, lump->a)));
    }
    return FAR_AWAY;
}

static float lump_distance(const struct solid *solid, ct_v3 p)
{
    float d = one_distance(solid, p);
    return solid->lump.both ? ct_minf(d, one_distance(solid, v3(-p.x, p.y, p.z))) : d;
}

/* The field with one more lump. */
static float join(float d, const struct ct_lump *lump, float one)
{
    if (lump->use == CT_LUMP_CUT)
        return -smooth_min(-d, one, lump->blend);
    return smooth_min(d, one, d < FAR_AWAY ? lump->blend : 0);
}

static float above_floor(float d, ct_v3 p)
{
    return -smooth_min(-d, p.y, FOOT_EDGE);
}

float ct_lumps_distance(const struct ct_lumps *lumps, ct_v3 p)
{
    float d = FAR_AWAY;
    for (int i = 0; i < lumps->n; i++) {
        struct solid solid = prepare(&lumps->lumps[i]);
        if (solid.lump.use != CT_LUMP_PAINT)
            d = join(d, &solid.lump, lump_distance(&solid, p));
    }
    return above_floor(d, p);
}

/* The lumps that matter in some part of space, in the order of the table. */
struct field {
    const struct solid *solids;
    int n, n_near;
    uint8_t near[MAX_LUMPS];
};

static float field_distance(const struct field *field, ct_v3 p)
{
    float d = FAR_AWAY;
    for (int k = 0; k < field->n_near; k++) {
        const struct solid *solid = &field->solids[field->near[k]];
        if (solid->lump.use != CT_LUMP_PAINT)
            d = join(d, &solid->lump, lump_distance(solid, p));
    }
    return above_floor(d, p);
}

/* Chooses for the ball of `radius` around `middle`. */
static void choose_near(struct field *field, ct_v3 middle, float radius)
{
    float distance[MAX_LUMPS], nearest = FAR_AWAY, blend = 0, reach = BOUND * radius;
    for (int i = 0; i < field->n; i++) {
        const struct ct_lump *lump = &field->solids[i].lump;
        distance[i] = lump_distance(&field->solids[i], middle);
        blend = ct_maxf(blend, lump->blend);
        if (lump->use == CT_LUMP_ADD)
            nearest = ct_minf(nearest, distance[i]);
    }
    field->n_near = 0;
    for (int i = 0; i < field->n; i++) {
        bool stuff = field->solids[i].lump.use == CT_LUMP_ADD;
        if (distance[i] < (stuff ? nearest + 2 * reach : reach) + blend)
            field->near[field->n_near++] = (uint8_t)i;
    }
}

static ct_v3 gradient(const struct field *field, ct_v3 p, float h)
{
    ct_v3 g;
    g.x =
        field_distance(field, v3(p.x + h, p.y, p.z)) - field_distance(field, v3(p.x - h, p.y, p.z));
    g.y =
        field_distance(field, v3(p.x, p.y + h, p.z)) - field_distance(field, v3(p.x, p.y - h, p.z));
    g.z =
        field_distance(field, v3(p.x, p.y, p.z + h)) - field_distance(field, v3(p.x, p.y, p.z - h));
    return v3_norm(g);
}

static int prepare_all(struct solid solids[MAX_LUMPS], const struct ct_lumps *lumps)
{
    int n = lumps->n < MAX_LUMPS ? lumps->n : MAX_LUMPS;
    for (int i = 0; i < n; i++)
        solids[i] = prepare(&lumps->lumps[i]);
    return n;
}

ct_v3 ct_lumps_touch(const struct ct_lumps *lumps, ct_v3 p, ct_v3 *normal)
{
    struct solid solids[MAX_LUMPS];
    struct field field = { .solids = solids, .n = prepare_all(solids, lumps) };
    ct_v3 n = v3(0, 1, 0);
    choose_near(&field, p, TOUCH_CM);
    for (int i = 0; i < 6; i++) {
        n = gradient(&field, p, 0.02f);
        p = v3_mad(n, -field_distance(&field, p), p);
    }
    if (normal)
        *normal = n;
    return p;
}

/* How far p is from the stuff or the marks of each paint; negative inside. Marks of one paint lie
 * over stuff of another. */
static void paint_distances(const struct field *field, ct_v3 p, float out[CT_LUMP_PAINTS])
{
    float stuff[CT_LUMP_PAINTS], marks[CT_LUMP_PAINTS];
    for (int k = 0; k < CT_LUMP_PAINTS; k++)
        stuff[k] = marks[k] = FAR_AWAY;
    for (int i = 0; i < field->n_near; i++) {
        const struct solid *solid = &field->solids[field->near[i]];
        int paint = solid->lump.paint;
        if (solid->lump.use == CT_LUMP_ADD)
            stuff[paint] = ct_minf(stuff[paint], lump_distance(solid, p));
        else if (solid->lump.use == CT_LUMP_PAINT)
            marks[paint] = ct_minf(marks[paint], lump_distance(solid, p));
    }
    for (int k = 0; k < CT_LUMP_PAINTS; k++) {
        float others = FAR_AWAY, over = FAR_AWAY;
        for (int j = 0; j < CT_LUMP_PAINTS; j++) {
            others = j == k ? others : ct_minf(others, stuff[j]);
            over = j == k ? over : ct_minf(over, marks[j]);
        }
        float own = stuff[k] < FAR_AWAY ? stuff[k] - others : FAR_AWAY;
        out[k] = ct_clampf(ct_minf(marks[k], ct_maxf(own, -over)), -PAINT_FAR, PAINT_FAR);
    }
}

/* --- the mesh --- */

struct net {
    struct field field;
    ct_v3 origin;
    float step;
    int nx, ny, nz;   /* grid points */
    float *values;    /* the field at the grid points */
    int32_t *vertex;  /* of the cell whose lowest corner that grid point is; -1: none */
    uint8_t *empty;   /* of the blocks */
    uint32_t n_cells, n_edges; /* that the surface passes */
    struct ct_mesh *mesh;
};

static size_t at(const struct net *net, int x, int y, int z)
{
    return ((size_t)z * (size_t)net->ny + (size_t)y) * (size_t)net->nx + (size_t)x;
}

static ct_v3 point(const struct net *net, int x, int y, int z)
{
    return v3_mad(v3((float)x, (float)y, (float)z), net->step, net->origin);
}

static void grow(ct_v3 *min, ct_v3 *max, ct_v3 p, ct_v3 r)
{
    ct_v3 lo = v3_sub(p, r), hi = v3_add(p, r);
    *min = v3(ct_minf(min->x, lo.x), ct_minf(min->y, lo.y), ct_minf(min->z, lo.z));
    *max = v3(ct_maxf(max->x, hi.x), ct_maxf(max->y, hi.y), ct_maxf(max->z, hi.z));
}

/* A box around all lumps, loosely where they are turned. */
static void bounds(const struct ct_lumps *lumps, ct_v3 *min, ct_v3 *max)
{
    *min = v3(FAR_AWAY, FAR_AWAY, FAR_AWAY);
    *max = v3(-FAR_AWAY, -FAR_AWAY, -FAR_AWAY);
    float blend = 0; /* unions bulge by a quarter of it */
    for (int i = 0; i < lumps->n; i++) {
        const struct ct_lump *lump = &lumps->lumps[i];
        if (lump->use != CT_LUMP_ADD)
            continue;
        blend = ct_maxf(blend, lump->blend);
        for (int side = 0; side < (lump->both ? 2 : 1); side++) {
            ct_v3 flip = v3(side ? -1.0f : 1.0f, 1, 1), r = lump->b;
            if (lump->kind == CT_LUMP_LIMB) {
                r = v3(lump->r0, lump->r0, lump->r0);
                grow(min, max, v3_mul(lump->b, flip), v3(lump->r1, lump->r1, lump->r1));
            } else if (lump->pitch != 0 || lump->roll != 0) {
                float most = lump->kind == CT_LUMP_BALL ? v3_max(r) : v3_len(r);
                r = v3(most, most, most);
            }
            grow(min, max, v3_mul(lump->a, flip), r);
        }
    }
    ct_v3 bulge = v3(blend / 4, blend / 4, blend / 4);
    *min = v3_sub(*min, bulge);
    *max = v3_add(*max, bulge);
    min->y = ct_maxf(min->y, 0);
}

/* A block's lowest grid point and the one behind its highest. */
struct block {
    int x0, y0, z0, x1, y1, z1;
    uint8_t *empty; /* 1: the surface does not pass it */
};

/* Makes the field that of the block; returns how far its middle is from the surface. */
static float enter_block(struct net *net, const struct block *block)
{
    float half = 0.5f * BLOCK * net->step;
    ct_v3 middle = v3_add(point(net, block->x0, block->y0, block->z0), v3(half, half, half));
    choose_near(&net->field, middle, CORNER * half + net->step);
    return field_distance(&net->field, middle);
}

static void fill_block(struct net *net, const struct block *block)
{
    float d = enter_block(net, block);
    bool far = d > BOUND * (CORNER * 0.5f * BLOCK + 1) * net->step;
    *block->empty = far;
    for (int z = block->z0; z < block->z1; z++)
        for (int y = block->y0; y < block->y1; y++)
            for (int x = block->x0; x < block->x1; x++)
                net->values[at(net, x, y, z)] =
                    far ? d : field_distance(&net->field, point(net, x, y, z));
}

static void each_block(struct net *net, void (*visit)(struct net *, const struct block *))
{
    uint8_t *empty = net->empty;
    for (int z = 0; z < net->nz; z += BLOCK)
        for (int y = 0; y < net->ny; y += BLOCK)
            for (int x = 0; x < net->nx; x += BLOCK) {
                struct block b = { x, y, z, x + BLOCK, y + BLOCK, z + BLOCK, empty++ };
                b.x1 = b.x1 < net->nx ? b.x1 : net->nx;
                b.y1 = b.y1 < net->ny ? b.y1 : net->ny;
                b.z1 = b.z1 < net->nz ? b.z1 : net->nz;
                visit(net, &b);
            }
}

/* The mean of the surface's crossings with the twelve edges of a cell; false: none. */
static bool cell_point(const struct net *net, int x, int y, int z, ct_v3 *out)
{
    ct_v3 sum = v3(0, 0, 0);
    int crossings = 0, inside = 0;
    for (int corner = 0; corner < 8; corner++)
        inside +=
            net->values[at(net, x + (corner & 1), y + (corner >> 1 & 1), z + (corner >> 2))] < 0;
    if (inside == 0 || inside == 8)
        return false;
    for (int edge = 0; edge < 12; edge++) {
        int axis = edge / 4, u = edge & 1, v = edge >> 1 & 1;
        int from[3] = { axis == 0 ? 0 : u, axis == 1 ? 0 : axis == 0 ? u : v, axis == 2 ? 0 : v };
        int to[3] = { from[0] + (axis == 0), from[1] + (axis == 1), from[2] + (axis == 2) };
        float a = net->values[at(net, x + from[0], y + from[1], z + from[2])];
        float b = net->values[at(net, x + to[0], y + to[1], z + to[2])];
        if ((a < 0) == (b < 0))
            continue;
        float t = a / (a - b);
        sum = v3_add(sum,
                     v3((float)from[0] + (axis == 0 ? t : 0), (float)from[1] + (axis == 1 ? t : 0),
                        (float)from[2] + (axis == 2 ? t : 0)));
        crossings++;
    }
    if (crossings)
        *out = v3_mad(v3_add(v3((float)x, (float)y, (float)z), v3_scale(sum, 1 / (float)crossings)),
                      net->step, net->origin);
    return crossings > 0;
}

static void count(struct net *net, const struct block *block)
{
    int x1 = block->x1 < net->nx - 1 ? block->x1 : net->nx - 1;
    int y1 = block->y1 < net->ny - 1 ? block->y1 : net->ny - 1;
    int z1 = block->z1 < net->nz - 1 ? block->z1 : net->nz - 1;
    for (int z = block->z0; z < z1 && !*block->empty; z++)
        for (int y = block->y0; y < y1; y++)
            for (int x = block->x0; x < x1; x++) {
                ct_v3 p;
                net->n_cells += cell_point(net, x, y, z, &p);
                bool in = net->values[at(net, x, y, z)] < 0;
                net->n_edges += (uint32_t)(in != (net->values[at(net, x + 1, y, z)] < 0)) +
                                (uint32_t)(in != (net->values[at(net, x, y + 1, z)] < 0)) +
                                (uint32_t)(in != (net->values[at(net, x, y, z + 1)] < 0));
            }
}

static void add_vertex(struct net *net, int32_t *index, ct_v3 p)
{
    float paint[CT_LUMP_PAINTS];
    ct_v3 n = gradient(&net->field, p, 0.4f * net->step);
    uint32_t v = ct_mesh_vertex(net->mesh, v3(p.x, ct_maxf(p.y, 0), p.z), n);
    paint_distances(&net->field, p, paint);
    net->mesh->uvs[2 * v] = paint[1];
    net->mesh->uvs[2 * v + 1] = paint[2];
    *index = (int32_t)v;
}

static void add_vertices(struct net *net, const struct block *block)
{
    bool entered = false;
    for (int z = block->z0; z < block->z1; z++)
        for (int y = block->y0; y < block->y1; y++)
            for (int x = block->x0; x < block->x1; x++) {
                ct_v3 p;
                int32_t *index = &net->vertex[at(net, x, y, z)];
                *index = -1;
                if (*block->empty || x + 1 >= net->nx || y + 1 >= net->ny || z + 1 >= net->nz ||
                    !cell_point(net, x, y, z, &p))
                    continue;
                if (!entered)
                    (void)enter_block(net, block);
                entered = true;
                add_vertex(net, index, p);
            }
}

static void add_quad(struct net *net, const int32_t q[4], bool flip)
{
    if (q[0] < 0 || q[1] < 0 || q[2] < 0 || q[3] < 0)
        return;
    uint32_t a = (uint32_t)q[0], b = (uint32_t)q[flip ? 3 : 1], c = (uint32_t)q[2],
             d = (uint32_t)q[flip ? 1 : 3];
    /* Along the shorter diagonal, which bends less. */
    ct_v3 ac = v3_sub(ct_mesh_position(net->mesh, a), ct_mesh_position(net->mesh, c));
    ct_v3 bd = v3_sub(ct_mesh_position(net->mesh, b), ct_mesh_position(net->mesh, d));
    if (v3_dot(ac, ac) <= v3_dot(bd, bd)) {
        ct_mesh_triangle(net->mesh, a, b, c);
        ct_mesh_triangle(net->mesh, a, c, d);
    } else {
        ct_mesh_triangle(net->mesh, a, b, d);
        ct_mesh_triangle(net->mesh, b, c, d);
    }
}

/* The edges of the grid that begin at a point and cross the surface. */
static void add_faces_at(struct net *net, int x, int y, int z)
{
    static const int step[3][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
    bool in = net->values[at(net, x, y, z)] < 0;
    for (int axis = 0; axis < 3; axis++) {
        const int *along = step[axis], *u = step[(axis + 1) % 3], *v = step[(axis + 2) % 3];
        if (in == (net->values[at(net, x + along[0], y + along[1], z + along[2])] < 0))
            continue;
        const int32_t quad[4] = {
            net->vertex[at(net, x - u[0] - v[0], y - u[1] - v[1], z - u[2] - v[2])],
            net->vertex[at(net, x - v[0], y - v[1], z - v[2])],
            net->vertex[at(net, x, y, z)],
            net->vertex[at(net, x - u[0], y - u[1], z - u[2])],
        };
        add_quad(net, quad, !in);
    }
}

static void add_faces(struct net *net, const struct block *block)
{
    for (int z = block->z0; z < block->z1 && !*block->empty; z++)
        for (int y = block->y0; y < block->y1; y++)
            for (int x = block->x0; x < block->x1; x++)
                if (x > 0 && y > 0 && z > 0 && x + 1 < net->nx && y + 1 < net->ny &&
                    z + 1 < net->nz)
                    add_faces_at(net, x, y, z);
}

/* What the triangles around a vertex say. */
struct around {
    ct_v3 face, middles; /* sums over them: area vectors, centroids */
    int n;
    bool bad;            /* one of them is turned away from its vertices' normals */
};

static bool look_around(const struct ct_mesh *mesh, struct around *around)
{
    bool any = false;
    for (uint32_t v = 0; v < mesh->n_vertices; v++)
        around[v] = (struct around){ .n = 0 };
    for (uint32_t t = 0; t < mesh->n_triangles; t++) {
        const uint32_t *k = mesh->indices + 3 * (size_t)t;
        ct_v3 a = ct_mesh_position(mesh, k[0]), b = ct_mesh_position(mesh, k[1]),
              c = ct_mesh_position(mesh, k[2]), face = v3_cross(v3_sub(b, a), v3_sub(c, a));
        ct_v3 sum = v3_add(ct_mesh_normal(mesh, k[0]),
                           v3_add(ct_mesh_normal(mesh, k[1]), ct_mesh_normal(mesh, k[2])));
        bool bad = v3_dot(face, sum) < 0.15f * v3_len(face);
        for (int i = 0; i < 3; i++) {
            struct around *at = &around[k[i]];
            at->face = v3_add(at->face, face);
            at->middles = v3_add(at->middles, v3_scale(v3_add(a, v3_add(b, c)), 1.0f / 3));
            at->n++;
            at->bad |= bad;
        }
        any |= bad;
    }
    return any;
}

/* In the sharpest creases triangles fold, or face elsewhere than the field's gradient says: there
 * vertices are drawn together and take the normal of their triangles, until nothing is folded. */
static bool mend_folds(struct ct_mesh *mesh)
{
    struct around *around = ct_calloc((size_t)mesh->n_vertices + 1, sizeof(*around));
    for (int round = 0; around && round < MENDINGS && look_around(mesh, around); round++)
        for (uint32_t v = 0; v < mesh->n_vertices; v++) {
            if (!around[v].bad)
                continue;
            ct_mesh_set_position(mesh, v, v3_scale(around[v].middles, 1 / (float)around[v].n));
            ct_mesh_set_normal(mesh, v, v3_norm(around[v].face));
        }
    bool done = around != NULL;
    ct_free(around);
    return done;
}

static void mesh_net(struct net *net)
{
    each_block(net, fill_block);
    each_block(net, count);
    net->mesh = ct_mesh_new(net->n_cells, 2 * net->n_edges);
    if (!ct_mesh_add_uvs(net->mesh)) {
        ct_mesh_free(&net->mesh);
        return;
    }
    each_block(net, add_vertices);
    each_block(net, add_faces);
    if (!mend_folds(net->mesh))
        ct_mesh_free(&net->mesh);
}

static size_t blocks(int points)
{
    return (size_t)(points + BLOCK - 1) / BLOCK;
}

struct ct_mesh *ct_shape_lumps(const struct ct_lumps *lumps)
{
    ct_v3 min, max;
    bounds(lumps, &min, &max);
    if (max.x < min.x)
        return NULL;
    int cells = lumps->cells < CELLS_MIN ? CELLS_MIN : lumps->cells;
    cells = cells < CELLS_MAX ? cells : CELLS_MAX;
    ct_v3 size = v3_sub(max, min);
    struct solid solids[MAX_LUMPS];
    struct net net = { .step = v3_max(size) / (float)cells };
    net.field.solids = solids;
    net.field.n = prepare_all(solids, lumps);
    const int margin = 3;
    net.nx = (int)(size.x / net.step) + 2 * margin + 1;
    net.ny = (int)(size.y / net.step) + 2 * margin + 1;
    net.nz = (int)(size.z / net.step) + 2 * margin + 1;
    float out = ((float)margin - 0.37f) * net.step; /* no grid point lies on the floor */
    net.origin = v3_sub(min, v3(out, out, out));
    size_t n = (size_t)net.nx * (size_t)net.ny * (size_t)net.nz;
    net.values = ct_calloc(n, sizeof(*net.values));
    net.vertex = ct_calloc(n, sizeof(*net.vertex));
    size_t n_blocks = blocks(net.nx) * blocks(net.ny) * blocks(net.nz);
    net.empty = ct_calloc(n_blocks, 1);
    if (net.values && net.vertex && net.empty)
        mesh_net(&net);
    ct_free(net.empty);
    ct_free(net.values);
    ct_free(net.vertex);
    return net.mesh;
}
