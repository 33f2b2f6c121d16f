/* Files that clients left to be named by id: rows in the database, bytes in DATA/files/ID.
 *
 * The bytes are there before the row, and go after it, so a row always has its bytes; bytes without
 * a row go at the next start. Another key's file does not exist for the caller. The functions with
 * a ct_db wait for it; any thread but the database's own and, where they write, a network loop. */
#ifndef CT_STORE_FILES_H
#define CT_STORE_FILES_H

#include "base/blob.h"
#include "store/db.h"
#include "store/key_rows.h"

#define CT_FILE_ID_MAX 48
#define CT_FILE_NAME_MAX 256
#define CT_FILE_PURPOSE_MAX 24

struct ct_file {
    char id[CT_FILE_ID_MAX]; /* "file-" and 32 hex digits */
    char key_id[CT_KEY_ID_MAX];
    char purpose[CT_FILE_PURPOSE_MAX];
    char filename[CT_FILE_NAME_MAX];
    int64_t bytes, created_ms;
    int64_t expires_ms; /* 0: never */
};

struct ct_files;

/* Makes DATA/files and removes what has no row. CT_E_CONFIG, CT_E_STORAGE. */
CT_MUSTCHECK ct_code ct_files_open(struct ct_files **out, const char *data_dir, struct ct_db *db,
                                   struct ct_err *err);
void ct_files_close(struct ct_files **files);

/* Keeps the bytes under a new id, which goes into *file, with its size and time; the rest of it is
 * the caller's. Durable when it returns CT_OK. CT_E_STORAGE. */
CT_MUSTCHECK ct_code ct_files_put(struct ct_files *files, struct ct_file *file,
                                  const struct ct_blob *bytes, struct ct_err *err);
/* CT_E_NOT_FOUND in the official words. */
CT_MUSTCHECK ct_code ct_files_get(struct ct_file *out, struct ct_files *files, struct ct_slice id,
                                  struct ct_slice key_id, struct ct_err *err);
/* Its bytes; they stay readable when the file is deleted meanwhile. */
CT_MUSTCHECK ct_code ct_files_read(struct ct_blob **out, struct ct_files *files,
                                   const struct ct_file *file, struct ct_err *err);
CT_MUSTCHECK ct_code ct_files_delete(struct ct_files *files, struct ct_slice id,
                                     struct ct_slice key_id, struct ct_err *err);

struct ct_file_list {
    struct ct_slice key_id;
    struct ct_slice purpose; /* ptr NULL: any */
    struct ct_slice after;   /* a file id; ptr NULL: from the start */
    bool oldest_first;
    int limit;
};
/* Calls fn for each, in order; *more: there are further ones. */
CT_MUSTCHECK ct_code ct_files_list(struct ct_files *files, const struct ct_file_list *list,
                                   void (*fn)(void *ctx, const struct ct_file *file), void *ctx,
                                   bool *more, struct ct_err *err);
/* Removes what has expired; every few seconds is often enough. */
void ct_files_expire(struct ct_files *files);

#endif
