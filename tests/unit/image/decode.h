/* Reads files back with the libraries everybody else reads them with. */
#ifndef CT_TESTS_IMAGE_DECODE_H
#define CT_TESTS_IMAGE_DECODE_H

#include "base/blob.h"
#include "image/image.h"

/* NULL when the library refuses the file. Always the file's own number of channels. */
struct ct_image *decode_png(const struct ct_blob *file);
struct ct_image *decode_webp(const struct ct_blob *file);

struct jpeg_facts {
    bool full_chroma, progressive;
};
struct ct_image *decode_jpeg(struct jpeg_facts *facts, const struct ct_blob *file);

bool same_pixels(const struct ct_image *a, const struct ct_image *b);
/* Over the colours, in dB; alpha is not looked at. 99 for equal pictures, 0 for other sizes. */
double psnr(const struct ct_image *a, const struct ct_image *b);

#endif
