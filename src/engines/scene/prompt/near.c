/* An unknown noun becomes the more general thing it is drawn as: "chalice" as a wine glass.
 *
 * Called by scene_grammar.c when it knows that a phrase of unknown words names a thing. From then
 * on the phrase reads as if words.def had a NEAR row for the noun, so that its note says so. */
#include "engines/scene/nouns/resolve.h"
#include "engines/scene/prompt/scene_reader.h"

/* "a chalice carved ..." and "a beaker standing": what is done behind the noun is not the noun. */
static bool is_participle(const struct ct_reader *r, int i)
{
    struct ct_slice word = r->tokens[i].text;
    return ct_slice_ends(word, "ed") || ct_slice_ends(word, "ing");
}

/* "a labrador wearing sunglasses": the thing is before what it does. */
static int before_action(const struct ct_reader *r, const struct ct_phrase *p)
{
    for (int i = p->noun_first + 1; i < p->noun_end; i++)
        if (ct_slice_ends(r->tokens[i].text, "ing"))
            return i;
    return p->noun_end;
}

/* Is the noun the emoji's own name, or its plural? */
static bool has_name(const struct ct_reader *r, const struct ct_match *noun, const char *via)
{
    struct ct_slice word = ct_reader_slice(r, noun->first, noun->first + noun->n);
    size_t len = strlen(via);
    return word.len >= len && ct_slice_ieq(ct_slice_sub(word, 0, len), ct_slice(via)) &&
           word.len <= len + 2;
}

bool ct_phrase_name_near(struct ct_reader *r, struct ct_phrase *p, bool by_name)
{
    struct ct_noun_match found;
    int end = before_action(r, p);
    if (!ct_noun_hypernym(&found, ct_reader_slice(r, p->noun_first, end)))
        end = p->noun_end;
    while (!ct_noun_hypernym(&found, ct_reader_slice(r, p->noun_first, end))) {
        if (end - 1 <= p->noun_first || !is_participle(r, end - 1))
            return false;
        end--;
    }
    struct ct_match noun = { .first = end - found.words, .n = found.words, .plural = found.plural };
    if (noun.first < p->noun_first ||
        (by_name && (!found.emoji || !has_name(r, &noun, found.via))) ||
        !ct_lexicon_near(&noun, r->arena, found.via, (int)found.object))
        return false;
    p->noun = noun;
    p->emoji = found.emoji;
    p->head = CT_HEAD_OBJECT;
    return true;
}
