/* The words a prompt may use: every name in the scene's tables, colors.def and words.def in one
 * hash table, found by the longest phrase.
 *
 * A phrase may mean several things ("gold" is a material and a colour); the grammar asks for the
 * classes that make sense where it stands. */
#ifndef CT_SCENE_LEXICON_H
#define CT_SCENE_LEXICON_H

#include "engines/scene/prompt/token.h"

enum ct_word_class {
    CT_CLASS_OBJECT,        /* enum ct_object_id */
    CT_CLASS_MATERIAL,      /* enum ct_material_id */
    CT_CLASS_RIG,           /* enum ct_rig_id */
    CT_CLASS_BACKDROP,      /* enum ct_backdrop_id */
    CT_CLASS_CAMERA,        /* enum ct_camera_id */
    CT_CLASS_TEMPLATE,      /* enum ct_template_id */
    CT_CLASS_COLOR,         /* 0xRRGGBB */
    CT_CLASS_NEAR,          /* enum ct_object_id, drawn in its place */
    CT_CLASS_NEAR_TEMPLATE, /* enum ct_template_id, drawn in its place */
    CT_CLASS_NUMBER,
    CT_CLASS_ARRANGEMENT, /* enum ct_arrangement: how several stand together */
    CT_CLASS_ARTICLE,  /* 1: definite */
    CT_CLASS_SIZE,     /* percent */
    CT_CLASS_FINISH,   /* enum ct_finish */
    CT_CLASS_PATTERN,  /* enum ct_pattern_kind */
    CT_CLASS_SHADE,    /* lightness to add to the colour that follows, percent */
    CT_CLASS_SUPPORT,  /* something to stand on */
    CT_CLASS_GROUND,   /* background, wall */
    CT_CLASS_RELATION, /* enum ct_relation_kind; a thing follows */
    CT_CLASS_PLACE,    /* the same, complete by itself: "on the left" */
    CT_CLASS_AGAINST,  /* may come before a background */
    CT_CLASS_OF,       /* contents follow */
    CT_CLASS_WITH,
    CT_CLASS_MADE, /* a material or colour follows */
    CT_CLASS_COPULA,
    CT_CLASS_AND,
    CT_CLASS_PRONOUN,
    CT_CLASS_NEGATION, /* 1: a whole list follows */
    CT_CLASS_FRAME,    /* "photo of" */
    CT_CLASS_STOP,     /* a function word */
    CT_CLASS_VERB,     /* a verb that adds nothing: "stands"; 1: it flies */
    CT_CLASS_STYLE,    /* an adjective nothing acts on */
    CT_CLASS_PRAISE,   /* asks for a good picture, names nothing to draw */
    CT_CLASS_LOOK,     /* enum ct_look_style */
    CT_CLASS_MOOD,     /* enum ct_mood */
    CT_CLASS_SETTING,  /* enum ct_setting */
    CT_CLASS_SCENERY,  /* enum ct_scenery: read before all else (scenery.c) */
    CT_CLASS_HOUR,     /* enum ct_hour */
    CT_CLASS_LIT,      /* enum ct_rig_id: an adjective of light */
    CT_CLASS_LIGHT,    /* the noun behind it; 1: also an ordinary adjective ("lit") */
    CT_CLASS_PART,     /* of a thing: "cap", "handle" */
    CT_CLASS_TAIL,     /* behind the noun of a thing, changes nothing; 1: several */
    CT_CLASS_EFFECT,   /* enum ct_effect */
    CT_CLASS_PALETTE,
    CT_CLASS_SCHEME, /* enum ct_scheme: a palette with a name */
    CT_CLASS_ROLE,   /* enum ct_role: a text follows */
    CT_CLASS_NODE,   /* box, step */
    CT_CLASS_LABELED,
    CT_CLASS_LINK,  /* A connects to B; 1: both ways */
    CT_CLASS_SENDS, /* A sends ... to B */
    CT_CLASS_LOOP,  /* the last box points to the first */
    CT_CLASS_ARROW, /* enum ct_arrow_flags */
    CT_CLASS_COUNT
};
#define CT_CLASS_BIT(id) (UINT64_C(1) << CT_CLASS_##id)
/* All but scenery and hours, which are read on their own, before the rest. */
#define CT_CLASS_ANY (~(CT_CLASS_BIT(SCENERY) | CT_CLASS_BIT(HOUR)))

enum ct_effect {
    CT_EFFECT_SHALLOW,
    CT_EFFECT_TITLE_ROOM,
    CT_EFFECT_DARK,
    CT_EFFECT_LIGHT,
};

enum ct_scheme {
#define CT_SCHEME(id, words, a, b, c, d) CT_SCHEME_##id,
#include "engines/scene/prompt/schemes.def"
#undef CT_SCHEME
    CT_SCHEME_COUNT
};

enum ct_role {
    CT_ROLE_TEXT,
    CT_ROLE_TITLE,
    CT_ROLE_SUBTITLE,
};

struct ct_lexicon;

/* A phrase found: tokens [first, first + n). */
struct ct_match {
    int first, n;
    bool plural;
    uint64_t classes;
    const struct ct_phrase_row *row;
};

/* Builds the table in the arena (0.4 ms, 340 KB; nothing is shared or changed later).
 * CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_lexicon_new(const struct ct_lexicon **out, struct ct_arena *arena,
                                    struct ct_err *err);
/* The longest phrase that starts at token i, ends before `end` and has one of the classes. */
bool ct_lexicon_match(const struct ct_lexicon *lexicon, const struct ct_token *tokens, int end,
                      int i, uint64_t classes, struct ct_match *match);
/* Makes *match (first, n and plural are set) what a NEAR row of words.def gives: drawn as `object`.
 * `name` lives as long as the match. False when out of memory. */
bool ct_lexicon_near(struct ct_match *match, struct ct_arena *arena, const char *name, int object);
/* What the phrase means as a word of `class`; 0 when it is none. */
int ct_match_value(const struct ct_match *match, enum ct_word_class class);
/* All classes of the phrase, also those not asked for. */
uint64_t ct_match_all_classes(const struct ct_match *match);
/* The phrase as the table has it: "mug" for "Mugs". Lives in the arena of the lexicon. */
const char *ct_match_name(const struct ct_match *match);

#endif
