/* compat: extended: what it takes beyond the official contract, and what it still refuses. */
#include "support.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

TEST(extended__every_extension_key)
{
    struct parsed p = extended(WITH("\"response_format\":\"url\",\"style\":\"natural\","
                                    "\"seed\":-5,\"thinking\":\"high\",\"size\":\"16:9\","
                                    "\"resolution\":\"4K\",\"quality\":\"hd\""));
    REQUIRE(p.request);
    CHECK(p.request->extended);
    CHECK_INT(p.request->reply_as, CT_REPLY_URL);
    CHECK_INT(p.request->style, CT_STYLE_NATURAL);
    CHECK_INT(p.request->seed, -5);
    CHECK(p.request->seed_given);
    CHECK_INT(p.request->thinking, CT_THINKING_HIGH);
    CHECK_INT(p.request->width, 3840);
    CHECK_INT(p.request->height, 2160);
    CHECK_INT(p.request->quality, CT_QUALITY_HIGH);
}

TEST(extended__null_is_not_given)
{
    struct parsed p = extended(WITH("\"response_format\":null,\"style\":null,\"seed\":null,"
                                    "\"thinking\":null,\"resolution\":null"));
    REQUIRE(p.request);
    CHECK_INT(p.request->reply_as, CT_REPLY_B64_JSON);
    CHECK_INT(p.request->style, CT_STYLE_UNSET);
    CHECK(!p.request->seed_given);
    CHECK_INT(p.request->thinking, CT_THINKING_OFF);
}

TEST(extended__a_model_is_not_needed)
{
    struct parsed p = extended("{\"prompt\":\"p\"}");
    REQUIRE(p.request);
    CHECK_STR(p.request->model->id, "gpt-image-2");

    struct ct_contract contract = { .catalogue = builtin(), .default_model = "gpt-image-1-mini" };
    p = parse_with(&contract, CT_S("{\"prompt\":\"p\"}"));
    REQUIRE(p.request);
    CHECK_STR(p.request->model->id, "gpt-image-1-mini");

    contract.default_model = "gone";
    CHECK_STR(parse_with(&contract, CT_S("{\"prompt\":\"p\"}")).err.msg,
              "The model 'gone' does not exist.");
    CHECK_INT(strict("{\"prompt\":\"p\"}").code, CT_E_MISSING);
}

TEST(extended__quality_synonyms)
{
    CHECK_INT(extended(WITH("\"quality\":\"standard\"")).request->quality, CT_QUALITY_MEDIUM);
    CHECK_INT(extended(WITH("\"quality\":\"hd\"")).request->quality, CT_QUALITY_HIGH);
    CHECK_INT(extended(WITH_MODEL("gpt-image-1.5", "\"quality\":\"hd\"")).request->quality,
              CT_QUALITY_HIGH);
    CHECK_INT(extended(WITH("\"quality\":\"HD\"")).code, CT_E_VALUE);
}

TEST(extended__svg_from_any_model)
{
    CHECK_INT(extended(WITH("\"output_format\":\"svg\",\"n\":3")).request->format, CT_FORMAT_SVG);
    CHECK_INT(extended(WITH_MODEL("gpt-image-1-mini", "\"output_format\":\"svg\"")).request->format,
              CT_FORMAT_SVG);
    CHECK(extended(WITH("\"output_format\":\"svg\",\"stream\":true")).request != NULL);
    CHECK_INT(extended(WITH("\"output_format\":\"SVG\"")).code, CT_E_VALUE);
}

TEST(extended__seed_range_is_int32)
{
    CHECK_INT(extended(WITH("\"seed\":2147483647")).request->seed, INT32_MAX);
    CHECK_INT(extended(WITH("\"seed\":-2147483648")).request->seed, INT32_MIN);
    struct parsed p = extended(WITH("\"seed\":0"));
    CHECK_INT(p.request->seed, 0);
    CHECK(p.request->seed_given);
}

static void check_size(const char *members, int width, int height)
{
    char body[200];
    snprintf(body, sizeof(body), "{\"prompt\":\"p\",%s}", members);
    struct parsed p = extended(body);
    if (!p.request || p.request->width != width || p.request->height != height)
        t_fail(__FILE__, __LINE__, "%s: %s %dx%d, expected %dx%d", members, p.err.msg,
               p.request ? p.request->width : 0, p.request ? p.request->height : 0, width, height);
}

TEST(extended__size_and_resolution)
{
    check_size("\"size\":\"1:1\"", 1024, 1024);
    check_size("\"size\":\"2:3\"", 1024, 1536);
    check_size("\"size\":\"9:16\",\"resolution\":\"2K\"", 1440, 2560);
    check_size("\"size\":\"21:9\",\"resolution\":\"2k\"", 3024, 1296);
    check_size("\"size\":\"1:3\",\"resolution\":\"4K\"", 1280, 3840);
    check_size("\"size\":\"auto\",\"resolution\":\"2K\"", 2048, 2048);
    check_size("\"resolution\":\"4k\"", 2880, 2880);
    check_size("\"size\":\"1536x1024\",\"resolution\":\"4K\"", 1536, 1024);
}

TEST(extended__a_resolution_is_checked_even_where_it_is_ignored)
{
    CHECK_STR(extended(WITH("\"size\":\"1536x1024\",\"resolution\":\"9K\"")).err.param,
              "resolution");
}

TEST(extended__classic_models_take_the_ratios_they_can_draw)
{
    CHECK_INT(extended(WITH_MODEL("gpt-image-1.5", "\"size\":\"3:2\"")).request->width, 1536);
    CHECK_INT(extended(WITH_MODEL("gpt-image-1.5", "\"size\":\"2:3\"")).request->height, 1536);
    CHECK_INT(extended(WITH_MODEL("gpt-image-1.5", "\"size\":\"1:1\"")).request->height, 1024);
    CHECK_INT(extended(WITH_MODEL("gpt-image-1.5", "\"size\":\"1536x1024\",\"resolution\":\"4K\""))
                  .request->width,
              1536);
}
