/* Drawing in this process: the same job a server would run, on this thread. */
#include "cli/generate.h"

#include "base/clock.h"
#include "base/mem.h"
#include "contract/reply.h"
#include "jobs/run.h"
#include "policy/recipe.h"

#define ARENA_BYTES ((size_t)16 << 20)

struct local {
    struct ct_generation *g;
    struct ct_job *job;
    ct_code rc; /* of saving */
    struct ct_err *err;
};

static void on_progress(void *ctx, struct ct_job *job, double fraction, const char *stage)
{
    (void)job;
    ct_progress_set(((struct local *)ctx)->g->progress, fraction, stage);
}

static void deliver(struct local *l, struct ct_job *job, const struct ct_arrival *arrival)
{
    if (l->rc == CT_OK)
        l->rc = l->g->arrived(l->g->ctx, arrival, l->err);
    if (l->rc != CT_OK)
        atomic_store(&job->cancel, 1); /* the rest could not be saved either */
}

static void on_partial(void *ctx, struct ct_job *job, int picture, int partial_index,
                       struct ct_blob *file)
{
    deliver(ctx, job,
            &(struct ct_arrival){ picture, partial_index, ct_slice_n(file->data, file->len) });
}

static void on_picture(void *ctx, struct ct_job *job, int picture)
{
    const struct ct_blob *file = job->pictures[picture].file;
    deliver(ctx, job, &(struct ct_arrival){ picture, -1, ct_slice_n(file->data, file->len) });
}

/* The reply without `data`: what --json prints beside the files' names. */
static void summarise(struct ct_generation *g, const struct ct_job *job)
{
    struct ct_reply_picture none = { 0 };
    const struct ct_reply reply = {
        .request = job->request,
        .created = ct_clock_wall(),
        .pictures = &none,
        .n_pictures = 0,
        .usage = ct_usage_of(job->request, job->partials_sent),
        .warnings = (const char *const *)job->warnings,
        .n_warnings = job->n_warnings,
    };
    ct_reply_images(&g->reply, &reply);
}

bool ct_local_recipes_open(struct ct_recipes *recipes, const struct ct_config *config)
{
    struct ct_secret master;
    struct ct_err why = { 0 };
    *recipes = (struct ct_recipes){ .scenes = NULL };
    if (ct_config_secret(&master, config, &why) != CT_OK ||
        ct_scenes_open(&recipes->scenes, config->data, &why) != CT_OK) {
        fprintf(stderr, "calotype: the picture will not carry its scene: %s\n", why.msg);
        return false;
    }
    ct_secret_derive(&recipes->key, &master, CT_RECIPE_PURPOSE);
    ct_secret_wipe(&master);
    return true;
}

void ct_local_recipes_close(struct ct_recipes *recipes)
{
    ct_scenes_close(&recipes->scenes);
    ct_secret_wipe(&recipes->key);
}

static ct_code run(struct local *l, struct ct_engine *engine, struct ct_arena *arena,
                   struct ct_err *err)
{
    struct ct_pool *pool = NULL;
    const struct ct_job_observer observer = {
        .ctx = l,
        .on_progress = on_progress,
        .on_partial = on_partial,
        .on_picture = on_picture,
    };
    ct_image_request_ref(l->g->request); /* the job gives its files back, and so does its maker */
    l->job = ct_job_new(&(struct ct_job_params){
        .request = l->g->request, .arena = arena, .engine = engine, .observer = observer });
    if (!l->job)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while starting to draw.");
    CT_TRY(ct_pool_new(&pool, ct_cpu_count() - 1, err));
    struct ct_recipes recipes;
    bool remembers = ct_local_recipes_open(&recipes, l->g->config);
    ct_job_run(l->job, &(struct ct_run){ .pool = pool,
                                         .software = "Calotype " CALOTYPE_VERSION " (scene)",
                                         .recipes = remembers ? &recipes : NULL });
    if (remembers)
        ct_local_recipes_close(&recipes);
    ct_pool_free(&pool);
    if (l->rc != CT_OK)
        return l->rc;
    if (ct_job_state(l->job) != CT_JOB_DONE) {
        *err = l->job->err;
        return err->code;
    }
    return CT_OK;
}

ct_code ct_generate_local(struct ct_generation *g, struct ct_err *err)
{
    struct local l = { .g = g, .err = err };
    struct ct_engine *engine = NULL;
    CT_TRY(ct_scene_engine_open(&engine, err));
    struct ct_arena *arena = ct_arena_new(ARENA_BYTES); /* the job's; the request has its own */
    ct_code rc = arena ? run(&l, engine, arena, err)
                       : ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while starting to draw.");
    if (rc == CT_OK) {
        ct_progress_clear(g->progress);
        for (int i = 0; i < l.job->n_warnings; i++)
            fprintf(stderr, "calotype: %s\n", l.job->warnings[i]);
        summarise(g, l.job);
    }
    ct_job_unref(&l.job);
    engine->close(engine);
    return rc;
}
