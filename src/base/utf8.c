/* UTF-8 after RFC 3629, table 3-7 of the Unicode standard: the second byte's range depends on the
 * first, which is what keeps overlong forms, surrogates and code points above U+10FFFF out. */
#include "base/utf8.h"

#define ASCII_MASK 0x8080808080808080u

/* Length of the well-formed character at s (n > 0 bytes there), 0 when it is not one. */
static size_t decode(uint32_t *out, const unsigned char *s, size_t n)
{
    unsigned first = s[0];
    unsigned low = 0x80, high = 0xBF;
    size_t len;
    if (first < 0x80) {
        *out = first;
        return 1;
    }
    if (first < 0xC2 || first > 0xF4)
        return 0;
    len = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first == 0xE0)
        low = 0xA0;
    else if (first == 0xED)
        high = 0x9F;
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;
    if (n < len || s[1] < low || s[1] > high)
        return 0;
    uint32_t value = (first & (0xFFu >> (len + 1))) << 6 | (s[1] & 0x3F);
    for (size_t i = 2; i < len; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (s[i] & 0x3F);
    }
    *out = value;
    return len;
}

bool ct_utf8_valid(struct ct_slice text)
{
    const unsigned char *s = (const unsigned char *)text.ptr;
    size_t at = 0;
    while (at < text.len) {
        uint64_t word;
        uint32_t character;
        if (text.len - at >= sizeof(word)) {
            memcpy(&word, s + at, sizeof(word));
            if (!(word & ASCII_MASK)) {
                at += sizeof(word);
                continue;
            }
        }
        size_t len = decode(&character, s + at, text.len - at);
        if (len == 0)
            return false;
        at += len;
    }
    return true;
}

size_t ct_utf8_count(struct ct_slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

uint32_t ct_utf8_next(struct ct_slice text, size_t *at)
{
    uint32_t character;
    size_t len = decode(&character, (const unsigned char *)text.ptr + *at, text.len - *at);
    *at += len ? len : 1;
    return len ? character : 0xFFFD;
}

size_t ct_utf8_put(char out[4], uint32_t code_point)
{
    uint32_t c = code_point;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        if (c >= 0xD800 && c <= 0xDFFF)
            return 0;
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    if (c > 0x10FFFF)
        return 0;
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

struct ct_slice ct_utf8_cut(struct ct_slice text, size_t max)
{
    if (text.len <= max)
        return text;
    /* A character has at most three bytes behind its first; longer runs are no UTF-8. */
    for (size_t back = 0; back <= 3 && back <= max; back++) {
        if (((unsigned char)text.ptr[max - back] & 0xC0) != 0x80)
            return ct_slice_n(text.ptr, max - back);
    }
    return ct_slice_n(text.ptr, max);
}
