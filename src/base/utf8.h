/* UTF-8 (RFC 3629): strict, no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef CT_BASE_UTF8_H
#define CT_BASE_UTF8_H

#include "base/slice.h"

bool ct_utf8_valid(struct ct_slice text);
size_t ct_utf8_count(struct ct_slice text); /* characters (code points) of valid text */
/* Decodes one character at *at (< text.len) and advances *at; U+FFFD and one byte on bad input. */
uint32_t ct_utf8_next(struct ct_slice text, size_t *at);
size_t ct_utf8_put(char out[4], uint32_t code_point); /* bytes written, 0 when not encodable */
/* The longest prefix of at most max bytes that does not cut a character. */
struct ct_slice ct_utf8_cut(struct ct_slice text, size_t max);

#endif
