/* Which edges of a grid's cell one sheet of a surface passes.
 *
 * Where two sheets pass a cell, as in a narrow gap, each needs a vertex of its own: with one for
 * both they would hang together there and fold. */
#ifndef CT_SCENE_CELL_SHEETS_H
#define CT_SCENE_CELL_SHEETS_H

#include <stdint.h>

/* By the corners of the cell that are inside (bit x + 2 y + 4 z). */
struct ct_cell_sheets {
    uint8_t n[256];      /* sheets, 0 .. 4 */
    uint8_t of[256][12]; /* the sheet of an edge; CT_NO_SHEET where the surface does not cross it */
};
#define CT_NO_SHEET 255

void ct_cell_sheets_init(struct ct_cell_sheets *sheets);

/* The edge that runs along an axis from a corner. */
int ct_cell_edge(int axis, const int from[3]);
void ct_cell_edge_ends(int edge, int from[3], int to[3]);

#endif
