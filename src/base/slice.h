/* Borrowed bytes: a pointer and a length, never owning, not NUL-terminated. */
#ifndef CT_BASE_SLICE_H
#define CT_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct ct_slice {
    const char *ptr;
    size_t len;
};

#define CT_S(literal) ((struct ct_slice){ (literal), sizeof(literal) - 1 })
/* For printf: "%.*s", CT_SARG(s) */
#define CT_SARG(s) (int)((s).len > 65536 ? 65536 : (s).len), ((s).ptr ? (s).ptr : "")

static inline struct ct_slice ct_slice(const char *text)
{
    return (struct ct_slice){ text, text ? strlen(text) : 0 };
}

static inline struct ct_slice ct_slice_n(const char *ptr, size_t len)
{
    return (struct ct_slice){ ptr, len };
}

static inline bool ct_slice_eq(struct ct_slice a, struct ct_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool ct_slice_is(struct ct_slice a, const char *text)
{
    return ct_slice_eq(a, ct_slice(text));
}

bool ct_slice_ieq(struct ct_slice a, struct ct_slice b);          /* ASCII case folded */
bool ct_slice_starts(struct ct_slice a, const char *prefix);
bool ct_slice_ends(struct ct_slice a, const char *suffix);
struct ct_slice ct_slice_sub(struct ct_slice a, size_t from, size_t to); /* clamped to a */
struct ct_slice ct_slice_trim(struct ct_slice a);                 /* ASCII white space, both ends */
/* Splits at the first `c`: *head before it, *tail after it; false (head = a) when there is none. */
bool ct_slice_cut(struct ct_slice a, char c, struct ct_slice *head, struct ct_slice *tail);
/* Strict decimal: digits only (and one leading '-' for i64), no blanks, no overflow. */
bool ct_slice_u64(struct ct_slice a, uint64_t *out);
bool ct_slice_i64(struct ct_slice a, int64_t *out);

#endif
