/* See backup.h. For the command line: one thread, blocking.
 *
 *   files -> database -> files again -> is every picture there that a row names? -> secret, sync,
 *     ^                                              | no, removed in between       check, rename
 *     +----------------------------------------------+ (a few times) */
#include "store/backup.h"

#include "base/file.h"
#include "base/walk.h"
#include "store/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH_BYTES 4096
#define DIR_BYTES 3600
#define TRIES 5
#define COPY_BYTES ((size_t)1 << 20)
#define COPY_PIECE 65536

static const char *const folders[] = { "pictures", "scenes", "replies", "inputs", "files" };
#define N_FOLDERS (sizeof(folders) / sizeof(folders[0]))

struct making {
    const struct ct_backup_options *options;
    struct ct_backup_report *report;
    char partial[DIR_BYTES];
    const char *folder; /* that is being walked */
    bool link;          /* the last link worked, or none was tried */
};

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

/* What can be copied in the kernel is. Between file systems it cannot (EXDEV), and some cannot at
 * all: there the bytes go by way of memory. */
static ct_code copy_bytes(int in, int out, const char *to, struct ct_err *err)
{
    char piece[COPY_PIECE];
    for (;;) {
        ssize_t got = read(in, piece, sizeof(piece));
        if (got == 0)
            return CT_OK;
        if (got < 0 && errno != EINTR)
            return ct_fail_errno(err, CT_E_IO, "%s: what belongs there cannot be read", to);
        for (ssize_t at = 0; at < got;) {
            ssize_t n = write(out, piece + at, (size_t)(got - at));
            if (n < 0 && errno != EINTR)
                return ct_fail_errno(err, CT_E_IO, "%s: cannot write", to);
            at += n > 0 ? n : 0;
        }
    }
}

static ct_code copy_file(const char *from, const char *to, mode_t mode, struct ct_err *err)
{
    CT_CLEANUP(close_fd) int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (in < 0)
        return ct_fail_errno(err, errno == ENOENT ? CT_E_NOT_FOUND : CT_E_IO, "%s: cannot read",
                             from);
    CT_CLEANUP(close_fd) int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (out < 0)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot make", to);
    for (;;) {
        ssize_t n = copy_file_range(in, NULL, out, NULL, COPY_BYTES, 0);
        if (n == 0)
            return CT_OK;
        if (n < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP))
            return copy_bytes(in, out, to, err); /* from where it is: both go on together */
        if (n < 0 && errno != EINTR)
            return ct_fail_errno(err, CT_E_IO, "%s: cannot write", to);
    }
}

/* Temporary files of a writer are hidden, and nobody's yet. */
static bool is_temporary(const char *name)
{
    const char *slash = strrchr(name, '/');
    return (slash ? slash[1] : name[0]) == '.' || strstr(name, ".tmp") != NULL;
}

static ct_code take_file(void *ctx, const char *name, const struct stat *st, struct ct_err *err)
{
    struct making *m = ctx;
    char from[PATH_BYTES], to[PATH_BYTES];
    struct stat there;
    if (is_temporary(name))
        return CT_OK;
    snprintf(from, sizeof(from), "%s/%s/%s", m->options->data, m->folder, name);
    snprintf(to, sizeof(to), "%s/%s/%s", m->partial, m->folder, name);
    if (lstat(to, &there) == 0)
        return CT_OK; /* of the first round */
    char *slash = strrchr(to, '/');
    *slash = '\0';
    if (mkdir(to, 0700) != 0 && errno != EEXIST)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot make the folder", to);
    *slash = '/';
    bool linked = !m->options->copy && m->link && link(from, to) == 0;
    if (!linked && !m->options->copy && m->link) {
        if (errno == ENOENT)
            return CT_OK; /* removed meanwhile */
        if (errno != EXDEV && errno != EPERM && errno != EMLINK)
            return ct_fail_errno(err, CT_E_IO, "%s: cannot link", to);
        m->link = false;
    }
    ct_code rc = linked ? CT_OK : copy_file(from, to, 0600, err);
    if (rc == CT_E_NOT_FOUND)
        return CT_OK;
    if (rc == CT_OK) {
        m->report->files++;
        m->report->linked += linked;
        m->report->bytes += st->st_size;
    }
    return rc;
}

static ct_code take_files(struct making *m, struct ct_err *err)
{
    for (size_t i = 0; i < N_FOLDERS; i++) {
        char root[PATH_BYTES], to[PATH_BYTES];
        m->folder = folders[i];
        snprintf(root, sizeof(root), "%s/%s", m->options->data, folders[i]);
        snprintf(to, sizeof(to), "%s/%s", m->partial, folders[i]);
        if (mkdir(to, 0700) != 0 && errno != EEXIST)
            return ct_fail_errno(err, CT_E_IO, "%s: cannot make the folder", to);
        CT_TRY(ct_walk(root, take_file, m, err));
    }
    return CT_OK;
}

static ct_code take_database(const struct making *m, struct ct_err *err)
{
    char from[PATH_BYTES], to[PATH_BYTES];
    struct ct_sql *sql;
    snprintf(from, sizeof(from), "%s/calotype.db", m->options->data);
    snprintf(to, sizeof(to), "%s/calotype.db", m->partial);
    if (unlink(to) != 0 && errno != ENOENT)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot be removed", to);
    CT_TRY(ct_sql_open(&sql, from, CT_SQL_READ, err));
    ct_code rc = ct_sql_backup(sql, to, err);
    ct_sql_close(&sql);
    if (rc == CT_OK && chmod(to, 0600) != 0)
        rc = ct_fail_errno(err, CT_E_IO, "%s: cannot be made private", to);
    return rc;
}

static ct_code open_copy(struct ct_sql **out, const struct making *m, struct ct_err *err)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof(path), "%s/calotype.db", m->partial);
    return ct_sql_open(out, path, CT_SQL_WRITE, err);
}

static ct_code check_copy(struct making *m, struct ct_err *err)
{
    struct ct_picture_check pictures = { 0 };
    struct ct_sql *sql;
    int applied = 0, known = 0;
    CT_TRY(open_copy(&sql, m, err));
    ct_code rc = ct_check_integrity(sql, err);
    if (rc == CT_OK)
        rc = ct_check_schema(&applied, &known, sql, err);
    if (rc == CT_OK && applied == known) /* an older one has other tables */
        rc = ct_check_pictures(&pictures, sql, m->partial, false, err);
    ct_sql_close(&sql);
    if (rc != CT_OK)
        return rc;
    m->report->pictures = pictures.named;
    m->report->missing = pictures.missing;
    memcpy(m->report->first_missing, pictures.first_bad, sizeof(m->report->first_missing));
    return CT_OK;
}

static ct_code take_secret(struct making *m, struct ct_err *err)
{
    char from[PATH_BYTES], to[PATH_BYTES];
    snprintf(from, sizeof(from), "%s/secret", m->options->data);
    snprintf(to, sizeof(to), "%s/secret", m->partial);
    ct_code rc = copy_file(from, to, 0600, err);
    m->report->has_secret = rc == CT_OK;
    return rc == CT_E_NOT_FOUND ? CT_OK : rc;
}

static ct_code sync_all(const struct making *m, struct ct_err *err)
{
    CT_CLEANUP(close_fd) int fd = open(m->partial, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || syncfs(fd) != 0)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot sync", m->partial);
    return CT_OK;
}

/* An empty folder of the user's may take the name; anything else that is there is kept. */
static ct_code make_partial(struct making *m, struct ct_err *err)
{
    char database[PATH_BYTES];
    snprintf(database, sizeof(database), "%s/calotype.db", m->options->data);
    if (access(database, R_OK) != 0)
        return ct_fail_errno(err, CT_E_CONFIG, "There is nothing to back up: %s", database);
    if (snprintf(m->partial, sizeof(m->partial), "%s.partial", m->options->dest) >=
        (int)sizeof(m->partial))
        return ct_fail(err, CT_E_CONFIG, NULL, "The path of the backup is too long.");
    if (rmdir(m->options->dest) != 0 && errno != ENOENT)
        return ct_fail(err, CT_E_CONFIG, NULL,
                       "%s is there already: a backup wants a folder of its own, new or empty.",
                       m->options->dest);
    if (mkdir(m->partial, 0700) != 0)
        return errno == EEXIST
                   ? ct_fail(err, CT_E_CONFIG, NULL,
                             "%s is left over from a backup that was not finished, or another one "
                             "is being made: remove it first.",
                             m->partial)
                   : ct_fail_errno(err, CT_E_CONFIG, "%s: cannot make the folder", m->partial);
    return CT_OK;
}

ct_code ct_backup_make(struct ct_backup_report *out, const struct ct_backup_options *options,
                       struct ct_err *err)
{
    struct making m = { .options = options, .report = out, .link = true };
    *out = (struct ct_backup_report){ 0 };
    CT_TRY(make_partial(&m, err));
    for (int i = 0; i < TRIES && (i == 0 || out->missing > 0); i++) {
        CT_TRY(take_files(&m, err));
        CT_TRY(take_database(&m, err));
        CT_TRY(take_files(&m, err));
        CT_TRY(check_copy(&m, err));
    }
    CT_TRY(take_secret(&m, err));
    CT_TRY(sync_all(&m, err));
    if (rename(m.partial, options->dest) != 0)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot be given its name", m.partial);
    return CT_OK;
}
