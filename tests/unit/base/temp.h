/* A folder for one test: temp_make() names it, temp_remove() deletes it with the files in it. */
#ifndef CT_TESTS_UNIT_BASE_TEMP_H
#define CT_TESTS_UNIT_BASE_TEMP_H

#include <dirent.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct temp {
    char path[64];
};

static inline bool temp_make(struct temp *t)
{
    strcpy(t->path, "/tmp/ct-unit-XXXXXX");
    return mkdtemp(t->path) != NULL;
}

/* Files and folders directly in `path`. */
static inline int temp_entries(const char *path)
{
    DIR *dir = opendir(path);
    int n = 0;
    for (struct dirent *e; dir && (e = readdir(dir));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    if (dir)
        closedir(dir);
    return n;
}

static inline int temp_remove_one(const char *path, const struct stat *st, int kind,
                                  struct FTW *where)
{
    return remove(path);
}

static inline void temp_remove(struct temp *t)
{
    nftw(t->path, temp_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Path of `name` inside; the result lives in `out`. */
static inline const char *temp_path(char out[256], const struct temp *t, const char *name)
{
    snprintf(out, 256, "%s/%s", t->path, name);
    return out;
}

#endif
