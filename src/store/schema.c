/* Migrations. They run on the writer's connection before anything else does, so a server that
 * cannot bring its database up to date does not start. */
#include "store/schema.h"

#include <stdio.h>
#include <time.h>

#define WAL_TRIES 50
#define WAL_TRY_NS 10000000

static ct_code read_version(struct ct_sql *sql, int64_t *version, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "PRAGMA user_version", ""));
    *version = ct_sql_next(&rows) ? ct_sql_int(&rows, 0) : 0;
    return ct_sql_end(&rows, err);
}

static ct_code apply(struct ct_sql *sql, const struct ct_embedded_file *file, int version,
                     struct ct_err *err)
{
    char done[64];
    int64_t now = 0;
    snprintf(done, sizeof(done), "PRAGMA user_version = %d; COMMIT", version);
    ct_code rc = ct_sql_script(sql, "BEGIN IMMEDIATE", err);
    if (rc == CT_OK)
        rc = read_version(sql, &now, err);
    if (rc == CT_OK && now >= version) /* another process was faster */
        return ct_sql_script(sql, "COMMIT", err);
    if (rc == CT_OK)
        rc = ct_sql_script(sql, file->text, err);
    if (rc == CT_OK)
        rc = ct_sql_script(sql, done, err);
    if (rc != CT_OK) {
        ct_code undone = ct_sql_script(sql, "ROLLBACK", NULL);
        (void)undone;
    }
    return rc;
}

/* SQLite does not wait for the lock that the change to WAL needs when others open the new file at
 * the same time, so we do. */
static ct_code set_up(struct ct_sql *sql, struct ct_err *err)
{
    for (int i = 0;; i++) {
        ct_code rc = ct_sql_script(sql,
                                   "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                   "PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864",
                                   err);
        if (rc != CT_E_STORAGE || i == WAL_TRIES)
            return rc;
        nanosleep(&(struct timespec){ .tv_nsec = WAL_TRY_NS }, NULL);
    }
}

ct_code ct_schema_prepare(struct ct_sql *sql, struct ct_err *err)
{
    int64_t version;
    int known = 0;
    CT_TRY(set_up(sql, err));
    CT_TRY(read_version(sql, &version, err));
    while (ct_schema_files[known].name)
        known++;
    if (version > known)
        return ct_fail(err, CT_E_CONFIG, "data",
                       "The database was made by a newer Calotype (schema %lld, this one knows "
                       "%d). Install that version, or restore a backup.",
                       (long long)version, known);
    for (int i = (int)version; i < known; i++)
        CT_TRY(apply(sql, &ct_schema_files[i], i + 1, err));
    return CT_OK;
}
