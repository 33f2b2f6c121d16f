/* See inputs.h. One thread, the runner's. The picture decoded last is kept, because finding a
 * recipe by pixels needs the picture and an edit then asks for it again. */
#include "jobs/inputs.h"

#include "image/decode.h"
#include "policy/recipe.h"

static struct ct_slice file_of(const struct ct_input_image *input)
{
    return ct_slice_n(input->file->data, input->file->len);
}

/* The message names the picture by its place in the request, as the official API does. */
static ct_code decode(struct ct_image **out, const struct ct_input_image *input, int index,
                      struct ct_err *err)
{
    ct_code rc = ct_decode(out, file_of(input), err);
    if (rc == CT_E_IMAGE_FILE && index >= 0)
        return ct_fail(err, rc, input->param,
                       "Invalid image file or mode for image %d, please check your image file.",
                       index + 1);
    return rc;
}

static ct_code give_image(void *ctx, struct ct_image **out, int index, int max_edge,
                          struct ct_err *err)
{
    struct ct_inputs *in = ctx;
    (void)max_edge;
    *out = NULL;
    if (index < 0 || index >= in->request->n_inputs)
        return ct_fail(err, CT_E_INTERNAL, NULL, "There is no input picture %d.", index);
    if (!in->last || in->last_index != index) {
        ct_image_unref(&in->last);
        CT_TRY(decode(&in->last, &in->request->inputs[index], index, err));
        in->last_index = index;
    }
    *out = ct_image_ref(in->last);
    return CT_OK;
}

static ct_code give_mask(void *ctx, struct ct_image **out, struct ct_err *err)
{
    struct ct_inputs *in = ctx;
    *out = NULL;
    if (!in->request->mask.file)
        return ct_fail(err, CT_E_INTERNAL, NULL, "There is no mask.");
    ct_code rc = decode(out, &in->request->mask, -1, err);
    if (rc == CT_E_IMAGE_FILE)
        return ct_fail(err, rc, "mask", "Invalid mask image file, please check your image file.");
    return rc;
}

static struct ct_slice give_recipe(void *ctx, int index)
{
    struct ct_inputs *in = ctx;
    struct ct_image *image = NULL;
    const struct ct_slice none = { NULL, 0 };
    if (!in->recipes || index < 0 || index >= in->request->n_inputs)
        return none;
    struct ct_buf *recipe = &in->recipe[index];
    struct ct_slice file = file_of(&in->request->inputs[index]);
    if (!in->looked[index]) {
        in->looked[index] = true;
        if (ct_recipes_find(recipe, in->recipes, file, NULL, NULL) != CT_OK &&
            give_image(in, &image, index, 0, NULL) == CT_OK &&
            ct_recipes_find(recipe, in->recipes, file, image, NULL) != CT_OK)
            ct_buf_clear(recipe);
        ct_image_unref(&image);
    }
    return recipe->len > 0 && !recipe->failed ? ct_buf_slice(recipe) : none;
}

void ct_inputs_init(struct ct_inputs *inputs, const struct ct_image_request *request,
                    const struct ct_recipes *recipes)
{
    *inputs = (struct ct_inputs){
        .draw = { inputs, give_image, give_mask, give_recipe },
        .request = request,
        .recipes = recipes,
    };
    for (int i = 0; i < CT_MAX_INPUTS; i++)
        ct_buf_init(&inputs->recipe[i], CT_RECIPE_MAX);
}

void ct_inputs_release(struct ct_inputs *inputs)
{
    ct_image_unref(&inputs->last);
    for (int i = 0; i < CT_MAX_INPUTS; i++)
        ct_buf_release(&inputs->recipe[i]);
}
