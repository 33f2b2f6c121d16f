/* A runner: takes whose turn it is, draws it, takes the next.
 *
 * It blocks in the engine for as long as a picture takes; the computing inside is spread over one
 * shared pool, so runners beyond the CPUs cost only memory and let short work overtake long work.
 *
 * A durable job's request is read again here. When the database cannot be read just now the job
 * goes back to its lane and the runner breathes for a second: it was accepted and is not dropped.
 */
#include "jobs/load.h"
#include "jobs/queue_internal.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <time.h>

#define RUNNER_STACK_BYTES ((size_t)1 << 20)
#define NEW_SHARE 0.2 /* of the newest job in the moving mean */

struct runner {
    struct ct_jobs *jobs;
    int index;
};

/* With the lock held: the next entry, or NULL when the runner is to end. */
static struct ct_entry *take(struct ct_jobs *jobs)
{
    for (;;) {
        struct ct_ticket *ticket = jobs->stop ? NULL : ct_lanes_pop(jobs->lanes, ct_clock_us());
        if (ticket)
            return (struct ct_entry *)ticket;
        if (jobs->stop)
            return NULL;
        pthread_cond_wait(&jobs->work, &jobs->lock);
    }
}

static void note_speed(struct ct_jobs *jobs, const struct ct_entry *entry, const struct ct_job *job)
{
    if (ct_job_state(job) != CT_JOB_DONE)
        return;
    double us = (double)(job->ended_us - job->started_us) / entry->cost;
    double old = jobs->recent_us_per_cost;
    jobs->recent_us_per_cost = old > 0 ? old + NEW_SHARE * (us - old) : us;
}

/* A row that can never run: said in it, so that whoever asks learns why. False: that cannot be
 * written just now. */
static bool end_unreadable(struct ct_jobs *jobs, const struct ct_entry *entry,
                           const struct ct_err *why)
{
    struct ct_err err = { 0 };
    struct ct_job *job = ct_job_new(&(struct ct_job_params){ .engine = jobs->options.engine,
                                                             .id = entry->id,
                                                             .key_id = entry->key_id,
                                                             .durable = true });
    ct_code rc = job ? CT_OK : CT_E_MEMORY;
    if (job) {
        job->err = *why;
        rc = ct_journal_end(&jobs->journal, job, CT_JOB_QUEUED, CT_JOB_FAILED, &err);
    }
    if (rc == CT_OK)
        ct_stats_add_end(&jobs->stats, job);
    ct_log_event(jobs->options.log, CT_LOG_ERROR, "job cannot be read again",
                 CT_LOG_Z("job", entry->id), CT_LOG_Z("cause", why->msg),
                 CT_LOG_Z("journal", rc == CT_OK ? "ended" : err.msg));
    ct_job_unref(&job);
    return rc != CT_E_STORAGE && rc != CT_E_MEMORY;
}

enum loaded { LOADED, LATER, NEVER };

static enum loaded load(struct ct_jobs *jobs, struct ct_entry *entry)
{
    struct ct_err err = { 0 };
    struct ct_job *job;
    const struct ct_jobs_options *o = &jobs->options;
    const struct ct_job_loader with = { o->db, o->files, o->contract, o->engine };
    ct_code rc = ct_job_load(&job, &with, entry->id, entry->key_id, &err);
    bool late = entry->deadline_ms && entry->deadline_ms <= ct_clock_wall_ms();
    if ((rc == CT_E_STORAGE || rc == CT_E_MEMORY) && !late)
        return LATER;
    if (rc != CT_OK)
        return end_unreadable(jobs, entry, &err) ? NEVER : LATER;
    pthread_mutex_lock(&jobs->lock);
    entry->job = job;
    if (entry->cancelled) /* asked for between its turn and now */
        atomic_store(&job->cancel, CT_JOB_CANCEL_ASKED);
    else if (jobs->stop || jobs->draining)
        atomic_store(&job->cancel, CT_JOB_CANCEL_PUT_BACK);
    pthread_mutex_unlock(&jobs->lock);
    return LOADED;
}

static void breathe(void)
{
    nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
}

/* Without the lock. False: the entry is to wait again. */
static bool run_entry(struct ct_jobs *jobs, struct ct_entry *entry)
{
    enum loaded loaded = entry->job ? LOADED : load(jobs, entry);
    if (loaded == LATER) {
        breathe();
        return false;
    }
    if (loaded == LOADED)
        ct_job_run(entry->job, &jobs->run);
    return true;
}

static void *run_jobs(void *arg)
{
    struct runner runner = *(struct runner *)arg;
    struct ct_jobs *jobs = runner.jobs;
    struct ct_entry *entry;
    ct_free(arg);

    pthread_mutex_lock(&jobs->lock);
    while ((entry = take(jobs)) != NULL) {
        entry->running = true;
        jobs->running[runner.index] = entry;
        jobs->n_waiting[entry->durable]--;
        jobs->n_running++;
        pthread_mutex_unlock(&jobs->lock);

        bool ended = run_entry(jobs, entry);

        pthread_mutex_lock(&jobs->lock);
        if (entry->job)
            note_speed(jobs, entry, entry->job);
        jobs->running[runner.index] = NULL;
        jobs->n_running--;
        entry->running = false;
        ct_lanes_done(jobs->lanes, &entry->ticket);
        ct_jobs__forget(jobs, entry);
        if (!ended && !jobs->stop && !jobs->draining && ct_jobs__enqueue(jobs, entry))
            entry = NULL; /* it waits again */
        pthread_cond_broadcast(&jobs->work); /* its key may run another */
        pthread_cond_broadcast(&jobs->idle);
        pthread_mutex_unlock(&jobs->lock);
        ct_entry_free(&entry);
        pthread_mutex_lock(&jobs->lock);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

ct_code ct_jobs__start_runner(struct ct_jobs *jobs, struct ct_err *err)
{
    pthread_attr_t attributes;
    struct runner *runner = ct_malloc(sizeof(*runner));
    if (!runner)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while starting the job runners.");
    *runner = (struct runner){ jobs, jobs->n_threads };
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, RUNNER_STACK_BYTES);
    int failed = pthread_create(&jobs->threads[jobs->n_threads], &attributes, run_jobs, runner);
    pthread_attr_destroy(&attributes);
    if (failed) {
        ct_free(runner);
        errno = failed;
        return ct_fail_errno(err, CT_E_MEMORY, "Cannot start a job runner");
    }
    jobs->n_threads++;
    return CT_OK;
}
