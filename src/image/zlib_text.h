/* zlib streams (RFC 1950) of texts with a ceiling. Only metadata*.c and the decoders include it. */
#ifndef CT_IMAGE_ZLIB_TEXT_H
#define CT_IMAGE_ZLIB_TEXT_H

#include "base/buf.h"

/* Appends the compressed text; false when out of memory or over out->max (out->failed says so). */
bool ct_zlib_pack(struct ct_buf *out, struct ct_slice text);

enum ct_zlib_result { CT_ZLIB_OK, CT_ZLIB_DAMAGED, CT_ZLIB_TOO_LONG, CT_ZLIB_NO_MEMORY };
/* Appends at most `max` bytes; stops at the first byte beyond. out->len is unchanged on failure. */
enum ct_zlib_result ct_zlib_unpack(struct ct_buf *out, struct ct_slice packed, size_t max);

#endif
