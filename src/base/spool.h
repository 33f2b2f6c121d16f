/* Bytes that come in piece by piece and may become large: a little in memory, the rest in a file.
 *
 * Up to `memory_max` bytes stay in memory; one more, and everything moves to a temporary file
 * that has no name from the start (O_TMPFILE, or unlinked at once where the file system has none),
 * so nothing is left behind whatever happens to the process. The result is a blob (base/blob.h).
 * A spool has one owner; not thread-safe. Writes go to the page cache and block only when the
 * kernel makes writers wait for the disk. */
#ifndef CT_BASE_SPOOL_H
#define CT_BASE_SPOOL_H

#include "base/blob.h"

struct ct_spool {
    const char *dir;   /* borrowed; made when it is missing */
    size_t len, max;
    size_t memory_max;
    struct ct_buf head; /* while fd is -1 */
    int fd;
};

/* At most `max` bytes, of which at most `memory_max` are held in memory. */
void ct_spool_init(struct ct_spool *s, const char *dir, size_t memory_max, size_t max);
void ct_spool_release(struct ct_spool *s); /* drops the bytes; may be init'ed again */
/* CT_E_BODY_SIZE (without a message for the user: the caller knows what was too large) over `max`;
 * CT_E_OVERLOADED when the disk is full, CT_E_IO when it fails, CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_spool_write(struct ct_spool *s, struct ct_slice bytes, struct ct_err *err);
/* The bytes so far as a blob; the spool is empty afterwards, also on failure. */
CT_MUSTCHECK ct_code ct_spool_take(struct ct_spool *s, struct ct_blob **out, struct ct_err *err);
/* Is there room on the disk for so many bytes more? CT_E_OVERLOADED when not. */
CT_MUSTCHECK ct_code ct_spool_check_room(const char *dir, uint64_t bytes, struct ct_err *err);

#endif
