/* Who waits for whom: requests for the same pictures at the same time (cached.c's other half). */
#ifndef CT_API_FLIGHT_H
#define CT_API_FLIGHT_H

#include "api/cached.h"

/* Whether the key of the call is being drawn. False: the call draws it now (ct_cached_draws() says
 * with which job, ct_flight__end() must follow). */
bool ct_flight__is_up(struct ct_call *call);
/* Waits for it; false: it has ended meanwhile, and the call draws it now. */
bool ct_flight__join(struct ct_call *call, bool stream);
/* Answers who waits, with the pictures or (NULL) the error. */
void ct_flight__end(struct ct_call *call, const struct ct_cached *cached, const struct ct_err *err);
/* cached.c's: answers a call that waited. */
void ct_flight__give(struct ct_call *call, const struct ct_cached *cached);

#endif
