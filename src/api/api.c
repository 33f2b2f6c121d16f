/* From the exchange to the resource: identity, route, key, content type; then the handler.
 *
 * Everything that can be refused from the headers is refused before the body is read: a wrong key
 * costs no upload. The order for /v1 paths is key, then path, then method, as the official
 * service has it; an unknown path outside /v1 needs no key to be unknown. */
#include "api/api.h"

#include "api/call.h"
#include "api/upload.h"
#include "contract/reply.h"

#include <stdio.h>

#define MODELS_REPLY_MAX ((size_t)1 << 20)
#define FILE_BODY_MAX (CT_UPLOAD_FILE_MAX + ((size_t)1 << 20)) /* and the rest of its form */
#define DISCARD_BODY_MAX ((size_t)64 << 10) /* a body nobody asked for, read and thrown away */

ct_code ct_api_init(struct ct_api *api, struct ct_err *err)
{
    struct ct_buf body;
    ct_buf_init(&body, MODELS_REPLY_MAX);
    ct_reply_models(&body, api->contract.catalogue);
    api->models_reply = ct_blob_take(&body);
    atomic_init(&api->draining, false);
    return api->models_reply ? CT_OK
                             : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory at start.");
}

void ct_api_release(struct ct_api *api)
{
    ct_blob_unref(&api->models_reply);
    ct_secret_wipe(&api->url_key);
    ct_secret_wipe(&api->prompts.key);
}

static ct_code check_content_type(const struct ct_http_request *rq, unsigned flags,
                                  struct ct_err *err)
{
    struct ct_slice given = ct_http_field_get(rq, "Content-Type"), type, rest;
    bool json = flags & CT_ROUTE_JSON, form = flags & CT_ROUTE_FORM;
    const char *accepted = !form   ? "'application/json'"
                           : !json ? "'multipart/form-data'"
                                   : "'application/json' or 'multipart/form-data'";
    if (!ct_slice_cut(given, ';', &type, &rest))
        type = given;
    type = ct_slice_trim(type);
    if ((json && ct_slice_ieq(type, CT_S("application/json"))) ||
        (form && ct_slice_ieq(type, CT_S("multipart/form-data"))))
        return CT_OK;
    int shown = (int)(given.len < 200 ? given.len : 200);
    return ct_fail(err, CT_E_CONTENT_TYPE, NULL,
                   "Unsupported content type: '%.*s'. This API method only accepts %s requests, "
                   "but you specified the header 'Content-Type: %.*s'. Please try again with a "
                   "supported content type.",
                   shown, given.ptr ? given.ptr : "", accepted, shown, given.ptr ? given.ptr : "");
}

/* Prefer: respond-async, alone or in a list (RFC 7240). */
static bool prefers_async(const struct ct_http_request *rq)
{
    struct ct_slice list = ct_http_field_get(rq, "Prefer"), one, rest;
    while (list.len > 0) {
        if (!ct_slice_cut(list, ',', &one, &rest)) {
            one = list;
            rest = (struct ct_slice){ 0 };
        }
        if (ct_slice_ieq(ct_slice_trim(one), CT_S("respond-async")))
            return true;
        list = rest;
    }
    return false;
}

/* All that can be decided before the body. *allowed: see ct_route_find(). */
static ct_code admit(struct ct_call *call, const struct ct_http_request *rq, const char **allowed,
                     struct ct_err *err)
{
    struct ct_err route_err = { 0 };
    ct_code found = ct_route_find(&call->route, &call->id, allowed, rq->method, rq->path,
                                  &route_err);
    bool needs_key = call->route ? (call->route->flags & CT_ROUTE_KEY) != 0
                                 : ct_slice_starts(rq->path, "/v1/") && found == CT_E_URL;
    if (needs_key)
        CT_TRY(ct_call_authenticate(call, rq, err));
    if (needs_key && ct_slice_starts(rq->path, "/v1/images/"))
        ct_limits_look(call);
    if (found != CT_OK) {
        *err = route_err;
        return found;
    }
    if (call->route->flags >> 8)
        CT_TRY(ct_auth_scope(&call->caller, (enum ct_scope)(call->route->flags >> 8), err));
    if (call->route->flags & (CT_ROUTE_JSON | CT_ROUTE_FORM))
        CT_TRY(check_content_type(rq, call->route->flags, err));
    if (call->route->flags & CT_ROUTE_REPLAY) {
        ct_cached_read(call, rq);
        CT_TRY(ct_replay_read(call, rq, err));
    }
    call->respond_async = call->api->contract.compat == CT_COMPAT_EXTENDED && prefers_async(rq);
    return CT_OK;
}

/* The body of this request goes to disk: is there room, and what is it? */
static ct_code begin_upload(struct ct_call *call, struct ct_http_exchange *x,
                            const struct ct_http_request *rq, struct ct_err *err)
{
    struct ct_api *api = call->api;
    if (rq->content_length > 0)
        CT_TRY(ct_spool_check_room(api->upload_dir, (uint64_t)rq->content_length, err));
    CT_TRY(ct_upload_new(&call->upload, ct_http_field_get(rq, "Content-Type"),
                         call->route->flags & CT_ROUTE_FILE, api->upload_dir, err));
    ct_http_stream_body(x);
    return CT_OK;
}

/* In strict such a route is not there, in the way the official one is not there any more. */
static bool is_gone(const struct ct_call *call)
{
    return (call->route->flags & CT_ROUTE_EXTENDED) &&
           call->api->contract.compat == CT_COMPAT_STRICT;
}

static size_t on_headers(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq)
{
    const char *allowed = NULL;
    struct ct_err err = { 0 };
    struct ct_call *call = ct_call_new(ctx, x, rq);
    ct_http_set_user(x, call);
    if (!call) {
        ct_http_respond(x, &(struct ct_http_response){ .status = 503, .close = true });
        return 0;
    }
    if (admit(call, rq, &allowed, &err) != CT_OK) {
        struct ct_call_fields more = { .n = 0 };
        if (allowed)
            ct_call_add_field(&more, "allow", ct_slice(allowed));
        ct_call_fail(call, &err, &more);
        return DISCARD_BODY_MAX;
    }
    if (is_gone(call)) {
        ct_call_reply_empty(call, 404);
        return DISCARD_BODY_MAX;
    }
    if (call->route->flags & CT_ROUTE_UPLOAD) {
        if (begin_upload(call, x, rq, &err) != CT_OK)
            ct_call_fail(call, &err, NULL);
        return call->route->flags & CT_ROUTE_FILE ? FILE_BODY_MAX : call->api->upload_max_bytes;
    }
    return call->route->body_max ? call->route->body_max : DISCARD_BODY_MAX;
}

static void on_body(void *ctx, struct ct_http_exchange *x, struct ct_slice piece)
{
    struct ct_call *call = ct_http_user(x);
    struct ct_err err = { 0 };
    (void)ctx;
    if (ct_upload_feed(call->upload, piece, &err) != CT_OK) {
        ct_call_fail(call, &err, NULL);
        ct_upload_free(&call->upload);
    }
}

static void on_request(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq)
{
    struct ct_call *call = ct_http_user(x);
    (void)ctx;
    call->route->handle(call, rq);
}

static void on_error(void *ctx, struct ct_http_exchange *x, const struct ct_http_request *rq,
                     const struct ct_err *err)
{
    struct ct_call *call = ct_http_user(x);
    if (!call) {
        call = ct_call_new(ctx, x, rq);
        ct_http_set_user(x, call);
    }
    if (call)
        ct_call_fail(call, err, NULL);
    else
        ct_http_respond(x, &(struct ct_http_response){ .status = ct_err_info(err->code)->status,
                                                       .close = true });
}

static void on_abort(void *ctx, struct ct_http_exchange *x)
{
    struct ct_api *api = ctx;
    struct ct_call *call = ct_http_user(x);
    if (!call)
        return;
    ct_replay_leave(call);
    bool alone = ct_cached_leave(call);
    if (call->job && alone && !call->outlives_client)
        ct_jobs_cancel(api->jobs, call->job);
}

static void on_done(void *ctx, struct ct_http_exchange *x, int status, uint64_t bytes)
{
    struct ct_call *call = ct_http_user(x);
    (void)ctx;
    if (!call)
        return;
    ct_call_log(call, status, bytes);
    ct_metrics_count(call, status);
    ct_http_set_user(x, NULL);
    ct_call_unref(&call);
}

struct ct_http_handler ct_api_handler(struct ct_api *api)
{
    return (struct ct_http_handler){
        .ctx = api,
        .on_headers = on_headers,
        .on_body = on_body,
        .on_request = on_request,
        .on_error = on_error,
        .on_abort = on_abort,
        .on_done = on_done,
    };
}
