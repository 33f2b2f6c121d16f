/* Durable jobs: with a real database, through drains and restarts in one process. What a kill -9
 * leaves behind is played by rows set back by hand; tests/scenario kills a real server. */
#include "t.h"

#include "folder.h"
#include "toy.h"

#include "base/clock.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

struct fixture {
    struct folder folder;
    struct ct_db *db;
    struct ct_pictures *pictures;
    struct ct_catalogue *catalogue;
    struct ct_contract contract;
    struct toy toy;
    struct watcher watcher;
    struct ct_jobs *jobs;
};

static bool start(struct fixture *f, int runners, int durable_max)
{
    return ct_db_open(&f->db, f->folder.path, NULL) == CT_OK &&
           ct_jobs_start(&f->jobs,
                         &(struct ct_jobs_options){ .runners = runners,
                                                    .durable_max = durable_max,
                                                    .pictures = f->pictures,
                                                    .db = f->db,
                                                    .engine = &f->toy.engine,
                                                    .contract = &f->contract },
                         NULL) == CT_OK;
}

static void stop(struct fixture *f)
{
    ct_jobs_stop(&f->jobs);
    ct_db_close(&f->db);
}

static bool set_up(struct fixture *f, enum manners manners)
{
    *f = (struct fixture){ .folder = folder_make() };
    toy_init(&f->toy, manners);
    watcher_init(&f->watcher);
    if (ct_catalogue_load(&f->catalogue, NULL, NULL) != CT_OK ||
        ct_pictures_open(&f->pictures, f->folder.path, NULL) != CT_OK)
        return false;
    f->contract = (struct ct_contract){ .catalogue = f->catalogue };
    return true;
}

static void tear_down(struct fixture *f)
{
    stop(f);
    ct_pictures_close(&f->pictures);
    ct_catalogue_free(&f->catalogue);
    watcher_release(&f->watcher);
    toy_release(&f->toy);
    folder_remove(&f->folder);
}

/* Submits a job of this body; its id goes to `id`. */
static ct_code submit(struct fixture *f, const char *json, bool durable, int64_t deadline_ms,
                      char id[CT_JOB_ID_MAX])
{
    const struct ct_image_request *request;
    struct ct_arena *arena = ct_arena_new((size_t)1 << 20);
    struct ct_blob *body = ct_blob_copy(json, strlen(json));
    if (ct_parse_generation(&request, arena, ct_slice_n(body->data, body->len), &f->contract,
                            NULL) != CT_OK)
        return CT_E_INTERNAL;
    struct ct_job *job = ct_job_new(&(struct ct_job_params){
        .request = request,
        .arena = arena,
        .body = body,
        .engine = &f->toy.engine,
        .observer = watcher_observer(&f->watcher),
        .key_id = "key_a",
        .lane = CT_LANE_BACKGROUND,
        .durable = durable,
        .deadline_ms = deadline_ms,
    });
    memcpy(id, job->id, CT_JOB_ID_MAX);
    ct_code rc = ct_jobs_submit(f->jobs, job, NULL);
    ct_job_unref(&job);
    return rc;
}

static void wait_for(sem_t *event)
{
    while (sem_wait(event) != 0) {
    }
}

#define MUG "{\"model\":\"gpt-image-2\",\"prompt\":\"a mug\",\"n\":2}"

struct asked {
    const char *id;
    struct ct_arena *arena;
    struct ct_job_row row;
    struct ct_job_picture_row pictures[CT_JOB_MAX_PICTURES];
    int n_pictures;
};

static ct_code ask(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct asked *a = ctx;
    CT_TRY(ct_job_row_get(&a->row, sql, a->arena, ct_slice(a->id), CT_S("key_a"), true, err));
    return ct_job_row_pictures(a->pictures, CT_JOB_MAX_PICTURES, &a->n_pictures, sql, a->arena,
                               ct_slice(a->id), err);
}

/* What the row says; its texts live in `arena`. */
static struct asked look(struct fixture *f, const char *id, struct ct_arena *arena)
{
    struct asked a = { .id = id, .arena = arena };
    CHECK_INT(ct_db_read(f->db, ask, &a, NULL), CT_OK);
    return a;
}

struct state_of {
    const char *id;
    int state;
};

/* Of any job, durable or not. */
static ct_code read_state(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct state_of *s = ctx;
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err, "SELECT state FROM jobs WHERE id = ?", "z", s->id));
    s->state = ct_sql_next(&rows) ? (int)ct_sql_int(&rows, 0) : -1;
    return ct_sql_end(&rows, err);
}

/* Waits until the row has come to that state, ten seconds at most. */
static bool comes_to(struct fixture *f, const char *id, enum ct_job_state state)
{
    for (int i = 0; i < 10000; i++) {
        struct state_of s = { .id = id };
        if (ct_db_read(f->db, read_state, &s, NULL) == CT_OK && s.state == (int)state)
            return true;
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    }
    return false;
}

TEST(durable__is_accepted_once_written_and_ends_in_its_row)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_WAITS) && start(&f, 1, 0));
    struct ct_arena *arena = ct_arena_new((size_t)1 << 16);
    REQUIRE(submit(&f, MUG, true, 0, id) == CT_OK);
    wait_for(&f.watcher.accepted);
    struct asked a = look(&f, id, arena);
    CHECK(a.row.state == CT_JOB_QUEUED || a.row.state == CT_JOB_RUNNING);
    CHECK_SLICE(a.row.body, MUG);
    sem_post(&f.toy.gate);
    REQUIRE(comes_to(&f, id, CT_JOB_DONE));
    a = look(&f, id, arena);
    CHECK_INT(a.n_pictures, 2);
    CHECK_INT(a.row.attempts, 1);
    CHECK(a.row.image_tokens_out > 0 && a.row.ended_ms >= a.row.started_ms);
    CHECK(a.row.expires_ms > a.row.ended_ms);
    CHECK(!a.row.body.ptr);
    CHECK_STR(f.watcher.log, "A "); /* of a durable job nothing more is told */
    ct_arena_free(&arena);
    tear_down(&f);
}

TEST(durable__waiting_jobs_survive_a_restart_in_their_order)
{
    struct fixture f;
    char id[5][CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_HOLDS) && start(&f, 1, 0));
    for (int i = 0; i < 5; i++) {
        REQUIRE(submit(&f, MUG, true, 0, id[i]) == CT_OK);
        wait_for(&f.watcher.accepted);
        nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL); /* one ms has no order */
    }
    wait_for(&f.toy.started);
    stop(&f); /* one was running: it goes back too */
    f.toy.manners = TOY_DRAWS;
    REQUIRE(start(&f, 1, 0));
    for (int i = 0; i < 5; i++)
        CHECK(comes_to(&f, id[i], CT_JOB_DONE));
    struct ct_arena *arena = ct_arena_new((size_t)1 << 16);
    int64_t before = 0;
    for (int i = 0; i < 5; i++) {
        struct asked a = look(&f, id[i], arena);
        CHECK(a.row.started_ms >= before);
        CHECK_INT(a.row.attempts, i == 0 ? 2 : 1);
        before = a.row.started_ms;
    }
    ct_arena_free(&arena);
    tear_down(&f);
}

static ct_code make_key(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct ct_key key = { .id = "key_a", .name = "a", .scopes = CT_SCOPES_DEFAULT,
                          .limits = CT_KEY_LIMITS_NONE };
    (void)ctx;
    key.limits.concurrency = 1;
    return ct_key_row_insert(sql, &key, err);
}

/* What its key may run at once holds from the start, not from the key's next request on. */
TEST(durable__a_restart_keeps_to_the_keys_concurrency)
{
    struct fixture f;
    char id[3][CT_JOB_ID_MAX];
    int queued, running;
    REQUIRE(set_up(&f, TOY_HOLDS) && start(&f, 1, 0));
    CHECK_INT(ct_db_write(f.db, make_key, NULL, NULL), CT_OK);
    for (int i = 0; i < 3; i++)
        REQUIRE(submit(&f, MUG, true, 0, id[i]) == CT_OK);
    wait_for(&f.toy.started);
    stop(&f);
    REQUIRE(start(&f, 3, 0));
    wait_for(&f.toy.started);
    nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL); /* for the others to begin, if they may */
    ct_jobs_count(f.jobs, &queued, &running);
    CHECK_INT(running, 1);
    CHECK_INT(queued, 2);
    tear_down(&f);
}

static ct_code set_back(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    return ct_sql_run(sql, err, "UPDATE jobs SET state = ? WHERE ended_ms IS NULL", "i",
                      (int64_t) * (enum ct_job_state *)ctx);
}

/* As a killed server leaves them: rows in the middle of their way. */
TEST(durable__what_a_dead_server_left_is_settled)
{
    static const enum ct_job_state left[] = { CT_JOB_RUNNING, CT_JOB_FINISHING, CT_JOB_SENT };
    for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
        struct fixture f;
        char kept[CT_JOB_ID_MAX];
        REQUIRE(set_up(&f, TOY_HOLDS) && start(&f, 1, 0));
        REQUIRE(submit(&f, MUG, true, 0, kept) == CT_OK);
        wait_for(&f.toy.started);
        stop(&f);
        REQUIRE(ct_db_open(&f.db, f.folder.path, NULL) == CT_OK);
        enum ct_job_state state = left[i];
        CHECK_INT(ct_db_write(f.db, set_back, &state, NULL), CT_OK);
        ct_db_close(&f.db);
        f.toy.manners = TOY_DRAWS;
        REQUIRE(start(&f, 1, 0));
        /* What was sent to a provider may have been bought: nobody sends it again. */
        CHECK(comes_to(&f, kept, state == CT_JOB_SENT ? CT_JOB_UNKNOWN : CT_JOB_DONE));
        tear_down(&f);
    }
}

static ct_code set_undurable(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    return ct_sql_run(sql, err, "UPDATE jobs SET durable = 0", "");
}

TEST(durable__a_clients_job_does_not_outlive_its_server)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_HOLDS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, true, 0, id) == CT_OK);
    wait_for(&f.toy.started);
    stop(&f);
    REQUIRE(ct_db_open(&f.db, f.folder.path, NULL) == CT_OK);
    CHECK_INT(ct_db_write(f.db, set_undurable, NULL, NULL), CT_OK);
    ct_db_close(&f.db);
    REQUIRE(start(&f, 1, 0));
    CHECK(comes_to(&f, id, CT_JOB_CANCELLED));
    tear_down(&f);
}

static void on_cancelled(void *ctx, ct_code rc)
{
    if (rc == CT_OK)
        sem_post(ctx);
}

TEST(durable__cancel_by_id_while_waiting_and_while_running)
{
    struct fixture f;
    char running[CT_JOB_ID_MAX], waiting[CT_JOB_ID_MAX];
    sem_t ended;
    sem_init(&ended, 0, 0);
    REQUIRE(set_up(&f, TOY_HOLDS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, true, 0, running) == CT_OK);
    wait_for(&f.toy.started);
    REQUIRE(submit(&f, MUG, true, 0, waiting) == CT_OK);
    wait_for(&f.watcher.accepted);
    wait_for(&f.watcher.accepted);
    struct ct_job_view view;
    while (!ct_jobs_look(f.jobs, ct_slice(waiting), &view))
        ; /* accepted is said just before it is queued */
    CHECK(!view.running);
    CHECK_INT(view.position, 0);
    CHECK_INT(view.estimated_s, -1);
    REQUIRE(ct_jobs_look(f.jobs, ct_slice(running), &view));
    CHECK(view.running);
    CHECK_INT(view.progress, 50);
    CHECK_INT(ct_jobs_cancel_id(f.jobs, ct_slice(waiting), on_cancelled, &ended), CT_CANCEL_ENDING);
    wait_for(&ended);
    CHECK(comes_to(&f, waiting, CT_JOB_CANCELLED));
    CHECK_INT(ct_jobs_cancel_id(f.jobs, ct_slice(running), NULL, NULL), CT_CANCEL_ASKED);
    CHECK(comes_to(&f, running, CT_JOB_CANCELLED));
    while (ct_jobs_look(f.jobs, ct_slice(running), &view))
        ;
    CHECK_INT(ct_jobs_cancel_id(f.jobs, ct_slice(running), NULL, NULL), CT_CANCEL_NOT_LIVE);
    sem_destroy(&ended);
    tear_down(&f);
}

TEST(durable__a_deadline_that_is_over_ends_the_wait)
{
    struct fixture f;
    char first[CT_JOB_ID_MAX], late[CT_JOB_ID_MAX], patient[CT_JOB_ID_MAX];
    int64_t now = ct_clock_wall_ms();
    REQUIRE(set_up(&f, TOY_WAITS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, true, 0, first) == CT_OK);
    wait_for(&f.toy.started);
    REQUIRE(submit(&f, MUG, true, now - 1, late) == CT_OK);
    REQUIRE(submit(&f, MUG, true, now + 3600000, patient) == CT_OK);
    struct ct_job_view view;
    while (!ct_jobs_look(f.jobs, ct_slice(patient), &view))
        ;
    ct_jobs_sweep(f.jobs);
    CHECK(comes_to(&f, late, CT_JOB_EXPIRED));
    sem_post(&f.toy.gate);
    sem_post(&f.toy.gate);
    CHECK(comes_to(&f, patient, CT_JOB_DONE));
    tear_down(&f);
}

TEST(durable__the_queue_is_bounded)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    int accepted = 0;
    REQUIRE(set_up(&f, TOY_HOLDS) && start(&f, 1, 3));
    REQUIRE(submit(&f, MUG, true, 0, id) == CT_OK);
    wait_for(&f.toy.started);
    for (int i = 0; i < 10; i++)
        if (submit(&f, MUG, true, 0, id) == CT_OK)
            accepted++;
    CHECK(accepted >= 1 && accepted <= 3);
    tear_down(&f);
}

/* A row whose request the contract does not take (any more) ends with the reason. */
static ct_code spoil(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    (void)ctx;
    return ct_sql_run(sql, err, "UPDATE jobs SET body = ?", "b", CT_S("{\"model\":\"gone\"}"));
}

TEST(durable__a_request_that_can_no_longer_be_read_fails_with_the_reason)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_HOLDS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, true, 0, id) == CT_OK);
    wait_for(&f.toy.started);
    stop(&f);
    REQUIRE(ct_db_open(&f.db, f.folder.path, NULL) == CT_OK);
    CHECK_INT(ct_db_write(f.db, spoil, NULL, NULL), CT_OK);
    ct_db_close(&f.db);
    REQUIRE(start(&f, 1, 0));
    REQUIRE(comes_to(&f, id, CT_JOB_FAILED));
    struct ct_arena *arena = ct_arena_new((size_t)1 << 16);
    struct asked a = look(&f, id, arena);
    CHECK_SLICE(a.row.error_message, "The model 'gone' does not exist.");
    CHECK_SLICE(a.row.error_param, "model");
    ct_arena_free(&arena);
    tear_down(&f);
}

TEST(durable__a_clients_job_is_written_down_too)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_DRAWS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, false, 0, id) == CT_OK);
    wait_for(&f.watcher.ended);
    CHECK_STR(f.watcher.log, "w P0 P1 E ");
    CHECK(comes_to(&f, id, CT_JOB_DONE)); /* at once: it was durable before the end was told */
    tear_down(&f);
}

/* No write of SQLite finds room while this is set. */
static atomic_bool disk_is_full;

static ssize_t write_or_not(int fd, const void *bytes, size_t len, off_t at)
{
    if (!atomic_load(&disk_is_full))
        return pwrite(fd, bytes, len, at);
    errno = ENOSPC;
    return -1;
}

static void fill_disk(bool full)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    atomic_store(&disk_is_full, full);
    vfs->xSetSystemCall(vfs, "pwrite", full ? (sqlite3_syscall_ptr)write_or_not : NULL);
    vfs->xSetSystemCall(vfs, "pwrite64", full ? (sqlite3_syscall_ptr)write_or_not : NULL);
}

static ct_code count_ledger(struct ct_sql *sql, void *ctx, struct ct_err *err)
{
    struct ct_sql_rows rows;
    CT_TRY(ct_sql_query(&rows, sql, err,
                        "SELECT SUM(pictures) FROM ledger WHERE job_id = ? AND state = 1", "z",
                        (const char *)ctx));
    int64_t n = ct_sql_next(&rows) ? ct_sql_int(&rows, 0) : 0;
    CT_TRY(ct_sql_end(&rows, err));
    return n == 2 ? CT_OK : CT_E_NOT_FOUND;
}

TEST(durable__an_end_without_room_is_written_once_there_is)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    struct state_of s = { .id = id };
    REQUIRE(set_up(&f, TOY_WAITS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, false, 0, id) == CT_OK);
    wait_for(&f.toy.started);
    fill_disk(true);
    sem_post(&f.toy.gate);
    wait_for(&f.watcher.ended); /* the client has its pictures */
    CHECK_STR(f.watcher.log, "w P0 P1 E ");
    ct_jobs_sweep(f.jobs);
    CHECK(ct_db_read(f.db, read_state, &s, NULL) == CT_OK && s.state == CT_JOB_RUNNING);
    CHECK_INT(ct_db_read(f.db, count_ledger, id, NULL), CT_E_NOT_FOUND);
    fill_disk(false);
    for (int i = 0; i < 1000 && s.state != CT_JOB_DONE; i++) { /* it is noted after its end is told */
        ct_jobs_sweep(f.jobs);
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
        CHECK_INT(ct_db_read(f.db, read_state, &s, NULL), CT_OK);
    }
    CHECK_INT(s.state, CT_JOB_DONE);
    CHECK_INT(ct_db_read(f.db, count_ledger, id, NULL), CT_OK);
    tear_down(&f);
}

TEST(durable__a_server_that_stops_writes_what_it_owes)
{
    struct fixture f;
    char id[CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_WAITS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, false, 0, id) == CT_OK);
    wait_for(&f.toy.started);
    fill_disk(true);
    sem_post(&f.toy.gate);
    wait_for(&f.watcher.ended);
    fill_disk(false);
    stop(&f);
    REQUIRE(start(&f, 1, 0));
    CHECK_INT(ct_db_read(f.db, count_ledger, id, NULL), CT_OK);
    tear_down(&f);
}

static void on_refused(void *ctx, ct_code rc)
{
    CHECK_INT(rc, CT_E_STORAGE);
    sem_post(ctx);
}

/* Neither a cancel nor a deadline that cannot be written may leave a task that is in its row and
 * nowhere else. */
TEST(durable__a_waiting_job_whose_end_finds_no_room_waits_on)
{
    struct fixture f;
    char running[CT_JOB_ID_MAX], unwanted[CT_JOB_ID_MAX], late[CT_JOB_ID_MAX];
    struct ct_job_view view;
    sem_t refused;
    sem_init(&refused, 0, 0);
    REQUIRE(set_up(&f, TOY_WAITS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, true, 0, running) == CT_OK);
    wait_for(&f.toy.started);
    REQUIRE(submit(&f, MUG, true, 0, unwanted) == CT_OK);
    REQUIRE(submit(&f, MUG, true, ct_clock_wall_ms() - 1, late) == CT_OK);
    for (int i = 0; i < 3; i++)
        wait_for(&f.watcher.accepted);
    fill_disk(true);
    ct_jobs_sweep(f.jobs);
    CHECK_INT(ct_jobs_cancel_id(f.jobs, ct_slice(unwanted), on_refused, &refused),
              CT_CANCEL_ENDING);
    wait_for(&refused);
    CHECK(ct_jobs_look(f.jobs, ct_slice(unwanted), &view) && !view.running);
    CHECK(ct_jobs_look(f.jobs, ct_slice(late), &view) && !view.running);
    fill_disk(false);
    ct_jobs_sweep(f.jobs);
    CHECK(comes_to(&f, late, CT_JOB_EXPIRED));
    sem_post(&f.toy.gate);
    sem_post(&f.toy.gate);
    CHECK(comes_to(&f, unwanted, CT_JOB_DONE));
    sem_destroy(&refused);
    tear_down(&f);
}

TEST(durable__a_request_that_cannot_be_read_waits_until_that_can_be_written)
{
    struct fixture f;
    char running[CT_JOB_ID_MAX], id[CT_JOB_ID_MAX];
    struct ct_job_view view;
    REQUIRE(set_up(&f, TOY_WAITS) && start(&f, 1, 0));
    REQUIRE(submit(&f, MUG, false, 0, running) == CT_OK);
    wait_for(&f.toy.started);
    REQUIRE(submit(&f, MUG, true, 0, id) == CT_OK);
    wait_for(&f.watcher.accepted);
    CHECK_INT(ct_db_write(f.db, spoil, NULL, NULL), CT_OK);
    fill_disk(true);
    sem_post(&f.toy.gate);
    wait_for(&f.watcher.ended); /* the runner turns to the next */
    nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
    CHECK(ct_jobs_look(f.jobs, ct_slice(id), &view));
    fill_disk(false);
    CHECK(comes_to(&f, id, CT_JOB_FAILED));
    tear_down(&f);
}

/* What a rider saw of the job's row, in the transaction itself. */
struct rider {
    int accepted_in, ended_in; /* state of the row; -2: not called */
    enum ct_job_state prepared_for;
    int prepared, pictures;
    bool refuses;
};

static int state_in(struct ct_sql *sql, const struct ct_job *job)
{
    struct state_of s = { .id = job->id, .state = -1 };
    return read_state(sql, &s, NULL) == CT_OK ? s.state : -1;
}

static ct_code rider_accept(void *ctx, struct ct_sql *sql, const struct ct_job *job,
                            struct ct_err *err)
{
    struct rider *r = ctx;
    r->accepted_in = state_in(sql, job);
    return r->refuses ? ct_fail(err, CT_E_QUOTA, NULL, "The rider says no.") : CT_OK;
}

static void rider_prepare(void *ctx, struct ct_job *job, enum ct_job_state to)
{
    struct rider *r = ctx;
    r->prepared++;
    r->prepared_for = to;
    r->pictures = job->n_pictures;
}

static ct_code rider_end(void *ctx, struct ct_sql *sql, const struct ct_job *job,
                         struct ct_err *err)
{
    struct rider *r = ctx;
    (void)err;
    r->ended_in = state_in(sql, job);
    return CT_OK;
}

/* A client's job with that rider, to its end. */
static void ride(struct fixture *f, struct rider *r, char id[CT_JOB_ID_MAX])
{
    struct ct_job *job = toy_job(&f->toy, &f->watcher, 2);
    *r = (struct rider){ .accepted_in = -2, .ended_in = -2, .refuses = r->refuses };
    REQUIRE(job);
    job->rider = (struct ct_job_rider){ r, rider_accept, rider_end, rider_prepare };
    memcpy(id, job->id, CT_JOB_ID_MAX);
    CHECK_INT(ct_jobs_submit(f->jobs, job, NULL), CT_OK);
    ct_job_unref(&job);
    wait_for(&f->watcher.ended);
}

TEST(durable__a_rider_stands_and_falls_with_its_job)
{
    struct fixture f;
    struct rider r = { .refuses = false };
    char id[CT_JOB_ID_MAX];
    REQUIRE(set_up(&f, TOY_DRAWS) && start(&f, 1, 0));
    ride(&f, &r, id);
    CHECK_INT(r.accepted_in, CT_JOB_QUEUED);
    CHECK_INT(r.prepared, 1);
    CHECK_INT(r.prepared_for, CT_JOB_DONE);
    CHECK_INT(r.pictures, 2); /* complete before the transaction */
    CHECK_INT(r.ended_in, CT_JOB_DONE);
    r.refuses = true;
    ride(&f, &r, id);
    CHECK_INT(r.accepted_in, CT_JOB_QUEUED);
    CHECK_INT(r.prepared, 0);
    CHECK_INT(r.ended_in, -2);
    struct state_of s = { .id = id };
    CHECK_INT(ct_db_read(f.db, read_state, &s, NULL), CT_OK);
    CHECK_INT(s.state, -1); /* undone with it */
    tear_down(&f);
}
