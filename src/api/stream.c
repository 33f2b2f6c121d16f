/* The stream of one call. The runner speaks (events) and the loop speaks (heartbeats); the lock
 * keeps begin, events and end in order. A comment line every ten seconds keeps proxies and the
 * SDKs' read timeouts content while a picture is being drawn (contract section 2.2). */
#include "api/stream.h"

#include "contract/reply.h"

#include <unistd.h>

#define HEARTBEAT_MS 10000
#define CONGESTED_BYTES ((size_t)32 << 20)
#define ERROR_FRAME_MAX 8192

static void add_stream_fields(struct ct_call_fields *fields)
{
    ct_call_add_field(fields, "cache-control", CT_S("no-cache"));
    ct_call_add_field(fields, "x-accel-buffering", CT_S("no"));
}

/* With the lock held. */
static void begin(struct ct_call *call)
{
    struct ct_call_fields fields = { .n = 0 };
    if (call->stream_begun)
        return;
    call->stream_begun = true;
    ct_call_standard_fields(call, &fields);
    add_stream_fields(&fields);
    ct_http_stream_begin(call->x, &(struct ct_http_response){
                                      .status = 200,
                                      .content_type = CT_STREAM_TYPE,
                                      .fields = fields.list,
                                      .n_fields = fields.n,
                                  });
}

static void heartbeat(struct ct_http_exchange *x, void *arg)
{
    struct ct_call *call = arg;
    pthread_mutex_lock(&call->lock);
    if (!call->stream_ended) {
        begin(call);
        ct_http_stream_send(x, ct_blob_static(": ping\n\n", 8));
        ct_http_later(x, HEARTBEAT_MS, heartbeat, call);
    }
    pthread_mutex_unlock(&call->lock);
}

void ct_stream_prepare(struct ct_call *call)
{
    ct_http_later(call->x, HEARTBEAT_MS, heartbeat, call);
}

void ct_stream_event(struct ct_call *call, struct ct_blob *frame)
{
    if (!frame)
        return;
    pthread_mutex_lock(&call->lock);
    if (call->stream_ended) {
        ct_blob_unref(&frame);
    } else {
        begin(call);
        ct_http_stream_send(call->x, frame);
    }
    pthread_mutex_unlock(&call->lock);
}

void ct_stream_end(struct ct_call *call)
{
    pthread_mutex_lock(&call->lock);
    if (!call->stream_ended) {
        call->stream_ended = true;
        begin(call);
        ct_http_stream_end(call->x);
    }
    pthread_mutex_unlock(&call->lock);
}

void ct_stream_fail(struct ct_call *call, const struct ct_err *err)
{
    struct ct_err shown;
    struct ct_buf frame;

    pthread_mutex_lock(&call->lock);
    bool begun = call->stream_begun;
    if (!begun)
        call->stream_ended = true; /* no heartbeat may begin it any more */
    pthread_mutex_unlock(&call->lock);
    if (!begun) {
        ct_call_fail(call, err, NULL);
        return;
    }
    atomic_store(&call->error, (int)err->code);
    ct_call_public_error(call, &shown, err);
    ct_buf_init(&frame, ERROR_FRAME_MAX);
    ct_reply_error_event(&frame, &shown);
    ct_stream_event(call, ct_blob_take(&frame));
    ct_stream_end(call);
}

/* False: heartbeats have begun the stream already. */
static bool take_whole(struct ct_call *call)
{
    pthread_mutex_lock(&call->lock);
    bool begun = call->stream_begun;
    call->stream_ended = call->stream_ended || !begun; /* no heartbeat may begin it any more */
    pthread_mutex_unlock(&call->lock);
    return !begun;
}

static struct ct_call_fields whole_fields(const char *content_type,
                                          const struct ct_call_fields *more)
{
    struct ct_call_fields fields = { .n = 0 };
    if (more)
        fields = *more;
    if (strcmp(content_type, CT_STREAM_TYPE) == 0)
        add_stream_fields(&fields);
    return fields;
}

void ct_stream_whole(struct ct_call *call, int status, const char *content_type,
                     struct ct_blob *body, const struct ct_call_fields *more)
{
    struct ct_buf frame;
    if (take_whole(call)) {
        struct ct_call_fields fields = whole_fields(content_type, more);
        ct_call_reply_stored(call, status, content_type, body, &fields);
        return;
    }
    if (status == 200) {
        ct_stream_event(call, body);
    } else {
        ct_buf_init(&frame, ERROR_FRAME_MAX);
        ct_buf_printf(&frame, "event: error\ndata: %.*s\n\n", body ? (int)body->len : 0,
                      body ? body->data : "");
        ct_blob_unref(&body);
        ct_stream_event(call, ct_blob_take(&frame));
    }
    ct_stream_end(call);
}

void ct_stream_whole_file(struct ct_call *call, int status, const char *content_type, int fd,
                          int64_t bytes, const struct ct_call_fields *more)
{
    if (take_whole(call)) {
        struct ct_call_fields fields = whole_fields(content_type, more);
        ct_call_reply_file(call, status, content_type, fd, bytes, &fields);
        return;
    }
    struct ct_err err = { 0 };
    close(fd);
    ct_fail(&err, CT_E_IDEMPOTENCY_BUSY, NULL,
            "It took long to find out that there is a reply already. Please ask again.");
    ct_stream_fail(call, &err);
}

bool ct_stream_congested(const struct ct_call *call)
{
    return ct_http_pending(call->x) > CONGESTED_BYTES;
}
