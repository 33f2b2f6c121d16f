/* Soft solids meshed with surface nets.
 *
 * Called by the generators in objects/, on the thread that builds the world. A grid around all
 * lumps is filled block by block: in a block's middle it is seen which lumps can matter there, and
 * whether the surface can pass it at all. Each sheet of the surface that passes a cell gets one
 * vertex, the mean of its crossings with the cell's edges (Gibson 1998; cell_sheets.h), and each
 * edge of the grid that crosses the surface a pair of triangles, so the mesh is closed. Normals are
 * the field's gradient. */
#include "base/mem.h"
#include "engines/scene/geometry/cell_sheets.h"
#include "engines/scene/geometry/lump_field.h"
#include "engines/scene/math/fn.h"

#include <stddef.h>

#define CORNER 1.75f /* from the middle of a cube to its corner, in half sides */

enum {
    CELLS_MIN = 8,
    CELLS_MAX = 128,
    BLOCK = 4, /* cells a side of what is looked at as a whole */
};

struct net {
    struct ct_lump_field field;
    ct_v3 origin;
    float step;
    int nx, ny, nz; /* grid points */
    float *values;  /* the field at the grid points; 0 far outside */
    /* Of the cell whose lowest corner a grid point is: twice (its first vertex and 1), and 1 if it
     * has several; 0: none. */
    uint32_t *vertex;
    uint8_t *empty; /* of the blocks */
    struct ct_lump_survey survey;
    const uint8_t *surveyed; /* `empty` of the first block of the row that `survey` is of */
    struct ct_cell_sheets sheets;
    uint32_t n_sheets, n_edges; /* vertices, and edges of the grid that the surface crosses */
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
    *min = v3(CT_LUMP_FAR, CT_LUMP_FAR, CT_LUMP_FAR);
    *max = v3(-CT_LUMP_FAR, -CT_LUMP_FAR, -CT_LUMP_FAR);
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

/* The middles of eight blocks in a row are surveyed together. Returns which of them is this one. */
static int survey_block(struct net *net, const struct block *block)
{
    const int row = CT_LUMP_POINTS * BLOCK;
    int lane = block->x0 % row / BLOCK;
    float half = 0.5f * BLOCK * net->step;
    const uint8_t *first = block->empty - lane;
    if (net->surveyed == first)
        return lane;
    net->surveyed = first;
    struct ct_lump_points middles;
    for (int i = 0; i < CT_LUMP_POINTS; i++) {
        int x = block->x0 + (i - lane) * BLOCK;
        ct_v3 middle = v3_add(point(net, x, block->y0, block->z0), v3(half, half, half));
        middles.x[i] = middle.x;
        middles.y[i] = middle.y;
        middles.z[i] = middle.z;
    }
    ct_lump_field_survey(&net->survey, &net->field, &middles);
    return lane;
}

/* Makes the field that of the block. */
static void enter_block(struct net *net, const struct block *block)
{
    float half = 0.5f * BLOCK * net->step;
    int lane = survey_block(net, block);
    ct_lump_field_enter(&net->field, &net->survey, lane, CORNER * half + net->step);
}

/* Two rows of a block at once. */
static void fill_rows(struct net *net, const struct block *block, int y, int z)
{
    struct ct_lump_points points;
    float values[CT_LUMP_POINTS] __attribute__((aligned(32)));
    for (int i = 0; i < CT_LUMP_POINTS; i++) {
        ct_v3 p = point(net, block->x0 + i % BLOCK, y + i / BLOCK, z);
        points.x[i] = p.x;
        points.y[i] = p.y;
        points.z[i] = p.z;
    }
    ct_lump_field_distances(values, &net->field, &points);
    for (int i = 0; i < CT_LUMP_POINTS; i++)
        if (block->x0 + i % BLOCK < block->x1 && y + i / BLOCK < block->y1)
            net->values[at(net, block->x0 + i % BLOCK, y + i / BLOCK, z)] = values[i];
}

/* What is far outside keeps its 0. Far inside is not told like that: distances in flat ellipsoids
 * are not to be trusted there. */
static void fill_block(struct net *net, const struct block *block)
{
    float d = net->survey.surface[survey_block(net, block)];
    *block->empty = d > CT_LUMP_BOUND * (CORNER * 0.5f * BLOCK + 1) * net->step;
    if (*block->empty)
        return;
    enter_block(net, block);
    for (int z = block->z0; z < block->z1; z++)
        for (int y = block->y0; y < block->y1; y += CT_LUMP_POINTS / BLOCK)
            fill_rows(net, block, y, z);
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

/* Which corners of a cell at its lower x are inside, as bits 2 y + 4 z. */
static int side_corners(const struct net *net, int x, int y, int z)
{
    const float *here = net->values + at(net, x, y, z), *above = here + net->nx;
    size_t layer = (size_t)net->ny * (size_t)net->nx;
    return (here[0] < 0) | (above[0] < 0) << 2 | (here[layer] < 0) << 4 | (above[layer] < 0) << 6;
}

static int cell_corners(const struct net *net, int x, int y, int z)
{
    return side_corners(net, x, y, z) | side_corners(net, x + 1, y, z) << 1;
}

/* The mean of a sheet's crossings with the edges of its cell. */
static ct_v3 sheet_point(const struct net *net, int x, int y, int z, const uint8_t of[12],
                         int sheet)
{
    ct_v3 sum = v3(0, 0, 0);
    int crossings = 0;
    for (int edge = 0; edge < 12; edge++) {
        if (of[edge] != sheet)
            continue;
        int axis = edge / 4, from[3], to[3];
        ct_cell_edge_ends(edge, from, to);
        float a = net->values[at(net, x + from[0], y + from[1], z + from[2])];
        float b = net->values[at(net, x + to[0], y + to[1], z + to[2])];
        float t = a / (a - b);
        sum = v3_add(sum,
                     v3((float)from[0] + (axis == 0 ? t : 0), (float)from[1] + (axis == 1 ? t : 0),
                        (float)from[2] + (axis == 2 ? t : 0)));
        crossings++;
    }
    return v3_mad(v3_add(v3((float)x, (float)y, (float)z), v3_scale(sum, 1 / (float)crossings)),
                  net->step, net->origin);
}

static void count(struct net *net, const struct block *block)
{
    int x1 = block->x1 < net->nx - 1 ? block->x1 : net->nx - 1;
    int y1 = block->y1 < net->ny - 1 ? block->y1 : net->ny - 1;
    int z1 = block->z1 < net->nz - 1 ? block->z1 : net->nz - 1;
    uint32_t before = net->n_sheets;
    for (int z = block->z0; z < z1 && !*block->empty; z++)
        for (int y = block->y0; y < y1; y++) {
            int side = side_corners(net, block->x0, y, z);
            for (int x = block->x0; x < x1; x++) {
                int inside = side, first = inside & 1;
                side = side_corners(net, x + 1, y, z);
                inside |= side << 1;
                net->n_sheets += net->sheets.n[inside];
                net->n_edges += (uint32_t)(first != (inside >> 1 & 1)) +
                                (uint32_t)(first != (inside >> 2 & 1)) +
                                (uint32_t)(first != (inside >> 4 & 1));
            }
        }
    *block->empty = net->n_sheets == before;
}

static void add_vertex(struct net *net, ct_v3 p)
{
    struct ct_lump_sample sample;
    ct_lump_field_sample(&sample, &net->field, p, 0.4f * net->step);
    uint32_t v = ct_mesh_vertex(net->mesh, v3(p.x, ct_maxf(p.y, 0), p.z), sample.normal);
    net->mesh->uvs[2 * v] = sample.paint[1];
    net->mesh->uvs[2 * v + 1] = sample.paint[2];
}

/* One vertex for each sheet that passes a cell of the block. */
static void add_vertices(struct net *net, const struct block *block)
{
    if (*block->empty)
        return;
    enter_block(net, block);
    for (int z = block->z0; z < block->z1 && z + 1 < net->nz; z++)
        for (int y = block->y0; y < block->y1 && y + 1 < net->ny; y++)
            for (int x = block->x0; x < block->x1 && x + 1 < net->nx; x++) {
                int inside = cell_corners(net, x, y, z), n = net->sheets.n[inside];
                if (n == 0)
                    continue;
                net->vertex[at(net, x, y, z)] = (net->mesh->n_vertices + 1) << 1 | (n > 1);
                for (int sheet = 0; sheet < n; sheet++)
                    add_vertex(net, sheet_point(net, x, y, z, net->sheets.of[inside], sheet));
            }
}

/* The vertex of the sheet that passes an edge of a cell, and 1; 0: none. */
static uint32_t vertex_of(const struct net *net, int x, int y, int z, int edge)
{
    uint32_t first = net->vertex[at(net, x, y, z)];
    uint32_t sheet = first & 1 ? net->sheets.of[cell_corners(net, x, y, z)][edge] : 0;
    return (first >> 1) + sheet;
}

static void add_quad(struct net *net, const uint32_t q[4], bool flip)
{
    if (!q[0] || !q[1] || !q[2] || !q[3])
        return;
    uint32_t a = q[0] - 1, b = q[flip ? 3 : 1] - 1, c = q[2] - 1, d = q[flip ? 1 : 3] - 1;
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

/* The edges of the grid that begin at a point and cross the surface: each has four cells around. */
static void add_faces_at(struct net *net, int x, int y, int z)
{
    static const int around[4][2] = { { 1, 1 }, { 0, 1 }, { 0, 0 }, { 1, 0 } };
    bool in = net->values[at(net, x, y, z)] < 0;
    for (int axis = 0; axis < 3; axis++) {
        int u = (axis + 1) % 3, v = (axis + 2) % 3;
        if (in == (net->values[at(net, x + (axis == 0), y + (axis == 1), z + (axis == 2))] < 0))
            continue;
        uint32_t quad[4];
        for (int k = 0; k < 4; k++) {
            int from[3]; /* where the edge begins in that cell */
            from[axis] = 0;
            from[u] = around[k][0];
            from[v] = around[k][1];
            quad[k] =
                vertex_of(net, x - from[0], y - from[1], z - from[2], ct_cell_edge(axis, from));
        }
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

static void mesh_net(struct net *net)
{
    each_block(net, fill_block);
    each_block(net, count);
    net->mesh = ct_mesh_new(net->n_sheets, 2 * net->n_edges);
    if (!ct_mesh_add_uvs(net->mesh)) {
        ct_mesh_free(&net->mesh);
        return;
    }
    each_block(net, add_vertices);
    each_block(net, add_faces);
    if (!ct_mesh_mend_folds(net->mesh))
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
    struct net net = { .step = v3_max(size) / (float)cells };
    ct_lump_field_init(&net.field, lumps);
    ct_cell_sheets_init(&net.sheets);
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
