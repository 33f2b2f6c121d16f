/* Telling of a task's end: who wants to know, and what is said.
 *
 * What is said is fixed in the transaction that ends the job: the task object as a poll would show
 * it, with the pictures' URLs signed for CT_CALLBACK_HOURS, the longest that delivering it is
 * tried. jobs/deliver.h delivers it. */
#ifndef CT_JOBS_CALLBACK_H
#define CT_JOBS_CALLBACK_H

#include "jobs/job.h"
#include "store/secret.h"

#define CT_CALLBACK_HOURS 72

/* What the journal needs to write deliveries. */
struct ct_callbacks {
    const struct ct_catalogue *catalogue;
    struct ct_secret url_key;
    void (*wake)(void *ctx); /* a delivery is due and durable; any thread, must not block */
    void *ctx;
};

/* Inside the ct_db_fn that writes a new job down: notes its callback, if it has one. */
CT_MUSTCHECK ct_code ct_callback_accept(struct ct_sql *sql, const struct ct_job *job,
                                        struct ct_err *err);
/* Inside the ct_db_fn that ends a durable job, behind the end itself: writes the delivery, if there
 * is a callback. The task and its pictures are then kept for as long as the URLs live. */
CT_MUSTCHECK ct_code ct_callback_enqueue(struct ct_sql *sql, const struct ct_callbacks *callbacks,
                                         struct ct_slice job_id, struct ct_slice key_id,
                                         int64_t now_ms, struct ct_err *err);

#endif
