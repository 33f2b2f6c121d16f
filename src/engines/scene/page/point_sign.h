/* The sign that stands for a point of a list: "Cool room", "Eat vegetables", "No screens". */
#ifndef CT_SCENE_PAGE_POINT_SIGN_H
#define CT_SCENE_PAGE_POINT_SIGN_H

#include "engines/scene/page/template.h"

/* A drawing of glyphs.def by a noun of the label, or else by a verb or an adjective of it; NULL
 * when no word has one. Lives forever. */
const char *ct_point_sign(struct ct_slice label);

#endif
