/* Tokens: quotes of all kinds, arrows, colours, hyphens; and the phrase table. */
#include "engines/scene/prompt/lexicon.h"
#include "engines/scene/tables.h"
#include "t.h"

static struct ct_arena *arena;
static struct ct_token *tokens;
static int n_tokens;

static void cut(const char *text)
{
    struct ct_err err;
    ct_arena_free(&arena);
    arena = ct_arena_new(4 << 20);
    n_tokens = -1;
    CHECK_INT(ct_tokens_read(&tokens, &n_tokens, arena, ct_slice(text), &err), CT_OK);
}

TEST(prompt_token__quotes_of_every_kind_keep_their_text)
{
    static const struct {
        const char *text, *inside;
    } rows[] = {
        { "\"a b\"", "a b" },
        { "'a b'", "a b" },
        { "“a b”", "a b" },
        { "„a b“", "a b" },
        { "‘a b’", "a b" },
        { "«a b»", "a b" },
        { "「a b」", "a b" },
        { "『a b』", "a b" },
        { "‹a b›", "a b" },
        { "`a b`", "a b" },
        { "'it's on'", "it's on" },
        { "“a\"", "a" },
        { "\"  two  spaces \"", "  two  spaces " },
        { "\"שלום ע\"", "שלום ע" },
        { "\"a 'b' c\"", "a 'b' c" },
        { "\"e\xcc\x81\"", "e\xcc\x81" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cut(rows[i].text);
        REQUIRE(n_tokens == 1);
        CHECK_INT(tokens[0].kind, CT_TOKEN_QUOTED);
        CHECK_SLICE(ct_token_quoted(&tokens[0]), rows[i].inside);
    }
    ct_arena_free(&arena);
}

TEST(prompt_token__what_is_no_quote)
{
    static const struct {
        const char *text;
        int n;
    } rows[] = {
        { "don't", 1 },           /* an apostrophe */
        { "the dogs' bowls", 4 }, /* a mark */
        { "5\" x 7\"", 5 },       /* inches */
        { "the '90s and 'x'", 5 },
        { "\"open", 2 },     /* never closed */
        { "\"\"", 2 },       /* nothing inside */
        { "\"a\n\nb\"", 6 }, /* a blank line is between */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cut(rows[i].text);
        if (n_tokens != rows[i].n)
            t_fail(__FILE__, __LINE__, "%s: %d tokens, expected %d", rows[i].text, n_tokens,
                   rows[i].n);
    }
    ct_arena_free(&arena);
}

TEST(prompt_token__arrows)
{
    static const struct {
        const char *text;
        int flags; /* -1: no arrow */
    } rows[] = {
        { "a -> b", 0 },
        { "a --> b", 0 },
        { "a => b", 0 },
        { "a → b", 0 },
        { "a > b", 0 },
        { "a ->> b", 0 },
        { "a ⇒ b", 0 },
        { "a->b", 0 },
        { "a <- b", CT_ARROW_BACK },
        { "a ← b", CT_ARROW_BACK },
        { "a <-> b", CT_ARROW_BOTH },
        { "a ↔ b", CT_ARROW_BOTH },
        { "a -.-> b", CT_ARROW_DASHED },
        { "a >b", -1 },
        { "a - b", -1 },
        { "a <= b", -1 },
        { "a = b", -1 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cut(rows[i].text);
        REQUIRE(n_tokens >= 3);
        if ((tokens[1].kind == CT_TOKEN_ARROW) != (rows[i].flags >= 0) ||
            (rows[i].flags >= 0 && (tokens[1].arrow != rows[i].flags || n_tokens != 3)))
            t_fail(__FILE__, __LINE__, "%s: kind %d, flags %d, %d tokens", rows[i].text,
                   tokens[1].kind, tokens[1].arrow, n_tokens);
    }
    ct_arena_free(&arena);
}

TEST(prompt_token__words_numbers_and_hex)
{
    cut("Node.js v1.2 close-up 1,000 #FfA07a #abc #12 3D.");
    REQUIRE(n_tokens == 11);
    CHECK_SLICE(tokens[0].text, "Node.js");
    CHECK_SLICE(tokens[1].text, "v1.2");
    CHECK_SLICE(tokens[3].text, "up");
    CHECK(tokens[3].joined);
    CHECK_INT(tokens[4].kind, CT_TOKEN_NUMBER);
    CHECK_INT(tokens[5].kind, CT_TOKEN_HEX);
    CHECK_INT(tokens[6].kind, CT_TOKEN_HEX);
    CHECK_INT(tokens[7].kind, CT_TOKEN_MARK);
    CHECK_SLICE(tokens[9].text, "3D");
    CHECK_SLICE(ct_tokens_slice(&tokens[2], &tokens[3]), "close-up");
    ct_arena_free(&arena);
}

static const struct ct_lexicon *lexicon;

static bool find(const char *text, uint64_t classes, struct ct_match *m)
{
    struct ct_err err;
    cut(text);
    if (ct_lexicon_new(&lexicon, arena, &err) != CT_OK)
        return false;
    return ct_lexicon_match(lexicon, tokens, n_tokens, 0, classes, m);
}

TEST(prompt_lexicon__the_longest_phrase_wins)
{
    struct ct_match m;
    REQUIRE(find("coffee mug rug", CT_CLASS_ANY, &m));
    CHECK_INT(m.n, 2);
    CHECK_INT(ct_match_value(&m, CT_CLASS_OBJECT), CT_OBJECT_mug);
    REQUIRE(find("Three-Quarter View", CT_CLASS_ANY, &m));
    CHECK_INT(m.n, 3);
    CHECK_INT(ct_match_value(&m, CT_CLASS_CAMERA), CT_CAMERA_three_quarter);
    REQUIRE(find("coffee, mug", CT_CLASS_ANY, &m)); /* not over a comma */
    CHECK_INT(m.n, 1);
    CHECK(!find("zyzzyva", CT_CLASS_ANY, &m));
    CHECK(!find("mug", CT_CLASS_BIT(COLOR), &m));
    ct_arena_free(&arena);
}

TEST(prompt_lexicon__plurals_are_folded)
{
    static const struct {
        const char *text;
        int object;
    } rows[] = {
        { "mugs", CT_OBJECT_mug },
        { "boxes", CT_OBJECT_cube },
        { "glasses of wine", CT_OBJECT_wine_glass },
        { "wine glasses", CT_OBJECT_wine_glass },
        { "vases", CT_OBJECT_vase },
        { "dishes", CT_OBJECT_bowl },
        { "Perfume Bottles", CT_OBJECT_perfume },
    };
    struct ct_match m;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK(find(rows[i].text, CT_CLASS_BIT(OBJECT), &m));
        CHECK(m.plural);
        CHECK_INT(ct_match_value(&m, CT_CLASS_OBJECT), rows[i].object);
        CHECK_INT(m.n, n_tokens);
    }
    CHECK(!find("tomatoes", CT_CLASS_BIT(COLOR), &m)); /* a colour has no plural */
    ct_arena_free(&arena);
}

/* Each phrase of the scene's tables is found whole, under its own class. */
static void check_words(const char *words, enum ct_word_class class, int id)
{
    struct ct_slice rest = ct_slice(words), phrase;
    struct ct_match m;
    while (rest.len > 0) {
        if (!ct_slice_cut(rest, '|', &phrase, &rest))
            rest = ct_slice("");
        char text[128];
        snprintf(text, sizeof(text), "%.*s", CT_SARG(phrase));
        if (!find(text, UINT64_C(1) << class, &m) || m.n != n_tokens)
            t_fail(__FILE__, __LINE__, "\"%s\" is not found", text);
        else if (ct_match_value(&m, class) != id)
            t_fail(__FILE__, __LINE__, "\"%s\" is also another row of its table", text);
    }
}

TEST(prompt_lexicon__knows_every_word_of_the_tables)
{
    for (int i = 0; i < CT_OBJECT_COUNT; i++)
        check_words(ct_object_info((enum ct_object_id)i)->row.words, CT_CLASS_OBJECT, i);
    for (int i = 0; i < CT_MATERIAL_COUNT; i++)
        check_words(ct_material_info((enum ct_material_id)i)->words, CT_CLASS_MATERIAL, i);
    for (int i = 0; i < CT_RIG_COUNT; i++)
        check_words(ct_rig_info((enum ct_rig_id)i)->words, CT_CLASS_RIG, i);
    for (int i = 0; i < CT_CAMERA_COUNT; i++)
        check_words(ct_camera_info((enum ct_camera_id)i)->words, CT_CLASS_CAMERA, i);
    for (int i = 0; i < CT_BACKDROP_COUNT; i++)
        check_words(ct_backdrop_info((enum ct_backdrop_id)i)->words, CT_CLASS_BACKDROP, i);
    ct_arena_free(&arena);
}
