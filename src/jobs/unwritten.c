/* See unwritten.h. The order is kept: what ended first is written first. */
#include "jobs/unwritten.h"

void ct_unwritten_init(struct ct_unwritten *unwritten)
{
    *unwritten = (struct ct_unwritten){ .first = NULL };
    pthread_mutex_init(&unwritten->lock, NULL);
}

static struct ct_job *take_first(struct ct_unwritten *unwritten)
{
    struct ct_job *job = unwritten->first;
    unwritten->first = job->next_unwritten;
    if (!unwritten->first)
        unwritten->last = NULL;
    unwritten->n--;
    return job;
}

void ct_unwritten_release(struct ct_unwritten *unwritten)
{
    while (unwritten->first) {
        struct ct_job *job = take_first(unwritten);
        ct_job_unref(&job);
    }
    pthread_mutex_destroy(&unwritten->lock);
}

bool ct_unwritten_add(struct ct_unwritten *unwritten, struct ct_job *job)
{
    pthread_mutex_lock(&unwritten->lock);
    bool room = unwritten->n < CT_UNWRITTEN_MAX;
    if (room) {
        job->next_unwritten = NULL;
        if (unwritten->last)
            unwritten->last->next_unwritten = ct_job_ref(job);
        else
            unwritten->first = ct_job_ref(job);
        unwritten->last = job;
        unwritten->n++;
    }
    pthread_mutex_unlock(&unwritten->lock);
    return room;
}

/* Its pictures are on the disk or with the client; when nobody else has the job, they go. */
static void let_files_go(struct ct_job *job)
{
    if (atomic_load(&job->refs) != 1)
        return;
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++)
        ct_blob_unref(&job->pictures[i].file);
}

void ct_unwritten_retry(struct ct_unwritten *unwritten, const struct ct_journal *journal,
                        struct ct_log *log)
{
    for (;;) {
        struct ct_err err = { 0 };
        pthread_mutex_lock(&unwritten->lock);
        struct ct_job *job = unwritten->first; /* only this thread takes one out */
        pthread_mutex_unlock(&unwritten->lock);
        if (!job)
            return;
        let_files_go(job);
        ct_code rc = ct_journal_end_again(journal, job, &err);
        if (rc == CT_E_STORAGE || rc == CT_E_MEMORY)
            return;
        pthread_mutex_lock(&unwritten->lock);
        (void)take_first(unwritten);
        pthread_mutex_unlock(&unwritten->lock);
        ct_log_event(log, rc == CT_OK ? CT_LOG_INFO : CT_LOG_ERROR,
                     rc == CT_OK ? "the end of a job was written later"
                                 : "the end of a job cannot be written",
                     CT_LOG_Z("job", job->id), CT_LOG_Z("cause", rc == CT_OK ? "" : err.msg));
        ct_job_unref(&job);
    }
}
