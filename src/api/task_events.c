/* GET /v1/tasks/{id}/events: a task followed live.
 *
 *   event: task.progress   data: the task object without pictures, whenever something changed
 *   event: task.completed  data: the whole object; also task.failed, task.cancelled; then the end
 *
 * The loop looks at the task four times a second: it costs one row and one look into the queue,
 * and needs no list of listeners that a runner would have to serve. */
#include "api/stream.h"
#include "api/task.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"

#define LOOK_MS 250
#define ARENA_BYTES ((size_t)4 << 20)
#define FRAME_MAX ((size_t)1 << 30)

/* Kept on the call: freed with it. */
struct ct_task_watch {
    char id[CT_JOB_ID_MAX];
    uint64_t told; /* hash of what was told last */
};

static uint64_t summary(const struct ct_task *task)
{
    const int told[] = { task->row.state, task->live, task->view.running, task->view.cancelling,
                         task->view.progress, task->view.position };
    return ct_hash64(told, sizeof(told), 0);
}

static ct_code tell(struct ct_call *call, const struct ct_task *task, bool over,
                    struct ct_err *err)
{
    struct ct_buf frame;
    ct_buf_init(&frame, FRAME_MAX);
    ct_buf_printf(&frame, "event: task.%s\ndata: ", over ? ct_task_status(task) : "progress");
    ct_code rc = ct_task_put(&frame, call, task, over, err);
    ct_buf_puts(&frame, "\n\n");
    if (rc == CT_OK)
        ct_stream_event(call, ct_blob_take(&frame));
    ct_buf_release(&frame);
    return rc;
}

/* One look. *over: the stream has its last event. */
static ct_code look(struct ct_call *call, bool *over, struct ct_err *err)
{
    struct ct_task_watch *watch = call->watch;
    struct ct_task task;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory.");
    CT_TRY(ct_task_find(&task, call, ct_slice(watch->id), arena, err));
    *over = ct_task_is_over(&task);
    uint64_t now = summary(&task);
    if (now == watch->told && !*over)
        return CT_OK;
    watch->told = now;
    return tell(call, &task, *over, err);
}

static void look_again(struct ct_http_exchange *x, void *arg)
{
    struct ct_call *call = arg;
    struct ct_err err = { 0 };
    bool over = false;
    if (look(call, &over, &err) != CT_OK)
        ct_stream_fail(call, &err);
    else if (over)
        ct_stream_end(call);
    else
        ct_http_later(x, LOOK_MS, look_again, call);
}

void ct_api_task_events(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_task task;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    (void)rq;
    struct ct_task_watch *watch = ct_calloc(1, sizeof(*watch));
    ct_code rc = arena && watch ? CT_OK
                                : ct_fail(&err, CT_E_MEMORY, NULL, "The server is out of memory.");
    if (rc == CT_OK)
        rc = ct_task_find(&task, call, call->id, arena, &err);
    if (rc != CT_OK) {
        ct_free(watch);
        ct_call_fail(call, &err, NULL);
        return;
    }
    memcpy(watch->id, task.row.id.ptr,
           task.row.id.len < sizeof(watch->id) ? task.row.id.len : sizeof(watch->id) - 1);
    call->watch = watch;
    ct_stream_prepare(call);
    look_again(call->x, call);
}
