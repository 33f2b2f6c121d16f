/* Asynchronous tasks (contract 7.2): durable jobs as their clients see them. */
#ifndef CT_API_TASK_H
#define CT_API_TASK_H

#include "api/call.h"
#include "jobs/task.h"

/* Makes a durable job of the request; 202 with its task object follows once it is written down.
 * Takes the request's input files, arena and body, also on failure; then nothing was answered. */
CT_MUSTCHECK ct_code ct_task_submit(struct ct_call *call, const struct ct_image_request *request,
                                    struct ct_arena *arena, struct ct_blob *body,
                                    struct ct_err *err);

/* The caller's task with that id (of the task, or of the request that made it). Texts live in the
 * arena. CT_E_NOT_FOUND, also for another key's. */
CT_MUSTCHECK ct_code ct_task_find(struct ct_task *out, struct ct_call *call, struct ct_slice id,
                                  struct ct_arena *arena, struct ct_err *err);
/* Appends the task object. With `pictures` a completed one carries them: URLs signed now, or
 * base64 when it was asked for so. */
CT_MUSTCHECK ct_code ct_task_put(struct ct_buf *b, struct ct_call *call, const struct ct_task *task,
                                 bool pictures, struct ct_err *err);

#endif
