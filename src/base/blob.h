/* Immutable bytes shared between threads by counting references (atomic).
 *
 * Replies, encoded pictures and cached pages travel as blobs: written once, sent by whichever
 * loop owns the connection, freed with the last reference. */
#ifndef CT_BASE_BLOB_H
#define CT_BASE_BLOB_H

#include "base/buf.h"

struct ct_blob {
    const char *data;
    size_t len;
};

struct ct_blob *ct_blob_copy(const void *bytes, size_t len);  /* NULL: out of memory */
struct ct_blob *ct_blob_take(struct ct_buf *b);               /* b is empty afterwards, also on failure;
                                                                 NULL when b had failed */
struct ct_blob *ct_blob_static(const void *bytes, size_t len);/* bytes live forever */
struct ct_blob *ct_blob_ref(struct ct_blob *blob);            /* returns blob; NULL stays NULL */
void ct_blob_unref(struct ct_blob **blob);                    /* sets NULL; NULL is fine */

#endif
