/* Files -> pixels: PNG, JPEG, WebP, by their first bytes.
 *
 * What comes out is always 8-bit sRGB, upright: palettes, grey, 16 bits, CMYK, ICC profiles and
 * EXIF orientation are dealt with here; of an animation the first frame is read. Headers are probed
 * (image/probe.h) before a decoder runs.
 *
 * This decodes in the calling process. Bytes from outside go through image/decoder.h instead,
 * which does the same where a memory fault of a decoder harms nobody. */
#ifndef CT_IMAGE_DECODE_H
#define CT_IMAGE_DECODE_H

#include "base/slice.h"
#include "image/image.h"

#include <stdatomic.h>

#define CT_DECODE_MIN_EDGE 64

struct ct_decode_params {
    /* The longer edge of the result is at most this: a larger picture is scaled down while it is
     * decoded and is never held whole (but for interlaced PNG and WebP with alpha, which their
     * decoders hold). At least CT_DECODE_MIN_EDGE, less counts as that; 0 keeps the size. */
    int max_edge;
    const atomic_int *cancel; /* may be NULL */
};

/* `params` may be NULL: as it is. CT_E_IMAGE_FILE for bytes that are no picture we read, or one
 * over the limits; CT_E_CANCELLED, CT_E_MEMORY. *out is NULL on failure. Any thread. */
CT_MUSTCHECK ct_code ct_decode_with(struct ct_image **out, struct ct_slice file,
                                    const struct ct_decode_params *params, struct ct_err *err);

static inline CT_MUSTCHECK ct_code ct_decode(struct ct_image **out, struct ct_slice file,
                                             struct ct_err *err)
{
    return ct_decode_with(out, file, NULL, err);
}

#endif
