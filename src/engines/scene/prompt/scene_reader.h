/* The state of reading a scene, shared by scene_grammar.c (what each phrase is for) and
 * scene_things.c (what it does to the intent). */
#ifndef CT_SCENE_SCENE_READER_H
#define CT_SCENE_SCENE_READER_H

#include "engines/scene/prompt/reader.h"

enum { CT_SCENE_HELD = 4 };

enum ct_pending {
    CT_PENDING_NONE,
    CT_PENDING_RELATION,
    CT_PENDING_OF,
    CT_PENDING_WITH,
    CT_PENDING_MADE,
    CT_PENDING_COPULA,
};

struct ct_scene_reader {
    struct ct_reader *r;
    enum ct_pending pending;
    enum ct_relation_kind kind; /* of CT_PENDING_RELATION */
    bool after_and;             /* "... and on": the relation is to the same thing as before */
    int last;                   /* the entity attributes belong to, -1 for none */
    int prev;                   /* the entity of the phrase just before, -1 when it was another */
    int rest;     /* of "two mugs, a red one and ...": the one not told yet, -1 for none */
    int related;  /* a of the last relation */
    int dangling; /* "behind the mug, a candle": b of a relation without its a */
    enum ct_relation_kind dangling_kind;
    int place[CT_INTENT_ENTITIES];        /* "on the left": relation kind + 1, 0 for none */
    int held_place;                       /* the same, said before the thing */
    struct ct_slice held_text;            /* lettering said before the thing */
    int held_text_first, held_text_end;   /* its tokens */
    bool between;                         /* "between a and b": b is still to come */
    bool by;                              /* "surrounded by b": b is what is around */
    struct ct_phrase held[CT_SCENE_HELD]; /* "a red, glossy, small mug": what the commas parted */
    int n_held;
    int maybe_first, maybe_end; /* an unknown phrase that may be the subject */
};

/* Puts a text on a thing; false when it has one already or has no place for one. */
bool ct_scene_letter(struct ct_intent *intent, int entity, struct ct_slice text);
/* near.c: the unknown noun of `p` becomes an OBJECT drawn in its place; false when none is near.
 * `by_name`: only what has the very name of an emoji, nothing by a hypernym. */
bool ct_phrase_name_near(struct ct_reader *r, struct ct_phrase *p, bool by_name);
bool ct_scene_drawable(const struct ct_intent *intent, int entity);
bool ct_scene_holds_liquid(enum ct_object_id object);
/* "in a row": how the things of the entity stand; m is an ARRANGEMENT. */
void ct_scene_arrange(struct ct_reader *r, struct ct_entity *e, const struct ct_match *m);
/* entities[a] KIND entities[b], unless one is not drawn or they are related already. */
void ct_scene_relate(struct ct_scene_reader *s, int a, enum ct_relation_kind kind, int b);
/* The thing the phrase names, a new one or "the mug" again; -1 when there is no room. */
int ct_scene_add(struct ct_scene_reader *s, const struct ct_phrase *p);
/* "a blue one", "the other": another of the last thing, or one of it; -1 when there is none. */
int ct_scene_add_same(struct ct_scene_reader *s, const struct ct_phrase *p);
void ct_scene_use_support(struct ct_scene_reader *s, const struct ct_phrase *p);
void ct_scene_set_ground(struct ct_intent *intent, struct ct_rgb color);
void ct_scene_use_ground(struct ct_scene_reader *s, const struct ct_phrase *p);
/* "in a forest", "at night". False when the phrase names a thing instead. */
bool ct_scene_use_setting(struct ct_scene_reader *s, const struct ct_phrase *p);
/* "with a gold cap": of the last thing. False when nothing has such a part. */
bool ct_scene_use_part(struct ct_scene_reader *s, const struct ct_phrase *p);
void ct_scene_use_palette(struct ct_scene_reader *s, const struct ct_phrase *p);
/* Only attributes: of the support ("on marble"), the background ("on white"), or the last thing. */
void ct_scene_use_attributes(struct ct_scene_reader *s, const struct ct_phrase *p);
/* "of coffee", "with milk": what is in the thing named just before. */
void ct_scene_use_contents(struct ct_scene_reader *s, const struct ct_phrase *p);

#endif
