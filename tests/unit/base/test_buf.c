#include "base/buf.h"
#include "base/mem.h"
#include "t.h"

TEST(buf__appends_everything)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 1000);
    CHECK_STR(ct_buf_text(&b), "");
    ct_buf_puts(&b, "a");
    ct_buf_putc(&b, 'b');
    ct_buf_put(&b, CT_S("cd"));
    ct_buf_append(&b, "e\0f", 3);
    ct_buf_append(&b, NULL, 0);
    CHECK_INT(b.len, 7);
    CHECK(memcmp(ct_buf_text(&b), "abcde\0f", 8) == 0);
    ct_buf_clear(&b);
    ct_buf_printf(&b, "%d-%s", 7, "x");
    CHECK_STR(ct_buf_text(&b), "7-x");
    CHECK_SLICE(ct_buf_slice(&b), "7-x");
}

TEST(buf__writes_integers)
{
    static const int64_t values[] = { 0, 7, -7, 1234567890123, INT64_MAX, INT64_MIN };
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 1000);
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        char expected[32];
        snprintf(expected, sizeof(expected), "%lld", (long long)values[i]);
        ct_buf_clear(&b);
        ct_buf_puti(&b, values[i]);
        CHECK_STR(ct_buf_text(&b), expected);
    }
}

TEST(buf__ceiling_is_exact_and_sticky)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 5);
    ct_buf_puts(&b, "12345");
    CHECK(!b.failed);
    CHECK_STR(ct_buf_text(&b), "12345");
    ct_buf_putc(&b, '6');
    CHECK(b.failed);
    CHECK_INT(b.len, 5);
    CHECK_STR(ct_buf_text(&b), "");
    CHECK(!ct_buf_reserve(&b, 0));
    ct_buf_clear(&b);
    CHECK(!b.failed);
    ct_buf_puts(&b, "123456");
    CHECK(b.failed && b.len == 0);
    ct_buf_clear(&b);
    ct_buf_printf(&b, "%s", "123456");
    CHECK(b.failed && b.len == 0);
}

TEST(buf__reserve_cannot_overflow)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, SIZE_MAX);
    ct_buf_putc(&b, 'x');
    CHECK(!ct_buf_reserve(&b, SIZE_MAX));
    CHECK(b.failed);
}

TEST(buf__growth_is_linear_overall)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 1 << 20);
    ct_mem_fail_nth(0);
    for (int i = 0; i < 1 << 20; i++)
        ct_buf_putc(&b, (char)i);
    CHECK(ct_mem_fail_nth(0) <= 20);
    CHECK(!b.failed);
    for (int i = 0; i < 1 << 20; i += 4097)
        CHECK(b.data[i] == (char)i);
}

TEST(buf__out_of_memory_is_sticky_and_keeps_what_was_there)
{
    bool failed = true;
    long nth = 1;
    for (; failed; nth++) { /* until no allocation is left to fail */
        CT_CLEANUP(ct_buf_release) struct ct_buf b;
        ct_buf_init(&b, 100000);
        ct_mem_fail_nth(nth);
        for (int i = 0; i < 3000; i++)
            ct_buf_puts(&b, "ab");
        failed = ct_mem_fail_nth(0) >= nth;
        CHECK(b.failed == failed);
        CHECK(b.failed ? b.len < 6000 : b.len == 6000);
        CHECK(b.len == 0 || (memcmp(b.data, "ab", 2) == 0 && b.data[b.len - 1] == 'b'));
    }
    CHECK(nth > 5);
}
