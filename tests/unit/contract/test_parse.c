/* What a body becomes: defaults, every parameter, null, lengths, bodies that are no object. */
#include "support.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

TEST(parse__smallest_body_gets_the_defaults)
{
    struct parsed p = strict("{\"model\":\"gpt-image-2\",\"prompt\":\"a cat\"}");
    REQUIRE(p.request);
    CHECK_INT(p.request->operation, CT_OPERATION_GENERATE);
    CHECK_STR(p.request->model->id, "gpt-image-2");
    CHECK_SLICE(p.request->prompt, "a cat");
    CHECK_INT(p.request->n, 1);
    CHECK_INT(p.request->width, 1024);
    CHECK_INT(p.request->height, 1024);
    CHECK_INT(p.request->quality, CT_QUALITY_MEDIUM);
    CHECK_INT(p.request->format, CT_FORMAT_PNG);
    CHECK_INT(p.request->compression, 100);
    CHECK_INT(p.request->background, CT_BACKGROUND_OPAQUE);
    CHECK_INT(p.request->moderation, CT_MODERATION_AUTO);
    CHECK(!p.request->stream);
    CHECK_INT(p.request->partial_images, 0);
    CHECK(p.request->safety_identifier.ptr == NULL);
    CHECK_INT(p.request->reply_as, CT_REPLY_B64_JSON);
    CHECK_INT(p.request->seed, 0);
    CHECK(!p.request->seed_given);
    CHECK_INT(p.request->style, CT_STYLE_UNSET);
    CHECK_INT(p.request->thinking, CT_THINKING_OFF);
    CHECK(!p.request->extended);
}

TEST(parse__every_official_parameter)
{
    struct parsed p =
        strict("{\"model\":\"gpt-image-2.5-flare\",\"prompt\":\"p\",\"n\":10,\"size\":"
               "\"3840x2160\",\"quality\":\"max\",\"output_format\":\"webp\","
               "\"output_compression\":0,\"background\":\"transparent\",\"moderation\":\"low\","
               "\"stream\":true,\"partial_images\":3,\"user\":\"u\",\"safety_identifier\":\"s\"}");
    REQUIRE(p.request);
    CHECK_STR(p.request->model->id, "gpt-image-2.5-flare");
    CHECK_INT(p.request->n, 10);
    CHECK_INT(p.request->width, 3840);
    CHECK_INT(p.request->height, 2160);
    CHECK_INT(p.request->quality, CT_QUALITY_MAX);
    CHECK_INT(p.request->format, CT_FORMAT_WEBP);
    CHECK_INT(p.request->compression, 0);
    CHECK_INT(p.request->background, CT_BACKGROUND_TRANSPARENT);
    CHECK_INT(p.request->moderation, CT_MODERATION_LOW);
    CHECK(p.request->stream);
    CHECK_INT(p.request->partial_images, 3);
    CHECK_SLICE(p.request->safety_identifier, "s");
}

TEST(parse__null_is_not_given)
{
    static const char *const keys[] = {
        "n",
        "size",
        "quality",
        "output_format",
        "output_compression",
        "background",
        "moderation",
        "stream",
        "partial_images",
        "user",
        "safety_identifier",
    };
    for (size_t i = 0; i < COUNT(keys); i++) {
        char body[200];
        snprintf(body, sizeof(body), "{\"model\":\"gpt-image-2\",\"prompt\":\"p\",\"%s\":null}",
                 keys[i]);
        struct parsed p = strict(body);
        if (!p.request)
            t_fail(__FILE__, __LINE__, "%s: null: %s", keys[i], p.err.msg);
        p = extended(body);
        if (!p.request)
            t_fail(__FILE__, __LINE__, "%s: null, extended: %s", keys[i], p.err.msg);
    }
    struct parsed p = strict(WITH("\"n\":null,\"size\":null,\"quality\":null,\"stream\":null"));
    REQUIRE(p.request);
    CHECK_INT(p.request->n, 1);
    CHECK_INT(p.request->width, 1024);
    CHECK_INT(p.request->quality, CT_QUALITY_MEDIUM);
}

TEST(parse__auto_resolves)
{
    struct parsed p =
        strict(WITH("\"size\":\"auto\",\"quality\":\"auto\",\"background\":\"auto\""));
    REQUIRE(p.request);
    CHECK_INT(p.request->width, 1024);
    CHECK_INT(p.request->height, 1024);
    CHECK_INT(p.request->quality, CT_QUALITY_MEDIUM);
    CHECK_INT(p.request->background, CT_BACKGROUND_OPAQUE);
}

TEST(parse__qualities_and_formats)
{
    CHECK_INT(strict(WITH("\"quality\":\"low\"")).request->quality, CT_QUALITY_LOW);
    CHECK_INT(strict(WITH("\"quality\":\"high\"")).request->quality, CT_QUALITY_HIGH);
    CHECK_INT(
        strict(WITH_MODEL("gpt-image-2.5-sunburst", "\"quality\":\"xhigh\"")).request->quality,
        CT_QUALITY_XHIGH);
    CHECK_INT(strict(WITH("\"output_format\":\"jpeg\"")).request->format, CT_FORMAT_JPEG);
    CHECK_INT(strict(WITH("\"output_format\":\"png\"")).request->format, CT_FORMAT_PNG);
}

TEST(parse__png_takes_full_compression_only)
{
    CHECK(strict(WITH("\"output_compression\":100")).request != NULL);
    CHECK(strict(WITH("\"output_compression\":99")).request == NULL);
    CHECK(strict(WITH("\"output_compression\":99,\"output_format\":\"jpeg\"")).request != NULL);
}

TEST(parse__classic_models_take_three_sizes)
{
    static const char *const sizes[] = { "1024x1024", "1024x1536", "1536x1024", "auto" };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        char body[200];
        snprintf(body, sizeof(body),
                 "{\"model\":\"gpt-image-1.5\",\"prompt\":\"p\",\"size\":\"%s\"}", sizes[i]);
        CHECK(strict(body).request != NULL);
    }
    struct parsed p = strict(WITH_MODEL("gpt-image-1-mini", "\"size\":\"1024x1536\""));
    REQUIRE(p.request);
    CHECK_INT(p.request->width, 1024);
    CHECK_INT(p.request->height, 1536);
}

TEST(parse__transparent_where_the_model_can)
{
    CHECK_INT(
        strict(WITH_MODEL("gpt-image-1.5", "\"background\":\"transparent\"")).request->background,
        CT_BACKGROUND_TRANSPARENT);
    CHECK(strict(WITH("\"background\":\"opaque\"")).request != NULL);
    CHECK(strict(WITH("\"background\":\"transparent\"")).request == NULL);
}

TEST(parse__preview_of_transparent_is_a_setting)
{
    struct ct_contract contract = { .catalogue = builtin(),
                                    .compat = CT_COMPAT_STRICT,
                                    .allow_preview_transparent = true };
    struct parsed p = parse_with(&contract, CT_S(WITH("\"background\":\"transparent\"")));
    REQUIRE(p.request);
    CHECK_INT(p.request->background, CT_BACKGROUND_TRANSPARENT);
    p = parse_with(&contract,
                   CT_S(WITH("\"background\":\"transparent\",\"output_format\":\"jpeg\"")));
    CHECK_STR(p.err.msg, "Transparent background is not supported for JPEG output format");
}

TEST(parse__partial_images_need_a_stream)
{
    CHECK_INT(strict(WITH("\"partial_images\":3")).request->partial_images, 0);
    CHECK_INT(strict(WITH("\"partial_images\":3,\"stream\":false")).request->partial_images, 0);
    CHECK_INT(strict(WITH("\"partial_images\":3,\"stream\":true")).request->partial_images, 3);
    CHECK_INT(strict(WITH("\"partial_images\":4,\"stream\":false")).code, CT_E_INT_MAX);
}

TEST(parse__user_is_never_refused)
{
    static const char *const users[] = { "1", "1.5", "true", "null", "[]", "{\"a\":[1]}", "\"\"" };
    for (size_t i = 0; i < COUNT(users); i++) {
        char body[200];
        snprintf(body, sizeof(body), "{\"model\":\"gpt-image-2\",\"prompt\":\"p\",\"user\":%s}",
                 users[i]);
        struct parsed p = strict(body);
        REQUIRE(p.request);
        CHECK(p.request->safety_identifier.ptr == NULL);
    }
    CHECK_SLICE(strict(WITH("\"user\":\"u\"")).request->safety_identifier, "u");
}

TEST(parse__safety_identifier_wins_over_user_when_not_empty)
{
    CHECK_SLICE(
        strict(WITH("\"user\":\"u\",\"safety_identifier\":\"s\"")).request->safety_identifier, "s");
    CHECK_SLICE(
        strict(WITH("\"user\":\"u\",\"safety_identifier\":\"\"")).request->safety_identifier, "u");
    CHECK_SLICE(
        strict(WITH("\"user\":\"u\",\"safety_identifier\":null")).request->safety_identifier, "u");
    CHECK(strict(WITH("\"safety_identifier\":\"\"")).request->safety_identifier.ptr == NULL);
}

/* A body whose `key` is `times` repetitions of `unit`. */
static struct parsed repeat(const char *key, const char *unit, size_t times)
{
    struct ct_contract contract = { .catalogue = builtin(), .compat = CT_COMPAT_STRICT };
    struct ct_buf b;
    ct_buf_init(&b, 1 << 20);
    ct_buf_printf(&b, "{\"model\":\"gpt-image-2\",%s\"%s\":\"",
                  strcmp(key, "prompt") == 0 ? "" : "\"prompt\":\"p\",", key);
    for (size_t i = 0; i < times; i++)
        ct_buf_puts(&b, unit);
    ct_buf_puts(&b, "\"}");
    struct parsed p = parse_with(&contract, ct_buf_slice(&b));
    if (p.request) /* the text goes with the buffer */
        p.request = NULL;
    ct_buf_release(&b);
    return p;
}

TEST(parse__lengths_are_characters)
{
    CHECK_INT(repeat("prompt", "a", 32000).code, CT_OK);
    CHECK_INT(repeat("prompt", "a", 32001).code, CT_E_STRING_MAX);
    CHECK_INT(repeat("prompt", "\xc3\xa9", 32000).code, CT_OK);
    CHECK_INT(repeat("prompt", "\xf0\x9f\x98\x80", 32000).code, CT_OK);
    CHECK_INT(repeat("prompt", "\\ud83d\\ude00", 32000).code, CT_OK); /* one character, escaped */
    struct parsed p = repeat("prompt", "\xf0\x9f\x98\x80", 32001);
    CHECK_INT(p.code, CT_E_STRING_MAX);
    CHECK_STR(p.err.param, "prompt");
    CHECK_STR(p.err.msg, "Invalid 'prompt': string too long. Expected a string with maximum length "
                         "32000, but got a string with length 32001 instead.");
    CHECK_INT(repeat("safety_identifier", "\xc3\xa9", 128).code, CT_OK);
    CHECK_INT(repeat("safety_identifier", "\xc3\xa9", 129).code, CT_E_STRING_MAX);
}

TEST(parse__a_blank_prompt_is_a_prompt)
{
    CHECK(strict("{\"model\":\"gpt-image-2\",\"prompt\":\" \"}").request != NULL);
    CHECK(strict("{\"model\":\"gpt-image-2\",\"prompt\":\"\\n\\t\"}").request != NULL);
}

TEST(parse__long_values_are_cut_before_what_would_be_right)
{
    struct parsed p = repeat("quality", "\xc3\xa9", 5000);
    CHECK_INT(p.code, CT_E_VALUE);
    CHECK(strstr(p.err.msg, "Supported values are: 'low'") != NULL);
    p = repeat("size", "9", 5000);
    CHECK_INT(p.code, CT_E_IMAGE_VALUE);
    CHECK(strstr(p.err.msg, "Expected WIDTHxHEIGHT") != NULL);
}

TEST(parse__a_long_unknown_key_is_cut)
{
    struct ct_contract contract = { .catalogue = builtin() };
    struct ct_buf b;
    ct_buf_init(&b, 1 << 20);
    ct_buf_puts(&b, "{\"model\":\"gpt-image-2\",\"");
    for (int i = 0; i < 5000; i++)
        ct_buf_puts(&b, "\xc3\xa9");
    ct_buf_puts(&b, "\":1}");
    struct parsed p = parse_with(&contract, ct_buf_slice(&b));
    CHECK_INT(p.code, CT_E_UNKNOWN);
    CHECK(strlen(p.err.param) == 62); /* whole characters */
    ct_buf_release(&b);
}

TEST(parse__bodies_that_are_no_object)
{
    static const char *const bodies[] = {
        "",
        "   ",
        "null",
        "1",
        "\"text\"",
        "[]",
        "[{\"model\":\"gpt-image-2\"}]",
        "true",
        "{",
        "{}}",
        "{'a':1}",
        "{\"a\":}",
        "{\"model\":\"gpt-image-2\",}",
        "model=gpt-image-2",
        "{\"n\":1,\"n\":2}",
        "{\"prompt\":\"\\u0000\"}",
        "{\"prompt\":\"\\ud800\"}",
        "{\"prompt\":\"\xff\"}",
        "{\"n\":NaN}",
        "{\"n\":01}",
    };
    static const char official[] = "We could not parse the JSON body of your request. (HINT: ";
    for (size_t i = 0; i < COUNT(bodies); i++) {
        struct parsed p = strict(bodies[i]);
        if (p.code != CT_E_JSON || p.err.param[0] != '\0' ||
            strncmp(p.err.msg, official, sizeof(official) - 1) != 0)
            t_fail(__FILE__, __LINE__, "'%s': code %d, \"%s\"", bodies[i], (int)p.code, p.err.msg);
    }
    CHECK(strstr(strict("{\"a\":}").err.msg, ") At line 1, column 6: expected a value") != NULL);
    CHECK(strstr(strict("[]").err.msg, "The body must be an object, but was an array.") != NULL);
}

TEST(parse__order_of_keys_does_not_matter)
{
    struct parsed p = strict("{\"size\":\"1536x1024\",\"n\":2,\"prompt\":\"p\","
                             "\"quality\":\"high\",\"model\":\"gpt-image-2\"}");
    REQUIRE(p.request);
    CHECK_INT(p.request->n, 2);
    CHECK_INT(p.request->width, 1536);
}

TEST(parse__error_may_be_null)
{
    struct ct_contract contract = { .catalogue = builtin(), .compat = CT_COMPAT_STRICT };
    const struct ct_image_request *request = NULL;
    struct ct_arena *arena = ct_arena_new(1 << 20);
    CHECK_INT(ct_parse_generation(&request, arena, CT_S("{}"), &contract, NULL), CT_E_MISSING);
    CHECK_INT(ct_parse_generation(&request, arena, CT_S("["), &contract, NULL), CT_E_JSON);
    CHECK(request == NULL);
    ct_arena_free(&arena);
}

TEST(parse__an_arena_that_is_full_is_no_json_error)
{
    struct ct_contract contract = { .catalogue = builtin() };
    const struct ct_image_request *request = NULL;
    struct ct_arena *arena = ct_arena_new(64);
    struct ct_err err = { 0 };
    REQUIRE(arena);
    CHECK_INT(ct_parse_generation(&request, arena, CT_S(WITH("\"n\":1")), &contract, &err),
              CT_E_MEMORY);
    ct_arena_free(&arena);
}

TEST(parse__survives_each_failing_allocation)
{
    static const char *const bodies[] = {
        WITH("\"quality\":\"ultra\""),
        WITH("\"size\":\"7:3\""),
        WITH("\"prompt2\":\"\\u00e9\\u00e9\",\"size\":\"16:9\""),
        WITH("\"style\":\"vivid\""),
    };
    struct ct_contract contract = { .catalogue = builtin() };
    for (size_t i = 0; i < COUNT(bodies); i++) {
        ct_code want = parse_with(&contract, ct_slice(bodies[i])).code;
        bool reached = false;
        for (long nth = 1; nth < 100 && !reached; nth++) {
            struct ct_arena *arena;
            const struct ct_image_request *request = NULL;
            struct ct_err err = { 0 };
            ct_mem_fail_nth(0);
            ct_mem_fail_nth(nth);
            arena = ct_arena_new(1 << 20);
            ct_code code = CT_E_MEMORY;
            if (arena)
                code = ct_parse_generation(&request, arena, ct_slice(bodies[i]), &contract, &err);
            reached = ct_mem_fail_nth(0) < nth;
            if (code != want && code != CT_E_MEMORY)
                t_fail(__FILE__, __LINE__, "%s, allocation %ld: code %d", bodies[i], nth,
                       (int)code);
            if (reached)
                CHECK_INT(code, want);
            ct_arena_free(&arena);
        }
        CHECK(reached);
    }
}
