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

/* What was drawn, now or before. */
struct drawn {
    const struct ct_image_request *request;
    char *const *warnings;
    int n_warnings;
    int partials_sent;
};

static void reply_parts_init(struct reply_parts *parts)
{
    memset(parts, 0, sizeof(*parts));
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++)
        ct_buf_init(&parts->urls[i], URL_MAX);
}

/* False: out of memory. */
static bool reply_parts_add(struct reply_parts *parts, const struct ct_call *call,
                            const struct ct_image_request *request, struct ct_blob *file,
                            const char *name, int32_t seed)
{
    int i = parts->reply.n_pictures++;
    parts->pictures[i] = (struct ct_reply_picture){ .file = file, .seed = seed };
    if (request->reply_as != CT_REPLY_URL || !name[0])
        return true;
    ct_url_put_picture(&parts->urls[i], call, name);
    parts->pictures[i].url = ct_buf_text(&parts->urls[i]);
    return !parts->urls[i].failed;
}

static void reply_parts_finish(struct reply_parts *parts, const struct ct_call *call,
                               const struct drawn *drawn)
{
    parts->reply = (struct ct_reply){
        .request = drawn->request,
        .created = call->created,
        .pictures = parts->pictures,
        .n_pictures = parts->reply.n_pictures,
        .usage = ct_usage_of(drawn->request, drawn->partials_sent),
        .warnings = (const char *const *)drawn->warnings,
        .n_warnings = drawn->n_warnings,
    };
}

/* The job's pictures as the reply wants them. Release the parts afterwards, also on failure. */
static bool reply_parts_fill(struct reply_parts *parts, const struct ct_call *call,
                             const struct ct_job *job, int n_pictures)
{
    bool ok = true;
    const struct drawn drawn = { job->request, job->warnings, job->n_warnings,
                                 job->partials_sent };
    reply_parts_init(parts);
    for (int i = 0; i < n_pictures; i++)
        ok = reply_parts_add(parts, call, job->request, job->pictures[i].file,
                             job->pictures[i].name, job->pictures[i].seed) &&
             ok;
    reply_parts_finish(parts, call, &drawn);
    return ok;
}

static void put_events(struct ct_buf *b, struct reply_parts *parts)
{
    for (int i = 0; i < parts->reply.n_pictures; i++) {
        parts->reply.usage = ct_usage_of_picture(parts->reply.request, i, 0);
        ct_reply_completed_event(b, &parts->reply, i);
    }
}

struct ct_blob *ct_draw_cached_reply(struct ct_call *call, const struct ct_image_request *request,
                                     const struct ct_cached *cached)
{
    const struct drawn drawn = { request, cached->warnings, cached->n_warnings, 0 };
    struct reply_parts parts;
    struct ct_buf body;
    bool ok = true;
    ct_buf_init(&body, REPLY_MAX);
    reply_parts_init(&parts);
    for (int i = 0; i < cached->n_pictures; i++)
        ok = reply_parts_add(&parts, call, request, cached->pictures[i].file,
                             cached->pictures[i].name, cached->pictures[i].seed) &&
             ok;
    reply_parts_finish(&parts, call, &drawn);
    if (ok && request->stream)
        put_events(&body, &parts);
    else if (ok)
        ct_reply_images(&body, &parts.reply);
    body.failed = body.failed || !ok;
    reply_parts_release(&parts);
    return ct_blob_take(&body);
}

/* Warnings as one ASCII header value: what is not printable becomes '?', too much is cut. */
static void warning_header(char out[CT_WARNINGS_FIELD_MAX], char *const *warnings, int n_warnings)
{
    const size_t max = CT_WARNINGS_FIELD_MAX - 1;
    size_t at = 0;
    for (int w = 0; w < n_warnings; w++) {
        for (const char *p = w ? " | " : ""; *p && at < max; p++)
            out[at++] = *p;
        for (const char *p = warnings[w]; *p && at < max; p++) {
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

void ct_draw_add_warnings(struct ct_call_fields *fields, char text[CT_WARNINGS_FIELD_MAX],
                          const struct ct_image_request *request, char *const *warnings,
                          int n_warnings)
{
    if (n_warnings == 0 || !request->extended)
        return;
    warning_header(text, warnings, n_warnings);
    ct_call_add_field(fields, "x-calotype-warnings", ct_slice(text));
}

static void add_warnings(struct ct_call_fields *fields, char text[CT_WARNINGS_FIELD_MAX],
                         const struct ct_job *job)
{
    ct_draw_add_warnings(fields, text, job->request, job->warnings, job->n_warnings);
}

void ct_draw_keep_reply(struct ct_call *call, const struct ct_job *job)
{
    char warnings[CT_WARNINGS_FIELD_MAX];
    struct ct_call_fields fields = { .n = 0 };
    struct ct_blob *body = make_reply(call, job);
    add_warnings(&fields, warnings, job);
    ct_replay_keep(call, 200, body, &fields);
    ct_blob_unref(&body);
}

static void send_reply(struct ct_call *call, const struct ct_job *job)
{
    char warnings[CT_WARNINGS_FIELD_MAX];
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
    ct_cached_finish(call, job);
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
        .deadline_ms = ct_clock_wall_ms() + call->api->wait_ms,
        .hold = &call->hold,
    });
}

static ct_code submit(struct ct_call *call, struct ct_job *job, struct ct_err *err)
{
    call->job = job;
    ct_cached_draws(call, job);
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

/* Whether the caller may have this now; counts it. */
static ct_code admit(struct ct_call *call, const struct ct_image_request *request,
                     int64_t *worst_case, struct ct_err *err)
{
    CT_TRY(ct_auth_model(&call->caller, request->model->id, err));
    CT_TRY(ct_price_worst_case(worst_case, request, err));
    return ct_limits_take(call, request, err);
}

ct_code ct_draw_hold(struct ct_call *call, const struct ct_image_request *request, int64_t nano,
                     struct ct_err *err)
{
    if (atomic_load(&call->api->no_room))
        return ct_fail(err, CT_E_STORAGE, NULL,
                       "The server's storage is nearly full; nothing was begun. Please try again "
                       "later.");
    return ct_spend_reserve(&call->hold, call->api->spend,
                            &(struct ct_reservation){
                                .key_id = call->caller.key_id,
                                .user = request->safety_identifier,
                                .limits = &call->caller.limits,
                                .nano = nano,
                                .simulated = !call->api->engine->charges,
                                .at_ms = ct_clock_wall_ms(),
                            },
                            err);
}

/* Drawn by a job, of the call or of a task; takes the same as ct_draw_submit(). */
static ct_code draw(struct ct_call *call, const struct ct_image_request *request,
                    struct ct_arena *arena, struct ct_blob *body, struct ct_err *err)
{
    if (request->async || call->respond_async)
        return ct_task_submit(call, request, arena, body, err);
    struct ct_job *job = make_job(call, request, arena, body);
    if (!job)
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    return submit(call, job, err);
}

ct_code ct_draw_submit(struct ct_call *call, const struct ct_image_request *request,
                       struct ct_arena *arena, struct ct_blob *body, struct ct_err *err)
{
    int64_t worst_case;
    bool taken = false;
    call->asked_pictures = true;
    if (ct_log_wants(call->api->log, CT_LOG_INFO))
        ct_facts_of_request(&call->facts, request, call->api->engine, &call->api->prompts);
    ct_code rc = admit(call, request, &worst_case, err);
    if (rc == CT_OK && !request->async && !call->respond_async)
        rc = ct_cached_answer(&taken, call, request, arena, body, err);
    if (rc == CT_OK && taken)
        return CT_OK;
    if (rc == CT_OK)
        rc = ct_draw_hold(call, request, worst_case, err);
    if (rc != CT_OK) {
        ct_image_request_release(request);
        ct_arena_free(&arena);
        ct_blob_unref(&body);
    } else {
        rc = draw(call, request, arena, body, err);
    }
    if (rc != CT_OK)
        ct_cached_fail(call, err);
    return rc;
}
