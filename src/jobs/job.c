/* A job's life: making it, counting its references, moving its state.
 *
 * The edges are a table so that a reader sees all of them at once and a test can walk them. A
 * state moves by compare-and-swap: when a cancel and a finish race, one of them wins and the
 * other learns that it lost. */
#include "jobs/job.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const state_names[CT_JOB_STATE_COUNT] = {
    [CT_JOB_QUEUED] = "queued", [CT_JOB_RUNNING] = "running", [CT_JOB_FINISHING] = "finishing",
    [CT_JOB_DONE] = "done",     [CT_JOB_FAILED] = "failed",   [CT_JOB_CANCELLED] = "cancelled",
    [CT_JOB_EXPIRED] = "expired", [CT_JOB_SENT] = "sent",     [CT_JOB_UNKNOWN] = "unknown",
};

#define EDGE(state) (1u << (state))
/* Back to queued: only when a server that died, or was told to stop, had not finished it. */
static const unsigned edges[CT_JOB_STATE_COUNT] = {
    [CT_JOB_QUEUED] = EDGE(CT_JOB_RUNNING) | EDGE(CT_JOB_FAILED) | EDGE(CT_JOB_CANCELLED) |
                      EDGE(CT_JOB_EXPIRED),
    [CT_JOB_RUNNING] = EDGE(CT_JOB_FINISHING) | EDGE(CT_JOB_FAILED) | EDGE(CT_JOB_CANCELLED) |
                       EDGE(CT_JOB_SENT) | EDGE(CT_JOB_QUEUED),
    [CT_JOB_FINISHING] = EDGE(CT_JOB_DONE) | EDGE(CT_JOB_FAILED) | EDGE(CT_JOB_CANCELLED) |
                         EDGE(CT_JOB_QUEUED),
    [CT_JOB_SENT] = EDGE(CT_JOB_FINISHING) | EDGE(CT_JOB_FAILED) | EDGE(CT_JOB_UNKNOWN),
    [CT_JOB_UNKNOWN] = EDGE(CT_JOB_FINISHING) | EDGE(CT_JOB_FAILED),
};

const char *ct_job_state_name(enum ct_job_state state)
{
    return (unsigned)state < CT_JOB_STATE_COUNT ? state_names[state] : "unknown";
}

bool ct_job_state_ends(enum ct_job_state state)
{
    return state == CT_JOB_DONE || state == CT_JOB_FAILED || state == CT_JOB_CANCELLED ||
           state == CT_JOB_EXPIRED;
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

void ct_job_make_id(char id[CT_JOB_ID_MAX])
{
    memcpy(id, "imgtask_", 8);
    ct_make_id(id + 8);
}

static void name_job(struct ct_job *job, const struct ct_job_params *p)
{
    if (p->id)
        snprintf(job->id, sizeof(job->id), "%s", p->id);
    else
        ct_job_make_id(job->id);
    /* The journal wants one for each job; outside a server the job's own will do. */
    snprintf(job->request_id, sizeof(job->request_id), "%s",
             p->request_id ? p->request_id : job->id);
    snprintf(job->key_id, sizeof(job->key_id), "%s", p->key_id ? p->key_id : "");
}

struct ct_job *ct_job_new(const struct ct_job_params *p)
{
    struct ct_arena *arena = p->arena;
    struct ct_blob *body = p->body, *kept = p->kept;
    struct ct_job *job = ct_calloc(1, sizeof(*job));
    if (!job) {
        ct_image_request_release(p->request);
        ct_arena_free(&arena);
        ct_blob_unref(&body);
        ct_blob_unref(&kept);
        if (p->hold)
            ct_hold_release(p->hold);
        return NULL;
    }
    name_job(job, p);
    job->lane = p->lane;
    job->durable = p->durable;
    job->concurrency = p->concurrency;
    job->created_ms = p->created_ms ? p->created_ms : ct_clock_wall_ms();
    job->deadline_ms = p->deadline_ms;
    job->request = p->request;
    job->arena = arena;
    job->body = body;
    job->kept = kept;
    if (p->base_url.ptr)
        job->base_url = ct_arena_dup(arena, p->base_url);
    job->engine = p->engine;
    job->observer = p->observer;
    job->rider = p->rider;
    if (p->hold) {
        job->hold = *p->hold;
        ct_hold_leave(p->hold);
    }
    job->queued_us = ct_clock_us();
    atomic_init(&job->state, CT_JOB_QUEUED);
    atomic_init(&job->cancel, 0);
    atomic_init(&job->progress, 0);
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
    ct_hold_release(&job->hold);
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++)
        ct_blob_unref(&job->pictures[i].file);
    for (int i = 0; i < job->n_warnings; i++)
        ct_free(job->warnings[i]);
    ct_image_request_release(job->request);
    ct_arena_free(&job->arena);
    ct_blob_unref(&job->body);
    ct_blob_unref(&job->kept);
    ct_free(job);
}
