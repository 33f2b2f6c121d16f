/* The HTTP surface: routes, one file per resource, one way to answer.
 *
 * ct_api holds what every resource needs; it is built by daemon/ and immutable while the server
 * runs. ct_api_handler() gives the callbacks for net/. */
#ifndef CT_API_API_H
#define CT_API_API_H

#include "api/metrics.h"
#include "base/log.h"
#include "base/workers.h"
#include "contract/parse.h"
#include "jobs/facts.h"
#include "jobs/jobs.h"
#include "net/fetch.h"
#include "net/http.h"
#include "policy/auth.h"
#include "policy/hits.h"
#include "store/files.h"
#include "store/secret.h"

struct ct_api {
    struct ct_contract contract;
    struct ct_keys *keys;
    struct ct_rate *rate;
    struct ct_spend *spend;
    struct ct_auth auth;
    struct ct_db *db;
    struct ct_jobs *jobs;
    struct ct_replay *replay;
    struct ct_cache *cache;     /* NULL: nothing is cached, as the next two */
    struct ct_flights *flights;
    struct ct_hits *hits;
    int cache_price;            /* of a hit, in per cent of the price of drawing */
    struct ct_engine *engine;
    struct ct_pictures *pictures;
    struct ct_files *files;
    struct ct_job_files *job_files; /* input pictures of tasks */
    struct ct_workers *workers;    /* gather the pictures of requests */
    struct ct_fetch_options fetch; /* of pictures named by URL */
    const char *upload_dir;        /* where bodies of edits are kept while they come */
    size_t upload_max_bytes;       /* of one body */
    struct ct_secret url_key;
    int url_ttl_s;
    int64_t wait_ms, task_wait_ms; /* for a turn: then a request, or a task, has expired */
    const char *public_url; /* "https://pictures.example" for signed URLs; NULL: the Host asked */
    const char *organization;   /* openai-organization of replies */
    const char *version;
    struct ct_log *log;
    struct ct_api_stats stats;
    _Atomic(struct ct_http_server *) http; /* NULL until it listens */
    struct ct_prompt_log prompts; /* how the log tells of prompts */
    struct ct_blob *models_reply; /* GET /v1/models never changes */
    atomic_bool draining;
    atomic_bool no_room; /* on the disk: nothing is begun */
};

/* Prepares what is computed once; the rest of *api was filled by the caller. */
CT_MUSTCHECK ct_code ct_api_init(struct ct_api *api, struct ct_err *err);
void ct_api_release(struct ct_api *api);
struct ct_http_handler ct_api_handler(struct ct_api *api);

#endif
