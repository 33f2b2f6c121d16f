/* How the API spells each enumerated value: read by parse.c, written by reply.c.
 *
 * The order of a list is the order in which the official messages name the values. */
#ifndef CT_CONTRACT_WORDS_H
#define CT_CONTRACT_WORDS_H

#include "contract/image_request.h"

struct ct_word {
    const char *text;
    int value;
};

/* `auto` in a list of values; never an enumerator of ours. */
#define CT_WORD_AUTO (-1)

#define CT_N_QUALITY_WORDS (CT_QUALITY_COUNT + 1)
#define CT_N_FORMAT_WORDS 4
#define CT_N_BACKGROUND_WORDS 3
#define CT_N_MODERATION_WORDS 2
#define CT_N_FIDELITY_WORDS 2
#define CT_N_REPLY_AS_WORDS 2
#define CT_N_STYLE_WORDS 2
#define CT_N_THINKING_WORDS 4

extern const struct ct_word ct_quality_words[CT_N_QUALITY_WORDS];
extern const struct ct_word ct_format_words[CT_N_FORMAT_WORDS];
extern const struct ct_word ct_background_words[CT_N_BACKGROUND_WORDS];
extern const struct ct_word ct_moderation_words[CT_N_MODERATION_WORDS];
extern const struct ct_word ct_fidelity_words[CT_N_FIDELITY_WORDS];
extern const struct ct_word ct_reply_as_words[CT_N_REPLY_AS_WORDS];
extern const struct ct_word ct_style_words[CT_N_STYLE_WORDS];
extern const struct ct_word ct_thinking_words[CT_N_THINKING_WORDS];

/* The word for a value, "" when the list has none. */
const char *ct_word_of(const struct ct_word *words, size_t n_words, int value);
/* The entry with that text, NULL when there is none. */
const struct ct_word *ct_word_find(const struct ct_word *words, size_t n_words,
                                   struct ct_slice text);
/* Appends `'a', 'b', and 'c'` (two: `'a' and 'b'`), with "or" in place of "and" as asked. */
void ct_words_put(struct ct_buf *b, const struct ct_word *words, size_t n_words,
                  const char *conjunction);

#endif
