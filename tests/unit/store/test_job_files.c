#include "t.h"

#include "folder.h"

#include "base/file.h"
#include "base/spool.h"
#include "store/db.h"
#include "store/job_files.h"

#include <dirent.h>
#include <stdio.h>

#define JOB "imgtask_0123456789abcdef0123456789abcdef"

struct fixture {
    struct folder folder;
    struct ct_db *db;
    struct ct_job_files *files;
    struct ct_image_request request;
};

static struct ct_blob *spooled(const struct fixture *f, const char *text)
{
    struct ct_spool spool;
    struct ct_blob *blob = NULL;
    ct_spool_init(&spool, f->folder.path, 1, 1000);
    CHECK_INT(ct_spool_write(&spool, ct_slice(text), NULL), CT_OK);
    CHECK_INT(ct_spool_take(&spool, &blob, NULL), CT_OK);
    CHECK(ct_blob_fd(blob) >= 0);
    return blob;
}

static struct fixture set_up(void)
{
    struct fixture f = { .folder = folder_make() };
    CHECK_INT(ct_db_open(&f.db, f.folder.path, NULL), CT_OK);
    CHECK_INT(ct_job_files_open(&f.files, f.folder.path, NULL), CT_OK);
    f.request.n_inputs = 2;
    f.request.inputs[0].file = spooled(&f, "first, from a file");
    f.request.inputs[1].file = ct_blob_copy("second, from memory", 19);
    f.request.mask.file = ct_blob_copy("mask", 4);
    f.request.markup.file = ct_blob_copy("markup", 6);
    return f;
}

static void tear_down(struct fixture *f)
{
    ct_image_request_release(&f->request);
    ct_job_files_close(&f->files);
    ct_db_close(&f->db);
    folder_remove(&f->folder);
}

static int count(const struct fixture *f)
{
    char path[4200];
    int n = 0;
    snprintf(path, sizeof(path), "%s/inputs", f->folder.path);
    DIR *dir = opendir(path);
    for (const struct dirent *e = readdir(dir); e; e = readdir(dir))
        n += e->d_name[0] != '.';
    closedir(dir);
    return n;
}

static bool holds(const struct fixture *f, int i, const char *text)
{
    struct ct_blob *blob = NULL;
    CHECK_INT(ct_job_files_get(&blob, f->files, JOB, i, NULL), CT_OK);
    bool same = blob && ct_slice_is(ct_slice_n(blob->data, blob->len), text);
    ct_blob_unref(&blob);
    return same;
}

TEST(job_files__are_kept_whole_and_removed_together)
{
    struct fixture f = set_up();
    struct ct_blob *blob = NULL;
    CHECK_INT(ct_job_files_keep(f.files, JOB, &f.request, NULL), CT_OK);
    CHECK_INT(count(&f), 4);
    CHECK(holds(&f, 0, "first, from a file"));
    CHECK(holds(&f, 1, "second, from memory"));
    CHECK(holds(&f, CT_MAX_INPUTS, "mask"));
    CHECK(holds(&f, CT_MAX_INPUTS + 1, "markup"));
    CHECK_INT(ct_job_files_get(&blob, f.files, JOB, 2, NULL), CT_E_NOT_FOUND);
    ct_job_files_remove(f.files, JOB);
    ct_job_files_remove(f.files, JOB);
    CHECK_INT(count(&f), 0);
    tear_down(&f);
}

static ct_code sweep(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct fixture *f = ctx;
    return ct_job_files_sweep(f->files, sql, err);
}

static ct_code insert(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    return ct_sql_script(sql,
                         "INSERT INTO jobs (id, request_id, key_id, state, lane, durable, engine, "
                         "operation, model, n, size, quality, format, background, extended, "
                         "reply_as, created_ms) VALUES ('" JOB "', 'r', '', 0, 1, 1, 'e', 'edit', "
                         "'m', 1, '1x1', 'low', 'png', 'opaque', 1, 1, 1)",
                         err);
}

static ct_code end(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    return ct_sql_script(sql, "UPDATE jobs SET ended_ms = 1", err);
}

TEST(job_files__a_start_removes_what_belongs_to_no_open_job)
{
    struct fixture f = set_up();
    CHECK_INT(ct_job_files_keep(f.files, JOB, &f.request, NULL), CT_OK);
    CHECK_INT(ct_job_files_keep(f.files, "imgtask_of_nobody", &f.request, NULL), CT_OK);
    CHECK_INT(ct_db_write(f.db, insert, &f, NULL), CT_OK);
    CHECK_INT(count(&f), 8);
    CHECK_INT(ct_db_read(f.db, sweep, &f, NULL), CT_OK);
    CHECK_INT(count(&f), 4);
    CHECK(holds(&f, 0, "first, from a file"));
    CHECK_INT(ct_db_write(f.db, end, &f, NULL), CT_OK);
    CHECK_INT(ct_db_read(f.db, sweep, &f, NULL), CT_OK);
    CHECK_INT(count(&f), 0);
    tear_down(&f);
}

TEST(job_files__leave_nothing_when_one_cannot_be_kept)
{
    struct fixture f = set_up();
    char planted[4200];
    struct ct_err err = { 0 };
    snprintf(planted, sizeof(planted), "%s/inputs/" JOB ".1/x", f.folder.path);
    CHECK_INT(ct_mkdir_all(planted, 0700, NULL), CT_OK); /* a folder where a file would go */
    CHECK_INT(ct_job_files_keep(f.files, JOB, &f.request, &err), CT_E_IO);
    CHECK_INT(count(&f), 1);
    tear_down(&f);
}
