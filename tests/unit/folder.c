/* Temporary folders: see folder.h. Single-threaded, as the tests that use it are. */
#include "folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int counted;

struct folder folder_make(void)
{
    struct folder folder;
    const char *base = getenv("TMPDIR");
    snprintf(folder.path, sizeof(folder.path), "%s/calotype-unit-XXXXXX",
             base && base[0] ? base : "/tmp");
    if (!mkdtemp(folder.path)) {
        perror(folder.path);
        exit(1);
    }
    return folder;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void folder_remove(struct folder *folder)
{
    nftw(folder->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    folder->path[0] = '\0';
}

static int count_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)path;
    (void)st;
    (void)at;
    counted += type != FTW_D && type != FTW_DP;
    return 0;
}

int folder_count(const struct folder *folder)
{
    counted = 0;
    nftw(folder->path, count_one, 16, FTW_PHYS);
    return counted;
}

const char *folder_path(const struct folder *folder, const char *name)
{
    static char paths[4][1024];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof(paths[0]), "%s/%s", folder->path, name);
    return path;
}

bool folder_write(const struct folder *folder, const char *name, const char *text)
{
    FILE *f = fopen(folder_path(folder, name), "wb");
    if (!f)
        return false;
    bool whole = fwrite(text, 1, strlen(text), f) == strlen(text);
    return fclose(f) == 0 && whole;
}

const char *folder_read(const struct folder *folder, const char *name)
{
    static char text[FOLDER_TEXT_MAX];
    FILE *f = fopen(folder_path(folder, name), "rb");
    if (!f)
        return NULL;
    size_t len = fread(text, 1, sizeof(text) - 1, f);
    fclose(f);
    text[len] = '\0';
    return text;
}
