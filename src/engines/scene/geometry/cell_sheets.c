/* See cell_sheets.h. Called by lump_mesh.c, once a mesh; 256 cells of six faces are soon done.
 *
 * Two edges belong to one sheet when the surface connects them on a face. A face whose opposite
 * corners are inside can be read in two ways: here the corners inside are kept apart, in both cells
 * that share it. */
#include "engines/scene/geometry/cell_sheets.h"

#include <stdbool.h>
#include <string.h>

/* Edges are numbered 4 axis + where they begin across it, the lower of the other axes first. */
int ct_cell_edge(int axis, const int from[3])
{
    return 4 * axis + from[axis == 0] + 2 * from[axis == 2 ? 1 : 2];
}

void ct_cell_edge_ends(int edge, int from[3], int to[3])
{
    int axis = edge / 4, u = edge & 1, v = edge >> 1 & 1;
    from[0] = axis == 0 ? 0 : u;
    from[1] = axis == 1 ? 0 : axis == 0 ? u : v;
    from[2] = axis == 2 ? 0 : v;
    for (int k = 0; k < 3; k++)
        to[k] = from[k] + (axis == k);
}

static bool is_inside(int inside, const int corner[3])
{
    return inside >> (corner[0] + 2 * corner[1] + 4 * corner[2]) & 1;
}

static void unite(uint8_t of[12], int a, int b)
{
    uint8_t kept = of[a], gone = of[b];
    for (int edge = 0; edge < 12; edge++)
        of[edge] = of[edge] == gone ? kept : of[edge];
}

/* The corner of a face that lies across `axis` at `side`, the other coordinates being i and j. */
static void corner_of(int corner[3], int axis, int side, int i, int j)
{
    corner[axis] = side;
    corner[(axis + 1) % 3] = i;
    corner[(axis + 2) % 3] = j;
}

/* Joins what the surface connects on a face. */
static void join_on_face(uint8_t of[12], int inside, int axis, int side)
{
    int along_i[2], along_j[2]; /* its edges, by the coordinate that stays the same */
    bool in[2][2];
    for (int i = 0; i < 2; i++) {
        int corner[3];
        corner_of(corner, axis, side, 0, i);
        along_i[i] = ct_cell_edge((axis + 1) % 3, corner);
        corner_of(corner, axis, side, i, 0);
        along_j[i] = ct_cell_edge((axis + 2) % 3, corner);
        for (int j = 0; j < 2; j++) {
            corner_of(corner, axis, side, i, j);
            in[i][j] = is_inside(inside, corner);
        }
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) { /* a corner that is cut off from its neighbours */
            bool cut = in[i][j] != in[!i][j] && in[i][j] != in[i][!j];
            if (cut && (in[i][j] || in[!i][!j]))
                unite(of, along_i[j], along_j[i]);
        }
    if (in[0][0] == in[1][0] && in[0][1] == in[1][1] && in[0][0] != in[0][1])
        unite(of, along_j[0], along_j[1]);
    if (in[0][0] == in[0][1] && in[1][0] == in[1][1] && in[0][0] != in[1][0])
        unite(of, along_i[0], along_i[1]);
}

static uint8_t find_sheets(uint8_t of[12], int inside)
{
    uint8_t joined[12], n = 0;
    for (uint8_t edge = 0; edge < 12; edge++)
        joined[edge] = edge;
    for (int face = 0; face < 6; face++)
        join_on_face(joined, inside, face / 2, face % 2);
    memset(of, CT_NO_SHEET, 12);
    for (int edge = 0; edge < 12; edge++) {
        int from[3], to[3];
        ct_cell_edge_ends(edge, from, to);
        if (is_inside(inside, from) == is_inside(inside, to))
            continue;
        for (int before = 0; before < edge && of[edge] == CT_NO_SHEET; before++)
            if (of[before] != CT_NO_SHEET && joined[before] == joined[edge])
                of[edge] = of[before];
        if (of[edge] == CT_NO_SHEET)
            of[edge] = n++;
    }
    return n;
}

void ct_cell_sheets_init(struct ct_cell_sheets *sheets)
{
    for (int inside = 0; inside < 256; inside++)
        sheets->n[inside] = find_sheets(sheets->of[inside], inside);
}
