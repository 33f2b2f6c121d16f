#include "base/mem.h"
#include "base/pool.h"
#include "t.h"

#include <pthread.h>
#include <stdatomic.h>

enum { N = 5000 };

struct tally {
    atomic_int seen[N];
    struct ct_pool *pool;
};

static void count_one(void *ctx, uint32_t index)
{
    atomic_fetch_add_explicit(&((struct tally *)ctx)->seen[index], 1, memory_order_relaxed);
}

static int times_wrong(const struct tally *t, int n, int expected)
{
    int wrong = 0;
    for (int i = 0; i < n; i++)
        wrong += atomic_load(&t->seen[i]) != expected;
    return wrong;
}

TEST(pool__runs_each_index_once)
{
    static const int sizes[] = { 0, 1, 3, 8 };
    for (size_t s = 0; s < 4; s++) {
        struct ct_pool *pool;
        struct ct_err err;
        REQUIRE(ct_pool_new(&pool, sizes[s], &err) == CT_OK);
        CHECK_INT(ct_pool_width(pool), sizes[s] + 1);
        for (uint32_t count = 0; count <= N; count = count * 5 + 1) {
            struct tally *t = ct_calloc(1, sizeof(*t));
            REQUIRE(t);
            ct_pool_for(pool, count, count_one, t);
            CHECK_INT(times_wrong(t, (int)count, 1), 0);
            ct_free(t);
        }
        ct_pool_free(&pool);
        CHECK(pool == NULL);
        ct_pool_free(&pool);
    }
}

static void record_order(void *ctx, uint32_t index)
{
    uint32_t *order = ctx;
    order[1 + order[0]++] = index;
}

TEST(pool__none_runs_in_order_in_the_caller)
{
    uint32_t order[11] = { 0 };
    ct_pool_for(NULL, 10, record_order, order);
    CHECK_INT(order[0], 10);
    for (uint32_t i = 0; i < 10; i++)
        CHECK_INT(order[1 + i], i);
    CHECK_INT(ct_pool_width(NULL), 1);
}

TEST(pool__refuses_silly_sizes)
{
    struct ct_pool *pool;
    struct ct_err err;
    CHECK(ct_pool_new(&pool, -1, &err) == CT_E_CONFIG && pool == NULL);
    CHECK(ct_pool_new(&pool, 1000000, &err) == CT_E_CONFIG);
    CHECK(strstr(err.msg, "1000000"));
    ct_mem_fail_nth(1);
    CHECK(ct_pool_new(&pool, 1, &err) == CT_E_MEMORY && pool == NULL);
    ct_mem_fail_nth(0);
}

struct nest {
    struct ct_pool *pool;
    struct nest *inner; /* what each index runs, or NULL */
    atomic_int ran;
};

static void run_inner(void *ctx, uint32_t index)
{
    struct nest *n = ctx;
    atomic_fetch_add(&n->ran, 1);
    if (n->inner)
        ct_pool_for(n->pool, 7, run_inner, n->inner);
}

TEST(pool__nested_calls_finish)
{
    for (int size = 1; size <= 4; size += 3) {
        struct ct_pool *pool;
        REQUIRE(ct_pool_new(&pool, size, NULL) == CT_OK);
        struct nest leaf = { pool, NULL, 0 }, middle = { pool, &leaf, 0 },
                    top = { pool, &middle, 0 };
        ct_pool_for(pool, 20, run_inner, &top);
        CHECK_INT(top.ran, 20);
        CHECK_INT(middle.ran, 140);
        CHECK_INT(leaf.ran, 980);
        ct_pool_free(&pool);
    }
}

static void *call_often(void *ctx)
{
    struct tally *t = ctx;
    for (int i = 0; i < 50; i++)
        ct_pool_for(t->pool, 100, count_one, t);
    return NULL;
}

TEST(pool__several_callers_share_it)
{
    struct ct_pool *pool;
    pthread_t threads[4];
    struct tally *t = ct_calloc(4, sizeof(*t));
    REQUIRE(t && ct_pool_new(&pool, 3, NULL) == CT_OK);
    for (int i = 0; i < 4; i++) {
        t[i].pool = pool;
        REQUIRE(pthread_create(&threads[i], NULL, call_often, &t[i]) == 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(times_wrong(&t[i], 100, 50), 0);
    }
    ct_pool_free(&pool);
    ct_free(t);
}

/* Two indices that wait for each other: only two threads at once can run them. */
static void meet(void *ctx, uint32_t index)
{
    pthread_barrier_wait(ctx);
}

TEST(pool__helpers_work_beside_the_caller)
{
    struct ct_pool *pool;
    pthread_barrier_t barrier;
    REQUIRE(ct_pool_new(&pool, 3, NULL) == CT_OK);
    pthread_barrier_init(&barrier, NULL, 4);
    ct_pool_for(pool, 4, meet, &barrier);
    pthread_barrier_destroy(&barrier);
    CHECK_INT(ct_pool_width(pool), 4);
    ct_pool_free(&pool);
}

static void add_plain(void *ctx, uint32_t index)
{
    ((int *)ctx)[index] += (int)index;
}

TEST(pool__results_are_visible_to_the_caller)
{
    struct ct_pool *pool;
    int values[64] = { 0 };
    REQUIRE(ct_pool_new(&pool, 3, NULL) == CT_OK);
    for (int round = 0; round < 200; round++)
        ct_pool_for(pool, 64, add_plain, values);
    for (int i = 0; i < 64; i++)
        CHECK_INT(values[i], 200 * i);
    ct_pool_free(&pool);
}
