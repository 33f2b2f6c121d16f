/* The cheapest cut of a grid of pixels into two sets (Boykov and Kolmogorov 2004).
 *
 * Every pixel is drawn to one side by `pull` and tied to its eight neighbours. Capacities are
 * integers, so the cut is the same everywhere. One object belongs to one thread. */
#ifndef CT_SCENE_RETOUCH_MAXFLOW_H
#define CT_SCENE_RETOUCH_MAXFLOW_H

#include "engines/scene/retouch/retouch.h"

#define CT_CUT_WAYS 8

struct ct_cut;

/* CT_E_MEMORY; some 60 bytes a pixel. */
CT_MUSTCHECK ct_code ct_cut_open(struct ct_cut **out, int width, int height, struct ct_err *err);
void ct_cut_free(struct ct_cut **cut);

/* Takes all ties and pulls away. */
void ct_cut_reset(struct ct_cut *cut);
/* > 0: costs that much to put the pixel outside; < 0: inside. At most 2^28. */
void ct_cut_pull(struct ct_cut *cut, int x, int y, int32_t pull);
/* Cost of parting (x, y) from its neighbour; ways 0..3 are right, down, down right, down left.
 * Symmetric. Ties that leave the picture are ignored. */
void ct_cut_tie(struct ct_cut *cut, int x, int y, int way, int32_t cost);

CT_MUSTCHECK ct_code ct_cut_run(struct ct_cut *cut, const struct ct_retouch *with,
                                struct ct_err *err);
bool ct_cut_is_inside(const struct ct_cut *cut, int x, int y); /* after a run */

#endif
