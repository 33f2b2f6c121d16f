/* What is kept of a reply, and its row: the rider of a job.
 *
 *   the job is accepted     accept    executing (a task: kept, for its 202 is known)
 *   its results are there   prepare   the reply is made, and a large one written to its file
 *   it ends                 end       kept, or the row goes: nothing was executed, or 503
 *
 * Kept is what came of an execution: pictures, and failures of the drawing itself. A 503 says "try
 * again later", so the next one with the key shall try. Of a stream the finished pictures are kept,
 * not the previews, in a spool: memory is bounded whatever the pictures' size. */
#include "api/replay_internal.h"

#include "api/call.h"
#include "api/draw.h"
#include "api/stream.h"
#include "base/clock.h"
#include "contract/reply.h"

#include <stdio.h>

#define EVENTS_IN_MEMORY ((size_t)64 << 10)
#define ERROR_MAX 8192

void ct_replay_kept_init(struct ct_replay_kept *kept, const char *dir)
{
    *kept = (struct ct_replay_kept){ .status = 0 };
    ct_spool_init(&kept->events, dir, EVENTS_IN_MEMORY, (size_t)1 << 32);
}

void ct_replay_kept_release(struct ct_replay_kept *kept)
{
    ct_spool_release(&kept->events);
    ct_blob_unref(&kept->body);
}

void ct_replay_keep_event(struct ct_call *call, const struct ct_blob *frame)
{
    struct ct_replay_kept *kept = call->claim ? &call->claim->kept : NULL;
    if (!kept || !frame || kept->n_events < 0)
        return;
    if (ct_spool_write(&kept->events, ct_slice_n(frame->data, frame->len), NULL) == CT_OK)
        kept->n_events++;
    else
        kept->n_events = -1; /* no room: the stream goes on, and is not kept */
}

static void write_fields(struct ct_replay_kept *kept, const struct ct_call_fields *more)
{
    size_t at = 0;
    for (size_t i = 0; more && i < more->n; i++) {
        const struct ct_http_field *f = &more->list[i];
        size_t room = sizeof(kept->fields) - at;
        int n =
            snprintf(kept->fields + at, room, "%.*s: %.*s\n", CT_SARG(f->name), CT_SARG(f->value));
        if (n < 0 || (size_t)n >= room) {
            kept->fields[at] = '\0'; /* one that does not fit is left out */
            continue;
        }
        at += (size_t)n;
    }
}

static void complete(struct ct_replay_kept *kept, int status, const char *content_type,
                     struct ct_blob *body)
{
    kept->ready = true;
    kept->status = status;
    kept->content_type = content_type;
    kept->body = body;
}

void ct_replay_keep(struct ct_call *call, int status, struct ct_blob *body,
                    const struct ct_call_fields *more)
{
    if (!call->claim || !body)
        return;
    write_fields(&call->claim->kept, more);
    complete(&call->claim->kept, status, "application/json", ct_blob_ref(body));
}

struct ct_blob *ct_replay_kept_body(const struct ct_call *call)
{
    return call->claim && call->claim->kept.ready ? ct_blob_ref(call->claim->kept.body) : NULL;
}

/* --- before the end -------------------------------------------------------------------------- */

static bool was_executed(const struct ct_job *job, enum ct_job_state to)
{
    if (to == CT_JOB_DONE)
        return true;
    return to == CT_JOB_FAILED && job->drawn_us && job->outcome != CT_OUTCOME_REFUSED &&
           ct_err_info(job->err.code)->status != 503;
}

static void keep_failure(struct ct_call *call, const struct ct_job *job, bool stream)
{
    struct ct_replay_kept *kept = &call->claim->kept;
    struct ct_err shown;
    struct ct_buf body;
    ct_call_public_error(call, &shown, &job->err);
    ct_buf_init(&body, ERROR_MAX);
    if (stream)
        ct_reply_error_event(&body, &shown);
    else
        ct_reply_error(&body, &shown);
    struct ct_blob *blob = ct_blob_take(&body);
    if (stream) {
        ct_replay_keep_event(call, blob);
        ct_blob_unref(&blob);
    } else if (blob) {
        complete(kept, ct_err_info(job->err.code)->status, "application/json", blob);
    }
}

static void keep_stream(struct ct_call *call, const struct ct_job *job, bool done)
{
    struct ct_replay_kept *kept = &call->claim->kept;
    struct ct_blob *events = NULL;
    if (!done)
        keep_failure(call, job, kept->n_events > 0);
    if (!kept->ready && kept->n_events > 0 && ct_spool_take(&kept->events, &events, NULL) == CT_OK)
        complete(kept, 200, CT_STREAM_TYPE, events);
}

static void keep_names(struct ct_replay_kept *kept, const struct ct_job *job)
{
    for (int i = 0; i < job->n_pictures && job->request->reply_as == CT_REPLY_URL; i++)
        if (job->pictures[i].name[0])
            memcpy(kept->names[kept->n_names++], job->pictures[i].name, CT_PICTURE_NAME_MAX);
}

/* A large body goes to its file. */
static void write_file(struct ct_call *call)
{
    struct ct_replay_kept *kept = &call->claim->kept;
    struct ct_err err = { 0 };
    if (!kept->ready || kept->body->len <= CT_REPLY_INLINE_BYTES)
        return;
    kept->in_file = ct_replies_write(ct_replay__store(call->api->replay), call->claim->id,
                                     kept->body, &err) == CT_OK;
    if (!kept->in_file)
        ct_log_event(call->api->log, CT_LOG_ERROR, "a reply cannot be kept",
                     CT_LOG_Z("request_id", call->request_id), CT_LOG_Z("cause", err.msg));
}

static void prepare(void *ctx, struct ct_job *job, enum ct_job_state to)
{
    struct ct_call *call = ctx;
    struct ct_replay_kept *kept = &call->claim->kept;
    if (!was_executed(job, to))
        return;
    if (job->request->stream)
        keep_stream(call, job, to == CT_JOB_DONE);
    else if (to == CT_JOB_DONE)
        ct_draw_keep_reply(call, job);
    else
        keep_failure(call, job, false);
    keep_names(kept, job);
    write_file(call);
}

/* --- rows ------------------------------------------------------------------------------------ */

static struct ct_reply_row row_of(struct ct_call *call, const char *job_id,
                                  enum ct_reply_state state)
{
    int64_t now = ct_clock_wall_ms();
    struct ct_reply_row row = {
        .job_id = ct_slice(job_id),
        .state = state,
        .created_ms = now,
        .expires_ms = now + ct_replies_keep_ms(ct_replay__store(call->api->replay)),
    };
    memcpy(row.id, call->claim->id, sizeof(row.id));
    memcpy(row.fingerprint, call->claim->fingerprint, sizeof(row.fingerprint));
    return row;
}

static ct_code put_kept(struct ct_sql *sql, struct ct_call *call, const char *job_id,
                        struct ct_err *err)
{
    const struct ct_replay_kept *kept = &call->claim->kept;
    struct ct_slice names[CT_JOB_MAX_PICTURES];
    struct ct_reply_row row = row_of(call, job_id, CT_REPLY_KEPT);
    row.status = kept->status;
    row.content_type = ct_slice(kept->content_type);
    row.fields = ct_slice(kept->fields);
    row.bytes = kept->in_file ? (int64_t)kept->body->len : 0;
    if (!kept->in_file)
        row.body = ct_slice_n(kept->body->data, kept->body->len);
    for (int i = 0; i < kept->n_names; i++)
        names[i] = ct_slice(kept->names[i]);
    row.pictures = names;
    row.n_pictures = kept->n_names;
    return ct_reply_row_put(sql, &row, err);
}

static ct_code put_accepted(void *ctx, struct ct_sql *sql, const struct ct_job *job,
                            struct ct_err *err)
{
    struct ct_call *call = ctx;
    if (call->claim->kept.ready)
        return put_kept(sql, call, job->id, err);
    struct ct_reply_row row = row_of(call, job->id, CT_REPLY_EXECUTING);
    return ct_reply_row_put(sql, &row, err);
}

static ct_code put_end(void *ctx, struct ct_sql *sql, const struct ct_job *job, struct ct_err *err)
{
    struct ct_call *call = ctx;
    const struct ct_replay_kept *kept = &call->claim->kept;
    if (kept->ready && (kept->in_file || kept->body->len <= CT_REPLY_INLINE_BYTES))
        return put_kept(sql, call, job->id, err);
    if (!was_executed(job, job->change.to) || !job->engine->charges)
        return ct_reply_row_drop(sql, call->claim->id, err);
    struct ct_reply_row row =
        row_of(call, job->id, CT_REPLY_GONE); /* bought, and not to be again */
    return ct_reply_row_put(sql, &row, err);
}

struct ct_job_rider ct_replay_rider(struct ct_call *call)
{
    if (!call->claim)
        return (struct ct_job_rider){ .ctx = NULL };
    return (struct ct_job_rider){
        .ctx = call, .accept = put_accepted, .end = put_end, .prepare = prepare
    };
}

/* --- without a job ---------------------------------------------------------------------------- */

static ct_code put_alone(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return put_kept(sql, ctx, "", err);
}

static void send_alone(struct ct_call *call)
{
    struct ct_http_exchange *x = call->x;
    struct ct_replay_kept *kept = &call->claim->kept;
    struct ct_call_fields fields = { .n = 0 };
    char text[sizeof(kept->fields)];
    memcpy(text, kept->fields, sizeof(text));
    ct_replay__read_fields(&fields, text);
    ct_stream_whole(call, kept->status, kept->content_type, ct_blob_ref(kept->body), &fields);
    ct_replay_give_kept(call); /* where a stream had begun */
    ct_call_unref(&call);
    ct_http_unref(&x);
}

/* On a worker. A reply that cannot be kept goes out all the same: it cost no work. */
static void answer_alone(void *ctx)
{
    struct ct_call *call = ctx;
    const struct ct_replay_kept *kept = &call->claim->kept;
    struct ct_err err = { 0 };
    write_file(call);
    if ((kept->in_file || kept->body->len <= CT_REPLY_INLINE_BYTES) &&
        ct_db_write(call->api->db, put_alone, call, &err) != CT_OK)
        ct_log_event(call->api->log, CT_LOG_ERROR, "a reply cannot be kept",
                     CT_LOG_Z("request_id", call->request_id), CT_LOG_Z("cause", err.msg));
    send_alone(call);
}

void ct_replay_answer_alone(struct ct_call *call, int status, const char *content_type,
                            struct ct_blob *body, const struct ct_call_fields *fields)
{
    write_fields(&call->claim->kept, fields);
    complete(&call->claim->kept, status, content_type, body);
    ct_call_ref(call);
    ct_http_ref(call->x);
    if (!ct_workers_submit(call->api->workers, answer_alone, call))
        send_alone(call); /* too much is waiting there, and this thread may not wait for the disk */
}
