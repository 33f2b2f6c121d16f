/* One job from running to its end: engine events in, encoded pictures out.
 *
 * Runs on one thread from start to end (the runner's). Each picture is encoded as soon as it is
 * drawn and its pixels let go, so a set of ten holds one set of pixels, not ten. A partial
 * picture goes through the same encoder, in the requested format. */
#include "jobs/run.h"

#include "base/clock.h"
#include "base/mem.h"
#include "jobs/facts.h"
#include "jobs/inputs.h"
#include "jobs/stats.h"
#include "jobs/unwritten.h"
#include "policy/recipe.h"

#include <stdio.h>
#include <time.h>

/* One job in the hands of one thread. */
struct running {
    struct ct_job *job;
    const struct ct_run *run;
    struct ct_inputs inputs;
    struct ct_buf recipe; /* of the picture that comes next */
};

static ct_code encode(struct ct_blob **out, struct running *r, const struct ct_image *image,
                      struct ct_err *err)
{
    const struct ct_image_request *rq = r->job->request;
    int64_t begun_us = ct_clock_us();
    ct_code rc = ct_encode(out, image,
                           &(struct ct_encode_params){
                               .format = rq->format,
                               .quality = rq->compression,
                               .software = r->run->software,
                               .cancel = &r->job->cancel,
                           },
                           err);
    r->job->encode_us += ct_clock_us() - begun_us;
    return rc;
}

static void on_progress(void *ctx, double fraction, const char *stage)
{
    struct running *r = ctx;
    atomic_store(&r->job->progress, (int)(fraction * 1000));
    if (r->job->observer.on_progress)
        r->job->observer.on_progress(r->job->observer.ctx, r->job, fraction, stage);
}

/* Engines are trusted with pixels, not with array indices. */
static bool is_expected(const struct ct_job *job, int index)
{
    return index >= 0 && index < job->request->n && index < CT_JOB_MAX_PICTURES &&
           !job->pictures[index].file;
}

static void on_partial(void *ctx, int index, int partial_index, struct ct_image *image)
{
    struct running *r = ctx;
    struct ct_blob *file = NULL;
    if (!r->job->observer.on_partial || !is_expected(r->job, index) || partial_index < 0 ||
        partial_index >= r->job->request->partial_images)
        return;
    if (encode(&file, r, image, NULL) != CT_OK)
        return; /* a preview that does not fit in memory is left out; the picture itself goes on */
    r->job->partials_sent++;
    r->job->observer.on_partial(r->job->observer.ctx, r->job, index, partial_index, file);
    ct_blob_unref(&file);
}

/* A task was promised, so it waits for room on the disk as it waits for the database: nobody but a
 * person can make some, and a second is soon enough. */
static bool wait_for_room(const struct running *r, const struct ct_err *cause)
{
    if (!r->job->durable || atomic_load(&r->job->cancel))
        return false;
    ct_log_event(r->run->log, CT_LOG_ERROR, "a picture waits for room",
                 CT_LOG_Z("job", r->job->id), CT_LOG_Z("cause", cause->msg));
    nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
    return true;
}

static ct_code store(const struct running *r, struct ct_job_picture *picture, struct ct_err *err)
{
    struct ct_err cause = { 0 };
    ct_code rc;
    if (!r->run->pictures)
        return ct_fail(err, CT_E_INTERNAL, NULL, "There is no picture store to serve URLs from.");
    do
        rc = ct_pictures_put(r->run->pictures, picture->name, picture->file,
                             r->job->request->format, &cause);
    while (rc != CT_OK && wait_for_room(r, &cause));
    if (rc == CT_OK)
        return CT_OK;
    ct_log_event(r->run->log, CT_LOG_ERROR, "a picture was not stored",
                 CT_LOG_Z("job", r->job->id), CT_LOG_Z("cause", cause.msg));
    return ct_fail(err, CT_E_STORAGE, NULL,
                   "The picture could not be stored: the server's storage is full or cannot be "
                   "written. It costs nothing. Please try again later.");
}

/* The job owns the file from here on, also on failure. */
static ct_code keep(struct running *r, int index, struct ct_blob *file, struct ct_err *err)
{
    struct ct_job *job = r->job;
    struct ct_job_picture *picture = &job->pictures[index];
    picture->file = file;
    picture->bytes = (int64_t)file->len;
    picture->seed = ct_picture_seed(job->request, index);
    if (job->request->reply_as == CT_REPLY_URL || job->durable) {
        int64_t begun_us = ct_clock_us();
        ct_code rc = store(r, picture, err);
        job->store_us += ct_clock_us() - begun_us;
        CT_TRY(rc);
    }
    job->n_pictures++;
    if (job->observer.on_picture)
        job->observer.on_picture(job->observer.ctx, job, index);
    return CT_OK;
}

static ct_code check_expected(const struct ct_job *job, int index, struct ct_err *err)
{
    return is_expected(job, index)
               ? CT_OK
               : ct_fail(err, CT_E_INTERNAL, NULL, "The engine returned an unexpected picture.");
}

static void on_warning(void *ctx, const char *text)
{
    struct ct_job *job = ((struct running *)ctx)->job;
    char *copy = job->n_warnings < CT_JOB_MAX_WARNINGS ? ct_strdup(text) : NULL;
    if (copy)
        job->warnings[job->n_warnings++] = copy;
}

static void on_recipe(void *ctx, int index, struct ct_slice recipe)
{
    struct running *r = ctx;
    (void)index;
    ct_buf_clear(&r->recipe);
    ct_buf_put(&r->recipe, recipe);
}

static void warn_of_recipe(struct running *r, const struct ct_err *why)
{
    char text[1200];
    snprintf(text, sizeof(text),
             "The picture does not carry its scene, so edits will treat it as a photograph: %s",
             why->msg);
    on_warning(r, text);
}

static ct_code on_picture(void *ctx, int index, struct ct_image *image, struct ct_err *err)
{
    struct running *r = ctx;
    struct ct_blob *file = NULL;
    CT_TRY(check_expected(r->job, index, err));
    CT_TRY(encode(&file, r, image, err));
    if (r->run->recipes && r->recipe.len > 0 && !r->recipe.failed) {
        struct ct_err why = { 0 };
        if (ct_recipes_attach(r->run->recipes, &file, image, r->job->request->format,
                              ct_buf_slice(&r->recipe), &why) != CT_OK)
            warn_of_recipe(r, &why);
    }
    ct_buf_clear(&r->recipe);
    return keep(r, index, file, err);
}

static ct_code on_document(void *ctx, int index, struct ct_blob *file, struct ct_err *err)
{
    struct running *r = ctx;
    CT_TRY(check_expected(r->job, index, err));
    return keep(r, index, ct_blob_ref(file), err);
}

/* Without a database: every change is made, in memory. */
static const struct ct_journal no_journal = { .db = NULL };

static const struct ct_journal *journal_of(const struct running *r)
{
    return r->run->journal ? r->run->journal : &no_journal;
}

/* Whether to try a change again that could not be written. Nobody but a person can make room on a
 * disk, so a second is soon enough; a server that is told to stop leaves the rest to the next. */
static bool try_again(const struct running *r, ct_code rc)
{
    bool passes = rc == CT_E_STORAGE || rc == CT_E_MEMORY;
    if (!passes || !r->job->durable ||
        atomic_load(&r->job->cancel) == CT_JOB_CANCEL_PUT_BACK)
        return false;
    nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
    return true;
}

static ct_code move(const struct running *r, enum ct_job_state from, enum ct_job_state to,
                    struct ct_err *err)
{
    ct_code rc;
    do
        rc = ct_journal_move(journal_of(r), r->job, from, to, err);
    while (try_again(r, rc));
    return rc;
}

/* A picture that no row names is removed an hour after it was stored, and a set may take longer, or
 * wait for room. So what is about to be named is touched, and stored again if it has gone. */
static ct_code hold_stored(const struct running *r, struct ct_err *err)
{
    struct ct_job *job = r->job;
    for (int i = 0; i < CT_JOB_MAX_PICTURES; i++) {
        struct ct_job_picture *picture = &job->pictures[i];
        struct ct_err cause = { 0 };
        if (picture->name[0] &&
            !ct_pictures_touch(r->run->pictures, ct_slice(picture->name)) &&
            ct_pictures_put(r->run->pictures, picture->name, picture->file, job->request->format,
                            &cause) != CT_OK)
            return ct_fail(err, CT_E_STORAGE, NULL,
                           "A picture had gone, and was not stored again: %s", cause.msg);
    }
    return CT_OK;
}

/* Whatever becomes of its pictures, a client is told the end. */
static ct_code write_end(const struct running *r, enum ct_job_state from, enum ct_job_state to,
                         struct ct_err *err)
{
    ct_code held = to == CT_JOB_DONE ? hold_stored(r, err) : CT_OK;
    return held != CT_OK && r->job->durable ? held
                                            : ct_journal_end(journal_of(r), r->job, from, to, err);
}

/* The client is told what came of it also when that could not be written down: the picture is
 * there. It is written when it can be (jobs/unwritten.h). */
static void end(const struct running *r, enum ct_job_state from, enum ct_job_state to)
{
    struct ct_job *job = r->job;
    struct ct_err err = { 0 };
    ct_code rc;
    job->ended_us = ct_clock_us();
    if (job->drawn_us)
        job->store_us += job->ended_us - job->drawn_us; /* written down that all is drawn */
    if (job->rider.prepare)
        job->rider.prepare(job->rider.ctx, job, to);
    do
        rc = write_end(r, from, to, &err);
    while (try_again(r, rc));
    if (rc != CT_OK) {
        ct_log_event(r->run->log, CT_LOG_ERROR, "the end of a job was not written",
                     CT_LOG_Z("job", job->id), CT_LOG_Z("cause", err.msg));
        (void)ct_job_set_state(job, from, to);
    }
    ct_stats_add_end(r->run->stats, job);
    if (job->durable)
        ct_facts_log_task(r->run->log, job, r->run->prompts);
    if (job->observer.on_end)
        job->observer.on_end(job->observer.ctx, job);
    if (rc == CT_E_STORAGE && !job->durable && r->run->unwritten)
        (void)ct_unwritten_add(r->run->unwritten, job);
}

/* Back to its row, for the next start. When even that fails the row still says running, which the
 * next start takes for the same. */
static void put_back(const struct running *r)
{
    struct ct_err err = { 0 };
    ct_code rc = ct_journal_move(journal_of(r), r->job, CT_JOB_RUNNING, CT_JOB_QUEUED, &err);
    ct_log_event(r->run->log, CT_LOG_INFO, "job left for the next start",
                 CT_LOG_Z("job", r->job->id), CT_LOG_Z("journal", rc == CT_OK ? "ok" : err.msg));
}

/* Whatever an engine said after it was told to stop, the job was cancelled. */
static void end_with_error(const struct running *r)
{
    struct ct_job *job = r->job;
    int cancel = atomic_load(&job->cancel);
    if (cancel == CT_JOB_CANCEL_PUT_BACK) {
        put_back(r);
        return;
    }
    if (cancel)
        ct_fail(&job->err, CT_E_CANCELLED, NULL, "The request was cancelled.");
    else if (job->err.code == CT_OK)
        ct_fail(&job->err, CT_E_INTERNAL, NULL, "The engine failed without saying why.");
    end(r, CT_JOB_RUNNING, cancel ? CT_JOB_CANCELLED : CT_JOB_FAILED);
}

/* The end of a job whose beginning could not be written: nothing was drawn. */
static void end_unbegun(const struct running *r)
{
    struct ct_job *job = r->job;
    if (atomic_load(&job->cancel) == CT_JOB_CANCEL_PUT_BACK)
        return; /* its row says queued */
    end(r, CT_JOB_QUEUED, CT_JOB_FAILED);
}

static enum ct_outcome draw(struct running *r)
{
    struct ct_job *job = r->job;
    const struct ct_draw_sink sink = {
        .ctx = r,
        .progress = on_progress,
        .partial = on_partial,
        .recipe = on_recipe,
        .picture = on_picture,
        .document = on_document,
        .warning = on_warning,
    };
    const struct ct_draw draw = {
        .request = job->request,
        .inputs = job->request->n_inputs > 0 ? &r->inputs.draw : NULL,
        .pool = r->run->pool,
        .cancel = &job->cancel,
        .sink = &sink,
    };
    job->started_us = ct_clock_us();
    ct_buf_init(&r->recipe, CT_RECIPE_MAX);
    ct_inputs_init(&r->inputs, job->request,
                   &(struct ct_inputs_with){ .recipes = r->run->recipes,
                                             .decoder = r->run->decoder,
                                             .cancel = &job->cancel });
    enum ct_outcome outcome = job->engine->draw(job->engine, &draw, &job->err);
    ct_inputs_release(&r->inputs);
    ct_buf_release(&r->recipe);
    job->drawn_us = ct_clock_us();
    job->outcome = outcome;
    return outcome;
}

void ct_job_run(struct ct_job *job, const struct ct_run *run)
{
    struct running r = { .job = job, .run = run };
    if (move(&r, CT_JOB_QUEUED, CT_JOB_RUNNING, &job->err) != CT_OK) {
        end_unbegun(&r);
        return;
    }
    enum ct_outcome outcome = draw(&r);
    bool all = job->n_pictures == job->request->n;
    if (outcome == CT_OUTCOME_DONE && !all && job->err.code == CT_OK)
        ct_fail(&job->err, CT_E_INTERNAL, NULL, "The engine returned %d of %d pictures.",
                job->n_pictures, job->request->n);
    if (outcome != CT_OUTCOME_DONE || !all) {
        end_with_error(&r);
        return;
    }
    /* What an error said of a picture too many, say, no longer matters: all is there. */
    job->err = (struct ct_err){ 0 };
    if (move(&r, CT_JOB_RUNNING, CT_JOB_FINISHING, NULL) == CT_OK)
        end(&r, CT_JOB_FINISHING, CT_JOB_DONE);
    else if (!job->durable) { /* as in end(): the client gets its pictures */
        (void)ct_job_set_state(job, CT_JOB_RUNNING, CT_JOB_FINISHING);
        end(&r, CT_JOB_FINISHING, CT_JOB_DONE);
    }
}
