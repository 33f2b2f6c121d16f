/* Sample content of screens: what a mock-up says where the prompt says nothing (samples.def). */
#ifndef CT_SCENE_PAGE_SAMPLE_H
#define CT_SCENE_PAGE_SAMPLE_H

#include "engines/scene/page/template.h"

enum ct_hero {
    CT_HERO_AMOUNT, /* a card with a large number */
    CT_HERO_CURVE,  /* the same over a curve without a scale */
    CT_HERO_RINGS,  /* how much of a goal is done */
    CT_HERO_SEARCH, /* a field and a picture */
    CT_HERO_FEED,   /* posts with pictures */
    CT_HERO_MAP,
    CT_HERO_STRIP, /* the days of a week */
};

struct ct_sample {
    const char *words, *title;
    enum ct_hero hero;
    const char *hero_label, *hero_text, *actions, *section, *rows, *tabs;
};

/* The kind that the words of the prompt name; there is always one. Lives forever. */
const struct ct_sample *ct_sample_find(const struct ct_intent *intent);
/* Field `field` (parted by '=') of entry `i` (parted by '|') of a list of samples.def; len 0 when
 * there is none. */
struct ct_slice ct_sample_part(const char *list, int i, int field);
int ct_sample_count(const char *list);
/* Is it one of the words of a list parted by '|', as a whole word or words of the text? */
bool ct_sample_mentions(struct ct_slice text, const char *words);

#endif
