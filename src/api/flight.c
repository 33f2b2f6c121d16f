/* Single flight: a hash table of what is being drawn, under one lock.
 *
 * The call that draws owns its flight. It may lose its client: as long as somebody waits the job
 * goes on; when the last one leaves it is cancelled, and the flight leaves the table at that
 * moment, so that nobody joins what will not arrive. */
#include "api/flight.h"

#include "api/call.h"
#include "api/stream.h"
#include "base/mem.h"

#define BUCKETS 1024

struct waiter {
    struct ct_call *call; /* a reference, and one to its exchange */
    struct waiter *next;
};

struct ct_flight {
    uint8_t key[CT_SHA256_LEN];
    struct ct_flight *next; /* in its bucket */
    struct ct_job *job;     /* a reference; NULL before it is submitted */
    struct waiter *waiters;
    bool in_table, owner_left;
};

struct ct_flights {
    pthread_mutex_t lock; /* guards everything, and call->flight and call->follows */
    struct ct_flight *buckets[BUCKETS];
};

ct_code ct_flights_new(struct ct_flights **out, struct ct_err *err)
{
    *out = ct_calloc(1, sizeof(**out));
    if (!*out)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory at start.");
    pthread_mutex_init(&(*out)->lock, NULL);
    return CT_OK;
}

void ct_flights_free(struct ct_flights **flights)
{
    if (*flights)
        pthread_mutex_destroy(&(*flights)->lock);
    ct_free(*flights);
    *flights = NULL;
}

static struct ct_flight **bucket(struct ct_flights *flights, const uint8_t key[CT_SHA256_LEN])
{
    return &flights->buckets[(key[0] | key[1] << 8) & (BUCKETS - 1)];
}

/* With the lock held, as the next three. */
static struct ct_flight *find(struct ct_flights *flights, const uint8_t key[CT_SHA256_LEN])
{
    struct ct_flight *flight = *bucket(flights, key);
    while (flight && memcmp(flight->key, key, CT_SHA256_LEN) != 0)
        flight = flight->next;
    return flight;
}

static void take_off(struct ct_flights *flights, struct ct_call *call, struct ct_flight *flight)
{
    memcpy(flight->key, call->cache_key, CT_SHA256_LEN);
    struct ct_flight **to = bucket(flights, flight->key);
    flight->next = *to;
    *to = flight;
    flight->in_table = true;
    call->flight = flight;
}

static void leave_table(struct ct_flights *flights, struct ct_flight *flight)
{
    struct ct_flight **link = bucket(flights, flight->key);
    if (!flight->in_table)
        return;
    while (*link != flight)
        link = &(*link)->next;
    *link = flight->next;
    flight->in_table = false;
}

/* Whether it has to be cancelled now: then nobody may join any more. */
static bool is_unwanted(struct ct_flights *flights, struct ct_flight *flight)
{
    if (!flight->owner_left || flight->waiters)
        return false;
    leave_table(flights, flight);
    return true;
}

bool ct_flight__is_up(struct ct_call *call)
{
    struct ct_flights *flights = call->api->flights;
    struct ct_flight *flight = ct_calloc(1, sizeof(*flight));
    pthread_mutex_lock(&flights->lock);
    bool up = find(flights, call->cache_key) != NULL;
    if (!up && flight) {
        take_off(flights, call, flight);
        flight = NULL;
    }
    pthread_mutex_unlock(&flights->lock);
    ct_free(flight);
    return up;
}

bool ct_flight__join(struct ct_call *call, bool stream)
{
    struct ct_flights *flights = call->api->flights;
    struct waiter *waiter = ct_calloc(1, sizeof(*waiter));
    struct ct_flight *own = ct_calloc(1, sizeof(*own));
    call->cache = CT_CACHE_HIT;
    pthread_mutex_lock(&flights->lock);
    struct ct_flight *flight = find(flights, call->cache_key);
    bool joined = flight && waiter;
    if (joined) {
        waiter->call = ct_call_ref(call);
        ct_http_ref(call->x);
        waiter->next = flight->waiters;
        flight->waiters = waiter;
        call->follows = flight;
        if (stream)
            ct_stream_prepare(call);
    } else if (!flight && own) {
        take_off(flights, call, own);
        own = NULL;
    }
    pthread_mutex_unlock(&flights->lock);
    ct_free(own);
    if (!joined) {
        call->cache = CT_CACHE_MISS;
        ct_free(waiter);
    }
    return joined;
}

void ct_cached_draws(struct ct_call *call, struct ct_job *job)
{
    struct ct_flights *flights = call->api->flights;
    if (!call->has_cache_key)
        return;
    pthread_mutex_lock(&flights->lock);
    if (call->flight)
        call->flight->job = ct_job_ref(job);
    pthread_mutex_unlock(&flights->lock);
}

static void let_go(struct waiter *waiter)
{
    struct ct_http_exchange *x = waiter->call->x;
    ct_call_unref(&waiter->call);
    ct_http_unref(&x);
    ct_free(waiter);
}

static void answer(struct ct_call *call, const struct ct_cached *cached, const struct ct_err *err)
{
    if (cached) {
        ct_flight__give(call, cached);
    } else {
        ct_hold_release(&call->hold);
        ct_stream_fail(call, err);
    }
    ct_cached_release(call);
}

void ct_flight__end(struct ct_call *call, const struct ct_cached *cached, const struct ct_err *err)
{
    struct ct_flights *flights = call->api->flights;
    struct waiter *waiter = NULL;
    if (!call->has_cache_key)
        return;
    pthread_mutex_lock(&flights->lock);
    struct ct_flight *flight = call->flight;
    call->flight = NULL;
    if (flight) {
        leave_table(flights, flight);
        waiter = flight->waiters;
    }
    for (struct waiter *w = waiter; w; w = w->next)
        w->call->follows = NULL;
    pthread_mutex_unlock(&flights->lock);
    while (waiter) {
        struct waiter *next = waiter->next;
        answer(waiter->call, cached, err);
        let_go(waiter);
        waiter = next;
    }
    if (flight)
        ct_job_unref(&flight->job);
    ct_free(flight);
}

/* With the lock held: the call waits no more. */
static struct waiter *take_waiter(struct ct_call *call)
{
    struct ct_flight *flight = call->follows;
    struct waiter **link = &flight->waiters;
    call->follows = NULL;
    while (*link && (*link)->call != call)
        link = &(*link)->next;
    struct waiter *waiter = *link;
    if (waiter)
        *link = waiter->next;
    return waiter;
}

bool ct_cached_leave(struct ct_call *call)
{
    struct ct_flights *flights = call->api->flights;
    struct waiter *waiter = NULL;
    struct ct_job *unwanted = NULL;
    bool alone = true;
    if (!call->has_cache_key)
        return true;
    pthread_mutex_lock(&flights->lock);
    if (call->flight) {
        call->flight->owner_left = !call->outlives_client;
        alone = is_unwanted(flights, call->flight);
    } else if (call->follows && !call->outlives_client) {
        struct ct_flight *flight = call->follows;
        waiter = take_waiter(call);
        if (is_unwanted(flights, flight) && flight->job)
            unwanted = ct_job_ref(flight->job);
    }
    pthread_mutex_unlock(&flights->lock);
    if (unwanted)
        ct_jobs_cancel(call->api->jobs, unwanted);
    ct_job_unref(&unwanted);
    if (waiter) {
        ct_hold_release(&call->hold);
        let_go(waiter);
    }
    return alone;
}
