/* Ends that are told: the rows that a job's end leaves, and what the schedule makes of them when
 * days pass. Nothing here touches the network; tests/scenario has real receivers. */
#include "t.h"

#include "folder.h"
#include "toy.h"

#include "base/clock.h"
#include "jobs/callback.h"
#include "jobs/delivery.h"
#include "policy/webhook.h"
#include "store/callback_rows.h"

#include <time.h>

#define HOUR_MS 3600000ll
#define START_S 1800000000ll

static atomic_llong now_s;

static int64_t wall_s(void)
{
    return now_s;
}

/* What docs/callbacks.md promises: these waits, a tenth more or less, and an end after 72 hours. */
static const int64_t waits_ms[] = { 5000,        30000,        120000,      600000,
                                    1800000,     1 * HOUR_MS,  2 * HOUR_MS, 4 * HOUR_MS,
                                    8 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS };
#define N_WAITS ((int)(sizeof(waits_ms) / sizeof(waits_ms[0])))
#define ATTEMPTS (1 + N_WAITS + 1) /* at once, after each wait, and at the end of the 72 hours */

TEST(delivery__schedule_has_exact_bounds)
{
    const int64_t first = 1000, last = first + 72 * HOUR_MS;
    for (int i = 0; i < N_WAITS; i++) {
        int64_t wait = waits_ms[i];
        CHECK_INT(ct_delivery_next_ms(i + 1, first, first, 0), first + wait - wait / 10);
        CHECK_INT(ct_delivery_next_ms(i + 1, first, first, 1000), first + wait);
        CHECK_INT(ct_delivery_next_ms(i + 1, first, first, 2000), first + wait + wait / 10);
        CHECK_INT(ct_delivery_next_ms(i + 1, first, first, 2001), first + wait - wait / 10);
        CHECK_INT(ct_delivery_next_ms(i + 1, first, last - 1, 0), last); /* of a late attempt */
        CHECK_INT(ct_delivery_next_ms(i + 1, first, last, 0), 0);
    }
    CHECK_INT(ct_delivery_next_ms(ATTEMPTS - 1, first, first, 0), last);
    CHECK_INT(ct_delivery_next_ms(ATTEMPTS - 1, first, last, 0), 0);
    CHECK_INT(ct_delivery_next_ms(99, first, last - 1, 0), last); /* the clock was put back */
}

TEST(delivery__has_thirteen_attempts_whatever_the_jitter)
{
    const int64_t first = 1000;
    for (uint32_t random = 0; random <= 2000; random++) {
        int attempts = 0;
        for (int64_t at = first; at; at = ct_delivery_next_ms(attempts, first, at, random))
            attempts++;
        CHECK_INT(attempts, ATTEMPTS);
    }
    CHECK_INT(ATTEMPTS, 13);
}

struct fixture {
    struct folder folder;
    struct ct_db *db;
    struct ct_pictures *pictures;
    struct ct_catalogue *catalogue;
    struct ct_contract contract;
    struct ct_callbacks callbacks;
    struct toy toy;
    struct watcher watcher;
    struct ct_jobs *jobs;
    sem_t told;
    struct ct_arena *arena;
    struct ct_delivery_row row; /* the last one that was looked at */
    int n_rows;
};

static void wake(void *ctx)
{
    sem_post(&((struct fixture *)ctx)->told);
}

static bool set_up(struct fixture *f, enum manners manners)
{
    *f = (struct fixture){ .folder = folder_make(), .arena = ct_arena_new(1 << 20) };
    now_s = START_S;
    ct_clock_replace(NULL, wall_s);
    toy_init(&f->toy, manners);
    watcher_init(&f->watcher);
    sem_init(&f->told, 0, 0);
    if (ct_catalogue_load(&f->catalogue, NULL, NULL) != CT_OK ||
        ct_pictures_open(&f->pictures, f->folder.path, NULL) != CT_OK ||
        ct_db_open(&f->db, f->folder.path, NULL) != CT_OK)
        return false;
    f->contract = (struct ct_contract){ .catalogue = f->catalogue };
    f->callbacks = (struct ct_callbacks){ .catalogue = f->catalogue, .wake = wake, .ctx = f };
    return ct_jobs_start(&f->jobs,
                         &(struct ct_jobs_options){ .runners = 1,
                                                    .pictures = f->pictures,
                                                    .db = f->db,
                                                    .engine = &f->toy.engine,
                                                    .contract = &f->contract,
                                                    .callbacks = &f->callbacks },
                         NULL) == CT_OK;
}

static void tear_down(struct fixture *f)
{
    ct_jobs_stop(&f->jobs);
    ct_db_close(&f->db);
    ct_pictures_close(&f->pictures);
    ct_catalogue_free(&f->catalogue);
    watcher_release(&f->watcher);
    toy_release(&f->toy);
    sem_destroy(&f->told);
    ct_arena_free(&f->arena);
    folder_remove(&f->folder);
    ct_clock_replace(NULL, NULL);
}

#define MUG "{\"model\":\"gpt-image-2\",\"prompt\":\"a mug\",\"n\":2"
#define TOLD MUG ",\"callback_url\":\"https://Receiver.example/hook?a=1\"}"

static void submit(struct fixture *f, const char *json, int64_t deadline_ms, char id[CT_JOB_ID_MAX])
{
    const struct ct_image_request *request;
    struct ct_arena *arena = ct_arena_new((size_t)1 << 20);
    struct ct_blob *body = ct_blob_copy(json, strlen(json));
    REQUIRE(ct_parse_generation(&request, arena, ct_slice_n(body->data, body->len), &f->contract,
                                NULL) == CT_OK);
    struct ct_job *job = ct_job_new(&(struct ct_job_params){
        .request = request,
        .arena = arena,
        .body = body,
        .engine = &f->toy.engine,
        .observer = watcher_observer(&f->watcher),
        .base_url = CT_S("https://pictures.example"),
        .key_id = "key_a",
        .lane = CT_LANE_BACKGROUND,
        .durable = true,
        .deadline_ms = deadline_ms,
    });
    memcpy(id, job->id, CT_JOB_ID_MAX);
    CHECK_INT(ct_jobs_submit(f->jobs, job, NULL), CT_OK);
    ct_job_unref(&job);
    while (sem_wait(&f->watcher.accepted) != 0)
        continue;
}

/* It is accepted a moment before it is in the queue. */
static void wait_queued(struct fixture *f)
{
    int queued = 0, running;
    for (int i = 0; i < 10000 && queued == 0; i++) {
        ct_jobs_count(f->jobs, &queued, &running);
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    }
}

static void note_id(void *ctx, const struct ct_delivery_row *row)
{
    struct fixture *f = ctx;
    f->n_rows++;
    f->row.id = ct_arena_dup(f->arena, row->id);
}

static ct_code look(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct fixture *f = ctx;
    f->n_rows = 0;
    CT_TRY(ct_delivery_rows_each(sql, false, 10, note_id, f, err));
    return f->n_rows ? ct_delivery_row_get(&f->row, sql, f->arena, f->row.id, err) : CT_OK;
}

static bool wait_told(struct fixture *f)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 10;
    return sem_timedwait(&f->told, &until) == 0 && ct_db_read(f->db, look, f, NULL) == CT_OK;
}

static void check_body(const struct fixture *f, const char *key, const char *expected)
{
    const struct ct_json *task, *value;
    CHECK_INT(ct_json_parse(&task, f->arena, f->row.body, NULL, NULL), CT_OK);
    value = ct_json_get(task, key);
    if (value)
        CHECK_SLICE(value->text, expected);
    else
        t_fail(__FILE__, __LINE__, "no member %s", key);
}

TEST(callback__of_a_completed_task_has_urls_that_live_as_long_as_it_is_tried)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX], expires[40];
    REQUIRE(set_up(&f, TOY_DRAWS));
    submit(&f, TOLD, 0, id);
    REQUIRE(wait_told(&f));
    CHECK_INT(f.n_rows, 1);
    CHECK(ct_slice_starts(f.row.id, "evt_"));
    CHECK_SLICE(f.row.host, "receiver.example");
    CHECK_SLICE(f.row.type, "task.completed");
    CHECK_INT(f.row.next_ms, START_S * 1000);
    check_body(&f, "id", id);
    check_body(&f, "type", "task.completed");
    check_body(&f, "status", "completed");
    snprintf(expires, sizeof(expires), "?expires=%lld&", START_S + 72 * 3600);
    CHECK(memmem(f.row.body.ptr, f.row.body.len, expires, strlen(expires)));
    CHECK(memmem(f.row.body.ptr, f.row.body.len, "https://pictures.example/v1/files/", 34));
    CHECK(!memmem(f.row.body.ptr, f.row.body.len, "b64_json", 8));
    tear_down(&f);
}

TEST(callback__failed_cancelled_and_expired_ends_are_told_too)
{
    struct fixture f;
    char failed[CT_JOB_ID_MAX], held[CT_JOB_ID_MAX], waiting[CT_JOB_ID_MAX], late[CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_FAILS));
    submit(&f, TOLD, 0, failed);
    REQUIRE(wait_told(&f));
    CHECK_SLICE(f.row.type, "task.failed");
    tear_down(&f);

    REQUIRE(set_up(&f, TOY_HOLDS));
    submit(&f, TOLD, 0, held);
    while (sem_wait(&f.toy.started) != 0)
        continue;
    submit(&f, TOLD, 0, waiting);
    wait_queued(&f);
    ct_jobs_cancel_id(f.jobs, ct_slice(waiting), NULL, NULL);
    REQUIRE(wait_told(&f));
    CHECK_SLICE(f.row.type, "task.cancelled");
    check_body(&f, "id", waiting);
    tear_down(&f);

    REQUIRE(set_up(&f, TOY_HOLDS));
    submit(&f, TOLD, 0, held);
    while (sem_wait(&f.toy.started) != 0)
        continue;
    submit(&f, TOLD, (START_S + 5) * 1000, late);
    wait_queued(&f);
    now_s += 6;
    ct_jobs_sweep(f.jobs);
    REQUIRE(wait_told(&f));
    CHECK_SLICE(f.row.type, "task.failed");
    check_body(&f, "id", late);
    tear_down(&f);
}

TEST(callback__without_a_url_nobody_is_told)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_DRAWS));
    submit(&f, MUG "}", 0, id);
    REQUIRE(wait_told(&f)); /* the journal does not know, the table does */
    CHECK_INT(f.n_rows, 0);
    tear_down(&f);
}

static int no_address(void *ctx, const char *host, int port, struct sockaddr_storage *out, int max)
{
    ++*(int *)ctx;
    return 0;
}

static uint32_t same_bits(void *ctx)
{
    return *(const uint32_t *)ctx;
}

/* Each attempt when it is due (to the second), until there is none. */
static void check_three_days(struct fixture *f, uint32_t random)
{
    char id[CT_JOB_ID_MAX];
    int tries = 0;
    const struct ct_secret secret = { { 1 } };
    submit(f, TOLD, 0, id);
    REQUIRE(wait_told(f));
    struct ct_sender sender = { .db = f->db,
                                .fetch = { .user_agent = "test",
                                           .resolve = no_address,
                                           .resolve_ctx = &tries },
                                .secret = &secret,
                                .random = same_bits,
                                .random_ctx = &random };
    struct ct_slice body = f->row.body;
    for (int i = 0; i < ATTEMPTS; i++) {
        now_s = (f->row.next_ms + 999) / 1000;
        REQUIRE(ct_delivery_attempt(&sender, f->row.id, NULL, NULL, NULL) == CT_OK);
        REQUIRE(ct_db_read(f->db, look, f, NULL) == CT_OK);
        CHECK_INT(f->row.attempts, i + 1);
        CHECK(ct_slice_eq(f->row.body, body));
        if (i < N_WAITS) /* tenths: 9, 10 or 11 of them */
            CHECK_INT(f->row.next_ms - now_s * 1000,
                      waits_ms[i] / 10 * (9 + (int64_t)random / 1000));
        else
            CHECK_INT(f->row.next_ms, i == N_WAITS ? START_S * 1000 + 72 * HOUR_MS : 0);
    }
    CHECK_INT(tries, ATTEMPTS);
    CHECK_INT(now_s - START_S, 72 * 3600);
    CHECK_INT(f->row.delivered_ms, 0);
    CHECK(memmem(f->row.error.ptr, f->row.error.len, "no public address", 17));
    CHECK_INT(ct_delivery_attempt(&sender, f->row.id, NULL, NULL, NULL), CT_OK); /* it is over */
    CHECK_INT(tries, ATTEMPTS);
}

TEST(delivery__is_tried_for_three_days_with_the_same_bytes_then_dead)
{
    for (uint32_t random = 0; random <= 2000; random += 1000) {
        struct fixture f;
        REQUIRE(set_up(&f, TOY_DRAWS));
        check_three_days(&f, random);
        tear_down(&f);
    }
}

static bool is_cancelled(void *ctx)
{
    (void)ctx;
    return true;
}

TEST(delivery__that_a_stopping_server_lets_go_stays_due)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    int tries = 0;
    const struct ct_secret secret = { { 1 } };
    REQUIRE(set_up(&f, TOY_DRAWS));
    submit(&f, TOLD, 0, id);
    REQUIRE(wait_told(&f));
    struct ct_sender sender = { .db = f.db,
                                .fetch = { .user_agent = "test",
                                           .resolve = no_address,
                                           .resolve_ctx = &tries },
                                .secret = &secret };
    CHECK_INT(ct_delivery_attempt(&sender, f.row.id, is_cancelled, NULL, NULL), CT_OK);
    REQUIRE(ct_db_read(f.db, look, &f, NULL) == CT_OK);
    CHECK_INT(f.row.attempts, 0);
    CHECK_INT(f.row.next_ms, START_S * 1000);
    tear_down(&f);
}
