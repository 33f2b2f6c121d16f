/* The price of a request before it is sent, as JSON. */
#ifndef CT_POLICY_ESTIMATE_H
#define CT_POLICY_ESTIMATE_H

#include "base/buf.h"
#include "contract/usage.h"

/* Appends the object: tokens, what the pictures cost, and the most that will be reserved for them
 * (partial pictures may or may not be sent). CT_E_PRICE when the model has no price. */
CT_MUSTCHECK ct_code ct_estimate_put(struct ct_buf *b, const struct ct_image_request *request,
                                     bool simulated, struct ct_err *err);

#endif
