/* An operator's models: added, replaced, aliased; and every way such a file can be wrong. */
#include "support.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "contract/usage.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A folder of its own for each use, removed with its files. */
struct folder {
    char path[64];
};

static struct folder folder_make(void)
{
    struct folder f = { "/tmp/ct_models_XXXXXX" };
    if (!mkdtemp(f.path)) {
        perror(f.path);
        exit(1);
    }
    return f;
}

static void folder_put(const struct folder *f, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", f->path, name);
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static void folder_remove(const struct folder *f)
{
    DIR *dir = opendir(f->path);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char path[512];
        snprintf(path, sizeof(path), "%s/%s", f->path, e->d_name);
        unlink(path);
    }
    if (dir)
        closedir(dir);
    rmdir(f->path);
}

/* The catalogue with one operator file on top; NULL and *err when it cannot be used. */
static struct ct_catalogue *load_one(const char *name, const char *text, struct ct_err *err)
{
    struct ct_catalogue *catalogue = NULL;
    struct folder f = folder_make();
    folder_put(&f, name, text);
    if (ct_catalogue_load(&catalogue, f.path, err) != CT_OK)
        catalogue = NULL;
    folder_remove(&f);
    return catalogue;
}

/* A whole model; `extra` is one more line, `price` the image_out price. */
#define MODEL_WITH(id, extra, price)                                                               \
    "models:\n"                                                                                    \
    "  - id: " id "\n"                                                                             \
    "    sizes: free\n"                                                                            \
    "    qualities: [low, high]\n"                                                                 \
    "    quality_auto: high\n"                                                                     \
    "    formats: [png, webp]\n"                                                                   \
    "    output_tokens: { patches: { low: 10, high: 20 } }\n" extra "    price:\n"                 \
    "      text_in: 1\n"                                                                           \
    "      text_in_cached: 0.5\n"                                                                  \
    "      image_in: 2.25\n"                                                                       \
    "      image_in_cached: \"0.125\"\n"                                                           \
    "      image_out: " price "\n"

TEST(model_files__add_a_model)
{
    struct ct_err err = { 0 };
    struct ct_catalogue *c = load_one("my.yaml", MODEL_WITH("my-model", "", "3.000"), &err);
    if (!c)
        t_fail(__FILE__, __LINE__, "%s", err.msg);
    REQUIRE(c);
    CHECK_INT(ct_catalogue_count(c), ct_catalogue_count(builtin()) + 1);
    const struct ct_model *m = ct_catalogue_find(c, CT_S("my-model"));
    REQUIRE(m);
    CHECK_STR(m->snapshot, "my-model");
    CHECK_INT(m->quality_auto, CT_QUALITY_HIGH);
    CHECK(!m->qualities[CT_QUALITY_MEDIUM]);
    CHECK(!m->formats[CT_FORMAT_JPEG]);
    CHECK(!m->transparent && !m->transparent_preview);
    CHECK_INT(m->price.text_in, 1000);
    CHECK_INT(m->price.text_in_cached, 500);
    CHECK_INT(m->price.image_in, 2250);
    CHECK_INT(m->price.image_in_cached, 125);
    CHECK_INT(m->price.image_out, 3000);

    /* The messages of its parameters follow from the data. */
    struct ct_contract contract = { .catalogue = c };
    struct parsed p = parse_with(
        &contract, CT_S("{\"model\":\"my-model\",\"prompt\":\"p\",\"quality\":\"medium\"}"));
    CHECK_STR(p.err.msg,
              "Invalid value: 'medium'. Supported values are: 'low', 'high', and 'auto'.");
    p = parse_with(&contract,
                   CT_S("{\"model\":\"my-model\",\"prompt\":\"p\",\"output_format\":\"jpeg\"}"));
    CHECK_STR(p.err.msg, "Invalid value: 'jpeg'. Supported values are: 'png' and 'webp'.");
    p = parse_with(&contract,
                   CT_S("{\"model\":\"my-model\",\"prompt\":\"p\",\"quality\":\"standard\"}"));
    CHECK_INT(p.code, CT_E_VALUE);
    ct_catalogue_free(&c);
}

TEST(model_files__replace_a_built_in_model_and_its_aliases)
{
    struct ct_err err = { 0 };
    struct ct_catalogue *c = load_one("my.yml", MODEL_WITH("gpt-image-2", "", "1"), &err);
    REQUIRE(c);
    CHECK_INT(ct_catalogue_count(c), ct_catalogue_count(builtin()));
    CHECK_INT(ct_catalogue_find(c, CT_S("gpt-image-2"))->price.image_out, 1000);
    CHECK_INT(ct_catalogue_find(c, CT_S("gpt-image-2-2026-04-21"))->price.image_out, 1000);
    CHECK_INT(ct_catalogue_find(c, CT_S("gpt-image-1.5"))->price.image_out, 32000);
    ct_catalogue_free(&c);
}

TEST(model_files__alias_with_another_price)
{
    struct ct_err err = { 0 };
    struct ct_catalogue *c = load_one(
        "a.yaml",
        "models:\n"
        "  - id: internal\n"
        "    alias_of: gpt-image-2\n"
        "    price: { text_in: 0, text_in_cached: 0, image_in: 0, image_in_cached: 0, image_out: 0 "
        "}\n"
        "  - { id: second, alias_of: third }\n"
        "  - { id: third, alias_of: gpt-image-1.5 }\n",
        &err);
    if (!c)
        t_fail(__FILE__, __LINE__, "%s", err.msg);
    REQUIRE(c);
    const struct ct_model *m = ct_catalogue_find(c, CT_S("internal"));
    REQUIRE(m);
    CHECK_STR(m->id, "internal");
    CHECK_STR(m->snapshot, "gpt-image-2-2026-04-21");
    CHECK(m->price.known);
    CHECK_INT(m->price.image_out, 0);
    CHECK_INT(ct_output_tokens(m, CT_QUALITY_HIGH, 1024, 1024), 7024);
    CHECK_STR(ct_catalogue_find(c, CT_S("second"))->snapshot, "gpt-image-1.5");
    ct_catalogue_free(&c);
}

TEST(model_files__a_model_without_a_price_is_known_to_have_none)
{
    struct ct_err err = { 0 };
    struct ct_catalogue *c = load_one("a.yaml",
                                      "models:\n"
                                      "  - id: free\n"
                                      "    sizes: classic\n"
                                      "    qualities: [low]\n"
                                      "    quality_auto: low\n"
                                      "    formats: [png]\n"
                                      "    output_tokens: { table: { low: [1, 2, 3] } }\n",
                                      &err);
    REQUIRE(c);
    CHECK(!ct_catalogue_find(c, CT_S("free"))->price.known);
    ct_catalogue_free(&c);
}

TEST(model_files__json_and_empty_files)
{
    struct ct_err err = { 0 };
    struct ct_catalogue *c =
        load_one("a.json", "{\"models\": [{\"id\": \"j\", \"alias_of\": \"gpt-image-2\"}]}", &err);
    REQUIRE(c);
    CHECK(ct_catalogue_find(c, CT_S("j")) != NULL);
    ct_catalogue_free(&c);
    c = load_one("a.yaml", "# nothing yet\n", &err);
    REQUIRE(c);
    CHECK_INT(ct_catalogue_count(c), ct_catalogue_count(builtin()));
    ct_catalogue_free(&c);
    c = load_one("README.md", "not: [a models file\n", &err);
    REQUIRE(c);
    ct_catalogue_free(&c);
}

static const struct {
    const char *name;
    const char *text;
    const char *message; /* a part of it */
} wrong[] = {
    { "unknown key", MODEL_WITH("m", "    qualites: [low]\n", "1"),
      "unknown key 'qualites'; known keys are id, alias_of, snapshot, owned_by, created, "
      "shutdown_date, sizes, qualities, quality_auto, transparent, formats, input_fidelity, "
      "markup, output_tokens, price" },
    { "no mapping", "- a\n", "a models file is one mapping with one key, 'models'" },
    { "another top key", "models: []\nmodel: 1\n", "one mapping with one key, 'models'" },
    { "models no list", "models: 3\n", "one mapping with one key, 'models'" },
    { "entry no mapping", "models: [a]\n", "a model must be a mapping, not a string" },
    { "no id", "models:\n  - sizes: free\n", "a model lacks its 'id'" },
    { "id no text", "models:\n  - id: 3\n",
      "'id' must be a text of 1 to 128 bytes, not an integer" },
    { "id empty", "models:\n  - id: \"\"\n", "'id' must be a text of 1 to 128 bytes" },
    { "no sizes", "models:\n  - id: m\n", "'m' lacks 'sizes'" },
    { "bad sizes", "models:\n  - { id: m, sizes: any }\n",
      "'sizes' must be free or classic, not 'any'" },
    { "bad quality", "models:\n  - { id: m, sizes: free, qualities: [low, ultra] }\n",
      "'qualities' must be a list of low, medium, high, xhigh, max" },
    { "auto is no quality", "models:\n  - { id: m, sizes: free, qualities: [auto] }\n",
      "'qualities' must be a list of low, medium, high, xhigh, max" },
    { "no qualities", "models:\n  - { id: m, sizes: free, qualities: [] }\n",
      "'qualities' must be a list" },
    { "auto outside", "models:\n  - { id: m, alias_of: gpt-image-2, quality_auto: max }\n",
      "'quality_auto' of 'm' is max, which is not among its qualities" },
    { "bad auto", "models:\n  - { id: m, alias_of: gpt-image-2, quality_auto: auto }\n",
      "'quality_auto' must be one of low, medium, high, xhigh, max, not 'auto'" },
    { "bad transparent", "models:\n  - { id: m, alias_of: gpt-image-2, transparent: often }\n",
      "'transparent' must be true, false or preview, not 'often'" },
    { "bad format", "models:\n  - { id: m, alias_of: gpt-image-2, formats: [png, gif] }\n",
      "'formats' must be a list of png, jpeg, webp" },
    { "no png", "models:\n  - { id: m, alias_of: gpt-image-2, formats: [webp] }\n",
      "'formats' of 'm' lacks png" },
    { "bad created", "models:\n  - { id: m, alias_of: gpt-image-2, created: soon }\n",
      "'created' must be an integer from 0" },
    { "bad date", "models:\n  - { id: m, alias_of: gpt-image-2, shutdown_date: 2026-1-1 }\n",
      "'shutdown_date' must be a date such as 2026-10-23, not '2026-1-1'" },
    { "bad rule", "models:\n  - { id: m, alias_of: gpt-image-2, output_tokens: 3 }\n",
      "'output_tokens' must be one mapping, 'patches' or 'table', not an integer" },
    { "two rules",
      "models:\n  - { id: m, alias_of: gpt-image-2, output_tokens: { patches: {}, table: {} } }\n",
      "'output_tokens' must be one mapping" },
    { "rule without the quality",
      "models:\n  - { id: m, alias_of: gpt-image-2, output_tokens: { patches: { low: 1 } } }\n",
      "'output_tokens' of 'm' has none for quality medium" },
    { "bad tier",
      "models:\n  - { id: m, alias_of: gpt-image-2, output_tokens: { patches: { ultra: 1 } } }\n",
      "unknown quality 'ultra'; known qualities are low, medium, high, xhigh, max" },
    { "bad patch",
      "models:\n  - { id: m, alias_of: gpt-image-2, output_tokens: { patches: { low: 0 } } }\n",
      "'low' must be an integer from 1 to 1024, not an integer" },
    { "bad row",
      "models:\n  - { id: m, alias_of: gpt-image-2, output_tokens: { table: { low: [1, 2] } } }\n",
      "'low' must be three counts: [square, portrait, landscape]" },
    { "bad cell",
      "models:\n  - { id: m, alias_of: gpt-image-2, output_tokens: { table: { low: [1, 2, x] } } "
      "}\n",
      "a token count must be an integer from 1 to 10000000" },
    { "price no mapping", "models:\n  - { id: m, alias_of: gpt-image-2, price: 3 }\n",
      "'price' must be a mapping of prices in USD per million tokens, not an integer" },
    { "price incomplete", "models:\n  - { id: m, alias_of: gpt-image-2, price: { text_in: 3 } }\n",
      "'price' lacks 'text_in_cached'" },
    { "price unknown key", MODEL_WITH("m", "", "1\n      image_ou: 3"),
      "'price' has an unknown key; known keys are text_in," },
    { "alias of nothing", "models:\n  - { id: m, alias_of: nowhere }\n",
      "'m' is an alias of 'nowhere', which no file defines" },
    { "alias of itself", "models:\n  - { id: m, alias_of: m }\n", "or of itself" },
    { "aliases in a ring", "models:\n  - { id: a, alias_of: b }\n  - { id: b, alias_of: a }\n",
      "or of itself" },
    { "alias no text", "models:\n  - { id: m, alias_of: 3 }\n",
      "'alias_of' must be the id of a model, not an integer" },
    { "the same id twice",
      "models:\n  - { id: m, alias_of: gpt-image-2 }\n  - { id: m, alias_of: gpt-image-2 }\n",
      "'m' is also defined by " },
    { "bad YAML", "models: [\n", "my.yaml:" },
};

TEST(model_files__what_is_wrong_is_told_with_its_place)
{
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct ct_err err = { 0 };
        struct ct_catalogue *c = load_one("my.yaml", wrong[i].text, &err);
        if (c || err.code != CT_E_CONFIG || !strstr(err.msg, "/my.yaml:") ||
            !strstr(err.msg, wrong[i].message))
            t_fail(__FILE__, __LINE__, "%s: \"%s\", expected \"%s\"", wrong[i].name, err.msg,
                   wrong[i].message);
        ct_catalogue_free(&c);
    }
}

TEST(model_files__prices_that_are_not_exact_are_refused)
{
    static const char *const bad[] = { "0.0001", "1.2345", "-1",  "1e3",     "free", "1,5", ".5",
                                       "5.",     "\"\"",   "0x5", "1000001", "+5",   ".inf" };
    static const char *const good[] = { "0", "0.001", "1.2340", "1000000", "\"7.5\"", "5.00000" };
    char text[1000];
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ct_err err = { 0 };
        snprintf(text, sizeof(text), MODEL_WITH("m", "", "%s"), bad[i]);
        struct ct_catalogue *c = load_one("my.yaml", text, &err);
        if (c || !strstr(err.msg, "'image_out' must be USD per million tokens"))
            t_fail(__FILE__, __LINE__, "%s: \"%s\"", bad[i], err.msg);
        ct_catalogue_free(&c);
    }
    for (size_t i = 0; i < COUNT(good); i++) {
        struct ct_err err = { 0 };
        snprintf(text, sizeof(text), MODEL_WITH("m", "", "%s"), good[i]);
        struct ct_catalogue *c = load_one("my.yaml", text, &err);
        if (!c)
            t_fail(__FILE__, __LINE__, "%s: \"%s\"", good[i], err.msg);
        ct_catalogue_free(&c);
    }
}

TEST(model_files__a_shutdown_date_is_shown)
{
    struct ct_err err = { 0 };
    struct ct_catalogue *c = load_one(
        "a.yaml", "models: [{ id: m, alias_of: gpt-image-2, shutdown_date: 2027-01-31 }]\n", &err);
    REQUIRE(c);
    CHECK_STR(ct_catalogue_find(c, CT_S("m"))->shutdown_date, "2027-01-31");
    ct_catalogue_free(&c);
    c = load_one("a.yaml",
                 "models: [{ id: m, alias_of: gpt-image-2, shutdown_date: 2027-01-3x }]\n", &err);
    CHECK(c == NULL);
    CHECK(strstr(err.msg, "'shutdown_date' must be a date such as 2026-10-23") != NULL);
}

TEST(model_files__json_that_is_none)
{
    struct ct_err err = { 0 };
    CHECK(load_one("a.json", "{\"models\": [}", &err) == NULL);
    CHECK_INT(err.code, CT_E_CONFIG);
    CHECK(strstr(err.msg, "/a.json: ") != NULL);
}

TEST(model_files__a_file_beyond_the_limit)
{
    struct ct_err err = { 0 };
    size_t len = 2 << 20;
    char *text = malloc(len + 1);
    REQUIRE(text);
    memset(text, '#', len);
    text[len] = '\0';
    CHECK(load_one("a.yaml", text, &err) == NULL);
    CHECK_INT(err.code, CT_E_CONFIG);
    CHECK(strstr(err.msg, "/a.yaml") != NULL);
    free(text);
}

TEST(model_files__load_survives_each_failing_allocation)
{
    struct folder f = folder_make();
    folder_put(&f, "a.yaml", MODEL_WITH("m", "", "1"));
    folder_put(&f, "b.json", "{\"models\": [{\"id\": \"j\", \"alias_of\": \"m\"}]}");
    bool reached = false;
    for (long nth = 1; nth < 20000 && !reached; nth++) {
        struct ct_catalogue *c = NULL;
        struct ct_err err = { 0 };
        ct_mem_fail_nth(0);
        ct_mem_fail_nth(nth);
        ct_code code = ct_catalogue_load(&c, f.path, &err);
        reached = ct_mem_fail_nth(0) < nth;
        CHECK(code == CT_OK ? c != NULL : c == NULL);
        CHECK(code == CT_OK || code == CT_E_MEMORY || code == CT_E_CONFIG);
        CHECK(!reached || code == CT_OK);
        ct_catalogue_free(&c);
    }
    CHECK(reached);
    folder_remove(&f);
}

TEST(model_files__two_files_may_not_define_one_id)
{
    struct ct_catalogue *c = NULL;
    struct ct_err err = { 0 };
    struct folder f = folder_make();
    folder_put(&f, "a.yaml", "models: [{ id: m, alias_of: gpt-image-2 }]\n");
    folder_put(&f, "b.yaml", "models: [{ id: m, alias_of: gpt-image-1.5 }]\n");
    CHECK_INT(ct_catalogue_load(&c, f.path, &err), CT_E_CONFIG);
    CHECK(strstr(err.msg, "b.yaml:1:") != NULL);
    CHECK(strstr(err.msg, "a.yaml:1") != NULL);
    folder_remove(&f);
}

TEST(model_files__a_folder_that_is_not_there)
{
    struct ct_catalogue *c = NULL;
    struct ct_err err = { 0 };
    CHECK_INT(ct_catalogue_load(&c, "/nonexistent/models", &err), CT_E_CONFIG);
    CHECK(c == NULL);
    CHECK(strstr(err.msg, "/nonexistent/models") != NULL);
}

TEST(model_files__the_worst_price_of_the_worst_model_does_not_wrap)
{
    struct ct_err err = { 0 };
    struct ct_catalogue *c =
        load_one("my.yaml",
                 "models:\n  - id: m\n    alias_of: gpt-image-2\n"
                 "    output_tokens: { patches: { low: 1024, medium: 1024, high: 1024 } }\n"
                 "    price: { text_in: 1000000, text_in_cached: 0, image_in: 0, "
                 "image_in_cached: 0, image_out: 1000000 }\n",
                 &err);
    REQUIRE(c);
    struct ct_image_request r = {
        .model = ct_catalogue_find(c, CT_S("m")), .n = 10, .width = 2880, .height = 2880
    };
    struct ct_usage u = ct_usage_of(&r, 30);
    int64_t cost = ct_usage_cost(r.model, &u);
    CHECK(cost > 0 && cost < INT64_MAX);
    CHECK_INT(cost, u.image_tokens_out * INT64_C(1000000000) + 6 * INT64_C(1000000000));
    ct_catalogue_free(&c);
}

/* The first ```yaml block of docs/models.md. */
static bool doc_example(struct ct_buf *out)
{
    struct ct_buf doc;
    ct_buf_init(&doc, 1 << 20);
    bool found = false;
    if (ct_file_read(&doc, CT_TEST_DOCS "/models.md", NULL) == CT_OK) {
        const char *start = strstr(ct_buf_text(&doc), "```yaml\n");
        const char *end = start ? strstr(start + 8, "```") : NULL;
        if (end)
            ct_buf_append(out, start + 8, (size_t)(end - start - 8));
        found = end != NULL;
    }
    ct_buf_release(&doc);
    return found;
}

TEST(model_files__the_example_of_the_manual_works)
{
    struct ct_err err = { 0 };
    struct ct_buf example;
    ct_buf_init(&example, 1 << 20);
    CHECK(doc_example(&example));
    struct ct_catalogue *c = load_one("example.yaml", ct_buf_text(&example), &err);
    if (!c)
        t_fail(__FILE__, __LINE__, "%s", err.msg);
    else
        CHECK(ct_catalogue_find(c, CT_S("house-model")) != NULL &&
              ct_catalogue_find(c, CT_S("pictures")) != NULL &&
              ct_catalogue_find(c, CT_S("gpt-image-2-internal")) != NULL);
    ct_catalogue_free(&c);
    ct_buf_release(&example);
}
