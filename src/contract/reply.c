/* JSON written straight into the buffer that is sent: no tree in between, one pass.
 *
 * A reply is mostly base64, so its room is reserved once and the picture is encoded in place.
 * Keys come in the order of the live API's replies. Nothing here fails by itself: a buffer that
 * overflowed says so at its end. Pure functions: any thread. */
#include "contract/reply.h"

#include "base/base64.h"
#include "base/json.h"
#include "contract/words.h"

#include <stdio.h>

/* Everything of a reply that is neither picture nor text of the user. */
#define ENVELOPE_BYTES 1024

static void put_text(struct ct_buf *b, const char *key, const char *text)
{
    ct_json_put_key(b, key);
    ct_json_put_cstring(b, text);
}

static void put_slice(struct ct_buf *b, const char *key, struct ct_slice text)
{
    ct_json_put_key(b, key);
    ct_json_put_string(b, text);
}

static void put_int(struct ct_buf *b, const char *key, int64_t value)
{
    ct_json_put_key(b, key);
    ct_buf_puti(b, value);
}

static void put_b64(struct ct_buf *b, const struct ct_blob *file)
{
    ct_json_put_key(b, "b64_json");
    ct_buf_putc(b, '"');
    ct_base64_put(b, file->data, file->len);
    ct_buf_putc(b, '"');
}

static void put_size(struct ct_buf *b, const struct ct_image_request *request)
{
    ct_json_put_key(b, "size");
    ct_buf_printf(b, "\"%dx%d\"", request->width, request->height);
}

static const char *format_word(enum ct_format format)
{
    return ct_word_of(ct_format_words, CT_N_FORMAT_WORDS, (int)format);
}

static void put_usage(struct ct_buf *b, const struct ct_usage *u, bool output_details)
{
    int64_t in = u->image_tokens_in + u->text_tokens_in;
    int64_t out = u->image_tokens_out + u->text_tokens_out;

    ct_json_put_key(b, "usage");
    ct_buf_putc(b, '{');
    put_int(b, "input_tokens", in);
    ct_json_put_key(b, "input_tokens_details");
    ct_buf_putc(b, '{');
    put_int(b, "image_tokens", u->image_tokens_in);
    put_int(b, "text_tokens", u->text_tokens_in);
    ct_buf_putc(b, '}');
    put_int(b, "output_tokens", out);
    if (output_details) {
        ct_json_put_key(b, "output_tokens_details");
        ct_buf_putc(b, '{');
        put_int(b, "image_tokens", u->image_tokens_out);
        put_int(b, "text_tokens", u->text_tokens_out);
        ct_buf_putc(b, '}');
    }
    put_int(b, "total_tokens", in + out);
    ct_buf_putc(b, '}');
}

/* What both a reply and its last event end with. */
static void put_tail(struct ct_buf *b, const struct ct_reply *reply)
{
    const struct ct_image_request *request = reply->request;

    if (request->safety_identifier.ptr)
        put_slice(b, "safety_identifier", request->safety_identifier);
    if (!request->extended)
        return;
    put_text(b, "model", request->model->id);
    if (reply->n_warnings == 0)
        return;
    ct_json_put_key(b, "warnings");
    ct_buf_putc(b, '[');
    for (int i = 0; i < reply->n_warnings; i++) {
        if (i > 0)
            ct_buf_putc(b, ',');
        ct_json_put_cstring(b, reply->warnings[i]);
    }
    ct_buf_putc(b, ']');
}

static size_t picture_bytes(const struct ct_reply_picture *picture)
{
    return ENVELOPE_BYTES +
           (picture->url || !picture->file ? 0 : ct_base64_encoded_len(picture->file->len));
}

static void put_picture(struct ct_buf *b, const struct ct_reply_picture *picture)
{
    if (picture->url)
        put_text(b, "url", picture->url);
    else
        put_b64(b, picture->file);
}

static size_t result_bytes(const struct ct_reply *reply)
{
    size_t room = ENVELOPE_BYTES;
    for (int i = 0; i < reply->n_pictures; i++)
        room += picture_bytes(&reply->pictures[i]);
    return room;
}

static void put_data(struct ct_buf *b, const struct ct_reply *reply)
{
    ct_json_put_key(b, "data");
    ct_buf_putc(b, '[');
    for (int i = 0; reply && i < reply->n_pictures; i++) {
        if (i > 0)
            ct_buf_putc(b, ',');
        ct_buf_putc(b, '{');
        put_picture(b, &reply->pictures[i]);
        if (reply->request->extended)
            put_int(b, "seed", reply->pictures[i].seed);
        ct_buf_putc(b, '}');
    }
    ct_buf_putc(b, ']');
}

static void put_result(struct ct_buf *b, const struct ct_reply *reply)
{
    const struct ct_image_request *request = reply->request;
    put_text(b, "background", ct_background_name(request->background));
    put_data(b, reply);
    put_text(b, "output_format", format_word(request->format));
    put_text(b, "quality", ct_quality_name(request->quality));
    put_size(b, request);
    put_usage(b, &reply->usage, true);
    put_tail(b, reply);
}

void ct_reply_images(struct ct_buf *b, const struct ct_reply *reply)
{
    ct_buf_reserve(b, result_bytes(reply));
    ct_buf_putc(b, '{');
    put_int(b, "created", reply->created);
    put_result(b, reply);
    ct_buf_putc(b, '}');
}

static void put_task_urls(struct ct_buf *b, const struct ct_reply_task *task)
{
    ct_json_put_key(b, "poll_url");
    ct_buf_printf(b, "\"%s/v1/tasks/%s\"", task->base_url, task->id);
    ct_json_put_key(b, "cancel_url");
    ct_buf_printf(b, "\"%s/v1/tasks/%s/cancel\"", task->base_url, task->id);
    ct_json_put_key(b, "events_url");
    ct_buf_printf(b, "\"%s/v1/tasks/%s/events\"", task->base_url, task->id);
}

void ct_reply_public_error(struct ct_err *out, const struct ct_err *err, struct ct_slice request_id)
{
    *out = *err;
    if (ct_err_info(err->code)->status == 500)
        snprintf(out->msg, sizeof(out->msg),
                 "The server had an error while processing your request. Sorry about that! You "
                 "can retry your request, or contact whoever runs this server and include the "
                 "request ID %.*s.",
                 CT_SARG(request_id));
}

static void put_error_object(struct ct_buf *b, const struct ct_err *err)
{
    const struct ct_err_info *info = ct_err_info(err->code);
    ct_buf_putc(b, '{');
    put_text(b, "message", err->msg);
    put_text(b, "type", info->type);
    put_text(b, "param", err->param[0] ? err->param : NULL);
    put_text(b, "code", info->code);
    ct_buf_putc(b, '}');
}

void ct_reply_task(struct ct_buf *b, const struct ct_reply_task *task)
{
    const struct ct_reply *result = task->result;
    ct_buf_reserve(b, ENVELOPE_BYTES + (result ? result_bytes(result) : 0));
    ct_buf_putc(b, '{');
    put_text(b, "id", task->id);
    put_text(b, "task_id", task->id);
    put_text(b, "object", "image.generation.task");
    if (task->event)
        put_text(b, "type", task->event);
    put_int(b, "created", task->created);
    put_int(b, "created_at", task->created);
    if (task->expires)
        put_int(b, "expires_at", task->expires);
    else
        ct_buf_puts(b, ",\"expires_at\":null"); /* counted from its end */
    if (task->completed)
        put_int(b, "completed_at", task->completed);
    put_text(b, "status", task->status);
    put_int(b, "progress", task->progress);
    if (task->queue_position >= 0)
        put_int(b, "queue_position", task->queue_position);
    if (task->estimated_s >= 0)
        put_int(b, "estimated_seconds", task->estimated_s);
    put_task_urls(b, task);
    ct_json_put_key(b, "error");
    if (task->err)
        put_error_object(b, task->err);
    else
        ct_buf_puts(b, "null");
    if (result) {
        put_result(b, result);
    } else {
        put_data(b, NULL);
        put_text(b, "model", task->model);
    }
    ct_buf_putc(b, '}');
}

static void open_event(struct ct_buf *b, const struct ct_image_request *request, const char *what)
{
    const char *family =
        request->asked_as == CT_OPERATION_EDIT ? "image_edit" : "image_generation";
    ct_buf_printf(b, "event: %s.%s\ndata: {\"type\":\"%s.%s\"", family, what, family, what);
}

/* The fields that follow the picture in both events. */
static void put_event_fields(struct ct_buf *b, const struct ct_image_request *request,
                             int64_t created)
{
    put_int(b, "created_at", created);
    put_size(b, request);
    put_text(b, "quality", ct_quality_name(request->quality));
    put_text(b, "background", ct_background_name(request->background));
    put_text(b, "output_format", format_word(request->format));
}

void ct_reply_partial_event(struct ct_buf *b, const struct ct_image_request *request,
                            int64_t created, int partial_index, const struct ct_blob *file)
{
    ct_buf_reserve(b, ENVELOPE_BYTES + ct_base64_encoded_len(file->len));
    open_event(b, request, "partial_image");
    put_b64(b, file);
    put_event_fields(b, request, created);
    put_int(b, "partial_image_index", partial_index);
    ct_buf_puts(b, "}\n\n");
}

void ct_reply_completed_event(struct ct_buf *b, const struct ct_reply *reply, int picture)
{
    const struct ct_reply_picture *p = &reply->pictures[picture];

    ct_buf_reserve(b, picture_bytes(p));
    open_event(b, reply->request, "completed");
    put_picture(b, p);
    put_event_fields(b, reply->request, reply->created);
    put_usage(b, &reply->usage, false);
    if (reply->request->extended)
        put_int(b, "seed", p->seed);
    put_tail(b, reply);
    ct_buf_puts(b, "}\n\n");
}

void ct_reply_error(struct ct_buf *b, const struct ct_err *err)
{
    ct_buf_puts(b, "{\"error\":");
    put_error_object(b, err);
    ct_buf_putc(b, '}');
}

void ct_reply_error_event(struct ct_buf *b, const struct ct_err *err)
{
    ct_buf_puts(b, "event: error\ndata: ");
    ct_reply_error(b, err);
    ct_buf_puts(b, "\n\n");
}

void ct_reply_model(struct ct_buf *b, const struct ct_model *model)
{
    ct_buf_putc(b, '{');
    put_text(b, "id", model->id);
    put_text(b, "object", "model");
    put_int(b, "created", model->created);
    put_text(b, "owned_by", model->owned_by);
    if (model->shutdown_date)
        put_text(b, "shutdown_date", model->shutdown_date);
    ct_buf_putc(b, '}');
}

void ct_reply_models(struct ct_buf *b, const struct ct_catalogue *catalogue)
{
    ct_buf_puts(b, "{\"object\":\"list\",\"data\":[");
    for (size_t i = 0; i < ct_catalogue_count(catalogue); i++) {
        if (i > 0)
            ct_buf_putc(b, ',');
        ct_reply_model(b, ct_catalogue_at(catalogue, i));
    }
    ct_buf_puts(b, "]}");
}
