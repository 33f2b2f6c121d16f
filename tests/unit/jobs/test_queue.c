#include "t.h"

#include "toy.h"

#include "base/mem.h"

#include <pthread.h>
#include <time.h>

#define JOBS 6

struct fixture {
    struct toy toy;
    struct ct_jobs *jobs;
    struct watcher watchers[JOBS];
    struct ct_job *job[JOBS];
};

static bool set_up(struct fixture *f, enum manners manners, int runners, int queue_max)
{
    bool ok = true;
    f->jobs = NULL;
    toy_init(&f->toy, manners);
    for (int i = 0; i < JOBS; i++) {
        watcher_init(&f->watchers[i]);
        f->job[i] = toy_job(&f->toy, &f->watchers[i], 1);
        ok = ok && f->job[i];
    }
    return ok &&
           ct_jobs_start(&f->jobs,
                         &(struct ct_jobs_options){ .runners = runners, .queue_max = queue_max },
                         NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_jobs_stop(&f->jobs);
    CHECK(f->jobs == NULL);
    for (int i = 0; i < JOBS; i++) {
        ct_job_unref(&f->job[i]);
        watcher_release(&f->watchers[i]);
    }
    toy_release(&f->toy);
}

static void wait_for(sem_t *event)
{
    while (sem_wait(event) != 0) {
    }
}

static ct_code submit(struct fixture *f, int i, struct ct_err *err)
{
    return ct_jobs_submit(f->jobs, f->job[i], err);
}

static int queued(struct fixture *f)
{
    int n_queued, n_running;
    ct_jobs_count(f->jobs, &n_queued, &n_running);
    return n_queued;
}

static int running(struct fixture *f)
{
    int n_queued, n_running;
    ct_jobs_count(f->jobs, &n_queued, &n_running);
    return n_running;
}

static void check_ended(struct fixture *f, int i, enum ct_job_state state, ct_code code)
{
    CHECK_INT(ct_job_state(f->job[i]), state);
    CHECK_INT(f->job[i]->err.code, code);
    CHECK_INT(atomic_load(&f->watchers[i].ends), 1);
}

TEST(queue__runs_what_is_submitted)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_DRAWS, 2, 0));
    for (int i = 0; i < JOBS; i++)
        CHECK_INT(submit(&f, i, NULL), CT_OK);
    for (int i = 0; i < JOBS; i++) {
        wait_for(&f.watchers[i].ended);
        check_ended(&f, i, CT_JOB_DONE, CT_OK);
        CHECK_STR(f.watchers[i].log, "w P0 E ");
    }
    ct_jobs_drain(f.jobs, 60000); /* nothing is left: returns at once */
    CHECK_INT(queued(&f) + running(&f), 0);
    tear_down(&f);
}

TEST(queue__is_first_in_first_out)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_WAITS, 1, 0));
    for (int i = 0; i < JOBS; i++)
        CHECK_INT(submit(&f, i, NULL), CT_OK);
    for (int i = 0; i < JOBS; i++) {
        sem_post(&f.toy.gate);
        wait_for(&f.watchers[i].ended);
        for (int later = i + 1; later < JOBS; later++)
            CHECK_INT(atomic_load(&f.watchers[later].ends), 0);
    }
    tear_down(&f);
}

TEST(queue__as_many_run_at_once_as_there_are_runners)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_WAITS, 3, 0));
    for (int i = 0; i < JOBS; i++)
        CHECK_INT(submit(&f, i, NULL), CT_OK);
    for (int i = 0; i < 3; i++)
        wait_for(&f.toy.started);
    CHECK_INT(running(&f), 3);
    CHECK_INT(queued(&f), JOBS - 3);
    CHECK(sem_trywait(&f.toy.started) != 0);
    for (int i = 0; i < JOBS; i++)
        sem_post(&f.toy.gate);
    ct_jobs_drain(f.jobs, 60000);
    for (int i = 0; i < JOBS; i++)
        check_ended(&f, i, CT_JOB_DONE, CT_OK);
    tear_down(&f);
}

TEST(queue__is_bounded)
{
    struct fixture f;
    struct ct_err err = { 0 };
    REQUIRE(set_up(&f, TOY_WAITS, 1, 2));
    CHECK_INT(submit(&f, 0, NULL), CT_OK);
    wait_for(&f.toy.started); /* it runs: only waiting jobs count */
    CHECK_INT(submit(&f, 1, NULL), CT_OK);
    CHECK_INT(submit(&f, 2, NULL), CT_OK);
    CHECK_INT(submit(&f, 3, &err), CT_E_OVERLOADED);
    CHECK(strstr(err.msg, "2 requests are waiting") != NULL);
    CHECK_INT(queued(&f), 2);
    CHECK_INT(ct_job_state(f.job[3]), CT_JOB_QUEUED);
    CHECK_INT(atomic_load(&f.watchers[3].ends), 0);
    ct_jobs_cancel(f.jobs, f.job[1]); /* makes room */
    CHECK_INT(submit(&f, 3, NULL), CT_OK);
    tear_down(&f);
}

TEST(queue__a_cancelled_job_leaves_it_at_once)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_WAITS, 1, 0));
    CHECK_INT(submit(&f, 0, NULL), CT_OK);
    wait_for(&f.toy.started);
    for (int i = 1; i < 5; i++)
        CHECK_INT(submit(&f, i, NULL), CT_OK);
    static const int order[] = { 2, 4, 1 }; /* from the middle, the tail, the head */
    for (int k = 0; k < 3; k++) {
        ct_jobs_cancel(f.jobs, f.job[order[k]]);
        CHECK_INT(queued(&f), 3 - k);
        check_ended(&f, order[k], CT_JOB_CANCELLED, CT_E_CANCELLED);
        CHECK_STR(f.watchers[order[k]].log, "E ");
        ct_jobs_cancel(f.jobs, f.job[order[k]]); /* again: nothing */
        check_ended(&f, order[k], CT_JOB_CANCELLED, CT_E_CANCELLED);
    }
    CHECK_INT(submit(&f, 5, NULL), CT_OK); /* the list still holds together */
    CHECK_INT(queued(&f), 2);
    for (int i = 0; i < 3; i++)
        sem_post(&f.toy.gate);
    ct_jobs_drain(f.jobs, 60000);
    check_ended(&f, 0, CT_JOB_DONE, CT_OK);
    check_ended(&f, 3, CT_JOB_DONE, CT_OK);
    check_ended(&f, 5, CT_JOB_DONE, CT_OK);
    tear_down(&f);
}

TEST(queue__a_running_job_can_be_cancelled)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_HOLDS, 1, 0));
    CHECK_INT(submit(&f, 0, NULL), CT_OK);
    CHECK_INT(submit(&f, 1, NULL), CT_OK);
    wait_for(&f.toy.started);
    ct_jobs_cancel(f.jobs, f.job[0]);
    ct_jobs_cancel(f.jobs, f.job[0]);
    wait_for(&f.watchers[0].ended);
    check_ended(&f, 0, CT_JOB_CANCELLED, CT_E_CANCELLED);
    CHECK_STR(f.watchers[0].log, "w E ");
    wait_for(&f.toy.started); /* the runner went on with the next */
    ct_jobs_cancel(f.jobs, f.job[1]);
    wait_for(&f.watchers[1].ended);
    check_ended(&f, 1, CT_JOB_CANCELLED, CT_E_CANCELLED);
    tear_down(&f);
}

TEST(queue__a_cancel_that_comes_too_late_does_nothing)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_DEAF, 1, 0));
    CHECK_INT(submit(&f, 0, NULL), CT_OK);
    wait_for(&f.toy.started);
    ct_jobs_cancel(f.jobs, f.job[1]); /* never submitted: no end either */
    CHECK_INT(atomic_load(&f.watchers[1].ends), 0);
    sem_post(&f.toy.gate);
    wait_for(&f.watchers[0].ended);
    check_ended(&f, 0, CT_JOB_DONE, CT_OK);
    ct_jobs_cancel(f.jobs, f.job[0]);
    check_ended(&f, 0, CT_JOB_DONE, CT_OK);
    tear_down(&f);
}

TEST(queue__takes_nothing_while_draining)
{
    struct fixture f;
    struct ct_err err = { 0 };
    REQUIRE(set_up(&f, TOY_DRAWS, 1, 0));
    ct_jobs_drain(f.jobs, 0);
    CHECK_INT(submit(&f, 0, &err), CT_E_DRAINING);
    CHECK(strstr(err.msg, "shutting down") != NULL);
    CHECK_INT(ct_job_state(f.job[0]), CT_JOB_QUEUED);
    CHECK_INT(atomic_load(&f.watchers[0].ends), 0);
    ct_jobs_drain(f.jobs, 0); /* again is fine */
    tear_down(&f);
}

TEST(queue__drain_cancels_what_is_left_at_the_deadline)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_HOLDS, 2, 0));
    for (int i = 0; i < 5; i++)
        CHECK_INT(submit(&f, i, NULL), CT_OK);
    wait_for(&f.toy.started);
    wait_for(&f.toy.started);
    ct_jobs_drain(f.jobs, 30);
    CHECK_INT(queued(&f) + running(&f), 0);
    check_ended(&f, 0, CT_JOB_CANCELLED, CT_E_CANCELLED);
    check_ended(&f, 1, CT_JOB_CANCELLED, CT_E_CANCELLED);
    for (int i = 2; i < 5; i++) {
        check_ended(&f, i, CT_JOB_CANCELLED, CT_E_DRAINING);
        CHECK_STR(f.watchers[i].log, "E ");
    }
    tear_down(&f);
}

/* The observer of the first waiting job takes its time, and a runner becomes free meanwhile: it
 * must not begin the second. */
TEST(queue__drain_starts_nothing_after_the_deadline)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_HOLDS, 1, 0));
    f.watchers[1].hold = &f.watchers[0].ended;
    for (int i = 0; i < 4; i++)
        CHECK_INT(submit(&f, i, NULL), CT_OK);
    wait_for(&f.toy.started);
    ct_jobs_drain(f.jobs, 0);
    check_ended(&f, 0, CT_JOB_CANCELLED, CT_E_CANCELLED);
    for (int i = 1; i < 4; i++)
        check_ended(&f, i, CT_JOB_CANCELLED, CT_E_DRAINING);
    CHECK(sem_trywait(&f.toy.started) != 0);
    tear_down(&f);
}

TEST(queue__drain_lets_work_end_before_the_deadline)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_WAITS, 1, 0));
    CHECK_INT(submit(&f, 0, NULL), CT_OK);
    CHECK_INT(submit(&f, 1, NULL), CT_OK);
    wait_for(&f.toy.started);
    sem_post(&f.toy.gate);
    sem_post(&f.toy.gate);
    ct_jobs_drain(f.jobs, 60000);
    check_ended(&f, 0, CT_JOB_DONE, CT_OK);
    check_ended(&f, 1, CT_JOB_DONE, CT_OK);
    tear_down(&f);
}

TEST(queue__stop_cancels_and_frees_everything)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_HOLDS, 1, 0));
    CHECK_INT(submit(&f, 0, NULL), CT_OK);
    CHECK_INT(submit(&f, 1, NULL), CT_OK);
    wait_for(&f.toy.started);
    ct_jobs_stop(&f.jobs);
    CHECK(f.jobs == NULL);
    check_ended(&f, 0, CT_JOB_CANCELLED, CT_E_CANCELLED);
    check_ended(&f, 1, CT_JOB_CANCELLED, CT_E_DRAINING);
    tear_down(&f); /* stopping NULL is fine */
}

struct race {
    struct fixture *f;
    int job;
};

static void *cancel_it(void *ctx)
{
    struct race *race = ctx;
    ct_jobs_cancel(race->f->jobs, race->f->job[race->job]);
    return NULL;
}

/* Whoever wins, each job ends once, and nothing is lost. */
TEST(queue__cancel_and_start_may_race)
{
    for (int round = 0; round < 20; round++) {
        struct fixture f;
        pthread_t threads[JOBS];
        struct race races[JOBS];
        REQUIRE(set_up(&f, TOY_DRAWS, 2, 0));
        for (int i = 0; i < JOBS; i++) {
            races[i] = (struct race){ &f, i };
            CHECK_INT(submit(&f, i, NULL), CT_OK);
            REQUIRE(pthread_create(&threads[i], NULL, cancel_it, &races[i]) == 0);
        }
        for (int i = 0; i < JOBS; i++) {
            pthread_join(threads[i], NULL);
            wait_for(&f.watchers[i].ended);
            enum ct_job_state state = ct_job_state(f.job[i]);
            CHECK(state == CT_JOB_DONE || state == CT_JOB_CANCELLED);
            check_ended(&f, i, state, state == CT_JOB_DONE ? CT_OK : CT_E_CANCELLED);
        }
        tear_down(&f);
    }
}

TEST(queue__start_survives_every_failed_allocation)
{
    bool clean = false;
    int n_failed = 0;
    for (long nth = 1; !clean && nth < 50; nth++) {
        struct ct_jobs *jobs = NULL;
        ct_mem_fail_nth(nth);
        ct_code rc = ct_jobs_start(&jobs, &(struct ct_jobs_options){ .runners = 3 }, NULL);
        clean = ct_mem_fail_nth(0) < nth;
        CHECK(rc == CT_OK ? jobs != NULL : rc == CT_E_MEMORY && !jobs);
        n_failed += rc != CT_OK;
        ct_jobs_stop(&jobs);
    }
    CHECK(clean);
    CHECK(n_failed >= 4); /* the queue and each runner */
}

TEST(queue__more_runners_than_it_can_hold_are_cut)
{
    struct ct_jobs *jobs = NULL;
    REQUIRE(ct_jobs_start(&jobs, &(struct ct_jobs_options){ .runners = 1000 }, NULL) == CT_OK);
    ct_jobs_stop(&jobs);
    REQUIRE(ct_jobs_start(&jobs, &(struct ct_jobs_options){ .runners = 0 }, NULL) == CT_OK);
    ct_jobs_stop(&jobs);
}
