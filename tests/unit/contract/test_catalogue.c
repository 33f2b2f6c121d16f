/* The models that are built in: which they are, what each takes and costs. */
#include "support.h"

#include "base/mem.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

TEST(catalogue__offers_these_models_in_this_order)
{
    static const char *const ids[] = {
        "gpt-image-2",
        "gpt-image-2-2026-04-21",
        "gpt-image-2.5-sunburst",
        "gpt-image-2.5-sunburst-2026-09-08",
        "gpt-image-2.5-flare",
        "gpt-image-2.5-flare-2026-09-08",
        "gpt-image-1.5",
        "chatgpt-image-latest",
        "gpt-image-1-mini",
    };
    REQUIRE(ct_catalogue_count(builtin()) == COUNT(ids));
    for (size_t i = 0; i < COUNT(ids); i++)
        CHECK_STR(ct_catalogue_at(builtin(), i)->id, ids[i]);
    CHECK(ct_catalogue_at(builtin(), COUNT(ids)) == NULL);
}

TEST(catalogue__does_not_offer_what_is_gone)
{
    static const char *const ids[] = {
        "dall-e-2", "dall-e-3", "gpt-image-1", "", "gpt-image-2.6-sunburst", "gpt-image"
    };
    for (size_t i = 0; i < COUNT(ids); i++)
        CHECK(ct_catalogue_find(builtin(), ct_slice(ids[i])) == NULL);
}

TEST(catalogue__snapshots)
{
    CHECK_STR(model("gpt-image-2")->snapshot, "gpt-image-2-2026-04-21");
    CHECK_STR(model("gpt-image-2-2026-04-21")->snapshot, "gpt-image-2-2026-04-21");
    CHECK_STR(model("gpt-image-2.5-flare")->snapshot, "gpt-image-2.5-flare-2026-09-08");
    CHECK_STR(model("gpt-image-2.5-flare-2026-09-08")->snapshot, "gpt-image-2.5-flare-2026-09-08");
    CHECK_STR(model("gpt-image-2.5-sunburst")->snapshot, "gpt-image-2.5-sunburst-2026-09-08");
    CHECK_STR(model("gpt-image-1.5")->snapshot, "gpt-image-1.5");
    CHECK_STR(model("chatgpt-image-latest")->snapshot, "chatgpt-image-latest");
}

static void check_prices(const char *id, const int64_t want[6])
{
    const struct ct_price *p = &model(id)->price;
    CHECK(p->known);
    CHECK_INT(p->text_in, want[0]);
    CHECK_INT(p->text_in_cached, want[1]);
    CHECK_INT(p->image_in, want[2]);
    CHECK_INT(p->image_in_cached, want[3]);
    CHECK_INT(p->image_out, want[4]);
    CHECK_INT(p->text_out, want[5]);
}

TEST(catalogue__prices_in_nano_dollars)
{
    check_prices("gpt-image-2", (int64_t[]){ 5000, 1250, 8000, 2000, 30000, 0 });
    check_prices("gpt-image-2-2026-04-21", (int64_t[]){ 5000, 1250, 8000, 2000, 30000, 0 });
    check_prices("gpt-image-2.5-flare", (int64_t[]){ 5000, 1250, 8000, 2000, 30000, 0 });
    check_prices("gpt-image-1.5", (int64_t[]){ 5000, 1250, 8000, 2000, 32000, 10000 });
    check_prices("chatgpt-image-latest", (int64_t[]){ 5000, 1250, 8000, 2000, 32000, 10000 });
    check_prices("gpt-image-1-mini", (int64_t[]){ 2000, 200, 2500, 250, 8000, 0 });
}

TEST(catalogue__abilities)
{
    CHECK_INT(model("gpt-image-2")->sizes, CT_SIZE_FREE);
    CHECK_INT(model("gpt-image-1-mini")->sizes, CT_SIZE_CLASSIC);
    CHECK(!model("gpt-image-2")->transparent);
    CHECK(model("gpt-image-2")->transparent_preview);
    CHECK(model("gpt-image-2.5-flare")->transparent);
    CHECK(!model("gpt-image-2.5-flare")->transparent_preview);
    CHECK(model("gpt-image-1.5")->transparent);
    CHECK(!model("gpt-image-2")->qualities[CT_QUALITY_XHIGH]);
    CHECK(model("gpt-image-2.5-sunburst")->qualities[CT_QUALITY_MAX]);
    for (size_t i = 0; i < ct_catalogue_count(builtin()); i++) {
        const struct ct_model *m = ct_catalogue_at(builtin(), i);
        CHECK(m->formats[CT_FORMAT_PNG] && m->formats[CT_FORMAT_JPEG] &&
              m->formats[CT_FORMAT_WEBP]);
        CHECK_STR(m->owned_by, "system");
        CHECK(m->created > 1700000000);
    }
}

TEST(catalogue__load_survives_each_failing_allocation)
{
    bool reached = false;
    for (long nth = 1; nth < 20000 && !reached; nth += nth < 50 ? 1 : 37) {
        struct ct_catalogue *catalogue = NULL;
        struct ct_err err = { 0 };
        ct_mem_fail_nth(0);
        ct_mem_fail_nth(nth);
        ct_code code = ct_catalogue_load(&catalogue, NULL, &err);
        reached = ct_mem_fail_nth(0) < nth;
        CHECK(code == CT_OK ? catalogue != NULL : catalogue == NULL);
        CHECK(code == CT_OK || code == CT_E_MEMORY);
        CHECK(!reached || code == CT_OK);
        ct_catalogue_free(&catalogue);
    }
    CHECK(reached);
}

TEST(catalogue__free_takes_null)
{
    struct ct_catalogue *none = NULL;
    ct_catalogue_free(&none);
    CHECK(none == NULL);
}
