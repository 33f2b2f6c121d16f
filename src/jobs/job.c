/* A job's life: making it, counting its references, moving its state.
 *
 * The edges are a table so that a reader sees all of them at once and a test can walk them. A
 * state moves by compare-and-swap: when a cancel and a finish race, one of them wins and the
 * other learns that it lost. */
#include "jobs/job.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/mem.h"

#include <stdlib.h>

static const char *const state_names[CT_JOB_STATE_COUNT] = {
    [CT_JOB_QUEUED] = "queued", [CT_JOB_RUNNING] = "running", [CT_JOB_FINISHING] = "finishing",
    [CT_JOB_DONE] = "done",     [CT_JOB_FAILED] = "failed",   [CT_JOB_CANCELLED] = "cancelled",
};

#define EDGE(state) (1u << (state))
static const unsigned edges[CT_JOB_STATE_COUNT] = {
    [CT_JOB_QUEUED] = EDGE(CT_JOB_RUNNING) | EDGE(CT_JOB_FAILED) | EDGE(CT_JOB_CANCELLED),
    [CT_JOB_RUNNING] = EDGE(CT_JOB_FINISHING) | EDGE(CT_JOB_FAILED) | EDGE(CT_JOB_CANCELLED),
    [CT_JOB_FINISHING] = EDGE(CT_JOB_DONE) | EDGE(CT_JOB_FAILED) | EDGE(CT_JOB_CANCELLED),
};

const char *ct_job_state_name(enum ct_job_state state)
{
    return (unsigned)state < CT_JOB_STATE_COUNT ? state_names[state] : "unknown";
}

bool ct_job_edge(enum ct_job_state from, enum ct_job_state to)
{
    if ((unsigned)from >= CT_JOB_STATE_COUNT || (unsigned)to >= CT_JOB_STATE_COUNT)
        return false;
    return (edges[from] & EDGE(to)) != 0;
}

enum ct_job_state ct_job_state(const struct ct_job *job)
{
    return (enum ct_job_state)atomic_load_explicit(&job->state, memory_order_acquire);
}

bool ct_job_set_state(struct ct_job *job, enum ct_job_state from, enum ct_job_state to)
{
    int expected = (int)from;
    if (!ct_job_edge(from, to))
        abort();
    return atomic_compare_exchange_strong(&job->state, &expected, (int)to);
}

struct ct_job *ct_job_new(const struct ct_image_request *request, struct ct_arena *arena,
                          struct ct_blob *body, struct ct_engine *engine,
                          const struct ct_job_observer *observer)
{
    struct ct_job *job = ct_calloc(1, sizeof(*job));
    if (!job) {
        ct_image_request_release(request);
        ct_arena_free(&arena);
        ct_blob_unref(&body);
        return NULL;
    }
    job->request = request;
    job->arena = arena;
    job->body = body;
    job->engine = engine;
    if (observer)
        job->observer = *observer;
    job->queued_us = ct_clock_us();
    atomic_init(&job->state, CT_JOB_QUEUED);
    atomic_init(&job->cancel, 0);
    atomic_init(&job->refs, 1);
    return job;
}

struct ct_job *ct_job_ref(struct ct_job *job)
{
    atomic_fetch_add_explicit(&job->refs, 1, memory_order_relaxed);
    return job;
}

void ct_job_unref(struct ct_job **slot)
{
    struct ct_job *job = *slot;
    *slot = NULL;
    if (!job || atomic_fetch_sub_explicit(&job->refs, 1, memory_order_acq_rel) != 1)
        return;
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++)
        ct_blob_unref(&job->pictures[i].file);
    for (int i = 0; i < job->n_warnings; i++)
        ct_free(job->warnings[i]);
    ct_image_request_release(job->request);
    ct_arena_free(&job->arena);
    ct_blob_unref(&job->body);
    ct_free(job);
}
