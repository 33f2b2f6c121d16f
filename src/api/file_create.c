/* POST /v1/files: the form was spooled while it came (api/upload.c); a worker checks it, gives the
 * bytes a name and writes the row. */
#include "api/file.h"
#include "api/upload.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "contract/check.h"

#include <stdio.h>

#define EXPIRES_MIN_S 3600
#define EXPIRES_MAX_S 2592000
#define BATCH_MAX ((int64_t)200 << 20)

static ct_code check_names(const struct ct_json *form, struct ct_err *err)
{
    for (const struct ct_json *m = form->child; m; m = m->next) {
        if (ct_slice_is(m->key, "purpose") || ct_slice_is(m->key, "expires_after[anchor]") ||
            ct_slice_is(m->key, "expires_after[seconds]"))
            continue;
        struct ct_slice key = ct_quote(m->key);
        return ct_fail(err, CT_E_UNKNOWN, NULL, "Unknown parameter: '%.*s'.", CT_SARG(key));
    }
    return CT_OK;
}

static ct_code check_seconds(int64_t *out, const struct ct_json *value, struct ct_err *err)
{
    static const char param[] = "expires_after[seconds]";
    if (!value)
        return ct_check_missing(param, err);
    if (!ct_slice_i64(value->text, out))
        return ct_fail(err, CT_E_TYPE, param,
                       "Invalid type for '%s': expected an integer, but got a string value that "
                       "could not be converted into an integer.",
                       param);
    if (*out < EXPIRES_MIN_S)
        return ct_fail(err, CT_E_INT_MIN, param,
                       "Invalid '%s': integer below minimum value. Expected a value >= %d, but got "
                       "%lld instead.",
                       param, EXPIRES_MIN_S, (long long)*out);
    if (*out > EXPIRES_MAX_S)
        return ct_fail(err, CT_E_INT_MAX, param,
                       "Invalid '%s': integer above maximum value. Expected a value <= %d, but got "
                       "%lld instead.",
                       param, EXPIRES_MAX_S, (long long)*out);
    return CT_OK;
}

/* *seconds 0: it stays. */
static ct_code check_expiry(int64_t *seconds, const struct ct_json *form, struct ct_err *err)
{
    const struct ct_json *anchor = ct_json_get(form, "expires_after[anchor]");
    const struct ct_json *value = ct_json_get(form, "expires_after[seconds]");
    *seconds = 0;
    if (!anchor && !value)
        return CT_OK;
    if (!anchor)
        return ct_check_missing("expires_after[anchor]", err);
    if (!ct_slice_is(anchor->text, "created_at")) {
        struct ct_slice shown = ct_quote(anchor->text);
        return ct_fail(err, CT_E_VALUE, "expires_after[anchor]",
                       "Invalid value: '%.*s'. Value must be 'created_at'.", CT_SARG(shown));
    }
    return check_seconds(seconds, value, err);
}

/* A label: the last part of what was sent, without what a header or a terminal would trip over. */
static void set_filename(struct ct_file *file, struct ct_slice sent)
{
    size_t at = 0;
    for (size_t i = 0; i < sent.len; i++)
        if (sent.ptr[i] == '/' || sent.ptr[i] == '\\')
            at = i + 1;
    struct ct_slice name = ct_slice_sub(sent, at, sent.len);
    if (!ct_utf8_valid(name))
        name = (struct ct_slice){ 0 };
    name = ct_utf8_cut(name, sizeof(file->filename) - 1);
    snprintf(file->filename, sizeof(file->filename), "%.*s", name.len ? (int)name.len : 6,
             name.len ? name.ptr : "upload");
    for (char *c = file->filename; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '_';
}

static ct_code read_form(struct ct_file *file, const struct ct_call *call, struct ct_err *err)
{
    const struct ct_upload *u = call->upload;
    const struct ct_json *form = &u->form.object;
    const struct ct_json *purpose = ct_json_get(form, "purpose");
    int64_t seconds;

    *file = (struct ct_file){ .expires_ms = 0 };
    CT_TRY(check_names(form, err));
    if (!u->file)
        return ct_check_missing("file", err);
    if (!purpose)
        return ct_check_missing("purpose", err);
    CT_TRY(ct_file_check_purpose(purpose->text, err));
    CT_TRY(check_expiry(&seconds, form, err));
    bool batch = ct_slice_is(purpose->text, "batch");
    if (batch && (int64_t)u->file->len > BATCH_MAX)
        return ct_fail(err, CT_E_FORM, NULL, "File is too large.");
    if (batch && seconds == 0)
        seconds = EXPIRES_MAX_S;
    if (seconds)
        file->expires_ms = ct_clock_wall_ms() + seconds * 1000;
    snprintf(file->key_id, sizeof(file->key_id), "%s", call->caller.key_id);
    snprintf(file->purpose, sizeof(file->purpose), "%.*s", CT_SARG(purpose->text));
    set_filename(file, u->filename);
    return CT_OK;
}

static void create(struct ct_call *call, void *ctx)
{
    struct ct_err err = { 0 };
    struct ct_file file;
    struct ct_buf body;
    (void)ctx;
    ct_code rc = read_form(&file, call, &err);
    if (rc == CT_OK)
        rc = ct_files_put(call->api->files, &file, call->upload->file, &err);
    if (rc != CT_OK) {
        ct_call_fail(call, &err, NULL);
        return;
    }
    ct_buf_init(&body, CT_FILE_REPLY_MAX);
    ct_file_put_object(&body, &file);
    ct_call_reply(call, 200, ct_blob_take(&body), NULL);
}

void ct_api_file_create(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    (void)rq;
    if (ct_upload_finish(call->upload, &err) == CT_OK)
        ct_file_work(call, create, NULL);
    else
        ct_call_fail(call, &err, NULL);
}
