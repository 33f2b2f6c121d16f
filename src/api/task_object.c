/* A task as its client asks for it: found, and written with URLs signed now.
 *
 * A task that ends between the two questions, to its row and to the queue, is asked for again. */
#include "api/task.h"

#include "api/urls.h"
#include "base/clock.h"

#define BASE_MAX 1024

struct finding {
    struct ct_task *task;
    struct ct_arena *arena;
    struct ct_slice id, key_id;
};

static ct_code find(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct finding *f = ctx;
    return ct_task_read(f->task, sql, f->arena, f->id, f->key_id, err);
}

ct_code ct_task_find(struct ct_task *out, struct ct_call *call, struct ct_slice id,
                     struct ct_arena *arena, struct ct_err *err)
{
    struct finding f = { out, arena, ct_slice_sub(id, 0, 200), ct_slice(call->caller.key_id) };
    CT_TRY(ct_db_read(call->api->db, find, &f, err));
    if (ct_task_is_over(out))
        return CT_OK;
    struct ct_job_view view;
    bool live = ct_jobs_look(call->api->jobs, out->row.id, &view);
    /* Not in the queue and not over in the row: it ended, or was put back, between the two. */
    if (!live)
        return ct_db_read(call->api->db, find, &f, err);
    out->live = true;
    out->view = view;
    return CT_OK;
}

ct_code ct_task_put(struct ct_buf *b, struct ct_call *call, const struct ct_task *task,
                    bool pictures, struct ct_err *err)
{
    struct ct_buf base;
    ct_buf_init(&base, BASE_MAX);
    ct_url_put_base(&base, call);
    ct_code rc = ct_task_write(b,
                               &(struct ct_task_context){
                                   .catalogue = call->api->contract.catalogue,
                                   .pictures = call->api->pictures,
                                   .url_key = &call->api->url_key,
                                   .url_expires = ct_clock_wall() + call->api->url_ttl_s,
                                   .base_url = ct_buf_slice(&base),
                               },
                               task, pictures, err);
    ct_buf_release(&base);
    return rc;
}
