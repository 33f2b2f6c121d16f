/* A task: a durable job as its client sees it (contract 7.2), polled or told.
 *
 * What it says of an ended task comes from its row alone; only progress and place in the queue are
 * the queue's. */
#ifndef CT_JOBS_TASK_H
#define CT_JOBS_TASK_H

#include "contract/model.h"
#include "jobs/jobs.h"
#include "store/secret.h"

struct ct_task {
    struct ct_job_row row;
    struct ct_job_picture_row pictures[CT_JOB_MAX_PICTURES];
    int n_pictures;
    bool live; /* it waits or runs; `view` says where */
    struct ct_job_view view;
};

/* The task's row and pictures, inside a ct_db_fn; texts live in the arena. CT_E_NOT_FOUND, also
 * for another key's. */
CT_MUSTCHECK ct_code ct_task_read(struct ct_task *out, struct ct_sql *sql, struct ct_arena *arena,
                                  struct ct_slice id, struct ct_slice key_id, struct ct_err *err);
/* "queued", "processing", "completed", "failed", "cancelled" */
const char *ct_task_status(const struct ct_task *task);
bool ct_task_is_over(const struct ct_task *task);

/* What a task object needs that is not the task's. */
struct ct_task_context {
    const struct ct_catalogue *catalogue;
    struct ct_pictures *pictures;    /* for base64; NULL: URLs, whatever was asked for */
    const struct ct_secret *url_key; /* signs the pictures' URLs */
    int64_t url_expires;             /* unix seconds */
    struct ct_slice base_url;        /* "https://host" of every URL */
    const char *event;               /* "task.completed" of one that is told; NULL: polled */
};
/* Appends the task object; with `results` a completed one carries its pictures. */
CT_MUSTCHECK ct_code ct_task_write(struct ct_buf *b, const struct ct_task_context *context,
                                   const struct ct_task *task, bool results, struct ct_err *err);

#endif
