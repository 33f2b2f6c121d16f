/* The queue: from submit to a runner, and every other way out.
 *
 *   submit --> journal --> lanes --> runner          a client's job keeps its request in memory;
 *     full?     durable     |          |             a durable one leaves it in its row
 *              or refused   |          end
 *                           +-- cancel, deadline, drain: ended, or left in its row
 *
 * One lock guards lanes, entries and counts. Whoever takes a ticket out of the lanes owns the job's
 * next change of state, so a cancel and a runner never both make one. The journal is never waited
 * for with the lock held: changes made on network loops are posted and finished on its thread. */
#include "jobs/queue_internal.h"

#include "base/clock.h"
#include "base/mem.h"
#include "jobs/facts.h"

#include <errno.h>
#include <time.h>

#define DEFAULT_QUEUE 256
#define DEFAULT_DURABLE 100000
#define DEFAULT_KEEP_MS (24 * 3600 * 1000ll)
#define SWEEP_MAX 1000 /* deadlines that are over, ended at once */

void ct_jobs__forget(struct ct_jobs *jobs, struct ct_entry *entry)
{
    ct_entries_remove(&jobs->entries, entry);
}

bool ct_jobs__enqueue(struct ct_jobs *jobs, struct ct_entry *entry)
{
    if (!ct_lanes_push(jobs->lanes, &entry->ticket, ct_slice(entry->key_id), entry->concurrency,
                       entry->lane, entry->cost, ct_clock_us()))
        return false;
    ct_entries_add(&jobs->entries, entry);
    jobs->n_waiting[entry->durable]++;
    pthread_cond_signal(&jobs->work);
    return true;
}

/* With the lock held: a waiting entry leaves the lanes and the tables. */
static void take_out(struct ct_jobs *jobs, struct ct_entry *entry)
{
    ct_lanes_remove(jobs->lanes, &entry->ticket);
    ct_jobs__forget(jobs, entry);
    jobs->n_waiting[entry->durable]--;
    pthread_cond_broadcast(&jobs->idle);
}

/* How a job ends that never ran. */
struct never_ran {
    struct ct_jobs *jobs;
    struct ct_entry *entry; /* owned */
    void (*then)(void *ctx, ct_code rc);
    void *ctx;
};

/* A durable job whose end cannot be written just now is not lost: it waits as before, and is ended,
 * or drawn, when the database can be written again. Takes the entry; without the lock. */
static void wait_on(struct ct_jobs *jobs, struct ct_entry *entry)
{
    ct_job_unref(&entry->job); /* its request is in its row */
    pthread_mutex_lock(&jobs->lock);
    bool queued = !jobs->draining && !jobs->stop && ct_jobs__enqueue(jobs, entry);
    pthread_mutex_unlock(&jobs->lock);
    if (!queued)
        ct_entry_free(&entry); /* its row says queued: the next start finds it */
}

static bool can_wait(const struct ct_entry *entry, ct_code rc)
{
    return entry->durable && (rc == CT_E_STORAGE || rc == CT_E_MEMORY);
}

/* Its end is written, or cannot be and it was a client's: what it was is told. */
static void tell_end(struct never_ran *n, struct ct_job *job, ct_code rc, const struct ct_err *err)
{
    if (rc != CT_OK) {
        ct_log_event(n->jobs->options.log, CT_LOG_ERROR, "the end of a job was not written",
                     CT_LOG_Z("job", job->id), CT_LOG_Z("cause", err->msg));
        (void)ct_job_set_state(job, CT_JOB_QUEUED, job->change.to);
    }
    ct_stats_add_end(&n->jobs->stats, job);
    if (n->entry->durable)
        ct_facts_log_task(n->jobs->options.log, job, NULL);
    if (!n->entry->durable && job->observer.on_end)
        job->observer.on_end(job->observer.ctx, job);
    if (rc == CT_E_STORAGE && !n->entry->durable)
        (void)ct_unwritten_add(&n->jobs->unwritten, job);
    ct_entry_free(&n->entry);
}

static void tell_never_ran(void *ctx, struct ct_job *job, ct_code rc, const struct ct_err *err)
{
    struct never_ran *n = ctx;
    if (can_wait(n->entry, rc))
        wait_on(n->jobs, n->entry);
    else
        tell_end(n, job, rc, err);
    if (n->then)
        n->then(n->ctx, rc);
    pthread_mutex_lock(&n->jobs->lock);
    n->jobs->n_ending--;
    pthread_cond_broadcast(&n->jobs->idle);
    pthread_mutex_unlock(&n->jobs->lock);
    ct_free(n);
}

/* Without memory for the way through the journal; takes the entry. */
static void end_without_memory(struct ct_jobs *jobs, struct ct_entry *entry, enum ct_job_state to,
                               ct_code code, const char *why)
{
    struct ct_job *job = entry->job;
    if (entry->durable) {
        wait_on(jobs, entry);
        return;
    }
    if (job && job->observer.on_end) { /* the row stays open; the next start settles it */
        ct_fail(&job->err, code, NULL, "%s", why);
        (void)ct_job_set_state(job, CT_JOB_QUEUED, to);
        job->observer.on_end(job->observer.ctx, job);
    }
    ct_entry_free(&entry);
}

/* Ends an entry that was taken out of the lanes; takes it. Without the lock. */
static void end_never_ran(struct ct_jobs *jobs, struct ct_entry *entry, enum ct_job_state to,
                          ct_code code, const char *why, void (*then)(void *ctx, ct_code rc),
                          void *ctx)
{
    struct ct_err err = { 0 };
    struct never_ran *n = ct_calloc(1, sizeof(*n));
    if (!entry->job) /* durable: its request stays in its row, which is all that changes */
        entry->job = ct_job_new(&(struct ct_job_params){ .engine = jobs->options.engine,
                                                         .id = entry->id,
                                                         .key_id = entry->key_id,
                                                         .durable = true });
    struct ct_job *job = entry->job;
    if (!n || !job) {
        ct_free(n);
        end_without_memory(jobs, entry, to, code, why);
        if (then)
            then(ctx, CT_E_MEMORY);
        return;
    }
    *n = (struct never_ran){ jobs, entry, then, ctx };
    pthread_mutex_lock(&jobs->lock);
    jobs->n_ending++;
    pthread_mutex_unlock(&jobs->lock);
    ct_fail(&job->err, code, NULL, "%s", why);
    job->ended_us = ct_clock_us();
    ct_code rc = ct_journal_end_later(&jobs->journal, job, CT_JOB_QUEUED, to, tell_never_ran, n,
                                      &err);
    if (rc != CT_OK)
        tell_never_ran(n, job, rc, &err);
}

static const char cancelled_text[] = "The request was cancelled.";
static const char late_text[] =
    "The request waited for its turn for as long as requests may; nothing was drawn, and it costs "
    "nothing. Please try again later.";
static const char late_task_text[] = "The task waited for its turn for as long as tasks may; "
                                     "nothing was drawn, and it costs nothing.";
static const char draining_text[] =
    "The server is shutting down before this request had its turn. Please try again shortly.";

/* A job that was not written down: nobody else knows of it. */
static void refuse(struct ct_entry *entry, struct ct_job *job, const struct ct_err *err)
{
    job->err = *err;
    (void)ct_job_set_state(job, CT_JOB_QUEUED, CT_JOB_FAILED);
    if (job->observer.on_end)
        job->observer.on_end(job->observer.ctx, job);
    ct_entry_free(&entry);
}

/* A job that was written down and cannot be queued. */
static void turn_away(struct ct_jobs *jobs, struct ct_entry *entry, struct ct_job *job,
                      bool draining)
{
    if (entry->durable) { /* it stays in its row, for the next start */
        ct_entry_free(&entry);
        return;
    }
    if (!entry->job)
        entry->job = ct_job_ref(job);
    if (draining)
        end_never_ran(jobs, entry, CT_JOB_CANCELLED, CT_E_DRAINING, draining_text, NULL, NULL);
    else if (atomic_load(&job->cancel))
        end_never_ran(jobs, entry, CT_JOB_CANCELLED, CT_E_CANCELLED, cancelled_text, NULL, NULL);
    else
        end_never_ran(jobs, entry, CT_JOB_FAILED, CT_E_MEMORY,
                      "The server is out of memory. Please try again later.", NULL, NULL);
}

/* On the journal's thread: the job is written down, or is not. */
static void accepted(void *ctx, struct ct_job *job, ct_code rc, const struct ct_err *err)
{
    struct ct_entry *entry = ctx;
    struct ct_jobs *jobs = entry->jobs;
    bool queued = false, draining, durable = job->durable;

    pthread_mutex_lock(&jobs->lock);
    draining = jobs->draining;
    if (rc == CT_OK && !draining && !atomic_load(&job->cancel)) {
        entry->job = entry->durable ? NULL : ct_job_ref(job);
        queued = ct_jobs__enqueue(jobs, entry);
    }
    pthread_mutex_unlock(&jobs->lock);
    /* The entry may be gone by now. Who hears of a task may look at it and cancel it at once, so it
     * stands in the queue before; its end waits for this thread. */
    if (rc == CT_OK && durable && job->observer.on_accepted)
        job->observer.on_accepted(job->observer.ctx, job);
    if (rc != CT_OK)
        refuse(entry, job, err);
    else if (!queued)
        turn_away(jobs, entry, job, draining);
    pthread_mutex_lock(&jobs->lock);
    jobs->n_pending[durable]--; /* last: a drain waits for all of the above */
    pthread_cond_broadcast(&jobs->idle);
    pthread_mutex_unlock(&jobs->lock);
}

/* With the lock held. */
static ct_code check_room(struct ct_jobs *jobs, bool durable, struct ct_err *err)
{
    int max = durable ? jobs->options.durable_max : jobs->options.queue_max;
    if (jobs->draining || jobs->stop)
        return ct_fail(err, CT_E_DRAINING, NULL,
                       "The server is shutting down and takes no new work. Please try again "
                       "shortly.");
    if (jobs->n_waiting[durable] + jobs->n_pending[durable] >= max)
        return ct_fail(err, CT_E_OVERLOADED, NULL,
                       "The server is overloaded: %d requests are waiting already. Please try "
                       "again later.",
                       jobs->n_waiting[durable] + jobs->n_pending[durable]);
    return CT_OK;
}

ct_code ct_jobs_submit(struct ct_jobs *jobs, struct ct_job *job, struct ct_err *err)
{
    struct ct_entry *entry = ct_entry_of_job(jobs, job);
    if (!entry)
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    pthread_mutex_lock(&jobs->lock);
    ct_code rc = check_room(jobs, job->durable, err);
    if (rc == CT_OK)
        jobs->n_pending[job->durable]++;
    pthread_mutex_unlock(&jobs->lock);
    if (rc == CT_OK) {
        rc = ct_journal_accept(&jobs->journal, job, accepted, entry, err);
        if (rc == CT_OK)
            return CT_OK;
        pthread_mutex_lock(&jobs->lock);
        jobs->n_pending[job->durable]--;
        pthread_mutex_unlock(&jobs->lock);
    }
    ct_entry_free(&entry);
    return rc;
}

void ct_jobs_cancel(struct ct_jobs *jobs, struct ct_job *job)
{
    atomic_store(&job->cancel, CT_JOB_CANCEL_ASKED);
    pthread_mutex_lock(&jobs->lock);
    struct ct_entry *entry = ct_entries_find(&jobs->entries, ct_slice(job->id));
    bool waiting = entry && !entry->running;
    if (waiting)
        take_out(jobs, entry);
    pthread_mutex_unlock(&jobs->lock);
    if (waiting)
        end_never_ran(jobs, entry, CT_JOB_CANCELLED, CT_E_CANCELLED, cancelled_text, NULL, NULL);
}

enum ct_cancel_result ct_jobs_cancel_id(struct ct_jobs *jobs, struct ct_slice id,
                                        void (*then)(void *ctx, ct_code rc), void *ctx)
{
    pthread_mutex_lock(&jobs->lock);
    struct ct_entry *entry = ct_entries_find(&jobs->entries, id);
    bool waiting = entry && !entry->running;
    if (waiting) {
        take_out(jobs, entry);
    } else if (entry) {
        entry->cancelled = true;
        if (entry->job)
            atomic_store(&entry->job->cancel, CT_JOB_CANCEL_ASKED);
    }
    pthread_mutex_unlock(&jobs->lock);
    if (!waiting)
        return entry ? CT_CANCEL_ASKED : CT_CANCEL_NOT_LIVE;
    end_never_ran(jobs, entry, CT_JOB_CANCELLED, CT_E_CANCELLED, "The task was cancelled.", then,
                  ctx);
    return CT_CANCEL_ENDING;
}

/* With the lock held: seconds until `cost` more is drawn by the runners. */
static int estimate(const struct ct_jobs *jobs, int cost_before, int own_cost, int progress)
{
    if (jobs->recent_us_per_cost <= 0)
        return -1;
    double own = own_cost * (1.0 - progress / 100.0);
    double us = ((double)cost_before / jobs->n_threads + own) * jobs->recent_us_per_cost;
    return (int)(us / 1e6) + 1;
}

bool ct_jobs_look(struct ct_jobs *jobs, struct ct_slice id, struct ct_job_view *out)
{
    pthread_mutex_lock(&jobs->lock);
    struct ct_entry *entry = ct_entries_find(&jobs->entries, id);
    if (entry) {
        int progress = entry->job ? atomic_load(&entry->job->progress) / 10 : 0;
        int before = entry->running ? 0 : ct_lanes_position(jobs->lanes, &entry->ticket);
        *out = (struct ct_job_view){
            .running = entry->running,
            .cancelling = entry->cancelled,
            .progress = progress,
            .position = before,
            .estimated_s = estimate(jobs, before * entry->cost, entry->cost, progress),
        };
    }
    pthread_mutex_unlock(&jobs->lock);
    return entry != NULL;
}

struct ct_job_stats *ct_jobs_stats(struct ct_jobs *jobs)
{
    return &jobs->stats;
}

void ct_jobs_count(struct ct_jobs *jobs, int *queued, int *running)
{
    pthread_mutex_lock(&jobs->lock);
    *queued = jobs->n_waiting[0] + jobs->n_waiting[1];
    *running = jobs->n_running;
    pthread_mutex_unlock(&jobs->lock);
}

void ct_jobs_count_lanes(struct ct_jobs *jobs, int waiting[CT_LANE_COUNT])
{
    pthread_mutex_lock(&jobs->lock);
    for (int l = 0; l < CT_LANE_COUNT; l++)
        waiting[l] = ct_lanes_waiting(jobs->lanes, (enum ct_lane)l);
    pthread_mutex_unlock(&jobs->lock);
}

/* With the lock held: takes out waiting entries whose deadline is over, as a chain; in one walk,
 * whatever their number. */
static struct ct_entry *take_late(struct ct_jobs *jobs, int64_t now_ms)
{
    struct ct_entry *taken = NULL;
    int n = 0;
    for (int l = 0; l < CT_LANE_COUNT; l++) {
        struct ct_ticket *t = ct_lanes_oldest(jobs->lanes, (enum ct_lane)l);
        while (t && n < SWEEP_MAX) {
            struct ct_entry *entry = (struct ct_entry *)t;
            t = t->lane_next;
            if (!entry->deadline_ms || entry->deadline_ms > now_ms)
                continue;
            take_out(jobs, entry);
            entry->next = taken;
            taken = entry;
            n++;
        }
    }
    return taken;
}

void ct_jobs_sweep(struct ct_jobs *jobs)
{
    ct_unwritten_retry(&jobs->unwritten, &jobs->journal, jobs->options.log);
    pthread_mutex_lock(&jobs->lock);
    struct ct_entry *late = take_late(jobs, ct_clock_wall_ms());
    pthread_mutex_unlock(&jobs->lock);
    while (late) {
        struct ct_entry *entry = late;
        late = entry->next;
        end_never_ran(jobs, entry, CT_JOB_EXPIRED, CT_E_DEADLINE,
                      entry->durable ? late_task_text : late_text, NULL, NULL);
    }
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
    ct_unwritten_init(&jobs->unwritten);
}

static ct_code queue_again(void *ctx, const struct ct_job_row *row, struct ct_err *err)
{
    struct ct_jobs *jobs = ctx;
    struct ct_entry *entry = ct_entry_of_row(jobs, row);
    pthread_mutex_lock(&jobs->lock);
    bool queued = entry && ct_jobs__enqueue(jobs, entry);
    pthread_mutex_unlock(&jobs->lock);
    if (queued)
        return CT_OK;
    ct_entry_free(&entry);
    return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while queueing what was left over.");
}

static ct_code open_parts(struct ct_jobs *jobs, struct ct_err *err)
{
    const struct ct_jobs_options *o = &jobs->options;
    int cpus = ct_cpu_count();
    int runners = o->runners > 0 ? o->runners : cpus + 1;

    jobs->lanes = ct_lanes_new();
    if (!jobs->lanes || !ct_entries_init(&jobs->entries))
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while starting the jobs.");
    jobs->journal = (struct ct_journal){ o->db, o->keep_ms, o->callbacks, o->files, o->spend };
    CT_TRY(ct_journal_recover(&jobs->journal, queue_again, jobs, err));
    /* A runner computes too, so the pool adds one thread less than there are CPUs. */
    CT_TRY(ct_pool_new(&jobs->pool, cpus - 1, err));
    jobs->run = (struct ct_run){ .pool = jobs->pool,
                                 .pictures = o->pictures,
                                 .software = o->software,
                                 .journal = &jobs->journal,
                                 .log = o->log,
                                 .prompts = o->prompts,
                                 .stats = &jobs->stats,
                                 .unwritten = &jobs->unwritten,
                                 .recipes = o->recipes,
                                 .decoder = o->decoder };
    for (int i = 0; i < runners && i < CT_MAX_RUNNERS; i++)
        CT_TRY(ct_jobs__start_runner(jobs, err));
    return CT_OK;
}

ct_code ct_jobs_start(struct ct_jobs **out, const struct ct_jobs_options *options,
                      struct ct_err *err)
{
    *out = NULL;
    struct ct_jobs *jobs = ct_calloc(1, sizeof(*jobs));
    if (!jobs)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while starting the jobs.");
    init_locks(jobs);
    jobs->options = *options;
    if (options->queue_max <= 0)
        jobs->options.queue_max = DEFAULT_QUEUE;
    if (options->durable_max <= 0)
        jobs->options.durable_max = DEFAULT_DURABLE;
    if (options->keep_ms <= 0)
        jobs->options.keep_ms = DEFAULT_KEEP_MS;
    ct_code rc = open_parts(jobs, err);
    if (rc != CT_OK) {
        ct_jobs_stop(&jobs);
        return rc;
    }
    *out = jobs;
    return CT_OK;
}

/* With the lock held: what has to end before the server may. Waiting durable jobs need not. */
static int unfinished(const struct ct_jobs *jobs)
{
    return jobs->n_waiting[0] + jobs->n_pending[0] + jobs->n_pending[1] + jobs->n_running +
           jobs->n_ending;
}

/* With the lock held: waits until nothing is unfinished; false when the time is over. */
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
    while (unfinished(jobs) > 0)
        if (pthread_cond_timedwait(&jobs->idle, &jobs->lock, &until) == ETIMEDOUT)
            return unfinished(jobs) == 0;
    return true;
}

/* With the lock held: takes every waiting entry of that kind out, as a chain. */
static struct ct_entry *take_all(struct ct_jobs *jobs, bool durable)
{
    struct ct_entry *taken = NULL;
    for (int l = 0; l < CT_LANE_COUNT; l++) {
        struct ct_ticket *t = ct_lanes_oldest(jobs->lanes, (enum ct_lane)l);
        while (t) {
            struct ct_entry *entry = (struct ct_entry *)t;
            t = t->lane_next;
            if (entry->durable != durable)
                continue;
            take_out(jobs, entry);
            entry->next = taken;
            taken = entry;
        }
    }
    return taken;
}

/* Waiting durable jobs are left where they are: in their rows. */
static void let_durable_go(struct ct_jobs *jobs)
{
    struct ct_entry *taken = take_all(jobs, true);
    while (taken) {
        struct ct_entry *entry = taken;
        taken = entry->next;
        ct_entry_free(&entry);
    }
}

/* With the lock held; it is let go while observers are called. The queue is emptied at once, before
 * anything is let go: a runner that becomes free meanwhile must find nothing to begin. */
static void cancel_all(struct ct_jobs *jobs)
{
    struct ct_entry *taken = take_all(jobs, false);
    for (int i = 0; i < jobs->n_threads; i++) {
        struct ct_entry *entry = jobs->running[i];
        if (entry && entry->job && !entry->cancelled)
            atomic_store(&entry->job->cancel,
                         entry->durable ? CT_JOB_CANCEL_PUT_BACK : CT_JOB_CANCEL_ASKED);
    }
    pthread_mutex_unlock(&jobs->lock);
    while (taken) {
        struct ct_entry *entry = taken;
        taken = entry->next;
        end_never_ran(jobs, entry, CT_JOB_CANCELLED, CT_E_DRAINING, draining_text, NULL, NULL);
    }
    pthread_mutex_lock(&jobs->lock);
}

void ct_jobs_drain(struct ct_jobs *jobs, int deadline_ms)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->draining = true;
    let_durable_go(jobs);
    if (!wait_idle(jobs, deadline_ms)) {
        cancel_all(jobs);
        while (unfinished(jobs) > 0)
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
    if (jobs->lanes)
        ct_jobs_drain(jobs, 0);
    pthread_mutex_lock(&jobs->lock);
    jobs->stop = true;
    pthread_cond_broadcast(&jobs->work);
    pthread_mutex_unlock(&jobs->lock);
    for (int i = 0; i < jobs->n_threads; i++)
        pthread_join(jobs->threads[i], NULL);
    ct_unwritten_retry(&jobs->unwritten, &jobs->journal, jobs->options.log);
    ct_unwritten_release(&jobs->unwritten);
    ct_pool_free(&jobs->pool);
    ct_lanes_free(&jobs->lanes);
    ct_entries_release(&jobs->entries);
    pthread_cond_destroy(&jobs->idle);
    pthread_cond_destroy(&jobs->work);
    pthread_mutex_destroy(&jobs->lock);
    ct_free(jobs);
}
