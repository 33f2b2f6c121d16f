/* What a picture file is, from its headers alone: nothing is decompressed, nothing allocated.
 *
 * Our own reading of bytes that anybody may send: every length is checked, the number of chunks
 * is capped. It decides before any decoder runs whether one may. */
#ifndef CT_IMAGE_PROBE_H
#define CT_IMAGE_PROBE_H

#include "image/codec.h"

#include "base/slice.h"

#define CT_PICTURE_MAX_BYTES ((size_t)50 * 1024 * 1024)

struct ct_picture_info {
    enum ct_format format;
    int width, height;   /* upright: after EXIF orientation */
    int orientation;     /* 1..8 as stored */
    bool alpha;          /* decodes to four channels */
    bool animated;       /* APNG, animated WebP: the first frame stands for it */
    bool profile;        /* carries an ICC profile */
    bool progressive;    /* JPEG of several scans, interlaced PNG: decoded as a whole */
    size_t coded_bytes;  /* compressed pixels, about */
};

/* CT_E_IMAGE_FILE, with a sentence that says why, for bytes that are none of our formats, are cut
 * before the pixels, or break a limit: file size, edge, pixels, number of chunks, or more pixels
 * than that many bytes can hold (a decompression bomb). Any thread; under a millisecond. */
CT_MUSTCHECK ct_code ct_image_probe(struct ct_picture_info *out, struct ct_slice file,
                                    struct ct_err *err);

#endif
