/* The table tools/make-nouns.py writes; only for the files of nouns/. */
#ifndef CT_SCENE_NOUN_TABLE_H
#define CT_SCENE_NOUN_TABLE_H

#include "engines/scene/tables.h"

#include <stddef.h>
#include <stdint.h>

/* One sense of an object's word. */
struct ct_noun_anchor {
    enum ct_object_id object;
    const char *word;
    const char *emoji; /* of a relief, UTF-8; else NULL */
};

struct ct_noun_row {
    uint32_t text;  /* offset of the noun in ct_noun_text, NUL-terminated; rows ascend by it */
    int16_t anchor; /* index into ct_noun_anchors; -1: the two words name something else */
    uint16_t plural;
};

extern const struct ct_noun_anchor ct_noun_anchors[];
extern const char ct_noun_text[];
extern const struct ct_noun_row ct_noun_rows[];
extern const size_t ct_noun_n_rows;

#endif
