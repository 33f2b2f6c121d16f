/* GET /metrics: counters of threads, gauges of the moment, in Prometheus' text format.
 *
 * Whoever is on this machine may read it, unless a proxy speaks for somebody else; others need a
 * key with the scope `metrics` or `admin`. Counting happens elsewhere, without locks; here they are
 * added up, two short queries are made and /proc is read: about a millisecond, on a network loop.
 */
#include "api/metrics.h"

#include "api/call.h"
#include "base/clock.h"
#include "base/process.h"
#include "jobs/stats.h"
#include "store/callback_rows.h"

#include <stdio.h>
#include <sys/statvfs.h>

#define REPLY_MAX ((size_t)4 << 20)
#define LABELS_MAX 256

enum metric {
#define CT_METRIC(id, name, type, labels, help) M_##id,
#include "api/metrics.def"
#undef CT_METRIC
};

static const struct {
    const char *name, *type, *help;
} metrics[] = {
#define CT_METRIC(id, name, type, labels, help) { name, type, help },
#include "api/metrics.def"
#undef CT_METRIC
};

static void head(struct ct_buf *b, enum metric m)
{
    ct_metric_head(b, metrics[m].name, metrics[m].type, metrics[m].help);
}

/* A metric of one number. */
static void single(struct ct_buf *b, enum metric m, int64_t value)
{
    head(b, m);
    ct_metric_int(b, metrics[m].name, NULL, value);
}

static void put_requests(struct ct_buf *b, struct ct_api_stats *stats)
{
    char labels[LABELS_MAX];
    head(b, M_REQUESTS);
    for (int route = 0; route <= CT_STATS_ROUTES; route++)
        for (int class = 0; class < CT_STATS_CLASSES; class++) {
            uint64_t n = ct_counted(&stats->requests[route][class]);
            if (!n)
                continue;
            const struct ct_route *r = route ? ct_route_at(route - 1) : NULL;
            snprintf(labels, sizeof(labels), "route=\"%s%s%s\",class=\"%dxx\"", r ? r->method : "",
                     r ? " " : "none", r ? r->path : "", class);
            ct_metric_int(b, metrics[M_REQUESTS].name, labels, (int64_t)n);
        }
}

static void put_errors(struct ct_buf *b, struct ct_api_stats *stats)
{
    char labels[LABELS_MAX];
    head(b, M_ERRORS);
    for (int code = CT_OK + 1; code < CT_CODE_COUNT; code++) {
        const struct ct_err_info *info = ct_err_info((ct_code)code);
        snprintf(labels, sizeof(labels), "error=\"%s\",code=\"%s\",status=\"%d\"",
                 ct_err_name((ct_code)code), info->code ? info->code : "", info->status);
        ct_metric_int(b, metrics[M_ERRORS].name, labels, (int64_t)ct_counted(&stats->errors[code]));
    }
}

static void put_traffic(struct ct_buf *b, const struct ct_api *api)
{
    uint64_t received = 0, sent = 0;
    struct ct_http_server *http = atomic_load(&api->http);
    if (http)
        ct_http_server_traffic(http, &received, &sent);
    single(b, M_CONNECTIONS, http ? ct_http_server_connections(http) : 0);
    single(b, M_RECEIVED, (int64_t)received);
    single(b, M_SENT, (int64_t)sent);
}

static const char *engine_name(struct ct_engine_stats *row, int index)
{
    const struct ct_engine *engine = atomic_load(&row->engine);
    return engine ? engine->name : index == CT_STATS_ENGINES - 1 ? "other" : NULL;
}

/* Calls put() for each engine that has drawn; of the last row only where something is in it. */
static void each_engine(struct ct_buf *b, struct ct_job_stats *stats, enum metric m,
                        void (*put)(struct ct_buf *b, const char *name,
                                    struct ct_engine_stats *row))
{
    head(b, m);
    for (int i = 0; i < CT_STATS_ENGINES; i++) {
        const char *name = engine_name(&stats->engines[i], i);
        if (name && (atomic_load(&stats->engines[i].engine) ||
                     ct_histogram_count(&stats->engines[i].stages[CT_STAGE_QUEUE])))
            put(b, name, &stats->engines[i]);
    }
}

static void put_stages(struct ct_buf *b, const char *name, struct ct_engine_stats *row)
{
    char labels[LABELS_MAX];
    for (int stage = 0; stage < CT_STAGE_COUNT; stage++) {
        snprintf(labels, sizeof(labels), "engine=\"%s\",stage=\"%s\"", name,
                 ct_stage_name((enum ct_stage)stage));
        ct_metric_histogram(b, metrics[M_STAGES].name, labels, &row->stages[stage]);
    }
}

static void put_pictures(struct ct_buf *b, const char *name, struct ct_engine_stats *row)
{
    char labels[LABELS_MAX];
    snprintf(labels, sizeof(labels), "engine=\"%s\"", name);
    ct_metric_int(b, metrics[M_PICTURES].name, labels, (int64_t)ct_counted(&row->pictures));
}

static void put_tokens(struct ct_buf *b, const char *name, struct ct_engine_stats *row)
{
    char labels[LABELS_MAX];
    snprintf(labels, sizeof(labels), "engine=\"%s\",kind=\"input\"", name);
    ct_metric_int(b, metrics[M_TOKENS].name, labels, (int64_t)ct_counted(&row->input_tokens));
    snprintf(labels, sizeof(labels), "engine=\"%s\",kind=\"output\"", name);
    ct_metric_int(b, metrics[M_TOKENS].name, labels, (int64_t)ct_counted(&row->output_tokens));
}

static void put_spend(struct ct_buf *b, const char *name, struct ct_engine_stats *row)
{
    char labels[LABELS_MAX];
    const struct ct_engine *engine = atomic_load(&row->engine);
    int64_t cost = (int64_t)ct_counted(&row->cost);
    bool charges = engine && engine->charges;
    snprintf(labels, sizeof(labels), "engine=\"%s\",kind=\"real\"", name);
    ct_metric_decimal(b, metrics[M_SPEND].name, labels, charges ? cost : 0, 9);
    snprintf(labels, sizeof(labels), "engine=\"%s\",kind=\"simulated\"", name);
    ct_metric_decimal(b, metrics[M_SPEND].name, labels, charges ? 0 : cost, 9);
}

static void put_jobs(struct ct_buf *b, struct ct_jobs *jobs, struct ct_job_stats *stats)
{
    static const char *const lanes[CT_LANE_COUNT] = {
        [CT_LANE_INTERACTIVE] = "lane=\"interactive\"",
        [CT_LANE_BACKGROUND] = "lane=\"background\"",
        [CT_LANE_BATCH] = "lane=\"batch\"",
    };
    char labels[LABELS_MAX];
    int waiting[CT_LANE_COUNT], queued, running;
    head(b, M_ENDED);
    for (int state = 0; state < CT_JOB_STATE_COUNT; state++) {
        if (!ct_job_state_ends((enum ct_job_state)state))
            continue;
        snprintf(labels, sizeof(labels), "state=\"%s\"",
                 ct_job_state_name((enum ct_job_state)state));
        ct_metric_int(b, metrics[M_ENDED].name, labels, (int64_t)ct_counted(&stats->ended[state]));
    }
    ct_jobs_count_lanes(jobs, waiting);
    ct_jobs_count(jobs, &queued, &running);
    head(b, M_WAITING);
    for (int lane = 0; lane < CT_LANE_COUNT; lane++)
        ct_metric_int(b, metrics[M_WAITING].name, lanes[lane], waiting[lane]);
    single(b, M_RUNNING, running);
}

static void put_cache(struct ct_buf *b, struct ct_api_stats *stats)
{
    char labels[LABELS_MAX];
    head(b, M_CACHE);
    for (int i = 0; i < CT_STATS_CACHE; i++) {
        snprintf(labels, sizeof(labels), "outcome=\"%s\"", ct_cache_name((enum ct_cache_outcome)i));
        ct_metric_int(b, metrics[M_CACHE].name, labels, (int64_t)ct_counted(&stats->cache[i]));
    }
}

static ct_code count_callbacks(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_delivery_rows_count(ctx, sql, err);
}

/* When the database cannot be read the samples are left out: no number is better than a wrong one.
 */
static void put_callbacks(struct ct_buf *b, struct ct_db *db)
{
    struct ct_delivery_counts counts;
    head(b, M_CALLBACKS);
    if (ct_db_read(db, count_callbacks, &counts, NULL) != CT_OK)
        return;
    ct_metric_int(b, metrics[M_CALLBACKS].name, "state=\"pending\"", counts.pending);
    ct_metric_int(b, metrics[M_CALLBACKS].name, "state=\"dead\"", counts.dead);
}

static void put_database(struct ct_buf *b, const struct ct_api *api)
{
    struct ct_db_stats db;
    struct statvfs disk;
    ct_db_get_stats(api->db, &db);
    single(b, M_COMMITS, (int64_t)db.commits);
    single(b, M_CHANGES, (int64_t)db.parts);
    single(b, M_FAILED, (int64_t)db.failed);
    single(b, M_POSTED, db.waiting);
    head(b, M_ROOM);
    if (statvfs(api->upload_dir, &disk) == 0)
        ct_metric_int(b, metrics[M_ROOM].name, NULL, (int64_t)(disk.f_bavail * disk.f_frsize));
}

static void put_process(struct ct_buf *b)
{
    struct ct_process process;
    ct_process_look(&process);
    head(b, M_CPU);
    ct_metric_decimal(b, metrics[M_CPU].name, NULL, process.cpu_us, 6);
    single(b, M_RSS, process.resident_bytes);
    single(b, M_FDS, process.open_fds);
    single(b, M_FDS_MAX, process.max_fds);
    single(b, M_THREADS, process.threads);
    single(b, M_START, process.start_s);
}

static void write_all(struct ct_buf *b, struct ct_api *api)
{
    struct ct_job_stats *stats = ct_jobs_stats(api->jobs);
    char labels[LABELS_MAX];
    head(b, M_BUILD);
    snprintf(labels, sizeof(labels), "version=\"%s\"", api->version);
    ct_metric_int(b, metrics[M_BUILD].name, labels, 1);
    put_requests(b, &api->stats);
    put_errors(b, &api->stats);
    put_traffic(b, api);
    each_engine(b, stats, M_STAGES, put_stages);
    each_engine(b, stats, M_PICTURES, put_pictures);
    each_engine(b, stats, M_TOKENS, put_tokens);
    each_engine(b, stats, M_SPEND, put_spend);
    put_jobs(b, api->jobs, stats);
    put_cache(b, &api->stats);
    put_callbacks(b, api->db);
    put_database(b, api);
    put_process(b);
}

static ct_code check_access(struct ct_call *call, const struct ct_http_request *rq,
                            struct ct_err *err)
{
    if (ct_call_is_local(call, rq))
        return CT_OK;
    CT_TRY(ct_call_authenticate(call, rq, err));
    return ct_auth_scope(&call->caller, CT_SCOPE_METRICS, err);
}

void ct_api_metrics(struct ct_call *call, const struct ct_http_request *rq)
{
    struct ct_err err = { 0 };
    struct ct_buf body;
    struct ct_call_fields fields = { .n = 0 };
    if (check_access(call, rq, &err) != CT_OK) {
        ct_call_fail(call, &err, NULL);
        return;
    }
    ct_buf_init(&body, REPLY_MAX);
    write_all(&body, call->api);
    ct_call_add_field(&fields, "cache-control", CT_S("no-store"));
    ct_call_reply_as(call, 200, "text/plain; version=0.0.4; charset=utf-8", ct_blob_take(&body),
                     &fields);
}

void ct_metrics_count(struct ct_call *call, int status)
{
    struct ct_api *api = call->api;
    int route = call->route ? ct_route_index(call->route) + 1 : 0;
    int class = status / 100, error = atomic_load(&call->error);
    ct_count(&api->stats.requests[route][class < CT_STATS_CLASSES ? class : 5], 1);
    if (error != CT_OK)
        ct_count(&api->stats.errors[error], 1);
    if (call->asked_pictures)
        ct_count(&api->stats.cache[call->cache], 1);
    const struct ct_job *job = call->job;
    if (!job || ct_job_state(job) != CT_JOB_DONE)
        return;
    struct ct_engine_stats *e = ct_stats_of_engine(ct_jobs_stats(api->jobs), job->engine);
    int64_t now_us = ct_clock_us();
    ct_histogram_add(&e->stages[CT_STAGE_RECEIVE], job->queued_us - call->started_us);
    ct_histogram_add(&e->stages[CT_STAGE_SEND], now_us - job->ended_us);
    ct_histogram_add(&e->stages[CT_STAGE_TOTAL], now_us - call->started_us);
}
