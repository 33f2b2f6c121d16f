#include "t.h"

#include "policy/recipe.h"

static const struct ct_secret key = { { 1, 2, 3 } };
static const struct ct_secret other = { { 1, 2, 4 } };

static void seal(struct ct_buf *b, const char *recipe)
{
    ct_buf_init(b, 1 << 20);
    ct_recipe_seal(b, &key, ct_slice(recipe));
    CHECK(!b->failed);
}

TEST(recipe__what_was_sealed_opens)
{
    struct ct_buf b;
    struct ct_slice recipe;
    seal(&b, "{\"version\":1}");
    REQUIRE(ct_recipe_open(&recipe, &key, ct_buf_slice(&b)));
    CHECK_SLICE(recipe, "{\"version\":1}");
    CHECK(!ct_recipe_open(&recipe, &other, ct_buf_slice(&b)));
    ct_buf_release(&b);
}

TEST(recipe__any_other_byte_is_foreign)
{
    struct ct_buf b;
    struct ct_slice recipe;
    seal(&b, "{\"version\":1}");
    for (size_t i = 0; i < b.len; i++) {
        b.data[i] ^= 1;
        CHECK(!ct_recipe_open(&recipe, &key, ct_buf_slice(&b)));
        b.data[i] ^= 1;
        CHECK(!ct_recipe_open(&recipe, &key, ct_slice_n(b.data, i)));
    }
    ct_buf_putc(&b, ' ');
    CHECK(!ct_recipe_open(&recipe, &key, ct_buf_slice(&b)));
    CHECK(!ct_recipe_open(&recipe, &key, (struct ct_slice){ NULL, 0 }));
    ct_buf_release(&b);
}

TEST(recipe__nothing_and_too_much_are_not_sealed)
{
    struct ct_buf b;
    char *big = calloc(1, CT_RECIPE_MAX + 1);
    REQUIRE(big);
    ct_buf_init(&b, 1 << 20);
    ct_recipe_seal(&b, &key, CT_S(""));
    CHECK(b.failed);
    ct_buf_clear(&b);
    ct_recipe_seal(&b, &key, ct_slice_n(big, CT_RECIPE_MAX + 1));
    CHECK(b.failed);
    ct_buf_release(&b);
    free(big);
}
