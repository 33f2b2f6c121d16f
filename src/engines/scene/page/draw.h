/* Inside page/: drawing for other ends than a picture. */
#ifndef CT_SCENE_PAGE_DRAW_H
#define CT_SCENE_PAGE_DRAW_H

#include "engines/scene/page/items.h"

/* All but the text at 1/cell of its size, unsmoothed: w x h premultiplied ARGB, 0 where nothing
 * is. Lines are one square wide at least. Gradients, glows and shadows are left out. CT_E_MEMORY.
 */
CT_MUSTCHECK ct_code ct_page_draw_small(uint32_t *px, int w, int h, int cell,
                                        const struct ct_page *page, struct ct_err *err);

#endif
