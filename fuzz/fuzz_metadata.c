/* Metadata of any bytes: finding a text never harms, and one that can be put is found again. */
#include "image/metadata.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define KEY "calotype:scene"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_slice file = ct_slice_n((const char *)data, size);
    struct ct_blob *tagged;
    struct ct_buf found;
    ct_buf_init(&found, CT_METADATA_MAX);
    ct_code rc = ct_metadata_find(&found, file, KEY, NULL);
    if (rc != CT_OK && found.len > 0)
        __builtin_trap();
    if (rc != CT_OK && rc != CT_E_NOT_FOUND && rc != CT_E_IMAGE_FILE && rc != CT_E_MEMORY)
        __builtin_trap();
    ct_buf_clear(&found);
    if (ct_metadata_put(&tagged, file, KEY, CT_S("{\"n\":1}"), NULL) == CT_OK) {
        if (ct_metadata_find(&found, ct_slice_n(tagged->data, tagged->len), KEY, NULL) != CT_OK ||
            !ct_slice_is(ct_buf_slice(&found), "{\"n\":1}"))
            __builtin_trap();
        ct_blob_unref(&tagged);
    }
    ct_buf_release(&found);
    return 0;
}
