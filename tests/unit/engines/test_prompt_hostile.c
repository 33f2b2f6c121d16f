/* Prompts made to hurt, failing allocations, and the printed forms. */
#include "base/json.h"
#include "base/mem.h"
#include "prompt_summary.h"
#include "t.h"

enum { LONG = 32000, ARENA = 16 << 20 };

/* `piece` again and again up to LONG bytes. */
static char *repeat(const char *piece)
{
    size_t n = strlen(piece);
    char *text = malloc(LONG + n + 1);
    size_t at = 0;
    for (; text && at + n <= LONG; at += n)
        memcpy(text + at, piece, n);
    if (text)
        text[at] = '\0';
    return text;
}

static void check_bounds(const struct ct_intent *intent)
{
    CHECK(intent->n_entities <= 32 && intent->n_texts <= 64 && intent->n_nodes <= 24);
    CHECK(intent->n_edges <= 48 && intent->n_notes <= 256 && intent->n_palette <= 8);
    for (int i = 0; i < intent->n_entities; i++)
        CHECK(intent->entities[i].count >= 1 && intent->entities[i].count <= 24);
    for (int i = 0; i < intent->n_relations; i++)
        CHECK(intent->relations[i].a < intent->n_entities &&
              intent->relations[i].b < intent->n_entities);
    for (int i = 0; i < intent->n_edges; i++)
        CHECK(intent->edges[i].from < intent->n_nodes && intent->edges[i].to < intent->n_nodes);
}

/* Reads, prints both ways, warns; the JSON is JSON. */
static void run(const char *text)
{
    struct ct_arena *arena = ct_arena_new(ARENA);
    const struct ct_intent *intent = NULL;
    const struct ct_json *json;
    const char *const *warnings;
    struct ct_err err;
    struct ct_buf b;
    ct_buf_init(&b, 4 << 20);
    CHECK_INT(ct_intent_read(&intent, arena, ct_slice(text), &err), CT_OK);
    if (intent) {
        check_bounds(intent);
        ct_intent_print(&b, intent, true);
        CHECK(!b.failed);
        CHECK_INT(ct_json_parse(&json, arena, ct_buf_slice(&b), NULL, &err), CT_OK);
        ct_intent_print(&b, intent, false);
        int n = ct_intent_warnings(&warnings, arena, intent);
        CHECK(n >= 0 && n <= 12);
        for (int i = 0; i < n; i++)
            CHECK(strlen(warnings[i]) < 2048 && !strchr(warnings[i], '\n'));
    }
    ct_buf_release(&b);
    ct_arena_free(&arena);
}

TEST(prompt_hostile__long_and_strange)
{
    static const char *const pieces[] = {
        "a",
        "\"",
        "'",
        "“",
        "\"a",
        "'a ",
        "-",
        "->",
        "<",
        "- > ",
        "#",
        "#abc ",
        ".",
        ", ",
        "\n",
        "!@#$%^&*()",
        "שלום ",
        "\xe2\x80\xae",
        "🎉",
        "👩‍👩‍👧",
        "e\xcc\x81",
        "\xcc\x81",
        "mug ",
        "mugs, ",
        "a mug on ",
        "red ",
        "no ",
        "avoid ",
        "no a, ",
        "on ",
        "and ",
        "of ",
        "A -> ",
        "A->B, ",
        "A connects to B. ",
        "poster \"x\" ",
        "box labeled A, ",
        "boxes: A, B, ",
        "1. a\n",
        "from A to B ",
        "title ",
        "title \"x\" ",
        "with the text ",
        "a red, ",
        "one red and ",
        "between ",
        "dragon ",
        "a dragon and ",
        "9999999999999 ",
        "\xff",
        "\xf0\x9f",
        "a\r\n",
        "\t",
        "\x01",
        "、。「",
        "glasses of wine ",
        "A(",
        "labeled ",
    };
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        char *text = repeat(pieces[i]);
        REQUIRE(text != NULL);
        run(text);
        free(text);
        char page[64];
        snprintf(page, sizeof(page), "diagram %s", pieces[i]);
        text = repeat(page);
        REQUIRE(text != NULL);
        run(text);
        free(text);
    }
    run("");
    run(" ");
}

TEST(prompt_hostile__ten_thousand_quotes)
{
    char *text = malloc(20001);
    REQUIRE(text != NULL);
    for (int i = 0; i < 10000; i++)
        memcpy(text + 2 * (size_t)i, i % 2 ? "\"x" : "“y", 2);
    text[20000] = '\0';
    run(text);
    free(text);
}

TEST(prompt_hostile__what_does_not_fit_is_noted)
{
    char text[8192] = "";
    struct ct_arena *arena = ct_arena_new(ARENA);
    const struct ct_intent *intent = NULL;
    struct ct_err err;
    for (int i = 0; i < 300; i++)
        strcat(text, "wibble, ");
    strcat(text, "a red mug");
    REQUIRE(ct_intent_read(&intent, arena, ct_slice(text), &err) == CT_OK);
    CHECK_INT(intent->n_notes, 256);
    const struct ct_note *last = &intent->notes[255];
    CHECK_INT(last->kind, CT_NOTE_IGNORED);
    CHECK(last->words.ptr + last->words.len == text + strlen(text));
    const char *const *warnings;
    int n = ct_intent_warnings(&warnings, arena, intent);
    REQUIRE(n >= 1 && n <= 2);
    CHECK(strstr(warnings[n - 1], " more.") != NULL);
    ct_arena_free(&arena);
}

static const char busy[] =
    "A photo of two matte black mugs with the text \"HELLO\" and a beaker on a marble table "
    "beside a dragon, against a beige background, golden hour, bokeh, 4k. Avoid: people, logos";

TEST(prompt_hostile__same_prompt_same_intent)
{
    char first[8192] = "";
    for (int i = 0; i < 3; i++) {
        struct ct_arena *arena = ct_arena_new(ARENA);
        const struct ct_intent *intent = NULL;
        struct ct_err err;
        struct ct_buf b;
        ct_buf_init(&b, 1 << 20);
        REQUIRE(ct_intent_read(&intent, arena, ct_slice(busy), &err) == CT_OK);
        ct_intent_print(&b, intent, true);
        if (i == 0)
            snprintf(first, sizeof(first), "%s", ct_buf_text(&b));
        CHECK_STR(ct_buf_text(&b), first);
        ct_buf_release(&b);
        ct_arena_free(&arena);
    }
    CHECK(strlen(first) > 500);
}

TEST(prompt_hostile__every_allocation_may_fail)
{
    int failures = 0;
    for (long nth = 1; nth < 20000; nth++) {
        struct ct_arena *arena = ct_arena_new(ARENA);
        const struct ct_intent *intent = NULL;
        struct ct_err err;
        REQUIRE(arena != NULL);
        ct_mem_fail_nth(nth);
        ct_code code = ct_intent_read(&intent, arena, ct_slice(busy), &err);
        ct_mem_fail_nth(0);
        CHECK(code == CT_OK || code == CT_E_MEMORY);
        CHECK((code == CT_OK) == (intent != NULL));
        ct_arena_free(&arena);
        if (code == CT_OK)
            break;
        failures++;
    }
    CHECK(failures > 0);
}

TEST(prompt_hostile__a_small_arena_is_an_error)
{
    for (size_t size = 1024; size < (1 << 20); size += 1024 + size / 4) {
        struct ct_arena *arena = ct_arena_new(size);
        const struct ct_intent *intent = NULL;
        struct ct_err err;
        REQUIRE(arena != NULL);
        ct_code code = ct_intent_read(&intent, arena, ct_slice(busy), &err);
        CHECK(code == CT_OK || code == CT_E_MEMORY);
        CHECK((code == CT_OK) == (intent != NULL));
        if (code != CT_OK)
            CHECK(size < (768 << 10));
        ct_arena_free(&arena);
    }
}

static void check_warnings(const char *prompt, const char *expected)
{
    struct ct_arena *arena = ct_arena_new(ARENA);
    const struct ct_intent *intent = NULL;
    const char *const *warnings;
    struct ct_err err;
    char all[4096] = "";
    CHECK_INT(ct_intent_read(&intent, arena, ct_slice(prompt), &err), CT_OK);
    int n = intent ? ct_intent_warnings(&warnings, arena, intent) : 0;
    for (int i = 0; i < n; i++)
        snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s", i ? "|" : "", warnings[i]);
    CHECK_STR(all, expected);
    ct_arena_free(&arena);
}

TEST(prompt_warnings__say_what_was_not_drawn)
{
    check_warnings("a white mug on a table", "");
    check_warnings("a golem dancing in a crowded street",
                   "\"golem\" cannot be drawn by the scene engine; the picture is a typographic "
                   "composition that names it.|Ignored: \"dancing\", \"crowded\", "
                   "\"street\".");
    check_warnings("diagram of the solar system",
                   "Nothing was listed that the page could show in this form, so it is a poster; "
                   "write \"A -> B\" or \": A, B, C\", say.");
    check_warnings("cross-section of a tooth",
                   "No parts were named, so the usual ones are labelled; write \"labeled: crust, "
                   "mantle\", say.");
    check_warnings("a flute", "\"flute\" is drawn as a wine glass.");
    check_warnings("a mug with a \"quoted\" \"text\" twice", "Ignored: \"'text' twice\".");
    check_warnings("a mug,\nwobbling\nmadly red", "Ignored: \"wobbling\".");
}

TEST(prompt_print__text_for_people)
{
    struct ct_arena *arena = ct_arena_new(ARENA);
    const struct ct_intent *intent = NULL;
    struct ct_err err;
    struct ct_buf b;
    ct_buf_init(&b, 1 << 16);
    REQUIRE(ct_intent_read(&intent, arena, ct_slice("a small red mug on a book, wibble, no text"),
                           &err) == CT_OK);
    ct_intent_print(&b, intent, false);
    CHECK_STR(ct_buf_text(&b), "subject 0: small red mug\n"
                               "  object       mug\n"
                               "  color        #ff0000\n"
                               "  size         75 %\n"
                               "thing 1: book\n"
                               "  object       book\n"
                               "relation: 0 on 1\n"
                               "picture\n"
                               "left out\n"
                               "  \"text\"\n"
                               "understood\n"
                               "  \"small\": size small\n"
                               "  \"red\": color #ff0000\n"
                               "  \"mug\": object mug\n"
                               "  \"book\": object book\n"
                               "  \"text\": left out\n"
                               "ignored\n"
                               "  \"wibble\"\n");
    ct_buf_release(&b);
    ct_arena_free(&arena);
}
