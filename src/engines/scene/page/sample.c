/* Which sample content a screen is filled with: by the words that name it in the prompt.
 *
 * Used by templates while composing. A figure here is a filler of a mock-up, as designers use
 * them; charts of data never take one. The reply says that it is sample content (warnings.c). */
#include "engines/scene/page/sample.h"

#include <ctype.h>

static const struct ct_sample samples[] = {
#define CT_SAMPLE(id, words, title, hero, hero_label, hero_text, actions, section, rows, tabs) \
    { words, title, CT_HERO_##hero, hero_label, hero_text, actions, section, rows, tabs },
#include "engines/scene/page/samples.def"
#undef CT_SAMPLE
};
enum { SAMPLES = sizeof(samples) / sizeof(samples[0]) };

static bool inside_word(struct ct_slice s, size_t i)
{
    return i < s.len && isalnum((unsigned char)s.ptr[i]);
}

/* Where the word first stands in the text; len when nowhere. */
static size_t find_word(struct ct_slice text, struct ct_slice word)
{
    for (size_t i = 0; word.len > 0 && i + word.len <= text.len; i++)
        if ((i == 0 || !inside_word(text, i - 1)) && !inside_word(text, i + word.len) &&
            ct_slice_ieq(ct_slice_n(text.ptr + i, word.len), word))
            return i;
    return text.len;
}

static size_t first_of(struct ct_slice text, const char *words)
{
    struct ct_slice rest = ct_slice(words), word;
    size_t first = text.len;
    for (bool more = true; more;) {
        more = ct_slice_cut(rest, '|', &word, &rest);
        size_t at = find_word(text, word);
        first = at < first ? at : first;
    }
    return first;
}

bool ct_sample_mentions(struct ct_slice text, const char *words)
{
    return first_of(text, words) < text.len;
}

const struct ct_sample *ct_sample_find(const struct ct_intent *intent)
{
    struct ct_slice texts[] = { intent->about, intent->subject, intent->prompt };
    for (int k = 0; k < 3; k++) {
        size_t least = texts[k].len;
        const struct ct_sample *best = NULL;
        for (int i = 0; i < SAMPLES; i++) {
            size_t at = first_of(texts[k], samples[i].words);
            if (at < least) {
                least = at;
                best = &samples[i];
            }
        }
        if (best)
            return best;
    }
    return &samples[SAMPLES - 1];
}

int ct_sample_count(const char *list)
{
    int n = *list != '\0';
    for (; *list; list++)
        n += *list == '|';
    return n;
}

struct ct_slice ct_sample_part(const char *list, int i, int field)
{
    struct ct_slice rest = ct_slice(list), entry = { NULL, 0 }, part = { NULL, 0 };
    bool more = true;
    for (int k = 0; k <= i; k++) {
        if (!more)
            return ct_slice(NULL);
        more = ct_slice_cut(rest, '|', &entry, &rest);
    }
    more = true;
    for (int k = 0; k <= field; k++) {
        if (!more)
            return ct_slice(NULL);
        more = ct_slice_cut(entry, '=', &part, &entry);
    }
    return part;
}
