/* Server-sent events on a generation: partial pictures, finished pictures, heartbeats, errors.
 *
 * The stream begins with the first event or heartbeat; until then an error is an ordinary HTTP
 * error. All functions are thread-safe (call->lock). */
#ifndef CT_API_STREAM_H
#define CT_API_STREAM_H

#include "api/call.h"

#define CT_STREAM_TYPE "text/event-stream; charset=utf-8"

/* Starts the heartbeat; before the job is submitted. */
void ct_stream_prepare(struct ct_call *call);
/* Sends one frame; takes it (NULL is dropped). */
void ct_stream_event(struct ct_call *call, struct ct_blob *frame);
/* Ends with an error: an event when the stream has begun, else the error envelope. */
void ct_stream_fail(struct ct_call *call, const struct ct_err *err);
/* Answers with a whole reply where a stream was asked for, or with the rest of one that heartbeats
 * have begun. Takes body; `more` may be NULL. */
void ct_stream_whole(struct ct_call *call, int status, const char *content_type,
                     struct ct_blob *body, const struct ct_call_fields *more);
/* The same with a file, which is closed in any case. */
void ct_stream_whole_file(struct ct_call *call, int status, const char *content_type, int fd,
                          int64_t bytes, const struct ct_call_fields *more);
void ct_stream_end(struct ct_call *call);
/* A reader so slow that this many bytes wait is spared further partial pictures. */
bool ct_stream_congested(const struct ct_call *call);

#endif
