/* See toy.h. A draw runs on a runner's thread or in the test; the log is read after on_end. */
#include "toy.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

static void nap(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 500000 }, NULL);
}

static enum ct_outcome cancelled(struct ct_err *err)
{
    ct_fail(err, CT_E_CANCELLED, NULL, "The toy was told to stop.");
    return CT_OUTCOME_FAILED;
}

static ct_code hand_over(const struct ct_draw *draw, int index, struct ct_err *err)
{
    struct ct_image *image = NULL;
    CT_TRY(ct_image_new(&image, 16, 16, 3, err));
    memset(image->px, 40 * (index & 3), (size_t)16 * 16 * 3);
    for (int i = 0; index >= 0 && i < draw->request->partial_images; i++)
        draw->sink->partial(draw->sink->ctx, index, i, image);
    ct_code rc = draw->sink->picture(draw->sink->ctx, index, image, err);
    ct_image_unref(&image);
    return rc;
}

static enum ct_outcome hand_over_all(const struct ct_draw *draw, int from, int count,
                                     struct ct_err *err)
{
    for (int i = from; i < from + count; i++)
        if (hand_over(draw, i, err) != CT_OK)
            return CT_OUTCOME_FAILED;
    return CT_OUTCOME_DONE;
}

/* Waits for the gate; false when the cancel came first. */
static bool wait_at_gate(struct toy *toy, const struct ct_draw *draw)
{
    while (sem_trywait(&toy->gate) != 0) {
        if (atomic_load(draw->cancel))
            return false;
        nap();
    }
    return true;
}

static void show_stray_partials(const struct ct_draw *draw)
{
    struct ct_image *image = NULL;
    if (ct_image_new(&image, 16, 16, 3, NULL) != CT_OK)
        return;
    draw->sink->partial(draw->sink->ctx, -1, 0, image);
    draw->sink->partial(draw->sink->ctx, draw->request->n, 0, image);
    draw->sink->partial(draw->sink->ctx, 0, -1, image);
    draw->sink->partial(draw->sink->ctx, 0, draw->request->partial_images, image);
    ct_image_unref(&image);
}

static enum ct_outcome misbehave(struct toy *toy, const struct ct_draw *draw, struct ct_err *err)
{
    int n = draw->request->n;
    switch (toy->manners) {
    case TOY_TOO_FEW:
        return hand_over_all(draw, 0, n - 1, err);
    case TOY_TOO_MANY:
        (void)hand_over_all(draw, 0, n + 1, err);
        return CT_OUTCOME_DONE;
    case TOY_SHIFTED:
        (void)hand_over_all(draw, 1, n, err);
        return CT_OUTCOME_DONE;
    case TOY_NEGATIVE:
        return hand_over_all(draw, -1, 1, err);
    case TOY_TWICE:
        (void)!hand_over(draw, 0, err);
        (void)!hand_over(draw, 0, err);
        return CT_OUTCOME_DONE;
    case TOY_FAILS:
        ct_fail(err, CT_E_MODERATION, "prompt", "The toy does not like it.");
        return CT_OUTCOME_REFUSED;
    case TOY_DOCUMENTS:
        for (int i = 0; i < n; i++) {
            struct ct_blob *file = ct_blob_copy("<svg/>", 6);
            ct_code rc = draw->sink->document(draw->sink->ctx, i, file, err);
            ct_blob_unref(&file);
            if (rc != CT_OK)
                return CT_OUTCOME_FAILED;
        }
        return CT_OUTCOME_DONE;
    case TOY_FAILS_LATE:
        (void)hand_over_all(draw, 0, n, err);
        return CT_OUTCOME_FAILED;
    default:
        return CT_OUTCOME_FAILED;
    }
}

static enum ct_outcome toy_draw(struct ct_engine *engine, const struct ct_draw *draw,
                                struct ct_err *err)
{
    struct toy *toy = (struct toy *)engine;
    sem_post(&toy->started);
    draw->sink->progress(draw->sink->ctx, 0.5, "toying");
    switch (toy->manners) {
    case TOY_HOLDS:
        while (!atomic_load(draw->cancel))
            nap();
        return cancelled(err);
    case TOY_WAITS:
        if (!wait_at_gate(toy, draw))
            return cancelled(err);
        break;
    case TOY_TALKS:
        for (int i = 0; i < CT_JOB_MAX_WARNINGS + 5; i++)
            draw->sink->warning(draw->sink->ctx, "a warning");
        break;
    case TOY_STRAY_PARTIAL:
        show_stray_partials(draw);
        break;
    case TOY_DEAF: {
        enum ct_outcome outcome = hand_over_all(draw, 0, draw->request->n, err);
        while (sem_wait(&toy->gate) != 0) {
        }
        return outcome;
    }
    case TOY_DRAWS:
        break;
    default:
        return misbehave(toy, draw, err);
    }
    return hand_over_all(draw, 0, draw->request->n, err);
}

void toy_init(struct toy *toy, enum manners manners)
{
    *toy = (struct toy){
        .engine = { .name = "toy", .version = "1", .deterministic = true, .draw = toy_draw },
        .manners = manners,
    };
    sem_init(&toy->started, 0, 0);
    sem_init(&toy->gate, 0, 0);
}

void toy_release(struct toy *toy)
{
    sem_destroy(&toy->gate);
    sem_destroy(&toy->started);
}

/* Several jobs may share a watcher, and hear of things on several threads. */
static void note(struct watcher *watcher, const char *text)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    size_t at = strlen(watcher->log);
    snprintf(watcher->log + at, sizeof(watcher->log) - at, "%s ", text);
    pthread_mutex_unlock(&lock);
}

static void on_progress(void *ctx, struct ct_job *job, double fraction, const char *stage)
{
    (void)job;
    note(ctx, fraction == 0.5 && strcmp(stage, "toying") == 0 ? "w" : "w?");
}

static void on_partial(void *ctx, struct ct_job *job, int picture, int partial_index,
                       struct ct_blob *file)
{
    struct watcher *watcher = ctx;
    char text[32];
    (void)job;
    snprintf(text, sizeof(text), "p%d.%d", picture, partial_index);
    note(watcher, text);
    ct_blob_unref(&watcher->partial);
    watcher->partial = ct_blob_ref(file);
}

static void on_picture(void *ctx, struct ct_job *job, int picture)
{
    char text[32];
    snprintf(text, sizeof(text), "P%d%s", picture, job->pictures[picture].file ? "" : "?");
    note(ctx, text);
}

static void on_accepted(void *ctx, struct ct_job *job)
{
    struct watcher *watcher = ctx;
    (void)job;
    note(watcher, "A");
    sem_post(&watcher->accepted);
}

static void on_end(void *ctx, struct ct_job *job)
{
    struct watcher *watcher = ctx;
    (void)job;
    note(watcher, "E");
    while (watcher->hold && sem_wait(watcher->hold) != 0) {
    }
    atomic_fetch_add(&watcher->ends, 1);
    sem_post(&watcher->ended);
}

void watcher_init(struct watcher *watcher)
{
    *watcher = (struct watcher){ .hold = NULL };
    atomic_init(&watcher->ends, 0);
    sem_init(&watcher->ended, 0, 0);
    sem_init(&watcher->accepted, 0, 0);
}

void watcher_release(struct watcher *watcher)
{
    ct_blob_unref(&watcher->partial);
    sem_destroy(&watcher->ended);
    sem_destroy(&watcher->accepted);
}

struct ct_job_observer watcher_observer(struct watcher *watcher)
{
    return (struct ct_job_observer){
        .ctx = watcher,
        .on_accepted = on_accepted,
        .on_progress = on_progress,
        .on_partial = on_partial,
        .on_picture = on_picture,
        .on_end = on_end,
    };
}

struct ct_job *toy_job(struct toy *toy, struct watcher *watcher, int n)
{
    struct ct_arena *arena = ct_arena_new((size_t)1 << 16);
    struct ct_image_request *request = arena ? ct_arena_alloc(arena, sizeof(*request)) : NULL;
    if (!request) {
        ct_arena_free(&arena);
        return NULL;
    }
    static const struct ct_model model = { .id = "toy", .snapshot = "toy", .tokens = CT_TOKENS_TABLE };
    *request = (struct ct_image_request){
        .model = &model,
        .prompt = CT_S("a mug"), .n = n, .width = 16, .height = 16, .seed = 7, .compression = 100
    };
    struct ct_job_params params = { .request = request, .arena = arena, .engine = &toy->engine };
    if (watcher)
        params.observer = watcher_observer(watcher);
    return ct_job_new(&params);
}

struct ct_image_request *toy_request(struct ct_job *job)
{
    union {
        const struct ct_image_request *shared;
        struct ct_image_request *own;
    } request = { job->request }; /* ours until it is submitted */
    return request.own;
}
