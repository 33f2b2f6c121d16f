/* The type of a picture file by its first bytes, whatever its name or Content-Type claims. */
#ifndef CT_IMAGE_SNIFF_H
#define CT_IMAGE_SNIFF_H

#include "base/slice.h"
#include "image/codec.h"

/* How many leading bytes are enough to decide. */
#define CT_SNIFF_BYTES 12

/* false (and *out untouched) when the bytes start none of our formats, or are too few to tell.
 * true says only how the file starts: a decoder may still refuse the rest. Thread-safe. */
bool ct_sniff(enum ct_format *out, struct ct_slice bytes);

#endif
