/* Files: whole reads, atomic durable writes, directories. All messages name the path. */
#ifndef CT_BASE_FILE_H
#define CT_BASE_FILE_H

#include "base/buf.h"

/* Appends the file to b (whose max caps it). CT_E_NOT_FOUND when there is none, else CT_E_IO. */
CT_MUSTCHECK ct_code ct_file_read(struct ct_buf *b, const char *path, struct ct_err *err);
/* Writes a temporary file beside `path`, fsyncs it, renames it over `path`, fsyncs the folder. */
CT_MUSTCHECK ct_code ct_file_write(const char *path, const void *bytes, size_t len,
                                   unsigned mode, struct ct_err *err);
/* What was made, renamed or removed in a folder survives a power cut. */
CT_MUSTCHECK ct_code ct_folder_sync(const char *path, struct ct_err *err);
CT_MUSTCHECK ct_code ct_mkdir_all(const char *path, unsigned mode, struct ct_err *err);

/* The system calls of durable writing, replaceable so that tests can fail the nth of them. */
struct ct_file_ops {
    int (*open)(const char *path, int flags, unsigned mode);
    long (*write)(int fd, const void *bytes, size_t len);
    int (*fsync)(int fd);
    int (*rename)(const char *from, const char *to);
};
void ct_file_ops_replace(const struct ct_file_ops *ops); /* tests only; NULL restores */

#endif
