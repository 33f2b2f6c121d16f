/* PNG row filters in plain C, and the choice between them and their AVX2 twin.
 *
 * Called by png_write.c for every row. The choice of a filter per row is the heuristic the PNG
 * specification recommends (RFC 2083, 9.6): the one whose output, read as signed bytes, has the
 * smallest sum of absolute values. */
#include "image/png_filter.h"

#include <stdlib.h>

/* RFC 2083, 6.6: the neighbour nearest to a + b - c; a before b before c among equals. */
static uint8_t paeth(int a, int b, int c)
{
    int to_a = abs(b - c), to_b = abs(a - c), to_c = abs(a + b - 2 * c);
    if (to_a <= to_b && to_a <= to_c)
        return (uint8_t)a;
    return (uint8_t)(to_b <= to_c ? b : c);
}

static uint64_t magnitude(uint8_t residual)
{
    return residual < 128 ? residual : 256u - residual;
}

void ct_png_filter__costs(uint64_t cost[CT_PNG_FILTER_COUNT], const struct ct_png_row *r,
                          size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        uint8_t x = r->row[i], b = r->above[i];
        uint8_t a = i < r->bpp ? 0 : r->row[i - r->bpp];
        uint8_t c = i < r->bpp ? 0 : r->above[i - r->bpp];
        cost[CT_PNG_NONE] += magnitude(x);
        cost[CT_PNG_SUB] += magnitude((uint8_t)(x - a));
        cost[CT_PNG_UP] += magnitude((uint8_t)(x - b));
        cost[CT_PNG_AVERAGE] += magnitude((uint8_t)(x - ((a + b) >> 1)));
        cost[CT_PNG_PAETH] += magnitude((uint8_t)(x - paeth(a, b, c)));
    }
}

static uint8_t predict(enum ct_png_filter filter, uint8_t a, uint8_t b, uint8_t c)
{
    switch (filter) {
    case CT_PNG_SUB:
        return a;
    case CT_PNG_UP:
        return b;
    case CT_PNG_AVERAGE:
        return (uint8_t)((a + b) >> 1);
    case CT_PNG_PAETH:
        return paeth(a, b, c);
    case CT_PNG_NONE:
    case CT_PNG_FILTER_COUNT:
        break;
    }
    return 0;
}

void ct_png_filter__apply(uint8_t *out, enum ct_png_filter filter, const struct ct_png_row *r,
                          size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        uint8_t a = i < r->bpp ? 0 : r->row[i - r->bpp];
        uint8_t c = i < r->bpp ? 0 : r->above[i - r->bpp];
        out[i] = (uint8_t)(r->row[i] - predict(filter, a, r->above[i], c));
    }
}

static void costs_plain(uint64_t cost[CT_PNG_FILTER_COUNT], const struct ct_png_row *r)
{
    for (int f = 0; f < CT_PNG_FILTER_COUNT; f++)
        cost[f] = 0;
    ct_png_filter__costs(cost, r, 0, r->len);
}

static void apply_plain(uint8_t *out, enum ct_png_filter filter, const struct ct_png_row *r)
{
    ct_png_filter__apply(out, filter, r, 0, r->len);
}

const struct ct_png_filter_ops ct_png_filter_plain = { costs_plain, apply_plain };

const struct ct_png_filter_ops *ct_png_filter_best(void)
{
#if defined(__x86_64__)
    const struct ct_png_filter_ops *avx2 = ct_png_filter__avx2();
    if (avx2)
        return avx2;
#endif
    return &ct_png_filter_plain;
}

enum ct_png_filter ct_png_filter_choose(uint64_t *cost, const struct ct_png_filter_ops *ops,
                                        const struct ct_png_row *r)
{
    uint64_t costs[CT_PNG_FILTER_COUNT];
    enum ct_png_filter best = CT_PNG_NONE;
    ops->costs(costs, r);
    for (int f = CT_PNG_SUB; f < CT_PNG_FILTER_COUNT; f++) {
        if (costs[f] < costs[best])
            best = (enum ct_png_filter)f;
    }
    *cost = costs[best];
    return best;
}
