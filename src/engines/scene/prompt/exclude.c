/* What must not be there: "no people", "without text or logos", "Avoid: a, b, c".
 *
 * Read first, so that a thing named only to be left out is never taken for a thing to draw. After
 * "avoid" a whole list follows, to the end of the sentence; after "no" only what stands next to
 * it, and a list when it ends in "or". */
#include "engines/scene/prompt/reader.h"

static bool is_or(const struct ct_reader *r, int i)
{
    return ct_is_word(r, i) && (ct_slice_ieq(r->tokens[i].text, CT_S("or")) ||
                                ct_slice_ieq(r->tokens[i].text, CT_S("nor")));
}

/* One excluded thing at i; returns the token behind it. */
static int read_item(const struct ct_reader *r, int i, bool list)
{
    static const uint64_t ends = CT_CLASS_BIT(AND) | CT_CLASS_BIT(NEGATION);
    static const uint64_t single = CT_CLASS_BIT(RELATION) | CT_CLASS_BIT(WITH) |
                                   CT_CLASS_BIT(COPULA) | CT_CLASS_BIT(PLACE) |
                                   CT_CLASS_BIT(AGAINST);
    struct ct_match m;
    while (i < r->n) {
        if (r->tokens[i].kind == CT_TOKEN_QUOTED && list)
            return i + 1;
        if (!ct_is_word(r, i))
            break;
        if (ct_reader_match(r, i, ends | (list ? 0 : single), &m))
            break;
        i++;
    }
    return i;
}

static int skip_articles(const struct ct_reader *r, int i)
{
    struct ct_match m;
    while (ct_reader_match(r, i, CT_CLASS_BIT(ARTICLE), &m))
        i += m.n;
    return i;
}

/* Shadows are not left out, only softened: "no harsh shadows" asks for the softest light. */
static bool softens(struct ct_reader *r, struct ct_slice words)
{
    if (!ct_slice_ends(words, "shadows") && !ct_slice_ends(words, "shadow"))
        return false;
    r->soft_shadows = true;
    return true;
}

/* "no reflections": of what the things stand on. */
static bool dulls(struct ct_reader *r, struct ct_slice words)
{
    if (!ct_slice_ends(words, "reflections") && !ct_slice_ends(words, "reflection") &&
        !ct_slice_ends(words, "glare"))
        return false;
    r->intent->support_finish = CT_FINISH_MATTE;
    return true;
}

static void exclude(struct ct_reader *r, int first, int end)
{
    struct ct_intent *intent = r->intent;
    struct ct_slice words = ct_reader_slice(r, first, end);
    bool room = intent->n_exclusions < CT_INTENT_EXCLUSIONS;
    if (room)
        intent->exclusions[intent->n_exclusions++] = words;
    const char *what = softens(r, words) ? "left out, or softened"
                       : dulls(r, words) ? "a matte support"
                                         : "left out";
    ct_mark(r, first, end, room ? CT_USE_UNDERSTOOD : CT_USE_IGNORED, what, NULL);
}

/* After "no a": does ", b, or c" follow? */
static bool list_goes_on(const struct ct_reader *r, int comma)
{
    struct ct_match m;
    int words = 0;
    for (int i = comma + 1; i < r->n && i < comma + 24; i++) {
        if (ct_is_mark(r, i, ',')) {
            words = 0;
            continue;
        }
        if (is_or(r, i))
            return true;
        if (!ct_is_word(r, i) || ++words > 3 ||
            ct_reader_match(r, i,
                            CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(WITH) | CT_CLASS_BIT(RELATION) |
                                CT_CLASS_BIT(NEGATION),
                            &m))
            return false;
    }
    return false;
}

/* Is there another item of the same list behind token i? Its first token, or -1. */
static int next_item(const struct ct_reader *r, int i, bool list)
{
    static const uint64_t other = CT_CLASS_BIT(ARTICLE) | CT_CLASS_BIT(RIG) | CT_CLASS_BIT(CAMERA) |
                                  CT_CLASS_BIT(EFFECT) | CT_CLASS_BIT(NUMBER) |
                                  CT_CLASS_BIT(OBJECT);
    struct ct_match m;
    bool comma = ct_is_mark(r, i, ',') || (list && ct_is_mark(r, i, ';'));
    if (comma && !list && !is_or(r, i + 1) && !list_goes_on(r, i))
        return -1;
    i += comma;
    if (list && i + 1 < r->n && r->tokens[i].kind == CT_TOKEN_BREAK &&
        (ct_is_mark(r, i + 1, '-') || ct_is_mark(r, i + 1, '*')))
        return i + 2;
    if (is_or(r, i))
        return i + 1;
    if (ct_is_word(r, i) && ct_slice_ieq(r->tokens[i].text, CT_S("and")) &&
        (list || !ct_reader_match(r, i + 1, other, &m)))
        return i + 1;
    return comma ? i : -1;
}

/* A list of excluded things at i; returns the token behind it. */
static int read_list(struct ct_reader *r, int i, bool list)
{
    while (i >= 0 && i < r->n) {
        int first = skip_articles(r, i), end = read_item(r, first, list);
        if (end == first)
            return first;
        exclude(r, first, end);
        i = next_item(r, end, list);
        if (i < 0)
            return end;
    }
    return i < 0 ? r->n : i;
}

/* "yes -> pay, no -> reject", "if not paid": part of a flow, nothing to leave out. */
static bool answers(const struct ct_reader *r, int i)
{
    if (i > 0 && (ct_word_is(r, i - 1, "if") || ct_word_is(r, i - 1, "is") ||
                  ct_word_is(r, i - 1, "are") || ct_word_is(r, i - 1, "or")))
        return ct_word_is(r, i, "not") || ct_word_is(r, i, "no");
    if (!ct_word_is(r, i, "no") || i + 1 >= r->n)
        return false;
    if (r->tokens[i + 1].kind == CT_TOKEN_ARROW)
        return true;
    bool yes = false;
    for (int k = 0; k < i && k < 400 && !yes; k++)
        yes = ct_word_is(r, i - 1 - k, "yes");
    return yes && (r->tokens[i + 1].kind == CT_TOKEN_MARK || ct_word_is(r, i + 1, "then"));
}

void ct_read_exclusions(struct ct_reader *r)
{
    struct ct_match m, only;
    for (int i = 0; i < r->n; i++) {
        if (!ct_reader_match(r, i, CT_CLASS_BIT(NEGATION), &m) || answers(r, i))
            continue;
        bool list = ct_match_value(&m, CT_CLASS_NEGATION) == 1;
        int from = i + m.n;
        if (ct_is_mark(r, from, ':')) {
            list = true;
            from++;
        } else if (ct_reader_match(r, from, CT_CLASS_BIT(STOP), &only) && !list) {
            continue; /* "not only", "not too" */
        }
        ct_mark_match(r, &m, CT_USE_SILENT, NULL, NULL);
        if (list && from + 1 < r->n && r->tokens[from].kind == CT_TOKEN_BREAK)
            from += ct_is_mark(r, from + 1, '-') || ct_is_mark(r, from + 1, '*') ? 2 : 1;
        int end = read_list(r, from, list);
        i = end > i + m.n ? end - 1 : i + m.n - 1;
    }
}
