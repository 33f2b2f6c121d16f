/* The query of a URL, pair by pair. Values are as sent: what we take needs no percent sign. */
#ifndef CT_API_QUERY_H
#define CT_API_QUERY_H

#include "base/err.h"
#include "base/slice.h"

/* Takes "name=value" off *query; a part without '=' is passed over. false at the end. */
bool ct_query_next(struct ct_slice *query, struct ct_slice *name, struct ct_slice *value);
/* The parameter `limit`, 1 to max. */
CT_MUSTCHECK ct_code ct_query_limit(int *out, struct ct_slice text, int max, struct ct_err *err);

#endif
