/* Pictures as files: PNG, JPEG, WebP; the names of those and of SVG.
 *
 * PNG is written by our own writer (adaptive filters over ISA-L's deflate, docs/dependencies.md);
 * libjpeg-turbo and libwebp write the rest. SVG is no codec: an engine that draws in vectors hands
 * over the document itself (engines/engine.h). */
#ifndef CT_IMAGE_CODEC_H
#define CT_IMAGE_CODEC_H

#include "base/blob.h"
#include "image/image.h"

#include <stdatomic.h>

enum ct_format { CT_FORMAT_PNG, CT_FORMAT_JPEG, CT_FORMAT_WEBP, CT_FORMAT_SVG, CT_FORMAT_COUNT };

/* `format` must be one of these. */
const char *ct_format_name(enum ct_format format); /* "png", "jpeg", "webp", "svg": as in the API */
const char *ct_format_mime(enum ct_format format);
const char *ct_format_extension(enum ct_format format); /* "png", "jpg", "webp", "svg" */

struct ct_encode_params {
    enum ct_format format;
    int quality;              /* JPEG and WebP, 1..100; 0 = 100. Ignored for PNG. */
    const char *software;     /* PNG tEXt "Software"; NULL = none */
    const atomic_int *cancel; /* non-zero stops the work with CT_E_CANCELLED; may be NULL */
};

/* *out is the whole file, or NULL on failure. Blocks for 1 to 100 ms a megapixel; any thread. A
 * cancel is seen within a millisecond; in WebP within 4 ms a megapixel, 20 with alpha.
 *
 * PNG is exact. JPEG keeps full chroma from quality 90 on. WebP is lossy at every quality, its
 * alpha exact.
 *
 * CT_E_CANCELLED, CT_E_MEMORY, or CT_E_INTERNAL for what is refused long before: SVG, alpha
 * as JPEG, an edge over 16383 pixels as WebP, a quality outside 1..100, a `software` that is not
 * 1 to 256 characters of printable ASCII. */
CT_MUSTCHECK ct_code ct_encode(struct ct_blob **out, const struct ct_image *image,
                               const struct ct_encode_params *params, struct ct_err *err);

#endif
