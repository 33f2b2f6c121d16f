#include "base/json.h"
#include "base/utf8.h"
#include "t.h"

static bool writes(struct ct_slice text, const char *expected)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 10000);
    ct_json_put_string(&b, text);
    return strcmp(ct_buf_text(&b), expected) == 0;
}

TEST(json_write__escapes)
{
    CHECK(writes(CT_S(""), "\"\""));
    CHECK(writes((struct ct_slice){ 0 }, "\"\""));
    CHECK(writes(CT_S("a/b"), "\"a/b\""));
    CHECK(writes(CT_S("\"\\\b\f\n\r\t\v\x01\x1F\x7F"),
                 "\"\\\"\\\\\\b\\f\\n\\r\\t\\u000b\\u0001\\u001f\x7F\""));
    CHECK(writes(ct_slice_n("\0", 1), "\"\\u0000\""));
    CHECK(writes(CT_S("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"),
                 "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""));
    CHECK(writes(CT_S("\xC2\x9B"), "\"\\u009b\"")); /* a terminal would obey it */
}

TEST(json_write__bad_utf8_becomes_the_replacement_character)
{
    CHECK(writes(CT_S("a\xFF"
                      "b\xE2\x82"),
                 "\"a\xEF\xBF\xBD"
                 "b\xEF\xBF\xBD\xEF\xBF\xBD\""));
    CHECK(writes(CT_S("\xEF\xBF\xBD"), "\"\xEF\xBF\xBD\""));
}

TEST(json_write__what_is_written_reads_back)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(1 << 20);
    ct_buf_init(&b, 10000);
    for (uint32_t c = 1; c < 0x11000; c += c < 0x300 ? 1 : 97) {
        char text[64];
        size_t len = 20 + c % 20; /* the character at different distances from a vector step */
        memset(text, 'x', len);
        size_t put = ct_utf8_put(text + len, c);
        struct ct_slice whole = ct_slice_n(text, len + put);
        const struct ct_json *root;
        ct_buf_clear(&b);
        ct_arena_reset(arena);
        ct_json_put_string(&b, whole);
        REQUIRE(ct_json_parse(&root, arena, ct_buf_slice(&b), NULL, NULL) == CT_OK);
        CHECK(ct_slice_eq(root->text, whole));
    }
}

TEST(json_write__builds_objects)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 1000);
    ct_buf_putc(&b, '{');
    ct_json_put_key(&b, "a");
    ct_buf_puti(&b, 1);
    ct_json_put_key(&b, "b");
    ct_buf_putc(&b, '{');
    ct_json_put_key(&b, "c\"");
    ct_json_put_cstring(&b, NULL);
    ct_buf_puts(&b, "}");
    ct_json_put_key(&b, "d");
    ct_json_put_cstring(&b, "x");
    ct_buf_putc(&b, '}');
    CHECK_STR(ct_buf_text(&b), "{\"a\":1,\"b\":{\"c\\\"\":null},\"d\":\"x\"}");
}

TEST(json_write__a_full_buffer_is_marked)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 5);
    ct_json_put_string(&b, CT_S("abcd"));
    CHECK(b.failed);
}
