/* GET /health: is the process alive, and does it take work. No key: load balancers ask. */
#include "api/call.h"

#include "base/json.h"

void ct_api_live(struct ct_call *call, const struct ct_http_request *rq)
{
    static const char body[] = "{\"live\":true}";
    (void)rq;
    ct_call_reply(call, 200, ct_blob_static(body, sizeof(body) - 1), NULL);
}

void ct_api_health(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_buf body;
    int queued, running;
    bool ready = !atomic_load(&call->api->draining);
    (void)rq;

    ct_jobs_count(call->api->jobs, &queued, &running);
    ct_buf_init(&body, 1024);
    ct_buf_printf(&body,
                  "{\"status\":\"%s\",\"live\":true,\"ready\":%s,\"version\":\"%s\","
                  "\"engine\":\"%s\",\"jobs\":{\"queued\":%d,\"running\":%d}}",
                  ready ? "ok" : "draining", ready ? "true" : "false", call->api->version,
                  call->api->engine->name, queued, running);
    ct_call_reply(call, ready ? 200 : 503, ct_blob_take(&body), NULL);
}
