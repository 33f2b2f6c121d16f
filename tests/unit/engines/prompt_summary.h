/* An intent as one line, only what is set: what the tables of test_prompt_*.c compare. */
#ifndef CT_TESTS_PROMPT_SUMMARY_H
#define CT_TESTS_PROMPT_SUMMARY_H

#include "engines/scene/prompt/intent.h"

struct prompt_row {
    const char *prompt, *summary;
};

/* Reads each prompt and compares its summary; also that every word of content is in one note. */
void prompt_check(const struct prompt_row *rows, size_t n);
void prompt_summary(struct ct_buf *b, const struct ct_intent *intent);

#endif
