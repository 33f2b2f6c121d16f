/* Base64 in 256-bit registers, after Mula and Lemire, "Faster Base64 Encoding and Decoding using
 * AVX2 Instructions", ACM Transactions on the Web 12(3), 2018 (arXiv:1704.00605).
 *
 * Encoding turns 24 bytes into 32 characters a step: a shuffle spreads each 3 bytes over 4, two
 * multiplications move the 6-bit fields into place, and one table look-up adds to each value the
 * offset of its range of the alphabet. Decoding goes the other way; two look-ups by the low and
 * the high nibble of each character share a bit exactly when the character is not in the alphabet.
 * Compiled for every x86-64 and chosen at run time; other machines use the scalar code. */
#include "base/base64_avx2.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

bool ct_base64_avx2_usable(void)
{
    return __builtin_cpu_supports("avx2");
}

AVX2 static inline __m256i both_lanes(__m128i lane)
{
    return _mm256_broadcastsi128_si256(lane);
}

AVX2 static inline __m256i encode_step(__m256i bytes)
{
    const __m256i spread =
        both_lanes(_mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10));
    const __m256i offsets = both_lanes(
        _mm_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                      '0' - 52, '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0));
    __m256i in = _mm256_shuffle_epi8(bytes, spread);
    __m256i odd = _mm256_mulhi_epu16(_mm256_and_si256(in, _mm256_set1_epi32(0x0FC0FC00)),
                                     _mm256_set1_epi32(0x04000040));
    __m256i even = _mm256_mullo_epi16(_mm256_and_si256(in, _mm256_set1_epi32(0x003F03F0)),
                                      _mm256_set1_epi32(0x01000010));
    __m256i value = _mm256_or_si256(odd, even);
    /* Row of the offset table: 13 for A-Z, 0 for a-z, 1-10 for digits, 11 and 12 for + and /. */
    __m256i row = _mm256_subs_epu8(value, _mm256_set1_epi8(51));
    __m256i upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), value);
    row = _mm256_or_si256(row, _mm256_and_si256(upper, _mm256_set1_epi8(13)));
    return _mm256_add_epi8(_mm256_shuffle_epi8(offsets, row), value);
}

AVX2 size_t ct_base64_avx2_encode(char *out, const void *raw, size_t raw_len)
{
    const char *in = raw;
    size_t done = 0;
    for (; raw_len - done >= 28; done += 24, out += 32) { /* the second load reads bytes 12-27 */
        __m128i low = _mm_loadu_si128((const __m128i *)(const void *)(in + done));
        __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(in + done + 12));
        __m256i bytes = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
        _mm256_storeu_si256((__m256i *)(void *)out, encode_step(bytes));
    }
    return done;
}

/* Packs 32 six-bit values into the low 24 bytes. */
AVX2 static inline __m256i pack(__m256i values)
{
    const __m256i order =
        both_lanes(_mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    __m256i pairs = _mm256_maddubs_epi16(values, _mm256_set1_epi32(0x01400140));
    __m256i groups = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
    groups = _mm256_shuffle_epi8(groups, order);
    return _mm256_permutevar8x32_epi32(groups, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 7));
}

AVX2 size_t ct_base64_avx2_decode(void *out, const char *text, size_t len)
{
    const __m256i by_low =
        both_lanes(_mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13,
                                 0x1A, 0x1B, 0x1B, 0x1B, 0x1A));
    const __m256i by_high =
        both_lanes(_mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10,
                                 0x10, 0x10, 0x10, 0x10, 0x10));
    const __m256i offsets =
        both_lanes(_mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i slash = _mm256_set1_epi8('/'); /* 0x2F serves as the nibble mask, too */
    char *to = out;
    size_t done = 0;
    for (; len - done >= 48; done += 32, to += 24) { /* a store of 32 bytes stays in the output */
        __m256i in = _mm256_loadu_si256((const __m256i *)(const void *)(text + done));
        __m256i high = _mm256_and_si256(_mm256_srli_epi32(in, 4), slash);
        __m256i low = _mm256_and_si256(in, slash);
        if (!_mm256_testz_si256(_mm256_shuffle_epi8(by_low, low),
                                _mm256_shuffle_epi8(by_high, high)))
            break;
        __m256i row = _mm256_add_epi8(_mm256_cmpeq_epi8(in, slash), high);
        __m256i values = _mm256_add_epi8(in, _mm256_shuffle_epi8(offsets, row));
        _mm256_storeu_si256((__m256i *)(void *)to, pack(values));
    }
    return done;
}

#else

bool ct_base64_avx2_usable(void)
{
    return false;
}

size_t ct_base64_avx2_encode(char *out, const void *raw, size_t raw_len)
{
    return 0;
}

size_t ct_base64_avx2_decode(void *out, const char *text, size_t len)
{
    return 0;
}

#endif
