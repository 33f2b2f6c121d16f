/* What an edit asks for: typed changes with their targets, and every word accounted for.
 *
 * prompt + the intent of the picture -> ct_edit_read() -> struct ct_edit -> patch.h (a picture of
 * ours) or foreign.h (a photograph). Entities are numbered as in the intent; what is added comes
 * behind them. Plain data in the arena it was read into. */
#ifndef CT_SCENE_EDIT_H
#define CT_SCENE_EDIT_H

#include "engines/scene/edit/recipe.h"
#include "engines/scene/prompt/lexicon.h"

enum { CT_EDIT_OPS = 48, CT_EDIT_THINGS = 32 };

enum ct_edit_kind {
    CT_EDIT_LOOK,    /* colour, material, finish, contents or a part of the target: `want` */
    CT_EDIT_TONE,    /* the target's colour lighter or darker, or that of `ground`: factor */
    CT_EDIT_TEXT,    /* `to` instead of `from` or of the text of that role; len 0: taken off */
    CT_EDIT_ADD,     /* entity `target` is new */
    CT_EDIT_REMOVE,  /* the target goes */
    CT_EDIT_REPLACE, /* entity `other` comes where the target was */
    CT_EDIT_MOVE,    /* the target goes RELATION `other` */
    CT_EDIT_COUNT,   /* so many of the target: count */
    CT_EDIT_SIZE,    /* the target's size times factor */
    CT_EDIT_ONLY,    /* everything but the entities marked in `only` goes */
    CT_EDIT_STAGE,   /* choice `choice` of the intent: backdrop, light, camera, look ... */
    CT_EDIT_EXPOSE,  /* the whole picture brighter or darker: factor */
    CT_EDIT_CUT_OUT, /* the background becomes transparent */
    CT_EDIT_ADJUST, /* of a photograph: what a darkroom does, `adjust`; only `behind` the subject */
    CT_EDIT_LIKE,   /* `aspects` as they are in picture `image` */
    CT_EDIT_KINDS
};

/* What one picture can have of another. */
enum ct_edit_aspect {
    CT_ASPECT_LIGHT = 1,   /* rig, its side, exposure and tone */
    CT_ASPECT_PALETTE = 2, /* colours of the grounds, or of the page */
    CT_ASPECT_CAMERA = 4,
    CT_ASPECT_LOOK = 8,    /* "a watercolor" */
    CT_ASPECT_PLACE = 16,  /* backdrop, support, setting, land */
    CT_ASPECT_STYLE = CT_ASPECT_LIGHT | CT_ASPECT_PALETTE | CT_ASPECT_CAMERA | CT_ASPECT_LOOK,
};

enum ct_edit_ground {
    CT_EDIT_GROUND_NONE,
    CT_EDIT_GROUND_BACKDROP, /* the wall, the background */
    CT_EDIT_GROUND_SUPPORT,  /* the table, the floor */
};

/* As retouch/adjust.h has it. */
struct ct_edit_adjust {
    float contrast, saturation, warmth, blur;
};

struct ct_edit_op {
    enum ct_edit_kind kind;
    struct ct_slice words;   /* of the prompt, for people */
    int target, other;       /* entities, -1 for none */
    struct ct_entity want;   /* LOOK: what is set in it */
    bool has_from;           /* "from white": what the target looks like now */
    struct ct_rgb from_color;
    enum ct_relation_kind relation;
    bool related;            /* ADD, REPLACE: `relation` to `other` was said */
    enum ct_role role;
    struct ct_slice from, to;
    float factor;
    int count;
    int choice;              /* of ct_intent_choice_name() */
    int image;               /* LIKE, ADD, REPLACE: the input it is taken from; 0: none */
    bool missing;            /* ADD, REPLACE: that input has no such thing */
    bool here;               /* ADD, MOVE: where the strokes of the markup are */
    unsigned aspects;        /* of LIKE */
    struct ct_edit_adjust adjust;
    bool behind, night;
    enum ct_edit_ground ground; /* TONE without a target: what of the surroundings */
    bool added;                 /* TEXT: one more, rather than another one */
};

/* What a prompt is read against. */
struct ct_edit_context {
    const struct ct_intent *of; /* of the picture to change; NULL: a foreign one */
    /* The recipes of the other inputs, in their order from input 1 on; one without an intent is
     * foreign. They outlive the edit. */
    const struct ct_scene_recipe *others;
    int n_others;
    /* Strokes came with the picture: "this" is what they are on. Of a picture of ours: those of its
     * entities (CT_INTENT_ENTITIES of them; NULL: none), and which one is meant is theirs to say.
     */
    bool markup;
    const bool *marked;
};

struct ct_edit {
    struct ct_edit_op
        ops[CT_EDIT_OPS + 1]; /* the last takes what is too many, and is not counted */
    int n_ops;
    bool keep_rest; /* "keep everything else identical" */
    bool fresh;     /* the prompt describes a picture rather than a change */
    bool only[CT_EDIT_THINGS];  /* of ONLY */
    /* Of a foreign picture: "the red cup" looks red now; the ground that is spoken of is the sky.
     */
    bool is_seen[CT_EDIT_THINGS];
    struct ct_rgb seen[CT_EDIT_THINGS];
    bool sky;
    bool unmarked; /* the prompt names a thing, and the strokes are on others */
    uint32_t named; /* bit i: the prompt speaks of input i */
    int n_before;   /* entities of the picture; the rest of intent->entities are new */
    /* The entities, old ones as they were, and in its choices only what the edit names. */
    struct ct_intent *intent;
};

/* The things of a foreign picture are whatever the prompt calls them: they become entities with the
 * noun as written. Never fails for what the prompt says; n_ops 0 is nothing understood.
 * CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_edit_read(const struct ct_edit **out, struct ct_arena *arena,
                                  const struct ct_edit_context *context, struct ct_slice prompt,
                                  struct ct_err *err);
const char *ct_edit_kind_name(enum ct_edit_kind kind);
/* One line an operation, then the notes: for `calotype explain` and tests. */
void ct_edit_print(struct ct_buf *b, const struct ct_edit *edit);

#endif
