/* See walk.h. By descriptors, so that a folder that is moved meanwhile is read to its end. */
#include "base/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LEVELS 2

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static ct_code walk(int parent, const char *folder, const char *prefix, int level, ct_walk_fn fn,
                    void *ctx, struct ct_err *err)
{
    ct_code rc = CT_OK;
    int fd = openat(parent, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0)
            close(fd);
        return errno == ENOENT ? CT_OK : ct_fail_errno(err, CT_E_IO, "%s: cannot read", folder);
    }
    for (struct dirent *entry; rc == CT_OK && (entry = readdir(dir)) != NULL;) {
        char name[2 * NAME_MAX + 2];
        struct stat st;
        if (is_dots(entry->d_name) ||
            fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        int len = snprintf(name, sizeof(name), "%s%s%s", prefix, prefix[0] ? "/" : "",
                           entry->d_name);
        if (len >= (int)sizeof(name))
            continue; /* nothing of ours is called so */
        if (S_ISREG(st.st_mode))
            rc = fn(ctx, name, &st, err);
        else if (S_ISDIR(st.st_mode) && level + 1 < LEVELS)
            rc = walk(dirfd(dir), entry->d_name, name, level + 1, fn, ctx, err);
    }
    closedir(dir);
    return rc;
}

ct_code ct_walk(const char *root, ct_walk_fn fn, void *ctx, struct ct_err *err)
{
    return walk(AT_FDCWD, root, "", 0, fn, ctx, err);
}
