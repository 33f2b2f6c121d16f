/* What the files of prompt/ share while one prompt is read; not for others. */
#ifndef CT_SCENE_READER_H
#define CT_SCENE_READER_H

#include "engines/scene/prompt/intent.h"
#include "engines/scene/prompt/lexicon.h"

enum {
    CT_INTENT_ENTITIES = 32,
    CT_INTENT_RELATIONS = 64,
    CT_INTENT_NODES = 24,
    CT_INTENT_EDGES = 48,
    CT_INTENT_TEXTS = 64,
    CT_INTENT_EXCLUSIONS = 32,
    CT_INTENT_NOTES = 256,
    CT_INTENT_PALETTE = 8,
    CT_INTENT_VALUES = 96,
    CT_INTENT_COUNT = 24, /* of one entity */
    CT_PHRASE_ITEMS = 16,
};

struct ct_reader {
    struct ct_arena *arena;
    const struct ct_lexicon *lexicon;
    struct ct_token *tokens;
    int n;
    struct ct_intent *intent;
    bool foreign;                /* it is in another language, known a little (foreign.c) */
    bool soft_shadows;           /* "no shadows" */
    bool link_all;               /* "arrows between them" */
    struct ct_slice arrow_label; /* of all arrows: "arrows labeled x" */
    int place;                   /* token of the first place in the open air */
    const char *node_at[CT_INTENT_NODES]; /* where the words of each box stand in the prompt */
    int page_end;                /* token behind the word that made it a page, 0 for none */
};

/* What a noun phrase is about. */
enum ct_head {
    CT_HEAD_NONE,    /* only attributes */
    CT_HEAD_OBJECT,  /* something that can be drawn, or something near it */
    CT_HEAD_LIQUID,  /* coffee, water */
    CT_HEAD_SUPPORT, /* table, floor */
    CT_HEAD_GROUND,  /* background, wall */
    CT_HEAD_SETTING, /* beach, kitchen */
    CT_HEAD_PART,    /* cap, handle */
    CT_HEAD_SAME,    /* "a blue one": what was named before */
    CT_HEAD_PALETTE, /* "navy and gold palette" */
    CT_HEAD_UNKNOWN,
};

/* "two small matte black ceramic mugs" */
struct ct_phrase {
    int first, end; /* tokens [first, end), the article left out */
    enum ct_head head;
    struct ct_match noun;     /* of an OBJECT, LIQUID, SUPPORT, GROUND, SETTING, PART */
    int noun_first, noun_end; /* also of an UNKNOWN */
    const char *emoji;        /* of an OBJECT drawn as a figure of it; the noun's name is its */
    bool article, definite, counted;
    int count;                              /* as written; 0 when not counted */
    bool loosely;                           /* counted by "a set of": another number may follow */
    enum ct_arrangement arrangement;
    struct ct_match items[CT_PHRASE_ITEMS]; /* its attributes */
    int n_items;
    bool has_color;
    struct ct_rgb color;
    enum ct_material_id material;
    enum ct_finish finish;
    enum ct_pattern_kind pattern;
    float size;                 /* 0 when not said */
    enum ct_material_id liquid; /* "coffee" before a noun */
};

/* ---- phrase.c */
/* Reads the phrase at token i; returns the token behind it, > i always. */
int ct_phrase_read(struct ct_reader *r, int i, struct ct_phrase *phrase);
/* A colour at token i, with its shade ("light", "dark") before it, or a hex one; returns how many
 * tokens, 0 when there is none. */
int ct_color_at(const struct ct_reader *r, int i, struct ct_rgb *color);
bool ct_is_liquid(enum ct_material_id material);
struct ct_slice ct_reader_slice(const struct ct_reader *r, int first, int end);
bool ct_reader_match(const struct ct_reader *r, int i, uint64_t classes, struct ct_match *match);
/* "softly", "carefully"; not "butterfly", "family", "jelly". */
bool ct_is_adverb(struct ct_slice word);
bool ct_is_word(const struct ct_reader *r, int i); /* a free word or number */

bool ct_is_mark(const struct ct_reader *r, int i, char mark);
bool ct_word_is(const struct ct_reader *r, int i, const char *word); /* ASCII case folded */

/* ---- light.c */
/* "soft diffused window light" at token i: light adjectives, and the noun they belong to. */
bool ct_light_at(const struct ct_reader *r, int i, struct ct_match *match, enum ct_rig_id *rig);
/* "light" at token i only shades what follows: "light blue". */
bool ct_light_is_shade(const struct ct_reader *r, int i);

/* ---- marks.c */
/* Tokens [first, end) become one note, or none (SILENT). */
void ct_mark(struct ct_reader *r, int first, int end, enum ct_use use, const char *what,
             const char *which);
void ct_mark_match(struct ct_reader *r, const struct ct_match *m, enum ct_use use, const char *what,
                   const char *which);
void ct_mark_color(struct ct_reader *r, int first, int n, enum ct_use use, const char *what,
                   struct ct_rgb color);
void ct_mark_number(struct ct_reader *r, int first, int n, enum ct_use use, const char *what,
                    int value);
/* Drawn as that row's thing instead: "a wine glass". */
void ct_mark_near(struct ct_reader *r, const struct ct_match *m, const struct ct_table_row *row,
                  enum ct_use use);
/* Drawn as a figure of the emoji the match is named by. */
void ct_mark_figure(struct ct_reader *r, const struct ct_match *m);
const char *ct_finish_name(enum ct_finish finish); /* NULL for UNSET */
void ct_apply_light(struct ct_reader *r, const struct ct_match *m, enum ct_rig_id rig);
/* Light, camera, effect, frame, look, mood, praise, style: what may stand anywhere. True when m was
 * one of them. */
bool ct_apply_manner(struct ct_reader *r, const struct ct_match *m);
void ct_add_text(struct ct_reader *r, struct ct_slice text);
void ct_add_palette(struct ct_reader *r, struct ct_rgb color);
CT_MUSTCHECK ct_code ct_notes_write(struct ct_reader *r, struct ct_err *err);

/* ---- looks.c */
bool ct_look_style_drawn(enum ct_look_style style);
enum ct_rig_id ct_mood_rig(enum ct_mood mood);                    /* NONE for NONE */
enum ct_backdrop_id ct_setting_backdrop(enum ct_setting setting); /* NONE: cannot be shown */

enum { CT_SCHEME_COLORS = 4 };
const char *ct_scheme_name(enum ct_scheme scheme);
struct ct_rgb ct_scheme_color(enum ct_scheme scheme, int i); /* i < CT_SCHEME_COLORS */

/* ---- foreign.c */
/* Gives the words of a page in German, French or Spanish the English ones they stand for. Before
 * all other readers. */
void ct_read_foreign(struct ct_reader *r);

/* ---- exclude.c, scenery.c, scene_grammar.c, page_grammar.c, diagram_grammar.c */
void ct_read_exclusions(struct ct_reader *r);
bool ct_prompt_is_page(struct ct_reader *r); /* sets intent->template_id */
void ct_read_scenery(struct ct_reader *r); /* the open air; before ct_read_scene() */
bool ct_names_place(const struct ct_reader *r); /* a place in the open air, by its name */
void ct_read_scene(struct ct_reader *r);
/* Words about a scene that is there already: the intent has its entities. Attributes belong to
 * entity `last` (-1: none) until another is named; placed: as if behind the word "in". */
void ct_read_scene_part(struct ct_reader *r, int last, bool placed);
void ct_read_page(struct ct_reader *r);
void ct_read_diagram(struct ct_reader *r); /* nodes and edges, before the texts of a page */
void ct_read_points(struct ct_reader *r);  /* nodes alone: steps, cards, layers */
void ct_read_values(struct ct_reader *r);  /* of charts and price lists, before all others */
/* ---- page_details.c, page_words.c: of printed pages (posters, cards, covers ...) */
/* Names behind "by", dates, times, prices, places, addresses: texts that need no quotes. */
void ct_read_details(struct ct_reader *r);
/* Of a card: what stands between commas behind a name, when all else is read. */
void ct_read_offices(struct ct_reader *r);
void ct_read_hero(struct ct_reader *r);           /* "with a mug": the page's picture */
void ct_read_colored_emblem(struct ct_reader *r); /* "yellow tram"; before the palette */
void ct_read_emblem(struct ct_reader *r);         /* among what is left */
void ct_read_page_words(struct ct_reader *r); /* topic, art, tones */
/* An unquoted text at token i ("that says Happy Birthday"); returns the token behind it. */
int ct_read_bare_text(const struct ct_reader *r, int i);

#endif
