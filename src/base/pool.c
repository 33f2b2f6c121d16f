/* The compute pool.
 *
 * A call of ct_pool_for() is a batch on its caller's stack, listed in the pool while it has
 * indices to hand out. Its caller and the helpers that joined it draw indices from one atomic
 * counter. The caller works until there are none left, delists the batch, and sleeps until the
 * helpers inside have left: a batch is finished by those who work on it, never by those who wait,
 * so calls nest without deadlock.
 *
 * A helper joins the listed batch with the fewest helpers, and joins anew whenever a batch was
 * listed (`epoch`), so that a second caller gets its share while a long batch is running.
 *
 * Everything in struct ct_pool and the lower half of struct batch is guarded by pool->lock; the
 * lock also orders what the helpers wrote before what the caller reads afterwards. */
#include "base/pool.h"

#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#define MAX_HELPERS 1024

struct batch {
    ct_pool_fn fn;
    void *ctx;
    uint32_t count;
    atomic_uint_fast64_t next_index; /* may run past count, by one for each hand */

    struct batch *prev, *next;
    int helpers;         /* threads inside, besides the caller */
    pthread_cond_t left; /* the last helper left */
};

struct ct_pool {
    pthread_mutex_t lock;
    pthread_cond_t work; /* a batch was listed, or stop */
    struct batch *batches;
    atomic_uint epoch; /* counts listings; written under the lock, read without */
    bool stop;
    int n_threads;
    pthread_t threads[];
};

/* The listed batch with indices left that has the fewest helpers, or NULL. */
static struct batch *neediest(const struct ct_pool *pool)
{
    struct batch *best = NULL;
    for (struct batch *b = pool->batches; b; b = b->next) {
        bool open = atomic_load_explicit(&b->next_index, memory_order_relaxed) < b->count;
        if (open && (!best || b->helpers < best->helpers))
            best = b;
    }
    return best;
}

static bool draw(struct batch *b, uint32_t *index)
{
    uint64_t i = atomic_fetch_add_explicit(&b->next_index, 1, memory_order_relaxed);
    *index = (uint32_t)i;
    return i < b->count;
}

static void help(struct ct_pool *pool, struct batch *b)
{
    unsigned epoch = atomic_load_explicit(&pool->epoch, memory_order_relaxed);
    uint32_t index;
    b->helpers++;
    pthread_mutex_unlock(&pool->lock);
    while (epoch == atomic_load_explicit(&pool->epoch, memory_order_relaxed) && draw(b, &index))
        b->fn(b->ctx, index);
    pthread_mutex_lock(&pool->lock);
    if (--b->helpers == 0)
        pthread_cond_signal(&b->left);
}

static void *helper_main(void *arg)
{
    struct ct_pool *pool = arg;
    pthread_mutex_lock(&pool->lock);
    while (!pool->stop) {
        struct batch *b = neediest(pool);
        if (b)
            help(pool, b);
        else
            pthread_cond_wait(&pool->work, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Starts helpers with all signals blocked: signals belong to the daemon's main thread. */
static int start_helpers(struct ct_pool *pool, int n_threads)
{
    sigset_t all, before;
    int failed = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->n_threads < n_threads && !failed) {
        failed = pthread_create(&pool->threads[pool->n_threads], NULL, helper_main, pool);
        if (!failed)
            pthread_setname_np(pool->threads[pool->n_threads++], "ct-pool");
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

ct_code ct_pool_new(struct ct_pool **out, int n_threads, struct ct_err *err)
{
    *out = NULL;
    if (n_threads < 0 || n_threads > MAX_HELPERS)
        return ct_fail(err, CT_E_CONFIG, NULL, "%d threads: a pool takes 0 to %d", n_threads,
                       MAX_HELPERS);
    struct ct_pool *pool =
        ct_calloc(1, sizeof(*pool) + (size_t)n_threads * sizeof(pool->threads[0]));
    if (!pool)
        return ct_fail(err, CT_E_MEMORY, NULL, "out of memory for a pool of threads");
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    int failed = start_helpers(pool, n_threads);
    if (failed) {
        ct_pool_free(&pool);
        errno = failed;
        return ct_fail_errno(err, CT_E_MEMORY, "cannot start %d threads", n_threads);
    }
    *out = pool;
    return CT_OK;
}

void ct_pool_free(struct ct_pool **out)
{
    struct ct_pool *pool = *out;
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->n_threads; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    ct_free(pool);
    *out = NULL;
}

int ct_pool_width(const struct ct_pool *pool)
{
    return pool ? pool->n_threads + 1 : 1;
}

static void list(struct ct_pool *pool, struct batch *b)
{
    pthread_mutex_lock(&pool->lock);
    b->next = pool->batches;
    if (b->next)
        b->next->prev = b;
    pool->batches = b;
    atomic_fetch_add_explicit(&pool->epoch, 1, memory_order_relaxed);
    for (uint32_t i = 1; i < b->count && i <= (uint32_t)pool->n_threads; i++)
        pthread_cond_signal(&pool->work); /* no more helpers than there is work for */
    pthread_mutex_unlock(&pool->lock);
}

static void delist_and_wait(struct ct_pool *pool, struct batch *b)
{
    pthread_mutex_lock(&pool->lock);
    if (b->prev)
        b->prev->next = b->next;
    else
        pool->batches = b->next;
    if (b->next)
        b->next->prev = b->prev;
    while (b->helpers > 0)
        pthread_cond_wait(&b->left, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

void ct_pool_for(struct ct_pool *pool, uint32_t count, ct_pool_fn fn, void *ctx)
{
    uint32_t index;
    if (ct_pool_width(pool) == 1 || count <= 1) {
        for (uint32_t i = 0; i < count; i++)
            fn(ctx, i);
        return;
    }
    struct batch b = { .fn = fn, .ctx = ctx, .count = count };
    atomic_init(&b.next_index, 0);
    pthread_cond_init(&b.left, NULL);
    list(pool, &b);
    while (draw(&b, &index))
        fn(ctx, index);
    delist_and_wait(pool, &b);
    pthread_cond_destroy(&b.left);
}
