#include "base/workers.h"
#include "t.h"

#include <semaphore.h>
#include <stdatomic.h>

struct gate {
    sem_t open;
    atomic_int ran;
};

static void wait_and_count(void *ctx)
{
    struct gate *g = ctx;
    sem_wait(&g->open);
    atomic_fetch_add(&g->ran, 1);
}

TEST(workers__run_each_task_once_and_bound_those_that_wait)
{
    struct ct_workers *w;
    struct gate g;
    int accepted = 0;
    sem_init(&g.open, 0, 0);
    atomic_init(&g.ran, 0);
    REQUIRE(ct_workers_start(&w, 2, 5, NULL) == CT_OK);
    for (int i = 0; i < 20; i++)
        accepted += ct_workers_submit(w, wait_and_count, &g);
    CHECK(accepted >= 5 && accepted <= 7); /* five wait, two perhaps run */
    for (int i = 0; i < accepted; i++)
        sem_post(&g.open);
    ct_workers_stop(&w); /* runs what was accepted */
    CHECK_INT(atomic_load(&g.ran), accepted);
    CHECK(w == NULL);
    ct_workers_stop(&w);
    sem_destroy(&g.open);
}
