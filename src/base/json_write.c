/* Writing JSON: plain runs are appended whole, everything else is escaped one by one.
 *
 * Besides what JSON demands, the C1 control characters are escaped, because log lines and error
 * messages made from foreign text end up on terminals that obey them. */
#include "base/json.h"

#include "base/json_tree.h"
#include "base/utf8.h"

static void put_unit(struct ct_buf *b, unsigned unit)
{
    static const char digits[] = "0123456789abcdef";
    char escape[6] = { '\\', 'u', '0', '0', digits[unit >> 4 & 15], digits[unit & 15] };
    ct_buf_append(b, escape, sizeof(escape));
}

/* The character at *at, which is not plain. */
static void put_special(struct ct_buf *b, struct ct_slice text, size_t *at)
{
    static const char names[] = "btn_fr"; /* from 0x08 on; 0x0B has no short form */
    size_t from = *at;
    uint32_t c = ct_utf8_next(text, at);
    char escape[2] = { '\\', (char)c };
    if (c >= 0x08 && c <= 0x0D && c != 0x0B)
        escape[1] = names[c - 0x08];
    else if (c != '"' && c != '\\')
        escape[0] = '\0';
    if (escape[0])
        ct_buf_append(b, escape, sizeof(escape));
    else if (c < 0xA0)
        put_unit(b, c);
    else if (c == 0xFFFD)
        ct_buf_append(b, "\xEF\xBF\xBD", 3);
    else
        ct_buf_append(b, text.ptr + from, *at - from);
}

void ct_json_put_string(struct ct_buf *b, struct ct_slice text)
{
    size_t at = 0;
    ct_buf_putc(b, '"');
    while (at < text.len) {
        size_t plain = ct_json_plain_len(ct_slice_n(text.ptr + at, text.len - at));
        ct_buf_append(b, text.ptr + at, plain);
        at += plain;
        if (at < text.len)
            put_special(b, text, &at);
    }
    ct_buf_putc(b, '"');
}

void ct_json_put_cstring(struct ct_buf *b, const char *text_or_null)
{
    if (text_or_null)
        ct_json_put_string(b, ct_slice(text_or_null));
    else
        ct_buf_puts(b, "null");
}

void ct_json_put_key(struct ct_buf *b, const char *key)
{
    char last = b->len ? b->data[b->len - 1] : '{';
    if (last != '{' && last != '[')
        ct_buf_putc(b, ',');
    ct_json_put_string(b, ct_slice(key));
    ct_buf_putc(b, ':');
}
