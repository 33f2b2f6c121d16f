/* The queue with a real database and an engine that never finishes, so that only the queue works:
 * build/bench/bench_queue [FOLDER]
 *
 *   submit   durable jobs accepted a second: each row is synced before its submitter hears of it,
 *            256 submitters wait at once
 *   memory   resident with 100,000 of them waiting, of 1,000 keys
 *   pick     whose turn it is, with 100,000 waiting: pop and done, one after the other
 *
 * FOLDER (default: the working folder) gets a temporary database: its disk is what is measured. */
#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"
#include "contract/parse.h"
#include "jobs/jobs.h"

#include <ftw.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define JOBS 100000
#define KEYS 1000
#define AT_ONCE 256

static const char body_text[] =
    "{\"model\":\"gpt-image-2\",\"prompt\":\"a white ceramic mug on a marble table, soft window "
    "light, a linen napkin folded beside it\",\"size\":\"1024x1024\",\"quality\":\"low\","
    "\"async\":true}";

static atomic_bool let_go;

static enum ct_outcome draw_for_ever(struct ct_engine *engine, const struct ct_draw *draw,
                                     struct ct_err *err)
{
    (void)engine;
    while (!atomic_load(draw->cancel) && !atomic_load(&let_go))
        usleep(1000);
    ct_fail(err, CT_E_CANCELLED, NULL, "The bench is over.");
    return CT_OUTCOME_FAILED;
}

static struct ct_engine engine = { .name = "bench", .version = "1", .draw = draw_for_ever };

struct bench {
    struct ct_db *db;
    struct ct_catalogue *catalogue;
    struct ct_contract contract;
    struct ct_jobs *jobs;
    sem_t room;
    atomic_int accepted, failed;
};

static void on_accepted(void *ctx, struct ct_job *job)
{
    struct bench *b = ctx;
    (void)job;
    atomic_fetch_add(&b->accepted, 1);
    sem_post(&b->room);
}

static void on_end(void *ctx, struct ct_job *job)
{
    struct bench *b = ctx;
    (void)job;
    atomic_fetch_add(&b->failed, 1);
    sem_post(&b->room);
}

static ct_code submit(struct bench *b, int i, struct ct_err *err)
{
    const struct ct_image_request *request;
    char key[CT_KEY_ID_MAX];
    struct ct_arena *arena = ct_arena_new((size_t)1 << 20);
    struct ct_blob *body = ct_blob_copy(body_text, sizeof(body_text) - 1);
    CT_TRY(
        ct_parse_generation(&request, arena, ct_slice_n(body->data, body->len), &b->contract, err));
    snprintf(key, sizeof(key), "key_%d", i % KEYS);
    struct ct_job *job = ct_job_new(&(struct ct_job_params){
        .request = request,
        .arena = arena,
        .body = body,
        .engine = &engine,
        .observer = { .ctx = b, .on_accepted = on_accepted, .on_end = on_end },
        .key_id = key,
        .lane = CT_LANE_BACKGROUND,
        .durable = true,
    });
    while (sem_wait(&b->room) != 0) {
    }
    ct_code rc = ct_jobs_submit(b->jobs, job, err);
    ct_job_unref(&job);
    return rc;
}

static long resident_kb(void)
{
    long pages = 0, size;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%ld %ld", &size, &pages) != 2)
        pages = 0;
    if (f)
        fclose(f);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static ct_code bench_submit(struct bench *b, struct ct_err *err)
{
    struct ct_db_stats before, after;
    long kb = resident_kb();
    ct_db_get_stats(b->db, &before);
    int64_t start = ct_clock_us();
    for (int i = 0; i < JOBS; i++)
        CT_TRY(submit(b, i, err));
    while (atomic_load(&b->accepted) + atomic_load(&b->failed) < JOBS)
        usleep(200);
    double seconds = (double)(ct_clock_us() - start) / 1e6;
    ct_db_get_stats(b->db, &after);
    printf("submit   %d durable jobs, %d failed: %.0f/s, %.0f a sync\n", JOBS,
           atomic_load(&b->failed), JOBS / seconds,
           (double)(after.parts - before.parts) / (double)(after.commits - before.commits));
    printf("memory   %.1f MB resident with them waiting (%.1f before), %.0f bytes each\n",
           (double)resident_kb() / 1024, (double)kb / 1024,
           (double)(resident_kb() - kb) * 1024 / JOBS);
    return CT_OK;
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void bench_pick(void)
{
    struct ct_lanes *lanes = ct_lanes_new();
    struct ct_ticket *tickets = ct_calloc(JOBS, sizeof(*tickets));
    int64_t *took = ct_calloc(JOBS, sizeof(*took)), sum = 0;
    if (!lanes || !tickets || !took)
        return;
    for (int i = 0; i < JOBS; i++) {
        char key[CT_KEY_ID_MAX];
        snprintf(key, sizeof(key), "key_%d", (int)(ct_mix64((uint64_t)i) % KEYS));
        if (!ct_lanes_push(lanes, &tickets[i], ct_slice(key), i % 3 ? 0 : 4,
                           (enum ct_lane)(i % CT_LANE_COUNT), 1 + i % 7, i))
            return;
    }
    int n = 0;
    for (struct ct_ticket *t; n < JOBS;) {
        struct timespec a, z;
        clock_gettime(CLOCK_MONOTONIC, &a);
        t = ct_lanes_pop(lanes, ct_clock_us());
        if (t)
            ct_lanes_done(lanes, t);
        clock_gettime(CLOCK_MONOTONIC, &z);
        if (!t)
            break;
        took[n++] = (z.tv_sec - a.tv_sec) * 1000000000ll + (z.tv_nsec - a.tv_nsec);
    }
    qsort(took, (size_t)n, sizeof(*took), by_time);
    for (int i = 0; i < n; i++)
        sum += took[i];
    printf("pick     %d picks: mean %.2f us, p99 %.2f us, worst %.1f us\n", n,
           (double)sum / n / 1000, (double)took[n / 100 * 99] / 1000, (double)took[n - 1] / 1000);
    ct_free(took);
    ct_free(tickets);
    ct_lanes_free(&lanes);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

static ct_code run(struct bench *b, const char *folder, struct ct_err *err)
{
    CT_TRY(ct_db_open(&b->db, folder, err));
    CT_TRY(ct_catalogue_load(&b->catalogue, NULL, err));
    b->contract = (struct ct_contract){ .catalogue = b->catalogue };
    CT_TRY(ct_jobs_start(&b->jobs,
                         &(struct ct_jobs_options){ .runners = 1,
                                                    .durable_max = JOBS + 10,
                                                    .db = b->db,
                                                    .engine = &engine,
                                                    .contract = &b->contract },
                         err));
    return bench_submit(b, err);
}

int main(int argc, char **argv)
{
    static struct bench b;
    struct ct_err err = { 0 };
    char folder[1024];
    snprintf(folder, sizeof(folder), "%s/bench-queue-XXXXXX", argc > 1 ? argv[1] : ".");
    if (!mkdtemp(folder)) {
        perror(folder);
        return 1;
    }
    sem_init(&b.room, 0, AT_ONCE);
    ct_code rc = run(&b, folder, &err);
    if (rc != CT_OK)
        fprintf(stderr, "bench_queue: %s\n", err.msg);
    atomic_store(&let_go, true);
    ct_jobs_stop(&b.jobs);
    ct_db_close(&b.db);
    ct_catalogue_free(&b.catalogue);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    if (rc == CT_OK)
        bench_pick();
    return rc == CT_OK ? 0 : 1;
}
