/* See lock.h. flock(2), not fcntl(2): its lock goes with the descriptor, not with the first close
 * of the file anywhere in the process. */
#include "store/lock.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#define PATH_BYTES 4096

static ct_code take(int *fd, const char *data_dir, struct ct_err *err)
{
    int failed;
    do
        failed = flock(*fd, LOCK_EX | LOCK_NB);
    while (failed && errno == EINTR);
    if (!failed)
        return CT_OK;
    bool taken = errno == EWOULDBLOCK;
    ct_data_unlock(fd);
    if (!taken)
        return CT_OK; /* no locks here */
    return ct_fail(err, CT_E_CONFIG, "data",
                   "Another server works on the data folder %s. Stop it first, or choose another "
                   "folder with --data DIR or CALOTYPE_DATA.",
                   data_dir);
}

ct_code ct_data_lock(int *fd, const char *data_dir, struct ct_err *err)
{
    char path[PATH_BYTES];
    struct ct_err cause = { 0 };
    *fd = -1;
    if (snprintf(path, sizeof(path), "%s/lock", data_dir) >= (int)sizeof(path))
        return ct_fail(err, CT_E_CONFIG, "data", "The path of the data folder is too long.");
    if (ct_mkdir_all(data_dir, 0700, &cause) != CT_OK)
        return ct_fail(err, CT_E_CONFIG, "data",
                       "The data folder cannot be made (%s). Choose another with --data DIR or "
                       "CALOTYPE_DATA.",
                       cause.msg);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0)
        return ct_fail_errno(err, CT_E_CONFIG,
                             "The data folder cannot be written (choose another with --data DIR or "
                             "CALOTYPE_DATA): %s",
                             path);
    return take(fd, data_dir, err);
}

void ct_data_unlock(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}
