/* A delivery to a callback URL as JSON: on the command line and under /v1/admin/callbacks. */
#ifndef CT_POLICY_DELIVERY_JSON_H
#define CT_POLICY_DELIVERY_JSON_H

#include "base/buf.h"
#include "store/callback_rows.h"

/* "delivered", "pending" or "dead" */
const char *ct_delivery_state(const struct ct_delivery_row *row);
/* Appends the object. */
void ct_delivery_put(struct ct_buf *b, const struct ct_delivery_row *row);

#endif
