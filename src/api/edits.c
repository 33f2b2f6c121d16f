/* POST /v1/images/edits and /v1/images/variations: pictures come in, the rest is a generation's
 * way. The body was written to disk while it came (api/upload.c); api/intake.c reads it. */
#include "api/intake.h"

#include "base/clock.h"

void ct_api_edit(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    call->created = ct_clock_wall();
    ct_intake_start(call, CT_OPERATION_EDIT);
}

/* For clients that can set neither a header nor an unknown parameter. */
void ct_api_edit_async(struct ct_call *call, const struct ct_http_request *rq)
{
    call->respond_async = true;
    ct_api_edit(call, rq);
}

void ct_api_variation(struct ct_call *call, const struct ct_http_request *rq)
{
    (void)rq;
    call->created = ct_clock_wall();
    ct_intake_start(call, CT_OPERATION_VARIATION);
}
