/* Rows and bytes of the Files API. An id never comes from a user without being asked of the
 * database first, so no path is made of anything that we did not write. */
#include "store/files.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#define DIR_MAX 3800
#define PATH_BYTES 4096
#define EXPIRED_AT_ONCE 64
#define COLUMNS "id, key_id, purpose, filename, bytes, created_ms, expires_ms"

struct ct_files {
    struct ct_db *db;
    char dir[DIR_MAX];
};

static void path_of(char path[PATH_BYTES], const struct ct_files *files, const char *id)
{
    snprintf(path, PATH_BYTES, "%s/%.*s", files->dir, CT_FILE_ID_MAX, id);
}

static void copy(char *out, size_t size, struct ct_slice text)
{
    snprintf(out, size, "%.*s", CT_SARG(text));
}

static void read_row(struct ct_file *file, const struct ct_sql_rows *r)
{
    *file = (struct ct_file){ .bytes = ct_sql_int(r, 4),
                              .created_ms = ct_sql_int(r, 5),
                              .expires_ms = ct_sql_int(r, 6) };
    copy(file->id, sizeof(file->id), ct_sql_text(r, 0));
    copy(file->key_id, sizeof(file->key_id), ct_sql_text(r, 1));
    copy(file->purpose, sizeof(file->purpose), ct_sql_text(r, 2));
    copy(file->filename, sizeof(file->filename), ct_sql_text(r, 3));
}

/* One request to the database. */
struct asking {
    struct ct_files *files;
    struct ct_file *file;
    struct ct_slice id, key_id;
    int64_t now_ms;
};

static ct_code not_found(struct ct_slice id, const char *param, struct ct_err *err)
{
    return ct_fail(err, CT_E_NOT_FOUND, param, "No such File object: %.*s",
                   (int)(id.len < 80 ? id.len : 80), id.ptr);
}

static ct_code insert(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    const struct ct_file *f = ctx;
    return ct_sql_run(sql, err,
                      "INSERT INTO files (" COLUMNS ") VALUES (?,?,?,?,?,?,NULLIF(?,0))", "zzzziii",
                      f->id, f->key_id, f->purpose, f->filename, f->bytes, f->created_ms,
                      f->expires_ms);
}

static ct_code select_one(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct asking *a = ctx;
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT " COLUMNS " FROM files WHERE id = ? AND key_id = ? "
                        "AND (expires_ms IS NULL OR expires_ms > ?)",
                        "ssi", a->id, a->key_id, a->now_ms));
    bool found = ct_sql_next(&rows);
    if (found)
        read_row(a->file, &rows);
    CT_TRY(ct_sql_end(&rows, err));
    return found ? CT_OK : not_found(a->id, "id", err);
}

static ct_code delete_one(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct asking *a = ctx;
    CT_TRY(select_one(sql, ctx, err));
    return ct_sql_run(sql, err, "DELETE FROM files WHERE id = ?", "s", a->id);
}

ct_code ct_files_put(struct ct_files *files, struct ct_file *file, const struct ct_blob *bytes,
                     struct ct_err *err)
{
    char path[PATH_BYTES];
    memcpy(file->id, "file-", 5);
    ct_make_id(file->id + 5);
    file->bytes = (int64_t)bytes->len;
    file->created_ms = ct_clock_wall_ms();
    path_of(path, files, file->id);
    ct_code rc = ct_blob_keep(bytes, path, NULL);
    if (rc == CT_OK)
        rc = ct_folder_sync(files->dir, NULL);
    if (rc == CT_OK)
        rc = ct_db_write(files->db, insert, file, err);
    else
        rc = ct_fail(err, CT_E_STORAGE, NULL,
                     "The server's disk cannot take the file at the moment. Please try again "
                     "later.");
    if (rc != CT_OK)
        unlink(path);
    return rc;
}

ct_code ct_files_get(struct ct_file *out, struct ct_files *files, struct ct_slice id,
                     struct ct_slice key_id, struct ct_err *err)
{
    struct asking a = { files, out, id, key_id, ct_clock_wall_ms() };
    return ct_db_read(files->db, select_one, &a, err);
}

ct_code ct_files_read(struct ct_blob **out, struct ct_files *files, const struct ct_file *file,
                      struct ct_err *err)
{
    char path[PATH_BYTES];
    path_of(path, files, file->id);
    ct_code rc = ct_blob_open(out, path, err);
    return rc == CT_E_NOT_FOUND ? not_found(ct_slice(file->id), "id", err) : rc;
}

ct_code ct_files_delete(struct ct_files *files, struct ct_slice id, struct ct_slice key_id,
                        struct ct_err *err)
{
    char path[PATH_BYTES];
    struct ct_file file;
    struct asking a = { files, &file, id, key_id, ct_clock_wall_ms() };
    CT_TRY(ct_db_write(files->db, delete_one, &a, err));
    path_of(path, files, file.id);
    unlink(path);
    return CT_OK;
}

struct listing {
    const struct ct_file_list *list;
    void (*fn)(void *ctx, const struct ct_file *file);
    void *ctx;
    bool *more;
    struct ct_file file;
};

/* Where a page begins: behind a file of the caller's own. */
static ct_code find_start(struct listing *l, struct ct_sql *sql, struct ct_err *err)
{
    const struct ct_file_list *list = l->list;
    struct asking a = { .file = &l->file, .id = list->after, .key_id = list->key_id };
    if (list->after.ptr) /* of one that has expired meanwhile, too */
        return select_one(sql, &a, NULL) == CT_OK ? CT_OK : not_found(list->after, "after", err);
    l->file.created_ms = list->oldest_first ? -1 : INT64_MAX;
    return CT_OK;
}

static ct_code select_list(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct listing *l = ctx;
    const struct ct_file_list *list = l->list;
    struct ct_sql_rows rows;
    int n = 0;
    CT_TRY(find_start(l, sql, err));
    CT_TRY(ct_sql_query(
        &rows, sql, err,
        list->oldest_first
            ? "SELECT " COLUMNS " FROM files WHERE key_id = ? AND (?2 IS NULL OR purpose = ?2) "
              "AND (expires_ms IS NULL OR expires_ms > ?3) AND (created_ms, id) > (?4, ?5) "
              "ORDER BY created_ms, id LIMIT ?6"
            : "SELECT " COLUMNS " FROM files WHERE key_id = ? AND (?2 IS NULL OR purpose = ?2) "
              "AND (expires_ms IS NULL OR expires_ms > ?3) AND (created_ms, id) < (?4, ?5) "
              "ORDER BY created_ms DESC, id DESC LIMIT ?6",
        "ssiizi", list->key_id, list->purpose, ct_clock_wall_ms(), l->file.created_ms, l->file.id,
        (int64_t)list->limit + 1));
    while (n <= list->limit && ct_sql_next(&rows)) {
        *l->more = n++ == list->limit;
        read_row(&l->file, &rows);
        if (!*l->more)
            l->fn(l->ctx, &l->file);
    }
    return ct_sql_end(&rows, err);
}

ct_code ct_files_list(struct ct_files *files, const struct ct_file_list *list,
                      void (*fn)(void *ctx, const struct ct_file *file), void *ctx, bool *more,
                      struct ct_err *err)
{
    struct listing l = { .list = list, .fn = fn, .ctx = ctx, .more = more };
    *more = false;
    return ct_db_read(files->db, select_list, &l, err);
}

struct expiry {
    int64_t now_ms;
    char ids[EXPIRED_AT_ONCE][CT_FILE_ID_MAX];
    int n;
};

static ct_code delete_expired(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct expiry *e = ctx;
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT id FROM files WHERE expires_ms <= ? LIMIT ?", "ii",
                        e->now_ms, (int64_t)EXPIRED_AT_ONCE));
    for (e->n = 0; e->n < EXPIRED_AT_ONCE && ct_sql_next(&rows); e->n++)
        copy(e->ids[e->n], CT_FILE_ID_MAX, ct_sql_text(&rows, 0));
    CT_TRY(ct_sql_end(&rows, err));
    for (int i = 0; i < e->n; i++)
        CT_TRY(ct_sql_run(sql, err, "DELETE FROM files WHERE id = ?", "z", e->ids[i]));
    return CT_OK;
}

void ct_files_expire(struct ct_files *files)
{
    char path[PATH_BYTES];
    struct expiry e = { .now_ms = ct_clock_wall_ms() };
    do {
        if (ct_db_write(files->db, delete_expired, &e, NULL) != CT_OK)
            return; /* the next time */
        for (int i = 0; i < e.n; i++) {
            path_of(path, files, e.ids[i]);
            unlink(path);
        }
    } while (e.n == EXPIRED_AT_ONCE);
}

static ct_code has_row(bool *has, struct ct_sql *sql, const char *id, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT 1 FROM files WHERE id = ?", "z", id));
    *has = ct_sql_next(&rows);
    return ct_sql_end(&rows, err);
}

/* Bytes whose row was never written, or is gone. */
static ct_code sweep(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct ct_files *files = ctx;
    char path[PATH_BYTES];
    ct_code rc = CT_OK;
    DIR *dir = opendir(files->dir);
    if (!dir)
        return ct_fail_errno(err, CT_E_CONFIG, "%s: cannot read the folder", files->dir);
    for (const struct dirent *e = readdir(dir); e && rc == CT_OK; e = readdir(dir)) {
        bool has = true;
        if (e->d_name[0] == '.')
            continue;
        rc = has_row(&has, sql, e->d_name, err);
        int n = snprintf(path, sizeof(path), "%s/%s", files->dir, e->d_name);
        if (!has && n > 0 && (size_t)n < sizeof(path))
            unlink(path);
    }
    closedir(dir);
    return rc;
}

ct_code ct_files_open(struct ct_files **out, const char *data_dir, struct ct_db *db,
                      struct ct_err *err)
{
    struct ct_err cause = { .msg = "its path is too long" };
    struct ct_files *files = ct_calloc(1, sizeof(*files));
    *out = NULL;
    if (!files)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory at start.");
    files->db = db;
    int n = snprintf(files->dir, sizeof(files->dir), "%s/files", data_dir);
    ct_code rc = CT_OK;
    if (n < 0 || (size_t)n >= sizeof(files->dir) || ct_mkdir_all(files->dir, 0700, &cause) != CT_OK)
        rc = ct_fail(err, CT_E_CONFIG, "data", "The folder of files cannot be made (%s).",
                     cause.msg);
    if (rc == CT_OK)
        rc = ct_db_read(db, sweep, files, err);
    if (rc == CT_OK)
        *out = files;
    else
        ct_free(files);
    return rc;
}

void ct_files_close(struct ct_files **files)
{
    ct_free(*files);
    *files = NULL;
}
