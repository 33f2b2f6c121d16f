/* See replies.h. The first byte of the id is a folder. */
#include "store/replies.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 4096
#define DIR_BYTES 3900
#define ID_DIGITS (2 * CT_SHA256_LEN)

struct ct_replies {
    char dir[DIR_BYTES];
    struct ct_db *db;
    int64_t keep_ms, max_bytes;
};

static void path_of(char path[PATH_BYTES], const struct ct_replies *replies,
                    const uint8_t id[CT_SHA256_LEN])
{
    char hex[ID_DIGITS + 1] = { 0 };
    ct_hex(hex, id, CT_SHA256_LEN);
    snprintf(path, PATH_BYTES, "%s/%.2s/%s", replies->dir, hex, hex);
}

ct_code ct_replies_write(struct ct_replies *replies, const uint8_t id[CT_SHA256_LEN],
                         const struct ct_blob *body, struct ct_err *err)
{
    char path[PATH_BYTES], folder[PATH_BYTES];
    path_of(path, replies, id);
    snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot make the folder", folder);
    return ct_file_write(path, body->data, body->len, 0600, err);
}

int ct_replies_read(struct ct_replies *replies, const uint8_t id[CT_SHA256_LEN], int64_t *bytes)
{
    char path[PATH_BYTES];
    struct stat st;
    path_of(path, replies, id);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        return -1;
    }
    if (fd >= 0)
        *bytes = st.st_size;
    return fd;
}

static void remove_file(const struct ct_replies *replies, const uint8_t id[CT_SHA256_LEN])
{
    char path[PATH_BYTES];
    path_of(path, replies, id);
    unlink(path); /* ENOENT: the body stood in the row */
}

struct finding {
    bool *found;
    struct ct_reply_row *out;
    struct ct_arena *arena;
    const uint8_t *id;
};

static ct_code find(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct finding *f = ctx;
    return ct_reply_row_get(f->found, f->out, sql, f->arena, f->id, ct_clock_wall_ms(), err);
}

ct_code ct_replies_find(bool *found, struct ct_reply_row *out, struct ct_replies *replies,
                        const uint8_t id[CT_SHA256_LEN], struct ct_arena *arena, struct ct_err *err)
{
    return ct_db_read(replies->db, find, &(struct finding){ found, out, arena, id }, err);
}

int64_t ct_replies_keep_ms(const struct ct_replies *replies)
{
    return replies->keep_ms;
}

/* --- letting go ----------------------------------------------------------------------------- */

struct victims {
    struct ct_reply_victims v;
    int64_t now_ms, max_bytes;
};

static ct_code list_victims(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct victims *w = ctx;
    return ct_reply_rows_victims(&w->v, sql, w->now_ms, w->max_bytes, err);
}

static ct_code let_go(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct victims *w = ctx;
    return ct_reply_rows_let_go(sql, &w->v, w->now_ms, err);
}

ct_code ct_replies_expire(struct ct_replies *replies, int64_t now_ms, struct ct_err *err)
{
    struct victims w = { .now_ms = now_ms, .max_bytes = replies->max_bytes };
    bool more;
    do {
        CT_TRY(ct_db_read(replies->db, list_victims, &w, err));
        more = w.v.n_expired == 64 || w.v.n_gone == 64;
        if (w.v.n_expired + w.v.n_gone > 0)
            CT_TRY(ct_db_write(replies->db, let_go, &w, err));
        for (int i = 0; i < w.v.n_expired; i++)
            remove_file(replies, w.v.expired[i]);
        for (int i = 0; i < w.v.n_gone; i++)
            remove_file(replies, w.v.gone[i]);
    } while (more);
    return CT_OK;
}

/* --- at start ------------------------------------------------------------------------------- */

static ct_code recover(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    const struct ct_replies_options *o = ctx;
    return ct_reply_rows_recover(sql, o->job_done, o->job_unknown, err);
}

/* A file whose row is not there, or does not want it, is of a server that died. */
static bool is_wanted(struct ct_replies *replies, const char *name)
{
    struct ct_reply_row row;
    uint8_t id[CT_SHA256_LEN];
    bool found = false;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(CT_REPLY_INLINE_BYTES * 4);
    if (!ct_unhex(id, sizeof(id), ct_slice(name)))
        return false; /* a temporary file */
    if (!arena || ct_replies_find(&found, &row, replies, id, arena, NULL) != CT_OK)
        return true; /* it cannot be known just now */
    return found && row.bytes > 0;
}

static void sweep_folder(struct ct_replies *replies, const char *folder)
{
    char path[PATH_BYTES];
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.' || is_wanted(replies, entry->d_name))
            continue;
        if (snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name) < (int)sizeof(path))
            unlink(path);
    }
    if (dir)
        closedir(dir);
}

static void sweep(struct ct_replies *replies)
{
    char folder[PATH_BYTES];
    for (int i = 0; i < 256; i++) {
        snprintf(folder, sizeof(folder), "%s/%02x", replies->dir, (unsigned)i);
        sweep_folder(replies, folder);
    }
}

ct_code ct_replies_open(struct ct_replies **out, const struct ct_replies_options *options,
                        struct ct_err *err)
{
    struct ct_replies_options with = *options;
    *out = NULL;
    struct ct_replies *replies = ct_calloc(1, sizeof(*replies));
    if (!replies)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the replies.");
    int n = snprintf(replies->dir, sizeof(replies->dir), "%s/replies", options->data_dir);
    replies->db = options->db;
    replies->keep_ms = options->keep_ms;
    replies->max_bytes = options->max_bytes;
    ct_code rc = n < (int)sizeof(replies->dir)
                     ? ct_mkdir_all(replies->dir, 0700, err)
                     : ct_fail(err, CT_E_CONFIG, "data", "The data folder's path is too long.");
    if (rc == CT_OK)
        rc = ct_db_write(options->db, recover, &with, err);
    if (rc == CT_OK)
        sweep(replies);
    if (rc != CT_OK)
        ct_replies_close(&replies);
    *out = replies;
    return rc;
}

void ct_replies_close(struct ct_replies **replies)
{
    ct_free(*replies);
    *replies = NULL;
}
