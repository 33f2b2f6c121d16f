/* The route table and its search: a few dozen rows, compared in order. The first row whose path and
 * method fit is taken; paths that are written out stand before those with a '*'. */
#include "api/route.h"

#include "api/metrics.h"

static const struct ct_route routes[] = {
#define CT_ROUTE(method, path, handler, flags, body_max) { method, path, handler, flags, body_max },
#include "api/routes.def"
#undef CT_ROUTE
};

_Static_assert(sizeof(routes) / sizeof(routes[0]) <= CT_STATS_ROUTES, "api/metrics.h counts fewer");

const struct ct_route *ct_route_at(int index)
{
    return index >= 0 && index < (int)(sizeof(routes) / sizeof(routes[0])) ? &routes[index] : NULL;
}

int ct_route_index(const struct ct_route *route)
{
    return (int)(route - routes);
}

/* '*' stands for one or more characters of a segment, '**' for one or more of all the rest. The id
 * is the segment with the star, from its beginning: "imgtask_*" makes "imgtask_17" the id. */
static bool path_matches(const struct ct_route *route, struct ct_slice path, struct ct_slice *id)
{
    struct ct_slice before, behind;
    if (!ct_slice_cut(ct_slice(route->path), '*', &before, &behind))
        return ct_slice_is(path, route->path);
    bool rest = ct_slice_is(behind, "*");
    if (rest)
        behind = CT_S("");
    if (path.len <= before.len + behind.len || memcmp(path.ptr, before.ptr, before.len) != 0 ||
        memcmp(path.ptr + path.len - behind.len, behind.ptr, behind.len) != 0)
        return false;
    struct ct_slice star = ct_slice_sub(path, before.len, path.len - behind.len);
    size_t start = before.len;
    while (before.ptr[start - 1] != '/')
        start--;
    *id = ct_slice_sub(path, start, path.len - behind.len);
    return rest || !memchr(star.ptr, '/', star.len);
}

static bool is_exact(const struct ct_route *route)
{
    return !strchr(route->path, '*');
}

ct_code ct_route_find(const struct ct_route **out, struct ct_slice *id, const char **allowed,
                      struct ct_slice method, struct ct_slice path, struct ct_err *err)
{
    struct ct_slice wanted = ct_slice_is(method, "HEAD") ? CT_S("GET") : method;
    const struct ct_route *other = NULL;

    *out = NULL;
    *allowed = NULL;
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
        struct ct_slice found;
        if (!path_matches(&routes[i], path, &found))
            continue;
        if (other && is_exact(other) && !is_exact(&routes[i]))
            continue; /* a path that is written out is no id of a wider one */
        if (ct_slice_is(wanted, routes[i].method)) {
            *out = &routes[i];
            *id = found;
            return CT_OK;
        }
        if (!other)
            other = &routes[i];
    }
    if (!other)
        return ct_fail(err, CT_E_URL, NULL, "Invalid URL (%.*s %.*s)",
                       (int)(method.len < 16 ? method.len : 16), method.ptr,
                       (int)(path.len < 512 ? path.len : 512), path.ptr);
    *allowed = other->method;
    return ct_fail(err, CT_E_METHOD, NULL, "Only %s requests are accepted.", other->method);
}
