/* What is kept no longer: rows of jobs that nobody can ask for any more, old rows of the ledger,
 * pictures that nobody needs, and what writers that died left behind.
 *
 * Work is done in rounds that are short whatever there is: a server makes one a second, `calotype
 * gc` all at once. A picture goes when no row names it (store/picture_uses.h) and neither was it
 * put nor was its URL given away for as long as a URL lives. One thread at a time. */
#ifndef CT_STORE_GC_H
#define CT_STORE_GC_H

#include "store/db.h"
#include "store/pictures.h"

struct ct_gc_options {
    struct ct_db *db;
    struct ct_pictures *pictures;
    const char *data_dir; /* lives as long */
    int ledger_days;      /* rows of the ledger are kept; their sums stay for ever */
    int url_seconds;      /* how long the URL of a picture lives */
    bool dry;             /* only count */
};

struct ct_gc {
    struct ct_gc_options options;
    int folder; /* of pictures: the next to be looked at, 0..255 */
};

struct ct_gc_report { /* of one round, or added up */
    int64_t jobs, ledger_rows;
    int64_t pictures, picture_bytes;
    int64_t leftovers; /* temporary files of writers that died */
};

/* Adds to *report what it did. *idle: there were no more rows to let go of, and the folders have
 * been gone through once more. CT_E_STORAGE, CT_E_IO, CT_E_MEMORY: the next round goes on. */
CT_MUSTCHECK ct_code ct_gc_round(struct ct_gc *gc, struct ct_gc_report *report, bool *idle,
                                 struct ct_err *err);

#endif
