/* A bounded queue and the threads that empty it. One lock, one condition; tasks are milliseconds to
 * seconds long, so neither is ever contended. */
#include "base/workers.h"

#include "base/mem.h"

#include <pthread.h>

struct task {
    ct_worker_fn fn;
    void *ctx;
};

struct ct_workers {
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct task *ring; /* queue_max of them */
    int queue_max, first, n_queued;
    bool stopping;
    int n_threads;
    pthread_t threads[];
};

static void *run(void *arg)
{
    struct ct_workers *w = arg;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->n_queued == 0 && !w->stopping)
            pthread_cond_wait(&w->work, &w->lock);
        if (w->n_queued == 0)
            break;
        struct task task = w->ring[w->first];
        w->first = (w->first + 1) % w->queue_max;
        w->n_queued--;
        pthread_mutex_unlock(&w->lock);
        task.fn(task.ctx);
        pthread_mutex_lock(&w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

ct_code ct_workers_start(struct ct_workers **out, int n_threads, int queue_max, struct ct_err *err)
{
    struct ct_workers *w = ct_calloc(1, sizeof(*w) + (size_t)n_threads * sizeof(w->threads[0]));
    struct task *ring = ct_calloc((size_t)queue_max, sizeof(*ring));
    *out = NULL;
    if (!w || !ring) {
        ct_free(w);
        ct_free(ring);
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory at start.");
    }
    w->ring = ring;
    w->queue_max = queue_max;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->work, NULL);
    for (; w->n_threads < n_threads; w->n_threads++) {
        if (pthread_create(&w->threads[w->n_threads], NULL, run, w) != 0) {
            ct_workers_stop(&w);
            return ct_fail(err, CT_E_MEMORY, NULL, "A worker thread cannot be started.");
        }
    }
    *out = w;
    return CT_OK;
}

bool ct_workers_submit(struct ct_workers *w, ct_worker_fn fn, void *ctx)
{
    pthread_mutex_lock(&w->lock);
    bool accepted = !w->stopping && w->n_queued < w->queue_max;
    if (accepted) {
        w->ring[(w->first + w->n_queued) % w->queue_max] = (struct task){ fn, ctx };
        w->n_queued++;
        pthread_cond_signal(&w->work);
    }
    pthread_mutex_unlock(&w->lock);
    return accepted;
}

void ct_workers_stop(struct ct_workers **slot)
{
    struct ct_workers *w = *slot;
    *slot = NULL;
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_broadcast(&w->work);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->n_threads; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->lock);
    ct_free(w->ring);
    ct_free(w);
}
