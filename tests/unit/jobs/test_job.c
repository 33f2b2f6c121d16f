#include "t.h"

#include "toy.h"

#include "base/arena.h"
#include "base/mem.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* By hand, so that a slip in the table of job.c does not repeat itself here. */
static const bool legal[CT_JOB_STATE_COUNT][CT_JOB_STATE_COUNT] = {
    /*              queued running finishing done failed cancelled expired sent unknown */
    /* queued    */ { 0, 1, 0, 0, 1, 1, 1, 0, 0 },
    /* running   */ { 1, 0, 1, 0, 1, 1, 0, 1, 0 },
    /* finishing */ { 1, 0, 0, 1, 1, 1, 0, 0, 0 },
    /* done      */ { 0, 0, 0, 0, 0, 0, 0, 0, 0 },
    /* failed    */ { 0, 0, 0, 0, 0, 0, 0, 0, 0 },
    /* cancelled */ { 0, 0, 0, 0, 0, 0, 0, 0, 0 },
    /* expired   */ { 0, 0, 0, 0, 0, 0, 0, 0, 0 },
    /* sent      */ { 0, 0, 1, 0, 1, 0, 0, 0, 1 },
    /* unknown   */ { 0, 0, 1, 0, 1, 0, 0, 0, 0 },
};

TEST(job__the_table_has_exactly_these_edges)
{
    for (int from = 0; from < CT_JOB_STATE_COUNT; from++)
        for (int to = 0; to < CT_JOB_STATE_COUNT; to++)
            CHECK_INT(ct_job_edge((enum ct_job_state)from, (enum ct_job_state)to), legal[from][to]);
    static const int outside[] = { -1, CT_JOB_STATE_COUNT, 31, 32, 33, 1000 };
    for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
        CHECK(!ct_job_edge((enum ct_job_state)outside[i], CT_JOB_RUNNING));
        CHECK(!ct_job_edge(CT_JOB_QUEUED, (enum ct_job_state)outside[i]));
    }
}

TEST(job__states_have_names)
{
    static const char *const names[] = { "queued", "running", "finishing",
                                         "done",   "failed",  "cancelled",
                                         "expired", "sent",   "unknown" };
    for (int i = 0; i < CT_JOB_STATE_COUNT; i++)
        CHECK_STR(ct_job_state_name((enum ct_job_state)i), names[i]);
    CHECK_STR(ct_job_state_name(CT_JOB_STATE_COUNT), "unknown");
    CHECK_STR(ct_job_state_name((enum ct_job_state) - 1), "unknown");
}

TEST(job__nothing_follows_an_end)
{
    for (int state = 0; state < CT_JOB_STATE_COUNT; state++) {
        int edges = 0;
        for (int to = 0; to < CT_JOB_STATE_COUNT; to++)
            edges += legal[state][to];
        CHECK_INT(ct_job_state_ends((enum ct_job_state)state), edges == 0);
    }
}

TEST(job__every_legal_edge_moves_and_only_from_its_state)
{
    struct toy toy;
    toy_init(&toy, TOY_DRAWS);
    for (int from = 0; from < CT_JOB_STATE_COUNT; from++) {
        for (int to = 0; to < CT_JOB_STATE_COUNT; to++) {
            struct ct_job *job = toy_job(&toy, NULL, 1);
            REQUIRE(job);
            atomic_store(&job->state, from);
            if (legal[from][to]) {
                CHECK(ct_job_set_state(job, (enum ct_job_state)from, (enum ct_job_state)to));
                CHECK_INT(ct_job_state(job), to);
                /* Who comes second learns that the state was left already. */
                CHECK(!ct_job_set_state(job, (enum ct_job_state)from, (enum ct_job_state)to));
                CHECK_INT(ct_job_state(job), to);
            }
            ct_job_unref(&job);
        }
    }
    toy_release(&toy);
}

TEST(job__every_illegal_edge_aborts)
{
    struct toy toy;
    toy_init(&toy, TOY_DRAWS);
    struct ct_job *job = toy_job(&toy, NULL, 1);
    REQUIRE(job);
    for (int from = 0; from < CT_JOB_STATE_COUNT; from++) {
        for (int to = 0; to < CT_JOB_STATE_COUNT; to++) {
            int status = 0;
            if (legal[from][to])
                continue;
            pid_t child = fork();
            REQUIRE(child >= 0);
            if (child == 0) {
                atomic_store(&job->state, from);
                ct_job_set_state(job, (enum ct_job_state)from, (enum ct_job_state)to);
                _exit(0);
            }
            REQUIRE(waitpid(child, &status, 0) == child);
            CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        }
    }
    ct_job_unref(&job);
    toy_release(&toy);
}

TEST(job__lives_until_the_last_reference)
{
    struct toy toy;
    toy_init(&toy, TOY_DRAWS);
    struct ct_job *job = toy_job(&toy, NULL, 1);
    REQUIRE(job);
    struct ct_job *other = ct_job_ref(job);
    CHECK(other == job);
    CHECK(job->queued_us > 0 && job->started_us == 0 && job->ended_us == 0);
    ct_job_unref(&job);
    CHECK(job == NULL);
    CHECK_INT(ct_job_state(other), CT_JOB_QUEUED);
    ct_job_unref(&other);
    ct_job_unref(&other); /* NULL is fine */
    toy_release(&toy);
}

/* The sanitizer build proves that arena and body are freed. */
TEST(job__new_takes_arena_and_body_also_on_failure)
{
    struct toy toy;
    toy_init(&toy, TOY_DRAWS);
    struct ct_arena *arena = ct_arena_new(4096);
    struct ct_blob *body = ct_blob_copy("{}", 2);
    REQUIRE(arena && body);
    ct_mem_fail_nth(1);
    struct ct_job_params params = { .arena = arena, .body = body, .engine = &toy.engine };
    CHECK(ct_job_new(&params) == NULL);
    ct_mem_fail_nth(0);
    arena = ct_arena_new(4096);
    body = ct_blob_copy("{}", 2);
    REQUIRE(arena && body);
    params.arena = arena;
    params.body = body;
    struct ct_job *job = ct_job_new(&params);
    CHECK(job != NULL);
    ct_job_unref(&job);
    toy_release(&toy);
}
