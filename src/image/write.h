/* What encode.c shares with the writers of single formats. Nobody else includes this. */
#ifndef CT_IMAGE_WRITE_H
#define CT_IMAGE_WRITE_H

#include "image/codec.h"

/* A writer appends the whole file to `out`, an empty buffer with a ceiling of at least its
 * bound(); on failure what is in there is of no use. The image is valid and quality is 1..100.
 * `cancel` is looked at about every millisecond of work, webp_write.c says where not. */
ct_code ct_png_write(struct ct_buf *out, const struct ct_image *image,
                     const struct ct_encode_params *params, struct ct_err *err);
ct_code ct_jpeg_write(struct ct_buf *out, const struct ct_image *image,
                      const struct ct_encode_params *params, struct ct_err *err);
ct_code ct_webp_write(struct ct_buf *out, const struct ct_image *image,
                      const struct ct_encode_params *params, struct ct_err *err);

/* No file of this picture is longer than that. A ceiling, not an estimate. */
size_t ct_png_bound(const struct ct_image *image);
size_t ct_jpeg_bound(const struct ct_image *image);
size_t ct_webp_bound(const struct ct_image *image);

static inline bool ct_encode_cancelled(const struct ct_encode_params *params)
{
    return params->cancel && atomic_load_explicit(params->cancel, memory_order_relaxed) != 0;
}

ct_code ct_encode_fail_cancelled(struct ct_err *err);
ct_code ct_encode_fail_memory(const struct ct_image *image, struct ct_err *err);

#endif
