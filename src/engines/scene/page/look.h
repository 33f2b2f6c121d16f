/* The style a prompt names, in the terms of a page: palette, stroke, paper, ornament, type.
 *
 * Templates know nothing of styles. Before one runs, ct_look_prepare() turns the palette and the
 * margins; afterwards ct_look_finish() goes over the items it left. Texts are never touched, so
 * they are as crisp and as readable as without a style. */
#ifndef CT_SCENE_PAGE_LOOK_H
#define CT_SCENE_PAGE_LOOK_H

#include "engines/scene/page/template.h"

void ct_look_prepare(struct ct_template *t);
/* CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_look_finish(struct ct_template *t, struct ct_err *err);

/* Everything but text as squares of `cell` pixels, each of one colour. (look_pixels.c) */
CT_MUSTCHECK ct_code ct_look_pixels(struct ct_page *page, int cell, struct ct_err *err);
/* Every filled shape as a few washes whose edges wander. (look_washes.c) */
void ct_look_washes(struct ct_template *t);

#endif
