/* Nouns drawn as something more general: which, and above all which not. */
#include "engines/scene/nouns/resolve.h"
#include "engines/scene/nouns/table.h"
#include "prompt_summary.h"
#include "t.h"

struct noun {
    const char *noun, *object; /* NULL: drawn as nothing */
    int words;
    bool plural;
};

/* clang-format off */
static const struct noun nouns[] = {
    { "cruet", "bottle", 1, false },
    { "vial", "bottle", 1, false },
    { "phial", "bottle", 1, false },
    { "carboys", "bottle", 1, true },
    { "ketchup bottle", "bottle", 2, false },
    { "pill bottles", "bottle", 2, true },
    { "ampullae", "bottle", 1, true },
    { "hipflask", "bottle", 1, false },
    { "volleyball", "sphere", 1, false },
    { "tennis ball", "sphere", 2, false },
    { "Tennis-Ball", "sphere", 2, false },
    { "old  golf\nballs", "sphere", 2, true },
    { "volleyball", "sphere", 1, false },
    { "armillary sphere", "sphere", 2, false },
    { "diary", "book", 1, false },
    { "diaries", "book", 1, true },
    { "scrapbook", "book", 1, false },
    { "sketchbook", "book", 1, false },
    { "paperback", "book", 1, false },
    { "beer mug", "mug", 2, false },
    { "toby jug", "mug", 2, false },
    { "demitasse", "mug", 1, false },
    { "ornate silver chalice", "wine_glass", 1, false },
    { "CHALICES", "wine_glass", 1, true },
    { "champagne flute", "wine_glass", 2, false },
    { "snifter", "wine_glass", 1, false },
    { "rushlight", "candle", 1, false },
    { "cooking apple", "apple", 2, false },
    { "goldfish bowl", "bowl", 2, false },
    { "crate", "cube", 1, false },
    /* figures of emoji */
    { "hedgehog", "relief", 1, false },
    { "poodles", "dog", 1, true },
    { "hot dog", "relief", 2, false },
    { "geese", "relief", 1, true },
    /* too far, too general, or looking different */
    { "entity", NULL, 0, false },
    { "thing", NULL, 0, false },
    { "object", NULL, 0, false },
    { "artifact", NULL, 0, false },
    { "container", NULL, 0, false },
    { "vessel", NULL, 0, false },
    { "tool", NULL, 0, false },
    { "machine", NULL, 0, false },
    { "food", NULL, 0, false },
    { "person", NULL, 0, false },
    { "woman", NULL, 0, false },
    { "president", NULL, 0, false },
    { "face", NULL, 0, false },
    { "eyeball", NULL, 0, false },
    { "toilet bowl", NULL, 0, false },
    { "record album", NULL, 0, false },
    { "sewer", NULL, 0, false },
    { "website", NULL, 0, false },
    { "coffee urn", NULL, 0, false },
    { "happiness", NULL, 0, false },
    { "democracy", NULL, 0, false },
    { "morning", NULL, 0, false },
    { "four", NULL, 0, false },
    { "meeting", NULL, 0, false },
    { "music", NULL, 0, false },
    { "qwertyuiop", NULL, 0, false },
    { "", NULL, 0, false },
    { " - ", NULL, 0, false },
    { "s", NULL, 0, false },
};
/* clang-format on */

TEST(nouns__hypernyms)
{
    for (size_t i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++) {
        const struct noun *n = &nouns[i];
        struct ct_noun_match m = { .object = CT_OBJECT_NONE };
        bool found = ct_noun_hypernym(&m, ct_slice(n->noun));
        const char *object = found ? ct_object_info(m.object)->row.id : "nothing";
        if (strcmp(object, n->object ? n->object : "nothing") != 0)
            t_fail(__FILE__, __LINE__, "\"%s\" is drawn as %s", n->noun, object);
        if (!found || !n->object)
            continue;
        CHECK_INT(m.words, n->words);
        CHECK_INT(m.plural, n->plural);
        CHECK(strlen(m.via) > 0);
    }
}

TEST(nouns__long_words_are_in_no_table)
{
    char text[300];
    struct ct_noun_match m;
    memset(text, 'a', sizeof(text));
    CHECK(!ct_noun_hypernym(&m, ct_slice_n(text, sizeof(text))));
    memcpy(text + sizeof(text) - 8, " chalice", 8);
    REQUIRE(ct_noun_hypernym(&m, ct_slice_n(text, sizeof(text))));
    CHECK(m.words == 1);
    CHECK(!ct_noun_hypernym(&m, (struct ct_slice){ NULL, 0 }));
}

TEST(nouns__table_is_sorted_and_whole)
{
    REQUIRE(ct_noun_n_rows > 100);
    size_t anchors = 0;
    while (ct_noun_anchors[anchors].word)
        anchors++;
    for (size_t i = 0; i < ct_noun_n_rows; i++) {
        const char *text = ct_noun_text + ct_noun_rows[i].text;
        REQUIRE(ct_noun_rows[i].anchor < (int)anchors);
        if (i > 0)
            CHECK(strcmp(ct_noun_text + ct_noun_rows[i - 1].text, text) < 0);
    }
}

static const struct prompt_row scenes[] = {
    { "three old chalices and a diary on linen",
      "3 wine_glass + 1 book; backdrop table; support linen; near <chalices>; ignored <old>" },
    { "two basketballs beside a cruet standing on wood",
      "2 basketball + 1 bottle; 0 beside 1; backdrop table; support wood; near <cruet>" },
    { "two foxes and a labrador", "2 fox + 1 retriever" },
    { "a fox on a book, and the fox is small", "1 fox 75% + 1 book; 0 on 1" },
    { "a snifter, and the snifter is red", "1 wine_glass #ff0000; near <snifter>" },
    { "A small rushlight to the left of a goldfish bowl",
      "1 candle 75% + 1 bowl; 0 left-of 1; near <rushlight>; ignored <goldfish>" },
};

TEST(nouns__read_as_things)
{
    prompt_check(scenes, sizeof(scenes) / sizeof(scenes[0]));
}

static void check_warning(const char *prompt, const char *emoji, const char *expected)
{
    struct ct_arena *arena = ct_arena_new(4 << 20);
    const struct ct_intent *intent = NULL;
    const char *const *warnings = NULL;
    struct ct_err err;
    CHECK_INT(ct_intent_read(&intent, arena, ct_slice(prompt), &err), CT_OK);
    if (intent && ct_intent_warnings(&warnings, arena, intent) == 1)
        CHECK_STR(warnings[0], expected);
    else
        t_fail(__FILE__, __LINE__, "there is not one warning for \"%s\"", prompt);
    const char *got = intent && intent->n_entities > 0 ? intent->entities[0].emoji : NULL;
    CHECK_STR(got ? got : "none", emoji);
    ct_arena_free(&arena);
}

TEST(nouns__a_substitution_is_said)
{
    check_warning("an ivory demitasse", "none", "\"demitasse\" is drawn as a mug.");
    check_warning("a hedgehog", "\xf0\x9f\xa6\x94",
                  "\"hedgehog\" is drawn as a figure of the emoji \"hedgehog\".");
}
