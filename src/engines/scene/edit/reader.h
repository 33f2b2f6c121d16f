/* What the files that read an edit share; not for others. */
#ifndef CT_SCENE_EDIT_READER_H
#define CT_SCENE_EDIT_READER_H

#include "engines/scene/edit/edit.h"
#include "engines/scene/prompt/scene_reader.h"

enum ct_edit_verb {
    CT_EDIT_VERB_NONE,
    CT_EDIT_VERB_CHANGE,
    CT_EDIT_VERB_ADD,
    CT_EDIT_VERB_PUT,
    CT_EDIT_VERB_REMOVE,
    CT_EDIT_VERB_REPLACE,
};

/* What a noun phrase of an edit points at. */
enum ct_aim_kind {
    CT_AIM_NONE,
    CT_AIM_ENTITY,
    CT_AIM_PART,     /* of an entity */
    CT_AIM_CONTENTS, /* of an entity */
    CT_AIM_TEXT,     /* a role, or a text as written */
    CT_AIM_GROUND,
    CT_AIM_SUPPORT,
    CT_AIM_LIGHT,
    CT_AIM_CAMERA,
    CT_AIM_LOOK,
    CT_AIM_PALETTE,
    CT_AIM_PICTURE,
};

struct ct_aim {
    enum ct_aim_kind kind;
    int first, end;
    int entity;
    struct ct_slice part; /* its name */
    enum ct_role role;
    struct ct_slice quoted;  /* of TEXT: the text itself */
    bool count_of, size_of;  /* "the number of apples", "the size of the mug" */
};

struct ct_edit_reader {
    struct ct_reader r; /* r.intent is edit->intent */
    struct ct_edit *edit;
    bool foreign;
    const struct ct_edit_context *context;
    char *prompt; /* ours to write to: the tokens point here; NULL without other pictures */
    bool *owner;  /* token i was written with 's */
    uint8_t *from_image; /* token i begins "from image 2": that input; 0 elsewhere */
    int last;     /* the entity "it" stands for, -1 for none */
    int marked;   /* the first that the markup is on, -1 for none */
    bool pointed; /* "this" was said of it: "these", when there are several */
    int more;     /* "two more", 0 for none */
    bool mentioned[CT_INTENT_ENTITIES];
};

/* ---- words.c */
/* The verb at token i, before `end`; *n is its length. */
enum ct_edit_verb ct_edit_verb_at(const struct ct_edit_reader *s, int i, int end, int *n);
/* Any of the words "a|b|c" at token i; returns how many tokens, 0 for none. */
int ct_edit_words_at(const struct ct_edit_reader *s, int i, const char *words);
/* "keep everything else identical": marks all such phrases, sets edit->keep_rest. */
void ct_edit_read_keeps(struct ct_edit_reader *s);
/* Tokens at i that only lead over to what follows ("to", "into", "look"); returns the token behind.
 */
int ct_edit_skip(struct ct_edit_reader *s, int i, int end, const char *words);
/* The token behind the clause that starts at i. */
int ct_edit_clause_end(const struct ct_edit_reader *s, int i);

/* ---- aim.c */
/* What the phrase at token i points at; returns the token behind it, i when it points at nothing.
 */
int ct_edit_aim(struct ct_edit_reader *s, int i, int end, struct ct_aim *aim);
/* Marks its tokens as understood. */
void ct_edit_mark_aim(struct ct_edit_reader *s, const struct ct_aim *aim);

/* ---- read.c */
/* A reader at the beginning of a prompt; what lives in it lives in the arena. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_edit_open(struct ct_edit_reader *s, struct ct_arena *arena,
                                  const struct ct_edit_context *context, struct ct_slice prompt,
                                  struct ct_err *err);

/* ---- reference.c: the other pictures of the request */
/* "picture 2", "the second image", "both pictures" at i, an article before it included; returns the
 * token behind it, i for none. *image: an input, or CT_EDIT_ALL_IMAGES. */
#define CT_EDIT_ALL_IMAGES 255
int ct_edit_picture_at(const struct ct_edit_reader *s, int i, int *image);
/* "in the light of the second picture", "the perfume from image 2": marks all such phrases. Before
 * the clauses are read. */
void ct_edit_read_references(struct ct_edit_reader *s);
/* A new thing that is said to be another picture's becomes like the one there. */
void ct_edit_take_from_image(struct ct_edit_reader *s, struct ct_edit_op *op, int entity);
/* The input that the thing called `noun` is said to come from, 0 for none. */
int ct_edit_image_of(const struct ct_edit_reader *s, struct ct_slice noun);

/* ---- adjust.c */
/* What a darkroom does to a photograph, and what of it a scene can have: marks its phrases. Before
 * the clauses are read. */
void ct_edit_read_adjustments(struct ct_edit_reader *s);

/* ---- clause.c */
struct ct_edit_op *ct_edit_add(struct ct_edit_reader *s, enum ct_edit_kind kind, int first,
                               int end);
void ct_edit_clause(struct ct_edit_reader *s, int i, int end);

#endif
