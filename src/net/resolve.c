/* getaddrinfo() blocks for as long as the name servers let it; getaddrinfo_a() has glibc do that on
 * threads of its own, at most 20, and call us back. Waiter and callback each hold a reference to
 * the lookup, so a waiter whose patience is over just leaves, and what comes late frees itself. */
#include "net/resolve.h"

#include "base/clock.h"
#include "base/mem.h"

#include <netdb.h>
#include <pthread.h>
#include <signal.h>
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
    struct gaicb request;
    struct addrinfo hints;
    char host[256], service[8];
};

static void unref(struct ct_lookup *l)
{
    if (atomic_fetch_sub_explicit(&l->refs, 1, memory_order_acq_rel) != 1)
        return;
    if (l->request.ar_result)
        freeaddrinfo(l->request.ar_result);
    pthread_cond_destroy(&l->changed);
    pthread_mutex_destroy(&l->lock);
    ct_free(l);
}

/* On a thread of glibc's. */
static void on_answer(union sigval value)
{
    struct ct_lookup *l = value.sival_ptr;
    pthread_mutex_lock(&l->lock);
    l->done = true;
    pthread_cond_signal(&l->changed);
    pthread_mutex_unlock(&l->lock);
    unref(l);
}

struct ct_lookup *ct_lookup_start(const char *host, int port)
{
    struct ct_lookup *l = ct_calloc(1, sizeof(*l));
    struct gaicb *list[1];
    struct sigevent event = { .sigev_notify = SIGEV_THREAD };
    if (!l)
        return NULL;
    atomic_init(&l->refs, 2);
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->changed, NULL);
    snprintf(l->host, sizeof(l->host), "%s", host);
    snprintf(l->service, sizeof(l->service), "%d", port);
    l->hints.ai_socktype = SOCK_STREAM;
    l->hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    l->request = (struct gaicb){ .ar_name = l->host, .ar_service = l->service, .ar_request = &l->hints };
    list[0] = &l->request;
    event.sigev_notify_function = on_answer;
    event.sigev_value.sival_ptr = l;
    if (getaddrinfo_a(GAI_NOWAIT, list, 1, &event) != 0) {
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
    if (gai_error((struct gaicb *)(uintptr_t)&l->request) != 0)
        return 0;
    for (const struct addrinfo *a = l->request.ar_result; a; a = a->ai_next) {
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
