/* A validated request becomes a job whose pictures answer the call: what every way of asking for
 * pictures shares once it knows what is wanted. */
#ifndef CT_API_DRAW_H
#define CT_API_DRAW_H

#include "api/call.h"

/* Prices the request and queues it; the reply follows from the job. Takes the request's input
 * files, arena and body (what its slices point into; NULL for none), also on failure. Loop thread
 * only; call->created is set. On failure nothing was answered yet. */
CT_MUSTCHECK ct_code ct_draw_submit(struct ct_call *call, const struct ct_image_request *request,
                                    struct ct_arena *arena, struct ct_blob *body,
                                    struct ct_err *err);
/* Makes the reply of a job that is about to be done and has it kept for those who ask again
 * (api/replay.h); on the runner's thread. */
void ct_draw_keep_reply(struct ct_call *call, const struct ct_job *job);
/* Holds the price of a request for the call. CT_E_QUOTA. */
CT_MUSTCHECK ct_code ct_draw_hold(struct ct_call *call, const struct ct_image_request *request,
                                  int64_t nano, struct ct_err *err);
/* The body that answers the request with pictures of the cache: an ImagesResponse, or the completed
 * events of a stream. NULL: out of memory. */
struct ct_blob *ct_draw_cached_reply(struct ct_call *call, const struct ct_image_request *request,
                                     const struct ct_cached *cached);
#define CT_WARNINGS_FIELD_MAX 901
/* x-calotype-warnings, when there are any; `text` is where its value lives. */
void ct_draw_add_warnings(struct ct_call_fields *fields, char text[CT_WARNINGS_FIELD_MAX],
                          const struct ct_image_request *request, char *const *warnings,
                          int n_warnings);

#endif
