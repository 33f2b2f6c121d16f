#include "t.h"

#include "broken_disk.h"
#include "folder.h"
#include "toy.h"

#include "base/mem.h"
#include "image/decode.h"

#include <pthread.h>
#include <unistd.h>

struct fixture {
    struct toy toy;
    struct watcher watcher;
    struct ct_job *job;
};

static bool set_up(struct fixture *f, enum manners manners, int n)
{
    toy_init(&f->toy, manners);
    watcher_init(&f->watcher);
    f->job = toy_job(&f->toy, &f->watcher, n);
    return f->job != NULL;
}

static void tear_down(struct fixture *f)
{
    ct_job_unref(&f->job);
    watcher_release(&f->watcher);
    toy_release(&f->toy);
}

static void run(struct fixture *f, struct ct_pictures *pictures)
{
    ct_job_run(f->job, &(struct ct_run){ .pictures = pictures, .software = "Test" });
    CHECK_INT(atomic_load(&f->watcher.ends), 1);
}

TEST(run__observers_hear_everything_in_order)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_DRAWS, 2));
    toy_request(f.job)->partial_images = 2;
    run(&f, NULL);
    CHECK_STR(f.watcher.log, "w p0.0 p0.1 P0 p1.0 p1.1 P1 E ");
    CHECK_INT(ct_job_state(f.job), CT_JOB_DONE);
    CHECK_INT(f.job->err.code, CT_OK);
    CHECK_INT(f.job->partials_sent, 4);
    CHECK(f.job->queued_us <= f.job->started_us && f.job->started_us <= f.job->drawn_us &&
          f.job->drawn_us <= f.job->ended_us);
    tear_down(&f);
}

TEST(run__pictures_are_encoded_and_numbered_by_seed)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_DRAWS, 10));
    toy_request(f.job)->seed = INT32_MAX - 1; /* the third wraps around */
    run(&f, NULL);
    CHECK_INT(f.job->n_pictures, 10);
    for (int i = 0; i < 10; i++) {
        const struct ct_job_picture *picture = &f.job->pictures[i];
        struct ct_image *image = NULL;
        REQUIRE(picture->file);
        CHECK_INT(picture->seed, (int32_t)((uint32_t)INT32_MAX - 1 + (uint32_t)i));
        CHECK_STR(picture->name, "");
        CHECK_INT(ct_decode(&image, ct_slice_n(picture->file->data, picture->file->len), NULL),
                  CT_OK);
        CHECK(image && image->px[0] == 40 * (i & 3));
        ct_image_unref(&image);
    }
    CHECK_INT(f.job->pictures[0].seed, INT32_MAX - 1);
    CHECK_INT(f.job->pictures[2].seed, INT32_MIN);
    tear_down(&f);
}

TEST(run__documents_pass_unchanged)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_DOCUMENTS, 2));
    toy_request(f.job)->format = CT_FORMAT_SVG;
    run(&f, NULL);
    CHECK_STR(f.watcher.log, "w P0 P1 E ");
    CHECK_INT(ct_job_state(f.job), CT_JOB_DONE);
    REQUIRE(f.job->pictures[1].file);
    CHECK(ct_slice_is(ct_slice_n(f.job->pictures[1].file->data, f.job->pictures[1].file->len),
                      "<svg/>"));
    tear_down(&f);
}

TEST(run__works_without_an_observer)
{
    struct toy toy;
    toy_init(&toy, TOY_DRAWS);
    struct ct_job *job = toy_job(&toy, NULL, 1);
    REQUIRE(job);
    toy_request(job)->partial_images = 3;
    ct_job_run(job, &(struct ct_run){ .software = NULL });
    CHECK_INT(ct_job_state(job), CT_JOB_DONE);
    CHECK_INT(job->partials_sent, 0); /* nobody listened: nothing encoded */
    ct_job_unref(&job);
    toy_release(&toy);
}

TEST(run__an_engine_without_manners_fails_alone)
{
    static const struct {
        enum manners manners;
        ct_code code;
        const char *message, *log;
    } cases[] = {
        { TOY_TOO_FEW, CT_E_INTERNAL, "The engine returned 1 of 2 pictures.", "w P0 E " },
        { TOY_SHIFTED, CT_E_INTERNAL, "The engine returned an unexpected picture.", "w P1 E " },
        { TOY_NEGATIVE, CT_E_INTERNAL, "The engine returned an unexpected picture.", "w E " },
        { TOY_TWICE, CT_E_INTERNAL, "The engine returned an unexpected picture.", "w P0 E " },
        { TOY_FAILS, CT_E_MODERATION, "The toy does not like it.", "w E " },
        { TOY_FAILS_MUTE, CT_E_INTERNAL, "The engine failed without saying why.", "w E " },
        { TOY_FAILS_LATE, CT_E_INTERNAL, "The engine failed without saying why.", "w P0 P1 E " },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture f;
        REQUIRE(set_up(&f, cases[i].manners, 2));
        run(&f, NULL);
        CHECK_INT(ct_job_state(f.job), CT_JOB_FAILED);
        CHECK_INT(f.job->err.code, cases[i].code);
        CHECK_STR(f.job->err.msg, cases[i].message);
        CHECK_STR(f.watcher.log, cases[i].log);
        tear_down(&f);
    }
}

TEST(run__a_picture_too_many_is_dropped)
{
    for (int n = 1; n <= CT_JOB_MAX_PICTURES; n += 9) {
        struct fixture f;
        REQUIRE(set_up(&f, TOY_TOO_MANY, n));
        run(&f, NULL);
        CHECK_INT(ct_job_state(f.job), CT_JOB_DONE);
        CHECK_INT(f.job->n_pictures, n);
        CHECK_INT(f.job->err.code, CT_OK);
        CHECK(n == CT_JOB_MAX_PICTURES || f.job->pictures[n].file == NULL);
        tear_down(&f);
    }
}

/* One picture was asked for and one came, but under another number: the reply would have a hole. */
TEST(run__the_right_count_under_wrong_numbers_is_a_failure)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_SHIFTED, 1));
    run(&f, NULL);
    CHECK_INT(ct_job_state(f.job), CT_JOB_FAILED);
    CHECK_STR(f.watcher.log, "w E ");
    tear_down(&f);
}

TEST(run__partials_nobody_asked_for_are_dropped)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_STRAY_PARTIAL, 1));
    toy_request(f.job)->partial_images = 1;
    run(&f, NULL);
    CHECK_STR(f.watcher.log, "w p0.0 P0 E ");
    CHECK_INT(f.job->partials_sent, 1);
    tear_down(&f);
}

TEST(run__keeps_a_bounded_number_of_warnings)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_TALKS, 1));
    run(&f, NULL);
    CHECK_INT(f.job->n_warnings, CT_JOB_MAX_WARNINGS);
    CHECK_STR(f.job->warnings[CT_JOB_MAX_WARNINGS - 1], "a warning");
    CHECK_INT(ct_job_state(f.job), CT_JOB_DONE);
    tear_down(&f);
}

TEST(run__a_cancel_before_the_draw_stops_it)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_HOLDS, 1));
    atomic_store(&f.job->cancel, 1);
    run(&f, NULL);
    CHECK_INT(ct_job_state(f.job), CT_JOB_CANCELLED);
    CHECK_INT(f.job->err.code, CT_E_CANCELLED);
    CHECK_STR(f.watcher.log, "w E ");
    tear_down(&f);
}

TEST(run__a_cancel_stops_the_encoding_too)
{
    struct fixture f;
    REQUIRE(set_up(&f, TOY_DRAWS, 1)); /* an engine that does not look */
    atomic_store(&f.job->cancel, 1);
    run(&f, NULL);
    CHECK_INT(ct_job_state(f.job), CT_JOB_CANCELLED);
    CHECK_INT(f.job->n_pictures, 0);
    CHECK_STR(f.watcher.log, "w E ");
    tear_down(&f);
}

TEST(run__urls_need_the_store)
{
    struct folder folder = folder_make();
    struct ct_pictures *pictures = NULL;
    struct fixture f;
    REQUIRE(ct_pictures_open(&pictures, folder.path, NULL) == CT_OK);
    REQUIRE(set_up(&f, TOY_DRAWS, 3));
    toy_request(f.job)->reply_as = CT_REPLY_URL;
    toy_request(f.job)->format = CT_FORMAT_WEBP;
    run(&f, pictures);
    CHECK_INT(ct_job_state(f.job), CT_JOB_DONE);
    CHECK_INT(folder_count(&folder), 3);
    for (int i = 0; i < 3; i++) {
        struct ct_picture_file file;
        struct ct_slice name = ct_slice(f.job->pictures[i].name);
        CHECK(ct_slice_ends(name, ".webp"));
        REQUIRE(ct_pictures_get(pictures, &file, name, NULL) == CT_OK);
        CHECK_INT(file.size, f.job->pictures[i].file->len);
        close(file.fd);
    }
    tear_down(&f);

    REQUIRE(set_up(&f, TOY_DRAWS, 1));
    toy_request(f.job)->reply_as = CT_REPLY_URL;
    run(&f, NULL);
    CHECK_INT(ct_job_state(f.job), CT_JOB_FAILED);
    CHECK_INT(f.job->err.code, CT_E_INTERNAL);
    tear_down(&f);
    ct_pictures_close(&pictures);
    folder_remove(&folder);
}

static sem_t stored;

static void on_stored(void *ctx, struct ct_job *job, int picture)
{
    (void)ctx, (void)job, (void)picture;
    sem_post(&stored);
}

struct remover {
    struct fixture *f;
    struct ct_pictures *pictures;
};

/* While the job goes on: its first picture is removed like one that nobody has named for an hour. */
static void *remove_first(void *arg)
{
    struct remover *r = arg;
    bool removed = false;
    for (int i = 0; i < 2; i++)
        while (sem_wait(&stored) != 0) {
        }
    CHECK_INT(ct_pictures_remove(r->pictures, ct_slice(r->f->job->pictures[0].name), INT64_MAX,
                                 &removed, NULL),
              CT_OK);
    CHECK(removed);
    sem_post(&r->f->toy.gate);
    return NULL;
}

TEST(run__a_picture_that_was_removed_before_the_end_is_stored_again)
{
    struct folder folder = folder_make();
    struct ct_pictures *pictures = NULL;
    struct fixture f;
    pthread_t thread;
    sem_init(&stored, 0, 0);
    REQUIRE(ct_pictures_open(&pictures, folder.path, NULL) == CT_OK);
    REQUIRE(set_up(&f, TOY_DEAF, 2));
    toy_request(f.job)->reply_as = CT_REPLY_URL;
    f.job->observer.on_picture = on_stored;
    struct remover remover = { &f, pictures };
    REQUIRE(pthread_create(&thread, NULL, remove_first, &remover) == 0);
    run(&f, pictures);
    pthread_join(thread, NULL);
    CHECK_INT(ct_job_state(f.job), CT_JOB_DONE);
    CHECK_INT(folder_count(&folder), 2);
    tear_down(&f);
    ct_pictures_close(&pictures);
    folder_remove(&folder);
    sem_destroy(&stored);
}

TEST(run__a_failing_disk_fails_the_job_and_leaves_nothing)
{
    struct folder folder = folder_make();
    struct ct_pictures *pictures = NULL;
    REQUIRE(ct_pictures_open(&pictures, folder.path, NULL) == CT_OK);
    for (enum disk_call call = DISK_OPEN; call < DISK_CALL_COUNT; call++) {
        struct fixture f;
        REQUIRE(set_up(&f, TOY_DRAWS, 2));
        toy_request(f.job)->reply_as = CT_REPLY_URL;
        disk_break(call, 1);
        run(&f, pictures);
        disk_mend();
        CHECK_INT(ct_job_state(f.job), CT_JOB_FAILED);
        CHECK_INT(f.job->err.code, CT_E_STORAGE);
        CHECK_INT(f.job->n_pictures, 0);
        CHECK_STR(f.watcher.log, "w E ");
        CHECK_INT(folder_count(&folder), 0);
        tear_down(&f);
    }
    ct_pictures_close(&pictures);
    folder_remove(&folder);
}

TEST(run__survives_every_failed_allocation)
{
    struct folder folder = folder_make();
    struct ct_pictures *pictures = NULL;
    enum ct_job_state state = CT_JOB_FAILED;
    int n_failed = 0;
    REQUIRE(ct_pictures_open(&pictures, folder.path, NULL) == CT_OK);
    for (enum ct_format format = CT_FORMAT_PNG; format <= CT_FORMAT_WEBP; format++) {
        bool clean = false;
        for (long nth = 1; !clean && nth < 200; nth++) {
            struct fixture f;
            REQUIRE(set_up(&f, TOY_TALKS, 2));
            toy_request(f.job)->reply_as = CT_REPLY_URL;
            toy_request(f.job)->format = format;
            toy_request(f.job)->partial_images = 1;
            ct_mem_fail_nth(nth);
            run(&f, pictures);
            clean = ct_mem_fail_nth(0) < nth;
            state = ct_job_state(f.job);
            CHECK(state == CT_JOB_DONE || state == CT_JOB_FAILED);
            CHECK_INT(f.job->err.code, state == CT_JOB_DONE ? CT_OK : CT_E_MEMORY);
            n_failed += state == CT_JOB_FAILED;
            tear_down(&f);
        }
        CHECK(clean);
        CHECK_INT(state, CT_JOB_DONE);
    }
    CHECK(n_failed > 6);
    CHECK_INT(folder_count(&folder), 6);
    ct_pictures_close(&pictures);
    folder_remove(&folder);
}
