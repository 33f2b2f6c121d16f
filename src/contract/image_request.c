/* The end of a request: its input pictures are given back. Any thread, once. */
#include "contract/image_request.h"

void ct_image_request_release(const struct ct_image_request *request)
{
    for (int i = 0; request && i < request->n_inputs; i++) {
        struct ct_blob *file = request->inputs[i].file;
        ct_blob_unref(&file);
    }
    struct ct_blob *mask = request ? request->mask.file : NULL;
    ct_blob_unref(&mask);
}

void ct_image_request_ref(const struct ct_image_request *request)
{
    for (int i = 0; i < request->n_inputs; i++)
        (void)ct_blob_ref(request->inputs[i].file);
    (void)ct_blob_ref(request->mask.file);
}
