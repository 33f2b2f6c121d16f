/* What belongs to a request as a whole: the seeds of its pictures, and its end.
 *
 * Seeds are asked for by the engines, which draw with them, and by jobs/, which reports them; both
 * must agree, so there is one place that knows. */
#include "contract/image_request.h"

int32_t ct_picture_seed(const struct ct_image_request *request, int i)
{
    return (int32_t)((uint32_t)request->seed + (uint32_t)i);
}

void ct_image_request_release(const struct ct_image_request *request)
{
    for (int i = 0; request && i < request->n_inputs; i++) {
        struct ct_blob *file = request->inputs[i].file;
        ct_blob_unref(&file);
    }
    struct ct_blob *mask = request ? request->mask.file : NULL;
    struct ct_blob *markup = request ? request->markup.file : NULL;
    ct_blob_unref(&mask);
    ct_blob_unref(&markup);
}

void ct_image_request_ref(const struct ct_image_request *request)
{
    for (int i = 0; i < request->n_inputs; i++)
        (void)ct_blob_ref(request->inputs[i].file);
    (void)ct_blob_ref(request->mask.file);
    (void)ct_blob_ref(request->markup.file);
}
