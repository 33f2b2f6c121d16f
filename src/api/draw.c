/* From a request to pictures on the wire: price, job, reply or stream.
 *
 * On the loop: ct_draw_submit(). On the runner: events of the job -> reply or stream. The call is
 * referenced by the job's observer until on_end, and so is the exchange, so a client that leaves
 * early takes nothing away from under the runner; its job is cancelled by on_abort (api.c), since
 * work that nobody paid for and nobody waits for is not done. */
#include "api/draw.h"
#include "api/stream.h"
#include "api/task.h"
#include "api/urls.h"

#include "base/clock.h"
#include "contract/reply.h"
#include "policy/price.h"

#include <stdio.h>

#define REPLY_MAX ((size_t)1 << 30)
#define WARNING_HEADER_MAX 900
#define URL_MAX 1024

struct reply_parts {
    struct ct_reply reply;
    struct ct_reply_picture pictures[CT_JOB_MAX_PICTURES];
    struct ct_buf urls[CT_JOB_MAX_PICTURES];
};

static void reply_parts_release(struct reply_parts *parts)
{
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++)
        ct_buf_release(&parts->urls[i]);
}

/* The job's pictures as the reply wants them. Release the parts afterwards, also on failure. */
static bool reply_parts_fill(struct reply_parts *parts, const struct ct_call *call,
                             const struct ct_job *job, int n_pictures)
{
    bool ok = true;
    memset(parts, 0, sizeof(*parts));
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++)
        ct_buf_init(&parts->urls[i], URL_MAX);
    for (int i = 0; i < n_pictures; i++) {
        parts->pictures[i].file = job->pictures[i].file;
        parts->pictures[i].seed = job->pictures[i].seed;
        if (job->request->reply_as == CT_REPLY_URL && job->pictures[i].name[0]) {
            ct_url_put_picture(&parts->urls[i], call, job->pictures[i].name);
            ok = ok && !parts->urls[i].failed;
            parts->pictures[i].url = ct_buf_text(&parts->urls[i]);
        }
    }
    parts->reply = (struct ct_reply){
        .request = job->request,
        .created = call->created,
        .pictures = parts->pictures,
        .n_pictures = n_pictures,
        .usage = ct_usage_of(job->request, job->partials_sent),
        .warnings = (const char *const *)job->warnings,
        .n_warnings = job->n_warnings,
    };
    return ok;
}

/* Warnings as one ASCII header value: what is not printable becomes '?', too much is cut. */
static void warning_header(char out[WARNING_HEADER_MAX + 1], const struct ct_job *job)
{
    size_t at = 0;
    for (int w = 0; w < job->n_warnings; w++) {
        for (const char *p = w ? " | " : ""; *p && at < WARNING_HEADER_MAX; p++)
            out[at++] = *p;
        for (const char *p = job->warnings[w]; *p && at < WARNING_HEADER_MAX; p++) {
            if (((unsigned char)*p & 0xC0) == 0x80)
                continue; /* the rest of a character already marked */
            out[at++] = *p >= 0x20 && *p < 0x7f ? *p : '?';
        }
    }
    out[at] = '\0';
}

/* NULL: out of memory. */
static struct ct_blob *make_reply(struct ct_call *call, const struct ct_job *job)
{
    struct ct_buf body;
    struct reply_parts parts;
    ct_buf_init(&body, REPLY_MAX);
    if (reply_parts_fill(&parts, call, job, job->n_pictures))
        ct_reply_images(&body, &parts.reply);
    else
        body.failed = true;
    reply_parts_release(&parts);
    return ct_blob_take(&body);
}

static void add_warnings(struct ct_call_fields *fields, char text[WARNING_HEADER_MAX + 1],
                         const struct ct_job *job)
{
    if (job->n_warnings == 0 || !job->request->extended)
        return;
    warning_header(text, job);
    ct_call_add_field(fields, "x-calotype-warnings", ct_slice(text));
}

void ct_draw_keep_reply(struct ct_call *call, const struct ct_job *job)
{
    char warnings[WARNING_HEADER_MAX + 1];
    struct ct_call_fields fields = { .n = 0 };
    struct ct_blob *body = make_reply(call, job);
    add_warnings(&fields, warnings, job);
    ct_replay_keep(call, 200, body, &fields);
    ct_blob_unref(&body);
}

static void send_reply(struct ct_call *call, const struct ct_job *job)
{
    char warnings[WARNING_HEADER_MAX + 1];
    struct ct_call_fields fields = { .n = 0 };
    struct ct_blob *body = ct_replay_kept_body(call);
    add_warnings(&fields, warnings, job);
    ct_call_reply(call, 200, body ? body : make_reply(call, job), &fields);
}

static void on_partial(void *ctx, struct ct_job *job, int picture, int partial_index,
                       struct ct_blob *file)
{
    struct ct_call *call = ctx;
    struct ct_buf frame;
    (void)picture;
    if (ct_stream_congested(call))
        return;
    ct_buf_init(&frame, REPLY_MAX);
    ct_reply_partial_event(&frame, job->request, call->created, partial_index, file);
    ct_stream_event(call, ct_blob_take(&frame));
}

static void on_picture(void *ctx, struct ct_job *job, int picture)
{
    struct ct_call *call = ctx;
    struct reply_parts parts;
    struct ct_buf frame;

    ct_buf_init(&frame, REPLY_MAX);
    bool filled = reply_parts_fill(&parts, call, job, picture + 1);
    parts.reply.usage = ct_usage_of_picture(job->request, picture,
                                            job->partials_sent - call->partials_told);
    call->partials_told = job->partials_sent;
    if (filled)
        ct_reply_completed_event(&frame, &parts.reply, picture);
    else
        frame.failed = true;
    reply_parts_release(&parts);
    struct ct_blob *blob = ct_blob_take(&frame);
    ct_replay_keep_event(call, blob);
    ct_stream_event(call, blob);
}

/* The last word of a job; gives back what submit() lent to it. */
static void on_end(void *ctx, struct ct_job *job)
{
    struct ct_call *call = ctx;
    struct ct_http_exchange *x = call->x;
    bool done = job->err.code == CT_OK;

    if (job->request->stream && done)
        ct_stream_end(call);
    else if (job->request->stream)
        ct_stream_fail(call, &job->err);
    else if (done)
        send_reply(call, job);
    else
        ct_call_fail(call, &job->err, NULL);
    if (job->request->stream)
        ct_replay_give_kept(call);
    ct_call_unref(&call);
    ct_http_unref(&x);
}

static struct ct_job *make_job(struct ct_call *call, const struct ct_image_request *request,
                               struct ct_arena *arena, struct ct_blob *body)
{
    struct ct_job_observer observer = { .ctx = call, .on_end = on_end };
    if (request->stream) {
        observer.on_partial = on_partial;
        observer.on_picture = on_picture;
    }
    return ct_job_new(&(struct ct_job_params){
        .request = request,
        .arena = arena,
        .body = body,
        .engine = call->api->engine,
        .observer = observer,
        .rider = ct_replay_rider(call),
        .request_id = call->request_id,
        .key_id = call->caller.key_id,
        .concurrency = call->caller.limits.concurrency,
        .lane = CT_LANE_INTERACTIVE,
        .hold = &call->hold,
    });
}

static ct_code submit(struct ct_call *call, struct ct_job *job, struct ct_err *err)
{
    call->job = job;
    ct_call_ref(call);
    ct_http_ref(call->x);
    if (job->request->stream)
        ct_stream_prepare(call);
    ct_code rc = ct_jobs_submit(call->api->jobs, job, err);
    if (rc != CT_OK) { /* on_end will not come: take back what it would have given back */
        struct ct_call *lent = call;
        struct ct_http_exchange *x = call->x;
        pthread_mutex_lock(&call->lock);
        call->stream_ended = true;
        pthread_mutex_unlock(&call->lock);
        ct_call_unref(&lent);
        ct_http_unref(&x);
    }
    return rc;
}

/* Whether the caller may have this now; counts it, and holds the price of it. */
static ct_code admit(struct ct_call *call, const struct ct_image_request *request,
                     struct ct_err *err)
{
    int64_t worst_case;
    CT_TRY(ct_auth_model(&call->caller, request->model->id, err));
    CT_TRY(ct_price_worst_case(&worst_case, request, err));
    CT_TRY(ct_limits_take(call, request, err));
    return ct_spend_reserve(&call->hold, call->api->spend,
                            &(struct ct_reservation){
                                .key_id = call->caller.key_id,
                                .user = request->safety_identifier,
                                .limits = &call->caller.limits,
                                .nano = worst_case,
                                .simulated = !call->api->engine->charges,
                                .at_ms = ct_clock_wall_ms(),
                            },
                            err);
}

ct_code ct_draw_submit(struct ct_call *call, const struct ct_image_request *request,
                       struct ct_arena *arena, struct ct_blob *body, struct ct_err *err)
{
    call->asked_pictures = true;
    if (ct_log_wants(call->api->log, CT_LOG_INFO))
        ct_facts_of_request(&call->facts, request, call->api->engine, &call->api->prompts);
    ct_code rc = admit(call, request, err);
    if (rc != CT_OK) {
        ct_image_request_release(request);
        ct_arena_free(&arena);
        ct_blob_unref(&body);
        return rc;
    }
    if (request->async || call->respond_async)
        return ct_task_submit(call, request, arena, body, err);
    struct ct_job *job = make_job(call, request, arena, body);
    if (!job)
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    return submit(call, job, err);
}
