/* The JSON that leaves: replies, stream events, errors. Used by api/ and cli/ alike. */
#ifndef CT_CONTRACT_REPLY_H
#define CT_CONTRACT_REPLY_H

#include "base/blob.h"
#include "contract/usage.h"

/* One finished picture of a reply. */
struct ct_reply_picture {
    struct ct_blob *file; /* encoded; borrowed */
    const char *url;      /* CT_REPLY_URL: the signed URL, else NULL */
    int32_t seed;
};

struct ct_reply {
    const struct ct_image_request *request;
    int64_t created;
    const struct ct_reply_picture *pictures;
    int n_pictures;
    struct ct_usage usage;
    const char *const *warnings; /* extended only */
    int n_warnings;
};

/* ImagesResponse (contract 2.1). Extended adds `seed` per picture, `warnings`, `model`. */
void ct_reply_images(struct ct_buf *b, const struct ct_reply *reply);
/* A task as it is polled (contract 7.2); a completed one has every field of an ImagesResponse too,
 * so that SDKs can read it as one. */
struct ct_reply_task {
    const char *id, *model;
    const char *event;    /* "task.completed": a callback says so in `type`; NULL: polled */
    const char *status;   /* "queued", "processing", "completed", "failed", "cancelled" */
    const char *base_url; /* "http://host": of the URLs to poll, cancel and follow it */
    int64_t created, completed, expires; /* unix seconds; 0: not yet */
    int progress;                        /* per cent */
    int queue_position, estimated_s;     /* -1: nothing to say */
    const struct ct_err *err;            /* failed: why; else NULL */
    const struct ct_reply *result;       /* completed: its pictures; else NULL */
};
void ct_reply_task(struct ct_buf *b, const struct ct_reply_task *task);
/* One SSE frame each (contract 2.2): `event: ...\ndata: {...}\n\n`. reply->usage of a completed
 * event is that picture's own (ct_usage_of_picture). */
void ct_reply_partial_event(struct ct_buf *b, const struct ct_image_request *request,
                            int64_t created, int partial_index, const struct ct_blob *file);
void ct_reply_completed_event(struct ct_buf *b, const struct ct_reply *reply, int picture);
void ct_reply_error_event(struct ct_buf *b, const struct ct_err *err);
/* The error as clients may see it: internal details replaced by the official sentence. */
void ct_reply_public_error(struct ct_err *out, const struct ct_err *err,
                           struct ct_slice request_id);
/* {"error":{"message","type","param","code"}} */
void ct_reply_error(struct ct_buf *b, const struct ct_err *err);
/* GET /v1/models and /v1/models/{id}. */
void ct_reply_models(struct ct_buf *b, const struct ct_catalogue *catalogue);
void ct_reply_model(struct ct_buf *b, const struct ct_model *model);

#endif
