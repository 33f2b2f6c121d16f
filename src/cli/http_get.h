/* One GET of a server, for commands that look at it. */
#ifndef CT_CLI_HTTP_GET_H
#define CT_CLI_HTTP_GET_H

#include "base/buf.h"

/* Appends the body to `out` (whose max caps it) and gives the status. `key` NULL: without one. No
 * proxy, no redirect, 5 s. CT_E_UPSTREAM: nobody answered. */
CT_MUSTCHECK ct_code ct_http_get(struct ct_buf *out, int *status, const char *url, const char *key,
                                 struct ct_err *err);

#endif
