/* POST /v1/images/estimate: the body of a generation -> tokens and price. Nothing is drawn, counted
 * or kept. */
#include "api/call.h"

#include "contract/parse.h"
#include "policy/estimate.h"

#define REQUEST_ARENA_BYTES ((size_t)48 << 20)
#define REPLY_MAX 8192

static ct_code estimate(struct ct_buf *out, struct ct_call *call, struct ct_arena *arena,
                        const struct ct_blob *body, struct ct_err *err)
{
    const struct ct_image_request *request;
    if (!arena || !body)
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    CT_TRY(ct_parse_generation(&request, arena, ct_slice_n(body->data, body->len),
                               &call->api->contract, err));
    ct_code rc = ct_estimate_put(out, request, !call->api->engine->charges, err);
    ct_image_request_release(request);
    return rc;
}

void ct_api_estimate(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_buf out;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(REQUEST_ARENA_BYTES);
    CT_CLEANUP(ct_blob_unref) struct ct_blob *body = ct_http_take_body(call->x);
    (void)rq;
    ct_buf_init(&out, REPLY_MAX);
    if (estimate(&out, call, arena, body, &err) == CT_OK)
        ct_call_reply(call, 200, ct_blob_take(&out), NULL);
    else
        ct_call_fail(call, &err, NULL);
    ct_buf_release(&out);
}
