/* See recipes.h. JPEG and WebP change the pixels, so the hash is of what the file decodes to: that
 * is what comes back. */
#include "jobs/recipes.h"

#include "image/decode.h"
#include "image/metadata.h"
#include "policy/recipe.h"

#define SEALED_MAX (CT_RECIPE_MAX + 256)

static ct_code keep(const struct ct_recipes *recipes, struct ct_slice file,
                    const struct ct_image *image, enum ct_format format, struct ct_slice sealed,
                    struct ct_err *err)
{
    uint8_t hash[CT_SHA256_LEN];
    struct ct_image *decoded = NULL;
    if (format != CT_FORMAT_PNG)
        CT_TRY(ct_decode(&decoded, file, err));
    ct_scenes_hash(hash, decoded ? decoded : image);
    ct_image_unref(&decoded);
    return ct_scenes_put(recipes->scenes, hash, sealed, err);
}

ct_code ct_recipes_attach(const struct ct_recipes *recipes, struct ct_blob **file,
                          const struct ct_image *image, enum ct_format format,
                          struct ct_slice recipe, struct ct_err *err)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf sealed;
    struct ct_slice plain = { (*file)->data, (*file)->len };
    struct ct_blob *carrier = NULL;
    ct_buf_init(&sealed, SEALED_MAX);
    ct_recipe_seal(&sealed, &recipes->key, recipe);
    if (sealed.failed)
        return ct_fail(err, CT_E_STRING_MAX, NULL, "The scene is too long to travel.");
    if (recipes->scenes)
        CT_TRY(keep(recipes, plain, image, format, ct_buf_slice(&sealed), err));
    CT_TRY(ct_metadata_put(&carrier, plain, CT_RECIPE_METADATA, ct_buf_slice(&sealed), err));
    ct_blob_unref(file);
    *file = carrier;
    return CT_OK;
}

/* What was found is in `sealed`; appends the recipe if it is ours. */
static ct_code open_sealed(struct ct_buf *out, const struct ct_recipes *recipes,
                           const struct ct_buf *sealed, struct ct_err *err)
{
    struct ct_slice recipe;
    if (!ct_recipe_open(&recipe, &recipes->key, ct_buf_slice(sealed)))
        return ct_fail(err, CT_E_NOT_FOUND, NULL, "The picture's scene is not one of ours.");
    ct_buf_put(out, recipe);
    return out->failed ? ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a scene.") : CT_OK;
}

ct_code ct_recipes_find(struct ct_buf *out, const struct ct_recipes *recipes, struct ct_slice file,
                        const struct ct_image *image, struct ct_err *err)
{
    CT_CLEANUP(ct_buf_release) struct ct_buf sealed;
    uint8_t hash[CT_SHA256_LEN];
    ct_buf_init(&sealed, SEALED_MAX);
    if (ct_metadata_find(&sealed, file, CT_RECIPE_METADATA, err) == CT_OK &&
        open_sealed(out, recipes, &sealed, err) == CT_OK)
        return CT_OK;
    if (!image || !recipes->scenes)
        return ct_fail(err, CT_E_NOT_FOUND, NULL, "The picture carries no scene.");
    ct_scenes_hash(hash, image);
    ct_buf_clear(&sealed);
    CT_TRY(ct_scenes_get(&sealed, recipes->scenes, hash, err));
    return open_sealed(out, recipes, &sealed, err);
}
