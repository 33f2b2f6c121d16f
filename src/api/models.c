/* GET /v1/models and /v1/models/{id}. */
#include "api/call.h"
#include "contract/reply.h"

void ct_api_models(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    ct_call_reply(call, 200, ct_blob_ref(call->api->models_reply), NULL);
}

void ct_api_model(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_buf body;
    const struct ct_model *model = ct_catalogue_find(call->api->contract.catalogue, call->id);
    (void)rq;
    if (!model) {
        ct_fail(&err, CT_E_MODEL, "model", "The model '%.*s' does not exist",
                (int)(call->id.len < 200 ? call->id.len : 200), call->id.ptr);
        ct_call_fail(call, &err, NULL);
        return;
    }
    ct_buf_init(&body, 8192);
    ct_reply_model(&body, model);
    ct_call_reply(call, 200, ct_blob_take(&body), NULL);
}
