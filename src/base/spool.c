/* Spooling: see spool.h. Called by net/ and api/ while uploads arrive, on their event loop, and by
 * whoever fetches or decodes on its own thread.
 *
 * A piece that follows the switch to a file is written as it came, so a large upload costs no
 * memory here. What the disk answers is told in the user's terms: full is "try again later" (the
 * official overload error), because nothing was done yet and nothing was lost. */
#include "base/spool.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PATH_MAX_BYTES 4096
/* Left to everybody else when deciding whether an upload fits. */
#define ROOM_TO_LEAVE ((uint64_t)64 << 20)

void ct_spool_init(struct ct_spool *s, const char *dir, size_t memory_max, size_t max)
{
    *s = (struct ct_spool){ .dir = dir, .max = max, .memory_max = memory_max, .fd = -1 };
    ct_buf_init(&s->head, memory_max);
}

void ct_spool_release(struct ct_spool *s)
{
    if (s->fd >= 0)
        close(s->fd);
    ct_buf_release(&s->head);
    ct_spool_init(s, s->dir, s->memory_max, s->max);
}

static ct_code disk_error(int cause, struct ct_err *err)
{
    errno = cause;
    if (cause == ENOSPC || cause == EDQUOT)
        return ct_fail(err, CT_E_OVERLOADED, NULL,
                       "The server has no room on its disk for this upload. Please try again "
                       "later.");
    if (cause == EMFILE || cause == ENFILE)
        return ct_fail(err, CT_E_OVERLOADED, NULL,
                       "The server has too many files open. Please try again later.");
    return ct_fail_errno(err, CT_E_IO, "A temporary file cannot be written");
}

/* -1 and errno on failure. */
static int open_nameless(const char *dir)
{
    char path[PATH_MAX_BYTES];
    int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    int n = snprintf(path, sizeof(path), "%s/upload-XXXXXX", dir);
    if (n < 0 || (size_t)n >= sizeof(path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static ct_code write_all(int fd, struct ct_slice bytes, struct ct_err *err)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return disk_error(n < 0 ? errno : ENOSPC, err);
        bytes = ct_slice_n(bytes.ptr + n, bytes.len - (size_t)n);
    }
    return CT_OK;
}

static ct_code move_to_file(struct ct_spool *s, struct ct_err *err)
{
    s->fd = open_nameless(s->dir);
    if (s->fd < 0 && errno == ENOENT) {
        CT_TRY(ct_mkdir_all(s->dir, 0700, err));
        s->fd = open_nameless(s->dir);
    }
    if (s->fd < 0)
        return disk_error(errno, err);
    CT_TRY(write_all(s->fd, ct_buf_slice(&s->head), err));
    ct_buf_release(&s->head);
    return CT_OK;
}

ct_code ct_spool_write(struct ct_spool *s, struct ct_slice bytes, struct ct_err *err)
{
    if (bytes.len == 0)
        return CT_OK;
    if (bytes.len > s->max - s->len)
        return ct_fail(err, CT_E_BODY_SIZE, NULL, "More than %zu bytes.", s->max);
    if (s->fd < 0 && bytes.len <= s->memory_max - s->len) {
        ct_buf_put(&s->head, bytes);
        if (s->head.failed)
            return ct_fail(err, CT_E_MEMORY, NULL,
                           "The server is out of memory. Please try again later.");
    } else {
        if (s->fd < 0)
            CT_TRY(move_to_file(s, err));
        CT_TRY(write_all(s->fd, bytes, err));
    }
    s->len += bytes.len;
    return CT_OK;
}

ct_code ct_spool_take(struct ct_spool *s, struct ct_blob **out, struct ct_err *err)
{
    *out = s->fd >= 0 ? ct_blob_file(s->fd, s->len) : ct_blob_take(&s->head);
    s->fd = -1;
    ct_spool_release(s);
    return *out ? CT_OK
                : ct_fail(err, CT_E_MEMORY, NULL,
                          "The server is out of memory. Please try again later.");
}

ct_code ct_spool_check_room(const char *dir, uint64_t bytes, struct ct_err *err)
{
    struct statvfs fs;
    if (statvfs(dir, &fs) != 0)
        return CT_OK; /* writing will tell */
    uint64_t room = (uint64_t)fs.f_bavail * fs.f_frsize;
    return room >= ROOM_TO_LEAVE && room - ROOM_TO_LEAVE >= bytes ? CT_OK
                                                                   : disk_error(ENOSPC, err);
}
