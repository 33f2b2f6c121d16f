/* Of two mistakes in one body the earlier check is told: model, unknown keys, prompt, n, quality,
 * output_compression, size, then the rest. */
#include "support.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* One mistake each, in the order of the checks. */
static const struct {
    const char *param;
    const char *text; /* the member, "" for an absent one */
    const char *fine; /* the member without the mistake */
} mistakes[] = {
    { "model", "\"model\":\"nope\"", "\"model\":\"gpt-image-2\"" },
    { "oops", "\"oops\":1", "" },
    { "prompt", "\"prompt\":\"\"", "\"prompt\":\"p\"" },
    { "n", "\"n\":0", "" },
    { "quality", "\"quality\":\"ultra\"", "" },
    { "output_compression", "\"output_compression\":101", "" },
    { "size", "\"size\":\"bogus\"", "" },
    { "output_format", "\"output_format\":\"gif\"", "" },
    { "background", "\"background\":\"white\"", "" },
    { "moderation", "\"moderation\":\"high\"", "" },
    { "stream", "\"stream\":1", "" },
    { "partial_images", "\"partial_images\":4", "" },
    { "safety_identifier", "\"safety_identifier\":1", "" },
    { "response_format", "\"response_format\":\"png\"", "" },
    { "style", "\"style\":\"wild\"", "" },
    { "seed", "\"seed\":\"x\"", "" },
    { "thinking", "\"thinking\":\"deep\"", "" },
};

/* A body with the mistakes a and b, the later one first. */
static void body_with(char *body, size_t size, size_t a, size_t b)
{
    size_t len = (size_t)snprintf(body, size, "{%s,%s", mistakes[b].text, mistakes[a].text);
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        if (i != a && i != b && mistakes[i].fine[0])
            len += (size_t)snprintf(body + len, size - len, ",%s", mistakes[i].fine);
    }
    snprintf(body + len, size - len, "}");
}

TEST(check_order__the_earlier_of_two_mistakes_is_told)
{
    for (size_t a = 0; a < COUNT(mistakes); a++) {
        for (size_t b = a + 1; b < COUNT(mistakes); b++) {
            char body[400];
            body_with(body, sizeof(body), a, b);
            struct parsed p = extended(body);
            if (p.code == CT_OK || strcmp(p.err.param, mistakes[a].param) != 0)
                t_fail(__FILE__, __LINE__, "%s: told of '%s', expected '%s'", body, p.err.param,
                       mistakes[a].param);
        }
    }
}

TEST(check_order__json_comes_before_everything)
{
    CHECK_INT(strict("{\"model\":\"nope\",\"k\":1,}").code, CT_E_JSON);
    CHECK_INT(strict("{\"model\":\"nope\",\"model\":\"gpt-image-2\"}").code, CT_E_JSON);
}

TEST(check_order__missing_model_before_unknown_key)
{
    CHECK_STR(strict("{\"k\":null}").err.param, "model");
    CHECK_STR(extended("{\"k\":null}").err.param, "k");
}

TEST(check_order__sizes_syntax_16_edge_ratio_fewest_most)
{
    static const struct {
        const char *size, *message;
    } rows[] = {
        { "3857x1", "Width and height must both be divisible by 16." },
        { "3856x16", "The longest edge must be less than or equal to 3840." },
        { "3840x16", "The aspect ratio must be between 1:3 and 3:1." },
        { "640x640", "Requested resolution is below the current minimum pixel budget." },
        { "3840x3840", "Requested resolution exceeds the current pixel budget." },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char body[200];
        snprintf(body, sizeof(body), "{\"model\":\"gpt-image-2\",\"prompt\":\"p\",\"size\":\"%s\"}",
                 rows[i].size);
        struct parsed p = strict(body);
        CHECK(strstr(p.err.msg, rows[i].message) != NULL);
    }
}

TEST(check_order__type_and_range_of_compression_before_its_format)
{
    CHECK_INT(strict(WITH("\"output_compression\":101,\"output_format\":\"png\"")).code,
              CT_E_INT_MAX);
    CHECK_STR(strict(WITH("\"output_compression\":1,\"size\":\"bogus\"")).err.param, "size");
    CHECK_STR(strict(WITH("\"output_compression\":1,\"background\":\"white\"")).err.param,
              "output_compression");
}
