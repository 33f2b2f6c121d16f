/* The queue and its runners.
 *
 * One lock and two conditions guard a linked list; runners take from its head. A runner blocks in
 * the engine for as long as a picture takes; the computing inside is spread over one shared pool,
 * so runners beyond the CPUs cost only memory and let short work overtake long work.
 *
 * A job cancelled while queued leaves the list at once: clients that gave up must not fill it. */
#include "base/clock.h"
#include "base/mem.h"
#include "jobs/jobs.h"
#include "jobs/run.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#define MAX_RUNNERS 64
#define RUNNER_STACK_BYTES ((size_t)1 << 20)

struct ct_jobs {
    pthread_mutex_t lock;
    pthread_cond_t work; /* a job was queued, or stop */
    pthread_cond_t idle; /* a job ended */
    struct ct_job *head, **tail;
    int n_queued, n_running, queue_max;
    bool draining, stop;
    struct ct_job *running[MAX_RUNNERS]; /* by runner; NULL when idle */
    pthread_t threads[MAX_RUNNERS];
    int n_threads;
    struct ct_run run;
    struct ct_pool *pool;
};

struct runner {
    struct ct_jobs *jobs;
    int index;
};

static struct ct_job *take(struct ct_jobs *jobs)
{
    struct ct_job *job = jobs->head;
    jobs->head = job->next;
    if (!jobs->head)
        jobs->tail = &jobs->head;
    job->next = NULL;
    jobs->n_queued--;
    return job;
}

static void *run_jobs(void *arg)
{
    struct runner runner = *(struct runner *)arg;
    struct ct_jobs *jobs = runner.jobs;
    ct_free(arg);

    pthread_mutex_lock(&jobs->lock);
    for (;;) {
        while (!jobs->head && !jobs->stop)
            pthread_cond_wait(&jobs->work, &jobs->lock);
        if (!jobs->head)
            break;
        struct ct_job *job = take(jobs);
        jobs->running[runner.index] = job;
        jobs->n_running++;
        pthread_mutex_unlock(&jobs->lock);

        ct_job_run(job, &jobs->run);

        pthread_mutex_lock(&jobs->lock);
        jobs->running[runner.index] = NULL;
        jobs->n_running--;
        pthread_cond_broadcast(&jobs->idle);
        pthread_mutex_unlock(&jobs->lock);
        ct_job_unref(&job);
        pthread_mutex_lock(&jobs->lock);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

static ct_code start_runner(struct ct_jobs *jobs, struct ct_err *err)
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

static void init_locks(struct ct_jobs *jobs)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->work, &monotonic);
    pthread_cond_init(&jobs->idle, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

ct_code ct_jobs_start(struct ct_jobs **out, const struct ct_jobs_options *options,
                      struct ct_err *err)
{
    int cpus = ct_cpu_count();
    int runners = options->runners > 0 ? options->runners : cpus + 1;
    if (runners > MAX_RUNNERS)
        runners = MAX_RUNNERS;

    *out = NULL;
    struct ct_jobs *jobs = ct_calloc(1, sizeof(*jobs));
    if (!jobs)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while starting the jobs.");
    init_locks(jobs);
    jobs->tail = &jobs->head;
    jobs->queue_max = options->queue_max > 0 ? options->queue_max : 256;
    /* A runner computes too, so the pool adds one thread less than there are CPUs. */
    ct_code rc = ct_pool_new(&jobs->pool, cpus - 1, err);
    jobs->run = (struct ct_run){ .pool = jobs->pool,
                                 .pictures = options->pictures,
                                 .software = options->software,
                                 .recipes = options->recipes };
    for (int i = 0; i < runners && rc == CT_OK; i++)
        rc = start_runner(jobs, err);
    if (rc != CT_OK) {
        ct_jobs_stop(&jobs);
        return rc;
    }
    *out = jobs;
    return CT_OK;
}

ct_code ct_jobs_submit(struct ct_jobs *jobs, struct ct_job *job, struct ct_err *err)
{
    ct_code rc = CT_OK;
    pthread_mutex_lock(&jobs->lock);
    if (jobs->draining || jobs->stop) {
        rc =
            ct_fail(err, CT_E_DRAINING, NULL,
                    "The server is shutting down and takes no new work. Please try again shortly.");
    } else if (jobs->n_queued >= jobs->queue_max) {
        rc = ct_fail(err, CT_E_OVERLOADED, NULL,
                     "The server is overloaded: %d requests are waiting already. Please try again "
                     "later.",
                     jobs->n_queued);
    } else {
        *jobs->tail = ct_job_ref(job);
        jobs->tail = &job->next;
        jobs->n_queued++;
        pthread_cond_signal(&jobs->work);
    }
    pthread_mutex_unlock(&jobs->lock);
    return rc;
}

/* With the lock held; false when a runner has it, or nobody. The list is short (queue_max). */
static bool unlink_queued(struct ct_jobs *jobs, struct ct_job *job)
{
    for (struct ct_job **link = &jobs->head; *link; link = &(*link)->next) {
        if (*link != job)
            continue;
        *link = job->next;
        if (!*link)
            jobs->tail = link;
        job->next = NULL;
        jobs->n_queued--;
        return true;
    }
    return false;
}

void ct_jobs_cancel(struct ct_jobs *jobs, struct ct_job *job)
{
    atomic_store(&job->cancel, 1);
    pthread_mutex_lock(&jobs->lock);
    bool queued = unlink_queued(jobs, job);
    if (queued)
        pthread_cond_broadcast(&jobs->idle);
    pthread_mutex_unlock(&jobs->lock);
    if (!queued)
        return;
    (void)ct_job_end_queued(job, CT_E_CANCELLED, "The request was cancelled.");
    ct_job_unref(&job); /* the queue's */
}

void ct_jobs_count(struct ct_jobs *jobs, int *queued, int *running)
{
    pthread_mutex_lock(&jobs->lock);
    *queued = jobs->n_queued;
    *running = jobs->n_running;
    pthread_mutex_unlock(&jobs->lock);
}

/* With the lock held: waits until nothing is queued or running; false when the time is over. */
static bool wait_idle(struct ct_jobs *jobs, int deadline_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += deadline_ms / 1000;
    until.tv_nsec += (long)(deadline_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    while (jobs->n_queued + jobs->n_running > 0)
        if (pthread_cond_timedwait(&jobs->idle, &jobs->lock, &until) == ETIMEDOUT)
            return jobs->n_queued + jobs->n_running == 0;
    return true;
}

/* With the lock held; it is let go while observers are called. The queue is emptied at once, before
 * anything is let go: a runner that becomes free meanwhile must find nothing to begin. */
static void cancel_all(struct ct_jobs *jobs)
{
    struct ct_job *queued = jobs->head;
    jobs->head = NULL;
    jobs->tail = &jobs->head;
    jobs->n_queued = 0;
    for (int i = 0; i < jobs->n_threads; i++)
        if (jobs->running[i])
            atomic_store(&jobs->running[i]->cancel, 1);
    pthread_mutex_unlock(&jobs->lock);
    while (queued) {
        struct ct_job *job = queued;
        queued = job->next;
        job->next = NULL;
        (void)ct_job_end_queued(job, CT_E_DRAINING,
                                "The server is shutting down before this request had its turn. "
                                "Please try again shortly.");
        ct_job_unref(&job);
    }
    pthread_mutex_lock(&jobs->lock);
}

void ct_jobs_drain(struct ct_jobs *jobs, int deadline_ms)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->draining = true;
    if (!wait_idle(jobs, deadline_ms)) {
        cancel_all(jobs);
        while (jobs->n_running > 0)
            pthread_cond_wait(&jobs->idle, &jobs->lock);
    }
    pthread_mutex_unlock(&jobs->lock);
}

void ct_jobs_stop(struct ct_jobs **slot)
{
    struct ct_jobs *jobs = *slot;
    if (!jobs)
        return;
    *slot = NULL;
    ct_jobs_drain(jobs, 0);
    pthread_mutex_lock(&jobs->lock);
    jobs->stop = true;
    pthread_cond_broadcast(&jobs->work);
    pthread_mutex_unlock(&jobs->lock);
    for (int i = 0; i < jobs->n_threads; i++)
        pthread_join(jobs->threads[i], NULL);
    ct_pool_free(&jobs->pool);
    pthread_cond_destroy(&jobs->idle);
    pthread_cond_destroy(&jobs->work);
    pthread_mutex_destroy(&jobs->lock);
    ct_free(jobs);
}
