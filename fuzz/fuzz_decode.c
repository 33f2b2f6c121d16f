/* The probe and ct_decode() on any bytes: a picture within the limits, of the probed size and
 * alpha, or CT_E_IMAGE_FILE; scaled while decoding, the same verdict. */
#include "image/decode.h"
#include "image/probe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_EDGE 100
#define PIXELS_MAX (1 << 20) /* larger pictures are legal, and slow */

static void check(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ct_slice file = ct_slice_n((const char *)data, size);
    struct ct_picture_info info;
    struct ct_image *image = NULL, *small = NULL;
    ct_code probed = ct_image_probe(&info, file, NULL);
    check(probed == CT_OK || probed == CT_E_IMAGE_FILE);
    if (probed == CT_OK && (int64_t)info.width * info.height > PIXELS_MAX)
        return 0;
    ct_code rc = ct_decode(&image, file, NULL);
    check((rc == CT_OK) == (image != NULL));
    check(rc == CT_OK || rc == CT_E_IMAGE_FILE || rc == CT_E_MEMORY);
    check(rc != CT_OK || probed == CT_OK);
    if (image) {
        check(image->width == info.width && image->height == info.height);
        check(image->channels == 3 || info.alpha);
    }
    rc = ct_decode_with(&small, file, &(struct ct_decode_params){ .max_edge = MAX_EDGE }, NULL);
    check((rc == CT_OK) == (small != NULL));
    check(!small || (small->width <= MAX_EDGE && small->height <= MAX_EDGE));
    ct_image_unref(&image);
    ct_image_unref(&small);
    return 0;
}
