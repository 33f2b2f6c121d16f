/* One request's identity, its standard reply fields, the error envelope and its log line. */
#include "api/call.h"

#include "api/intake.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/spool.h"
#include "contract/reply.h"
#include "store/job_files.h"

#include <fcntl.h>
#include <stdio.h>

#define ERROR_BODY_MAX 8192
#define STORED_BYTES ((size_t)1 << 20) /* a body of more does not wait in memory */

static void copy_header(char *out, size_t size, struct ct_slice value)
{
    size_t len = value.len < size ? value.len : 0; /* too long to echo: not echoed */
    memcpy(out, value.ptr ? value.ptr : "", len);
    out[len] = '\0';
}

/* The official SDKs count their tries; whatever else stands there is 0. */
static int retries_of(const struct ct_http_request *rq)
{
    uint64_t n;
    struct ct_slice text = ct_http_field_get(rq, "X-Stainless-Retry-Count");
    return text.ptr && ct_slice_u64(text, &n) && n < 1000 ? (int)n : 0;
}

struct ct_call *ct_call_new(struct ct_api *api, struct ct_http_exchange *x,
                            const struct ct_http_request *rq)
{
    struct ct_call *call = ct_calloc(1, sizeof(*call));
    if (!call)
        return NULL;
    call->api = api;
    call->x = x;
    atomic_init(&call->refs, 1);
    pthread_mutex_init(&call->lock, NULL);
    memcpy(call->request_id, "req_", 4);
    ct_make_id(call->request_id + 4);
    call->started_us = rq ? rq->started_us : ct_clock_us();
    if (rq) {
        copy_header(call->organization, sizeof(call->organization),
                    ct_http_field_get(rq, "OpenAI-Organization"));
        copy_header(call->project, sizeof(call->project), ct_http_field_get(rq, "OpenAI-Project"));
        copy_header(call->host, sizeof(call->host), ct_http_field_get(rq, "Host"));
        snprintf(call->peer, sizeof(call->peer), "%s", rq->peer ? rq->peer : "");
        call->retries = retries_of(rq);
    }
    return call;
}

struct ct_call *ct_call_ref(struct ct_call *call)
{
    atomic_fetch_add_explicit(&call->refs, 1, memory_order_relaxed);
    return call;
}

void ct_call_unref(struct ct_call **slot)
{
    struct ct_call *call = *slot;
    *slot = NULL;
    if (!call || atomic_fetch_sub_explicit(&call->refs, 1, memory_order_acq_rel) != 1)
        return;
    ct_replay_abandon(call);
    ct_cached_release(call);
    ct_upload_free(&call->upload);
    ct_intake_free(&call->intake);
    ct_blob_unref(&call->task_kept);
    if (call->task_id[0])
        ct_job_files_remove(call->api->job_files, call->task_id);
    ct_job_unref(&call->job);
    ct_hold_release(&call->hold);
    ct_free(call->watch);
    ct_facts_release(&call->facts);
    pthread_mutex_destroy(&call->lock);
    ct_free(call);
}

bool ct_call_is_local(const struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_slice peer = ct_slice(call->peer);
    return (ct_slice_starts(peer, "127.") || ct_slice_starts(peer, "[::1]:")) &&
           !ct_http_field_get(rq, "X-Forwarded-For").ptr &&
           !ct_http_field_get(rq, "Forwarded").ptr && !ct_http_field_get(rq, "Via").ptr;
}

/* A page of another site that has its name resolve to 127.0.0.1 still sends that name, and so does
 * a proxy that says nothing else of itself. */
static bool names_this_machine(const struct ct_call *call)
{
    struct ct_slice host = ct_slice(call->host), name, port;
    if (host.len == 0) /* HTTP/1.0 */
        return true;
    if (ct_slice_starts(host, "[::1]"))
        return true;
    if (!ct_slice_cut(host, ':', &name, &port))
        name = host;
    if (ct_slice_ieq(name, CT_S("localhost")))
        return true;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] != '.' && (name.ptr[i] < '0' || name.ptr[i] > '9'))
            return false;
    return ct_slice_starts(name, "127.");
}

ct_code ct_call_authenticate(struct ct_call *call, const struct ct_http_request *rq,
                             struct ct_err *err)
{
    struct ct_auth auth = call->api->auth;
    auth.open_without_keys =
        auth.open_without_keys && ct_call_is_local(call, rq) && names_this_machine(call);
    return ct_auth_check(&auth, ct_http_field_get(rq, "Authorization"), &call->caller, err);
}

void ct_call_add_field(struct ct_call_fields *fields, const char *name, struct ct_slice value)
{
    if (fields->n < CT_CALL_MAX_FIELDS)
        fields->list[fields->n++] = (struct ct_http_field){ ct_slice(name), value };
}

void ct_call_standard_fields(struct ct_call *call, struct ct_call_fields *fields)
{
    int64_t ms = (ct_clock_us() - call->started_us) / 1000;
    snprintf(fields->processing_ms, sizeof(fields->processing_ms), "%lld", (long long)ms);
    ct_call_add_field(fields, "x-request-id", ct_slice(call->request_id));
    ct_call_add_field(fields, "openai-version", CT_S("2020-10-01"));
    ct_call_add_field(fields, "openai-organization",
                      ct_slice(call->organization[0] ? call->organization
                                                     : call->api->organization));
    if (call->project[0])
        ct_call_add_field(fields, "openai-project", ct_slice(call->project));
    ct_call_add_field(fields, "openai-processing-ms", ct_slice(fields->processing_ms));
    ct_call_add_field(fields, "x-calotype-engine", ct_slice(call->api->engine->name));
    if (call->cache != CT_CACHE_OFF)
        ct_call_add_field(fields, "x-calotype-cache", ct_slice(ct_cache_name(call->cache)));
    ct_limits_put(call, fields);
}

static void merge(struct ct_call_fields *fields, const struct ct_call_fields *more)
{
    for (size_t i = 0; more && i < more->n && fields->n < CT_CALL_MAX_FIELDS; i++)
        fields->list[fields->n++] = more->list[i];
}

/* What is left to say when even the reply does not fit into memory. */
static struct ct_blob *last_words(void)
{
    static const char text[] =
        "{\"error\":{\"message\":\"The server is out of memory. Please try again later.\","
        "\"type\":\"service_unavailable_error\",\"param\":null,"
        "\"code\":\"server_is_overloaded\"}}";
    return ct_blob_static(text, sizeof(text) - 1);
}

void ct_call_reply(struct ct_call *call, int status, struct ct_blob *body,
                   const struct ct_call_fields *more)
{
    ct_call_reply_as(call, status, "application/json", body, more);
}

void ct_call_reply_as(struct ct_call *call, int status, const char *content_type,
                      struct ct_blob *body, const struct ct_call_fields *more)
{
    struct ct_call_fields fields = { .n = 0 };
    ct_call_standard_fields(call, &fields);
    merge(&fields, more);
    if (!body) {
        status = 503;
        content_type = "application/json";
        body = last_words();
    }
    ct_replay_give(call, status, content_type, body, more);
    ct_http_respond(call->x, &(struct ct_http_response){
                                 .status = status,
                                 .content_type = content_type,
                                 .fields = fields.list,
                                 .n_fields = fields.n,
                                 .body = body,
                             });
}

void ct_call_reply_file(struct ct_call *call, int status, const char *content_type, int fd,
                        int64_t bytes, const struct ct_call_fields *more)
{
    struct ct_call_fields fields = { .n = 0 };
    ct_call_standard_fields(call, &fields);
    merge(&fields, more);
    ct_http_respond(call->x, &(struct ct_http_response){ .status = status,
                                                         .content_type = content_type,
                                                         .fields = fields.list,
                                                         .n_fields = fields.n,
                                                         .use_file = true,
                                                         .file = fd,
                                                         .file_length = bytes });
}

/* -1: there is no room, or no memory. */
static int spool_body(const struct ct_call *call, const struct ct_blob *body)
{
    struct ct_spool spool;
    struct ct_blob *file = NULL;
    ct_spool_init(&spool, call->api->upload_dir, 0, body->len);
    ct_code rc = ct_spool_write(&spool, ct_slice_n(body->data, body->len), NULL);
    if (rc == CT_OK)
        rc = ct_spool_take(&spool, &file, NULL);
    ct_spool_release(&spool);
    int fd = rc == CT_OK ? fcntl(ct_blob_fd(file), F_DUPFD_CLOEXEC, 0) : -1;
    ct_blob_unref(&file);
    return fd;
}

void ct_call_reply_stored(struct ct_call *call, int status, const char *content_type,
                          struct ct_blob *body, const struct ct_call_fields *more)
{
    struct ct_err err = { 0 };
    if (!body || body->len <= STORED_BYTES ||
        call->claim) { /* a claim's has others who wait for it */
        ct_call_reply_as(call, status, content_type, body, more);
        return;
    }
    int64_t len = (int64_t)body->len;
    int fd = spool_body(call, body);
    ct_blob_unref(&body);
    if (fd >= 0) {
        ct_call_reply_file(call, status, content_type, fd, len, more);
        return;
    }
    (void)ct_fail(
        &err, CT_E_STORAGE, NULL,
        "The server has no room for so large a reply at the moment. Please try again later, "
        "or ask for URLs (response_format).");
    ct_call_fail(call, &err, NULL);
}

void ct_call_reply_empty(struct ct_call *call, int status)
{
    struct ct_call_fields fields = { .n = 0 };
    ct_call_standard_fields(call, &fields);
    ct_http_respond(call->x, &(struct ct_http_response){
                                 .status = status, .fields = fields.list, .n_fields = fields.n });
}

void ct_call_public_error(const struct ct_call *call, struct ct_err *out, const struct ct_err *err)
{
    ct_reply_public_error(out, err, ct_slice(call->request_id));
}

void ct_call_fail(struct ct_call *call, const struct ct_err *err,
                  const struct ct_call_fields *more)
{
    struct ct_call_fields fields = { .n = 0 };
    struct ct_err shown;
    struct ct_buf body;
    int status = ct_err_info(err->code)->status;

    atomic_store(&call->error, (int)err->code);
    merge(&fields, more);
    if (status == 500)
        ct_log_event(call->api->log, CT_LOG_ERROR, "request failed",
                     CT_LOG_Z("request_id", call->request_id), CT_LOG_Z("cause", err->msg));
    if (status == 503)
        ct_call_add_field(&fields, "retry-after", CT_S("5"));
    ct_limits_put_retry(call, err, &fields);
    ct_call_public_error(call, &shown, err);
    ct_buf_init(&body, ERROR_BODY_MAX);
    ct_reply_error(&body, &shown);
    ct_call_reply(call, status, ct_blob_take(&body), &fields);
}
