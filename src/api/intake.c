/* See intake.h. The call owns the intake; the worker that has it in hand holds references to call
 * and exchange, so both outlive a client that leaves. The hand-over back goes through the loop's
 * mailbox (ct_http_later), which drops it when the exchange has ended. */
#include "api/intake.h"

#include "api/draw.h"
#include "base/mem.h"
#include "contract/keep.h"
#include "policy/fingerprint.h"
#include "store/job_files.h"

static void fail_memory(struct ct_err *err)
{
    (void)ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory. Please try again later.");
}

void ct_intake_free(struct ct_intake **slot)
{
    struct ct_intake *in = *slot;
    *slot = NULL;
    if (!in)
        return;
    ct_draft_release(&in->draft);
    ct_upload_free(&in->upload);
    ct_arena_free(&in->arena);
    ct_blob_unref(&in->body);
    ct_free(in);
}

/* --- on a worker ---------------------------------------------------------------------------- */

static ct_code parse(struct ct_intake *in, const struct ct_call *call, struct ct_err *err)
{
    struct ct_body body = { .form = NULL };
    if (in->draft.request)
        return CT_OK;
    if (in->upload->is_form)
        body.form = &in->upload->form;
    else
        body.json = ct_slice_n(in->body->data, in->body->len);
    return ct_parse_draft(&in->draft, in->arena, in->operation, &body, &call->api->contract, err);
}

static ct_code decode_data_urls(struct ct_intake *in, const struct ct_call *call,
                                struct ct_err *err)
{
    for (int i = 0; i < CT_DRAFT_INPUTS && in->draft.n_urls > 0; i++) {
        const struct ct_input_image *input = ct_draft_input(&in->draft, i);
        struct ct_blob *file = NULL;
        if (!in->draft.urls[i].ptr || input->source != CT_INPUT_DATA_URL)
            continue;
        CT_TRY(ct_data_url_decode(&file, in->draft.urls[i], call->api->upload_dir, input->param,
                                  err));
        ct_draft_put(&in->draft, i, file);
    }
    return CT_OK;
}

/* Files of the caller's own. They are read where they lie. */
static ct_code take_files(struct ct_intake *in, const struct ct_call *call, struct ct_err *err)
{
    for (int i = 0; i < CT_DRAFT_INPUTS && in->draft.n_urls > 0; i++) {
        const char *param = ct_draft_input(&in->draft, i)->param;
        struct ct_slice id = in->draft.urls[i];
        struct ct_blob *bytes = NULL;
        struct ct_file file;
        if (!id.ptr || ct_draft_input(&in->draft, i)->source != CT_INPUT_FILE_ID)
            continue;
        ct_code rc = ct_files_get(&file, call->api->files, id, ct_slice(call->caller.key_id), err);
        if (rc == CT_OK && file.bytes > (int64_t)CT_INPUT_MAX_BYTES)
            return ct_fail(err, CT_E_IMAGE_FILE, param,
                           "Invalid image file or mode for %s, please check your image file. It is "
                           "larger than 50 MB.",
                           param);
        if (rc == CT_OK)
            rc = ct_files_read(&bytes, call->api->files, &file, err);
        if (rc == CT_E_NOT_FOUND)
            return ct_fail(err, CT_E_VALUE, param, "Invalid '%s': no such File object: %.*s", param,
                           CT_SARG(id));
        CT_TRY(rc);
        ct_draft_put(&in->draft, i, bytes);
    }
    return CT_OK;
}

static bool client_left(void *ctx)
{
    const struct ct_call *call = ctx;
    return ct_http_gone(call->x);
}

/* All at once; the first that failed, in the order of the request, is told. */
static ct_code fetch_urls(struct ct_intake *in, struct ct_call *call, struct ct_err *err)
{
    struct ct_fetch_item items[CT_DRAFT_INPUTS];
    int at[CT_DRAFT_INPUTS], n = 0;
    ct_code code = CT_OK;

    for (int i = 0; i < CT_DRAFT_INPUTS; i++) {
        if (!in->draft.urls[i].ptr)
            continue;
        items[n] = (struct ct_fetch_item){ .url = in->draft.urls[i] };
        at[n++] = i;
    }
    if (n > 0)
        ct_fetch_all(items, n, &call->api->fetch, client_left, call);
    for (int i = 0; i < n; i++) {
        if (items[i].file) {
            ct_draft_put(&in->draft, at[i], items[i].file);
        } else if (code == CT_OK) {
            const char *param = ct_draft_input(&in->draft, at[i])->param;
            code = ct_fail(err, items[i].err.code, param, "%s", items[i].err.msg);
        }
    }
    return code;
}

/* A task outlives the call: its pictures get a place of their own before it is promised. */
static ct_code keep(struct ct_intake *in, struct ct_call *call, struct ct_err *err)
{
    struct ct_buf text;
    struct ct_err cause = { 0 };
    const struct ct_image_request *request = in->draft.request;
    struct ct_body body = { .form = in->upload && in->upload->is_form ? &in->upload->form : NULL };
    if ((!request->async && !call->respond_async) || request->stream)
        return CT_OK; /* a stream is refused, when it is submitted */
    if (!body.form)
        body.json = ct_slice_n(in->body->data, in->body->len);
    ct_buf_init(&text, CT_KEEP_MAX);
    ct_code rc = ct_keep_write(&text, in->operation, &body, request, err);
    call->task_kept = ct_blob_take(&text);
    CT_TRY(rc);
    if (!call->task_kept)
        return ct_fail(err, CT_E_MEMORY, NULL,
                       "The server is out of memory. Please try again later.");
    ct_job_make_id(call->task_id);
    if (ct_job_files_keep(call->api->job_files, call->task_id, request, &cause) == CT_OK)
        return CT_OK;
    call->task_id[0] = '\0';
    ct_log_event(call->api->log, CT_LOG_ERROR, "pictures of a task cannot be kept",
                 CT_LOG_Z("request_id", call->request_id), CT_LOG_Z("cause", cause.msg));
    return ct_fail(err, CT_E_STORAGE, NULL,
                   "The server cannot keep the pictures of this task at the moment, and did not "
                   "begin it. Please try again later.");
}

/* Before anything is fetched: a repeated request needs nothing, and what it names may be gone. A
 * draft that came here parsed has been through this. */
static void take_turn(struct ct_intake *in, struct ct_call *call)
{
    uint8_t fingerprint[CT_SHA256_LEN];
    if (!call->has_replay_id || !in->upload)
        return;
    const struct ct_fingerprint_of of = { call->route->method, call->route->path,
                                          call->respond_async };
    if (in->upload->is_form)
        ct_fingerprint_form(fingerprint, &of, &in->upload->form);
    else
        ct_fingerprint_json(fingerprint, &of, ct_slice_n(in->body->data, in->body->len));
    in->taken = !ct_replay_claim(call, in->draft.request->stream, fingerprint);
}

static ct_code gather(struct ct_intake *in, struct ct_call *call, struct ct_err *err)
{
    CT_TRY(parse(in, call, err));
    take_turn(in, call);
    if (in->taken)
        return CT_OK;
    CT_TRY(decode_data_urls(in, call, err));
    CT_TRY(take_files(in, call, err));
    CT_TRY(fetch_urls(in, call, err));
    CT_TRY(ct_draft_finish(&in->draft, err));
    ct_cached_make_key(call, in->draft.request);
    return keep(in, call, err);
}

/* --- on the loop ---------------------------------------------------------------------------- */

static void ready(struct ct_http_exchange *x, void *arg)
{
    struct ct_call *call = arg;
    struct ct_intake *in = call->intake;
    struct ct_err err = in->err;
    (void)x;
    if (err.code == CT_OK) {
        const struct ct_image_request *request = in->draft.request;
        struct ct_arena *arena = in->arena;
        struct ct_blob *body = in->body;
        in->draft.request = NULL;
        in->arena = NULL;
        in->body = NULL;
        if (ct_draw_submit(call, request, arena, body, &err) != CT_OK)
            ct_call_fail(call, &err, NULL);
    } else {
        ct_call_fail(call, &err, NULL);
    }
    ct_intake_free(&call->intake);
}

static void work(void *ctx)
{
    struct ct_call *call = ctx;
    struct ct_http_exchange *x = call->x;
    if (!ct_http_gone(x) && gather(call->intake, call, &call->intake->err) == CT_OK)
        call->intake->err.code = CT_OK;
    if (call->intake->taken)
        ct_intake_free(&call->intake);
    else
        ct_http_later(x, 0, ready, call);
    ct_call_unref(&call);
    ct_http_unref(&x);
}

static void start(struct ct_call *call)
{
    struct ct_err err = { 0 };
    struct ct_call *lent = ct_call_ref(call);
    struct ct_http_exchange *x = ct_http_ref(call->x);
    if (ct_workers_submit(call->api->workers, work, call))
        return;
    ct_call_unref(&lent);
    ct_http_unref(&x);
    (void)ct_fail(&err, CT_E_OVERLOADED, NULL,
                  "The server is overloaded: too many requests with pictures are waiting already. "
                  "Please try again later.");
    ct_call_fail(call, &err, NULL);
}

void ct_intake_start(struct ct_call *call, enum ct_operation operation)
{
    struct ct_err err = { 0 };
    struct ct_upload *upload = call->upload;
    struct ct_intake *in = ct_calloc(1, sizeof(*in));
    ct_code code = ct_upload_finish(upload, &err);
    if (!in)
        fail_memory(&err);
    if (!in || code != CT_OK) {
        ct_free(in);
        ct_call_fail(call, &err, NULL);
        return;
    }
    call->upload = NULL;
    call->intake = in;
    *in = (struct ct_intake){
        .operation = operation, .arena = upload->arena, .body = upload->json, .upload = upload
    };
    upload->arena = NULL;
    upload->json = NULL;
    start(call);
}

void ct_intake_start_draft(struct ct_call *call, const struct ct_draft *draft,
                           struct ct_arena *arena, struct ct_blob *body)
{
    struct ct_intake *in = ct_calloc(1, sizeof(*in));
    if (!in) {
        struct ct_err err = { 0 };
        struct ct_draft dropped = *draft;
        ct_draft_release(&dropped);
        ct_arena_free(&arena);
        ct_blob_unref(&body);
        fail_memory(&err);
        ct_call_fail(call, &err, NULL);
        return;
    }
    *in = (struct ct_intake){
        .operation = CT_OPERATION_GENERATE, .arena = arena, .body = body, .draft = *draft
    };
    call->intake = in;
    start(call);
}
