/* What a printed page is about, and how it should feel: words of topics.def, arts.def, feels.def.
 *
 * Runs behind all other readers of a page, over all its words, those of its texts too: what a page
 * says is a hint, weaker than what the prompt says of it. Of several topics the upper row
 * of the table is taken; only the words of the one taken become notes. Linear in the prompt; the
 * tables are a few hundred words. */
#include "engines/scene/prompt/scene_reader.h"

/* "festivals" is "festival" as well. */
static bool same_word(struct ct_slice said, struct ct_slice word)
{
    if (said.len == word.len + 1 && (said.ptr[word.len] | 32) == 's')
        said.len--;
    return ct_slice_ieq(said, word);
}

/* Do the words of the phrase stand at words[i]? How many; 0: they do not. */
static int phrase_at(const struct ct_slice *words, int n, int i, struct ct_slice phrase)
{
    struct ct_slice word;
    int k = 0;
    for (bool more = true; more; k++) {
        more = ct_slice_cut(phrase, ' ', &word, &phrase);
        if (i + k >= n || !same_word(words[i + k], word))
            return 0;
    }
    return k;
}

/* The longest of a row's phrases that stands at words[i]. */
static int row_at(const struct ct_slice *words, int n, int i, const struct ct_table_row *row)
{
    char first = (char)(words[i].ptr[0] | 32);
    int longest = 0;
    for (const char *p = row->words; p && *p;) {
        const char *end = strchr(p, '|');
        size_t len = end ? (size_t)(end - p) : strlen(p);
        int k = *p == first ? phrase_at(words, n, i, ct_slice_n(p, len)) : 0;
        longest = k > longest ? k : longest;
        p = end ? end + 1 : NULL;
    }
    return longest;
}

/* Words of the prompt in order, and where each stands; those inside quotes have token -1. */
struct words {
    struct ct_slice *word;
    int *token;
    int n;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || strchr(",.;:!?&-", c);
}

static void add_quoted(struct words *w, int most, struct ct_slice text)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && !is_blank(text.ptr[i]))
            continue;
        if (i > start && w->n < most) {
            w->token[w->n] = -1;
            w->word[w->n++] = ct_slice_sub(text, start, i);
        }
        start = i + 1;
    }
}

enum { WORDS_MAX = 512 };

static bool list_words(struct ct_reader *r, struct words *w, bool quoted)
{
    *w = (struct words){ ct_arena_array(r->arena, WORDS_MAX, sizeof(struct ct_slice)),
                         ct_arena_array(r->arena, WORDS_MAX, sizeof(int)), 0 };
    if (!w->word || !w->token)
        return false;
    for (int i = 0; !quoted && i < r->n && w->n < WORDS_MAX; i++) {
        if (r->tokens[i].kind != CT_TOKEN_WORD && r->tokens[i].kind != CT_TOKEN_NUMBER)
            continue;
        w->token[w->n] = i;
        w->word[w->n++] = r->tokens[i].text;
    }
    for (int i = 0; quoted && i < r->intent->n_texts; i++)
        add_quoted(w, WORDS_MAX, r->intent->texts[i]);
    return true;
}

static void mark_words(struct ct_reader *r, const struct words *w, int i, int n, const char *what,
                       const char *which)
{
    for (int k = i; k < i + n; k++) {
        struct ct_token *t = w->token[k] >= 0 ? &r->tokens[w->token[k]] : NULL;
        bool left = t && (t->use == CT_USE_FREE || t->use == CT_USE_IGNORED ||
                          t->use == CT_USE_SCENE_ONLY || t->use == CT_USE_SCENE_NEAR);
        if (!left)
            continue;
        t->use = CT_USE_UNDERSTOOD;
        t->what = what;
        t->which = which;
    }
}

/* "poster design" is no page about design. */
static bool names_page(const struct ct_reader *r, int token)
{
    return token >= 0 && token < r->page_end && token >= r->page_end - 4;
}

static void find_topic(struct ct_reader *r, const struct words *w)
{
    for (int id = CT_TOPIC_NONE + 1; id < CT_TOPIC_COUNT; id++) {
        const struct ct_table_row *row = ct_topic_info((enum ct_topic)id);
        for (int i = 0; i < w->n; i++) {
            bool skip = id == CT_TOPIC_art && names_page(r, w->token[i]);
            int n = skip ? 0 : row_at(w->word, w->n, i, row);
            if (n == 0)
                continue;
            if (r->intent->topic == CT_TOPIC_NONE)
                r->intent->topic = (enum ct_topic)id;
            mark_words(r, w, i, n, "topic", row->id);
            i += n - 1;
        }
        if (r->intent->topic != CT_TOPIC_NONE)
            return;
    }
}

static void find_manner(struct ct_reader *r, const struct words *w)
{
    for (int i = 0; i < w->n; i++) {
        const char *what = w->token[i] >= 0 ? r->tokens[w->token[i]].what : NULL;
        if (what && (strcmp(what, "palette") == 0 || strcmp(what, "background") == 0))
            continue; /* "dark green" */
        for (int id = CT_ART_NONE + 1; id < CT_ART_COUNT; id++) {
            const struct ct_table_row *row = ct_art_info((enum ct_art)id);
            int n = row_at(w->word, w->n, i, row);
            if (n == 0)
                continue;
            if (r->intent->art == CT_ART_NONE)
                r->intent->art = (enum ct_art)id;
            mark_words(r, w, i, n, "art", row->id);
        }
        for (int id = 0; id < CT_FEEL_COUNT; id++) {
            const struct ct_table_row *row = ct_feel_info((enum ct_feel)id);
            int n = row_at(w->word, w->n, i, row);
            if (n == 0)
                continue;
            r->intent->feels |= UINT64_C(1) << id;
            mark_words(r, w, i, n, "tone", row->id);
        }
    }
}

/* Nouns with a sign that prompts use for other things. */
static bool is_loose(struct ct_slice word)
{
    static const char *const loose[] = {
        "like",    "date",   "time",    "place",  "call",      "note",   "photo",   "film",
        "night",   "world",  "find",    "home",   "file",      "search", "store",   "shop",
        "map",     "story",  "title",   "letter", "power",     "mail",   "email",   "phone",
        "people",  "person", "web",     "party",  "flash",     "launch", "video",   "play",
        "movie",   "song",   "audio",   "mobile", "telephone", "chat",   "message", "account",
        "profile", "love",   "weather", "finance"
    };
    for (size_t k = 0; k < sizeof(loose) / sizeof(loose[0]); k++)
        if (same_word(word, ct_slice(loose[k])))
            return true;
    return false;
}

/* "with a blue mug", "of a red sports car": a thing that can be drawn exactly. */
void ct_read_hero(struct ct_reader *r)
{
    static const char *const before[] = { "with", "of", "featuring", "showing", "shows", NULL };
    struct ct_scene_reader s = {
        .r = r, .last = -1, .prev = -1, .rest = -1, .related = -1, .dangling = -1
    };
    struct ct_match m;
    for (int i = 1; i + 1 < r->n && r->intent->n_entities == 0; i++) {
        bool led = false;
        for (int k = 0; before[k]; k++)
            led |= ct_word_is(r, i - 1, before[k]) && i - 1 >= r->page_end - 1;
        if (!led || r->tokens[i].use != CT_USE_FREE ||
            !ct_reader_match(r, i, CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(NUMBER), &m))
            continue;
        int noun = i + m.n, most = noun + 6; /* look before reading: a phrase marks what it takes */
        while (noun < most && ct_is_word(r, noun) &&
               !ct_reader_match(r, noun, CT_CLASS_BIT(OBJECT), &m))
            noun++;
        struct ct_phrase p;
        if (noun == most || !ct_is_word(r, noun))
            continue;
        int end = ct_phrase_read(r, i, &p);
        if (p.head != CT_HEAD_OBJECT || !(p.noun.classes & CT_CLASS_BIT(OBJECT)) || p.emoji ||
            ct_scene_add(&s, &p) < 0)
            continue;
        for (int k = i; k < end && k < r->n; k++)
            if (r->tokens[k].use == CT_USE_SCENE_ONLY)
                r->tokens[k].use = CT_USE_UNDERSTOOD;
    }
}

static void take_emblem(struct ct_reader *r, int i)
{
    r->intent->emblem = r->tokens[i].text;
    ct_mark(r, i, i + 1, CT_USE_UNDERSTOOD, "sign", NULL);
}

static bool is_sign(const struct ct_reader *r, int i)
{
    struct ct_rgb color;
    return i < r->n && r->tokens[i].kind == CT_TOKEN_WORD && r->tokens[i].use == CT_USE_FREE &&
           !is_loose(r->tokens[i].text) && ct_glyph_named(r->tokens[i].text) &&
           ct_color_at(r, i, &color) == 0;
}

void ct_read_colored_emblem(struct ct_reader *r)
{
    struct ct_rgb color;
    for (int i = 0; i < r->n && !r->intent->emblem.ptr; i++) {
        int n = r->tokens[i].use == CT_USE_FREE ? ct_color_at(r, i, &color) : 0;
        if (n == 0 || !is_sign(r, i + n))
            continue;
        r->intent->has_emblem_color = true;
        r->intent->emblem_color = color;
        ct_mark_color(r, i, n, CT_USE_UNDERSTOOD, "sign", color);
        take_emblem(r, i + n);
    }
}

void ct_read_emblem(struct ct_reader *r)
{
    for (int i = 0; i < r->n && !r->intent->emblem.ptr; i++)
        if (is_sign(r, i))
            take_emblem(r, i);
}

void ct_read_page_words(struct ct_reader *r)
{
    struct words said, lettered;
    if (!list_words(r, &said, false) || !list_words(r, &lettered, true))
        return;
    find_manner(r, &said);
    find_topic(r, &said);
    if (r->intent->topic == CT_TOPIC_NONE)
        find_topic(r, &lettered);
    if (r->intent->feels & CT_FEEL_BIT(dark) && !r->intent->has_backdrop_color)
        r->intent->dark = true;
}
