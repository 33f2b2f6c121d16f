/* Hostile sizes: depth, number of values, keys, memory. */
#include "base/json.h"
#include "base/json_tree.h"
#include "base/mem.h"
#include "t.h"

static ct_code parse_buf(struct ct_buf *b, struct ct_arena *arena,
                         const struct ct_json_limits *limits, struct ct_err *err)
{
    const struct ct_json *root;
    return ct_json_parse(&root, arena, ct_buf_slice(b), limits, err);
}

static void put_nested(struct ct_buf *b, int depth, char open, char close)
{
    ct_buf_clear(b);
    for (int i = 0; i < depth; i++) {
        ct_buf_putc(b, open);
        if (open == '{' && i + 1 < depth)
            ct_buf_puts(b, "\"k\":");
    }
    for (int i = 0; i < depth; i++)
        ct_buf_putc(b, close);
}

TEST(json_limits__depth)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(64 << 20);
    struct ct_err err;
    ct_buf_init(&b, 1 << 24);
    for (int kind = 0; kind < 2; kind++) {
        char open = "[{"[kind], close = "]}"[kind];
        put_nested(&b, 64, open, close);
        CHECK(parse_buf(&b, arena, NULL, &err) == CT_OK);
        put_nested(&b, 65, open, close);
        CHECK(parse_buf(&b, arena, NULL, &err) == CT_E_JSON);
        CHECK(strstr(err.msg, "deeper than 64 levels"));
        put_nested(&b, 1000, open, close);
        CHECK(parse_buf(&b, arena, NULL, &err) == CT_E_JSON);
        put_nested(&b, 4, open, close);
        CHECK(parse_buf(&b, arena, &(struct ct_json_limits){ .max_depth = 3 }, &err) == CT_E_JSON);
        CHECK(parse_buf(&b, arena, &(struct ct_json_limits){ .max_depth = 4 }, &err) == CT_OK);
        put_nested(&b, 100000, open, close); /* whatever the caller asks for */
        CHECK(parse_buf(&b, arena, &(struct ct_json_limits){ .max_depth = UINT32_MAX }, &err) ==
              CT_E_JSON);
    }
    ct_buf_clear(&b);
    ct_buf_putc(&b, '['); /* siblings do not add up to depth */
    for (int i = 0; i < 1000; i++)
        ct_buf_puts(&b, "[[]],");
    ct_buf_puts(&b, "0]");
    CHECK(parse_buf(&b, arena, NULL, &err) == CT_OK);
}

TEST(json_limits__number_of_values)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(64 << 20);
    struct ct_err err;
    ct_buf_init(&b, 1 << 24);
    ct_buf_puts(&b, "[0");
    for (int i = 2; i < 100000; i++)
        ct_buf_puts(&b, ",0");
    size_t len = b.len;
    ct_buf_putc(&b, ']');
    CHECK(parse_buf(&b, arena, NULL, &err) == CT_OK);
    b.len = len;
    ct_buf_puts(&b, ",0]");
    CHECK(parse_buf(&b, arena, NULL, &err) == CT_E_JSON);
    CHECK(strstr(err.msg, "more than 100000 values"));
    CHECK(parse_buf(&b, arena, &(struct ct_json_limits){ .max_values = 200000 }, &err) == CT_OK);
}

/* {"k0":0,"k1":0,...}; the last key is `last`. */
static void put_members(struct ct_buf *b, int n, const char *last)
{
    ct_buf_clear(b);
    ct_buf_putc(b, '{');
    for (int i = 0; i < n; i++)
        ct_buf_printf(b, "\"k%d\":%d,", i, i);
    ct_buf_printf(b, "\"%s\":0}", last);
}

TEST(json_limits__a_hundred_thousand_keys)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(64 << 20);
    const struct ct_json *root;
    struct ct_err err;
    ct_buf_init(&b, 1 << 24);
    put_members(&b, 99998, "last");
    REQUIRE(ct_json_parse(&root, arena, ct_buf_slice(&b), NULL, &err) == CT_OK);
    CHECK_INT(root->count, 99999);
    CHECK_INT(ct_json_get(root, "k77777")->integer, 77777);
    for (int n = 1; n < 300; n++) { /* around every growth of the table */
        char key[16];
        snprintf(key, sizeof(key), "k%d", n / 2);
        ct_arena_reset(arena);
        put_members(&b, n, key);
        CHECK(parse_buf(&b, arena, NULL, &err) == CT_E_JSON);
        CHECK(strstr(err.msg, "stands twice"));
        put_members(&b, n, "k");
        CHECK(parse_buf(&b, arena, NULL, &err) == CT_OK);
    }
}

TEST(json_limits__megabytes_of_blanks_and_of_base64)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(4096);
    const struct ct_json *root;
    struct ct_err err;
    ct_buf_init(&b, 32 << 20);
    REQUIRE(ct_buf_reserve(&b, 20 << 20));
    memset(b.data, ' ', 10 << 20);
    b.len = 10 << 20;
    CHECK(parse_buf(&b, arena, NULL, &err) == CT_E_JSON);
    ct_arena_reset(arena);
    ct_buf_putc(&b, '"');
    memset(b.data + b.len, 'A', 8 << 20);
    b.len += 8 << 20;
    ct_buf_putc(&b, '"');
    REQUIRE(ct_json_parse(&root, arena, ct_buf_slice(&b), NULL, &err) == CT_OK);
    CHECK_INT(root->text.len, 8 << 20);
    CHECK_INT(root->column, (10 << 20) + 1);
    CHECK(ct_arena_used(arena) <= sizeof(*root) + 15); /* borrowed, not copied */
}

TEST(json_limits__a_long_number)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(4 << 20);
    const struct ct_json *root;
    ct_buf_init(&b, 4 << 20);
    for (int i = 0; i < 1 << 20; i++)
        ct_buf_putc(&b, '7');
    REQUIRE(ct_json_parse(&root, arena, ct_buf_slice(&b), NULL, NULL) == CT_OK);
    CHECK(root->type == CT_JSON_INT && root->out_of_range);
    CHECK_INT(root->text.len, 1 << 20);
}

static const char fault_text[] =
    "{\"a\":\"x\\ny\",\"b\":[1,2,3],\"c\":1.2345678901234567890123456789012345678901234567890123"
    "456789012345678901234567890,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"i\":0,\"j\":0,\"k\":0,"
    "\"l\":0,\"m\":0,\"n\":0,\"o\":0,\"p\":0,\"q\":0,\"r\":0,\"s\":0}";

TEST(json_limits__a_full_arena_is_a_clean_error)
{
    const struct ct_json *root;
    struct ct_err err;
    ct_code code = CT_E_MEMORY;
    for (size_t max = 0; code != CT_OK; max += 16) {
        CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(max);
        code = ct_json_parse(&root, arena, CT_S(fault_text), NULL, &err);
        CHECK(code == CT_OK || (code == CT_E_MEMORY && root == NULL && err.msg[0]));
        REQUIRE(max < 1 << 20);
    }
    CHECK(code == CT_OK);
}

TEST(json_limits__every_allocation_may_fail)
{
    bool failed = true;
    long nth = 1;
    for (; failed; nth++) { /* until no allocation is left to fail */
        const struct ct_json *root = NULL;
        ct_code code = CT_E_MEMORY;
        ct_mem_fail_nth(nth);
        CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(1 << 20);
        if (arena)
            code = ct_json_parse(&root, arena, CT_S(fault_text), NULL, NULL);
        failed = ct_mem_fail_nth(0) >= nth;
        CHECK(code == (failed ? CT_E_MEMORY : CT_OK));
        CHECK((root != NULL) == (code == CT_OK));
    }
    CHECK(nth > 3);
}

TEST(json_limits__plain_len_stops_at_the_first_special_byte)
{
    char text[70];
    for (size_t len = 0; len <= sizeof(text); len++) {
        memset(text, '~', sizeof(text));
        CHECK_INT(ct_json_plain_len(ct_slice_n(text, len)), len);
        for (size_t at = 0; at < len; at++) {
            static const char specials[] = "\"\\\x1F\x80\xFF";
            text[at] = specials[at % 5];
            CHECK_INT(ct_json_plain_len(ct_slice_n(text, len)), at);
            text[at] = '~';
        }
    }
}
