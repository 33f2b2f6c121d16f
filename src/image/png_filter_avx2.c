/* PNG row filters, 32 bytes at a time. The plain version in png_filter.c is the definition; a test
 * holds the two together byte for byte.
 *
 * Vectors start at the second pixel, where every neighbour exists; the first goes through the
 * plain version, and so does a row too short for one vector. The last vector ends with the row and
 * overlaps the one before. Encoding reads only unfiltered pixels, so no filter waits for its own
 * output (decoding would). */
#include "image/png_filter.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

struct neighbours {
    __m256i x, a, b, c;
};

AVX2 static inline struct neighbours load(const struct ct_png_row *r, size_t i)
{
    return (struct neighbours){
        .x = _mm256_loadu_si256((const __m256i *)(r->row + i)),
        .a = _mm256_loadu_si256((const __m256i *)(r->row + i - r->bpp)),
        .b = _mm256_loadu_si256((const __m256i *)(r->above + i)),
        .c = _mm256_loadu_si256((const __m256i *)(r->above + i - r->bpp)),
    };
}

/* vpavgb rounds up; PNG rounds down. They differ where the sum is odd. */
AVX2 static inline __m256i average(__m256i a, __m256i b)
{
    __m256i odd = _mm256_and_si256(_mm256_xor_si256(a, b), _mm256_set1_epi8(1));
    return _mm256_sub_epi8(_mm256_avg_epu8(a, b), odd);
}

AVX2 static inline __m256i distance(__m256i a, __m256i b)
{
    return _mm256_sub_epi8(_mm256_max_epu8(a, b), _mm256_min_epu8(a, b));
}

/* u <= v on unsigned bytes. */
AVX2 static inline __m256i at_most(__m256i u, __m256i v)
{
    return _mm256_cmpeq_epi8(_mm256_min_epu8(u, v), u);
}

/* Paeth without leaving bytes. |a + b - 2c| = |(b - c) + (a - c)| is the sum of the two distances
 * when both differences have one sign, else the distance of the distances. The sum may saturate
 * at 255: it is only compared with its own terms, which it still reaches. */
AVX2 static inline __m256i paeth(__m256i a, __m256i b, __m256i c)
{
    __m256i to_a = distance(b, c), to_b = distance(a, c);
    __m256i one_sign = _mm256_cmpeq_epi8(at_most(c, a), at_most(c, b));
    __m256i to_c = _mm256_blendv_epi8(distance(to_a, to_b), _mm256_adds_epu8(to_a, to_b), one_sign);
    __m256i b_or_c = _mm256_blendv_epi8(c, b, at_most(to_b, to_c));
    __m256i is_a = _mm256_and_si256(at_most(to_a, to_b), at_most(to_a, to_c));
    return _mm256_blendv_epi8(b_or_c, a, is_a);
}

/* Adds the absolute values of signed bytes to four 64-bit sums. -128 becomes 128: vpsadbw reads
 * bytes as unsigned. */
AVX2 static inline __m256i add_magnitudes(__m256i sums, __m256i residual)
{
    return _mm256_add_epi64(sums,
                            _mm256_sad_epu8(_mm256_abs_epi8(residual), _mm256_setzero_si256()));
}

AVX2 static inline uint64_t total(__m256i sums)
{
    __m128i s = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return (uint64_t)_mm_cvtsi128_si64(s) + (uint64_t)_mm_extract_epi64(s, 1);
}

struct sums {
    __m256i none, sub, up, average, paeth;
};

/* Adds 32 bytes of each filter's output, those where `keep` is 0 left out. */
AVX2 static inline void add_costs(struct sums *s, const struct neighbours *n, __m256i keep)
{
    __m256i avg = average(n->a, n->b), pth = paeth(n->a, n->b, n->c);
    s->none = add_magnitudes(s->none, _mm256_and_si256(keep, n->x));
    s->sub = add_magnitudes(s->sub, _mm256_and_si256(keep, _mm256_sub_epi8(n->x, n->a)));
    s->up = add_magnitudes(s->up, _mm256_and_si256(keep, _mm256_sub_epi8(n->x, n->b)));
    s->average = add_magnitudes(s->average, _mm256_and_si256(keep, _mm256_sub_epi8(n->x, avg)));
    s->paeth = add_magnitudes(s->paeth, _mm256_and_si256(keep, _mm256_sub_epi8(n->x, pth)));
}

/* All ones in the last `n` bytes, 0 <= n <= 32. */
AVX2 static inline __m256i last_bytes(size_t n)
{
    static const uint8_t edge[64] = {
        [32] = 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255,        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    };
    return _mm256_loadu_si256((const __m256i *)(edge + n));
}

AVX2 static void costs_avx2(uint64_t cost[CT_PNG_FILTER_COUNT], const struct ct_png_row *r)
{
    struct sums s = { 0 };
    size_t i = r->bpp;
    if (r->len < r->bpp + 32) {
        ct_png_filter_plain.costs(cost, r);
        return;
    }
    for (; i + 32 <= r->len; i += 32) {
        struct neighbours n = load(r, i);
        add_costs(&s, &n, _mm256_set1_epi8(-1));
    }
    struct neighbours end = load(r, r->len - 32);
    add_costs(&s, &end, last_bytes(r->len - i));
    cost[CT_PNG_NONE] = total(s.none);
    cost[CT_PNG_SUB] = total(s.sub);
    cost[CT_PNG_UP] = total(s.up);
    cost[CT_PNG_AVERAGE] = total(s.average);
    cost[CT_PNG_PAETH] = total(s.paeth);
    ct_png_filter__costs(cost, r, 0, r->bpp);
}

AVX2 static inline __m256i predict(enum ct_png_filter filter, const struct neighbours *n)
{
    switch (filter) {
    case CT_PNG_SUB:
        return n->a;
    case CT_PNG_UP:
        return n->b;
    case CT_PNG_AVERAGE:
        return average(n->a, n->b);
    case CT_PNG_PAETH:
        return paeth(n->a, n->b, n->c);
    case CT_PNG_NONE:
    case CT_PNG_FILTER_COUNT:
        break;
    }
    return _mm256_setzero_si256();
}

AVX2 static inline void apply_at(uint8_t *out, enum ct_png_filter filter,
                                 const struct ct_png_row *r, size_t i)
{
    struct neighbours n = load(r, i);
    _mm256_storeu_si256((__m256i *)(out + i), _mm256_sub_epi8(n.x, predict(filter, &n)));
}

AVX2 static void apply_avx2(uint8_t *out, enum ct_png_filter filter, const struct ct_png_row *r)
{
    if (r->len < r->bpp + 32) {
        ct_png_filter_plain.apply(out, filter, r);
        return;
    }
    ct_png_filter__apply(out, filter, r, 0, r->bpp);
    for (size_t i = r->bpp; i + 32 <= r->len; i += 32)
        apply_at(out, filter, r, i);
    apply_at(out, filter, r, r->len - 32);
}

const struct ct_png_filter_ops *ct_png_filter__avx2(void)
{
    static const struct ct_png_filter_ops ops = { costs_avx2, apply_avx2 };
    return __builtin_cpu_supports("avx2") ? &ops : NULL;
}

#endif
