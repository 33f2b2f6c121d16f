/* The five row filters of PNG (RFC 2083, section 6) and what each would cost.
 *
 * Every filter replaces a byte by its difference from a prediction made of three neighbours:
 * a, the byte one pixel to the left; b, the byte above; c, the byte above a. Missing ones are 0.
 * There is a plain version and one for AVX2; they return the same bytes and the same costs, so a
 * file does not depend on the machine through its filters. Pure functions, any thread. */
#ifndef CT_IMAGE_PNG_FILTER_H
#define CT_IMAGE_PNG_FILTER_H

#include <stddef.h>
#include <stdint.h>

/* As they are written in front of a row. */
enum ct_png_filter {
    CT_PNG_NONE,
    CT_PNG_SUB,
    CT_PNG_UP,
    CT_PNG_AVERAGE,
    CT_PNG_PAETH,
    CT_PNG_FILTER_COUNT
};

/* One row and the row above it (all zero above the first), `len` bytes each. `bpp` is the bytes of
 * a pixel, 3 or 4; len is a multiple of it and not 0. */
struct ct_png_row {
    const uint8_t *row, *above;
    size_t len, bpp;
};

struct ct_png_filter_ops {
    /* cost[f] = sum over the row of the absolute values of filter f's output as signed bytes. */
    void (*costs)(uint64_t cost[CT_PNG_FILTER_COUNT], const struct ct_png_row *r);
    /* Writes r->len bytes; out must not overlap the rows. */
    void (*apply)(uint8_t *out, enum ct_png_filter filter, const struct ct_png_row *r);
};

extern const struct ct_png_filter_ops ct_png_filter_plain;
/* The fastest this CPU runs. */
const struct ct_png_filter_ops *ct_png_filter_best(void);

/* The filter of the smallest cost, the first of equals. *cost is that cost. */
enum ct_png_filter ct_png_filter_choose(uint64_t *cost, const struct ct_png_filter_ops *ops,
                                        const struct ct_png_row *r);

/* The plain version over bytes [from, to), for the first pixel, which no vector covers. The costs
 * are added to cost[]. */
void ct_png_filter__costs(uint64_t cost[CT_PNG_FILTER_COUNT], const struct ct_png_row *r,
                          size_t from, size_t to);
void ct_png_filter__apply(uint8_t *out, enum ct_png_filter filter, const struct ct_png_row *r,
                          size_t from, size_t to);

#if defined(__x86_64__)
/* NULL when the CPU has no AVX2. */
const struct ct_png_filter_ops *ct_png_filter__avx2(void);
#endif

#endif
