/* Blobs that have a name on disk: kept under one, and opened by it. Any thread that may wait for
 * the disk.
 *
 * An upload was spooled into a file without a name (base/spool.h), so keeping it is a link and a
 * sync, whatever its size. Where that cannot be (bytes in memory, another file system, one without
 * nameless files) it is copied. */
#include "base/blob.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

ct_code ct_blob_open(struct ct_blob **out, const char *path, struct ct_err *err)
{
    struct stat st;
    *out = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return ct_fail_errno(err, errno == ENOENT ? CT_E_NOT_FOUND : CT_E_IO, "%s: cannot open",
                             path);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return ct_fail(err, CT_E_IO, NULL, "%s: not a file", path);
    }
    *out = ct_blob_file(fd, (size_t)st.st_size);
    return *out ? CT_OK : ct_fail(err, CT_E_MEMORY, NULL, "%s: out of memory", path);
}

static bool link_nameless(int fd, const char *path)
{
    char self[40];
    if (fd < 0)
        return false;
    snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
    return linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

ct_code ct_blob_keep(const struct ct_blob *blob, const char *path, struct ct_err *err)
{
    int fd = ct_blob_fd(blob);
    if (!link_nameless(fd, path))
        return ct_file_write(path, blob->data, blob->len, 0600, err);
    if (fsync(fd) == 0)
        return CT_OK;
    ct_code rc = ct_fail_errno(err, CT_E_IO, "%s: cannot sync", path);
    unlink(path);
    return rc;
}
