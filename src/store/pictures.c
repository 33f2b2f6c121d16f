/* Content-addressed files: the picture half of the store.
 *
 * Two levels (the first byte of the hash is a folder) keep any one directory small. Reading takes
 * the name apart before it touches the file system: 64 lower-case hex digits, a dot and a known
 * extension, so no path a user writes can leave the folder; O_NOFOLLOW refuses planted links.
 *
 * When a picture was last needed is its file's modification time. The lock makes looking at it and
 * removing the file one step, so that a picture that is put again at that moment is not lost. */
#include "store/pictures.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define HASH_DIGITS (2 * CT_SHA256_LEN)

struct ct_pictures {
    char *dir;
    pthread_mutex_t lock; /* between looking at a file's time and removing or touching it */
    int folder;           /* locked with it, against `calotype gc` beside a server */
};

static void lock_times(struct ct_pictures *pictures)
{
    pthread_mutex_lock(&pictures->lock);
    while (flock(pictures->folder, LOCK_EX) != 0 && errno == EINTR)
        continue; /* a file system without locks: then this process alone is kept in order */
}

static void unlock_times(struct ct_pictures *pictures)
{
    (void)flock(pictures->folder, LOCK_UN);
    pthread_mutex_unlock(&pictures->lock);
}

static void picture_path(char *path, size_t size, const struct ct_pictures *pictures,
                         const char *name)
{
    snprintf(path, size, "%s/%.2s/%s", pictures->dir, name, name);
}

/* Writes and removes one file: the only honest way to know that a folder takes files. */
static ct_code prove_writable(const char *dir, struct ct_err *err)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/.write-test", dir);
    struct ct_err cause = { 0 };
    ct_code rc = ct_file_write(path, "", 0, 0600, &cause);
    if (rc != CT_OK)
        return ct_fail(err, CT_E_CONFIG, NULL,
                       "The data folder cannot be written (%s). Choose another with --data DIR "
                       "or CALOTYPE_DATA.",
                       cause.msg);
    unlink(path);
    return CT_OK;
}

ct_code ct_pictures_open(struct ct_pictures **out, const char *data_dir, struct ct_err *err)
{
    char dir[3800];
    *out = NULL;
    if (snprintf(dir, sizeof(dir), "%s/pictures", data_dir) >= (int)sizeof(dir))
        return ct_fail(err, CT_E_CONFIG, NULL, "The path of the data folder is too long.");
    struct ct_err cause = { 0 };
    if (ct_mkdir_all(dir, 0700, &cause) != CT_OK)
        return ct_fail(err, CT_E_CONFIG, NULL,
                       "The data folder cannot be made (%s). Choose another with --data DIR or "
                       "CALOTYPE_DATA.",
                       cause.msg);
    CT_TRY(prove_writable(dir, err));
    struct ct_pictures *pictures = ct_calloc(1, sizeof(*pictures));
    if (pictures)
        pictures->dir = ct_strdup(dir);
    if (pictures)
        pictures->folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (!pictures || !pictures->dir || pictures->folder < 0) {
        if (pictures)
            ct_free(pictures->dir);
        ct_free(pictures);
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the picture store.");
    }
    pthread_mutex_init(&pictures->lock, NULL);
    *out = pictures;
    return CT_OK;
}

void ct_pictures_close(struct ct_pictures **pictures)
{
    if (!*pictures)
        return;
    pthread_mutex_destroy(&(*pictures)->lock);
    close((*pictures)->folder);
    ct_free((*pictures)->dir);
    ct_free(*pictures);
    *pictures = NULL;
}

/* Makes the folder of a name; a new one is synced into its parent, or a power cut could lose the
 * folder and with it a picture that was reported as kept. */
static ct_code make_folder(const struct ct_pictures *pictures, const char *name, struct ct_err *err)
{
    char folder[4096];
    snprintf(folder, sizeof(folder), "%s/%.2s", pictures->dir, name);
    if (mkdir(folder, 0700) != 0) {
        if (errno == EEXIST)
            return CT_OK; /* a file in its place is found out by the write */
        return ct_fail_errno(err, CT_E_IO, "%s: cannot make the folder", folder);
    }
    int fd = open(pictures->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = fd < 0 || fsync(fd) != 0;
    ct_code rc = failed ? ct_fail_errno(err, CT_E_IO, "%s: cannot sync", pictures->dir) : CT_OK;
    if (fd >= 0)
        close(fd);
    return rc;
}

static bool touch(const char *path)
{
    return utimensat(AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A whole picture of that size, needed from now on; a link planted under its name is not one. */
static bool is_stored(struct ct_pictures *pictures, const char *path, size_t size)
{
    struct stat st;
    lock_times(pictures);
    bool stored = lstat(path, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size == size &&
                  touch(path);
    unlock_times(pictures);
    return stored;
}

ct_code ct_pictures_put(struct ct_pictures *pictures, char name[CT_PICTURE_NAME_MAX],
                        const struct ct_blob *file, enum ct_format format, struct ct_err *err)
{
    uint8_t digest[CT_SHA256_LEN];
    char hex[HASH_DIGITS + 1] = { 0 };
    char path[4096];

    ct_sha256(digest, file->data, file->len);
    ct_hex(hex, digest, sizeof(digest));
    snprintf(name, CT_PICTURE_NAME_MAX, "%s.%s", hex, ct_format_extension(format));
    picture_path(path, sizeof(path), pictures, name);
    if (is_stored(pictures, path, file->len))
        return CT_OK;
    CT_TRY(make_folder(pictures, name, err));
    return ct_file_write(path, file->data, file->len, 0600, err);
}

static bool parse_name(struct ct_slice name, enum ct_format *format)
{
    if (name.len <= HASH_DIGITS + 1 || name.len >= CT_PICTURE_NAME_MAX)
        return false;
    for (size_t i = 0; i < HASH_DIGITS; i++) {
        char c = name.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
    }
    if (name.ptr[HASH_DIGITS] != '.')
        return false;
    struct ct_slice extension = ct_slice_sub(name, HASH_DIGITS + 1, name.len);
    for (enum ct_format f = CT_FORMAT_PNG; f < CT_FORMAT_COUNT; f++) {
        if (ct_slice_is(extension, ct_format_extension(f))) {
            *format = f;
            return true;
        }
    }
    return false;
}

bool ct_picture_is_name(struct ct_slice name)
{
    enum ct_format format;
    return parse_name(name, &format);
}

/* The path of a name that could be one of ours. */
static bool find_path(char *path, size_t size, const struct ct_pictures *pictures,
                      struct ct_slice name, enum ct_format *format)
{
    char text[CT_PICTURE_NAME_MAX];
    if (!parse_name(name, format))
        return false;
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    picture_path(path, size, pictures, text);
    return true;
}

ct_code ct_pictures_get(struct ct_pictures *pictures, struct ct_picture_file *out,
                        struct ct_slice name, struct ct_err *err)
{
    char path[4096];
    struct stat st;

    if (!find_path(path, sizeof(path), pictures, name, &out->format))
        return ct_fail(err, CT_E_NOT_FOUND, NULL, "No such picture.");
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && (errno == ENOENT || errno == ELOOP || errno == ENOTDIR))
        return ct_fail(err, CT_E_NOT_FOUND, NULL, "No such picture.");
    if (fd < 0)
        return ct_fail(err, CT_E_IO, NULL, "The picture cannot be read at the moment.");
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return ct_fail(err, CT_E_NOT_FOUND, NULL, "No such picture.");
    }
    out->fd = fd;
    out->size = st.st_size;
    return CT_OK;
}

bool ct_pictures_touch(struct ct_pictures *pictures, struct ct_slice name)
{
    char path[4096];
    enum ct_format format;
    if (!find_path(path, sizeof(path), pictures, name, &format))
        return false;
    lock_times(pictures);
    bool touched = touch(path);
    unlock_times(pictures);
    return touched;
}

ct_code ct_pictures_remove(struct ct_pictures *pictures, struct ct_slice name, int64_t since,
                           bool *removed, struct ct_err *err)
{
    char path[4096];
    enum ct_format format;
    struct stat st;
    int failed = 0;
    if (removed)
        *removed = false;
    if (!find_path(path, sizeof(path), pictures, name, &format))
        return CT_OK;
    lock_times(pictures);
    bool old = lstat(path, &st) == 0 && st.st_mtime < since;
    if (old && unlink(path) != 0 && errno != ENOENT)
        failed = errno;
    unlock_times(pictures);
    errno = failed;
    if (failed)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot be removed", path);
    if (removed)
        *removed = old;
    return CT_OK;
}
