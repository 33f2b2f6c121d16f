/* Growable bytes with a ceiling.
 *
 * The allocation is always one byte longer than `cap`, so that ct_buf_text() can put its NUL
 * behind a full buffer. Growth doubles, clamped to `max`: appending n bytes one by one costs O(n).
 * An append fits whole or is dropped whole. */
#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

#define FIRST_CAP 64

void ct_buf_init(struct ct_buf *b, size_t max)
{
    *b = (struct ct_buf){ .max = max < SIZE_MAX ? max : SIZE_MAX - 1 };
}

void ct_buf_release(struct ct_buf *b)
{
    ct_free(b->data);
    *b = (struct ct_buf){ .max = b->max };
}

void ct_buf_clear(struct ct_buf *b)
{
    b->len = 0;
    b->failed = false;
}

static bool grow(struct ct_buf *b, size_t need)
{
    size_t cap = b->cap < FIRST_CAP / 2 ? FIRST_CAP : b->cap <= b->max / 2 ? b->cap * 2 : b->max;
    if (cap < need)
        cap = need;
    if (cap > b->max)
        cap = b->max;
    char *data = ct_realloc(b->data, cap + 1);
    if (!data)
        return false;
    b->data = data;
    b->cap = cap;
    return true;
}

bool ct_buf_reserve(struct ct_buf *b, size_t more)
{
    if (b->failed)
        return false;
    if (b->data && more <= b->cap - b->len)
        return true;
    if (more > b->max - b->len || !grow(b, b->len + more))
        b->failed = true;
    return !b->failed;
}

void ct_buf_append(struct ct_buf *b, const void *bytes, size_t len)
{
    if (len == 0 || !ct_buf_reserve(b, len))
        return;
    memcpy(b->data + b->len, bytes, len);
    b->len += len;
}

void ct_buf_put(struct ct_buf *b, struct ct_slice s)
{
    ct_buf_append(b, s.ptr, s.len);
}

void ct_buf_puts(struct ct_buf *b, const char *text)
{
    ct_buf_append(b, text, strlen(text));
}

void ct_buf_putc(struct ct_buf *b, char c)
{
    if (ct_buf_reserve(b, 1))
        b->data[b->len++] = c;
}

void ct_buf_puti(struct ct_buf *b, int64_t value)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--at] = '-';
    ct_buf_append(b, digits + at, sizeof(digits) - at);
}

void ct_buf_printf(struct ct_buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0)
        b->failed = true;
    if (len < 0 || !ct_buf_reserve(b, (size_t)len))
        return;
    va_start(args, fmt);
    vsnprintf(b->data + b->len, (size_t)len + 1, fmt, args);
    va_end(args);
    b->len += (size_t)len;
}

struct ct_slice ct_buf_slice(const struct ct_buf *b)
{
    return ct_slice_n(b->data, b->len);
}

const char *ct_buf_text(struct ct_buf *b)
{
    if (b->failed || b->len == 0)
        return "";
    b->data[b->len] = '\0';
    return b->data;
}
