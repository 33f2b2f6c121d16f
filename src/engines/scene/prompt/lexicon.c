/* The phrase table of one reading: built in its arena, then only read.
 *
 * Keys are lower-case words with one blank between them; a hyphen is a blank. A token sequence is
 * folded the same way into a short buffer and looked up from the longest prefix down. `reach`
 * says, by the hash of a first word, how many words a phrase that starts with it can have: an
 * unknown word costs one hash and one byte.
 *
 * Plurals are not in the table: when the phrase as written is not there, the last word and then
 * the first ("glasses of wine") are tried in the singular. */
#include "engines/scene/prompt/lexicon.h"

#include "base/mem.h"
#include "engines/scene/prompt/intent.h"

enum {
    KEY_MAX = 64,
    WORDS_MAX = 6,
    SLOTS = 16384, /* over twice the phrases; checked when building */
    REACH = 4096,
    SENSES_MAX = 6,
    SINGULARS_MAX = 4,
};

struct ct_phrase_row {
    const char *key;
    uint64_t classes;
    int32_t values[SENSES_MAX]; /* as a word of the class beside it */
    uint8_t value_classes[SENSES_MAX];
    uint8_t n_senses;
};

struct ct_lexicon {
    struct ct_phrase_row *rows;
    char *keys;            /* of the rows, one behind the other */
    uint16_t slots[SLOTS]; /* number of a row, from 1; 0: none */
    uint8_t reach[REACH];
    int n, n_max;
};

struct word_row {
    enum ct_word_class class;
    int value;
    const char *words;
};

static const struct word_row rows[] = {
#define CT_OBJECT(id, words, height_cm, material, category)                                        \
    { CT_CLASS_OBJECT, CT_OBJECT_##id, words },
#include "engines/scene/objects/objects.def"
#undef CT_OBJECT
#define CT_MATERIAL(id, words) { CT_CLASS_MATERIAL, CT_MATERIAL_##id, words },
#include "engines/scene/materials/materials.def"
#undef CT_MATERIAL
#define CT_RIG(id, words) { CT_CLASS_RIG, CT_RIG_##id, words },
#include "engines/scene/rigs/rigs.def"
#undef CT_RIG
#define CT_BACKDROP(id, words) { CT_CLASS_BACKDROP, CT_BACKDROP_##id, words },
#include "engines/scene/backdrops/backdrops.def"
#undef CT_BACKDROP
#define CT_CAMERA(id, words) { CT_CLASS_CAMERA, CT_CAMERA_##id, words },
#include "engines/scene/stage/cameras.def"
#undef CT_CAMERA
#define CT_TEMPLATE(id, words) { CT_CLASS_TEMPLATE, CT_TEMPLATE_##id, words },
#include "engines/scene/page/templates.def"
#undef CT_TEMPLATE
#define CT_COLOR(rgb, words) { CT_CLASS_COLOR, rgb, words },
#include "engines/scene/prompt/colors.def"
#undef CT_COLOR
#define CT_LOOK_STYLE(id, drawn, words) { CT_CLASS_LOOK, CT_LOOK_STYLE_##id, words },
#include "engines/scene/prompt/styles.def"
#undef CT_LOOK_STYLE
#define CT_PATTERN(id, words) { CT_CLASS_PATTERN, CT_PATTERN_##id, words },
#include "engines/scene/prompt/patterns.def"
#undef CT_PATTERN
#define CT_MOOD(id, rig, words) { CT_CLASS_MOOD, CT_MOOD_##id, words },
#include "engines/scene/prompt/moods.def"
#undef CT_MOOD
#define CT_SETTING(id, backdrop, words) { CT_CLASS_SETTING, CT_SETTING_##id, words },
#include "engines/scene/prompt/settings.def"
#undef CT_SETTING
#define CT_SCENERY(id, place, words) { CT_CLASS_SCENERY, CT_SCENERY_##id, words },
#include "engines/scene/land/scenery.def"
#undef CT_SCENERY
#define CT_HOUR(id, words) { CT_CLASS_HOUR, CT_HOUR_##id, words },
#include "engines/scene/land/hours.def"
#undef CT_HOUR
#define CT_SCHEME(id, words, a, b, c, d) { CT_CLASS_SCHEME, CT_SCHEME_##id, words },
#include "engines/scene/prompt/schemes.def"
#undef CT_SCHEME
#define CT_WORD(class, value, words) { CT_CLASS_##class, value, words },
#include "engines/scene/prompt/words.def"
#undef CT_WORD
};

static const uint32_t fnv_start = 2166136261u;

static uint32_t fnv(uint32_t hash, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

/* Lower case, typographic apostrophes made plain, hyphens made blanks. Returns the length, 0 when
 * it does not fit. */
static size_t fold(char *out, size_t cap, struct ct_slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\xe2' && i + 2 < text.len && memcmp(text.ptr + i, "\xe2\x80\x99", 3) == 0) {
            c = '\'';
            i += 2;
        }
        if (n == cap)
            return 0;
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c == '-' ? ' ' : c;
    }
    return n;
}

/* Where the key is, or would be. */
static uint32_t slot_of(const struct ct_lexicon *lexicon, const char *key, size_t len)
{
    for (uint32_t at = fnv(fnv_start, key, len);; at++) {
        uint16_t row = lexicon->slots[at % SLOTS];
        const char *known = row ? lexicon->rows[row - 1].key : NULL;
        if (!known || (strncmp(known, key, len) == 0 && known[len] == '\0'))
            return at % SLOTS;
    }
}

static struct ct_phrase_row *find_row(const struct ct_lexicon *lexicon, const char *key, size_t len)
{
    uint16_t row = lexicon->slots[slot_of(lexicon, key, len)];
    return row ? &lexicon->rows[row - 1] : NULL;
}

static void add_reach(struct ct_lexicon *lexicon, const char *key, size_t len)
{
    uint8_t words = 1;
    size_t first = len;
    for (size_t i = 0; i < len; i++) {
        if (key[i] != ' ')
            continue;
        first = first == len ? i : first;
        words++;
    }
    uint8_t *reach = &lexicon->reach[fnv(fnv_start, key, first) % REACH];
    if (words > *reach)
        *reach = words;
}

static struct ct_phrase_row *add_row(struct ct_lexicon *lexicon, const char *key, size_t len)
{
    if (lexicon->n == lexicon->n_max || lexicon->n >= SLOTS / 2)
        return NULL;
    struct ct_phrase_row *row = &lexicon->rows[lexicon->n];
    uint32_t slot = slot_of(lexicon, key, len);
    memcpy(lexicon->keys, key, len); /* zeroed: the NUL is there */
    row->key = lexicon->keys;
    lexicon->keys += len + 1;
    lexicon->slots[slot] = (uint16_t)++lexicon->n;
    add_reach(lexicon, key, len);
    return row;
}

static bool add_phrase(struct ct_lexicon *lexicon, const struct word_row *w, struct ct_slice phrase)
{
    char key[KEY_MAX];
    size_t len = fold(key, sizeof(key), phrase);
    struct ct_phrase_row *row = find_row(lexicon, key, len);
    if (!row)
        row = add_row(lexicon, key, len);
    if (!row)
        return false;
    /* The first row of a class wins: the scene's tables come before words.def. */
    if (!(row->classes >> w->class & 1) && row->n_senses < SENSES_MAX) {
        row->classes |= UINT64_C(1) << w->class;
        row->value_classes[row->n_senses] = (uint8_t)w->class;
        row->values[row->n_senses++] = w->value;
    }
    return true;
}

/* Room for all rows and their keys: phrases have a '|' or an end behind them, keys a NUL. */
static bool make_room(struct ct_lexicon *lexicon, struct ct_arena *arena)
{
    size_t bytes = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bytes += strlen(rows[i].words) + 1;
        lexicon->n_max++;
        for (const char *bar = strchr(rows[i].words, '|'); bar; bar = strchr(bar + 1, '|'))
            lexicon->n_max++;
    }
    lexicon->rows = ct_arena_array(arena, (size_t)lexicon->n_max, sizeof(*lexicon->rows));
    lexicon->keys = ct_arena_alloc(arena, bytes);
    return lexicon->rows && lexicon->keys;
}

ct_code ct_lexicon_new(const struct ct_lexicon **out, struct ct_arena *arena, struct ct_err *err)
{
    struct ct_lexicon *lexicon = ct_arena_alloc(arena, sizeof(*lexicon));
    bool ok = lexicon && make_room(lexicon, arena);
    for (size_t i = 0; ok && i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct ct_slice rest = ct_slice(rows[i].words), phrase;
        while (ok && rest.len > 0) {
            if (!ct_slice_cut(rest, '|', &phrase, &rest))
                rest = (struct ct_slice){ NULL, 0 };
            ok = add_phrase(lexicon, &rows[i], phrase);
        }
    }
    if (!ok)
        return ct_fail(err, CT_E_MEMORY, NULL, "There is no memory left to read the prompt.");
    *out = lexicon;
    return CT_OK;
}

/* Singular forms a plural may have, most likely first. Returns how many. */
static int singulars(struct ct_slice word, char out[SINGULARS_MAX][KEY_MAX], size_t *len)
{
    static const struct {
        const char *plural, *singular;
    } endings[] = { { "ies", "y" }, { "ves", "f" }, { "ves", "fe" }, { "s", "" }, { "es", "" } };
    int n = 0;
    if (word.len < 4 || word.len >= KEY_MAX || ct_slice_ends(word, "ss"))
        return 0;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]) && n < SINGULARS_MAX; i++) {
        if (!ct_slice_ends(word, endings[i].plural))
            continue;
        size_t stem = word.len - strlen(endings[i].plural), add = strlen(endings[i].singular);
        memcpy(out[n], word.ptr, stem);
        memcpy(out[n] + stem, endings[i].singular, add);
        len[n++] = stem + add;
    }
    return n;
}

/* The phrase key[0..len) with the word at [from, to) in the singular. */
static const struct ct_phrase_row *find_singular(const struct ct_lexicon *lexicon, const char *key,
                                                 size_t len, size_t from, size_t to,
                                                 uint64_t classes)
{
    char forms[SINGULARS_MAX][KEY_MAX], changed[2 * KEY_MAX];
    size_t form_len[SINGULARS_MAX];
    int n = singulars(ct_slice_n(key + from, to - from), forms, form_len);
    for (int i = 0; i < n; i++) {
        memcpy(changed, key, from);
        memcpy(changed + from, forms[i], form_len[i]);
        memcpy(changed + from + form_len[i], key + to, len - to);
        const struct ct_phrase_row *row =
            find_row(lexicon, changed, from + form_len[i] + len - to);
        if (row && row->classes & classes)
            return row;
    }
    return NULL;
}

/* How many words a phrase may have that starts with this one, also as a plural. */
static int reach_of(const struct ct_lexicon *lexicon, const char *word, size_t len)
{
    char forms[SINGULARS_MAX][KEY_MAX];
    size_t form_len[SINGULARS_MAX];
    int reach = lexicon->reach[fnv(fnv_start, word, len) % REACH];
    for (int i = singulars(ct_slice_n(word, len), forms, form_len) - 1; i >= 0; i--) {
        int other = lexicon->reach[fnv(fnv_start, forms[i], form_len[i]) % REACH];
        reach = other > reach ? other : reach;
    }
    return reach;
}

/* Classes whose words have a plural. */
static const uint64_t countable = CT_CLASS_BIT(OBJECT) | CT_CLASS_BIT(NEAR) | CT_CLASS_BIT(NODE) |
                                  CT_CLASS_BIT(SUPPORT) | CT_CLASS_BIT(GROUND) |
                                  CT_CLASS_BIT(BACKDROP) | CT_CLASS_BIT(TEMPLATE) |
                                  CT_CLASS_BIT(NEAR_TEMPLATE) | CT_CLASS_BIT(FRAME) |
                                  CT_CLASS_BIT(RIG) | CT_CLASS_BIT(ARROW) | CT_CLASS_BIT(PART) |
                                  CT_CLASS_BIT(SCENERY);

bool ct_lexicon_match(const struct ct_lexicon *lexicon, const struct ct_token *tokens, int end,
                      int i, uint64_t classes, struct ct_match *match)
{
    char key[KEY_MAX];
    size_t ends[WORDS_MAX], len = 0;
    int words = 0, reach = 1;
    while (words < reach && words < WORDS_MAX && i + words < end) {
        const struct ct_token *t = &tokens[i + words];
        if ((t->kind != CT_TOKEN_WORD && t->kind != CT_TOKEN_NUMBER) || t->use != CT_USE_FREE)
            break;
        if (words)
            key[len++] = ' ';
        size_t n = len < KEY_MAX - 2 ? fold(key + len, KEY_MAX - 2 - len, ct_token_said(t)) : 0;
        if (n == 0)
            break;
        len += n;
        ends[words++] = len;
        if (words == 1) { /* what stands for several words begins with the first of them */
            const char *blank = t->said ? memchr(key, ' ', len) : NULL;
            reach = reach_of(lexicon, key, blank ? (size_t)(blank - key) : len);
        }
    }
    for (int n = words; n > 0 && reach > 0; n--) {
        const struct ct_phrase_row *row = find_row(lexicon, key, ends[n - 1]);
        bool plural = false;
        if (!row || !(row->classes & classes)) {
            size_t last = n > 1 ? ends[n - 2] + 1 : 0;
            row = find_singular(lexicon, key, ends[n - 1], last, ends[n - 1], classes & countable);
            if (!row && n > 1)
                row = find_singular(lexicon, key, ends[n - 1], 0, ends[0], classes & countable);
            plural = row != NULL;
        }
        if (row) {
            uint64_t mask = plural ? classes & countable : classes;
            *match = (struct ct_match){ i, n, plural, row->classes & mask, row };
            return true;
        }
    }
    return false;
}

bool ct_lexicon_near(struct ct_match *match, struct ct_arena *arena, const char *name, int object)
{
    struct ct_phrase_row *row = ct_arena_alloc(arena, sizeof(*row));
    if (!row)
        return false;
    *row = (struct ct_phrase_row){ .key = name,
                                   .classes = CT_CLASS_BIT(NEAR),
                                   .values = { object },
                                   .value_classes = { CT_CLASS_NEAR },
                                   .n_senses = 1 };
    match->row = row;
    match->classes = row->classes;
    return true;
}

int ct_match_value(const struct ct_match *match, enum ct_word_class class)
{
    for (int i = 0; i < match->row->n_senses; i++)
        if (match->row->value_classes[i] == class)
            return match->row->values[i];
    return 0;
}

const char *ct_match_name(const struct ct_match *match)
{
    return match->row->key;
}

uint64_t ct_match_all_classes(const struct ct_match *match)
{
    return match->row->classes;
}
