/* Pictures as files: PNG, JPEG, WebP.
 *
 * PNG is written by our own writer (adaptive filters over ISA-L's deflate, docs/dependencies.md);
 * libjpeg-turbo and libwebp write the rest. */
#ifndef CT_IMAGE_CODEC_H
#define CT_IMAGE_CODEC_H

#include "base/blob.h"
#include "image/image.h"

#include <stdatomic.h>

enum ct_format { CT_FORMAT_PNG, CT_FORMAT_JPEG, CT_FORMAT_WEBP };

const char *ct_format_name(enum ct_format format); /* "png", "jpeg", "webp": as the API spells them */
const char *ct_format_mime(enum ct_format format);
const char *ct_format_extension(enum ct_format format); /* "png", "jpg", "webp" */

struct ct_encode_params {
    enum ct_format format;
    int quality;             /* JPEG and WebP, 1..100; 0 = 100. Ignored for PNG. */
    const char *software;    /* PNG tEXt "Software"; NULL = none */
    const atomic_int *cancel;/* non-zero stops the work with CT_E_CANCELLED; may be NULL */
};

/* A picture with alpha as JPEG is CT_E_INTERNAL: the contract refuses it long before. */
CT_MUSTCHECK ct_code ct_encode(struct ct_blob **out, const struct ct_image *image,
                               const struct ct_encode_params *params, struct ct_err *err);

#endif
