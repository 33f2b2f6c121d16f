#include "base/json.h"
#include "t.h"

#include <math.h>

static struct ct_arena *arena;
static struct ct_err err;

/* The tree of `text`, or NULL with err filled. Lives until the next call. */
static const struct ct_json *parse(const char *text)
{
    const struct ct_json *root;
    if (arena)
        ct_arena_free(&arena);
    arena = ct_arena_new(1 << 22);
    err = (struct ct_err){ 0 };
    ct_code code = ct_json_parse(&root, arena, ct_slice(text), NULL, &err);
    if ((code == CT_OK) != (root != NULL) || code != err.code)
        t_fail(__FILE__, __LINE__, "code, result and message disagree for %s", text);
    return root;
}

static void done(void)
{
    ct_arena_free(&arena);
}

TEST(json__reads_every_type)
{
    const struct ct_json *root =
        parse(" { \"n\" : null, \"t\":true,\"f\":false,\"i\":-12,\"r\":2.5e1,\"s\":\"x\","
              "\"a\":[1,[],{}],\"\":{}}\t\r\n");
    REQUIRE(root);
    CHECK_INT(root->type, CT_JSON_OBJECT);
    CHECK_INT(root->count, 8);
    CHECK_INT(ct_json_get(root, "n")->type, CT_JSON_NULL);
    CHECK(ct_json_get(root, "t")->boolean && !ct_json_get(root, "f")->boolean);
    CHECK_INT(ct_json_get(root, "f")->type, CT_JSON_BOOL);
    CHECK_INT(ct_json_get(root, "i")->integer, -12);
    CHECK(ct_json_get(root, "r")->type == CT_JSON_REAL && ct_json_get(root, "r")->number == 25.0);
    CHECK_SLICE(ct_json_get(root, "s")->text, "x");
    const struct ct_json *a = ct_json_get(root, "a");
    CHECK_INT(a->count, 3);
    CHECK_INT(a->child->integer, 1);
    CHECK(a->child->next->type == CT_JSON_ARRAY && a->child->next->child == NULL);
    CHECK(a->child->next->next->type == CT_JSON_OBJECT && !a->child->next->next->next);
    CHECK_INT(ct_json_get(root, "")->type, CT_JSON_OBJECT);
    CHECK(ct_json_get(root, "absent") == NULL);
    CHECK(ct_json_get(a, "n") == NULL && ct_json_get(NULL, "n") == NULL);
    done();
}

TEST(json__names_types)
{
    static const char *const cases[][2] = { { "null", "null" },     { "true", "a boolean" },
                                            { "1", "an integer" },  { "1.0", "a decimal number" },
                                            { "\"\"", "a string" }, { "[]", "an array" },
                                            { "{}", "an object" } };
    for (size_t i = 0; i < 7; i++) {
        const struct ct_json *root = parse(cases[i][0]);
        REQUIRE(root);
        CHECK_STR(ct_json_type_name(root), cases[i][1]);
    }
    done();
}

TEST(json__integers_are_exact)
{
    const struct ct_json *v = parse("9223372036854775807");
    CHECK(v && v->integer == INT64_MAX && !v->out_of_range);
    v = parse("-9223372036854775808");
    CHECK(v && v->integer == INT64_MIN && !v->out_of_range);
    v = parse("9223372036854775808");
    CHECK(v && v->type == CT_JSON_INT && v->out_of_range && v->integer == INT64_MAX);
    CHECK(v && v->number == 9223372036854775808.0);
    v = parse("-99999999999999999999");
    CHECK(v && v->out_of_range && v->integer == INT64_MIN && v->number == -1e20);
    v = parse("-0");
    CHECK(v && v->type == CT_JSON_INT && v->integer == 0);
    CHECK_SLICE(v->text, "-0");
    v = parse("[12 ]");
    CHECK(v && v->child->number == 12.0);
    CHECK_SLICE(v->child->text, "12");
    done();
}

TEST(json__reals_may_overflow)
{
    const struct ct_json *v = parse("1e999");
    CHECK(v && v->type == CT_JSON_REAL && v->number == HUGE_VAL);
    v = parse("-1E+999");
    CHECK(v && v->number == -HUGE_VAL);
    v = parse("1e-999");
    CHECK(v && v->number == 0.0);
    v = parse("0.1");
    CHECK(v && v->number == 0.1);
    v = parse("1.00000000000000000000000000000000000000000000000000000000000000000000000000001e0");
    CHECK(v && v->number == 1.0);
    done();
}

TEST(json__strings_are_unescaped)
{
    const struct ct_json *v =
        parse("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83D\\uDE00z\"");
    REQUIRE(v);
    CHECK_SLICE(v->text, "a\"\\/\b\f\n\r\tA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
    v = parse("{\"\\u006bey\":1}");
    CHECK(v && ct_json_get(v, "key"));
    v = parse("\"\"");
    REQUIRE(v);
    CHECK_SLICE(v->text, "");
    done();
}

TEST(json__plain_strings_are_borrowed)
{
    const char *text =
        "[\"caf\xC3\xA9 and forty more characters to pass the vector step\",\"\\n\"]";
    const struct ct_json *v = parse(text);
    REQUIRE(v);
    CHECK(v->child->text.ptr == text + 2);
    const char *copied = v->child->next->text.ptr;
    CHECK(copied < text || copied > text + strlen(text));
    done();
}

TEST(json__every_byte_in_a_string_at_every_offset)
{
    int wrong = 0;
    for (size_t at = 0; at < 40; at++) {
        for (int c = 1; c < 256; c++) {
            char text[64] = "";
            memset(text, 'a', 42);
            text[0] = text[41] = '"';
            text[1 + at] = (char)c;
            bool good = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
            if (c == '\\' && at == 39)
                good = false; /* escapes the closing quote */
            wrong += (parse(text) != NULL) != good;
        }
    }
    CHECK_INT(wrong, 0);
    done();
}

TEST(json__values_know_where_they_stood)
{
    const struct ct_json *v = parse("{\n  \"\xC3\xA9\": [1,\r\n 2]}");
    REQUIRE(v);
    CHECK(v->line == 1 && v->column == 1);
    const struct ct_json *a = v->child;
    CHECK(a->line == 2 && a->column == 8); /* columns count characters */
    CHECK(a->child->line == 2 && a->child->column == 9);
    CHECK(a->child->next->line == 3 && a->child->next->column == 2);
    done();
}

struct bad {
    const char *text, *msg;
};

static void check_bad(const struct bad *bad, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CHECK(parse(bad[i].text) == NULL);
        CHECK_INT(err.code, CT_E_JSON);
        CHECK_STR(err.msg, bad[i].msg);
    }
    done();
}
#define CHECK_BAD(table) check_bad(table, sizeof(table) / sizeof(table[0]))

TEST(json__syntax_errors_say_what_stood_where)
{
    static const struct bad bad[] = {
        { "", "line 1, column 1: expected a value but found the end of the text" },
        { " \n ", "line 2, column 2: expected a value but found the end of the text" },
        { "{\n\"a\": 1,\n\"b\": \"x\" x}", "line 3, column 10: expected ',' or '}' but found 'x'" },
        { "[1 2]", "line 1, column 4: expected ',' or ']' but found '2'" },
        { "[1,]", "line 1, column 4: expected a value but found ']'" },
        { "[", "line 1, column 2: expected a value but found the end of the text" },
        { "[1", "line 1, column 3: expected ',' or ']' but found the end of the text" },
        { "{\"a\":1,}", "line 1, column 8: expected '\"' of a key but found '}'" },
        { "{a:1}", "line 1, column 2: expected '\"' of a key or '}' but found 'a'" },
        { "{\"a\" 1}", "line 1, column 6: expected ':' behind a key but found '1'" },
        { "{\"a\":}", "line 1, column 6: expected a value but found '}'" },
        { "1 2", "line 1, column 3: expected the end of the text but found '2'" },
        { "\xC3\xA9", "line 1, column 1: expected a value but found '\xC3\xA9'" },
        { "[\"\xC3\xA9\" \xE2\x82\xAC]",
          "line 1, column 6: expected ',' or ']' but found '\xE2\x82\xAC'" },
        { "nul", "line 1, column 1: expected a value but found 'n'" },
        { "True", "line 1, column 1: expected a value but found 'T'" },
        { "nullx", "line 1, column 5: expected the end of the text but found 'x'" },
        { "NaN", "line 1, column 1: expected a value but found 'N'" },
        { "\x01", "line 1, column 1: expected a value but found byte 0x01" },
        { "\xFF", "line 1, column 1: expected a value but found byte 0xFF" },
        { "/* */1", "line 1, column 1: expected a value but found '/'" },
        { "\xEF\xBB\xBF{}",
          "line 1, column 1: the text starts with a byte order mark, which JSON forbids" },
    };
    CHECK_BAD(bad);
}

TEST(json__number_errors)
{
    static const struct bad bad[] = {
        { "01", "line 1, column 1: a number may not start with a zero" },
        { "-01", "line 1, column 1: a number may not start with a zero" },
        { "-", "line 1, column 2: expected a digit behind '-' but found the end of the text" },
        { "+1", "line 1, column 1: expected a value but found '+'" },
        { ".5", "line 1, column 1: expected a value but found '.'" },
        { "1.", "line 1, column 3: expected a digit behind the decimal point but found the end of "
                "the text" },
        { "1.e5", "line 1, column 3: expected a digit behind the decimal point but found 'e'" },
        { "1e",
          "line 1, column 3: expected a digit in the exponent but found the end of the text" },
        { "1e+x", "line 1, column 4: expected a digit in the exponent but found 'x'" },
        { "0x10", "line 1, column 2: expected the end of the text but found 'x'" },
        { "-Infinity", "line 1, column 2: expected a digit behind '-' but found 'I'" },
    };
    CHECK_BAD(bad);
}

TEST(json__string_errors)
{
    static const struct bad bad[] = {
        { "\"abc",
          "line 1, column 5: expected '\"' at the end of a string but found the end of the "
          "text" },
        { "\"\\x\"", "line 1, column 3: expected one of \" \\ / b f n r t u behind a backslash but "
                     "found 'x'" },
        { "\"\\", "line 1, column 3: expected one of \" \\ / b f n r t u behind a backslash but "
                  "found the end of the text" },
        { "\"a\nb\"", "line 1, column 3: a control character in a string must be escaped" },
        { "\"\\u12g4\"", "line 1, column 2: \\u must be followed by four hexadecimal digits" },
        { "\"\\u12", "line 1, column 2: \\u must be followed by four hexadecimal digits" },
        { "\"\\u0000\"", "line 1, column 2: a string may not contain the NUL character (\\u0000)" },
        { "\"\\ud800\"", "line 1, column 2: half of a surrogate pair is not a character" },
        { "\"\\udc00\\ud800\"", "line 1, column 2: half of a surrogate pair is not a character" },
        { "\"\\ud800\\ud800\"", "line 1, column 2: half of a surrogate pair is not a character" },
        { "\"\\ud800x\\udc00\"", "line 1, column 2: half of a surrogate pair is not a character" },
        { "\"\xED\xA0\x80\"", "line 1, column 2: the text is not valid UTF-8" },
        { "\"\xC3\xA9\xC0\x80\"", "line 1, column 3: the text is not valid UTF-8" },
        { "\"\xE2\x82\"", "line 1, column 2: the text is not valid UTF-8" },
    };
    CHECK_BAD(bad);
}

TEST(json__a_raw_nul_is_refused_everywhere)
{
    static const char *const texts[] = { "\"a\0b\"", "{\0}", "1\0", "\0" };
    static const size_t lengths[] = { 5, 3, 2, 1 };
    const struct ct_json *root;
    CT_CLEANUP(ct_arena_free) struct ct_arena *a = ct_arena_new(10000);
    for (int i = 0; i < 4; i++)
        CHECK(ct_json_parse(&root, a, ct_slice_n(texts[i], lengths[i]), NULL, NULL) == CT_E_JSON);
}

TEST(json__duplicate_keys_are_refused)
{
    static const struct bad bad[] = {
        { "{\"a\":1,\"b\":2,\"a\":3}", "line 1, column 14: the key \"a\" stands twice" },
        { "{\"a\":1,\"\\u0061\":3}", "line 1, column 8: the key \"a\" stands twice" },
        { "{\"\":1,\n \"\":3}", "line 2, column 2: the key \"\" stands twice" },
    };
    CHECK_BAD(bad);
    CHECK(parse("{\"a\":{\"a\":1},\"A\":{\"a\":1}}"));
    done();
}
