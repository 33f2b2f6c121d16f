/* Tokens and money, against every number of the contract's section 6. */
#include "contract/usage.h"

#include "support.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    int width, height;
    int two[3];      /* gpt-image-2: low, medium, high */
    int two_five[5]; /* gpt-image-2.5: low, medium, high, xhigh, max */
    int usd_e4[3];   /* gpt-image-2: the printed price in 1/10,000 USD */
} printed[] = {
    { 1024, 1024, { 196, 1756, 7024 }, { 196, 439, 1756, 3122, 7024 }, { 59, 527, 2107 } },
    { 1536, 1024, { 158, 1372, 5488 }, { 158, 343, 1372, 2459, 5488 }, { 47, 412, 1646 } },
    { 1024, 1536, { 158, 1372, 5488 }, { 158, 343, 1372, 2459, 5488 }, { 47, 412, 1646 } },
    { 1536, 864, { 120, 1078, 4312 }, { 120, 280, 1078, 1917, 4312 }, { 36, 323, 1294 } },
    { 2048, 1152, { 157, 1413, 5650 }, { 157, 367, 1413, 2511, 5650 }, { 47, 424, 1695 } },
    { 2048, 2048, { 397, 3568, 14272 }, { 397, 892, 3568, 6343, 14272 }, { 119, 1070, 4282 } },
    { 2560, 1440, { 205, 1843, 7370 }, { 205, 478, 1843, 3276, 7370 }, { 62, 553, 2211 } },
    { 2880, 2880, { 659, 5930, 23719 }, { 659, 1483, 5930, 10542, 23719 }, { 198, 1779, 7116 } },
    { 3840, 2160, { 371, 3336, 13342 }, { 371, 865, 3336, 5930, 13342 }, { 111, 1001, 4003 } },
};

TEST(usage__tokens_of_the_printed_table)
{
    for (size_t i = 0; i < COUNT(printed); i++) {
        int w = printed[i].width, h = printed[i].height;
        for (int q = 0; q < 3; q++)
            CHECK_INT(ct_output_tokens(model("gpt-image-2"), (enum ct_quality)q, w, h),
                      printed[i].two[q]);
        for (int q = 0; q < 5; q++) {
            CHECK_INT(ct_output_tokens(model("gpt-image-2.5-sunburst"), (enum ct_quality)q, w, h),
                      printed[i].two_five[q]);
            CHECK_INT(
                ct_output_tokens(model("gpt-image-2.5-flare-2026-09-08"), (enum ct_quality)q, w, h),
                printed[i].two_five[q]);
        }
    }
}

TEST(usage__prices_of_the_printed_table)
{
    for (size_t i = 0; i < COUNT(printed); i++) {
        for (int q = 0; q < 3; q++) {
            struct ct_usage u = { .image_tokens_out = printed[i].two[q] };
            int64_t nano = ct_usage_cost(model("gpt-image-2"), &u);
            CHECK_INT((nano + 50000) / 100000, printed[i].usd_e4[q]);
        }
    }
}

TEST(usage__tokens_of_live_bills)
{
    static const struct {
        int width, height;
        enum ct_quality quality;
        int tokens;
    } bills[] = {
        { 768, 1024, CT_QUALITY_LOW, 134 },    { 896, 896, CT_QUALITY_LOW, 180 },
        { 960, 960, CT_QUALITY_LOW, 187 },     { 3072, 2160, CT_QUALITY_LOW, 380 },
        { 1792, 1024, CT_QUALITY_HIGH, 5063 }, { 3584, 2048, CT_QUALITY_HIGH, 12329 },
    };
    for (size_t i = 0; i < COUNT(bills); i++)
        CHECK_INT(ct_output_tokens(model("gpt-image-2"), bills[i].quality, bills[i].width,
                                   bills[i].height),
                  bills[i].tokens);
}

static void check_table(const char *id, const int want[3][3])
{
    static const int shape[3][2] = { { 1024, 1024 }, { 1024, 1536 }, { 1536, 1024 } };
    for (int q = 0; q < 3; q++) {
        for (int s = 0; s < 3; s++)
            CHECK_INT(ct_output_tokens(model(id), (enum ct_quality)q, shape[s][0], shape[s][1]),
                      want[q][s]);
    }
}

TEST(usage__tokens_of_older_models)
{
    static const int one_five[3][3] = { { 272, 408, 400 },
                                        { 1056, 1584, 1568 },
                                        { 4160, 6240, 6208 } };
    check_table("gpt-image-1.5", one_five);
    check_table("chatgpt-image-latest", one_five);
}

TEST(usage__mini_costs_its_list_price)
{
    static const int mini[3][3] = { { 625, 750, 750 }, { 1375, 1875, 1875 }, { 4500, 6500, 6500 } };
    static const int64_t thousandths[3][3] = { { 5, 6, 6 }, { 11, 15, 15 }, { 36, 52, 52 } };
    check_table("gpt-image-1-mini", mini);
    for (int q = 0; q < 3; q++) {
        for (int s = 0; s < 3; s++) {
            struct ct_usage u = { .image_tokens_out = mini[q][s] };
            CHECK_INT(ct_usage_cost(model("gpt-image-1-mini"), &u), thousandths[q][s] * 1000000);
        }
    }
}

TEST(usage__text_is_estimated_by_bytes)
{
    CHECK_INT(ct_text_tokens(CT_S("")), 6);
    CHECK_INT(ct_text_tokens(CT_S("a")), 7);
    CHECK_INT(ct_text_tokens(CT_S("abcd")), 7);
    CHECK_INT(ct_text_tokens(CT_S("abcde")), 8);
    CHECK_INT(ct_text_tokens(CT_S("\xc3\xa9\xc3\xa9\xc3\xa9")), 8); /* bytes, not characters */
}

TEST(usage__of_a_call_counts_pictures_and_partials)
{
    struct ct_image_request r = { .model = model("gpt-image-2"),
                                  .prompt = CT_S("abcd"),
                                  .n = 3,
                                  .width = 1024,
                                  .height = 1024,
                                  .quality = CT_QUALITY_LOW };
    struct ct_usage u = ct_usage_of(&r, 2);
    CHECK_INT(u.text_tokens_in, 7);
    CHECK_INT(u.image_tokens_in, 0);
    CHECK_INT(u.image_tokens_out, 3 * 196 + 200);
    CHECK_INT(u.text_tokens_out, 0);
    /* 7 * $5 + 788 * $30 per million */
    CHECK_INT(ct_usage_cost(r.model, &u), 7 * 5000 + 788 * 30000);
    u = ct_usage_of(&r, 0);
    CHECK_INT(u.image_tokens_out, 588);
}

TEST(usage__of_the_pictures_adds_up_to_the_call)
{
    static const int partials[] = { 3, 0, 2 };
    struct ct_image_request r = { .model = model("gpt-image-2"),
                                  .prompt = CT_S("abcd"),
                                  .n = 3,
                                  .width = 1024,
                                  .height = 1024,
                                  .quality = CT_QUALITY_LOW };
    struct ct_usage whole = ct_usage_of(&r, 5), sum = { 0 };
    for (int i = 0; i < 3; i++) {
        struct ct_usage u = ct_usage_of_picture(&r, i, partials[i]);
        CHECK_INT(u.image_tokens_out, 196 + 100 * partials[i]);
        CHECK_INT(u.text_tokens_in, i == 0 ? 7 : 0);
        sum.text_tokens_in += u.text_tokens_in;
        sum.image_tokens_out += u.image_tokens_out;
    }
    CHECK_INT(sum.text_tokens_in, whole.text_tokens_in);
    CHECK_INT(sum.image_tokens_out, whole.image_tokens_out);
}

TEST(usage__every_kind_of_token_has_its_price)
{
    const struct ct_model *m = model("gpt-image-1.5");
    CHECK_INT(ct_usage_cost(m, &(struct ct_usage){ .text_tokens_in = 1 }), 5000);
    CHECK_INT(ct_usage_cost(m, &(struct ct_usage){ .image_tokens_in = 1 }), 8000);
    CHECK_INT(ct_usage_cost(m, &(struct ct_usage){ .image_tokens_out = 1 }), 32000);
    CHECK_INT(ct_usage_cost(m, &(struct ct_usage){ .text_tokens_out = 1 }), 10000);
    CHECK_INT(ct_usage_cost(m, &(struct ct_usage){ 0 }), 0);
}

TEST(usage__a_cost_beyond_63_bits_is_held_at_the_top)
{
    const struct ct_model *m = model("gpt-image-2");
    CHECK(ct_usage_cost(m, &(struct ct_usage){ .image_tokens_out = INT64_MAX }) == INT64_MAX);
    CHECK(ct_usage_cost(m, &(struct ct_usage){ .text_tokens_in = INT64_MAX / 5000,
                                               .image_tokens_out = 1000000 }) == INT64_MAX);
}

TEST(usage__cost_reads_like_money)
{
    static const struct {
        int64_t nano;
        const char *text;
    } rows[] = {
        { 0, "$0.000000" },
        { 52680000, "$0.052680" },
        { 1, "$0.000000001" },
        { 200, "$0.000000200" },
        { 1000, "$0.000001" },
        { 1234567891000, "$1234.567891" },
        { -5000, "-$0.000005" },
        { INT64_MAX, "$9223372036.854775807" },
        { INT64_MIN, "-$9223372036.854775808" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[32];
        ct_cost_text(out, rows[i].nano);
        CHECK_STR(out, rows[i].text);
    }
}

TEST(usage__dollars_are_read_and_written_exactly)
{
    static const struct {
        const char *text, *again;
        int64_t nano;
    } good[] = {
        { "0", "0", 0 },
        { "12", "12", 12000000000 },
        { "$3.50", "3.5", 3500000000 },
        { "0.05", "0.05", 50000000 },
        { "0.000000001", "0.000000001", 1 },
        { "999999999.999999999", "999999999.999999999", 999999999999999999 },
    };
    static const char *const bad[] = { "",      ".",    "1.",         ".5", "-1", "1e3", "1,5", "$",
                                       "1.2.3", " 1",   "1000000000", "1 ", "0.0000000001" };
    int64_t nano;
    char text[32];
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        REQUIRE(ct_dollars_read(&nano, ct_slice(good[i].text)));
        CHECK_INT(nano, good[i].nano);
        ct_dollars_text(text, nano);
        CHECK_STR(text, good[i].again);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!ct_dollars_read(&nano, ct_slice(bad[i])));
    ct_dollars_text(text, -1500000000);
    CHECK_STR(text, "-1.5");
}
