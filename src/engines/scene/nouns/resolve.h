/* A noun no table names, drawn as something more general: a chalice as a wine glass.
 *
 * From WordNet's hypernyms, by a table made at build time (tools/make-nouns.py,
 * docs/scene/nouns.md). What is drawn so must be said: the caller makes it a SUBSTITUTED note. */
#ifndef CT_SCENE_NOUN_RESOLVE_H
#define CT_SCENE_NOUN_RESOLVE_H

#include "base/slice.h"
#include "engines/scene/tables.h"

struct ct_noun_match {
    enum ct_object_id object;
    const char *via;   /* the word of the object the noun lies under: "goblet"; lives forever */
    const char *emoji; /* of CT_OBJECT_relief, UTF-8, named `via`; else NULL; lives forever */
    int words;         /* how many words at the end of the noun were used: 1 or 2 */
    bool plural;
};

/* Looks at the last two words of `noun`, then at the last one; blanks and hyphens part words, case
 * does not matter, plurals are understood. Two words with a meaning of their own ("hot dog") are
 * not looked at singly. False, and *out untouched, when nothing near can be drawn. Thread-safe. */
bool ct_noun_hypernym(struct ct_noun_match *out, struct ct_slice noun);

#endif
