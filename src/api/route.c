/* The route table and its search: a dozen rows, compared in order. */
#include "api/route.h"

static const struct ct_route routes[] = {
#define CT_ROUTE(method, path, handler, flags, body_max) { method, path, handler, flags, body_max },
#include "api/routes.def"
#undef CT_ROUTE
};

static bool path_matches(const struct ct_route *route, struct ct_slice path, struct ct_slice *id)
{
    size_t len = strlen(route->path);
    if (route->path[len - 1] != '*')
        return ct_slice_is(path, route->path);
    if (path.len < len || memcmp(path.ptr, route->path, len - 1) != 0)
        return false;
    *id = ct_slice_sub(path, len - 1, path.len);
    return true;
}

ct_code ct_route_find(const struct ct_route **out, struct ct_slice *id, const char **allowed,
                      struct ct_slice method, struct ct_slice path, struct ct_err *err)
{
    struct ct_slice wanted = ct_slice_is(method, "HEAD") ? CT_S("GET") : method;
    const struct ct_route *other = NULL;

    *out = NULL;
    *allowed = NULL;
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
        if (!path_matches(&routes[i], path, id))
            continue;
        if (ct_slice_is(wanted, routes[i].method)) {
            *out = &routes[i];
            return CT_OK;
        }
        other = &routes[i];
    }
    if (!other)
        return ct_fail(err, CT_E_URL, NULL, "Invalid URL (%.*s %.*s)",
                       (int)(method.len < 16 ? method.len : 16), method.ptr,
                       (int)(path.len < 512 ? path.len : 512), path.ptr);
    *allowed = other->method;
    return ct_fail(err, CT_E_METHOD, NULL, "Only %s requests are accepted.", other->method);
}
