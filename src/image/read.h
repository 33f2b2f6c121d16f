/* What decode.c shares with the readers of single formats. Nobody else includes this. */
#ifndef CT_IMAGE_READ_H
#define CT_IMAGE_READ_H

#include "image/colour.h"
#include "image/decode.h"
#include "image/probe.h"

/* The rows of a picture on their way from a decoder into an image, of which every `shrink` by
 * `shrink` pixels become one: their mean, colours weighted by alpha. Nothing of the large picture
 * is kept. */
struct ct_rows {
    struct ct_image *image;      /* the result */
    int width, height, channels; /* of what comes in */
    int shrink;
    int y;          /* rows taken so far */
    uint8_t *line;  /* where the next row goes when shrinking */
    uint32_t *sums; /* of the rows of one result row */
};

/* CT_E_MEMORY. Release it in either case; `image` is the caller's to take. */
ct_code ct_rows_open(struct ct_rows *rows, int width, int height, int channels, int shrink,
                     struct ct_err *err);
uint8_t *ct_rows_next(struct ct_rows *rows); /* room for one row */
void ct_rows_take(struct ct_rows *rows);     /* the row in that room is complete */
void ct_rows_release(struct ct_rows *rows);  /* drops the image, too, when it is still there */

struct ct_read {
    struct ct_slice file;
    const struct ct_picture_info *info;
    int shrink; /* at least 1: the result may be smaller by up to this factor, not more */
    const atomic_int *cancel;
};

/* A reader gives the picture as it is stored, not yet upright. Its size is the file's divided by
 * a factor between 1 and read->shrink. */
ct_code ct_png_read(struct ct_image **out, const struct ct_read *read, struct ct_err *err);
ct_code ct_jpeg_read(struct ct_image **out, const struct ct_read *read, struct ct_err *err);
ct_code ct_webp_read(struct ct_image **out, const struct ct_read *read, struct ct_err *err);

static inline bool ct_read_cancelled(const struct ct_read *read)
{
    return read->cancel && atomic_load_explicit(read->cancel, memory_order_relaxed) != 0;
}

ct_code ct_read_fail(struct ct_err *err, const char *kind, const char *why);
ct_code ct_read_fail_cancelled(struct ct_err *err);

#endif
