/* Method and path -> route. */
#ifndef CT_API_ROUTE_H
#define CT_API_ROUTE_H

#include "base/err.h"
#include "base/slice.h"
#include "store/key_rows.h"

struct ct_call;
struct ct_http_request;

#define CT_ROUTE_KEY 1u
#define CT_ROUTE_JSON 2u     /* the body is JSON */
#define CT_ROUTE_FORM 4u     /* or a form; with both flags either */
#define CT_ROUTE_UPLOAD 8u   /* the body goes to disk while it comes (api/upload.h) */
#define CT_ROUTE_FILE 64u     /* with UPLOAD: the form of POST /v1/files */
#define CT_ROUTE_EXTENDED 16u /* not there in strict: 404 with an empty body */
#define CT_ROUTE_REPLAY 32u   /* takes an Idempotency-Key (api/replay.h) */
/* A key with that scope. */
#define CT_ROUTE_SCOPE(scope) (CT_ROUTE_KEY | (unsigned)(scope) << 8)
#define CT_ROUTE_WRITE CT_ROUTE_SCOPE(CT_SCOPE_IMAGES_WRITE)
#define CT_ROUTE_READ CT_ROUTE_SCOPE(CT_SCOPE_IMAGES_READ)
#define CT_ROUTE_USAGE CT_ROUTE_SCOPE(CT_SCOPE_USAGE_READ)
#define CT_ROUTE_ADMIN CT_ROUTE_SCOPE(CT_SCOPE_ADMIN)

struct ct_route {
    const char *method;
    const char *path;
    void (*handle)(struct ct_call *call, const struct ct_http_request *rq);
    unsigned flags;
    size_t body_max;
};

/* *id is what stands in place of the '*'. CT_E_URL or CT_E_METHOD (the message lists what the
 * path takes; *allowed is that method, for the Allow header). */
CT_MUSTCHECK ct_code ct_route_find(const struct ct_route **out, struct ct_slice *id,
                                   const char **allowed, struct ct_slice method,
                                   struct ct_slice path, struct ct_err *err);

/* Rows of the table, from 0; NULL behind the last. */
const struct ct_route *ct_route_at(int index);
int ct_route_index(const struct ct_route *route);

#define CT_ROUTE(method, path, handler, flags, body_max)                                           \
    void handler(struct ct_call *call, const struct ct_http_request *rq);
#include "api/routes.def"
#undef CT_ROUTE

#endif
