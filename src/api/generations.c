/* POST /v1/images/generations: body -> image_request; api/draw.c does the rest. One that names
 * pictures (image_urls) goes by api/intake.c first. */
#include "api/draw.h"
#include "api/intake.h"

#include "base/clock.h"
#include "contract/parse.h"
#include "policy/fingerprint.h"

#define REQUEST_ARENA_BYTES ((size_t)48 << 20)

/* False: another request with the same Idempotency-Key answers this one. */
static bool is_first(struct ct_call *call, const struct ct_draft *draft,
                     const struct ct_blob *body)
{
    uint8_t fingerprint[CT_SHA256_LEN];
    if (!call->has_replay_id)
        return true;
    const struct ct_fingerprint_of of = { call->route->method, call->route->path,
                                          call->respond_async };
    ct_fingerprint_json(fingerprint, &of, ct_slice_n(body->data, body->len));
    return ct_replay_claim(call, draft->request->stream, fingerprint);
}

static ct_code accept_request(struct ct_call *call, struct ct_err *err)
{
    struct ct_draft draft;
    struct ct_blob *body = ct_http_take_body(call->x);
    struct ct_arena *arena = ct_arena_new(REQUEST_ARENA_BYTES);
    ct_code rc = CT_E_MEMORY;

    if (!body || !arena)
        ct_fail(err, rc, NULL, "The server is out of memory. Please try again later.");
    else
        rc = ct_parse_draft(&draft, arena, CT_OPERATION_GENERATE,
                            &(struct ct_body){ .json = ct_slice_n(body->data, body->len) },
                            &call->api->contract, err);
    if (rc != CT_OK) {
        ct_arena_free(&arena);
        ct_blob_unref(&body);
        return rc;
    }
    if (!is_first(call, &draft, body)) {
        ct_draft_release(&draft);
        ct_arena_free(&arena);
        ct_blob_unref(&body);
        return CT_OK;
    }
    if (draft.n_urls == 0)
        return ct_draw_submit(call, draft.request, arena, body, err);
    ct_intake_start_draft(call, &draft, arena, body);
    return CT_OK;
}

void ct_api_generate(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    (void)rq;
    call->created = ct_clock_wall();
    if (accept_request(call, &err) != CT_OK)
        ct_call_fail(call, &err, NULL);
}

/* For clients that can set neither a header nor an unknown parameter. */
void ct_api_generate_async(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    if (call->api->contract.compat == CT_COMPAT_STRICT) {
        ct_fail(&err, CT_E_URL, NULL, "Invalid URL (POST %s)", call->route->path);
        ct_call_fail(call, &err, NULL);
        return;
    }
    call->respond_async = true;
    ct_api_generate(call, rq);
}
