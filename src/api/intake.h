/* The way in of a request that brings pictures: parse, get what it names, check, draw.
 *
 *   loop:   body whole --> ct_intake_start()        ready() --> ct_draw_submit()
 *   worker:                    parse, decode data URLs, fetch, read headers
 *
 * Everything that reads much or waits happens on a worker (base/workers), so an event loop never
 * does. A client that leaves ends the waiting; what was gathered goes with the call. */
#ifndef CT_API_INTAKE_H
#define CT_API_INTAKE_H

#include "api/call.h"
#include "api/upload.h"
#include "contract/parse.h"

struct ct_intake {
    enum ct_operation operation;
    struct ct_arena *arena;   /* owned, as the next two */
    struct ct_blob *body;     /* the JSON text; NULL for a form */
    struct ct_upload *upload; /* NULL for a generation */
    struct ct_draft draft;    /* request NULL: still to be parsed */
    struct ct_err err;        /* what the worker found */
    bool taken;               /* another request with its Idempotency-Key answers it */
};

/* The whole body of an edit or a variation is in call->upload. Answers in the end. Loop thread. */
void ct_intake_start(struct ct_call *call, enum ct_operation operation);
/* A draft that was parsed already and names pictures. Takes draft, arena and body. */
void ct_intake_start_draft(struct ct_call *call, const struct ct_draft *draft,
                           struct ct_arena *arena, struct ct_blob *body);
void ct_intake_free(struct ct_intake **intake);

#endif
