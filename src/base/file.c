/* Files.
 *
 * ct_file_write() is the one way we replace a file: temporary file beside it, fsync, rename, fsync
 * of the folder. The folder is opened before anything is written, so that after the rename only
 * its fsync can fail: then the new content is in place and the error says that a power cut might
 * still undo it. After any other error the old content stands and the temporary file is gone. */
#include "base/file.h"

#include "base/hash.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 * 1024)

static int real_open(const char *path, int flags, unsigned mode)
{
    return open(path, flags, (mode_t)mode);
}

static long real_write(int fd, const void *bytes, size_t len)
{
    return (long)write(fd, bytes, len);
}

static const struct ct_file_ops real_ops = { real_open, real_write, fsync, rename };
static _Atomic(const struct ct_file_ops *) test_ops;

static const struct ct_file_ops *ops(void)
{
    const struct ct_file_ops *test = atomic_load_explicit(&test_ops, memory_order_acquire);
    return test ? test : &real_ops;
}

void ct_file_ops_replace(const struct ct_file_ops *replacement)
{
    atomic_store_explicit(&test_ops, replacement, memory_order_release);
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Reads fd to its end into b. */
static ct_code read_all(struct ct_buf *b, int fd, const char *path, struct ct_err *err)
{
    for (;;) {
        char probe; /* a full buffer needs one byte more to tell the end from too much */
        size_t room = b->max - b->len;
        size_t step = room < READ_STEP ? room : READ_STEP;
        if (step && !ct_buf_reserve(b, step))
            return ct_fail(err, CT_E_MEMORY, NULL, "%s: out of memory", path);
        ssize_t got = step ? read(fd, b->data + b->len, b->cap - b->len) : read(fd, &probe, 1);
        if (got == 0)
            return CT_OK;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ct_fail_errno(err, CT_E_IO, "%s: cannot read", path);
        if (step == 0)
            return ct_fail(err, CT_E_IO, NULL, "%s: larger than the %zu bytes allowed here", path,
                           b->max);
        b->len += (size_t)got;
    }
}

ct_code ct_file_read(struct ct_buf *b, const char *path, struct ct_err *err)
{
    CT_CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t before = b->len;
    struct stat st;
    if (fd < 0)
        return ct_fail_errno(err, errno == ENOENT ? CT_E_NOT_FOUND : CT_E_IO, "%s: cannot open",
                             path);
    if (b->failed)
        return ct_fail(err, CT_E_MEMORY, NULL, "%s: out of memory", path);
    /* A hint only: one allocation for the usual file; the loop copes with any size. */
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size <= b->max - b->len &&
        !ct_buf_reserve(b, (size_t)st.st_size))
        return ct_fail(err, CT_E_MEMORY, NULL, "%s: out of memory", path);
    ct_code code = read_all(b, fd, path, err);
    if (code != CT_OK)
        b->len = before;
    return code;
}

static ct_code write_all(int fd, const char *path, const void *bytes, size_t len,
                         struct ct_err *err)
{
    const char *at = bytes;
    while (len > 0) {
        long put = ops()->write(fd, at, len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return ct_fail_errno(err, CT_E_IO, "%s: cannot write", path);
        at += put;
        len -= (size_t)put;
    }
    return CT_OK;
}

/* Makes the temporary file with its whole content on disk. */
static ct_code write_temporary(const char *temporary, const char *path, const void *bytes,
                               size_t len, unsigned mode, struct ct_err *err)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    CT_CLEANUP(close_fd) int fd = ops()->open(temporary, flags, mode);
    if (fd < 0)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot create a file beside it", path);
    CT_TRY(write_all(fd, path, bytes, len, err));
    if (ops()->fsync(fd) != 0)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot sync", path);
    return CT_OK;
}

static int open_folder_of(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    if (len >= sizeof(folder)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(folder, path, len);
    folder[len] = '\0';
    return ops()->open(len ? folder : slash ? "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
}

ct_code ct_file_write(const char *path, const void *bytes, size_t len, unsigned mode,
                      struct ct_err *err)
{
    char temporary[PATH_MAX], unique[17] = "";
    uint8_t random[8];
    ct_random(random, sizeof(random));
    ct_hex(unique, random, sizeof(random));
    int put = snprintf(temporary, sizeof(temporary), "%s.%s.tmp", path, unique);
    if (put < 0 || (size_t)put >= sizeof(temporary))
        return ct_fail(err, CT_E_IO, NULL, "%.200s...: the path is too long", path);
    CT_CLEANUP(close_fd) int folder = open_folder_of(path);
    if (folder < 0)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot open its folder", path);
    ct_code code = write_temporary(temporary, path, bytes, len, mode, err);
    if (code == CT_OK && ops()->rename(temporary, path) != 0)
        code = ct_fail_errno(err, CT_E_IO, "%s: cannot replace", path);
    if (code != CT_OK) {
        unlink(temporary);
        return code;
    }
    if (ops()->fsync(folder) != 0)
        return ct_fail_errno(err, CT_E_IO, "%s: written, but its folder cannot be synced", path);
    return CT_OK;
}

ct_code ct_folder_sync(const char *path, struct ct_err *err)
{
    CT_CLEANUP(close_fd) int fd = ops()->open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0 || ops()->fsync(fd) != 0)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot sync the folder", path);
    return CT_OK;
}

ct_code ct_mkdir_all(const char *path, unsigned mode, struct ct_err *err)
{
    char part[PATH_MAX];
    struct stat st;
    size_t len = strlen(path);
    if (len == 0 || len >= sizeof(part))
        return ct_fail(err, CT_E_IO, NULL, "%.200s: not a usable folder name (%zu bytes)", path,
                       len);
    for (size_t i = 1; i <= len; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, (mode_t)mode) != 0 && errno != EEXIST)
            return ct_fail_errno(err, CT_E_IO, "%s: cannot make the folder", part);
    }
    if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
        return ct_fail(err, CT_E_IO, NULL, "%s: exists and is not a folder", path);
    return CT_OK;
}
