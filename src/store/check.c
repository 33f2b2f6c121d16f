/* See check.h. One thread, blocking, on a connection that the caller opened. */
#include "store/check.h"

#include "base/hash.h"
#include "base/blob.h"
#include "base/walk.h"
#include "store/ledger.h"
#include "store/picture_uses.h"
#include "store/schema.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#define PATH_BYTES 4096
#define DAY_MS "86400000"

/* The first row's first column, when there is one. */
static ct_code first_text(char *out, size_t size, struct ct_sql *sql, const char *statement,
                          struct ct_err *err)
{
    struct ct_sql_rows rows;
    out[0] = '\0';
    CT_TRY(ct_sql_query(&rows, sql, err, statement, ""));
    if (ct_sql_next(&rows))
        snprintf(out, size, "%.*s", CT_SARG(ct_sql_text(&rows, 0)));
    return ct_sql_end(&rows, err);
}

ct_code ct_check_integrity(struct ct_sql *sql, struct ct_err *err)
{
    char said[300];
    CT_TRY(first_text(said, sizeof(said), sql, "PRAGMA integrity_check(1)", err));
    if (strcmp(said, "ok") != 0)
        return ct_fail(err, CT_E_STORAGE, NULL, "The database is damaged: %s", said);
    CT_TRY(first_text(said, sizeof(said), sql, "PRAGMA foreign_key_check", err));
    if (said[0])
        return ct_fail(err, CT_E_STORAGE, NULL,
                       "The database is damaged: a row of %s belongs to one that is gone.", said);
    return CT_OK;
}

ct_code ct_check_schema(int *applied, int *known, struct ct_sql *sql, struct ct_err *err)
{
    struct ct_sql_rows rows;
    *known = *applied = 0;
    while (ct_schema_files[*known].name)
        (*known)++;
    CT_TRY(ct_sql_query(&rows, sql, err, "PRAGMA user_version", ""));
    if (ct_sql_next(&rows))
        *applied = (int)ct_sql_int(&rows, 0);
    return ct_sql_end(&rows, err);
}

/* Days whose rows may have been let go of (store/gc.h) are not compared. */
static ct_code compare_days(struct ct_ledger_check *out, struct ct_sql *sql, int64_t since_day,
                            struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(
        &rows, sql, err,
        "SELECT l.d, l.n = u.n AND l.p = u.p AND l.r = u.r AND l.s = u.s FROM "
        "(SELECT at_ms / " DAY_MS " AS d, SUM(requests) AS n, SUM(pictures) AS p, "
        "SUM(cost_real) AS r, SUM(cost_simulated) AS s FROM ledger "
        "WHERE state != 0 AND at_ms >= ?1 * " DAY_MS " GROUP BY d) l JOIN "
        "(SELECT day AS d, SUM(requests) AS n, SUM(pictures) AS p, SUM(cost_real) AS r, "
        "SUM(cost_simulated) AS s FROM usage_days GROUP BY day) u ON l.d = u.d",
        "i", since_day));
    while (ct_sql_next(&rows)) {
        out->days++;
        if (ct_sql_int(&rows, 1))
            continue;
        if (out->different++ == 0)
            out->first_day = ct_sql_int(&rows, 0);
    }
    return ct_sql_end(&rows, err);
}

ct_code ct_check_ledger(struct ct_ledger_check *out, struct ct_sql *sql, int64_t since_day,
                        struct ct_err *err)
{
    struct ct_sql_rows rows;
    *out = (struct ct_ledger_check){ 0 };
    CT_TRY(compare_days(out, sql, since_day, err));
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT COUNT(*) FROM ledger WHERE state = 0 AND NOT EXISTS "
                        "(SELECT 1 FROM jobs WHERE jobs.id = job_id AND ended_ms IS NULL)",
                        ""));
    if (ct_sql_next(&rows))
        out->orphans = ct_sql_int(&rows, 0);
    return ct_sql_end(&rows, err);
}

struct looking {
    struct ct_picture_check *out;
    struct ct_sql *sql;
    const char *data_dir;
    bool deep;
};

static void note_bad(struct ct_picture_check *out, struct ct_slice name)
{
    if (!out->first_bad[0])
        snprintf(out->first_bad, sizeof(out->first_bad), "%.*s", CT_SARG(name));
}

static bool has_its_bytes(const char *path, struct ct_slice name)
{
    uint8_t digest[CT_SHA256_LEN];
    char hex[2 * CT_SHA256_LEN];
    struct ct_blob *file = NULL;
    if (ct_blob_open(&file, path, NULL) != CT_OK)
        return false;
    ct_sha256(digest, file->data, file->len);
    ct_blob_unref(&file);
    ct_hex(hex, digest, sizeof(digest));
    return name.len >= sizeof(hex) && memcmp(hex, name.ptr, sizeof(hex)) == 0;
}

/* bytes < 0: not known. */
static void look_at(const struct looking *l, const char *path, struct ct_slice name, int64_t bytes,
                    bool deep)
{
    struct stat st;
    l->out->named++;
    if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
        l->out->missing++;
        note_bad(l->out, name);
    } else if ((bytes >= 0 && st.st_size != bytes) || (deep && !has_its_bytes(path, name))) {
        l->out->wrong++;
        note_bad(l->out, name);
    }
}

static ct_code look_at_named(const struct looking *l, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, l->sql, err,
                        "SELECT name, MAX(bytes) FROM (SELECT name, bytes FROM job_pictures "
                        "UNION ALL SELECT name, bytes FROM cache_pictures "
                        "UNION ALL SELECT name, -1 FROM reply_pictures) GROUP BY name",
                        ""));
    while (ct_sql_next(&rows)) {
        char path[PATH_BYTES];
        struct ct_slice name = ct_sql_text(&rows, 0);
        snprintf(path, sizeof(path), "%s/pictures/%.2s/%.*s", l->data_dir,
                 name.len > 2 ? name.ptr : "", CT_SARG(name));
        look_at(l, path, name, ct_sql_int(&rows, 1), l->deep);
    }
    return ct_sql_end(&rows, err);
}

static ct_code look_at_files(const struct looking *l, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, l->sql, err, "SELECT id, bytes FROM files", ""));
    while (ct_sql_next(&rows)) {
        char path[PATH_BYTES];
        struct ct_slice id = ct_sql_text(&rows, 0);
        snprintf(path, sizeof(path), "%s/files/%.*s", l->data_dir, CT_SARG(id));
        look_at(l, path, id, ct_sql_int(&rows, 1), false);
    }
    return ct_sql_end(&rows, err);
}

static ct_code count_unnamed(void *ctx, const char *path, const struct stat *st, struct ct_err *err)
{
    struct looking *l = ctx;
    const char *slash = strrchr(path, '/');
    bool used;
    CT_TRY(ct_picture_is_used(&used, l->sql, ct_slice(slash ? slash + 1 : path), err));
    l->out->unnamed += !used;
    l->out->unnamed_bytes += used ? 0 : st->st_size;
    return CT_OK;
}

ct_code ct_check_pictures(struct ct_picture_check *out, struct ct_sql *sql, const char *data_dir,
                          bool deep, struct ct_err *err)
{
    struct looking l = { out, sql, data_dir, deep };
    char root[PATH_BYTES];
    *out = (struct ct_picture_check){ 0 };
    snprintf(root, sizeof(root), "%s/pictures", data_dir);
    CT_TRY(look_at_named(&l, err));
    CT_TRY(look_at_files(&l, err));
    return ct_walk(root, count_unnamed, &l, err);
}

ct_code ct_check_state(struct ct_state_check *out, struct ct_sql *sql, int unknown_state,
                       struct ct_err *err)
{
    struct ct_sql_rows rows;
    *out = (struct ct_state_check){ 0 };
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT (SELECT COUNT(*) FROM jobs WHERE ended_ms IS NULL), "
                        "(SELECT COUNT(*) FROM jobs WHERE ended_ms IS NULL AND state = ?), "
                        "(SELECT COUNT(*) FROM deliveries WHERE next_ms IS NULL AND "
                        "delivered_ms IS NULL), (SELECT MAX(created_ms) FROM jobs)",
                        "i", (int64_t)unknown_state));
    if (ct_sql_next(&rows))
        *out = (struct ct_state_check){ ct_sql_int(&rows, 0), ct_sql_int(&rows, 1),
                                        ct_sql_int(&rows, 2), ct_sql_int(&rows, 3) };
    return ct_sql_end(&rows, err);
}
