/* Scenes and intents as JSON: what is read back draws the same pixels, and what somebody else
 * wrote is refused or safe to draw. */
#include "engines/scene/page/page.h"
#include "engines/scene/render/render.h"
#include "engines/scene/stage/scene3.h"

#include "base/json.h"

#include "t.h"

#define ARENA_BYTES ((size_t)32 << 20)
#define TEXT_BYTES ((size_t)1 << 20)

static const char *const scene_prompts[] = {
    "a white ceramic coffee mug on a marble table, soft window light",
    "two small matte black mugs beside a stack of books, golden hour",
    "a navy glass bottle with a gold cap and the text \"AURA\", dramatic light, close-up",
    "three red apples in a wooden bowl, top-down flat lay",
    "a glass of red wine behind a candle on dark slate, shallow depth of field",
    "a dragon on a wooden table",
    "a blue mug with white polka dots on a checkered table, an astronaut riding a horse",
    "a pink perfume bottle on velvet, space for a title, from below",
    "five lemons on a white background, isometric",
    "a brushed steel kettle left of a yellow teapot, backlit",
};

static const char *const page_prompts[] = {
    "a poster with the headline \"Jazz Night\" and the tagline \"June 5\", navy and gold",
    "a diagram: Client -> Server -> \"Data base\", dashed arrow from Server to Cache",
    "a bar chart of sales: Q1 10, Q2 20.5, Q3 15 %, dark mode",
    "scatter plot: Cats: (1, 2), (2, 3); Dogs: (4, 8), (5, 9), x axis: age, y axis: weight (kg)",
    "an infographic about tea with three steps: \"Boil\", \"Steep\", \"Pour\", no gradients",
    "a dashboard for a bakery titled \"Ovens\"",
    "an icon of a bell, purple",
    "something nobody can draw: the sound of rain",
};

static const struct ct_intent *read_prompt(struct ct_arena *arena, const char *prompt)
{
    const struct ct_intent *intent = NULL;
    CHECK(ct_intent_read(&intent, arena, ct_slice(prompt), NULL) == CT_OK);
    return intent;
}

static const struct ct_json *parse(struct ct_arena *arena, struct ct_buf *b)
{
    const struct ct_json *json = NULL;
    CHECK(ct_json_parse(&json, arena, ct_buf_slice(b), NULL, NULL) == CT_OK);
    return json;
}

static struct ct_image *render(const struct ct_scene3 *scene)
{
    struct ct_world world;
    struct ct_image *image = NULL;
    ct_world_init(&world);
    CHECK(ct_scene3_build(&world, scene, NULL) == CT_OK);
    CHECK(ct_render(&image, &world,
                      &(struct ct_render_params){ .width = 40, .height = 40, .samples = 2 },
                      NULL) == CT_OK);
    ct_world_release(&world);
    return image;
}

static bool same_pixels(const struct ct_image *a, const struct ct_image *b)
{
    return a->width == b->width && a->height == b->height && a->channels == b->channels &&
           memcmp(a->px, b->px, (size_t)a->width * (size_t)a->height * (size_t)a->channels) == 0;
}

TEST(edit_record__a_scene_read_back_draws_the_same_pixels)
{
    for (size_t i = 0; i < sizeof(scene_prompts) / sizeof(*scene_prompts); i++) {
        struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
        const struct ct_scene3 *scene = NULL;
        struct ct_scene3 *again = NULL;
        struct ct_buf one, two;
        ct_buf_init(&one, TEXT_BYTES);
        ct_buf_init(&two, TEXT_BYTES);
        const struct ct_intent *intent = read_prompt(arena, scene_prompts[i]);
        CHECK_INT(intent->kind, CT_INTENT_SCENE);
        REQUIRE(ct_scene3_compose(&scene, arena, intent,
                                  &(struct ct_scene3_params){ .aspect = 1.25f,
                                                              .transparent = i == 3,
                                                              .seed = 7 * (uint32_t)i },
                                  NULL) ==
                CT_OK);
        ct_scene3_print(&one, scene);
        REQUIRE(ct_scene3_read(&again, arena, parse(arena, &one), NULL) == CT_OK);
        ct_scene3_print(&two, again);
        CHECK_STR(ct_buf_text(&one), ct_buf_text(&two));
        struct ct_image *a = render(scene), *b = render(again);
        CHECK(same_pixels(a, b));
        ct_image_unref(&a);
        ct_image_unref(&b);
        ct_buf_release(&one);
        ct_buf_release(&two);
        ct_arena_free(&arena);
    }
}

static struct ct_image *draw_page(struct ct_arena *arena, const struct ct_intent *intent)
{
    const struct ct_page *page = NULL;
    struct ct_image *image = NULL;
    CHECK(ct_page_compose(&page, arena, intent,
                            &(struct ct_page_params){ .width = 160, .height = 128, .seed = 3 },
                            NULL) == CT_OK);
    CHECK(ct_page_draw(&image, page, &(struct ct_page_draw){ 0 }, NULL) == CT_OK);
    return image;
}

TEST(edit_record__an_intent_read_back_composes_the_same_page)
{
    for (size_t i = 0; i < sizeof(page_prompts) / sizeof(*page_prompts); i++) {
        struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
        struct ct_intent *again = NULL;
        struct ct_buf b;
        ct_buf_init(&b, TEXT_BYTES);
        const struct ct_intent *intent = read_prompt(arena, page_prompts[i]);
        CHECK_INT(intent->kind, CT_INTENT_PAGE);
        ct_intent_write(&b, intent);
        REQUIRE(ct_intent_restore(&again, arena, parse(arena, &b), NULL) == CT_OK);
        struct ct_image *one = draw_page(arena, intent), *two = draw_page(arena, again);
        CHECK(same_pixels(one, two));
        ct_image_unref(&one);
        ct_image_unref(&two);
        ct_buf_release(&b);
        ct_arena_free(&arena);
    }
}

TEST(edit_record__an_intent_read_back_composes_the_same_scene)
{
    for (size_t i = 0; i < sizeof(scene_prompts) / sizeof(*scene_prompts); i++) {
        struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
        const struct ct_scene3 *scene = NULL;
        struct ct_intent *again = NULL;
        struct ct_buf b, one, two;
        ct_buf_init(&b, TEXT_BYTES);
        ct_buf_init(&one, TEXT_BYTES);
        ct_buf_init(&two, TEXT_BYTES);
        const struct ct_intent *intent = read_prompt(arena, scene_prompts[i]);
        ct_intent_write(&b, intent);
        REQUIRE(ct_intent_restore(&again, arena, parse(arena, &b), NULL) == CT_OK);
        const struct ct_scene3_params params = { .aspect = 1, .seed = 5 };
        REQUIRE(ct_scene3_compose(&scene, arena, intent, &params, NULL) == CT_OK);
        ct_scene3_print(&one, scene);
        REQUIRE(ct_scene3_compose(&scene, arena, again, &params, NULL) == CT_OK);
        ct_scene3_print(&two, scene);
        CHECK_STR(ct_buf_text(&one), ct_buf_text(&two));
        ct_buf_release(&b);
        ct_buf_release(&one);
        ct_buf_release(&two);
        ct_arena_free(&arena);
    }
}

TEST(edit_record__an_intent_keeps_no_words_but_lettered_ones)
{
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct ct_buf b;
    ct_buf_init(&b, TEXT_BYTES);
    ct_intent_write(&b, read_prompt(arena, "a photo of my secretproject mug that says \"LETTERED\" "
                                           "for confidentialclient, painted zorkishly"));
    CHECK(strstr(ct_buf_text(&b), "LETTERED"));
    CHECK(!strstr(ct_buf_text(&b), "secretproject"));
    CHECK(!strstr(ct_buf_text(&b), "confidentialclient"));
    CHECK(!strstr(ct_buf_text(&b), "zorkishly"));
    ct_buf_release(&b);
    ct_arena_free(&arena);
}

/* The first `from` in the text becomes `to`. */
static void replace(struct ct_buf *out, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    REQUIRE(at);
    ct_buf_clear(out);
    ct_buf_append(out, text, (size_t)(at - text));
    ct_buf_puts(out, to);
    ct_buf_puts(out, at + strlen(from));
}

TEST(edit_record__a_scene_of_somebody_else_is_refused)
{
    static const struct {
        const char *from, *to;
    } changes[] = {
        { "\"object\":\"mug\"", "\"object\":\"mugs\"" },
        { "\"object\":\"mug\"", "\"object\":null" },
        { "\"object\":\"mug\"", "\"object\":\"relief\"" },
        { "\"entity\":0", "\"entity\":99" },
        { "\"entity\":0", "\"entity\":-2" },
        { "\"entity\":0", "\"entity\":0.5" },
        { "\"scale\":", "\"scale\":1e9,\"x\":" },
        { "\"scale\":", "\"scale\":0,\"x\":" },
        { "\"scale\":", "\"scale\":1e999,\"x\":" },
        { "\"position\":[", "\"position\":[1e30,0,0],\"x\":[" },
        { "\"position\":[", "\"position\":[0,0],\"x\":[" },
        { "\"yaw\":", "\"yaw\":\"1\",\"x\":" },
        { "\"backdrop\":", "\"backdrop\":null,\"x\":" },
        { "\"rig\":", "\"rig\":7,\"x\":" },
        { "\"aspect\":", "\"aspect\":1e-9,\"x\":" },
        { "\"fov_deg\":", "\"fov_deg\":0,\"x\":" },
        { "\"support\":{", "\"support\":[],\"x\":{" },
        { "\"seed\":", "\"seed\":-5,\"x\":" },
        { "\"tone\":", "\"tone\":\"loud\",\"x\":" },
    };
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    const struct ct_scene3 *scene = NULL;
    struct ct_scene3 *again;
    struct ct_buf b, changed;
    struct ct_err err;
    ct_buf_init(&b, TEXT_BYTES);
    ct_buf_init(&changed, TEXT_BYTES);
    REQUIRE(ct_scene3_compose(&scene, arena, read_prompt(arena, "a white mug"),
                              &(struct ct_scene3_params){ .aspect = 1 },
                              NULL) == CT_OK);
    ct_scene3_print(&b, scene);
    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
        replace(&changed, ct_buf_text(&b), changes[i].from, changes[i].to);
        CHECK_INT(ct_scene3_read(&again, arena, parse(arena, &changed), &err), CT_E_JSON);
        CHECK(again == NULL);
    }
    ct_buf_clear(&changed);
    ct_buf_puts(&changed, "{\"objects\":[");
    for (int i = 0; i <= CT_SCENE3_MAX_OBJECTS; i++)
        ct_buf_puts(&changed, i ? ",{}" : "{}");
    ct_buf_puts(&changed, "]}");
    CHECK_INT(ct_scene3_read(&again, arena, parse(arena, &changed), &err), CT_E_JSON);
    ct_buf_release(&b);
    ct_buf_release(&changed);
    ct_arena_free(&arena);
}

TEST(edit_record__an_intent_of_somebody_else_is_refused)
{
    static const char *const texts[] = {
        "[]",
        "{\"kind\":\"page\"}",
        "{\"kind\":\"film\"}",
        "{\"entities\":[{\"object\":\"mug\",\"count\":0,\"size\":1}]}",
        "{\"entities\":[{\"object\":\"mug\",\"count\":25,\"size\":1}]}",
        "{\"entities\":[{\"object\":\"mug\",\"count\":1}]}",
        "{\"entities\":[{\"object\":\"mug\",\"count\":1,\"size\":1}],"
        "\"relations\":[{\"a\":0,\"b\":1,\"kind\":\"on\"}]}",
        "{\"entities\":[{\"object\":\"relief\",\"count\":1,\"size\":1}]}",
        "{\"edges\":[{\"from\":0,\"to\":0}]}",
        "{\"palette\":[\"#12345\"]}",
        "{\"palette\":[\"#12345g\"]}",
        "{\"palette\":[1,2,3]}",
        "{\"texts\":\"all\"}",
    };
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        const struct ct_json *json = NULL;
        struct ct_intent *intent;
        struct ct_err err;
        REQUIRE(ct_json_parse(&json, arena, ct_slice(texts[i]), NULL, NULL) == CT_OK);
        CHECK_INT(ct_intent_restore(&intent, arena, json, &err), CT_E_JSON);
    }
    ct_arena_free(&arena);
}
