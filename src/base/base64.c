/* Base64, the dispatch and the scalar twins.
 *
 * The vector code of base64_avx2.c takes the long middle of a text and the scalar code here the
 * rest, among it all padding; both write the same bytes for every input (the test compares them).
 * Decoding is canonical: the bits a padded last group leaves over must be zero, so that one
 * sequence of bytes has one spelling. */
#include "base/base64.h"

#include "base/base64_avx2.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Value of each character, BAD when it is none; values fit 6 bits, so an OR shows a BAD one. */
#define BAD 0xC0
/* clang-format off */
static const uint8_t values[256] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,  62, 255, 255, 255,  63,
     52,  53,  54,  55,  56,  57,  58,  59,  60,  61, 255, 255, 255, 255, 255, 255,
    255,   0,   1,   2,   3,   4,   5,   6,   7,   8,   9,  10,  11,  12,  13,  14,
     15,  16,  17,  18,  19,  20,  21,  22,  23,  24,  25, 255, 255, 255, 255, 255,
    255,  26,  27,  28,  29,  30,  31,  32,  33,  34,  35,  36,  37,  38,  39,  40,
     41,  42,  43,  44,  45,  46,  47,  48,  49,  50,  51, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};
/* clang-format on */

size_t ct_base64_encoded_len(size_t raw_len)
{
    size_t groups = raw_len / 3 + (raw_len % 3 != 0);
    return groups <= SIZE_MAX / 4 ? groups * 4 : SIZE_MAX;
}

void ct_base64_encode_scalar(char *out, const void *raw, size_t raw_len)
{
    const uint8_t *in = raw;
    for (; raw_len >= 3; raw_len -= 3, in += 3, out += 4) {
        uint32_t group = (uint32_t)in[0] << 16 | (uint32_t)in[1] << 8 | in[2];
        out[0] = alphabet[group >> 18];
        out[1] = alphabet[group >> 12 & 63];
        out[2] = alphabet[group >> 6 & 63];
        out[3] = alphabet[group & 63];
    }
    if (raw_len == 0)
        return;
    uint32_t group = (uint32_t)in[0] << 16 | (raw_len == 2 ? (uint32_t)in[1] << 8 : 0);
    out[0] = alphabet[group >> 18];
    out[1] = alphabet[group >> 12 & 63];
    out[2] = '=';
    if (raw_len == 2)
        out[2] = alphabet[group >> 6 & 63];
    out[3] = '=';
}

/* The last group, which may be padded. Returns its bytes, 0 when it is not base64. */
static size_t decode_last(uint8_t *out, const uint8_t *in)
{
    size_t bytes = in[3] != '=' ? 3 : in[2] != '=' ? 2 : 1;
    uint32_t a = values[in[0]], b = values[in[1]];
    uint32_t c = bytes > 1 ? values[in[2]] : 0, d = bytes > 2 ? values[in[3]] : 0;
    uint32_t group = a << 18 | b << 12 | c << 6 | d;
    if ((a | b | c | d) & BAD || group & (0xFFFFFFu >> 8 * bytes))
        return 0;
    for (size_t i = 0; i < bytes; i++)
        out[i] = (uint8_t)(group >> (16 - 8 * i));
    return bytes;
}

bool ct_base64_decode_scalar(void *out, size_t *out_len, struct ct_slice in)
{
    const uint8_t *from = (const uint8_t *)in.ptr;
    uint8_t *to = out;
    *out_len = 0;
    if (in.len % 4 != 0)
        return false;
    if (in.len == 0)
        return true;
    for (const uint8_t *last = from + in.len - 4; from < last; from += 4, to += 3) {
        uint32_t a = values[from[0]], b = values[from[1]], c = values[from[2]], d = values[from[3]];
        if ((a | b | c | d) & BAD)
            return false;
        uint32_t group = a << 18 | b << 12 | c << 6 | d;
        to[0] = (uint8_t)(group >> 16);
        to[1] = (uint8_t)(group >> 8);
        to[2] = (uint8_t)group;
    }
    size_t bytes = decode_last(to, from);
    if (bytes == 0)
        return false;
    *out_len = (size_t)(to - (uint8_t *)out) + bytes;
    return true;
}

void ct_base64_encode(char *out, const void *raw, size_t raw_len)
{
    size_t done = ct_base64_avx2_usable() ? ct_base64_avx2_encode(out, raw, raw_len) : 0;
    ct_base64_encode_scalar(out + done / 3 * 4, (const char *)raw + done, raw_len - done);
}

void ct_base64_put(struct ct_buf *b, const void *raw, size_t raw_len)
{
    size_t len = ct_base64_encoded_len(raw_len);
    if (len == 0 || !ct_buf_reserve(b, len))
        return;
    ct_base64_encode(b->data + b->len, raw, raw_len);
    b->len += len;
}

bool ct_base64_decode(void *out, size_t *out_len, struct ct_slice in)
{
    size_t done = ct_base64_avx2_usable() ? ct_base64_avx2_decode(out, in.ptr, in.len) : 0;
    size_t raw = done / 4 * 3;
    if (!ct_base64_decode_scalar((char *)out + raw, out_len, ct_slice_sub(in, done, in.len))) {
        *out_len = 0;
        return false;
    }
    *out_len += raw;
    return true;
}
