/* Hashes, hex, random bytes.
 *
 * SHA-256 is OpenSSL's low-level interface: it is marked deprecated in favour of EVP, but EVP
 * allocates on every call and can therefore fail, and these functions have no way to fail. HMAC is
 * RFC 2104 on top of it. The kernel's generator is asked directly, so there is no state to fork. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/hash.h"

#include "base/clock.h"
#include "base/mem.h"

#include <endian.h>
#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <sys/random.h>

void ct_sha256(uint8_t out[CT_SHA256_LEN], const void *bytes, size_t len)
{
    SHA256_CTX ctx;
    SHA256_Init(&ctx);
    SHA256_Update(&ctx, bytes, len);
    SHA256_Final(out, &ctx);
    ct_wipe(&ctx, sizeof(ctx));
}

void ct_sha256_parts(uint8_t out[CT_SHA256_LEN], const struct ct_slice *parts, size_t n)
{
    SHA256_CTX ctx;
    SHA256_Init(&ctx);
    for (size_t i = 0; i < n; i++) {
        uint64_t len = htole64(parts[i].len);
        SHA256_Update(&ctx, &len, sizeof(len));
        SHA256_Update(&ctx, parts[i].ptr ? parts[i].ptr : "", parts[i].len);
    }
    SHA256_Final(out, &ctx);
    ct_wipe(&ctx, sizeof(ctx));
}

static void keyed_hash(uint8_t out[CT_SHA256_LEN], const uint8_t block[SHA256_CBLOCK], uint8_t mask,
                       const void *bytes, size_t len)
{
    SHA256_CTX ctx;
    uint8_t pad[SHA256_CBLOCK];
    for (size_t i = 0; i < sizeof(pad); i++)
        pad[i] = block[i] ^ mask;
    SHA256_Init(&ctx);
    SHA256_Update(&ctx, pad, sizeof(pad));
    SHA256_Update(&ctx, bytes, len);
    SHA256_Final(out, &ctx);
    ct_wipe(pad, sizeof(pad));
    ct_wipe(&ctx, sizeof(ctx));
}

void ct_hmac_sha256(uint8_t out[CT_SHA256_LEN], const void *key, size_t key_len, const void *bytes,
                    size_t len)
{
    uint8_t block[SHA256_CBLOCK] = { 0 }, inner[CT_SHA256_LEN];
    if (key_len > sizeof(block))
        ct_sha256(block, key, key_len);
    else if (key_len)
        memcpy(block, key, key_len);
    keyed_hash(inner, block, 0x36, bytes, len);
    keyed_hash(out, block, 0x5c, inner, sizeof(inner));
    ct_wipe(block, sizeof(block));
    ct_wipe(inner, sizeof(inner));
}

void ct_hex(char *out, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *in = bytes;
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[in[i] >> 4];
        out[2 * i + 1] = digits[in[i] & 15];
    }
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool ct_unhex(void *out, size_t out_len, struct ct_slice hex)
{
    uint8_t *to = out;
    if (hex.len % 2 != 0 || hex.len / 2 != out_len)
        return false;
    for (size_t i = 0; i < out_len; i++) {
        int high = nibble(hex.ptr[2 * i]), low = nibble(hex.ptr[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        to[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool ct_same_bytes(const void *a, const void *b, size_t len)
{
    return len == 0 || CRYPTO_memcmp(a, b, len) == 0;
}

void ct_random(void *out, size_t len)
{
    uint8_t *to = out;
    while (len > 0) {
        ssize_t got = getrandom(to, len, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            abort(); /* keys and ids cannot be made safely: nothing may go on */
        to += got;
        len -= (size_t)got;
    }
}

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014; constants: Stafford's variant 13). */
void ct_make_id(char out[CT_ID_DIGITS + 1])
{
    uint8_t bytes[CT_ID_DIGITS / 2];
    uint64_t ms = htobe64((uint64_t)ct_clock_wall_ms());
    ct_random(bytes, sizeof(bytes));
    memcpy(bytes, (const uint8_t *)&ms + 2, 6);
    ct_hex(out, bytes, sizeof(bytes));
    out[CT_ID_DIGITS] = '\0';
}

uint64_t ct_mix64(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

uint64_t ct_hash64(const void *bytes, size_t len, uint64_t seed)
{
    const uint8_t *in = bytes;
    uint64_t hash = ct_mix64(seed + 0x9e3779b97f4a7c15u), word;
    hash = ct_mix64(hash ^ len);
    for (; len >= sizeof(word); in += sizeof(word), len -= sizeof(word)) {
        memcpy(&word, in, sizeof(word));
        hash = ct_mix64(hash ^ le64toh(word));
    }
    if (len > 0) {
        word = 0;
        memcpy(&word, in, len);
        hash = ct_mix64(hash ^ le64toh(word));
    }
    return hash;
}
