/* Files as other programs write them, made with the libraries that those programs use. */
#ifndef CT_TESTS_IMAGE_FOREIGN_H
#define CT_TESTS_IMAGE_FOREIGN_H

#include "base/buf.h"
#include "image/image.h"

struct foreign {
    int quality;             /* JPEG; 0 = 95 */
    bool progressive;        /* JPEG */
    bool interlaced;         /* PNG */
    int depth;               /* PNG: 8 or 16; 0 = 8 */
    bool cmyk, adobe;        /* JPEG: CMYK of these colours, with or without Adobe's marker */
    bool grey;               /* JPEG of one component */
    struct ct_slice profile; /* ICC, PNG and JPEG */
    int orientation;         /* EXIF, all three; 0 = no EXIF */
};

/* Appends a file with the image's pixels. The caller inits and releases `out`. */
void foreign_png(struct ct_buf *out, const struct ct_image *image, const struct foreign *how);
void foreign_jpeg(struct ct_buf *out, const struct ct_image *image, const struct foreign *how);
void foreign_webp(struct ct_buf *out, const struct ct_image *image, const struct foreign *how);
/* Two frames: the image at (2, 4) of a canvas that is 8 pixels larger, then an empty one. */
void foreign_animated_webp(struct ct_buf *out, const struct ct_image *image);
/* The image, then one frame more. */
void foreign_apng(struct ct_buf *out, const struct ct_image *image);

/* One PNG chunk with its check sum. */
void put_png_chunk(struct ct_buf *out, const char *type, struct ct_slice data);
/* 26 bytes of EXIF. */
void put_exif(struct ct_buf *out, int orientation, bool little);
/* A profile that is sRGB with red and blue exchanged, or of grey with a gamma of 1; freed by
 * ct_buf_release(). */
void put_swapped_profile(struct ct_buf *out);
void put_linear_grey_profile(struct ct_buf *out);

#endif
