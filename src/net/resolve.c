/* See resolve.h. Waiter and worker each hold a reference to the lookup, so a waiter whose patience
 * is over just leaves, and what comes late frees itself. glibc's getaddrinfo_a() would do the same
 * on threads of its own, which the thread sanitizer does not survive. */
#include "net/resolve.h"

#include "base/clock.h"
#include "base/mem.h"

#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LOOK_MS 100

struct ct_lookup {
    atomic_int refs;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool done; /* under lock */
    struct addrinfo *answer; /* NULL: none */
    char host[256], service[8];
};

static void unref(struct ct_lookup *l)
{
    if (atomic_fetch_sub_explicit(&l->refs, 1, memory_order_acq_rel) != 1)
        return;
    if (l->answer)
        freeaddrinfo(l->answer);
    pthread_cond_destroy(&l->changed);
    pthread_mutex_destroy(&l->lock);
    ct_free(l);
}

/* On a worker. */
static void look_up(void *ctx)
{
    struct ct_lookup *l = ctx;
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                                    .ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV };
    struct addrinfo *answer = NULL;
    if (getaddrinfo(l->host, l->service, &hints, &answer) != 0)
        answer = NULL;
    pthread_mutex_lock(&l->lock);
    l->answer = answer;
    l->done = true;
    pthread_cond_signal(&l->changed);
    pthread_mutex_unlock(&l->lock);
    unref(l);
}

struct ct_lookup *ct_lookup_start(struct ct_workers *workers, const char *host, int port)
{
    struct ct_lookup *l = ct_calloc(1, sizeof(*l));
    if (!l)
        return NULL;
    atomic_init(&l->refs, 2);
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->changed, NULL);
    snprintf(l->host, sizeof(l->host), "%s", host);
    snprintf(l->service, sizeof(l->service), "%d", port);
    if (!ct_workers_submit(workers, look_up, l)) {
        unref(l);
        unref(l);
        return NULL;
    }
    return l;
}

/* With the lock held. */
static void wait_a_little(struct ct_lookup *l)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += LOOK_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    pthread_cond_timedwait(&l->changed, &l->lock, &until);
}

static int copy_addresses(struct sockaddr_storage out[CT_RESOLVE_MAX], const struct ct_lookup *l)
{
    int n = 0;
    for (const struct addrinfo *a = l->answer; a; a = a->ai_next) {
        if (n == CT_RESOLVE_MAX || a->ai_addrlen > sizeof(out[0]))
            return 0;
        memset(&out[n], 0, sizeof(out[n]));
        memcpy(&out[n++], a->ai_addr, a->ai_addrlen);
    }
    return n;
}

int ct_lookup_finish(struct ct_lookup **slot, struct sockaddr_storage out[CT_RESOLVE_MAX],
                     int64_t until_us, bool (*cancelled)(void *ctx), void *ctx)
{
    struct ct_lookup *l = *slot;
    *slot = NULL;
    pthread_mutex_lock(&l->lock);
    while (!l->done && ct_clock_us() < until_us && !(cancelled && cancelled(ctx)))
        wait_a_little(l);
    int n = l->done ? copy_addresses(out, l) : 0;
    pthread_mutex_unlock(&l->lock);
    unref(l);
    return n;
}
