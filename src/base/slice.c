/* Slices: comparing, cutting and reading numbers. Pure functions; nothing here allocates or
 * depends on the locale. */
#include "base/slice.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool ct_slice_ieq(struct ct_slice a, struct ct_slice b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    }
    return true;
}

bool ct_slice_starts(struct ct_slice a, const char *prefix)
{
    size_t len = strlen(prefix);
    return a.len >= len && (len == 0 || memcmp(a.ptr, prefix, len) == 0);
}

bool ct_slice_ends(struct ct_slice a, const char *suffix)
{
    size_t len = strlen(suffix);
    return a.len >= len && (len == 0 || memcmp(a.ptr + a.len - len, suffix, len) == 0);
}

struct ct_slice ct_slice_sub(struct ct_slice a, size_t from, size_t to)
{
    if (to > a.len)
        to = a.len;
    if (from > to)
        from = to;
    return ct_slice_n(from ? a.ptr + from : a.ptr, to - from);
}

struct ct_slice ct_slice_trim(struct ct_slice a)
{
    size_t from = 0, to = a.len;
    while (from < to && is_space(a.ptr[from]))
        from++;
    while (to > from && is_space(a.ptr[to - 1]))
        to--;
    return ct_slice_sub(a, from, to);
}

bool ct_slice_cut(struct ct_slice a, char c, struct ct_slice *head, struct ct_slice *tail)
{
    const char *at = a.len ? memchr(a.ptr, c, a.len) : NULL;
    if (!at) {
        *head = a;
        *tail = ct_slice_sub(a, a.len, a.len);
        return false;
    }
    size_t i = (size_t)(at - a.ptr);
    *head = ct_slice_sub(a, 0, i);
    *tail = ct_slice_sub(a, i + 1, a.len);
    return true;
}

bool ct_slice_u64(struct ct_slice a, uint64_t *out)
{
    uint64_t value = 0;
    if (a.len == 0)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        unsigned digit = (unsigned)(a.ptr[i] - '0');
        if (digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, digit, &value))
            return false;
    }
    *out = value;
    return true;
}

bool ct_slice_i64(struct ct_slice a, int64_t *out)
{
    bool negative = a.len && a.ptr[0] == '-';
    uint64_t value, limit = (uint64_t)INT64_MAX + negative;
    if (!ct_slice_u64(ct_slice_sub(a, negative, a.len), &value) || value > limit)
        return false;
    *out = (int64_t)(negative ? 0 - value : value);
    return true;
}
