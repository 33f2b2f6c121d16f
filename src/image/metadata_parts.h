/* What metadata.c shares with the writers of single formats. Nobody else includes this.
 *
 * A writer appends the whole file to `out`; a finder returns where the packed text stands in the
 * file, an empty slice when there is none. Memory failures stick in `out`. */
#ifndef CT_IMAGE_METADATA_PARTS_H
#define CT_IMAGE_METADATA_PARTS_H

#include "image/chunks.h"

#include "base/buf.h"

/* PNG. `packed` is a zlib stream. false when the file cannot be taken apart. */
bool ct_metadata__png_put(struct ct_buf *out, struct ct_slice file, const char *key,
                          struct ct_slice packed);
/* *is_packed: a zlib stream, else the text itself. */
struct ct_slice ct_metadata__png_find(struct ct_slice file, const char *key, bool *is_packed);

/* XMP (Adobe XMP Specification parts 1 and 3), in JPEG and WebP. The property holds base64. */
#define CT_XMP_JPEG_MAX 65502 /* a segment of 65535 with its length and XMP's signature off */
void ct_metadata__xmp_packet(struct ct_buf *out, const char *key, struct ct_slice base64);
bool ct_metadata__xmp_put_jpeg(struct ct_buf *out, struct ct_slice file, struct ct_slice packet);
bool ct_metadata__xmp_put_webp(struct ct_buf *out, struct ct_slice file, struct ct_slice packet);
/* The property's base64, borrowed from the file. */
struct ct_slice ct_metadata__xmp_find(struct ct_slice file, const char *key);

#endif
