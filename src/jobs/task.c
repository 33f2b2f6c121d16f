/* A task, written down as JSON: see task.h. */
#include "jobs/task.h"

#include "base/json.h"
#include "base/mem.h"
#include "contract/reply.h"
#include "contract/size.h"
#include "policy/url_sign.h"

#include <stdio.h>
#include <unistd.h>

#define URL_MAX 1024
#define PICTURE_MAX ((size_t)256 << 20)
#define MAX_WARNINGS 32

ct_code ct_task_read(struct ct_task *out, struct ct_sql *sql, struct ct_arena *arena,
                     struct ct_slice id, struct ct_slice key_id, struct ct_err *err)
{
    *out = (struct ct_task){ .live = false };
    CT_TRY(ct_job_row_get(&out->row, sql, arena, id, key_id, false, err));
    return ct_job_row_pictures(out->pictures, CT_JOB_MAX_PICTURES, &out->n_pictures, sql, arena,
                               out->row.id, err);
}

bool ct_task_is_over(const struct ct_task *task)
{
    return ct_job_state_ends((enum ct_job_state)task->row.state);
}

const char *ct_task_status(const struct ct_task *task)
{
    switch ((enum ct_job_state)task->row.state) {
    case CT_JOB_QUEUED:
        return task->live && task->view.running ? "processing" : "queued";
    case CT_JOB_DONE:
        return "completed";
    case CT_JOB_FAILED:
    case CT_JOB_EXPIRED:
        return "failed";
    case CT_JOB_CANCELLED:
        return "cancelled";
    default:
        return "processing";
    }
}

/* What the reply's writer wants to know of a request, from the row of one that is over. */
static bool request_of(struct ct_image_request *out, const struct ct_task_context *context,
                       const struct ct_job_row *row)
{
    *out = (struct ct_image_request){
        .model = ct_catalogue_find(context->catalogue, row->model),
        .n = row->n,
        .safety_identifier = row->safety_identifier,
        .extended = row->extended,
        .reply_as = (enum ct_reply_as)row->reply_as,
        .background = ct_slice_is(row->background, "transparent") ? CT_BACKGROUND_TRANSPARENT
                                                                  : CT_BACKGROUND_OPAQUE,
    };
    for (int q = 0; q < CT_QUALITY_COUNT; q++)
        if (ct_slice_is(row->quality, ct_quality_name((enum ct_quality)q)))
            out->quality = (enum ct_quality)q;
    for (int f = 0; f < CT_FORMAT_COUNT; f++)
        if (ct_slice_is(row->format, ct_format_name((enum ct_format)f)))
            out->format = (enum ct_format)f;
    return out->model && ct_size_read(&out->width, &out->height, row->size);
}

struct result {
    struct ct_image_request request;
    struct ct_reply reply;
    struct ct_reply_picture pictures[CT_JOB_MAX_PICTURES];
    struct ct_buf urls[CT_JOB_MAX_PICTURES];
    const char *warnings[MAX_WARNINGS];
    struct ct_arena *arena;
};

static void release_result(struct result *r)
{
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++) {
        ct_blob_unref(&r->pictures[i].file);
        ct_buf_release(&r->urls[i]);
    }
    ct_arena_free(&r->arena);
}

static ct_code read_picture(struct ct_blob **out, struct ct_pictures *pictures,
                            struct ct_slice name, struct ct_err *err)
{
    struct ct_picture_file file;
    struct ct_buf bytes;
    CT_TRY(ct_pictures_get(pictures, &file, name, err));
    ct_buf_init(&bytes, PICTURE_MAX);
    if (ct_buf_reserve(&bytes, (size_t)file.size)) {
        ssize_t n = pread(file.fd, bytes.data, (size_t)file.size, 0);
        if (n == file.size)
            bytes.len = (size_t)n;
        else
            bytes.failed = true;
    }
    close(file.fd);
    *out = ct_blob_take(&bytes);
    return *out ? CT_OK : ct_fail(err, CT_E_IO, NULL, "A picture of the task cannot be read.");
}

static void read_warnings(struct result *r, struct ct_slice json)
{
    const struct ct_json *list = NULL;
    if (!json.ptr || ct_json_parse(&list, r->arena, json, NULL, NULL) != CT_OK)
        return;
    for (const struct ct_json *w = list->child; w && r->reply.n_warnings < MAX_WARNINGS;
         w = w->next)
        if (w->type == CT_JSON_STRING)
            r->warnings[r->reply.n_warnings++] = ct_arena_strdup(r->arena, w->text);
}

/* Release it afterwards, also on failure. */
static ct_code fill_result(struct result *r, const struct ct_task_context *context,
                           const struct ct_task *task, struct ct_err *err)
{
    const struct ct_job_row *row = &task->row;
    *r = (struct result){ .arena = ct_arena_new((size_t)1 << 20) };
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++)
        ct_buf_init(&r->urls[i], URL_MAX);
    if (!r->arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "The server is out of memory.");
    if (!request_of(&r->request, context, row))
        return ct_fail(err, CT_E_INTERNAL, NULL, "The row of task %.*s cannot be read.",
                       CT_SARG(row->id));
    if (!context->pictures)
        r->request.reply_as = CT_REPLY_URL;
    r->reply = (struct ct_reply){
        .request = &r->request,
        .created = row->created_ms / 1000,
        .pictures = r->pictures,
        .n_pictures = task->n_pictures,
        .usage = { .text_tokens_in = row->text_tokens_in,
                   .image_tokens_in = row->image_tokens_in,
                   .image_tokens_out = row->image_tokens_out },
        .warnings = r->warnings,
    };
    read_warnings(r, row->warnings);
    for (int i = 0; i < task->n_pictures; i++) {
        char name[CT_PICTURE_NAME_MAX];
        snprintf(name, sizeof(name), "%.*s", CT_SARG(task->pictures[i].name));
        r->pictures[i].seed = task->pictures[i].seed;
        if (r->request.reply_as == CT_REPLY_B64_JSON) {
            CT_TRY(read_picture(&r->pictures[i].file, context->pictures, task->pictures[i].name,
                                err));
            continue;
        }
        if (context->pictures) /* of one that is told, the row is kept as long */
            (void)ct_pictures_touch(context->pictures, task->pictures[i].name);
        ct_buf_put(&r->urls[i], context->base_url);
        ct_url_sign_picture(&r->urls[i], context->url_key, name, context->url_expires);
        r->pictures[i].url = ct_buf_text(&r->urls[i]);
    }
    return CT_OK;
}

/* Why it is over without pictures, in the words of its row. */
static bool read_error(struct ct_err *out, const struct ct_job_row *row)
{
    struct ct_err why = { 0 };
    if (!row->error.ptr)
        return false;
    if (!ct_err_by_name(&why.code, row->error))
        why.code = CT_E_INTERNAL; /* a row that is no more */
    snprintf(why.msg, sizeof(why.msg), "%.*s", CT_SARG(row->error_message));
    snprintf(why.param, sizeof(why.param), "%.*s", CT_SARG(row->error_param));
    ct_reply_public_error(out, &why, row->request_id);
    return true;
}

ct_code ct_task_write(struct ct_buf *b, const struct ct_task_context *context,
                      const struct ct_task *task, bool results, struct ct_err *err)
{
    struct result result = { .arena = NULL };
    const struct ct_job_row *row = &task->row;
    bool done = results && row->state == CT_JOB_DONE;
    char id[CT_JOB_ID_MAX], model[128];
    struct ct_buf base;
    struct ct_err why;
    ct_code rc = CT_OK;

    snprintf(id, sizeof(id), "%.*s", CT_SARG(row->id));
    snprintf(model, sizeof(model), "%.*s", CT_SARG(row->model));
    ct_buf_init(&base, URL_MAX);
    ct_buf_put(&base, context->base_url);
    struct ct_reply_task reply = {
        .id = id,
        .event = context->event,
        .model = model,
        .status = ct_task_status(task),
        .base_url = ct_buf_text(&base),
        .created = row->created_ms / 1000,
        .completed = row->ended_ms / 1000,
        .expires = row->expires_ms / 1000,
        .progress = row->state == CT_JOB_DONE ? 100 : task->live ? task->view.progress : 0,
        .queue_position = task->live && !task->view.running ? task->view.position : -1,
        .estimated_s = task->live ? task->view.estimated_s : -1,
        .err = read_error(&why, row) ? &why : NULL,
        .result = done ? &result.reply : NULL,
    };
    if (done)
        rc = fill_result(&result, context, task, err);
    if (rc == CT_OK)
        ct_reply_task(b, &reply);
    release_result(&result);
    ct_buf_release(&base);
    return rc;
}
