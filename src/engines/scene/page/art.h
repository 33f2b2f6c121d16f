/* Abstract forms for posters and compositions: vector shapes in a rectangle, by dice. */
#ifndef CT_SCENE_PAGE_ART_H
#define CT_SCENE_PAGE_ART_H

#include "engines/scene/page/template.h"

/* A grid of quarter circles, discs, half discs, steps and stripes that fills the rectangle. */
void ct_art_tiles(struct ct_template *t, struct ct_rect in);
/* Broad concentric arcs around a corner or the foot of the rectangle. */
void ct_art_arcs(struct ct_template *t, struct ct_rect in);
/* Columns of capsules of different lengths. */
void ct_art_capsules(struct ct_template *t, struct ct_rect in);
/* Large overlapping discs in the soft colours: ink reads on all of them. */
void ct_art_discs(struct ct_template *t, struct ct_rect in);
/* Light of several colours that runs into one another, close enough to the paper for text. */
void ct_art_mesh(struct ct_template *t, double strength);

#endif
