/* Is what is kept whole? For `calotype doctor` and for backups; reads only. */
#ifndef CT_STORE_CHECK_H
#define CT_STORE_CHECK_H

#include "store/sql.h"

/* SQLite's own check, and that every reference leads somewhere. CT_E_STORAGE says what is damaged
 * first. Reads the whole file. */
CT_MUSTCHECK ct_code ct_check_integrity(struct ct_sql *sql, struct ct_err *err);

/* How many migrations were applied, and how many this program knows. */
CT_MUSTCHECK ct_code ct_check_schema(int *applied, int *known, struct ct_sql *sql,
                                     struct ct_err *err);

/* Do the rows of the ledger add up to what reports and budgets go by? */
struct ct_ledger_check {
    int64_t days;      /* that were compared */
    int64_t different; /* of these */
    int64_t first_day; /* that is; days since 1970 */
    int64_t orphans;   /* open reservations whose job is over or gone */
};
/* From that day on: rows of days before may have been let go of. */
CT_MUSTCHECK ct_code ct_check_ledger(struct ct_ledger_check *out, struct ct_sql *sql,
                                     int64_t since_day, struct ct_err *err);

/* Pictures and files of clients: what rows name against what is in DATA/pictures and DATA/files. */
struct ct_picture_check {
    int64_t named, missing, wrong; /* wrong: not of the size (deep: or bytes) that it should be */
    int64_t unnamed, unnamed_bytes; /* files no row names: removed in time */
    char first_bad[80];
};
/* `deep` reads every file: its SHA-256 must be its name. */
CT_MUSTCHECK ct_code ct_check_pictures(struct ct_picture_check *out, struct ct_sql *sql,
                                       const char *data_dir, bool deep, struct ct_err *err);

/* Counts that somebody may want to know of. */
struct ct_state_check {
    int64_t open_jobs, unknown_jobs, dead_callbacks;
    int64_t newest_ms; /* when the newest job was made; 0: none */
};
CT_MUSTCHECK ct_code ct_check_state(struct ct_state_check *out, struct ct_sql *sql,
                                    int unknown_state, struct ct_err *err);

#endif
