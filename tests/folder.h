/* A temporary folder for a test, and plain reading and writing of small files in it. */
#ifndef CT_TESTS_FOLDER_H
#define CT_TESTS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#define FOLDER_TEXT_MAX 65536

struct folder {
    char path[256];
};

/* Makes an empty folder under $TMPDIR or /tmp; ends the process when that fails. */
struct folder folder_make(void);
void folder_remove(struct folder *folder); /* with everything in it */
/* Files (not folders) at any depth, links included. */
int folder_count(const struct folder *folder);

/* "FOLDER/name" in a buffer that the next fourth call reuses. */
const char *folder_path(const struct folder *folder, const char *name);
bool folder_write(const struct folder *folder, const char *name, const char *text);
/* The file's text, NUL-terminated, valid until the next call; NULL when it cannot be read. */
const char *folder_read(const struct folder *folder, const char *name);

#endif
