/* GET /v1/files, GET and DELETE /v1/files/{id}, GET /v1/files/{id}/content.
 *
 * One row is read on the network loop; what waits for the disk or may be long (a deletion, the
 * list) is a worker's. A file belongs to the key that made it; to all others it does not exist. */
#include "api/file.h"
#include "api/query.h"

#include "base/json.h"
#include "base/mem.h"

#include <stdio.h>
#include <unistd.h>

#define LIST_MAX 10000
#define NAME_FIELD_MAX (2 * CT_FILE_NAME_MAX + 64)

static const char *const purposes[] = { "assistants", "batch", "fine-tune", "vision", "user_data",
                                        "evals" };

ct_code ct_file_check_purpose(struct ct_slice purpose, struct ct_err *err)
{
    for (size_t i = 0; i < sizeof(purposes) / sizeof(purposes[0]); i++)
        if (ct_slice_is(purpose, purposes[i]))
            return CT_OK;
    return ct_fail(err, CT_E_VALUE, "purpose",
                   "Invalid value: '%.*s'. Supported values are: 'assistants', 'batch', "
                   "'fine-tune', 'vision', 'user_data', and 'evals'.",
                   (int)(purpose.len < 40 ? purpose.len : 40), purpose.ptr);
}

void ct_file_put_object(struct ct_buf *b, const struct ct_file *file)
{
    ct_buf_puts(b, "{\"id\":");
    ct_json_put_cstring(b, file->id);
    ct_buf_puts(b, ",\"object\":\"file\",\"bytes\":");
    ct_buf_printf(b, "%lld,\"created_at\":%lld,\"expires_at\":", (long long)file->bytes,
                  (long long)(file->created_ms / 1000));
    if (file->expires_ms)
        ct_buf_printf(b, "%lld", (long long)(file->expires_ms / 1000));
    else
        ct_buf_puts(b, "null");
    ct_buf_puts(b, ",\"filename\":");
    ct_json_put_cstring(b, file->filename);
    ct_buf_puts(b, ",\"purpose\":");
    ct_json_put_cstring(b, file->purpose);
    ct_buf_puts(b, ",\"status\":\"processed\",\"status_details\":null}");
}

/* --- on a worker ----------------------------------------------------------------------------- */

struct work {
    struct ct_call *call;
    struct ct_http_exchange *x;
    void (*fn)(struct ct_call *call, void *ctx);
    void *ctx;
};

static void work(void *ctx)
{
    struct work w = *(struct work *)ctx;
    ct_free(ctx);
    w.fn(w.call, w.ctx);
    ct_call_unref(&w.call);
    ct_http_unref(&w.x);
}

void ct_file_work(struct ct_call *call, void (*fn)(struct ct_call *call, void *ctx), void *ctx)
{
    struct ct_err err = { 0 };
    struct work *w = ct_malloc(sizeof(*w));
    if (w) {
        *w = (struct work){ ct_call_ref(call), ct_http_ref(call->x), fn, ctx };
        if (ct_workers_submit(call->api->workers, work, w))
            return;
        ct_call_unref(&w->call);
        ct_http_unref(&w->x);
        ct_free(w);
    }
    ct_free(ctx);
    (void)ct_fail(&err, CT_E_OVERLOADED, NULL,
                  "The server is overloaded: too many requests with files are waiting already. "
                  "Please try again later.");
    ct_call_fail(call, &err, NULL);
}

/* --- one file -------------------------------------------------------------------------------- */

static ct_code find(struct ct_file *file, struct ct_call *call, struct ct_err *err)
{
    return ct_files_get(file, call->api->files, call->id, ct_slice(call->caller.key_id), err);
}

void ct_api_file(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_file file;
    struct ct_buf body;
    (void)rq;
    if (find(&file, call, &err) != CT_OK) {
        ct_call_fail(call, &err, NULL);
        return;
    }
    ct_buf_init(&body, CT_FILE_REPLY_MAX);
    ct_file_put_object(&body, &file);
    ct_call_reply(call, 200, ct_blob_take(&body), NULL);
}

/* attachment; filename="..." as RFC 6266 has it: quotes and backslashes escaped, the rest of it is
 * UTF-8 or ASCII as sent. */
static void put_disposition(struct ct_buf *b, const char *name)
{
    ct_buf_puts(b, "attachment; filename=\"");
    for (const char *c = name; *c; c++) {
        if (*c == '"' || *c == '\\')
            ct_buf_putc(b, '\\');
        ct_buf_putc(b, *c);
    }
    ct_buf_putc(b, '"');
}

void ct_api_file_content(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_file file;
    struct ct_blob *bytes = NULL;
    struct ct_call_fields more = { .n = 0 };
    struct ct_buf disposition;
    (void)rq;
    ct_code rc = find(&file, call, &err);
    if (rc == CT_OK)
        rc = ct_files_read(&bytes, call->api->files, &file, &err);
    if (rc != CT_OK) {
        ct_call_fail(call, &err, NULL);
        return;
    }
    ct_buf_init(&disposition, NAME_FIELD_MAX);
    put_disposition(&disposition, file.filename);
    if (!disposition.failed)
        ct_call_add_field(&more, "content-disposition", ct_buf_slice(&disposition));
    ct_call_add_field(&more, "x-content-type-options", CT_S("nosniff"));
    ct_call_reply_as(call, 200, "application/octet-stream", bytes, &more);
    ct_buf_release(&disposition);
}

static void delete_file(struct ct_call *call, void *ctx)
{
    struct ct_err err = { 0 };
    struct ct_buf body;
    char *id = ctx;
    ct_code rc = ct_files_delete(call->api->files, ct_slice(id), ct_slice(call->caller.key_id),
                                 &err);
    ct_buf_init(&body, CT_FILE_REPLY_MAX);
    ct_buf_puts(&body, "{\"id\":");
    ct_json_put_cstring(&body, id);
    ct_buf_puts(&body, ",\"object\":\"file\",\"deleted\":true}");
    if (rc == CT_OK)
        ct_call_reply(call, 200, ct_blob_take(&body), NULL);
    else
        ct_call_fail(call, &err, NULL);
    ct_buf_release(&body);
    ct_free(id);
}

void ct_api_file_delete(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_file file;
    struct ct_err err = { 0 };
    (void)rq;
    if (find(&file, call, &err) == CT_OK)
        ct_file_work(call, delete_file, ct_strdup(file.id));
    else
        ct_call_fail(call, &err, NULL);
}

/* --- the list -------------------------------------------------------------------------------- */

static ct_code read_order(bool *oldest_first, struct ct_slice text, struct ct_err *err)
{
    *oldest_first = ct_slice_is(text, "asc");
    if (*oldest_first || ct_slice_is(text, "desc"))
        return CT_OK;
    return ct_fail(err, CT_E_VALUE, "order",
                   "Invalid value: '%.*s'. Supported values are: 'asc' and 'desc'.",
                   (int)(text.len < 40 ? text.len : 40), text.ptr);
}

/* What was asked for, in memory of its own: the request's is gone when a worker has it. */
struct listing {
    char purpose[CT_FILE_PURPOSE_MAX], after[CT_FILE_ID_MAX];
    bool oldest_first;
    int limit;
    struct ct_buf body;
    int n;
    char first[CT_FILE_ID_MAX], last[CT_FILE_ID_MAX];
};

static ct_code read_query(struct listing *l, struct ct_slice query, struct ct_err *err)
{
    struct ct_slice name, value;
    while (ct_query_next(&query, &name, &value)) {
        if (ct_slice_is(name, "limit"))
            CT_TRY(ct_query_limit(&l->limit, value, LIST_MAX, err));
        else if (ct_slice_is(name, "order"))
            CT_TRY(read_order(&l->oldest_first, value, err));
        else if (ct_slice_is(name, "purpose")) /* one that no file can have: no file has it */
            snprintf(l->purpose, sizeof(l->purpose), "%.*s", CT_SARG(value));
        else if (ct_slice_is(name, "after"))
            snprintf(l->after, sizeof(l->after), "%.*s", CT_SARG(value));
    }
    return CT_OK;
}

static void put_file(void *ctx, const struct ct_file *file)
{
    struct listing *l = ctx;
    if (l->n++ > 0)
        ct_buf_putc(&l->body, ',');
    else
        memcpy(l->first, file->id, sizeof(l->first));
    memcpy(l->last, file->id, sizeof(l->last));
    ct_file_put_object(&l->body, file);
}

static ct_code write_list(struct listing *l, struct ct_call *call, struct ct_err *err)
{
    bool more;
    const struct ct_file_list list = { .key_id = ct_slice(call->caller.key_id),
                                       .purpose = ct_slice(l->purpose[0] ? l->purpose : NULL),
                                       .after = ct_slice(l->after[0] ? l->after : NULL),
                                       .oldest_first = l->oldest_first,
                                       .limit = l->limit };
    ct_buf_puts(&l->body, "{\"object\":\"list\",\"data\":[");
    CT_TRY(ct_files_list(call->api->files, &list, put_file, l, &more, err));
    ct_buf_puts(&l->body, "],\"first_id\":");
    ct_json_put_cstring(&l->body, l->n ? l->first : NULL);
    ct_buf_puts(&l->body, ",\"last_id\":");
    ct_json_put_cstring(&l->body, l->n ? l->last : NULL);
    ct_buf_puts(&l->body, more ? ",\"has_more\":true}" : ",\"has_more\":false}");
    return CT_OK;
}

static void list_files(struct ct_call *call, void *ctx)
{
    struct listing *l = ctx;
    struct ct_err err = { 0 };
    if (write_list(l, call, &err) == CT_OK)
        ct_call_reply(call, 200, ct_blob_take(&l->body), NULL);
    else
        ct_call_fail(call, &err, NULL);
    ct_buf_release(&l->body);
    ct_free(l);
}

void ct_api_files(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct listing *l = ct_calloc(1, sizeof(*l));
    ct_code rc = l ? CT_OK : ct_fail(&err, CT_E_MEMORY, NULL, "The server is out of memory.");
    if (l) {
        l->limit = LIST_MAX;
        ct_buf_init(&l->body, CT_FILE_REPLY_MAX);
        rc = read_query(l, rq->query, &err);
    }
    if (rc == CT_OK) {
        ct_file_work(call, list_files, l);
        return;
    }
    ct_free(l);
    ct_call_fail(call, &err, NULL);
}
