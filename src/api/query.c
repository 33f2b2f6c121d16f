/* See query.h. Pure. */
#include "api/query.h"

bool ct_query_next(struct ct_slice *query, struct ct_slice *name, struct ct_slice *value)
{
    struct ct_slice pair, rest;
    while (query->len > 0) {
        if (!ct_slice_cut(*query, '&', &pair, &rest)) {
            pair = *query;
            rest = (struct ct_slice){ 0 };
        }
        *query = rest;
        if (ct_slice_cut(pair, '=', name, value))
            return true;
    }
    return false;
}

ct_code ct_query_limit(int *out, struct ct_slice text, int max, struct ct_err *err)
{
    int64_t value;
    if (!ct_slice_i64(text, &value))
        return ct_fail(err, CT_E_TYPE, "limit",
                       "Invalid type for 'limit': expected an integer, but got '%.*s' instead.",
                       (int)(text.len < 40 ? text.len : 40), text.ptr);
    if (value < 1)
        return ct_fail(err, CT_E_INT_MIN, "limit",
                       "Invalid 'limit': integer below minimum value. Expected a value >= 1, but "
                       "got %lld instead.",
                       (long long)value);
    if (value > max)
        return ct_fail(err, CT_E_INT_MAX, "limit",
                       "Invalid 'limit': integer above maximum value. Expected a value <= %d, but "
                       "got %lld instead.",
                       max, (long long)value);
    *out = (int)value;
    return CT_OK;
}
