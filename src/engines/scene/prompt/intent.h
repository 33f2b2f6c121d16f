/* What a prompt asks for, after reading and before composing: plain data, printable.
 *
 * prompt -> tokens -> grammar and lexicon -> struct ct_intent -> stage/ (3D) or page/ (2D).
 * Slices point into the prompt or into the arena. Nothing here is random: variation by seed
 * happens when the scene is composed. */
#ifndef CT_SCENE_INTENT_H
#define CT_SCENE_INTENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "engines/scene/tables.h"

struct ct_rgb {
    uint8_t r, g, b; /* sRGB */
};

enum ct_finish {
    CT_FINISH_UNSET,
    CT_FINISH_MATTE,
    CT_FINISH_SATIN,
    CT_FINISH_GLOSSY,
    CT_FINISH_BRUSHED,
    CT_FINISH_POLISHED,
    CT_FINISH_FROSTED,
};

/* Rows of styles.def, moods.def and settings.def beside this header; 0 is "none named". */
enum ct_look_style {
    CT_LOOK_STYLE_NONE,
#define CT_LOOK_STYLE(id, drawn, words) CT_LOOK_STYLE_##id,
#include "engines/scene/prompt/styles.def"
#undef CT_LOOK_STYLE
    CT_LOOK_STYLE_COUNT
};
enum ct_mood {
    CT_MOOD_NONE,
#define CT_MOOD(id, rig, words) CT_MOOD_##id,
#include "engines/scene/prompt/moods.def"
#undef CT_MOOD
    CT_MOOD_COUNT
};
enum ct_setting {
    CT_SETTING_NONE,
#define CT_SETTING(id, backdrop, words) CT_SETTING_##id,
#include "engines/scene/prompt/settings.def"
#undef CT_SETTING
    CT_SETTING_COUNT
};

/* Rows of patterns.def. */
enum ct_pattern_kind {
    CT_PATTERN_NONE,
#define CT_PATTERN(id, words) CT_PATTERN_##id,
#include "engines/scene/prompt/patterns.def"
#undef CT_PATTERN
    CT_PATTERN_COUNT
};

enum ct_side {
    CT_SIDE_ANY,
    CT_SIDE_LEFT,
    CT_SIDE_RIGHT,
    CT_SIDE_TOP,
    CT_SIDE_BOTTOM,
};

/* How the things of one entity stand together. */
enum ct_arrangement {
    CT_ARRANGEMENT_ANY,
    CT_ARRANGEMENT_ROW,
    CT_ARRANGEMENT_STACK,
    CT_ARRANGEMENT_PYRAMID,
    CT_ARRANGEMENT_CIRCLE,
    CT_ARRANGEMENT_GRID,
    CT_ARRANGEMENT_SCATTERED,
};

/* A thing: "two small matte black ceramic mugs". */
struct ct_entity {
    struct ct_slice words;    /* the whole phrase, as written */
    struct ct_slice noun;     /* "mugs" */
    enum ct_object_id object; /* CT_OBJECT_NONE: there is no generator for it */
    const char *emoji;        /* of a relief, UTF-8; lives forever; NULL for other objects */
    int count;                /* 1..24 */
    enum ct_arrangement arrangement;
    bool has_color;
    struct ct_rgb color;
    enum ct_material_id material; /* CT_MATERIAL_NONE: the object's usual one */
    enum ct_finish finish;
    enum ct_pattern_kind pattern; /* in a second colour */
    bool has_pattern_color;       /* false: one that goes with the first */
    struct ct_rgb pattern_color;
    float size;                   /* 1 = ordinary; "small" 0.75, "large" 1.3 ... */
    enum ct_material_id contents; /* "mug of coffee"; CT_MATERIAL_NONE: none named */
    struct ct_slice text;         /* lettering on it, ptr NULL for none */
    /* "with a gold cap": the one part described apart; ptr NULL: none, and the rest is unset. */
    struct ct_slice part;
    bool has_part_color;
    struct ct_rgb part_color;
    enum ct_material_id part_material; /* CT_MATERIAL_NONE: only a colour is said */
};

enum ct_relation_kind {
    CT_RELATION_ON,
    CT_RELATION_IN,
    CT_RELATION_UNDER,
    CT_RELATION_LEFT_OF,
    CT_RELATION_RIGHT_OF,
    CT_RELATION_BEHIND,
    CT_RELATION_IN_FRONT_OF,
    CT_RELATION_BESIDE,
    CT_RELATION_ABOVE,   /* in the air over it */
    CT_RELATION_AROUND,  /* the things of a in a ring around b */
    CT_RELATION_BETWEEN, /* a between the things of b */
};

/* entities[a] KIND entities[b]: "an apple on a book" = { apple, ON, book } */
struct ct_relation {
    int a, b;
    enum ct_relation_kind kind;
};

/* Boxes and arrows. */
struct ct_node {
    struct ct_slice label;
    struct ct_slice detail; /* "User (id, name)": what is in the brackets; ptr NULL: nothing */
    struct ct_slice group;  /* "Backend: API, Worker": the heading it stands under; ptr NULL */
};
struct ct_edge {
    int from, to;
    struct ct_slice label; /* ptr NULL for none */
    bool dashed, both_ways;
    bool many_from, many_to; /* of entities: how many stand at either end */
};

/* "Q3 15 %" of a chart, "Pro $29" of a price list. */
struct ct_value {
    struct ct_slice label; /* "Q3" */
    struct ct_slice text;  /* "15 %", "$29": as written, with its unit */
    struct ct_slice unit;  /* "%", "$", "kg"; ptr NULL for none */
    double number;         /* finite */
    struct ct_slice series; /* the heading or row it belongs to; ptr NULL: none */
    bool paired;            /* x is set: a point's other number, or what a gauge has when full */
    double x;               /* finite */
};

enum ct_intent_kind {
    CT_INTENT_SCENE, /* 3D: entities */
    CT_INTENT_PAGE,  /* 2D: template_id */
};

enum ct_note_kind {
    CT_NOTE_UNDERSTOOD,
    CT_NOTE_SUBSTITUTED, /* drawn as something near */
    CT_NOTE_IGNORED,     /* not drawn: becomes a warning of the reply */
};

struct ct_note {
    enum ct_note_kind kind;
    struct ct_slice words; /* as written */
    const char *meaning;   /* "object mug", "light rig golden_hour"; NULL when ignored */
};

struct ct_intent {
    struct ct_slice prompt;
    enum ct_intent_kind kind;

    struct ct_entity *entities; /* the first is the subject */
    int n_entities;
    struct ct_relation *relations;
    int n_relations;
    enum ct_backdrop_id backdrop; /* NONE: the composer chooses */
    enum ct_material_id support;  /* what the table or floor is made of; NONE */
    bool has_support_color;
    struct ct_rgb support_color; /* "on a white table" */
    enum ct_finish support_finish;
    enum ct_pattern_kind support_pattern; /* "on a checkered tablecloth" */
    bool has_backdrop_color;
    struct ct_rgb backdrop_color;
    enum ct_material_id wall; /* "against a brick wall"; those of ct_is_walling() count */
    enum ct_rig_id rig;       /* NONE: the composer chooses */
    enum ct_camera_id camera; /* NONE: the composer chooses */
    int focal_mm;             /* "85mm", for a frame 24 mm high; 0: not said */
    bool shallow_focus;       /* "shallow depth of field", "bokeh" */
    bool title_room;          /* "space for a title" */
    enum ct_side title_side;  /* "... on the left" */
    enum ct_look_style style;
    enum ct_mood mood; /* has chosen the rig when the prompt names none */
    bool interior; /* the setting is the subject: a room, with what is in it */
    enum ct_setting setting;
    bool aloft;          /* "flying over the sea" */
    bool land_first;     /* the land is named before any thing */
    struct ct_land land; /* the open air around it, or instead of things; scenery 0: indoors */

    enum ct_template_id template_id; /* of a page; NONE for scenes */
    /* Exact text, ptr NULL for none; without any, the title is the subject in title case. */
    struct ct_slice title, subtitle;
    /* Of an edited page: the title it was composed with, which turns the dice as it did then. */
    struct ct_slice first_title;
    struct ct_slice *texts; /* every quoted or labelled text, in order, exact */
    int n_texts;
    struct ct_node *nodes;
    int n_nodes;
    struct ct_edge *edges;
    int n_edges;
    struct ct_value *values; /* of a chart or a price list, in order */
    int n_values;
    struct ct_slice axis_x, axis_y; /* titles of a chart's axes; ptr NULL for none */
    struct ct_slice about; /* "mobile banking app": the words around the one that made it a page */
    /* Of a printed page (poster, card, cover ...). */
    enum ct_topic topic;     /* what it is about */
    enum ct_art art;         /* how it is to be filled, when that is said */
    uint64_t feels;          /* bits of enum ct_feel */
    struct ct_slice byline;  /* one of the texts: who wrote or said it */
    struct ct_slice emblem;  /* a noun with a sign in glyphs.def; ptr NULL for none */
    bool has_emblem_color;
    struct ct_rgb emblem_color;
    struct ct_slice subject; /* of a typographic page: the words it names */

    struct ct_rgb palette[8]; /* colours named for the whole picture */
    int n_palette;
    bool dark;                   /* "dark mode", "on black" */
    struct ct_slice *exclusions; /* "no people", "avoid: text" -> "people", "text" */
    int n_exclusions;

    struct ct_note *notes; /* every word accounted for */
    int n_notes;
};

/* Names of the rows ("line_art"); NULL for NONE. Thread-safe. (looks.c) */
const char *ct_look_style_name(enum ct_look_style style);
const char *ct_mood_name(enum ct_mood mood);
const char *ct_pattern_name(enum ct_pattern_kind pattern);
const char *ct_setting_name(enum ct_setting setting);
const char *ct_arrangement_name(enum ct_arrangement arrangement);

/* Reads any valid UTF-8 prompt (1..32,000 characters); never fails for what the prompt says, only
 * with CT_E_MEMORY. Linear in its length. Thread-safe. */
CT_MUSTCHECK ct_code ct_intent_read(const struct ct_intent **out, struct ct_arena *arena,
                                    struct ct_slice prompt, struct ct_err *err);
/* For `calotype explain`: indented text for people, or JSON. */
void ct_intent_print(struct ct_buf *b, const struct ct_intent *intent, bool json);
/* As JSON for ct_intent_restore(): all that pictures are made of, and none of the prompt's words
 * but those that are lettered. (fields.c) */
void ct_intent_write(struct ct_buf *b, const struct ct_intent *intent);
struct ct_json;
/* Lives in the arena and borrows from the JSON; its lists have room for as many elements as a read
 * prompt's. CT_E_JSON for one that cannot be drawn: reading is safe whoever wrote it. CT_E_MEMORY.
 */
CT_MUSTCHECK ct_code ct_intent_restore(struct ct_intent **out, struct ct_arena *arena,
                                       const struct ct_json *json, struct ct_err *err);

/* The choices about the whole picture (backdrop, light, camera, look, palette ...), numbered from
 * 0; the name is NULL behind the last one. An intent that was just begun has none of them. */
const char *ct_intent_choice_name(int index);
bool ct_intent_has_choice(const struct ct_intent *intent, int index);
void ct_intent_copy_choice(struct ct_intent *to, const struct ct_intent *from, int index);
void ct_intent_clear_choices(struct ct_intent *intent);
void ct_intent_put_choice(struct ct_buf *b, const struct ct_intent *intent, int index); /* JSON */

/* "I do not know how to draw 'dragon'; ..." one sentence for each ignored or substituted note.
 * Returns how many there are; texts live in the arena. */
int ct_intent_warnings(const char *const **out, struct ct_arena *arena,
                       const struct ct_intent *intent);

#endif
