/* See gc.h. Rows go first and their pictures in a later round, when their folder has its turn: a
 * crash in between leaves files without a row, which are found like any others. */
#include "store/gc.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/walk.h"
#include "store/picture_uses.h"

#include <stdio.h>
#include <unistd.h>

#define ROWS_MAX 500      /* deleted in a round */
#define FILES_MAX 512     /* after so many the round ends with the folder */
#define FOLDERS_MAX 16    /* looked at in a round */
#define FOLDERS 256
#define SPARE_S 3600      /* a picture is not removed sooner, whatever the URLs */
#define LEFTOVER_S 86400  /* nobody writes a file for a day */
#define DAY_MS 86400000ll
#define PATH_BYTES 4096

struct rows {
    const struct ct_gc *gc;
    int64_t now_ms, ledger_before_ms;
    int64_t jobs, ledger_rows;
};

static ct_code count_one(int64_t *out, struct ct_sql *sql, const char *statement, int64_t before_ms,
                         struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, statement, "i", before_ms));
    *out = ct_sql_next(&rows) ? ct_sql_int(&rows, 0) : 0;
    return ct_sql_end(&rows, err);
}

static ct_code count_rows(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct rows *r = ctx;
    CT_TRY(count_one(&r->jobs, sql,
                     "SELECT COUNT(*) FROM jobs WHERE expires_ms <= ? AND ended_ms IS NOT NULL",
                     r->now_ms, err));
    return count_one(&r->ledger_rows, sql, "SELECT COUNT(*) FROM ledger WHERE ended_ms < ?",
                     r->ledger_before_ms, err);
}

/* Whether there is anything to delete, without a transaction of the writer. */
static ct_code look_for_rows(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct rows *r = ctx;
    CT_TRY(count_one(&r->jobs, sql,
                     "SELECT EXISTS (SELECT 1 FROM jobs WHERE expires_ms <= ? AND ended_ms IS NOT "
                     "NULL)",
                     r->now_ms, err));
    return count_one(&r->ledger_rows, sql,
                     "SELECT EXISTS (SELECT 1 FROM ledger WHERE ended_ms < ?)", r->ledger_before_ms,
                     err);
}

static ct_code delete_rows(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct rows *r = ctx;
    CT_TRY(ct_sql_run(sql, err,
                      "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE expires_ms <= ? AND "
                      "ended_ms IS NOT NULL LIMIT ?)",
                      "ii", r->now_ms, (int64_t)ROWS_MAX));
    r->jobs = ct_sql_changes(sql);
    CT_TRY(ct_sql_run(sql, err,
                      "DELETE FROM ledger WHERE job_id IN (SELECT job_id FROM ledger WHERE "
                      "ended_ms < ? LIMIT ?)",
                      "ii", r->ledger_before_ms, (int64_t)ROWS_MAX));
    r->ledger_rows = ct_sql_changes(sql);
    return CT_OK;
}

/* *more: another round would find some. */
static ct_code let_rows_go(const struct ct_gc *gc, struct ct_gc_report *report, bool *more,
                           struct ct_err *err)
{
    int64_t now_ms = ct_clock_wall_ms();
    struct rows r = { .gc = gc, .now_ms = now_ms };
    r.ledger_before_ms = (now_ms / DAY_MS - gc->options.ledger_days) * DAY_MS; /* whole days */
    *more = false;
    CT_TRY(ct_db_read(gc->options.db, gc->options.dry ? count_rows : look_for_rows, &r, err));
    if (!gc->options.dry && r.jobs + r.ledger_rows > 0) {
        CT_TRY(ct_db_write(gc->options.db, delete_rows, &r, err));
        *more = r.jobs == ROWS_MAX || r.ledger_rows == ROWS_MAX;
    }
    report->jobs += r.jobs;
    report->ledger_rows += r.ledger_rows;
    return CT_OK;
}

struct folder {
    const struct ct_gc *gc;
    struct ct_gc_report *report;
    struct ct_sql *sql;
    char root[PATH_BYTES];
    int64_t now_s, since_s;
    int n; /* files looked at */
};

/* Of a dry run: rows that would be deleted do not count. */
static ct_code is_needed(bool *needed, const struct folder *f, struct ct_slice name,
                         struct ct_err *err)
{
    if (!f->gc->options.dry)
        return ct_picture_is_used(needed, f->sql, name, err);
    return ct_picture_is_used_at(needed, f->sql, name, ct_clock_wall_ms(), err);
}

static void remove_leftover(const struct folder *f, const char *name, const struct stat *st)
{
    char path[PATH_BYTES + 600];
    snprintf(path, sizeof(path), "%s/%s", f->root, name);
    if (st->st_mtime >= f->now_s - LEFTOVER_S)
        return;
    if (f->gc->options.dry || unlink(path) == 0)
        f->report->leftovers++;
}

static ct_code look_at_picture(void *ctx, const char *name, const struct stat *st,
                               struct ct_err *err)
{
    struct folder *f = ctx;
    bool needed, removed = f->gc->options.dry;
    f->n++;
    if (!ct_picture_is_name(ct_slice(name))) {
        remove_leftover(f, name, st);
        return CT_OK;
    }
    if (st->st_mtime >= f->since_s)
        return CT_OK;
    CT_TRY(is_needed(&needed, f, ct_slice(name), err));
    if (needed)
        return CT_OK;
    if (!removed)
        CT_TRY(
            ct_pictures_remove(f->gc->options.pictures, ct_slice(name), f->since_s, &removed, err));
    f->report->pictures += removed;
    f->report->picture_bytes += removed ? st->st_size : 0;
    return CT_OK;
}

static ct_code look_at_leftover(void *ctx, const char *name, const struct stat *st,
                                struct ct_err *err)
{
    const char *slash = strrchr(name, '/');
    (void)err;
    if ((slash ? slash[1] : name[0]) == '.')
        remove_leftover(ctx, name, st);
    return CT_OK;
}

static ct_code look_at_upload(void *ctx, const char *name, const struct stat *st,
                              struct ct_err *err)
{
    (void)err;
    remove_leftover(ctx, name, st);
    return CT_OK;
}

static ct_code walk_folder(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct folder *f = ctx;
    const struct ct_gc *gc = f->gc;
    f->sql = sql;
    snprintf(f->root, sizeof(f->root), "%s/pictures/%02x", gc->options.data_dir, gc->folder);
    CT_TRY(ct_walk(f->root, look_at_picture, f, err));
    snprintf(f->root, sizeof(f->root), "%s/scenes/%02x", gc->options.data_dir, gc->folder);
    CT_TRY(ct_walk(f->root, look_at_leftover, f, err));
    if (gc->folder != 0)
        return CT_OK;
    snprintf(f->root, sizeof(f->root), "%s/tmp", gc->options.data_dir);
    return ct_walk(f->root, look_at_upload, f, err);
}

ct_code ct_gc_round(struct ct_gc *gc, struct ct_gc_report *report, bool *idle, struct ct_err *err)
{
    int url_s = gc->options.url_seconds > SPARE_S ? gc->options.url_seconds : SPARE_S;
    struct folder f = { .gc = gc, .report = report, .now_s = ct_clock_wall() };
    bool more;
    f.since_s = f.now_s - url_s - 60;
    *idle = false;
    CT_TRY(let_rows_go(gc, report, &more, err));
    for (int i = 0; i < FOLDERS_MAX && f.n < FILES_MAX; i++) {
        CT_TRY(ct_db_read(gc->options.db, walk_folder, &f, err));
        gc->folder = (gc->folder + 1) % FOLDERS;
        if (gc->folder == 0) {
            *idle = !more;
            break;
        }
    }
    return CT_OK;
}
