/* Small pictures of everyday nouns, drawn from circles, lines and curves (glyphs.def). */
#ifndef CT_SCENE_PAGE_GLYPH_H
#define CT_SCENE_PAGE_GLYPH_H

#include "engines/scene/page/template.h"

/* The drawing of the last noun of `words` that has one; NULL when none has. Lives forever. */
const char *ct_glyph_find(struct ct_slice words);
/* Draws it into the square at (x, y) with sides `size`, on a ground of the colour `ground`. */
void ct_glyph_draw(struct ct_page *page, const char *drawing, double x, double y, double size,
                   struct ct_tint ink, struct ct_tint ground);
/* For tests: all of them, in order; NULL behind the last. */
const char *ct_glyph_at(int index);

#endif
