/* The vector half of base64; only base64.c calls it. */
#ifndef CT_BASE_BASE64_AVX2_H
#define CT_BASE_BASE64_AVX2_H

#include <stdbool.h>
#include <stddef.h>

bool ct_base64_avx2_usable(void); /* false: the other two must not be called */
/* Both take a prefix of the input and return its length, a multiple of 3 (encode) or 4 (decode).
 * Decoding stops early at a group it cannot read and leaves the verdict to the scalar code; it
 * writes only within the len / 4 * 3 bytes that the whole text may become. */
size_t ct_base64_avx2_encode(char *out, const void *raw, size_t raw_len);
size_t ct_base64_avx2_decode(void *out, const char *text, size_t len);

#endif
