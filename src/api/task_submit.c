/* A request that does not wait: 202 once its job is durable.
 *
 * The job is not the call's: a client that hangs up, before or after the 202, takes nothing with
 * it. on_accepted and on_end come on the journal's thread, and exactly one of them, for a durable
 * job's later life is its row's (jobs/jobs.h). */
#include "api/task.h"
#include "api/urls.h"
#include "base/clock.h"

#include <stdio.h>

#define BASE_MAX 1024
#define TASK_MAX ((size_t)64 << 10)
#define LOCATION_MAX 80

static void give_back(struct ct_call *call)
{
    struct ct_http_exchange *x = call->x;
    ct_call_unref(&call);
    ct_http_unref(&x);
}

/* The row as it was just written, without asking the database for it. */
static struct ct_task new_task(const struct ct_job *job)
{
    return (struct ct_task){
        .row = { .id = ct_slice(job->id),
                 .model = ct_slice(job->request->model->id),
                 .state = CT_JOB_QUEUED,
                 .created_ms = job->created_ms },
        .live = true,
        .view = { .position = -1, .estimated_s = -1 },
    };
}

/* The 202 is the same whenever it is written, so it can be kept with the task for those who ask
 * again. NULL: out of memory. */
static struct ct_blob *make_reply(struct ct_call *call, const struct ct_job *job)
{
    struct ct_task task = new_task(job);
    struct ct_buf body;
    ct_buf_init(&body, TASK_MAX);
    if (ct_task_put(&body, call, &task, false, NULL) != CT_OK)
        body.failed = true;
    return ct_blob_take(&body);
}

static void fill_fields(struct ct_call_fields *fields, char location[LOCATION_MAX],
                        const struct ct_job *job)
{
    snprintf(location, LOCATION_MAX, "/v1/tasks/%s", job->id);
    ct_call_add_field(fields, "location", ct_slice(location));
    ct_call_add_field(fields, "retry-after", CT_S("2"));
    ct_call_add_field(fields, "preference-applied", CT_S("respond-async"));
}

static void keep_reply(struct ct_call *call, const struct ct_job *job)
{
    struct ct_call_fields fields = { .n = 0 };
    char location[LOCATION_MAX];
    if (!call->claim)
        return;
    struct ct_blob *body = make_reply(call, job);
    fill_fields(&fields, location, job);
    ct_replay_keep(call, 202, body, &fields);
    ct_blob_unref(&body);
}

static void on_accepted(void *ctx, struct ct_job *job)
{
    struct ct_call *call = ctx;
    struct ct_call_fields fields = { .n = 0 };
    char location[LOCATION_MAX];
    struct ct_blob *body = ct_replay_kept_body(call);
    call->task_id[0] = '\0'; /* the pictures are the task's */
    fill_fields(&fields, location, job);
    ct_call_reply(call, 202, body ? body : make_reply(call, job), &fields);
    give_back(call);
}

/* It could not be written down. */
static void on_end(void *ctx, struct ct_job *job)
{
    struct ct_call *call = ctx;
    ct_call_fail(call, &job->err, NULL);
    give_back(call);
}

/* What is wrong with a callback's URL is better said now than at the end, when nobody listens.
 * Whether its host may be reached is looked at when it is. */
static ct_code check_callback(const struct ct_call *call, const struct ct_image_request *request,
                              struct ct_err *err)
{
    struct ct_err why = { 0 };
    if (!request->callback_url.ptr ||
        ct_fetch_check(request->callback_url, &call->api->fetch, &why) == CT_OK)
        return CT_OK;
    return ct_fail(err, CT_E_VALUE, "callback_url", "Invalid 'callback_url': %s",
                   why.msg + (strncmp(why.msg, "Invalid URL: ", 13) == 0 ? 13 : 0));
}

ct_code ct_task_submit(struct ct_call *call, const struct ct_image_request *request,
                       struct ct_arena *arena, struct ct_blob *body, struct ct_err *err)
{
    ct_code rc = CT_OK;
    if (request->stream)
        rc = ct_fail(
            err, CT_E_EXCLUSIVE, "stream",
            "A streamed reply cannot be asynchronous: leave out 'stream', or 'async', "
            "'callback_url', 'Prefer: respond-async' and the path's '/async'. The task's own "
            "events are streamed at /v1/tasks/{id}/events.");
    if (rc == CT_OK)
        rc = check_callback(call, request, err);
    if (rc != CT_OK) {
        ct_image_request_release(request);
        ct_arena_free(&arena);
        ct_blob_unref(&body);
        return rc;
    }
    struct ct_buf base;
    ct_buf_init(&base, BASE_MAX);
    ct_url_put_base(&base, call);
    struct ct_job *job = ct_job_new(&(struct ct_job_params){
        .request = request,
        .arena = arena,
        .body = body,
        .kept = ct_blob_ref(call->task_kept),
        .id = call->task_id[0] ? call->task_id : NULL,
        .engine = call->api->engine,
        .observer = { .ctx = call, .on_accepted = on_accepted, .on_end = on_end },
        .rider = ct_replay_rider(call),
        .request_id = call->request_id,
        .key_id = call->caller.key_id,
        .concurrency = call->caller.limits.concurrency,
        .lane = CT_LANE_BACKGROUND,
        .deadline_ms = ct_clock_wall_ms() + call->api->task_wait_ms,
        .durable = true,
        .base_url = ct_buf_slice(&base),
        .hold = &call->hold,
    });
    ct_buf_release(&base);
    if (!job)
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    keep_reply(call, job);
    ct_call_ref(call);
    ct_http_ref(call->x);
    rc = ct_jobs_submit(call->api->jobs, job, err);
    if (rc != CT_OK)
        give_back(call);
    ct_job_unref(&job);
    return rc;
}
