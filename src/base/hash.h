/* SHA-256, HMAC-SHA-256, hex and random bytes (OpenSSL and getrandom). */
#ifndef CT_BASE_HASH_H
#define CT_BASE_HASH_H

#include "base/slice.h"

#define CT_SHA256_LEN 32

void ct_sha256(uint8_t out[CT_SHA256_LEN], const void *bytes, size_t len);
/* Of several texts, each with its length before it, so that no two lists look the same. */
void ct_sha256_parts(uint8_t out[CT_SHA256_LEN], const struct ct_slice *parts, size_t n);
void ct_hmac_sha256(uint8_t out[CT_SHA256_LEN], const void *key, size_t key_len, const void *bytes,
                    size_t len);
void ct_hex(char *out, const void *bytes, size_t len); /* 2*len characters, no NUL, lower case */
bool ct_unhex(void *out, size_t out_len, struct ct_slice hex); /* exactly 2*out_len characters */
bool ct_same_bytes(const void *a, const void *b, size_t len);  /* constant time */
void ct_random(void *out, size_t len); /* the kernel's; aborts the process if it has none */
/* 32 hex digits and a NUL: 48 bits of the time in milliseconds, then 80 random ones. Nobody guesses
 * one, and what is made together lies together in an index, so that a database writes few pages. */
#define CT_ID_DIGITS 32
void ct_make_id(char out[CT_ID_DIGITS + 1]);
/* 64-bit mixing for tables and seeds, not for security. */
uint64_t ct_mix64(uint64_t x);
uint64_t ct_hash64(const void *bytes, size_t len, uint64_t seed);

#endif
