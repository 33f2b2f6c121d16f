#include "base/slice.h"
#include "t.h"

TEST(slice__compares)
{
    CHECK(ct_slice_ieq(CT_S("Content-TYPE"), CT_S("content-type")));
    CHECK(!ct_slice_ieq(CT_S("a"), CT_S("ab")));
    CHECK(!ct_slice_ieq(CT_S("["), CT_S("{"))); /* differ in bit 5, but are no letters */
    CHECK(!ct_slice_ieq(CT_S("\xC0"), CT_S("\xE0")));
    CHECK(ct_slice_is(CT_S(""), ""));
    CHECK(ct_slice_eq((struct ct_slice){ 0 }, CT_S("")));
    CHECK(!ct_slice_is(CT_S("ab"), "ac"));
}

TEST(slice__starts_and_ends)
{
    CHECK(ct_slice_starts(CT_S("abc"), "ab"));
    CHECK(ct_slice_starts((struct ct_slice){ 0 }, ""));
    CHECK(!ct_slice_starts(CT_S("a"), "ab"));
    CHECK(ct_slice_ends(CT_S("abc"), "bc"));
    CHECK(!ct_slice_ends(CT_S("abc"), "ab"));
    CHECK(!ct_slice_ends(CT_S("c"), "bc"));
}

TEST(slice__sub_is_clamped)
{
    CHECK_SLICE(ct_slice_sub(CT_S("abcdef"), 2, 4), "cd");
    CHECK_SLICE(ct_slice_sub(CT_S("abc"), 1, 100), "bc");
    CHECK_SLICE(ct_slice_sub(CT_S("abc"), 5, 9), "");
    CHECK_SLICE(ct_slice_sub(CT_S("abc"), 2, 1), "");
    CHECK_SLICE(ct_slice_sub((struct ct_slice){ 0 }, 0, 3), "");
}

TEST(slice__trims_ascii_blanks)
{
    CHECK_SLICE(ct_slice_trim(CT_S(" \t\r\n a b \v\f")), "a b");
    CHECK_SLICE(ct_slice_trim(CT_S("  ")), "");
    CHECK_SLICE(ct_slice_trim(CT_S("\xC2\xA0x")), "\xC2\xA0x");
}

TEST(slice__cuts_at_the_first)
{
    struct ct_slice head, tail;
    CHECK(ct_slice_cut(CT_S("a=b=c"), '=', &head, &tail));
    CHECK_SLICE(head, "a");
    CHECK_SLICE(tail, "b=c");
    CHECK(ct_slice_cut(CT_S("="), '=', &head, &tail));
    CHECK_SLICE(head, "");
    CHECK_SLICE(tail, "");
    CHECK(!ct_slice_cut(CT_S("abc"), '=', &head, &tail));
    CHECK_SLICE(head, "abc");
    CHECK_SLICE(tail, "");
    CHECK(!ct_slice_cut((struct ct_slice){ 0 }, '=', &head, &tail));
}

TEST(slice__cut_may_write_over_its_input)
{
    struct ct_slice rest = CT_S("a,b"), one;
    CHECK(ct_slice_cut(rest, ',', &one, &rest));
    CHECK_SLICE(one, "a");
    CHECK(!ct_slice_cut(rest, ',', &one, &rest));
    CHECK_SLICE(one, "b");
    CHECK_SLICE(rest, "");
}

TEST(slice__reads_unsigned)
{
    static const char *const bad[] = {
        "", "-1", "+1", " 1", "1 ", "0x1", "1.0", "18446744073709551616", "99999999999999999999999",
        "a"
    };
    uint64_t value = 0;
    CHECK(ct_slice_u64(CT_S("18446744073709551615"), &value) && value == UINT64_MAX);
    CHECK(ct_slice_u64(CT_S("007"), &value) && value == 7);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!ct_slice_u64(ct_slice(bad[i]), &value));
    CHECK(value == 7);
}

TEST(slice__reads_signed)
{
    static const char *const bad[] = {
        "", "-", "--1", "+1", "9223372036854775808", "-9223372036854775809"
    };
    int64_t value = 0;
    CHECK(ct_slice_i64(CT_S("-9223372036854775808"), &value) && value == INT64_MIN);
    CHECK(ct_slice_i64(CT_S("9223372036854775807"), &value) && value == INT64_MAX);
    CHECK(ct_slice_i64(CT_S("-0"), &value) && value == 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!ct_slice_i64(ct_slice(bad[i]), &value));
}
