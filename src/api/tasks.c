/* GET /v1/tasks, GET and DELETE /v1/tasks/{id}, POST /v1/tasks/{id}/cancel.
 *
 * The database is read on the network loop: a row by its key takes some ten microseconds and never
 * waits for the writer. Nothing of a task may be kept by a cache. */
#include "api/query.h"
#include "api/task.h"

#include "base/json.h"
#include "policy/fingerprint.h"

#define ARENA_BYTES ((size_t)4 << 20)
#define REPLY_MAX ((size_t)1 << 30)
#define LIST_DEFAULT 20
#define LIST_MAX 100

static void reply_no_store(struct ct_call *call, int status, struct ct_buf *body)
{
    struct ct_call_fields fields = { .n = 0 };
    ct_call_add_field(&fields, "cache-control", CT_S("no-store"));
    if (status == 202)
        ct_call_add_field(&fields, "retry-after", CT_S("1"));
    struct ct_blob *blob = ct_blob_take(body);
    if (call->claim && blob) /* of a cancel: who asks again is told the same */
        ct_replay_answer_alone(call, status, "application/json", blob, &fields);
    else
        ct_call_reply_stored(call, status, "application/json", blob, &fields);
}

static ct_code find(struct ct_task *task, struct ct_call *call, struct ct_arena *arena,
                    struct ct_err *err)
{
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory.");
    return ct_task_find(task, call, call->id, arena, err);
}

void ct_api_task(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_task task;
    struct ct_buf body;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    (void)rq;
    ct_buf_init(&body, REPLY_MAX);
    ct_code rc = find(&task, call, arena, &err);
    if (rc == CT_OK)
        rc = ct_task_put(&body, call, &task, true, &err);
    if (rc == CT_OK)
        reply_no_store(call, 200, &body);
    else
        ct_call_fail(call, &err, NULL);
    ct_buf_release(&body);
}

/* A waiting task was ended while its client waits for the answer. */
static void on_cancelled(void *ctx, ct_code rc)
{
    struct ct_call *call = ctx;
    struct ct_http_exchange *x = call->x;
    struct ct_err err = { 0 };
    struct ct_task task;
    struct ct_buf body;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    ct_buf_init(&body, REPLY_MAX);
    if (rc != CT_OK)
        ct_fail(&err, CT_E_STORAGE, NULL,
                "The task could not be cancelled: the server's database cannot be written at the "
                "moment. It waits as before. Please try again later.");
    else if ((rc = find(&task, call, arena, &err)) == CT_OK)
        rc = ct_task_put(&body, call, &task, false, &err);
    if (rc == CT_OK)
        reply_no_store(call, 200, &body);
    else
        ct_call_fail(call, &err, NULL);
    ct_buf_release(&body);
    ct_call_unref(&call);
    ct_http_unref(&x);
}

static ct_code cancel(struct ct_call *call, struct ct_err *err)
{
    struct ct_task task;
    struct ct_buf body;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    CT_TRY(find(&task, call, arena, err));
    if (ct_task_is_over(&task))
        return ct_fail(err, CT_E_TASK_ENDED, NULL,
                       "Task '%.*s' is %s already and cannot be cancelled.", CT_SARG(task.row.id),
                       ct_task_status(&task));
    struct ct_http_exchange *x = ct_http_ref(call->x);
    ct_call_ref(call);
    enum ct_cancel_result result =
        ct_jobs_cancel_id(call->api->jobs, task.row.id, on_cancelled, call);
    if (result == CT_CANCEL_ENDING)
        return CT_OK; /* answered by on_cancelled() */
    ct_http_unref(&x);
    struct ct_call *lent = call;
    ct_call_unref(&lent);
    if (result == CT_CANCEL_NOT_LIVE)
        return ct_fail(err, CT_E_TASK_ENDED, NULL, "Task '%.*s' has just ended.",
                       CT_SARG(task.row.id));
    task.view.cancelling = true;
    ct_buf_init(&body, REPLY_MAX);
    ct_code rc = ct_task_put(&body, call, &task, false, err);
    if (rc == CT_OK)
        reply_no_store(call, 202, &body);
    ct_buf_release(&body);
    return rc;
}

void ct_api_task_cancel(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    uint8_t fingerprint[CT_SHA256_LEN];
    const struct ct_fingerprint_of of = { call->route->method, call->route->path, false };
    (void)rq;
    ct_fingerprint_json(fingerprint, &of, call->id);
    if (!ct_replay_claim(call, false, fingerprint))
        return;
    if (cancel(call, &err) != CT_OK)
        ct_call_fail(call, &err, NULL);
}

#define STATE(state) (1u << (state))

/* The words of the API, and those of other services for the same (contract 7.2). */
static ct_code read_status(unsigned *out, struct ct_slice text, struct ct_err *err)
{
    static const unsigned processing = STATE(CT_JOB_RUNNING) | STATE(CT_JOB_FINISHING) |
                                       STATE(CT_JOB_SENT) | STATE(CT_JOB_UNKNOWN);
    static const struct {
        const char *word;
        unsigned states;
    } words[] = {
        { "queued", STATE(CT_JOB_QUEUED) },
        { "pending", STATE(CT_JOB_QUEUED) },
        { "processing", processing },
        { "completed", STATE(CT_JOB_DONE) },
        { "succeeded", STATE(CT_JOB_DONE) },
        { "failed", STATE(CT_JOB_FAILED) | STATE(CT_JOB_EXPIRED) },
        { "cancelled", STATE(CT_JOB_CANCELLED) },
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (ct_slice_is(text, words[i].word)) {
            *out = words[i].states;
            return CT_OK;
        }
    return ct_fail(err, CT_E_VALUE, "status",
                   "Invalid value: '%.*s'. Supported values are: 'queued', 'processing', "
                   "'completed', 'failed', and 'cancelled'.",
                   (int)(text.len < 40 ? text.len : 40), text.ptr);
}

static ct_code read_query(struct ct_job_list *list, struct ct_slice query, struct ct_err *err)
{
    struct ct_slice name, value;
    while (ct_query_next(&query, &name, &value)) {
        if (ct_slice_is(name, "limit"))
            CT_TRY(ct_query_limit(&list->limit, value, LIST_MAX, err));
        else if (ct_slice_is(name, "status"))
            CT_TRY(read_status(&list->states, value, err));
        else if (ct_slice_is(name, "after"))
            list->after = value;
    }
    return CT_OK;
}

struct listing {
    struct ct_job_list list;
    struct ct_job_row rows[LIST_MAX];
    int n;
    bool more;
    struct ct_arena *arena;
};

static ct_code read_list(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct listing *l = ctx;
    return ct_job_row_list(l->rows, &l->n, &l->more, sql, l->arena, &l->list, err);
}

static void put_id(struct ct_buf *b, const char *key, struct ct_slice id)
{
    ct_json_put_key(b, key);
    if (id.ptr)
        ct_json_put_string(b, id);
    else
        ct_buf_puts(b, "null");
}

static ct_code put_list(struct ct_buf *b, struct ct_call *call, const struct listing *l,
                        struct ct_err *err)
{
    static const struct ct_slice none = { 0 };
    ct_buf_puts(b, "{\"object\":\"list\",\"data\":[");
    for (int i = 0; i < l->n; i++) {
        struct ct_task task = { .row = l->rows[i] };
        if (!ct_task_is_over(&task))
            task.live = ct_jobs_look(call->api->jobs, task.row.id, &task.view);
        if (i > 0)
            ct_buf_putc(b, ',');
        CT_TRY(ct_task_put(b, call, &task, false, err));
    }
    ct_buf_putc(b, ']');
    put_id(b, "first_id", l->n ? l->rows[0].id : none);
    put_id(b, "last_id", l->n ? l->rows[l->n - 1].id : none);
    ct_json_put_key(b, "has_more");
    ct_buf_puts(b, l->more ? "true}" : "false}");
    return CT_OK;
}

static ct_code list_tasks(struct ct_buf *body, struct ct_call *call, struct ct_slice query,
                          struct listing *l, struct ct_err *err)
{
    l->list = (struct ct_job_list){ .key_id = ct_slice(call->caller.key_id),
                                    .limit = LIST_DEFAULT };
    CT_TRY(read_query(&l->list, query, err));
    CT_TRY(ct_db_read(call->api->db, read_list, l, err));
    return put_list(body, call, l, err);
}

void ct_api_tasks(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_buf body;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct listing *l = arena ? ct_arena_alloc(arena, sizeof(*l)) : NULL;
    ct_code rc = l ? CT_OK : ct_fail(&err, CT_E_MEMORY, NULL, "The server is out of memory.");
    ct_buf_init(&body, REPLY_MAX);
    if (l) {
        l->arena = arena;
        rc = list_tasks(&body, call, rq->query, l, &err);
    }
    if (rc == CT_OK)
        reply_no_store(call, 200, &body);
    else
        ct_call_fail(call, &err, NULL);
    ct_buf_release(&body);
}
