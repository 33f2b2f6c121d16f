/* The files of a folder of ours: those in it, and those of the folders in it. */
#ifndef CT_BASE_WALK_H
#define CT_BASE_WALK_H

#include "base/err.h"

#include <sys/stat.h>

/* `name`: "3f/3f9a...e1.png", from the root; valid during the call. An error ends the walk. */
typedef ct_code (*ct_walk_fn)(void *ctx, const char *name, const struct stat *st,
                              struct ct_err *err);
/* Calls fn for every regular file, in no order; links are not followed. A root that is not there
 * has no files; a file that goes meanwhile is passed over. CT_E_IO. */
CT_MUSTCHECK ct_code ct_walk(const char *root, ct_walk_fn fn, void *ctx, struct ct_err *err);

#endif
