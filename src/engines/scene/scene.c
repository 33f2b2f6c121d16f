/* The built-in engine: a prompt is understood, a scene or a page is composed, pixels come out.
 *
 *   prompt/ --intent--> stage/ --scene3--> render/ --pixels-->  sink
 *                  \--> page/  --page-+--> Cairo   --pixels--/
 *                                     \--> svg.c   --document-/
 *
 * draw() runs on a runner thread and owns nothing beyond its call: the arena of the intent, the
 * world of one picture. Each picture of a set has a seed of its own (ct_picture_seed()), so that
 * one seed names one picture wherever it stands in a set. Warnings go out before the first picture.
 *
 * Nothing in here knows how a mug looks; that is the business of the folders below. */
#include "base/json.h"
#include "base/mem.h"
#include "engines/engine.h"
#include "engines/scene/draw.h"
#include "engines/scene/edit/area.h"
#include "engines/scene/edit/run.h"
#include "engines/scene/page/page.h"

#define INTENT_ARENA_BYTES ((size_t)8 << 20)
#define DOCUMENT_MAX ((size_t)64 << 20)
#define PICTURE_ARENA_BYTES ((size_t)8 << 20)

/* A page as a document: nothing is rasterised, so there are no partials. */
static ct_code write_page(struct ct_drawing *d, struct ct_arena *arena, uint32_t seed,
                          struct ct_err *err)
{
    const struct ct_draw_sink *sink = d->draw->sink;
    const struct ct_page *page;
    CT_CLEANUP(ct_buf_release) struct ct_buf b;

    ct_buf_init(&b, DOCUMENT_MAX);
    ct_drawing_progress(d, 0, "layout");
    CT_TRY(ct_drawing_compose_page(&page, arena, d->draw->request, d->intent, seed, err));
    ct_drawing_progress(d, 0.5, "drawing");
    CT_TRY(ct_page_svg(&b, page, err));
    if (ct_drawing_cancelled(d))
        return ct_drawing_fail_cancelled(err);
    CT_CLEANUP(ct_blob_unref) struct ct_blob *file = ct_blob_take(&b);
    if (!file)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for the drawing.");
    return sink->document(sink->ctx, d->index, file, err);
}

static ct_code draw_scene(struct ct_image **out, const struct ct_scene3 **scene,
                          struct ct_drawing *d, struct ct_arena *arena, uint32_t seed,
                          struct ct_err *err)
{
    ct_drawing_progress(d, 0, "composing");
    CT_TRY(ct_drawing_compose_scene(scene, arena, d->draw->request, d->intent, seed, err));
    return ct_drawing_render(out, d, *scene, err);
}

static ct_code draw_page(struct ct_image **out, struct ct_drawing *d, struct ct_arena *arena,
                         uint32_t seed, struct ct_err *err)
{
    ct_drawing_progress(d, 0, "layout");
    return ct_drawing_page(out, d, arena, d->draw->request, d->intent, seed, err);
}

static ct_code draw_picture(struct ct_drawing *d, struct ct_arena *arena, struct ct_err *err)
{
    uint32_t seed = (uint32_t)ct_picture_seed(d->draw->request, d->index);
    const struct ct_scene3 *scene = NULL;
    struct ct_image *image = NULL;
    if (d->draw->request->format == CT_FORMAT_SVG)
        return write_page(d, arena, seed, err);
    ct_code rc = d->intent->kind == CT_INTENT_SCENE
                     ? draw_scene(&image, &scene, d, arena, seed, err)
                     : draw_page(&image, d, arena, seed, err);
    if (rc == CT_OK) {
        ct_drawing_progress(d, 1.0, "finishing");
        rc = ct_drawing_style(d, image, err);
    }
    if (rc == CT_OK)
        rc = ct_drawing_deliver(d, image, scene, seed, err);
    ct_image_unref(&image);
    return rc;
}

/* Only pages are made of lines and letters; a rendering has nothing but pixels. */
static ct_code check_vectors(const struct ct_drawing *d, struct ct_err *err)
{
    if (d->draw->request->format != CT_FORMAT_SVG || d->intent->kind == CT_INTENT_PAGE)
        return CT_OK;
    return ct_fail(err, CT_E_IMAGE_VALUE, "output_format",
                   "This prompt is a rendering, which has no vectors: 'svg' is for posters, "
                   "diagrams, charts, icons and other pages. Use 'png', 'jpeg' or 'webp', or ask "
                   "for a page.");
}

/* A page drawn as vectors goes without the thing that it would show rendered. */
static void warn_of_vectors(struct ct_drawing *d, struct ct_arena *arena)
{
    const struct ct_draw_sink *sink = d->draw->sink;
    if (d->draw->request->format != CT_FORMAT_SVG || !ct_page_shows_thing(d->intent) ||
        !sink->warning)
        return;
    struct ct_slice all = d->intent->entities[0].words, words = ct_slice_sub(all, 0, 80);
    while (words.len > 0 && words.len < all.len && (all.ptr[words.len] & 0xc0) == 0x80)
        words.len--; /* at a character */
    struct ct_buf b;
    ct_buf_init(&b, 256);
    ct_buf_printf(
        &b,
        "\"%.*s\" would be a rendering, which SVG cannot hold: it is left out of the page. "
        "Ask for 'png', 'jpeg' or 'webp' to see it.",
        CT_SARG(words));
    const char *text = b.failed ? NULL : ct_arena_strdup(arena, ct_buf_slice(&b));
    if (text)
        sink->warning(sink->ctx, text);
    ct_buf_release(&b);
}

static ct_code draw_all(struct ct_drawing *d, struct ct_arena *shared, struct ct_arena *own,
                        struct ct_err *err)
{
    const struct ct_draw_sink *sink = d->draw->sink;
    const char *const *warnings;

    if (ct_drawing_cancelled(d))
        return ct_drawing_fail_cancelled(err);
    ct_drawing_progress(d, 0, "understanding");
    CT_TRY(ct_intent_read(&d->intent, shared, d->draw->request->prompt, err));
    CT_TRY(check_vectors(d, err));
    int n_warnings = ct_intent_warnings(&warnings, shared, d->intent);
    for (int i = 0; i < n_warnings && sink->warning; i++)
        sink->warning(sink->ctx, warnings[i]);

    warn_of_vectors(d, shared);
    for (d->index = 0; d->index < d->draw->request->n; d->index++) {
        d->partials_sent = 0;
        ct_arena_reset(own);
        CT_TRY(draw_picture(d, own, err));
    }
    return CT_OK;
}

/* What cannot be edited is refused before anything is drawn. */
static enum ct_outcome edit(const struct ct_draw *draw, struct ct_arena *shared,
                            struct ct_arena *own, struct ct_err *err)
{
    switch (ct_edit_run(draw, shared, own, err)) {
    case CT_OK:
        return CT_OUTCOME_DONE;
    case CT_E_EDIT:
    case CT_E_IMAGE_FILE:
    case CT_E_IMAGE_VALUE:
        return CT_OUTCOME_REFUSED;
    default:
        return CT_OUTCOME_FAILED;
    }
}

static enum ct_outcome scene_draw(struct ct_engine *engine, const struct ct_draw *draw,
                                  struct ct_err *err)
{
    (void)engine;
    struct ct_drawing d = { .draw = draw };
    CT_CLEANUP(ct_arena_free) struct ct_arena *shared = ct_arena_new(INTENT_ARENA_BYTES);
    CT_CLEANUP(ct_arena_free) struct ct_arena *own = ct_arena_new(PICTURE_ARENA_BYTES);

    if (!shared || !own) {
        ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the prompt.");
        return CT_OUTCOME_REFUSED;
    }
    if (draw->request->operation != CT_OPERATION_GENERATE)
        return edit(draw, shared, own, err);
    return draw_all(&d, shared, own, err) == CT_OK ? CT_OUTCOME_DONE : CT_OUTCOME_FAILED;
}

struct part {
    const char *name;
    double value;
};

static void put_score(struct ct_buf *out, bool json, const int of[2], double total,
                      const struct part *parts, int n)
{
    if (!json) {
        ct_buf_printf(out, "composition %d of %d, score %.3f\n", of[0] + 1, of[1], total);
        for (int i = 0; i < n; i++)
            ct_buf_printf(out, "  %-12s %.2f\n", parts[i].name, parts[i].value);
        return;
    }
    ct_json_put_key(out, "composition");
    ct_buf_printf(out, "{\"kept\":%d,\"tried\":%d,\"score\":%.4f,\"parts\":{", of[0], of[1], total);
    for (int i = 0; i < n; i++) {
        ct_json_put_key(out, parts[i].name);
        ct_buf_printf(out, "%.4f", parts[i].value);
    }
    ct_buf_puts(out, "}}");
}

static ct_code explain_scene(struct ct_buf *out, struct ct_arena *arena,
                             const struct ct_image_request *rq, const struct ct_intent *intent,
                             bool json, struct ct_err *err)
{
    const struct ct_scene3 *scene;
    struct part parts[CT_SCORE_PARTS];
    CT_TRY(ct_drawing_compose_scene(&scene, arena, rq, intent, (uint32_t)rq->seed, err));
    for (int i = 0; i < CT_SCORE_PARTS; i++)
        parts[i] = (struct part){ ct_score_part_name((enum ct_score_part)i),
                                  (double)scene->score.part[i] };
    put_score(out, json, (int[2]){ scene->kept, scene->tried }, (double)scene->score.total, parts,
              CT_SCORE_PARTS);
    if (json) {
        ct_json_put_key(out, "scene");
        ct_scene3_print(out, scene);
    }
    return CT_OK;
}

static ct_code explain_page(struct ct_buf *out, struct ct_arena *arena,
                            const struct ct_image_request *rq, const struct ct_intent *intent,
                            bool json, struct ct_err *err)
{
    const struct ct_page *page;
    struct part parts[CT_PAGE_SCORE_PARTS];
    CT_TRY(ct_drawing_compose_page(&page, arena, rq, intent, (uint32_t)rq->seed, err));
    const struct ct_page_score *score = ct_page_score(page);
    for (int i = 0; i < CT_PAGE_SCORE_PARTS; i++)
        parts[i] = (struct part){ ct_page_score_part_name((enum ct_page_score_part)i),
                                  score->part[i] };
    put_score(out, json, (int[2]){ score->kept, score->tried }, score->total, parts,
              CT_PAGE_SCORE_PARTS);
    if (json) {
        ct_json_put_key(out, "page");
        ct_page_print(out, page);
    }
    return CT_OK;
}

static ct_code scene_explain(struct ct_engine *engine, const struct ct_image_request *rq, bool json,
                             struct ct_buf *out, struct ct_err *err)
{
    (void)engine;
    const struct ct_intent *intent;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(INTENT_ARENA_BYTES);
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the prompt.");
    CT_TRY(ct_intent_read(&intent, arena, rq->prompt, err));
    if (json) {
        ct_buf_puts(out, "{");
        ct_json_put_key(out, "intent");
    }
    ct_intent_print(out, intent, json);
    CT_TRY((intent->kind == CT_INTENT_SCENE ? explain_scene : explain_page)(out, arena, rq, intent,
                                                                           json, err));
    ct_buf_puts(out, json ? "}\n" : "");
    return out->failed ? ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while explaining.") : CT_OK;
}

static ct_code scene_area(struct ct_engine *engine, struct ct_image **out, float *confidence,
                          const struct ct_image *image, struct ct_slice recipe,
                          struct ct_slice what, struct ct_err *err)
{
    (void)engine;
    return ct_edit_area(out, confidence, image, recipe, what, err);
}

static void scene_close(struct ct_engine *engine)
{
    ct_free(engine);
}

ct_code ct_scene_engine_open(struct ct_engine **out, struct ct_err *err)
{
    *out = NULL;
    CT_TRY(ct_page_fonts_check(err));
    struct ct_engine *engine = ct_calloc(1, sizeof(*engine));
    if (!engine)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while opening the scene engine.");
    *engine = (struct ct_engine){
        .name = "scene",
        .version = "1",
        .deterministic = true,
        .draw = scene_draw,
        .explain = scene_explain,
        .area = scene_area,
        .close = scene_close,
    };
    *out = engine;
    return CT_OK;
}
