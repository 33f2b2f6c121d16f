/* Pages asked for in German, French or Spanish: "Plakat mit dem Titel ...", "affiche avec le
 * titre".
 *
 * Only the words that direct a page are known (foreign.def): what kind it is, which text is which,
 * colours, small words. Each such token is given the English it stands for, and the other readers
 * find that in its place; what is lettered and what the warnings quote stays as written. A
 * language is taken for the prompt's only when it names a kind of page and no English small word
 * stands beside it, so English prompts are untouched. Of a phrase of several tokens the last one
 * speaks and the others fall silent. */
#include "engines/scene/prompt/reader.h"

enum language { LANGUAGE_NONE, LANGUAGE_DE, LANGUAGE_FR, LANGUAGE_ES, LANGUAGE_COUNT };
enum sort { SORT_KIND, SORT_SHARED, SORT_SMALL, SORT_WORD, SORT_COUNT };
enum { WORD_MAX = 48 };

static const struct {
    uint8_t language, sort;
    const char *english, *words;
} rows[] = {
#define CT_FOREIGN(language, sort, english, words)                                                 \
    { LANGUAGE_##language, SORT_##sort, english, words },
#include "engines/scene/prompt/foreign.def"
#undef CT_FOREIGN
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

/* Lower case, of Latin-1 letters too. Returns the length, 0 when it does not fit. */
static size_t fold(char out[WORD_MAX], struct ct_slice word)
{
    if (word.len >= WORD_MAX)
        return 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        unsigned char u = (unsigned char)c;
        bool accent = i > 0 && word.ptr[i - 1] == '\xc3' && u >= 0x80 && u <= 0x9e;
        out[i] = (c >= 'A' && c <= 'Z') || (accent && u != 0x97) ? (char)(c | 32) : c;
    }
    return word.len;
}

static bool is_free_word(const struct ct_reader *r, int i)
{
    return i < r->n && r->tokens[i].kind == CT_TOKEN_WORD && r->tokens[i].use == CT_USE_FREE;
}

/* How many tokens from i on the phrase takes; 0: it does not stand there. */
static int phrase_at(const struct ct_reader *r, int i, struct ct_slice phrase)
{
    struct ct_slice word;
    int k = 0;
    for (bool more = true; more; k++) {
        char said[WORD_MAX];
        more = ct_slice_cut(phrase, ' ', &word, &phrase);
        size_t len = is_free_word(r, i + k) ? fold(said, r->tokens[i + k].text) : 0;
        if (len == 0 || !ct_slice_eq(ct_slice_n(said, len), word))
            return 0;
    }
    return k;
}

static int row_at(const struct ct_reader *r, int i, int row)
{
    char first[WORD_MAX];
    int longest = 0;
    if (fold(first, r->tokens[i].text) == 0)
        return 0;
    for (const char *p = rows[row].words; p;) {
        const char *end = strchr(p, '|');
        size_t len = end ? (size_t)(end - p) : strlen(p);
        int k = *p == *first ? phrase_at(r, i, ct_slice_n(p, len)) : 0;
        longest = k > longest ? k : longest;
        p = end ? end + 1 : NULL;
    }
    return longest;
}

static bool has_english(const struct ct_reader *r)
{
    static const char *const words[] = { "the", "with", "of", "and", "for", "from", "that" };
    for (int i = 0; i < r->n; i++)
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
            if (is_free_word(r, i) && ct_word_is(r, i, words[k]))
                return true;
    return false;
}

static enum language language_of(const struct ct_reader *r)
{
    int hits[LANGUAGE_COUNT][SORT_COUNT] = { 0 };
    for (int i = 0; i < r->n; i++)
        for (int row = 0; is_free_word(r, i) && row < ROWS; row++)
            if (rows[row].sort != SORT_WORD && row_at(r, i, row))
                hits[rows[row].language][rows[row].sort]++;
    int best = LANGUAGE_NONE, most = 0;
    for (int l = LANGUAGE_NONE + 1; l < LANGUAGE_COUNT; l++) {
        bool shared = hits[l][SORT_SHARED] && hits[l][SORT_SMALL] > 1;
        int score = hits[l][SORT_KIND] || shared
                        ? 4 * hits[l][SORT_KIND] + hits[l][SORT_SHARED] + hits[l][SORT_SMALL]
                        : 0;
        if (score > most) {
            most = score;
            best = l;
        }
    }
    return (enum language)best;
}

/* The longest phrase at i is given its English; returns the token behind it. */
static int translate(struct ct_reader *r, int i, enum language language)
{
    int longest = 0, found = 0;
    for (int row = 0; row < ROWS; row++) {
        int n = rows[row].language == language ? row_at(r, i, row) : 0;
        if (n > longest) {
            longest = n;
            found = row;
        }
    }
    if (longest == 0)
        return i + 1;
    for (int k = i; k < i + longest - 1; k++)
        r->tokens[k].use = CT_USE_SILENT;
    r->tokens[i + longest - 1].said = rows[found].english;
    return i + longest;
}

/* "fond bleu" is "blue background": the colour speaks first. */
static void turn_ground(struct ct_reader *r, int ground)
{
    struct ct_token *t = r->tokens;
    int color = ground + 1;
    struct ct_match m;
    while (color < r->n && t[color].use == CT_USE_SILENT)
        color++;
    if (!ct_reader_match(r, color, CT_CLASS_BIT(COLOR), &m) || m.n > 1)
        return;
    struct ct_match behind;
    if (ct_reader_match(r, color + 1, CT_CLASS_BIT(GROUND), &behind))
        return;
    const char *word = t[color].said;
    if (!word)
        return;
    if (color == ground + 1) {
        t[ground].said = word;
    } else { /* "fond bleu marine" */
        t[ground].use = CT_USE_SILENT;
        t[color - 1].use = CT_USE_FREE;
        t[color - 1].said = word;
    }
    t[color].said = "background";
}

void ct_read_foreign(struct ct_reader *r)
{
    enum language language = has_english(r) ? LANGUAGE_NONE : language_of(r);
    if (language == LANGUAGE_NONE)
        return;
    r->foreign = true;
    for (int i = 0; i < r->n;)
        i = is_free_word(r, i) ? translate(r, i, language) : i + 1;
    for (int i = 0; i < r->n && language != LANGUAGE_DE; i++)
        if (r->tokens[i].said && strcmp(r->tokens[i].said, "background") == 0)
            turn_ground(r, i);
}
