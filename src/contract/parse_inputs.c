/* Which pictures come with a request, and how.
 *
 *   JSON: images: [{image_url | file_id}], mask or markup: {image_url | file_id}
 *         image_urls: ["https://..."] (extended)
 *   form: image, image[], image[0]..., mask or markup as files
 *
 * URLs are looked at only as far as their scheme: net/fetch judges the rest when it fetches. Pure
 * but for the draft; called by parse.c. */
#include "contract/parse_inputs.h"

#include "contract/check.h"

#include <stdio.h>

#define URL_MAX_CHARS 20971520
#define FILE_ID_MAX_CHARS 128
#define PARAM_MAX 48

static ct_code check_url(struct ct_draft *draft, int i, const struct ct_json *value,
                         const char *param, struct ct_err *err)
{
    struct ct_input_image *input = ct_draft_input(draft, i);
    struct ct_slice url;
    CT_TRY(ct_check_string(&url, value, param, 1, URL_MAX_CHARS, err));
    bool data = ct_slice_ieq(ct_slice_sub(url, 0, 5), CT_S("data:"));
    if (!data && !ct_slice_ieq(ct_slice_sub(url, 0, 8), CT_S("https://")) &&
        !ct_slice_ieq(ct_slice_sub(url, 0, 7), CT_S("http://")))
        return ct_fail(err, CT_E_IMAGE_URL, param,
                       "Invalid '%s': expected an https URL or a data URL "
                       "('data:image/png;base64,...').",
                       param);
    input->source = data ? CT_INPUT_DATA_URL : CT_INPUT_URL;
    snprintf(input->param, sizeof(input->param), "%s", param);
    draft->urls[i] = url;
    draft->n_urls++;
    return CT_OK;
}

static ct_code check_file_id(struct ct_draft *draft, int i, const struct ct_json *value,
                             const char *param, struct ct_err *err)
{
    struct ct_input_image *input = ct_draft_input(draft, i);
    CT_TRY(ct_check_string(&draft->urls[i], value, param, 1, FILE_ID_MAX_CHARS, err));
    input->source = CT_INPUT_FILE_ID;
    snprintf(input->param, sizeof(input->param), "%s", param);
    draft->n_urls++;
    return CT_OK;
}

static const struct ct_json *given(const struct ct_json *object, const char *key)
{
    const struct ct_json *value = ct_json_get(object, key);
    return value && value->type != CT_JSON_NULL ? value : NULL;
}

static ct_code check_reference_keys(const struct ct_json *value, const char *param,
                                    struct ct_err *err)
{
    for (const struct ct_json *m = value->child; m; m = m->next) {
        if (ct_slice_is(m->key, "image_url") || ct_slice_is(m->key, "file_id"))
            continue;
        struct ct_slice key = ct_quote(m->key);
        return ct_fail(err, CT_E_UNKNOWN, param, "Unknown parameter: '%s.%.*s'.", param,
                       CT_SARG(key));
    }
    return CT_OK;
}

/* {"image_url": ...} xor {"file_id": ...} */
static ct_code check_reference(struct ct_draft *draft, int i, const struct ct_json *value,
                               const char *param, struct ct_err *err)
{
    char inner[PARAM_MAX];
    if (value->type != CT_JSON_OBJECT)
        return ct_check_type_error(value, param, "an object", err);
    CT_TRY(check_reference_keys(value, param, err));
    const struct ct_json *url = given(value, "image_url"), *file_id = given(value, "file_id");
    if (!url == !file_id)
        return ct_fail(err, CT_E_VALUE, param,
                       "Invalid value for '%s': expected exactly one of 'image_url' and 'file_id', "
                       "but got %s.",
                       param, url ? "both" : "neither");
    if (file_id) {
        snprintf(inner, sizeof(inner), "%s.file_id", param);
        return check_file_id(draft, i, file_id, inner, err);
    }
    snprintf(inner, sizeof(inner), "%s.image_url", param);
    return check_url(draft, i, url, inner, err);
}

static ct_code check_array(const struct ct_json *value, const char *param, struct ct_err *err)
{
    if (value->type != CT_JSON_ARRAY)
        return ct_check_type_error(value, param, "an array", err);
    if (value->count == 0)
        return ct_fail(err, CT_E_ARRAY_EMPTY, param,
                       "Invalid '%s': empty array. Expected an array with minimum length 1, but "
                       "got an empty array instead.",
                       param);
    if (value->count > CT_MAX_INPUTS)
        return ct_fail(err, CT_E_ARRAY_MAX, param,
                       "Invalid '%s': array too long. Expected an array with maximum length %d, "
                       "but got an array with length %u instead.",
                       param, CT_MAX_INPUTS, value->count);
    return CT_OK;
}

ct_code ct_parse_image_urls(struct ct_draft *draft, const struct ct_json *value, struct ct_err *err)
{
    char param[PARAM_MAX];
    int i = 0;
    CT_TRY(check_array(value, "image_urls", err));
    for (const struct ct_json *item = value->child; item; item = item->next, i++) {
        snprintf(param, sizeof(param), "image_urls[%d]", i);
        CT_TRY(check_url(draft, i, item, param, err));
    }
    draft->request->n_inputs = i;
    return CT_OK;
}

static ct_code parse_images(struct ct_draft *draft, const struct ct_json *value, struct ct_err *err)
{
    char param[PARAM_MAX];
    int i = 0;
    CT_TRY(check_array(value, "images", err));
    for (const struct ct_json *item = value->child; item; item = item->next, i++) {
        snprintf(param, sizeof(param), "images[%d]", i);
        CT_TRY(check_reference(draft, i, item, param, err));
    }
    draft->request->n_inputs = i;
    return CT_OK;
}

/* Both would say where the change belongs. */
static ct_code check_overlays(bool mask, bool markup, struct ct_err *err)
{
    return mask && markup ? ct_fail(err, CT_E_EXCLUSIVE, "markup",
                                    "Mutually exclusive parameters: 'mask' and 'markup'. Give one "
                                    "of them.")
                          : CT_OK;
}

ct_code ct_parse_json_inputs(struct ct_draft *draft, const struct ct_json *body,
                             const struct ct_json *image_urls, struct ct_err *err)
{
    const struct ct_json *images = ct_json_get(body, "images"), *mask = given(body, "mask");
    const struct ct_json *markup = given(body, "markup");
    if (images && image_urls)
        return ct_fail(err, CT_E_EXCLUSIVE, "image_urls",
                       "Mutually exclusive parameters: 'images' and 'image_urls'. Give one of "
                       "them.");
    if (image_urls)
        CT_TRY(ct_parse_image_urls(draft, image_urls, err));
    else if (images)
        CT_TRY(parse_images(draft, images, err));
    else
        return ct_check_missing("images", err);
    CT_TRY(check_overlays(mask != NULL, markup != NULL, err));
    if (mask)
        CT_TRY(check_reference(draft, CT_DRAFT_MASK, mask, "mask", err));
    return markup ? check_reference(draft, CT_DRAFT_MARKUP, markup, "markup", err) : CT_OK;
}

ct_code ct_parse_form_inputs(struct ct_draft *draft, const struct ct_form *form, int most,
                             struct ct_err *err)
{
    struct ct_image_request *rq = draft->request;
    if (form->n_images == 0)
        return ct_check_missing("image", err);
    if (form->n_images > most)
        return ct_fail(err, CT_E_ARRAY_MAX, "image",
                       "Invalid 'image': array too long. Expected an array with maximum length %d, "
                       "but got an array with length %d instead.",
                       most, form->n_images);
    CT_TRY(check_overlays(form->mask != NULL, form->markup != NULL, err));
    for (int i = 0; i < form->n_images; i++) {
        rq->inputs[i].file = ct_blob_ref(form->images[i]);
        if (form->n_images == 1)
            snprintf(rq->inputs[i].param, sizeof(rq->inputs[i].param), "image");
        else
            snprintf(rq->inputs[i].param, sizeof(rq->inputs[i].param), "image[%d]", i);
    }
    rq->n_inputs = form->n_images;
    rq->mask.file = ct_blob_ref(form->mask);
    snprintf(rq->mask.param, sizeof(rq->mask.param), "mask");
    rq->markup.file = ct_blob_ref(form->markup);
    snprintf(rq->markup.param, sizeof(rq->markup.param), "markup");
    return CT_OK;
}
