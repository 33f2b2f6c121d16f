/* The dispatcher. It asks the database instead of keeping a schedule of its own: once a second, and
 * whenever something ended or a slot became free. So what another process changes (`calotype
 * callbacks redeliver`) is noticed like what we changed. */
#include "jobs/deliver.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/workers.h"
#include "store/callback_rows.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#define LOOK_MAX 64
#define ARENA_BYTES ((size_t)256 << 10)
#define FORGET_EVERY_US (3600 * 1000000ll)
#define DELIVERED_KEPT_MS (7 * 24 * 3600000ll)
#define DEAD_KEPT_MS (30 * 24 * 3600000ll)
#define HOST_MAX 256

struct slot {
    struct ct_deliver *deliver;
    bool used;
    char id[CT_DELIVERY_ID_MAX], host[HOST_MAX];
};

struct ct_deliver {
    struct ct_sender sender;
    pthread_mutex_t lock; /* guards slots and woken */
    pthread_cond_t wake;
    struct slot slots[CT_DELIVER_IN_FLIGHT];
    bool woken;
    atomic_bool stop;
    struct ct_workers *workers;
    pthread_t thread;
    bool thread_runs;
    int64_t forgot_us;
};

static bool is_stopping(void *ctx)
{
    return atomic_load(&((struct ct_deliver *)ctx)->stop);
}

void ct_deliver_wake(struct ct_deliver *d)
{
    pthread_mutex_lock(&d->lock);
    d->woken = true;
    pthread_cond_signal(&d->wake);
    pthread_mutex_unlock(&d->lock);
}

static void log_failure(const struct ct_deliver *d, const char *what, const struct ct_err *err)
{
    ct_log_event(d->sender.log, CT_LOG_ERROR, what, CT_LOG_Z("cause", err->msg));
}

/* On a worker's thread. What cannot be written down is tried again, but not at once. */
static void deliver_one(void *ctx)
{
    struct slot *slot = ctx;
    struct ct_deliver *d = slot->deliver;
    struct ct_err err = { 0 };
    if (ct_delivery_attempt(&d->sender, ct_slice(slot->id), is_stopping, d, &err) != CT_OK) {
        log_failure(d, "a delivery was not written down", &err);
        nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
    }
    pthread_mutex_lock(&d->lock);
    slot->used = false;
    d->woken = true;
    pthread_cond_signal(&d->wake);
    pthread_mutex_unlock(&d->lock);
}

/* With the lock held: a free slot, if this one is not on its way and its host has room. */
static struct slot *find_slot(struct ct_deliver *d, const struct ct_delivery_row *row)
{
    struct slot *found = NULL;
    int of_host = 0;
    for (int i = 0; i < CT_DELIVER_IN_FLIGHT; i++) {
        struct slot *slot = &d->slots[i];
        if (!slot->used) {
            found = slot;
            continue;
        }
        if (ct_slice_is(row->id, slot->id))
            return NULL;
        of_host += ct_slice_is(row->host, slot->host);
    }
    return of_host < CT_DELIVER_PER_HOST ? found : NULL;
}

static void begin(struct ct_deliver *d, const struct ct_delivery_row *row)
{
    pthread_mutex_lock(&d->lock);
    struct slot *slot = find_slot(d, row);
    if (slot) {
        snprintf(slot->id, sizeof(slot->id), "%.*s", CT_SARG(row->id));
        snprintf(slot->host, sizeof(slot->host), "%.*s", CT_SARG(row->host));
        slot->used = ct_workers_submit(d->workers, deliver_one, slot);
    }
    pthread_mutex_unlock(&d->lock);
}

struct looking {
    struct ct_arena *arena;
    struct ct_delivery_row due[LOOK_MAX];
    int n;
};

static ct_code look(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct looking *l = ctx;
    /* Those on their way are due still, so as many again are asked for. */
    return ct_delivery_rows_due(l->due, LOOK_MAX, &l->n, sql, l->arena, ct_clock_wall_ms(),
                                2 * CT_DELIVER_PER_HOST, err);
}

static void begin_due(struct ct_deliver *d)
{
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    struct looking l = { .arena = arena };
    struct ct_err err = { 0 };
    ct_code rc = arena ? ct_db_read(d->sender.db, look, &l, &err)
                       : ct_fail(&err, CT_E_MEMORY, NULL, "Out of memory.");
    if (rc != CT_OK) {
        log_failure(d, "due deliveries cannot be read", &err);
        return;
    }
    for (int i = 0; i < l.n; i++)
        begin(d, &l.due[i]);
}

static ct_code forget(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    int64_t now = ct_clock_wall_ms();
    (void)ctx;
    return ct_delivery_rows_forget(sql, now - DELIVERED_KEPT_MS, now - DEAD_KEPT_MS, err);
}

static void forget_old(struct ct_deliver *d)
{
    int64_t now = ct_clock_us();
    struct ct_err err;
    if (d->forgot_us && now < d->forgot_us + FORGET_EVERY_US)
        return;
    d->forgot_us = now;
    if (ct_db_write(d->sender.db, forget, NULL, &err) != CT_OK)
        log_failure(d, "old deliveries cannot be removed", &err);
}

static void wait_for_more(struct ct_deliver *d)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    pthread_mutex_lock(&d->lock);
    while (!d->woken && !is_stopping(d) &&
           pthread_cond_timedwait(&d->wake, &d->lock, &until) != ETIMEDOUT)
        continue;
    d->woken = false;
    pthread_mutex_unlock(&d->lock);
}

static void *dispatch(void *ctx)
{
    struct ct_deliver *d = ctx;
    while (!is_stopping(d)) {
        forget_old(d);
        begin_due(d);
        wait_for_more(d);
    }
    return NULL;
}

static void init_lock(struct ct_deliver *d)
{
    pthread_condattr_t monotonic;
    pthread_mutex_init(&d->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&d->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

ct_code ct_deliver_start(struct ct_deliver **out, const struct ct_sender *sender,
                         struct ct_err *err)
{
    struct ct_deliver *d = ct_calloc(1, sizeof(*d));
    *out = NULL;
    if (!d)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while starting the deliveries.");
    d->sender = *sender;
    init_lock(d);
    for (int i = 0; i < CT_DELIVER_IN_FLIGHT; i++)
        d->slots[i].deliver = d;
    ct_code rc = ct_workers_start(&d->workers, CT_DELIVER_IN_FLIGHT, CT_DELIVER_IN_FLIGHT, err);
    if (rc == CT_OK) {
        d->thread_runs = pthread_create(&d->thread, NULL, dispatch, d) == 0;
        if (!d->thread_runs)
            rc = ct_fail(err, CT_E_MEMORY, NULL, "The thread of the deliveries cannot start.");
    }
    if (rc != CT_OK)
        ct_deliver_stop(&d);
    *out = d;
    return rc;
}

void ct_deliver_stop(struct ct_deliver **slot)
{
    struct ct_deliver *d = *slot;
    *slot = NULL;
    if (!d)
        return;
    atomic_store(&d->stop, true);
    ct_deliver_wake(d);
    if (d->thread_runs)
        pthread_join(d->thread, NULL);
    ct_workers_stop(&d->workers);
    pthread_cond_destroy(&d->wake);
    pthread_mutex_destroy(&d->lock);
    ct_free(d);
}
