#include "t.h"

#include "image/png_filter.h"
#include "pictures.h"

#define MAX_LEN 700

/* What a decoder does (RFC 2083, 6.2 to 6.6), byte by byte. */
static void unfilter(uint8_t *px, const uint8_t *filtered, const uint8_t *above, size_t len,
                     size_t bpp, enum ct_png_filter filter)
{
    for (size_t i = 0; i < len; i++) {
        int a = i < bpp ? 0 : px[i - bpp], b = above[i], c = i < bpp ? 0 : above[i - bpp];
        int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
        int paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
        int predicted[] = { 0, a, b, (a + b) / 2, paeth };
        px[i] = (uint8_t)(filtered[i] + predicted[filter]);
    }
}

static uint64_t cost_of(const uint8_t *filtered, size_t len)
{
    uint64_t cost = 0;
    for (size_t i = 0; i < len; i++)
        cost += (uint64_t)abs((int8_t)filtered[i]);
    return cost;
}

/* Bytes of few different values, so that Paeth meets ties, up to bytes of any value. */
static void fill(uint8_t *bytes, size_t len, uint32_t *random)
{
    uint8_t mask = (uint8_t)(255 >> (picture_random(random) % 8));
    uint8_t base = (uint8_t)picture_random(random);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)(base + ((picture_random(random) >> 7) & mask));
}

static void check_ops(const struct ct_png_filter_ops *ops)
{
    uint32_t random = 1;
    for (size_t n = 1; n <= 400; n++) {
        static uint8_t row[MAX_LEN], above[MAX_LEN], out[MAX_LEN + 1], back[MAX_LEN];
        size_t bpp = n % 2 ? 3 : 4;
        size_t len = bpp * (1 + (n < 100 ? n / 2 : picture_random(&random) % (MAX_LEN / 4)));
        struct ct_png_row r = { row, above, len, bpp };
        uint64_t cost[CT_PNG_FILTER_COUNT];
        fill(row, len, &random);
        fill(above, len, &random);
        ops->costs(cost, &r);
        for (int f = 0; f < CT_PNG_FILTER_COUNT; f++) {
            out[len] = 0xa5;
            ops->apply(out, (enum ct_png_filter)f, &r);
            CHECK_INT(out[len], 0xa5);
            CHECK_INT(cost[f], cost_of(out, len));
            unfilter(back, out, above, len, bpp, (enum ct_png_filter)f);
            CHECK(memcmp(back, row, len) == 0);
        }
    }
}

TEST(png_filter__plain_is_undone_by_the_specified_decoder)
{
    check_ops(&ct_png_filter_plain);
}

TEST(png_filter__best_is_undone_by_the_specified_decoder)
{
    check_ops(ct_png_filter_best());
}

TEST(png_filter__vectors_give_the_same_bytes_as_plain)
{
    const struct ct_png_filter_ops *best = ct_png_filter_best();
    uint32_t random = 7;
    if (best == &ct_png_filter_plain) {
        t_skip("this CPU runs the plain version");
        return;
    }
    for (int n = 0; n < 2000; n++) {
        static uint8_t row[MAX_LEN], above[MAX_LEN], a[MAX_LEN], b[MAX_LEN];
        size_t bpp = 3 + picture_random(&random) % 2;
        size_t len = bpp * (1 + picture_random(&random) % (MAX_LEN / 4));
        struct ct_png_row r = { row, above, len, bpp };
        uint64_t cost_a[CT_PNG_FILTER_COUNT], cost_b[CT_PNG_FILTER_COUNT];
        fill(row, len, &random);
        fill(above, len, &random);
        ct_png_filter_plain.costs(cost_a, &r);
        best->costs(cost_b, &r);
        CHECK(memcmp(cost_a, cost_b, sizeof(cost_a)) == 0);
        for (int f = 0; f < CT_PNG_FILTER_COUNT; f++) {
            ct_png_filter_plain.apply(a, (enum ct_png_filter)f, &r);
            best->apply(b, (enum ct_png_filter)f, &r);
            CHECK(memcmp(a, b, len) == 0);
        }
    }
}

/* All 2^24 neighbourhoods would take long; the steps keep both ends and every sign. */
TEST(png_filter__paeth_agrees_over_all_neighbourhoods)
{
    static uint8_t row[3 + 256], above[3 + 256], a_out[3 + 256], b_out[3 + 256];
    const struct ct_png_filter_ops *best = ct_png_filter_best();
    struct ct_png_row r = { row, above, sizeof(row) / 3 * 3, 3 };
    int differences = 0;
    for (int left = 0; left < 256; left += 5) {
        for (int corner = 0; corner < 256; corner += 3) {
            memset(row, left, sizeof(row));
            for (int i = 0; i < (int)sizeof(above); i++)
                above[i] = (uint8_t)(i / 3 % 2 ? corner : i + corner);
            ct_png_filter_plain.apply(a_out, CT_PNG_PAETH, &r);
            best->apply(b_out, CT_PNG_PAETH, &r);
            differences += memcmp(a_out, b_out, r.len) != 0;
        }
    }
    CHECK_INT(differences, 0);
}

TEST(png_filter__choose_takes_the_cheapest)
{
    uint8_t row[96], above[96];
    struct ct_png_row r = { row, above, sizeof(row), 3 };
    uint64_t cost;
    for (size_t i = 0; i < sizeof(row); i++)
        row[i] = above[i] = (uint8_t)(i * i * 37);
    CHECK_INT(ct_png_filter_choose(&cost, ct_png_filter_best(), &r), CT_PNG_UP);
    CHECK_INT(cost, 0);
    memset(above, 0, sizeof(above));
    memset(row, 90, sizeof(row));
    CHECK_INT(ct_png_filter_choose(&cost, ct_png_filter_best(), &r), CT_PNG_SUB);
    CHECK_INT(cost, 270);
    memset(row, 0, sizeof(row)); /* all cost nothing: the first of equals */
    CHECK_INT(ct_png_filter_choose(&cost, ct_png_filter_best(), &r), CT_PNG_NONE);
}
