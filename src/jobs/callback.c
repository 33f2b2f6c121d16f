/* From the end of a job to the bytes of its delivery. On the database's thread, so nothing here
 * waits: pictures are named by URL, never read. */
#include "jobs/callback.h"

#include "base/hash.h"
#include "jobs/task.h"
#include "net/url.h"
#include "store/callback_rows.h"

#include <stdio.h>

#define ARENA_BYTES ((size_t)1 << 20)
#define BODY_MAX ((size_t)1 << 20)
#define TOLD_MS (CT_CALLBACK_HOURS * 3600000ll)

ct_code ct_callback_accept(struct ct_sql *sql, const struct ct_job *job, struct ct_err *err)
{
    struct ct_callback_row row = { job->request->callback_url, job->base_url };
    if (!job->durable || !row.url.ptr)
        return CT_OK;
    return ct_callback_row_insert(sql, ct_slice(job->id), &row, err);
}

static void make_id(char id[CT_DELIVERY_ID_MAX])
{
    memcpy(id, "evt_", 4);
    ct_make_id(id + 4);
}

static ct_code insert(struct ct_sql *sql, const struct ct_callback_row *callback,
                      const struct ct_task *task, const char *type, struct ct_slice body,
                      int64_t now_ms, struct ct_err *err)
{
    char id[CT_DELIVERY_ID_MAX];
    struct ct_url url;
    make_id(id);
    CT_TRY(ct_url_parse(&url, callback->url, err));
    return ct_delivery_row_insert(sql,
                                  &(struct ct_delivery_row){
                                      .id = ct_slice(id),
                                      .job_id = task->row.id,
                                      .key_id = task->row.key_id,
                                      .type = ct_slice(type),
                                      .url = callback->url,
                                      .host = ct_slice(url.host),
                                      .body = body,
                                      .created_ms = now_ms,
                                      .first_ms = now_ms,
                                      .next_ms = now_ms,
                                  },
                                  err);
}

static ct_code enqueue(struct ct_sql *sql, const struct ct_callbacks *callbacks,
                       const struct ct_callback_row *callback, const struct ct_task *task,
                       int64_t now_ms, struct ct_err *err)
{
    char type[32];
    struct ct_buf body;
    snprintf(type, sizeof(type), "task.%s", ct_task_status(task));
    ct_buf_init(&body, BODY_MAX);
    ct_code rc = ct_task_write(&body,
                               &(struct ct_task_context){
                                   .catalogue = callbacks->catalogue,
                                   .url_key = &callbacks->url_key,
                                   .url_expires = (now_ms + TOLD_MS) / 1000,
                                   .base_url = callback->base_url,
                                   .event = type,
                               },
                               task, true, err);
    if (rc == CT_OK && body.failed)
        rc = ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory.");
    if (rc == CT_OK)
        rc = insert(sql, callback, task, type, ct_buf_slice(&body), now_ms, err);
    ct_buf_release(&body);
    return rc;
}

ct_code ct_callback_enqueue(struct ct_sql *sql, const struct ct_callbacks *callbacks,
                            struct ct_slice job_id, struct ct_slice key_id, int64_t now_ms,
                            struct ct_err *err)
{
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct ct_callback_row callback;
    struct ct_task task;
    bool found;
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory.");
    CT_TRY(ct_callback_row_get(&found, &callback, sql, arena, job_id, err));
    if (!found)
        return CT_OK;
    CT_TRY(ct_job_row_keep(sql, job_id, now_ms + TOLD_MS, err));
    CT_TRY(ct_task_read(&task, sql, arena, job_id, key_id, err));
    return enqueue(sql, callbacks, &callback, &task, now_ms, err);
}
