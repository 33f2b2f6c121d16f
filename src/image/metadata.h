/* One text of ours inside a picture file: "calotype:scene" -> JSON.
 *
 *   PNG    iTXt chunk, keyword = key, zlib
 *   JPEG   XMP packet in APP1, property = key, base64 of zlib
 *   WebP   the same packet in the XMP chunk
 *
 * Written into finished files, whoever encoded them; the pixels' bytes are copied as they are.
 * Nothing here says that a text is genuine: who trusts it must authenticate it first.
 * Functions are thread-safe and cost one copy of the file at most. */
#ifndef CT_IMAGE_METADATA_H
#define CT_IMAGE_METADATA_H

#include "base/blob.h"

/* No text is longer, neither written nor read; what would inflate beyond it is refused while it
 * inflates. A JPEG holds less: 47 KB of it when compressed. */
#define CT_METADATA_MAX ((size_t)512 * 1024)

/* *out is a copy of `file` that carries `text` under `key`, replacing what stood there (in JPEG
 * and WebP the whole XMP packet), or NULL on failure.
 *
 * `key` is "prefix:name" of lower-case letters, at most 40 characters; text is UTF-8 without NUL.
 * CT_E_STRING_MAX when it is over the limit of this format, CT_E_IMAGE_FILE when `file` is no
 * picture of ours or cannot be taken apart, CT_E_INTERNAL for a wrong key or text, CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_metadata_put(struct ct_blob **out, struct ct_slice file, const char *key,
                                     struct ct_slice text, struct ct_err *err);

/* Appends the text to `out` (initialised by the caller with a maximum of his own). `file` may be
 * any bytes. CT_E_NOT_FOUND when it carries none, or is no picture; CT_E_IMAGE_FILE when it
 * carries one that is damaged or too long; CT_E_MEMORY. `out` is unchanged on failure. */
CT_MUSTCHECK ct_code ct_metadata_find(struct ct_buf *out, struct ct_slice file, const char *key,
                                      struct ct_err *err);

#endif
