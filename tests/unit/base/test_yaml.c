#include "base/mem.h"
#include "base/yaml.h"
#include "t.h"

#include <math.h>

static struct ct_arena *arena;
static struct ct_err err;

static const struct ct_json *parse(const char *text)
{
    const struct ct_json *root;
    if (arena)
        ct_arena_free(&arena);
    arena = ct_arena_new(1 << 22);
    err = (struct ct_err){ 0 };
    ct_code code = ct_yaml_parse(&root, arena, ct_slice(text), "f.yaml", &err);
    if ((code == CT_OK) != (root != NULL) || code != err.code)
        t_fail(__FILE__, __LINE__, "code, result and message disagree for %s", text);
    return root;
}

static void done(void)
{
    ct_arena_free(&arena);
}

TEST(yaml__reads_block_and_flow)
{
    const struct ct_json *root = parse("# settings\n"
                                       "listen: 127.0.0.1:8787\n"
                                       "keys:\n"
                                       "  - one\n"
                                       "  - 'two''s'\n"
                                       "  - \"three\\n\"\n"
                                       "map: {a: 1, b: [x, y]}\n"
                                       "text: |\n"
                                       "  line\n"
                                       "  line\n"
                                       "nothing:\n");
    REQUIRE(root);
    CHECK_INT(root->type, CT_JSON_OBJECT);
    CHECK_INT(root->count, 5);
    CHECK_SLICE(ct_json_get(root, "listen")->text, "127.0.0.1:8787");
    const struct ct_json *keys = ct_json_get(root, "keys");
    CHECK_INT(keys->count, 3);
    CHECK_SLICE(keys->child->next->text, "two's");
    CHECK_SLICE(keys->child->next->next->text, "three\n");
    CHECK_SLICE(ct_json_get(root, "text")->text, "line\nline\n");
    CHECK_INT(ct_json_get(ct_json_get(root, "map"), "b")->count, 2);
    CHECK_INT(ct_json_get(root, "nothing")->type, CT_JSON_NULL);
    CHECK(keys->line == 4 && keys->column == 3);
    done();
}

TEST(yaml__resolves_the_core_schema)
{
    static const struct {
        const char *text;
        enum ct_json_type type;
        int64_t integer;
        double number;
    } cases[] = {
        { "~", CT_JSON_NULL, 0, 0 },           { "null", CT_JSON_NULL, 0, 0 },
        { "NULL", CT_JSON_NULL, 0, 0 },        { "nUll", CT_JSON_STRING, 0, 0 },
        { "true", CT_JSON_BOOL, 0, 0 },        { "FALSE", CT_JSON_BOOL, 0, 0 },
        { "yes", CT_JSON_STRING, 0, 0 },       { "on", CT_JSON_STRING, 0, 0 },
        { "12", CT_JSON_INT, 12, 12 },         { "+12", CT_JSON_INT, 12, 12 },
        { "-012", CT_JSON_INT, -12, -12 },     { "0x1F", CT_JSON_INT, 31, 31 },
        { "0o17", CT_JSON_INT, 15, 15 },       { "0o18", CT_JSON_STRING, 0, 0 },
        { "-0x1F", CT_JSON_STRING, 0, 0 },     { "0x", CT_JSON_STRING, 0, 0 },
        { "1.5", CT_JSON_REAL, 0, 1.5 },       { ".5", CT_JSON_REAL, 0, 0.5 },
        { "1.", CT_JSON_REAL, 0, 1 },          { "-1e3", CT_JSON_REAL, 0, -1000 },
        { ".", CT_JSON_STRING, 0, 0 },         { "1e", CT_JSON_STRING, 0, 0 },
        { "1.2.3", CT_JSON_STRING, 0, 0 },     { "1_000", CT_JSON_STRING, 0, 0 },
        { "12h", CT_JSON_STRING, 0, 0 },       { "-.inf", CT_JSON_REAL, 0, -HUGE_VAL },
        { ".INF", CT_JSON_REAL, 0, HUGE_VAL }, { "2026-11-20", CT_JSON_STRING, 0, 0 },
        { "'12'", CT_JSON_STRING, 0, 0 },      { "\"true\"", CT_JSON_STRING, 0, 0 },
        { "''", CT_JSON_STRING, 0, 0 },        { "infinity", CT_JSON_STRING, 0, 0 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct ct_json *v = parse(cases[i].text);
        REQUIRE(v);
        if (v->type != cases[i].type || v->integer != cases[i].integer ||
            v->number != cases[i].number)
            t_fail(__FILE__, __LINE__, "%s is %s, %lld, %g", cases[i].text, ct_json_type_name(v),
                   (long long)v->integer, v->number);
    }
    done();
}

TEST(yaml__numbers_beyond_int64_are_marked)
{
    const struct ct_json *v = parse("9223372036854775808");
    CHECK(v && v->out_of_range && v->integer == INT64_MAX && v->number == 9223372036854775808.0);
    v = parse("-9223372036854775809");
    CHECK(v && v->out_of_range && v->integer == INT64_MIN);
    v = parse("0xFFFFFFFFFFFFFFFFF");
    CHECK(v && v->out_of_range && v->integer == INT64_MAX && v->number == 295147905179352825855.0);
    v = parse("0x7FFFFFFFFFFFFFFF");
    CHECK(v && !v->out_of_range && v->integer == INT64_MAX);
    done();
}

TEST(yaml__an_empty_document_is_null)
{
    static const char *const texts[] = { "", "\n\n", "# only a comment\n", "---\n", "---\n...\n" };
    for (size_t i = 0; i < 5; i++) {
        const struct ct_json *v = parse(texts[i]);
        CHECK(v && v->type == CT_JSON_NULL && v->line >= 1);
    }
    done();
}

TEST(yaml__refusals_say_where)
{
    static const char *const bad[][2] = {
        { "a: 1\na: 2\n", "f.yaml:2:1: the key 'a' stands twice" },
        { "a: &x 1\n", "f.yaml:1:4: anchors are not supported" },
        { "a: &x [1]\n", "f.yaml:1:4: anchors are not supported" },
        { "&x a: 1\n", "f.yaml:1:1: anchors are not supported" },
        { "a: *x\n", "f.yaml:1:4: aliases are not supported" },
        { "*x : 1\n", "f.yaml:1:1: aliases are not supported" },
        { "a: !!str 1\n", "f.yaml:1:4: tags are not supported" },
        { "a: !t {}\n", "f.yaml:1:4: tags are not supported" },
        { "a: .nan\n", "f.yaml:1:4: .nan is not a usable number" },
        { "? [a]\n: 1\n", "f.yaml:1:3: a key must be plain text" },
        { "a: 1\n---\nb: 2\n", "f.yaml:2:1: only one document is allowed" },
        { "a: \"x\\0y\"\n", "f.yaml:1:4: text may not contain the NUL character" },
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(parse(bad[i][0]) == NULL);
        CHECK_INT(err.code, CT_E_CONFIG);
        CHECK_STR(err.msg, bad[i][1]);
    }
    done();
}

TEST(yaml__syntax_errors_say_where)
{
    static const char *const bad[][2] = {
        { "a: [1\n", "f.yaml:2:1: " },     { "a: b: c\n", "f.yaml:1:5: " },
        { "a:\n\t- x\n", "f.yaml:2:1: " }, { "\xFF", "f.yaml:1:1: " },
        { "a: \"\\q\"\n", "f.yaml:1:" },   { "x\ny: 1\n", "f.yaml:2:2: " }
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(parse(bad[i][0]) == NULL);
        CHECK_INT(err.code, CT_E_CONFIG);
        if (!ct_slice_starts(ct_slice(err.msg), bad[i][1]))
            t_fail(__FILE__, __LINE__, "\"%s\" does not start with \"%s\"", err.msg, bad[i][1]);
    }
    done();
}

TEST(yaml__depth_is_limited)
{
    char text[4096];
    memset(text, '[', 64);
    memset(text + 64, ']', 64);
    text[128] = '\0';
    CHECK(parse(text));
    memset(text, '[', 1000);
    memset(text + 1000, ']', 1000);
    text[2000] = '\0';
    CHECK(parse(text) == NULL);
    CHECK_STR(err.msg, "f.yaml:1:65: nested too deeply");
    done();
}

TEST(yaml__many_keys_and_their_duplicate)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf b;
    ct_buf_init(&b, 1 << 20);
    for (int i = 0; i < 5000; i++)
        ct_buf_printf(&b, "k%d: %d\n", i, i);
    const struct ct_json *v = parse(ct_buf_text(&b));
    CHECK(v && v->count == 5000);
    ct_buf_puts(&b, "k17: 0\n");
    CHECK(parse(ct_buf_text(&b)) == NULL);
    CHECK_STR(err.msg, "f.yaml:5001:1: the key 'k17' stands twice");
    done();
}

TEST(yaml__every_allocation_may_fail)
{
    static const char text[] = "a: [1, x, {b: c}]\nd: 'text'\n";
    bool failed = true;
    long nth = 1;
    for (; failed; nth++) { /* until no allocation is left to fail */
        const struct ct_json *root = NULL;
        ct_code code = CT_E_MEMORY;
        ct_mem_fail_nth(nth);
        CT_CLEANUP(ct_arena_free) struct ct_arena *a = ct_arena_new(1 << 20);
        if (a)
            code = ct_yaml_parse(&root, a, CT_S(text), "f.yaml", NULL);
        failed = ct_mem_fail_nth(0) >= nth;
        CHECK(code == (failed ? CT_E_MEMORY : CT_OK));
        CHECK((root != NULL) == (code == CT_OK));
    }
    CHECK(nth > 2);
    for (size_t max = 0;; max += 16) {
        const struct ct_json *root;
        CT_CLEANUP(ct_arena_free) struct ct_arena *a = ct_arena_new(max);
        ct_code code = ct_yaml_parse(&root, a, CT_S(text), "f.yaml", NULL);
        if (code == CT_OK)
            break;
        CHECK(code == CT_E_MEMORY && root == NULL);
        REQUIRE(max < 1 << 16);
    }
}
