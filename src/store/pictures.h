/* Finished pictures on disk, named by what they contain.
 *
 *   DATA/pictures/3f/3f9a...e1.png      SHA-256 of the bytes + the format's extension
 *
 * A name therefore never comes from a user, the same picture is stored once, and a half-written
 * file is never seen (temporary file, fsync, rename). Thread-safe. */
#ifndef CT_STORE_PICTURES_H
#define CT_STORE_PICTURES_H

#include "base/blob.h"
#include "image/codec.h"

#define CT_PICTURE_NAME_MAX 72 /* 64 hex digits, '.', extension, NUL */

struct ct_pictures;

/* Makes DATA/pictures and proves that it can be written. CT_E_CONFIG says what is in the way. */
CT_MUSTCHECK ct_code ct_pictures_open(struct ct_pictures **out, const char *data_dir,
                                      struct ct_err *err);
void ct_pictures_close(struct ct_pictures **pictures);

/* Durable when it returns CT_OK, and touched (see below). CT_E_IO: disk full, say; nothing
 * half-written is left behind. When only the last sync of the folder failed, the whole picture
 * stays under its name: another thread may have given that same name to a client already. */
CT_MUSTCHECK ct_code ct_pictures_put(struct ct_pictures *pictures, char name[CT_PICTURE_NAME_MAX],
                                     const struct ct_blob *file, enum ct_format format,
                                     struct ct_err *err);

struct ct_picture_file {
    int fd; /* the caller closes it */
    int64_t size;
    enum ct_format format;
};
/* CT_E_NOT_FOUND for anything that is not the exact name of a stored picture. */
CT_MUSTCHECK ct_code ct_pictures_get(struct ct_pictures *pictures, struct ct_picture_file *out,
                                     struct ct_slice name, struct ct_err *err);

/* Whether it is the name of a picture: 64 hex digits, a dot and a format's extension. */
bool ct_picture_is_name(struct ct_slice name);
/* Says that the picture is needed from now on: its URL was given away, say. False: it is not there.
 * The time of it is the file's, so it survives a restart. */
bool ct_pictures_touch(struct ct_pictures *pictures, struct ct_slice name);
/* Removes the picture unless it was touched at or after `since` (unix seconds; pass a time that
 * lies further back than a URL lives). Whether anything else needs it is the caller's to know
 * (store/picture_uses.h). *removed may be NULL. CT_E_IO. */
CT_MUSTCHECK ct_code ct_pictures_remove(struct ct_pictures *pictures, struct ct_slice name,
                                        int64_t since, bool *removed, struct ct_err *err);

#endif
