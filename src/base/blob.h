/* Immutable bytes shared between threads by counting references (atomic).
 *
 * Replies, encoded pictures and cached pages travel as blobs: written once, sent by whichever
 * loop owns the connection, freed with the last reference. Large uploads are blobs as well, with
 * their bytes in an unlinked file that is mapped read-only (base/spool.h makes them): reading them
 * costs page cache, not memory of ours. */
#ifndef CT_BASE_BLOB_H
#define CT_BASE_BLOB_H

#include "base/buf.h"
#include "base/err.h"

struct ct_blob {
    const char *data;
    size_t len;
};

struct ct_blob *ct_blob_copy(const void *bytes, size_t len);  /* NULL: out of memory */
struct ct_blob *ct_blob_take(struct ct_buf *b); /* b is empty afterwards, also on failure;
                                                   NULL when b had failed */
struct ct_blob *ct_blob_static(const void *bytes, size_t len);/* bytes live forever */
/* The first len bytes of a file. Takes fd, also on failure. Nobody else may change or shorten the
 * file: it should have no name any more. NULL: out of memory or address space. */
struct ct_blob *ct_blob_file(int fd, size_t len);
/* The file at `path`, whole: as ct_blob_file(), but for one that has a name and is only ever
 * removed. CT_E_NOT_FOUND when there is none, else CT_E_IO or CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_blob_open(struct ct_blob **out, const char *path, struct ct_err *err);
/* The bytes as the file `path`, synced; the folder is the caller's to sync (ct_folder_sync). A
 * spooled upload is given the name without being copied where the file system can do that. CT_E_IO.
 */
CT_MUSTCHECK ct_code ct_blob_keep(const struct ct_blob *blob, const char *path, struct ct_err *err);
int ct_blob_fd(const struct ct_blob *blob); /* borrowed; -1 when the bytes are in memory */
struct ct_blob *ct_blob_ref(struct ct_blob *blob);            /* returns blob; NULL stays NULL */
void ct_blob_unref(struct ct_blob **blob);                    /* sets NULL; NULL is fine */

#endif
