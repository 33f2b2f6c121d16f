/* See inputs.h. One thread, the runner's. The picture decoded last is kept, because finding a
 * recipe by pixels needs the picture and an edit then asks for it again. */
#include "jobs/inputs.h"

#include "policy/recipe.h"

#include <stdio.h>

static struct ct_slice file_of(const struct ct_input_image *input)
{
    return ct_slice_n(input->file->data, input->file->len);
}

/* Foreign bytes are decoded in the confined process; without one (the command line's own files,
 * tests) here. number: from 1, 0 for a mask or markup. */
static ct_code decode(struct ct_image **out, const struct ct_inputs *in,
                      const struct ct_input_image *input, int number, int max_edge,
                      struct ct_err *err)
{
    const struct ct_decode_params params = { .max_edge = max_edge, .cancel = in->cancel };
    ct_code rc;
    if (in->decoder)
        rc = ct_decoder_decode(in->decoder, out,
                               &(struct ct_decoder_input){ .bytes = file_of(input),
                                                           .number = number },
                               &params, err);
    else
        rc = ct_decode_with(out, file_of(input), &params, err);
    if (rc == CT_E_IMAGE_FILE && number > 0)
        rc = ct_image_file_refused(err, number);
    if (rc == CT_E_IMAGE_FILE && err)
        snprintf(err->param, sizeof(err->param), "%s", input->param);
    return rc;
}

/* Would it have to be scaled down? What was scaled down before never serves for more. */
static bool larger(const struct ct_image *image, int max_edge)
{
    return max_edge == 0 || image->width > max_edge || image->height > max_edge;
}

static ct_code give_image(void *ctx, struct ct_image **out, int index, int max_edge,
                          struct ct_err *err)
{
    struct ct_inputs *in = ctx;
    *out = NULL;
    if (index < 0 || index >= in->request->n_inputs)
        return ct_fail(err, CT_E_INTERNAL, NULL, "There is no input picture %d.", index);
    bool same = in->last && in->last_index == index &&
                (in->last_edge == max_edge || !larger(in->last, max_edge));
    if (!same) {
        ct_image_unref(&in->last);
        CT_TRY(decode(&in->last, in, &in->request->inputs[index], index + 1, max_edge, err));
        in->last_index = index;
        in->last_edge = max_edge;
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
    return decode(out, in, &in->request->mask, 0, 0, err);
}

static ct_code give_markup(void *ctx, struct ct_image **out, struct ct_err *err)
{
    struct ct_inputs *in = ctx;
    *out = NULL;
    if (!in->request->markup.file)
        return ct_fail(err, CT_E_INTERNAL, NULL, "There is no markup.");
    return decode(out, in, &in->request->markup, 0, 0, err);
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
                    const struct ct_inputs_with *with)
{
    *inputs = (struct ct_inputs){
        .draw = { inputs, give_image, give_mask, give_markup, give_recipe },
        .request = request,
        .recipes = with->recipes,
        .decoder = with->decoder,
        .cancel = with->cancel,
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
