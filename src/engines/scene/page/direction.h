/* Art direction of printed pages: by what a page is filled, in which face and colours.
 *
 * An art is one function ct_art_<id>() and one row of arts.def. It paints the whole page, its paper
 * too, and says where words go and in which colours; the template sets them. Called while
 * composing, by one thread. */
#ifndef CT_SCENE_PAGE_DIRECTION_H
#define CT_SCENE_PAGE_DIRECTION_H

#include "engines/scene/page/template.h"

/* Where the words of a printed page stand. */
struct ct_room {
    struct ct_rect words;
    struct ct_palette on; /* what they stand on: ink, muted, line */
    enum ct_text_align align;
    bool at_bottom, at_middle;
    double title_px;     /* 0: by the template */
    struct ct_rect foot; /* of the subtitle and the rest, where they stand apart; w = 0: nowhere */
    struct ct_palette on_foot;
};

/* What the page says, as a number to turn dice by: an edited page's is that of its first title. */
uint64_t ct_direct_turn(const struct ct_intent *in, uint64_t salt);
/* Chooses art, face, sign and palette of t; nothing for other pages than printed ones. */
void ct_direct(struct ct_template *t, uint32_t seed);
/* Paints the page and gives the room for words. */
struct ct_room ct_direct_paint(struct ct_template *t);
/* Sets title, subtitle and the rest into the room. */
void ct_direct_words(struct ct_template *t, const struct ct_room *room);

#define CT_ART(id, words) struct ct_room ct_art_##id(struct ct_template *t);
#include "engines/scene/page/arts.def"
#undef CT_ART

#endif
