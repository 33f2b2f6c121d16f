/* The words that hold an edit together: verbs, "keep everything else identical", where a clause
 * ends. Called by read.c and clause.c; what things and colours are called is the prompt's lexicon.
 */
#include "engines/scene/edit/reader.h"

struct verb_row {
    enum ct_edit_verb verb;
    bool strict;
    const char *words;
};

static const struct verb_row verbs[] = {
#define CT_EDIT_VERB(kind, strict, words) { CT_EDIT_VERB_##kind, strict, words },
#include "engines/scene/edit/verbs.def"
#undef CT_EDIT_VERB
};

/* Said before a verb, and nothing by itself. */
static const char lead_in[] = "please|now|then|and|also|next|finally|first|second|third|just|only|"
                              "can you|could you|would you|will you|i want you to|i want to|"
                              "i would like to|i would like you to|i'd like to|i'd like you to|"
                              "let's|but|so|plus|while|help me|i need you to|you should|to|try to";

int ct_edit_words_at(const struct ct_edit_reader *s, int i, const char *words)
{
    struct ct_slice rest = ct_slice(words), one;
    int best = 0;
    while (rest.len > 0) {
        if (!ct_slice_cut(rest, '|', &one, &rest))
            rest = (struct ct_slice){ NULL, 0 };
        int n = 0;
        for (struct ct_slice word; one.len > 0; n++) {
            if (!ct_slice_cut(one, ' ', &word, &one))
                one = (struct ct_slice){ NULL, 0 };
            const struct ct_reader *r = &s->r;
            if (i + n >= r->n || r->tokens[i + n].use != CT_USE_FREE ||
                r->tokens[i + n].kind != CT_TOKEN_WORD ||
                !ct_slice_ieq(r->tokens[i + n].text, word)) {
                n = -1;
                break;
            }
        }
        best = n > best ? n : best;
    }
    return best;
}

/* "the", "it", "all", "\"text\"": what a strict verb acts on. */
static bool starts_object(const struct ct_edit_reader *s, int i)
{
    struct ct_match m;
    if (i >= s->r.n)
        return false;
    return s->r.tokens[i].kind == CT_TOKEN_QUOTED ||
           ct_reader_match(&s->r, i, CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(PRONOUN), &m) ||
           ct_edit_words_at(s, i, "it|them|everything|all|some|in|out");
}

enum ct_edit_verb ct_edit_verb_at(const struct ct_edit_reader *s, int i, int end, int *n)
{
    enum ct_edit_verb verb = CT_EDIT_VERB_NONE;
    *n = 0;
    for (size_t k = 0; k < sizeof(verbs) / sizeof(*verbs); k++) {
        int words = ct_edit_words_at(s, i, verbs[k].words);
        if (words <= *n || i + words > end ||
            (verbs[k].strict && !starts_object(s, i + words)))
            continue;
        *n = words;
        verb = verbs[k].verb;
    }
    /* "a set of", "use of", "place of": nouns */
    if (verb && ct_edit_words_at(s, i + *n, "of") > 0 && !ct_edit_words_at(s, i, "get rid of")) {
        *n = 0;
        return CT_EDIT_VERB_NONE;
    }
    return verb;
}

int ct_edit_skip(struct ct_edit_reader *s, int i, int end, const char *words)
{
    for (int n; i < end; i += n) {
        n = ct_edit_words_at(s, i, words);
        if (n == 0 || i + n > end)
            break;
        ct_mark(&s->r, i, i + n, CT_USE_SILENT, NULL, NULL);
    }
    return i;
}

static bool is_stop(const struct ct_reader *r, int i)
{
    const struct ct_token *t = &r->tokens[i];
    return t->kind == CT_TOKEN_BREAK ||
           (t->kind == CT_TOKEN_MARK && (t->mark == '.' || t->mark == ';' || t->mark == '!'));
}

/* Behind a comma or an "and" at i: where the next words begin. */
static int behind_joint(const struct ct_edit_reader *s, int i)
{
    struct ct_match m;
    int from = i;
    for (;;) {
        int n = ct_is_mark(&s->r, i, ',') ? 1 : ct_edit_words_at(s, i, lead_in);
        if (n == 0 && ct_reader_match(&s->r, i, CT_CLASS_BIT(AND), &m))
            n = m.n;
        if (n == 0)
            return i > from ? i : -1;
        i += n;
    }
}

int ct_edit_clause_end(const struct ct_edit_reader *s, int i)
{
    const struct ct_reader *r = &s->r;
    int n;
    for (i++; i < r->n && !is_stop(r, i); i++) {
        if (r->tokens[i].use != CT_USE_FREE)
            continue;
        int next = behind_joint(s, i);
        if (next > i && next < r->n &&
            (ct_edit_verb_at(s, next, r->n, &n) != CT_EDIT_VERB_NONE ||
             r->tokens[next].use == CT_USE_UNDERSTOOD))
            break;
    }
    return i;
}

/* --- keeping --- */

/* The words a wish to keep begins with; returns how many tokens. */
static int keep_at(const struct ct_edit_reader *s, int i)
{
    struct ct_match m;
    int n = ct_edit_words_at(s, i, "keep|keeping|leave|leaving|preserve|preserving|maintain|"
                                   "maintaining|retain|retaining");
    for (int k = i + 1; n && k < i + 4;
         k++) /* "leave some space for a title" is a wish of its own */
        if (ct_reader_match(&s->r, k, CT_CLASS_BIT(EFFECT), &m))
            return 0;
    if (n)
        return n;
    n = ct_edit_words_at(s, i, "without changing|without altering|without touching|"
                               "without affecting|without modifying|do not change|don't change|"
                               "do not alter|don't alter|do not touch|don't touch|"
                               "do not modify|don't modify|nothing else|everything else|"
                               "the rest|all else|not changing|change nothing else|"
                               "with everything else|with no other changes|no other changes");
    return n;
}

static bool is_rest(const struct ct_edit_reader *s, int first, int end)
{
    for (int i = first; i < end; i++)
        if (ct_edit_words_at(s, i, "everything|else|rest|identical|unchanged|untouched|others|"
                                   "anything|all|other changes|exactly"))
            return true;
    return false;
}

static int keep_end(const struct ct_edit_reader *s, int i)
{
    const struct ct_reader *r = &s->r;
    int n;
    for (; i < r->n && !is_stop(r, i); i++) {
        int next = behind_joint(s, i);
        if (ct_edit_words_at(s, i, "but|except|while"))
            return i;
        if (next > i && next < r->n &&
            (ct_edit_verb_at(s, next, r->n, &n) != CT_EDIT_VERB_NONE || keep_at(s, next)))
            return i;
    }
    return i;
}

/* "but keep the handle white": a wish to change in other words, since it names a part and a colour.
 * Of a photograph nobody can tell the part, so there it is nothing that is understood. */
static bool keeps_colour(struct ct_edit_reader *s, int i, int n, int end)
{
    struct ct_aim aim = { .kind = CT_AIM_NONE };
    struct ct_rgb color;
    int behind = s->foreign ? i + n : ct_edit_aim(s, i + n, end, &aim);
    for (int k = end - 1; k > i + n && k > end - 4; k--)
        if (ct_color_at(&s->r, k, &color) == end - k) {
            if (s->foreign)
                ct_mark(&s->r, i, end, CT_USE_IGNORED, NULL, NULL);
            return s->foreign || (aim.kind == CT_AIM_PART && behind <= k);
        }
    return false;
}

void ct_edit_read_keeps(struct ct_edit_reader *s)
{
    struct ct_reader *r = &s->r;
    for (int i = 0; i < r->n; i++) {
        int n = r->tokens[i].use == CT_USE_FREE ? keep_at(s, i) : 0;
        if (n == 0)
            continue;
        int end = keep_end(s, i + n);
        if (keeps_colour(s, i, n, end))
            continue;
        bool rest = is_rest(s, i, end);
        s->edit->keep_rest |= rest;
        ct_mark(r, i, end, CT_USE_UNDERSTOOD, rest ? "everything else kept" : "kept", NULL);
        i = end - 1;
    }
    for (int i = 0, n; i < r->n; i++) /* "only change the colour of the mug" */
        if (ct_edit_words_at(s, i, "only|just") && ct_edit_verb_at(s, i + 1, r->n, &n))
            s->edit->keep_rest = true;
}
