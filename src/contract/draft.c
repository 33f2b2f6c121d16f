/* From a draft to a request: the pictures' headers, the mask or markup, the size.
 *
 * Nothing is decoded here, so hostile files cost a look at their headers (image/probe.h); what the
 * headers promise and the pixels do not keep is found by the engine. Called by the api on a worker
 * thread and by the command line; pure but for the request it completes. */
#include "contract/draft.h"

#include "image/probe.h"


struct ct_input_image *ct_draft_input(const struct ct_draft *draft, int i)
{
    return i == CT_DRAFT_MASK     ? &draft->request->mask
           : i == CT_DRAFT_MARKUP ? &draft->request->markup
                                  : &draft->request->inputs[i];
}

void ct_draft_put(struct ct_draft *draft, int i, struct ct_blob *file)
{
    ct_draft_input(draft, i)->file = file;
    draft->urls[i] = (struct ct_slice){ NULL, 0 };
    draft->n_urls--;
}

void ct_draft_release(struct ct_draft *draft)
{
    ct_image_request_release(draft->request);
    draft->request = NULL;
}

/* The official sentence, which counts from 1; behind it, where it helps, why. */
static ct_code bad_file(const struct ct_draft *draft, int i, const char *why, struct ct_err *err)
{
    const struct ct_input_image *input = ct_draft_input(draft, i);
    const char *space = why[0] ? " " : "";
    if (i >= CT_MAX_INPUTS)
        return ct_fail(err, CT_E_IMAGE_FILE, input->param,
                       "Invalid image file or mode for %s, please check your image file.%s%s",
                       i == CT_DRAFT_MASK ? "mask" : "markup", space, why);
    return ct_fail(err, CT_E_IMAGE_FILE, input->param,
                   "Invalid image file or mode for image %d, please check your image file.%s%s",
                   i + 1, space, why);
}

static ct_code probe(struct ct_picture_info *info, const struct ct_draft *draft, int i,
                     struct ct_err *err)
{
    struct ct_input_image *input = ct_draft_input(draft, i);
    struct ct_err cause = { 0 };
    if (ct_image_probe(info, ct_slice_n(input->file->data, input->file->len), &cause) != CT_OK) {
        bool limit = ct_slice_starts(ct_slice(cause.msg), "A picture of ");
        return bad_file(draft, i, limit ? cause.msg : "", err);
    }
    input->format = info->format;
    input->width = info->width;
    input->height = info->height;
    return CT_OK;
}

/* A mask or a markup, when there is one: it lies over the first picture, by its alpha. */
static ct_code check_overlay(const struct ct_draft *draft, int i, struct ct_err *err)
{
    const struct ct_image_request *rq = draft->request;
    const struct ct_input_image *overlay = ct_draft_input(draft, i);
    const char *name = i == CT_DRAFT_MASK ? "mask" : "markup";
    struct ct_picture_info info;
    if (!overlay->file)
        return CT_OK;
    CT_TRY(probe(&info, draft, i, err));
    if (info.width != rq->inputs[0].width || info.height != rq->inputs[0].height)
        return ct_fail(err, CT_E_IMAGE_FILE, overlay->param,
                       "Invalid %s image: its size %dx%d is not the size %dx%d of image 1, which "
                       "it belongs to.",
                       name, info.width, info.height, rq->inputs[0].width, rq->inputs[0].height);
    if (!info.alpha)
        return ct_fail(err, CT_E_IMAGE_FILE, overlay->param,
                       "Invalid %s image: it has no alpha channel. %s", name,
                       i == CT_DRAFT_MASK
                           ? "A mask is a PNG whose transparent pixels are to be edited."
                           : "A markup is a PNG that is transparent but for its strokes.");
    return CT_OK;
}

ct_code ct_draft_finish(const struct ct_draft *draft, struct ct_err *err)
{
    struct ct_image_request *rq = draft->request;
    struct ct_picture_info info;

    for (int i = 0; i < rq->n_inputs; i++)
        CT_TRY(probe(&info, draft, i, err));
    CT_TRY(check_overlay(draft, CT_DRAFT_MASK, err));
    CT_TRY(check_overlay(draft, CT_DRAFT_MARKUP, err));
    if (draft->auto_size && rq->n_inputs > 0)
        ct_size_of_picture(&rq->width, &rq->height, rq->inputs[0].width, rq->inputs[0].height,
                           draft->resolution, rq->model->sizes == CT_SIZE_CLASSIC);
    return CT_OK;
}
