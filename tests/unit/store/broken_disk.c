/* See broken_disk.h. Single-threaded. */
#include "broken_disk.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

static enum disk_call broken;
static int calls_left;

static bool fails(enum disk_call call)
{
    if (call != broken || --calls_left > 0)
        return false;
    errno = ENOSPC;
    return true;
}

static int disk_open(const char *path, int flags, unsigned mode)
{
    return fails(DISK_OPEN) ? -1 : open(path, flags, (mode_t)mode);
}

static long disk_write(int fd, const void *bytes, size_t len)
{
    return fails(DISK_WRITE) ? -1 : (long)write(fd, bytes, len);
}

static int disk_fsync(int fd)
{
    return fails(DISK_FSYNC) ? -1 : fsync(fd);
}

static int disk_rename(const char *from, const char *to)
{
    return fails(DISK_RENAME) ? -1 : rename(from, to);
}

void disk_break(enum disk_call call, int nth)
{
    static const struct ct_file_ops ops = { disk_open, disk_write, disk_fsync, disk_rename };
    broken = call;
    calls_left = nth;
    ct_file_ops_replace(&ops);
}

void disk_mend(void)
{
    ct_file_ops_replace(NULL);
}
