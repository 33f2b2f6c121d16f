/* A copy of a data folder, made while a server works on it.
 *
 * Files never change once they have their name, so they are linked where the destination lies on
 * the same file system, and copied where it does not. The database is copied as it was at one
 * moment. Files are taken before it and after it: what its rows name is there. */
#ifndef CT_STORE_BACKUP_H
#define CT_STORE_BACKUP_H

#include "base/err.h"

#include <stdint.h>

struct ct_backup_options {
    const char *data; /* the data folder */
    const char *dest; /* made; may be there when it is empty */
    bool copy;        /* never link */
};

struct ct_backup_report {
    int64_t files, linked, bytes; /* pictures and the like; bytes of all, also of linked ones */
    int64_t pictures;             /* and files of clients, named by rows of the database */
    int64_t missing;              /* of these, not in the data folder (any more) */
    char first_missing[80];
    bool has_secret; /* false: the server's secret is kept elsewhere */
};

/* On success `dest` is a data folder that a server can be started on. It is built beside, as
 * `dest`.partial, and gets its name when everything is in it, synced and checked. CT_E_CONFIG for
 * folders that cannot be used, CT_E_IO, CT_E_STORAGE. */
CT_MUSTCHECK ct_code ct_backup_make(struct ct_backup_report *out,
                                    const struct ct_backup_options *options, struct ct_err *err);

#endif
