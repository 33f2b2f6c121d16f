/* ct_decode() on any bytes: a picture within the limits, or CT_E_IMAGE_FILE. */
#include "image/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_image *image = NULL;
    struct ct_err err = { 0 };
    ct_code rc = ct_decode(&image, ct_slice_n((const char *)data, size), &err);
    if ((rc == CT_OK) != (image != NULL))
        __builtin_trap();
    if (rc != CT_OK && rc != CT_E_IMAGE_FILE && rc != CT_E_MEMORY)
        __builtin_trap();
    if (image && (image->width < 1 || image->height < 1 || image->width > CT_IMAGE_MAX_EDGE ||
                  image->height > CT_IMAGE_MAX_EDGE))
        __builtin_trap();
    ct_image_unref(&image);
    return 0;
}
