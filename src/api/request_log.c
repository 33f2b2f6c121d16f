/* The log's line of a request: one, when its reply is sent or its client has left.
 *
 * What stands in it comes from tables (routes, models, engines, errors), is a number, or is an id
 * of ours: nothing that a client wrote can get there, but for the prompt where log_prompts says
 * so. On the loop thread, in on_done. */
#include "api/call.h"

#include "base/clock.h"

const char *ct_cache_name(enum ct_cache_outcome outcome)
{
    static const char *const names[] = {
        [CT_CACHE_OFF] = "off",
        [CT_CACHE_MISS] = "miss",
        [CT_CACHE_HIT] = "hit",
        [CT_CACHE_BYPASS] = "bypass",
    };
    return names[outcome];
}

/* Before the job began and after it ended: body and input pictures read, reply on its way. */
static size_t put_ends(struct ct_log_field *fields, const struct ct_call *call, int64_t now_us)
{
    const struct ct_job *job = call->job;
    bool ended = ct_job_state_ends(ct_job_state(job));
    fields[0] = CT_LOG_I("receive_ms", (job->queued_us - call->started_us) / 1000);
    fields[1] = CT_LOG_I("send_ms", ended && job->ended_us ? (now_us - job->ended_us) / 1000 : 0);
    fields[2] = CT_LOG_Z("state", ct_job_state_name(ct_job_state(job)));
    return 3;
}

void ct_call_log(struct ct_call *call, int status, uint64_t bytes)
{
    struct ct_log_field fields[CT_FACTS_FIELDS + 16];
    int64_t now_us = ct_clock_us();
    int error = atomic_load(&call->error);
    size_t n = 0;
    if (!ct_log_wants(call->api->log, CT_LOG_INFO))
        return;
    fields[n++] = CT_LOG_Z("request_id", call->request_id);
    fields[n++] = CT_LOG_Z("key", call->caller.key_id);
    fields[n++] = CT_LOG_Z("route", call->route ? call->route->path : "none");
    fields[n++] = CT_LOG_I("status", status);
    fields[n++] = CT_LOG_Z("error", error == CT_OK ? "" : ct_err_name((ct_code)error));
    fields[n++] = CT_LOG_I("ms", (now_us - call->started_us) / 1000);
    fields[n++] = CT_LOG_I("bytes", (int64_t)bytes);
    fields[n++] = CT_LOG_I("retries", call->retries);
    if (call->job)
        ct_facts_add_end(&call->facts, call->job);
    if (call->facts.model)
        fields[n++] = CT_LOG_Z("cache", ct_cache_name(call->cache));
    n += ct_facts_put(fields + n, &call->facts);
    if (call->job)
        n += put_ends(fields + n, call, now_us);
    ct_log_fields(call->api->log, CT_LOG_INFO, "request", fields, n);
}
