/* The terminal: a progress line, and pictures inside it where it can show them. */
#ifndef CT_CLI_TERM_H
#define CT_CLI_TERM_H

#include "base/err.h"
#include "base/slice.h"

#include <stdbool.h>

struct ct_progress;

/* On stderr; draws nothing when that is no terminal or `quiet`. NULL (out of memory) is fine for
 * all functions. */
struct ct_progress *ct_progress_new(bool quiet);
/* fraction in [0, 1], or negative for "no idea yet"; redraws at most 20 times a second. */
void ct_progress_set(struct ct_progress *progress, double fraction, const char *stage);
void ct_progress_clear(struct ct_progress *progress); /* before other output */
void ct_progress_free(struct ct_progress **progress);

/* Shows an encoded picture (PNG, JPEG, WebP) on stderr's terminal: kitty, iTerm2 or sixel where it
 * has them, else half blocks in 24-bit colour. Nothing when stderr is no terminal. */
CT_MUSTCHECK ct_code ct_preview(struct ct_slice file, struct ct_err *err);

#endif
