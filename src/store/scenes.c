/* See scenes.h. The first byte of the hash is a folder, and each folder has its share of the
 * ceiling: making room looks at one folder only. Hashes spread evenly, so the oldest of a folder
 * is about the oldest of all. */
#include "store/scenes.h"

#include "base/file.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HASH_DIGITS (2 * CT_SHA256_LEN)
#define FOLDER_MAX (CT_SCENES_MAX / 256)
#define PATH_BYTES 4096

struct ct_scenes {
    char *dir;
};

ct_code ct_scenes_open(struct ct_scenes **out, const char *data_dir, struct ct_err *err)
{
    char dir[3800];
    *out = NULL;
    if (snprintf(dir, sizeof(dir), "%s/scenes", data_dir) >= (int)sizeof(dir))
        return ct_fail(err, CT_E_CONFIG, NULL, "The path of the data folder is too long.");
    struct ct_scenes *scenes = ct_calloc(1, sizeof(*scenes));
    if (scenes)
        scenes->dir = ct_strdup(dir);
    if (!scenes || !scenes->dir) {
        ct_free(scenes);
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the scene store.");
    }
    *out = scenes;
    return CT_OK;
}

void ct_scenes_close(struct ct_scenes **scenes)
{
    if (!*scenes)
        return;
    ct_free((*scenes)->dir);
    ct_free(*scenes);
    *scenes = NULL;
}

static bool is_opaque(const struct ct_image *image)
{
    size_t n = (size_t)image->width * (size_t)image->height;
    for (size_t i = 0; image->channels == 4 && i < n; i++)
        if (image->px[4 * i + 3] != 255)
            return false;
    return true;
}

/* The hash of the rows' hashes, so that rows without their alpha need a buffer of one row only. */
void ct_scenes_hash(uint8_t hash[CT_SHA256_LEN], const struct ct_image *image)
{
    bool drop = image->channels == 4 && is_opaque(image);
    size_t width = (size_t)image->width, channels = (size_t)image->channels;
    struct ct_buf rows;
    ct_buf_init(&rows, (size_t)image->height * CT_SHA256_LEN + 64);
    ct_buf_printf(&rows, "%d %d %d\n", image->width, image->height, drop ? 3 : image->channels);
    uint8_t *plain = drop ? ct_calloc(width, 3) : NULL;
    for (int y = 0; y < image->height && (plain || !drop); y++) {
        const uint8_t *row = image->px + (size_t)y * width * channels;
        uint8_t digest[CT_SHA256_LEN];
        for (size_t x = 0; drop && x < width; x++)
            memcpy(plain + 3 * x, row + 4 * x, 3);
        ct_sha256(digest, drop ? plain : row, width * (drop ? 3 : channels));
        ct_buf_append(&rows, digest, sizeof(digest));
    }
    if (rows.failed || (drop && !plain))
        ct_random(hash, CT_SHA256_LEN); /* out of memory: a picture nobody has seen */
    else
        ct_sha256(hash, rows.data, rows.len);
    ct_free(plain);
    ct_buf_release(&rows);
}

/* The path of a scene, and in *folder the length of its folder's. */
static void scene_path(char path[PATH_BYTES], size_t *folder, const struct ct_scenes *scenes,
                       const uint8_t hash[CT_SHA256_LEN])
{
    char hex[HASH_DIGITS + 1] = { 0 };
    ct_hex(hex, hash, CT_SHA256_LEN);
    snprintf(path, PATH_BYTES, "%s/%.2s/%s", scenes->dir, hex, hex);
    *folder = strlen(scenes->dir) + 3;
}

/* Deletes the oldest file of a folder that is full. */
static void make_room(const char *folder)
{
    char oldest[PATH_BYTES] = "";
    struct timespec since = { 0 };
    int n = 0;
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct stat st;
        if (entry->d_name[0] == '.' || fstatat(dirfd(dir), entry->d_name, &st, 0) != 0)
            continue;
        bool older = st.st_mtim.tv_sec < since.tv_sec ||
                     (st.st_mtim.tv_sec == since.tv_sec && st.st_mtim.tv_nsec < since.tv_nsec);
        if (n++ == 0 || older) {
            since = st.st_mtim;
            snprintf(oldest, sizeof(oldest), "%s", entry->d_name);
        }
    }
    if (n >= FOLDER_MAX)
        unlinkat(dirfd(dir), oldest, 0);
    closedir(dir);
}

static bool write_all(int fd, struct ct_slice text)
{
    for (size_t done = 0; done < text.len;) {
        ssize_t n = write(fd, text.ptr + done, text.len - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static ct_code write_scene(const char *path, const char *folder, struct ct_slice sealed,
                           struct ct_err *err)
{
    char temporary[PATH_BYTES];
    snprintf(temporary, sizeof(temporary), "%.3900s/.new-XXXXXX", folder);
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot write", folder);
    bool ok = write_all(fd, sealed);
    ok = close(fd) == 0 && ok;
    if (ok && rename(temporary, path) == 0)
        return CT_OK;
    ct_code rc = ct_fail_errno(err, CT_E_IO, "%s: cannot write", path);
    unlink(temporary);
    return rc;
}

ct_code ct_scenes_put(struct ct_scenes *scenes, const uint8_t hash[CT_SHA256_LEN],
                      struct ct_slice sealed, struct ct_err *err)
{
    char path[PATH_BYTES], folder[PATH_BYTES];
    size_t folder_len;
    scene_path(path, &folder_len, scenes, hash);
    snprintf(folder, sizeof(folder), "%.*s", (int)folder_len, path);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        CT_TRY(ct_mkdir_all(folder, 0700, err));
    make_room(folder);
    return write_scene(path, folder, sealed, err);
}

ct_code ct_scenes_get(struct ct_buf *out, struct ct_scenes *scenes,
                      const uint8_t hash[CT_SHA256_LEN], struct ct_err *err)
{
    char path[PATH_BYTES];
    size_t folder;
    scene_path(path, &folder, scenes, hash);
    return ct_file_read(out, path, err);
}
