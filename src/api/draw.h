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

#endif
