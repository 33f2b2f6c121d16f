/* Hits: price, reply, ledger. Who waits for whom is flight.c's. */
#include "api/flight.h"

#include "api/call.h"
#include "api/draw.h"
#include "api/stream.h"
#include "base/clock.h"
#include "contract/usage.h"

#include <stdio.h>

#define TENANT_MAX (CT_KEY_PROJECT_MAX + 16)

void ct_cached_read(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_slice list = ct_http_field_get(rq, "Cache-Control"), one, rest;
    while (list.len > 0) {
        if (!ct_slice_cut(list, ',', &one, &rest)) {
            one = list;
            rest = (struct ct_slice){ 0 };
        }
        one = ct_slice_trim(one);
        call->no_cache = call->no_cache || ct_slice_ieq(one, CT_S("no-cache")) ||
                         ct_slice_ieq(one, CT_S("max-age=0"));
        call->no_store = call->no_store || ct_slice_ieq(one, CT_S("no-store"));
        list = rest;
    }
}

/* Keys of one project share what they draw; a key without a project has its own. */
void ct_cached_make_key(struct ct_call *call, const struct ct_image_request *request)
{
    char tenant[TENANT_MAX];
    if (!call->api->cache || call->no_store || call->has_cache_key)
        return;
    if (call->caller.project[0])
        snprintf(tenant, sizeof(tenant), "project %s", call->caller.project);
    else
        snprintf(tenant, sizeof(tenant), "key %s", call->caller.key_id);
    ct_cache_key(call->cache_key, call->api->cache, ct_slice(tenant), request);
    call->has_cache_key = true;
}

static struct ct_usage usage_of_hit(const struct ct_image_request *request)
{
    return ct_usage_of(request, 0); /* no previews are sent */
}

static int64_t price_of_hit(const struct ct_call *call, const struct ct_image_request *request)
{
    struct ct_usage usage = usage_of_hit(request);
    return ct_usage_cost(request->model, &usage) / 100 * call->api->cache_price;
}

static ct_code hold_price(struct ct_call *call, const struct ct_image_request *request,
                          struct ct_err *err)
{
    return ct_draw_hold(call, request, price_of_hit(call, request), err);
}

static void count_hit(struct ct_call *call, const struct ct_image_request *request)
{
    struct ct_usage usage = usage_of_hit(request);
    bool charges = call->api->engine->charges;
    struct ct_hit hit = {
        .request_id = call->request_id,
        .key_id = call->caller.key_id,
        .model = request->model->id,
        .engine = call->api->engine->name,
        .user = request->safety_identifier,
        .simulated = !charges,
        .pictures = request->n,
        .text_tokens_in = usage.text_tokens_in,
        .image_tokens_in = usage.image_tokens_in,
        .image_tokens_out = usage.image_tokens_out,
        .cost = price_of_hit(call, request),
        .at_ms = call->hold.at_ms ? call->hold.at_ms : ct_clock_wall_ms(),
    };
    ct_hold_settle(&call->hold, hit.cost);
    ct_hits_add(call->api->hits, &hit);
    call->facts.input_tokens = usage.text_tokens_in + usage.image_tokens_in;
    call->facts.output_tokens = usage.image_tokens_out;
    *(charges ? &call->facts.cost : &call->facts.simulated) = hit.cost;
}

static void give_hit(struct ct_call *call, const struct ct_image_request *request,
                     const struct ct_cached *cached)
{
    struct ct_call_fields fields = { .n = 0 };
    char warnings[CT_WARNINGS_FIELD_MAX];
    const char *type = request->stream ? CT_STREAM_TYPE : "application/json";
    struct ct_blob *body = ct_draw_cached_reply(call, request, cached);
    call->cache = CT_CACHE_HIT;
    if (body)
        count_hit(call, request);
    else
        ct_hold_release(&call->hold);
    ct_draw_add_warnings(&fields, warnings, request, cached->warnings, cached->n_warnings);
    if (call->claim && body)
        ct_replay_answer_alone(call, 200, type, body, &fields);
    else
        ct_stream_whole(call, 200, type, body, &fields);
}

void ct_flight__give(struct ct_call *call, const struct ct_cached *cached)
{
    give_hit(call, call->held.request, cached);
}

/* What is to be answered with URLs needs its files to be there. */
static bool has_files(struct ct_call *call, const struct ct_image_request *request,
                      const struct ct_cached *cached)
{
    for (int i = 0; i < cached->n_pictures && request->reply_as == CT_REPLY_URL; i++)
        if (!ct_pictures_touch(call->api->pictures, ct_slice(cached->pictures[i].name)))
            return false;
    return true;
}

/* NULL: to be drawn. */
static struct ct_cached *look_up(struct ct_call *call, const struct ct_image_request *request)
{
    struct ct_cached *cached = ct_cache_find(call->api->cache, call->cache_key);
    if (!cached || (cached->n_pictures == request->n && has_files(call, request, cached)))
        return cached;
    ct_cache_forget(call->api->cache, call->cache_key);
    ct_cached_unref(&cached);
    return NULL;
}

static void take(struct ct_call *call, const struct ct_image_request *request,
                 struct ct_arena *arena, struct ct_blob *body)
{
    call->held = (struct ct_held){ request, arena, body };
}

void ct_cached_release(struct ct_call *call)
{
    ct_image_request_release(call->held.request);
    ct_arena_free(&call->held.arena);
    ct_blob_unref(&call->held.body);
    call->held = (struct ct_held){ .request = NULL };
}

/* Takes cached; on success the call was answered, and has taken the rest. */
static ct_code answer_hit(struct ct_call *call, const struct ct_image_request *request,
                          struct ct_arena *arena, struct ct_blob *body, struct ct_cached *cached,
                          struct ct_err *err)
{
    ct_code rc = hold_price(call, request, err);
    if (rc == CT_OK) {
        take(call, request, arena, body);
        give_hit(call, request, cached);
        ct_cached_release(call);
    }
    ct_cached_unref(&cached);
    return rc;
}

/* Somebody draws it: waits with its price held. *joined false: it has just ended, and the call
 * draws after all. */
static ct_code join(bool *joined, struct ct_call *call, const struct ct_image_request *request,
                    struct ct_arena *arena, struct ct_blob *body, struct ct_err *err)
{
    CT_TRY(hold_price(call, request, err));
    take(call, request, arena, body);
    *joined = ct_flight__join(call, request->stream);
    if (!*joined) {
        call->held = (struct ct_held){ .request = NULL };
        ct_hold_release(&call->hold);
    }
    return CT_OK;
}

ct_code ct_cached_answer(bool *taken, struct ct_call *call, const struct ct_image_request *request,
                         struct ct_arena *arena, struct ct_blob *body, struct ct_err *err)
{
    *taken = false;
    if (!call->api->cache)
        return CT_OK;
    call->cache = call->no_cache || call->no_store ? CT_CACHE_BYPASS : CT_CACHE_MISS;
    ct_cached_make_key(call, request);
    if (call->cache == CT_CACHE_BYPASS)
        return CT_OK;
    struct ct_cached *cached = look_up(call, request);
    if (!cached && call->api->engine->deterministic) {
        if (ct_flight__is_up(call))
            return join(taken, call, request, arena, body, err);
        cached = look_up(call, request); /* another's may have landed between the two */
        if (cached)
            ct_flight__end(call, cached, NULL);
    }
    if (!cached)
        return CT_OK;
    ct_code rc = answer_hit(call, request, arena, body, cached, err);
    *taken = rc == CT_OK;
    return rc;
}

static struct ct_cached *cached_of(const struct ct_job *job)
{
    struct ct_cached_picture pictures[CT_JOB_MAX_PICTURES];
    for (int i = 0; i < job->n_pictures; i++) {
        pictures[i] = (struct ct_cached_picture){ .file = ct_blob_ref(job->pictures[i].file),
                                                  .seed = job->pictures[i].seed };
        memcpy(pictures[i].name, job->pictures[i].name, sizeof(pictures[i].name));
    }
    return ct_cached_new(pictures, job->n_pictures, job->warnings, job->n_warnings);
}

void ct_cached_finish(struct ct_call *call, const struct ct_job *job)
{
    struct ct_err err = { 0 };
    if (!call->has_cache_key)
        return;
    if (job->err.code != CT_OK) {
        ct_cached_fail(call, &job->err);
        return;
    }
    struct ct_cached *cached = cached_of(job);
    ct_code rc =
        cached ? ct_cache_put(call->api->cache, call->cache_key, cached, job->request->format, &err)
               : ct_fail(&err, CT_E_MEMORY, NULL, "The server is out of memory.");
    if (rc != CT_OK)
        ct_log_event(call->api->log, CT_LOG_ERROR, "a picture was not cached",
                     CT_LOG_Z("request_id", call->request_id), CT_LOG_Z("cause", err.msg));
    ct_flight__end(call, cached, &err);
    ct_cached_unref(&cached);
}

void ct_cached_fail(struct ct_call *call, const struct ct_err *err)
{
    ct_flight__end(call, NULL, err);
}
