/* Growable bytes with a ceiling.
 *
 * Every buffer is given its maximum at init; going over it, or running out of memory, sets
 * `failed` (sticky) and drops what did not fit, so a chain of appends is checked once at the end.
 * A buffer has one owner; not thread-safe. */
#ifndef CT_BASE_BUF_H
#define CT_BASE_BUF_H

#include "base/err.h"
#include "base/slice.h"

struct ct_buf {
    char *data;
    size_t len, cap, max;
    bool failed;
};

void ct_buf_init(struct ct_buf *b, size_t max);
void ct_buf_release(struct ct_buf *b);              /* frees; the buffer may be init'ed again */
void ct_buf_clear(struct ct_buf *b);                /* len = 0, failed = false, memory kept */
bool ct_buf_reserve(struct ct_buf *b, size_t more); /* room for `more` bytes behind len */
void ct_buf_append(struct ct_buf *b, const void *bytes, size_t len);
void ct_buf_put(struct ct_buf *b, struct ct_slice s);
void ct_buf_puts(struct ct_buf *b, const char *text);
void ct_buf_putc(struct ct_buf *b, char c);
void ct_buf_puti(struct ct_buf *b, int64_t value); /* decimal */
void ct_buf_printf(struct ct_buf *b, const char *fmt, ...) CT_PRINTF(2, 3);
struct ct_slice ct_buf_slice(const struct ct_buf *b); /* borrowed until the next append */
/* NUL-terminates (not counted in len) and returns the text; "" when failed or empty. */
const char *ct_buf_text(struct ct_buf *b);

#endif
