/* See recipe.h. The head is a record like its parts; what it points to is read by their owners. */
#include "engines/scene/edit/recipe.h"

#include "engines/scene/record.h"

#define VERSION 1
#define DEPTH_MAX 16
#define VALUES_MAX 20000

static const char *quality_name(int id)
{
    return id >= 0 && id < CT_QUALITY_COUNT ? ct_quality_name((enum ct_quality)id) : NULL;
}

#define RECIPE(field) offsetof(struct ct_scene_recipe, field)
static const struct ct_field fields[] = {
    { "width", CT_FIELD_INT, RECIPE(width), 16, CT_IMAGE_MAX_EDGE },
    { "height", CT_FIELD_INT, RECIPE(height), 16, CT_IMAGE_MAX_EDGE },
    { "quality", CT_FIELD_NAME, RECIPE(quality), .name_of = quality_name },
    { "thinking", CT_FIELD_INT, RECIPE(thinking), 0, CT_THINKING_HIGH },
    { "style", CT_FIELD_INT, RECIPE(style), 0, CT_STYLE_NATURAL },
    { "transparent", CT_FIELD_BOOL, RECIPE(transparent) },
    { "seed", CT_FIELD_UINT32, RECIPE(seed) },
};
static const struct ct_record head = { "recipe", CT_FIELDS(fields),
                                       sizeof(struct ct_scene_recipe) };

void ct_scene_recipe_write(struct ct_buf *b, const struct ct_scene_recipe *recipe)
{
    ct_buf_printf(b, "{\"version\":%d", VERSION);
    ct_json_put_key(b, "made");
    ct_record_write(b, &head, recipe);
    ct_json_put_key(b, "intent");
    ct_intent_write(b, recipe->intent);
    if (recipe->scene) {
        ct_json_put_key(b, "scene");
        ct_scene3_print(b, recipe->scene);
    }
    ct_buf_putc(b, '}');
}

static ct_code refuse(struct ct_err *err, const char *why)
{
    return ct_fail(err, CT_E_JSON, NULL, "The picture's scene cannot be used: %s.", why);
}

ct_code ct_scene_recipe_read(struct ct_scene_recipe *out, struct ct_arena *arena,
                             struct ct_slice text, struct ct_err *err)
{
    const struct ct_json *json;
    const struct ct_json_limits limits = { .max_depth = DEPTH_MAX, .max_values = VALUES_MAX };
    if (text.len > CT_RECIPE_BYTES)
        return refuse(err, "it is too long");
    CT_TRY(ct_json_parse(&json, arena, text, &limits, err));
    const struct ct_json *version = ct_json_get(json, "version"), *made = ct_json_get(json, "made");
    const struct ct_json *intent = ct_json_get(json, "intent");
    const struct ct_json *scene = ct_json_get(json, "scene");
    if (!version || version->type != CT_JSON_INT || version->integer != VERSION)
        return refuse(err, "it is of another version");
    if (!made || !intent)
        return refuse(err, "it is incomplete");
    CT_TRY(ct_record_read(out, arena, &head, made, err));
    if (out->width < 16 || out->height < 16 ||
        (size_t)out->width * (size_t)out->height > CT_IMAGE_MAX_PIXELS)
        return refuse(err, "it has no size");
    struct ct_intent *wanted;
    struct ct_scene3 *composed = NULL;
    CT_TRY(ct_intent_restore(&wanted, arena, intent, err));
    out->intent = wanted;
    if ((out->intent->kind == CT_INTENT_SCENE) != (scene != NULL))
        return refuse(err, "it is neither a scene nor a page");
    if (!scene)
        return CT_OK;
    CT_TRY(ct_scene3_read(&composed, arena, scene, err));
    out->scene = composed;
    for (int i = 0; i < out->scene->n_objects; i++)
        if (out->scene->objects[i].entity >= out->intent->n_entities)
            return refuse(err, "it shows what it does not name");
    return CT_OK;
}
