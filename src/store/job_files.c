/* One folder; a file's name says whose it is, so the database needs to know nothing of them. */
#include "store/job_files.h"

#include "base/file.h"
#include "base/mem.h"
#include "contract/draft.h"
#include "store/job_rows.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#define DIR_MAX 3800
#define PATH_BYTES 4096

struct ct_job_files {
    char dir[DIR_MAX];
};

ct_code ct_job_files_open(struct ct_job_files **out, const char *data_dir, struct ct_err *err)
{
    struct ct_err cause = { 0 };
    struct ct_job_files *files = ct_calloc(1, sizeof(*files));
    *out = NULL;
    if (!files)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory at start.");
    int n = snprintf(files->dir, sizeof(files->dir), "%s/inputs", data_dir);
    if (n < 0 || (size_t)n >= sizeof(files->dir) ||
        ct_mkdir_all(files->dir, 0700, &cause) != CT_OK) {
        ct_free(files);
        return ct_fail(err, CT_E_CONFIG, "data",
                       "The folder of input pictures cannot be made (%s).",
                       cause.msg[0] ? cause.msg : "its path is too long");
    }
    *out = files;
    return CT_OK;
}

void ct_job_files_close(struct ct_job_files **files)
{
    ct_free(*files);
    *files = NULL;
}

static void path_of(char path[PATH_BYTES], const struct ct_job_files *files, const char *job_id,
                    int i)
{
    snprintf(path, PATH_BYTES, "%s/%.*s.%d", files->dir, CT_JOB_ID_MAX, job_id, i);
}

static ct_code keep_all(struct ct_job_files *files, const char *job_id,
                        const struct ct_image_request *rq, struct ct_err *err)
{
    char path[PATH_BYTES];
    for (int i = 0; i < rq->n_inputs; i++) {
        path_of(path, files, job_id, i);
        CT_TRY(ct_blob_keep(rq->inputs[i].file, path, err));
    }
    if (rq->mask.file) {
        path_of(path, files, job_id, CT_DRAFT_MASK);
        CT_TRY(ct_blob_keep(rq->mask.file, path, err));
    }
    if (rq->markup.file) {
        path_of(path, files, job_id, CT_DRAFT_MARKUP);
        CT_TRY(ct_blob_keep(rq->markup.file, path, err));
    }
    return ct_folder_sync(files->dir, err);
}

ct_code ct_job_files_keep(struct ct_job_files *files, const char *job_id,
                          const struct ct_image_request *request, struct ct_err *err)
{
    ct_code rc = keep_all(files, job_id, request, err);
    if (rc != CT_OK)
        ct_job_files_remove(files, job_id);
    return rc;
}

ct_code ct_job_files_get(struct ct_blob **out, const struct ct_job_files *files,
                         const char *job_id, int i, struct ct_err *err)
{
    char path[PATH_BYTES];
    path_of(path, files, job_id, i);
    return ct_blob_open(out, path, err);
}

void ct_job_files_remove(struct ct_job_files *files, const char *job_id)
{
    char path[PATH_BYTES];
    for (int i = 0; i < CT_DRAFT_INPUTS; i++) {
        path_of(path, files, job_id, i);
        if (unlink(path) != 0 && i == 0)
            return; /* the first is there when any is */
    }
}

static ct_code is_open(bool *open, struct ct_sql *sql, struct ct_slice job_id, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT 1 FROM jobs WHERE id = ? AND ended_ms IS NULL",
                        "s", job_id));
    *open = ct_sql_next(&rows);
    return ct_sql_end(&rows, err);
}

static ct_code sweep(const struct ct_job_files *files, DIR *dir, struct ct_sql *sql,
                     struct ct_err *err)
{
    char path[PATH_BYTES];
    for (const struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        struct ct_slice id, rest, name = ct_slice(e->d_name);
        bool open = false;
        if (name.ptr[0] == '.')
            continue;
        if (ct_slice_cut(name, '.', &id, &rest))
            CT_TRY(is_open(&open, sql, id, err));
        int n = snprintf(path, sizeof(path), "%s/%s", files->dir, e->d_name);
        if (!open && n > 0 && (size_t)n < sizeof(path))
            unlink(path);
    }
    return CT_OK;
}

ct_code ct_job_files_sweep(struct ct_job_files *files, struct ct_sql *sql, struct ct_err *err)
{
    DIR *dir = opendir(files->dir);
    if (!dir)
        return ct_fail_errno(err, CT_E_IO, "%s: cannot read the folder", files->dir);
    ct_code rc = sweep(files, dir, sql, err);
    closedir(dir);
    return rc;
}
