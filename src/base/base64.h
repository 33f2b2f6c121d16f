/* Base64, standard alphabet with padding (RFC 4648 section 4). AVX2 where the CPU has it, with a
 * scalar twin that gives the same bytes. */
#ifndef CT_BASE_BASE64_H
#define CT_BASE_BASE64_H

#include "base/buf.h"

size_t ct_base64_encoded_len(size_t raw_len);
void ct_base64_encode(char *out, const void *raw, size_t raw_len); /* encoded_len bytes, no NUL */
void ct_base64_put(struct ct_buf *b, const void *raw, size_t raw_len);
/* Strict: padding required, no blanks. false on any other byte. *out_len <= in.len / 4 * 3. */
bool ct_base64_decode(void *out, size_t *out_len, struct ct_slice in);
/* The scalar twins, for the test that compares. */
void ct_base64_encode_scalar(char *out, const void *raw, size_t raw_len);
bool ct_base64_decode_scalar(void *out, size_t *out_len, struct ct_slice in);

#endif
