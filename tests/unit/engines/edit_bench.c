#include "edit_bench.h"

#include "engines/scene/edit/recipe.h"
#include "engines/scene/render/coverage.h"

#include "t.h"

struct draw_ctx {
    struct bench *bench;
    struct bench_picture *out;
    const struct bench_picture *inputs;
};

static void on_recipe(void *ctx, int index, struct ct_slice recipe)
{
    struct draw_ctx *d = ctx;
    if (index == 0)
        ct_buf_put(&d->out->recipe, recipe);
}

static ct_code on_picture(void *ctx, int index, struct ct_image *image, struct ct_err *err)
{
    (void)err;
    if (index == 0)
        ((struct draw_ctx *)ctx)->out->image = ct_image_ref(image);
    return CT_OK;
}

static void on_warning(void *ctx, const char *text)
{
    char *to = ((struct draw_ctx *)ctx)->bench->warnings;
    size_t at = strlen(to);
    snprintf(to + at, sizeof(((struct bench *)0)->warnings) - at, "%s\n", text);
}

static ct_code give_image(void *ctx, struct ct_image **out, int index, int max_edge,
                          struct ct_err *err)
{
    (void)max_edge;
    (void)err;
    *out = ct_image_ref(((struct draw_ctx *)ctx)->inputs[index].image);
    return CT_OK;
}

static ct_code give_mask(void *ctx, struct ct_image **out, struct ct_err *err)
{
    (void)err;
    *out = ct_image_ref(((struct draw_ctx *)ctx)->bench->mask);
    return CT_OK;
}

static ct_code give_markup(void *ctx, struct ct_image **out, struct ct_err *err)
{
    (void)err;
    *out = ct_image_ref(((struct draw_ctx *)ctx)->bench->markup);
    return CT_OK;
}

static struct ct_slice give_recipe(void *ctx, int index)
{
    return ct_buf_slice(&((struct draw_ctx *)ctx)->inputs[index].recipe);
}

bool bench_open(struct bench *b, int width, int height)
{
    *b = (struct bench){ .width = width, .height = height };
    return ct_scene_engine_open(&b->engine, &b->err) == CT_OK;
}

void bench_close(struct bench *b)
{
    b->engine->close(b->engine);
}

struct bench_picture bench_edit(struct bench *b, enum ct_operation operation, const char *prompt,
                                const struct bench_picture *inputs, int n)
{
    static struct ct_blob file; /* the engine only asks whether there is one */
    struct bench_picture out = { 0 };
    struct draw_ctx ctx = { b, &out, inputs };
    struct ct_image_request rq = { .operation = operation,
                                   .prompt = ct_slice(prompt),
                                   .n = 1,
                                   .width = b->width,
                                   .height = b->height,
                                   .format = CT_FORMAT_PNG,
                                   .n_inputs = n };
    for (int i = 0; i < n; i++) {
        rq.inputs[i].file = &file;
        rq.inputs[i].width = inputs[i].image->width;
        rq.inputs[i].height = inputs[i].image->height;
    }
    rq.mask.file = b->mask ? &file : NULL;
    rq.markup.file = b->markup ? &file : NULL;
    const struct ct_draw_sink sink = {
        .ctx = &ctx, .recipe = on_recipe, .picture = on_picture, .warning = on_warning
    };
    const struct ct_draw_inputs in = { &ctx, give_image, give_mask, give_markup, give_recipe };
    const struct ct_draw draw = { .request = &rq, .inputs = n ? &in : NULL, .sink = &sink };
    ct_buf_init(&out.recipe, (size_t)1 << 20);
    b->warnings[0] = '\0';
    b->err = (struct ct_err){ 0 };
    b->engine->draw(b->engine, &draw, &b->err);
    return out;
}

struct bench_picture bench_draw(struct bench *b, const char *prompt)
{
    struct bench_picture p = bench_edit(b, CT_OPERATION_GENERATE, prompt, NULL, 0);
    CHECK(p.image != NULL);
    CHECK(p.recipe.len > 0);
    return p;
}

void bench_drop(struct bench_picture *picture)
{
    ct_image_unref(&picture->image);
    ct_buf_release(&picture->recipe);
}

int bench_differing(const struct ct_image *a, const struct ct_image *b)
{
    int n = 0;
    if (!a || !b || a->width != b->width || a->height != b->height || a->channels != b->channels)
        return -1;
    for (int i = 0; i < a->width * a->height; i++)
        n += memcmp(a->px + i * a->channels, b->px + i * b->channels, (size_t)a->channels) != 0;
    return n;
}

struct ct_mask *bench_coverage(const struct bench *b, const struct bench_picture *p, int entity,
                               int object)
{
    struct ct_arena *arena = ct_arena_new(((size_t)16 << 20));
    struct ct_scene_recipe recipe;
    struct ct_mask *mask = NULL;
    struct ct_world world;
    bool chosen[CT_SCENE3_MAX_OBJECTS] = { false };
    CHECK_INT(ct_scene_recipe_read(&recipe, arena, ct_buf_slice(&p->recipe), NULL), CT_OK);
    for (int i = 0; i < recipe.scene->n_objects; i++)
        chosen[i] = recipe.scene->objects[i].entity == entity && (object < 0 || i == object);
    ct_world_init(&world);
    CHECK_INT(ct_scene3_build(&world, recipe.scene, NULL), CT_OK);
    CHECK_INT(ct_render_coverage(&mask, &world, chosen, CT_SCENE3_MAX_OBJECTS,
                                 &(struct ct_render_params){ .width = b->width,
                                                             .height = b->height },
                                 NULL),
              CT_OK);
    ct_world_release(&world);
    ct_arena_free(&arena);
    return mask;
}

/* Is anything of the mask at the pixel or next to it? */
static bool near_mask(const struct ct_mask *mask, int x, int y)
{
    for (int j = y - 1; j <= y + 1; j++)
        for (int i = x - 1; i <= x + 1; i++)
            if (i >= 0 && j >= 0 && i < mask->width && j < mask->height &&
                mask->px[j * mask->width + i])
                return true;
    return false;
}

void bench_check_only_within(const struct ct_mask *mask, const struct ct_image *a,
                              const struct ct_image *b)
{
    int inside = 0, outside = 0, covered = 0;
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++) {
            int i = y * mask->width + x;
            bool differs = memcmp(a->px + 3 * i, b->px + 3 * i, 3) != 0, in = near_mask(mask, x, y);
            covered += mask->px[i] == 255;
            inside += differs && in;
            outside += differs && !in;
        }
    CHECK_INT(outside, 0);
    CHECK(covered > 50);
    CHECK(inside > covered * 9 / 10);
}
