/* One request as the api sees it: who asks, under which id, and how it is answered.
 *
 * Made when the headers are whole, kept on the exchange, freed with its last reference: the
 * exchange holds one until on_done, a job in flight holds another. Fields are written on the loop
 * thread before the job is submitted and only read afterwards, except those under `lock`. */
#ifndef CT_API_CALL_H
#define CT_API_CALL_H

#include "api/api.h"
#include "api/cached.h"
#include "api/limits.h"
#include "api/replay.h"
#include "api/route.h"

#include <pthread.h>

/* What the content cache had to do with a request for pictures. */
enum ct_cache_outcome { CT_CACHE_OFF, CT_CACHE_MISS, CT_CACHE_HIT, CT_CACHE_BYPASS };

const char *ct_cache_name(enum ct_cache_outcome outcome);

struct ct_call {
    struct ct_api *api;
    struct ct_http_exchange *x; /* valid in callbacks; a job in flight holds a reference to it */
    atomic_int refs;
    char request_id[40];    /* "req_" and 32 hex digits */
    char organization[72];  /* OpenAI-Organization, echoed; "": the server's own */
    char project[72];       /* OpenAI-Project, echoed; "": none */
    char host[264];         /* of the Host field, for URLs */
    char peer[64];
    const struct ct_route *route; /* NULL: none found */
    struct ct_slice id;     /* the path's last part; valid while the request is */
    struct ct_caller caller;
    struct ct_limits limits; /* of the caller, as they were when it was let in */
    int64_t started_us;
    bool respond_async; /* Prefer: respond-async, or a path that ends in /async */

    struct ct_task_watch *watch; /* of a task's events; owned (task_events.c) */

    /* Of a request that brings pictures: its body while it comes, then what is made of it. */
    struct ct_upload *upload;
    struct ct_intake *intake;
    /* Of one that does not wait: its task's id, under which its pictures are kept, and what its row
     * will have. The task takes both when it is durable; until then they go with the call. */
    char task_id[CT_JOB_ID_MAX];
    struct ct_blob *task_kept;

    /* For the log. */
    struct ct_facts facts; /* of a request for pictures, once it was read; job's end not added */
    int retries;                /* x-stainless-retry-count: how often the client had tried before */
    enum ct_cache_outcome cache;
    bool asked_pictures;        /* a request for pictures was read */
    atomic_int error;           /* ct_code of the reply; also set by runners */

    /* Of a request with an Idempotency-Key (api/replay.h). */
    bool has_replay_id;
    bool outlives_client; /* its work is finished although nobody waits */
    uint8_t replay_id[CT_SHA256_LEN];
    struct ct_replay_claim *claim;     /* it is the first with that key */
    struct ct_replay_claim *waits_for; /* or waits for the first; guarded by the table's lock */

    /* Of the content cache (api/cached.h). */
    bool no_cache, no_store; /* of Cache-Control */
    bool has_cache_key;
    uint8_t cache_key[CT_SHA256_LEN];
    /* others wait for it; or it waits. Under the flights' lock */
    struct ct_flight *flight, *follows;
    struct ct_held {
        const struct ct_image_request *request; /* in the arena; its input files are owned */
        struct ct_arena *arena;
        struct ct_blob *body;
    } held; /* while it waits */

    /* Of a generation. */
    struct ct_job *job;     /* a reference; NULL before it is submitted */
    struct ct_hold hold;    /* of its price, until the job has it */
    int64_t created;        /* unix seconds, of every event and reply */
    int partials_told;      /* of job->partials_sent, in the usage of completed events */
    pthread_mutex_t lock;   /* guards the two below: runner and loop both speak on a stream */
    bool stream_begun, stream_ended;
};

struct ct_call *ct_call_new(struct ct_api *api, struct ct_http_exchange *x,
                            const struct ct_http_request *rq); /* NULL: out of memory */
struct ct_call *ct_call_ref(struct ct_call *call);
void ct_call_unref(struct ct_call **call);

/* Who asks is on this machine, and speaks for himself: no proxy passed it on. */
bool ct_call_is_local(const struct ct_call *call, const struct ct_http_request *rq);
/* Fills call->caller by the Authorization field (policy/auth.h). Without any keys only this machine
 * itself is let in, under one of its own names. */
CT_MUSTCHECK ct_code ct_call_authenticate(struct ct_call *call, const struct ct_http_request *rq,
                                          struct ct_err *err);

#define CT_CALL_MAX_FIELDS 32

struct ct_call_fields {
    struct ct_http_field list[CT_CALL_MAX_FIELDS];
    size_t n;
    char processing_ms[24];
};
void ct_call_add_field(struct ct_call_fields *fields, const char *name, struct ct_slice value);
/* The fields every /v1 reply carries: x-request-id, openai-*, x-calotype-engine; and
 * x-ratelimit-* where the key has limits. */
void ct_call_standard_fields(struct ct_call *call, struct ct_call_fields *fields);

/* Answers with JSON; takes the body (NULL becomes 500). `more` may be NULL. Thread-safe. */
void ct_call_reply(struct ct_call *call, int status, struct ct_blob *body,
                   const struct ct_call_fields *more);
/* The same with another content type, which lives forever. */
void ct_call_reply_as(struct ct_call *call, int status, const char *content_type,
                      struct ct_blob *body, const struct ct_call_fields *more);
/* The same for what costs its asker nothing to ask for again and again (a task's pictures, a cached
 * one's): a large body waits for a slow reader on disk, not in memory. */
void ct_call_reply_stored(struct ct_call *call, int status, const char *content_type,
                          struct ct_blob *body, const struct ct_call_fields *more);
/* The same with a file, which is closed in any case. */
void ct_call_reply_file(struct ct_call *call, int status, const char *content_type, int fd,
                        int64_t bytes, const struct ct_call_fields *more);
/* Answers with a status and nothing else. */
void ct_call_reply_empty(struct ct_call *call, int status);
/* Answers with the error envelope; internal causes are logged and not shown. Thread-safe. */
void ct_call_fail(struct ct_call *call, const struct ct_err *err,
                  const struct ct_call_fields *more);
/* The error as the client may see it: internal details replaced by the official sentence. */
void ct_call_public_error(const struct ct_call *call, struct ct_err *out, const struct ct_err *err);
/* The access log's line (request_log.c). */
void ct_call_log(struct ct_call *call, int status, uint64_t bytes);

#endif
