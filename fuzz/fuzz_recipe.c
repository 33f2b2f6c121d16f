/* Recipes: what reads back is written the same, and can be edited; what is sealed opens to itself,
 * and to nothing when a byte of it is another. The corpus is sealed with a key of zeros. */
#include "engines/scene/edit/patch.h"
#include "policy/recipe.h"

#include <stdlib.h>
#include <string.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check(struct ct_arena *arena, const struct ct_scene_recipe *recipe)
{
    struct ct_buf once, twice;
    struct ct_scene_recipe again;
    ct_buf_init(&once, 2 * CT_RECIPE_BYTES);
    ct_buf_init(&twice, 2 * CT_RECIPE_BYTES);
    ct_scene_recipe_write(&once, recipe);
    if (!once.failed && once.len <= CT_RECIPE_BYTES &&
        ct_scene_recipe_read(&again, arena, ct_buf_slice(&once), NULL) == CT_OK) {
        ct_scene_recipe_write(&twice, &again);
        require(once.len == twice.len &&
                memcmp(ct_buf_text(&once), ct_buf_text(&twice), once.len) == 0);
    }
    ct_buf_release(&once);
    ct_buf_release(&twice);
}

static void edit(struct ct_arena *arena, const struct ct_scene_recipe *recipe, const char *prompt)
{
    const struct ct_edit *edit;
    const struct ct_edit_context context = { recipe->intent, recipe, 1 };
    struct ct_patch patch;
    if (ct_edit_read(&edit, arena, &context, ct_slice(prompt), NULL) == CT_OK)
        (void)!ct_patch_make(&patch, arena, recipe, edit,
                              &(struct ct_patch_params){ .others = recipe, .aspect = 1.5f }, NULL);
}

static bool same(struct ct_slice a, struct ct_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Whatever opens is what sealing makes of it. */
static void open_sealed(struct ct_slice text)
{
    static const struct ct_secret key;
    struct ct_slice recipe;
    struct ct_buf again;
    if (!ct_recipe_open(&recipe, &key, text))
        return;
    ct_buf_init(&again, 2 * CT_RECIPE_MAX);
    ct_recipe_seal(&again, &key, recipe);
    require(again.failed || same(ct_buf_slice(&again), text));
    ct_buf_release(&again);
}

static void seal(struct ct_slice text)
{
    static const struct ct_secret key;
    struct ct_slice recipe;
    struct ct_buf sealed;
    ct_buf_init(&sealed, 2 * CT_RECIPE_MAX);
    ct_recipe_seal(&sealed, &key, text);
    if (!sealed.failed) {
        require(ct_recipe_open(&recipe, &key, ct_buf_slice(&sealed)) && same(recipe, text));
        for (size_t i = 0; i < sealed.len && i < 256; i += 1 + i / 8) {
            sealed.data[i] ^= 1;
            require(!ct_recipe_open(&recipe, &key, ct_buf_slice(&sealed)));
            sealed.data[i] ^= 1;
        }
    }
    ct_buf_release(&sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_arena *arena = ct_arena_new((size_t)64 << 20);
    struct ct_scene_recipe recipe;
    open_sealed(ct_slice_n((const char *)data, size));
    seal(ct_slice_n((const char *)data, size));
    if (arena && ct_scene_recipe_read(&recipe, arena, ct_slice_n((const char *)data, size), NULL) ==
                     CT_OK) {
        check(arena, &recipe);
        edit(arena, &recipe, "make it red, add an apple on a wooden table, golden hour, from above");
        edit(arena, &recipe, "combine both pictures in the style of image 2; make it three");
    }
    ct_arena_free(&arena);
    return 0;
}
