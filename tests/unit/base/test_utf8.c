#include "base/utf8.h"
#include "t.h"

TEST(utf8__every_code_point_goes_round)
{
    int bad = 0;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        char out[4];
        size_t len = ct_utf8_put(out, c), at = 0;
        bool scalar = c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
        bad += (len > 0) != scalar;
        if (len == 0)
            continue;
        struct ct_slice text = ct_slice_n(out, len);
        bad += ct_utf8_next(text, &at) != c || at != len || !ct_utf8_valid(text) ||
               ct_utf8_count(text) != 1;
        for (size_t cut = 1; cut < len; cut++)
            bad += ct_utf8_valid(ct_slice_n(out, cut));
    }
    CHECK_INT(bad, 0);
}

/* A second decoder, from the definition: decode the bits, then ask whether it was the short way. */
static bool is_pair_or_triple(const unsigned char *s, size_t n)
{
    uint32_t c;
    if (n == 2) {
        if ((s[0] & 0xE0) != 0xC0 || (s[1] & 0xC0) != 0x80)
            return false;
        c = (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
        return c >= 0x80;
    }
    if ((s[0] & 0xF0) != 0xE0 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
        return false;
    c = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    return c >= 0x800 && !(c >= 0xD800 && c <= 0xDFFF);
}

TEST(utf8__agrees_with_the_definition_on_short_forms)
{
    int bad = 0;
    for (unsigned first = 0x80; first < 0x100; first++) {
        for (unsigned second = 0; second < 0x100; second++) {
            unsigned char s[3] = { (unsigned char)first, (unsigned char)second, 0x80 };
            bool two = is_pair_or_triple(s, 2), three = is_pair_or_triple(s, 3);
            bad += ct_utf8_valid(ct_slice_n((char *)s, 2)) != two;
            bad += ct_utf8_valid(ct_slice_n((char *)s, 3)) != three;
        }
    }
    CHECK_INT(bad, 0);
}

TEST(utf8__refuses_what_is_not_utf8)
{
    static const char *const bad[] = {
        "\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x9F\xBF",
        "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xFF",         "\xE2\x82",         "\xE2\x28\xA1",     "aaaaaaaaaaaaaaa\xE2"
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!ct_utf8_valid(ct_slice(bad[i])));
    CHECK(ct_utf8_valid(CT_S("")));
    CHECK(ct_utf8_valid((struct ct_slice){ 0 }));
    CHECK(ct_utf8_valid(CT_S("twelve ASCII, then \xE2\x82\xAC and \xF0\x9F\x98\x80 more text")));
}

TEST(utf8__next_steps_over_bad_bytes_one_by_one)
{
    struct ct_slice text = CT_S("\xE2\x82g\xFF");
    static const uint32_t expected[] = { 0xFFFD, 0xFFFD, 'g', 0xFFFD };
    size_t at = 0;
    for (size_t i = 0; i < 4; i++) {
        CHECK_INT(ct_utf8_next(text, &at), expected[i]);
        CHECK_INT(at, i + 1);
    }
}

TEST(utf8__counts_characters)
{
    CHECK_INT(ct_utf8_count(CT_S("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80")), 4);
    CHECK_INT(ct_utf8_count((struct ct_slice){ 0 }), 0);
}

TEST(utf8__cuts_between_characters)
{
    struct ct_slice text = CT_S("a\xE2\x82\xAC\xF0\x9F\x98\x80");
    static const size_t lengths[] = { 0, 1, 1, 1, 4, 4, 4, 4, 8, 8 };
    for (size_t max = 0; max < 10; max++)
        CHECK_INT(ct_utf8_cut(text, max).len, lengths[max]);
    CHECK_INT(ct_utf8_cut(CT_S("\x80\x80\x80\x80\x80\x80"), 5).len, 5);
}
