/* GET /v1/usage: what was spent. A key sees itself; a key with the scope admin sees all. */
#include "api/call.h"

#include "base/clock.h"
#include "policy/report.h"
#include "policy/spend.h"

#define REPLY_MAX ((size_t)64 << 20)
#define DAYS_DEFAULT 30

struct reading {
    struct ct_usage_query query;
    enum ct_report_format format;
    struct ct_buf out;
};

static ct_code read_day(int64_t *out, const char *name, struct ct_slice text, struct ct_err *err)
{
    if (ct_day_read(out, text))
        return CT_OK;
    return ct_fail(err, CT_E_VALUE, name,
                   "Invalid value for '%s': a day such as 2026-11-29 is expected.", name);
}

static ct_code read_pair(struct reading *r, const struct ct_caller *caller, struct ct_slice name,
                         struct ct_slice value, struct ct_err *err)
{
    if (ct_slice_is(name, "from"))
        return read_day(&r->query.from_day, "from", value, err);
    if (ct_slice_is(name, "to"))
        return read_day(&r->query.to_day, "to", value, err);
    if (ct_slice_is(name, "by") && !ct_report_by(&r->query.by, value))
        return ct_fail(err, CT_E_VALUE, "by",
                       "Invalid value: '%.*s'. Supported values are: 'key', 'user', 'model', and "
                       "'day'.",
                       (int)(value.len < 40 ? value.len : 40), value.ptr);
    if (ct_slice_is(name, "format")) {
        r->format = ct_slice_is(value, "csv") ? CT_REPORT_CSV : CT_REPORT_JSON;
        if (r->format == CT_REPORT_JSON && !ct_slice_is(value, "json"))
            return ct_fail(err, CT_E_VALUE, "format",
                           "Invalid value: '%.*s'. Supported values are: 'json' and 'csv'.",
                           (int)(value.len < 40 ? value.len : 40), value.ptr);
    }
    if (ct_slice_is(name, "key_id")) {
        if (!ct_slice_is(value, caller->key_id))
            CT_TRY(ct_auth_scope(caller, CT_SCOPE_ADMIN, err));
        r->query.key_id = value;
    }
    return CT_OK;
}

static ct_code read_query(struct reading *r, const struct ct_caller *caller, struct ct_slice query,
                          struct ct_err *err)
{
    struct ct_slice pair, rest, name, value;
    while (query.len > 0) {
        if (!ct_slice_cut(query, '&', &pair, &rest)) {
            pair = query;
            rest = (struct ct_slice){ 0 };
        }
        query = rest;
        if (ct_slice_cut(pair, '=', &name, &value))
            CT_TRY(read_pair(r, caller, name, value, err));
    }
    return CT_OK;
}

static ct_code write_report(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct reading *r = ctx;
    return ct_report_write(&r->out, sql, &r->query, r->format, err);
}

static ct_code report(struct reading *r, struct ct_call *call, struct ct_slice query,
                      struct ct_err *err)
{
    int64_t today = ct_day_of(ct_clock_wall_ms());
    r->query = (struct ct_usage_query){ .by = CT_USAGE_BY_DAY,
                                        .from_day = today - DAYS_DEFAULT + 1,
                                        .to_day = today };
    if (!(call->caller.scopes & CT_SCOPE_ADMIN))
        r->query.key_id = ct_slice(call->caller.key_id);
    CT_TRY(read_query(r, &call->caller, query, err));
    if (r->query.from_day > r->query.to_day)
        return ct_fail(err, CT_E_VALUE, "from", "Invalid value for 'from': it is later than 'to'.");
    return ct_db_read(call->api->db, write_report, r, err);
}

void ct_api_usage(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_call_fields fields = { .n = 0 };
    struct reading r = { .format = CT_REPORT_JSON };
    ct_buf_init(&r.out, REPLY_MAX);
    ct_call_add_field(&fields, "cache-control", CT_S("no-store"));
    if (report(&r, call, rq->query, &err) != CT_OK)
        ct_call_fail(call, &err, NULL);
    else if (r.format == CT_REPORT_CSV)
        ct_call_reply_as(call, 200, "text/csv; charset=utf-8", ct_blob_take(&r.out), &fields);
    else
        ct_call_reply(call, 200, ct_blob_take(&r.out), &fields);
    ct_buf_release(&r.out);
}
