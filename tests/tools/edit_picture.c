/* Draws and edits pictures without a server, for looking at edits while working on them.
 *
 *   edit_picture [-s WxH] [-q low|medium|high] [-S SEED] [-m MASK.png | -M MARKUP.png] [-v] OUT.png PROMPT [IN...]
 *
 * Without IN it generates; -v makes variations. Recipes travel unsigned: this is no way to check
 * them. Says warnings, operations and the time taken on stderr. */
#include "base/clock.h"
#include "base/file.h"
#include "engines/engine.h"
#include "engines/scene/edit/edit.h"
#include "image/decode.h"
#include "image/metadata.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEY "calotype:scene"

struct job {
    const char *out;
    struct ct_buf recipe;
    struct ct_image_request rq;
    struct ct_buf recipes[CT_MAX_INPUTS];
};

static void die(const struct ct_err *err)
{
    fprintf(stderr, "edit_picture: %s\n", err->msg);
    exit(1);
}

static void on_recipe(void *ctx, int index, struct ct_slice recipe)
{
    struct job *job = ctx;
    (void)index;
    ct_buf_clear(&job->recipe);
    ct_buf_put(&job->recipe, recipe);
}

static ct_code on_picture(void *ctx, int index, struct ct_image *image, struct ct_err *err)
{
    struct job *job = ctx;
    struct ct_blob *file = NULL, *carrier = NULL;
    char path[512];
    CT_TRY(ct_encode(&file, image, &(struct ct_encode_params){ .format = CT_FORMAT_PNG }, err));
    if (job->recipe.len > 0)
        CT_TRY(ct_metadata_put(&carrier, ct_slice_n(file->data, file->len), KEY,
                               ct_buf_slice(&job->recipe), err));
    snprintf(path, sizeof(path), index ? "%s.%d.png" : "%s", job->out, index);
    const struct ct_blob *best = carrier ? carrier : file;
    ct_code rc = ct_file_write(path, best->data, best->len, 0644, err);
    ct_blob_unref(&file);
    ct_blob_unref(&carrier);
    ct_buf_clear(&job->recipe);
    return rc;
}

static void on_warning(void *ctx, const char *text)
{
    (void)ctx;
    fprintf(stderr, "  warning: %s\n", text);
}

static ct_code give_image(void *ctx, struct ct_image **out, int index, int max_edge,
                          struct ct_err *err)
{
    const struct ct_blob *file = ((struct job *)ctx)->rq.inputs[index].file;
    return ct_decode_with(out, ct_slice_n(file->data, file->len),
                          &(struct ct_decode_params){ .max_edge = max_edge }, err);
}

static ct_code give_mask(void *ctx, struct ct_image **out, struct ct_err *err)
{
    const struct ct_blob *file = ((struct job *)ctx)->rq.mask.file;
    return ct_decode(out, ct_slice_n(file->data, file->len), err);
}

static ct_code give_markup(void *ctx, struct ct_image **out, struct ct_err *err)
{
    const struct ct_blob *file = ((struct job *)ctx)->rq.markup.file;
    return ct_decode(out, ct_slice_n(file->data, file->len), err);
}

static struct ct_slice give_recipe(void *ctx, int index)
{
    return ct_buf_slice(&((struct job *)ctx)->recipes[index]);
}

static struct ct_blob *load(const char *path)
{
    struct ct_buf b;
    struct ct_err err;
    ct_buf_init(&b, (size_t)64 << 20);
    if (ct_file_read(&b, path, &err) != CT_OK)
        die(&err);
    return ct_blob_take(&b);
}

static void add_input(struct job *job, const char *path)
{
    struct ct_input_image *in = &job->rq.inputs[job->rq.n_inputs];
    struct ct_buf *recipe = &job->recipes[job->rq.n_inputs++];
    struct ct_err err;
    struct ct_image *image = NULL;
    *in = (struct ct_input_image){ .file = load(path), .param = "image" };
    ct_buf_init(recipe, CT_METADATA_MAX);
    if (ct_metadata_find(recipe, ct_slice_n(in->file->data, in->file->len), KEY, &err) != CT_OK)
        fprintf(stderr, "%s is a foreign picture\n", path);
    if (ct_decode(&image, ct_slice_n(in->file->data, in->file->len), &err) != CT_OK)
        die(&err);
    in->width = image->width;
    in->height = image->height;
    ct_image_unref(&image);
}

static void explain(const struct job *job)
{
    struct ct_scene_recipe of = { 0 };
    const struct ct_edit *edit;
    struct ct_arena *arena = ct_arena_new((size_t)16 << 20);
    struct ct_buf b;
    ct_buf_init(&b, 65536);
    bool own = job->recipes[0].len > 0 &&
               ct_scene_recipe_read(&of, arena, ct_buf_slice(&job->recipes[0]), NULL) == CT_OK;
    if (ct_edit_read(&edit, arena, &(struct ct_edit_context){ .of = own ? of.intent : NULL },
                     job->rq.prompt, NULL) == CT_OK)
        ct_edit_print(&b, edit);
    fprintf(stderr, "%s", ct_buf_text(&b));
    ct_buf_release(&b);
    ct_arena_free(&arena);
}

int main(int argc, char **argv)
{
    struct job job = { .rq = { .n = 1, .quality = CT_QUALITY_LOW, .format = CT_FORMAT_PNG } };
    struct ct_engine *engine;
    struct ct_pool *pool;
    struct ct_err err = { 0 };
    int option, width = 0, height = 0;
    bool vary = false;
    while ((option = getopt(argc, argv, "s:q:S:m:M:v")) != -1) {
        if (option == 's')
            sscanf(optarg, "%dx%d", &width, &height);
        else if (option == 'q')
            job.rq.quality = optarg[0] == 'l'   ? CT_QUALITY_LOW
                             : optarg[0] == 'm' ? CT_QUALITY_MEDIUM
                                                : CT_QUALITY_HIGH;
        else if (option == 'S')
            job.rq.seed = atoi(optarg);
        else if (option == 'm')
            job.rq.mask.file = load(optarg);
        else if (option == 'M')
            job.rq.markup.file = load(optarg);
        else if (option == 'v')
            vary = true;
    }
    if (argc - optind < 2)
        return 2;
    job.out = argv[optind];
    job.rq.prompt = ct_slice(argv[optind + 1]);
    ct_buf_init(&job.recipe, CT_METADATA_MAX);
    for (int i = optind + 2; i < argc; i++)
        add_input(&job, argv[i]);
    if (job.rq.n_inputs > 0) {
        job.rq.operation = vary ? CT_OPERATION_VARIATION : CT_OPERATION_EDIT;
        explain(&job);
    }
    job.rq.width = width ? width : job.rq.n_inputs ? job.rq.inputs[0].width : 512;
    job.rq.height = height ? height : job.rq.n_inputs ? job.rq.inputs[0].height : 512;
    if (ct_scene_engine_open(&engine, &err) != CT_OK ||
        ct_pool_new(&pool, ct_cpu_count() - 1, &err) != CT_OK)
        die(&err);
    const struct ct_draw_sink sink = {
        .ctx = &job, .recipe = on_recipe, .picture = on_picture, .warning = on_warning
    };
    const struct ct_draw_inputs inputs = { &job, give_image, give_mask, give_markup, give_recipe };
    const struct ct_draw draw = { .request = &job.rq,
                                  .inputs = job.rq.n_inputs ? &inputs : NULL,
                                  .pool = pool,
                                  .sink = &sink };
    int64_t start = ct_clock_us();
    if (engine->draw(engine, &draw, &err) != CT_OUTCOME_DONE)
        die(&err);
    fprintf(stderr, "  %.2f s\n", (double)(ct_clock_us() - start) / 1e6);
    ct_pool_free(&pool);
    engine->close(engine);
    return 0;
}
