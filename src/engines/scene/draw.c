/* See draw.h. Nothing here decides what is drawn. */
#include "engines/scene/draw.h"

#include "engines/scene/page/text.h"
#include "engines/scene/render/drawn.h"
#include "engines/scene/style/style.h"
#include "image/resize.h"

#define SKETCH_EDGE 384

bool ct_drawing_cancelled(const struct ct_drawing *d)
{
    return d->draw->cancel && atomic_load_explicit(d->draw->cancel, memory_order_relaxed);
}

ct_code ct_drawing_fail_cancelled(struct ct_err *err)
{
    return ct_fail(err, CT_E_CANCELLED, NULL, "The drawing was cancelled.");
}

void ct_drawing_progress(const struct ct_drawing *d, double fraction, const char *stage)
{
    const struct ct_draw_sink *sink = d->draw->sink;
    if (sink->progress)
        sink->progress(sink->ctx, (d->index + fraction) / d->draw->request->n, stage);
}

/* Partial k of m is due once the work passed (k + 1) / (m + 1): evenly spaced, the finished
 * picture being the last step. At most one is sent per look, so a fast picture sends fewer. */
static bool partial_due(const struct ct_drawing *d, double fraction)
{
    int wanted = d->draw->request->partial_images;
    return d->draw->sink->partial && d->partials_sent < wanted && fraction < 1.0 &&
           fraction >= (double)(d->partials_sent + 1) / (wanted + 1);
}

/* Does the look ask for a drawing of the world, rather than a rendering of it? */
static bool is_drawn(enum ct_drawn *drawn, enum ct_look_style style)
{
    *drawn = style == CT_LOOK_STYLE_flat      ? CT_DRAWN_FLAT
             : style == CT_LOOK_STYLE_cartoon ? CT_DRAWN_CARTOON
                                              : CT_DRAWN_LINES;
    return *drawn != CT_DRAWN_LINES || ct_style_is_of_lines(style);
}

/* Pages are drawn in their own style; a filter would only blur their text. */
static enum ct_look_style style_of(const struct ct_drawing *d)
{
    return d->intent->kind == CT_INTENT_SCENE ? d->intent->style : CT_LOOK_STYLE_NONE;
}

ct_code ct_drawing_style(const struct ct_drawing *d, struct ct_image *image, struct ct_err *err)
{
    enum ct_drawn drawn;
    if (!is_drawn(&drawn, style_of(d)))
        return ct_style_apply_on(image, style_of(d), d->draw->pool, err);
    return drawn == CT_DRAWN_LINES ? ct_style_ink(image, style_of(d), d->draw->pool, err) : CT_OK;
}

ct_code ct_drawing_world(struct ct_image **out, const struct ct_drawing *d,
                         const struct ct_world *world, const struct ct_render_params *params,
                         struct ct_err *err)
{
    enum ct_drawn drawn;
    if (is_drawn(&drawn, style_of(d)))
        return ct_render_drawn(out, world, drawn, params, err);
    return ct_render(out, world, params, err);
}

/* Takes the image; NULL, or a style that fails: out of memory for a nicety, the picture itself goes
 * on. */
static void send_partial(struct ct_drawing *d, struct ct_image *image)
{
    if (image && ct_drawing_style(d, image, NULL) == CT_OK)
        d->draw->sink->partial(d->draw->sink->ctx, d->index, d->partials_sent++, image);
    ct_image_unref(&image);
}

void ct_drawing_look(struct ct_drawing *d, double fraction, const char *stage,
                     struct ct_image *(*snapshot)(void *state), void *state)
{
    ct_drawing_progress(d, fraction, stage);
    if (!snapshot || ct_drawing_cancelled(d) || !partial_due(d, fraction))
        return;
    send_partial(d, snapshot(state));
}

static void on_render_pass(void *ctx, double fraction, const char *stage,
                           struct ct_image *(*snapshot)(void *state), void *state)
{
    ct_drawing_look(ctx, fraction, stage, snapshot, state);
}

static void on_page_layer(void *ctx, double fraction, struct ct_image *(*snapshot)(void *state),
                          void *state)
{
    ct_drawing_look(ctx, fraction, "drawing", snapshot, state);
}

/* The first partial picture: small, of one sample, enlarged. It is there in a fraction of a second,
 * long before the first pass over all pixels is. */
static void sketch(struct ct_drawing *d, const struct ct_world *world, uint32_t seed)
{
    const struct ct_image_request *rq = d->draw->request;
    int larger = rq->width > rq->height ? rq->width : rq->height;
    int shrink = (larger + SKETCH_EDGE - 1) / SKETCH_EDGE;
    struct ct_image *small = NULL, *image = NULL;
    if (!d->draw->sink->partial || rq->partial_images < 1 || shrink < 2)
        return;
    const struct ct_render_params params = {
        .width = rq->width / shrink,
        .height = rq->height / shrink,
        .samples = 1,
        .seed = seed,
        .pool = d->draw->pool,
        .cancel = d->draw->cancel,
    };
    if (ct_drawing_world(&small, d, world, &params, NULL) == CT_OK &&
        ct_resize(&image, small, rq->width, rq->height, d->draw->pool, NULL) == CT_OK)
        send_partial(d, image);
    ct_image_unref(&small);
}

#define HERO_ARENA_BYTES ((size_t)8 << 20)

/* The thing a page shows, alone on nothing: a scene of its own, as large as its room. */
static ct_code render_hero(struct ct_image **out, struct ct_drawing *d, int width, int height,
                           uint32_t seed, struct ct_err *err)
{
    const struct ct_image_request *rq = d->draw->request;
    const struct ct_scene3 *scene;
    struct ct_world world;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(HERO_ARENA_BYTES);
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for the thing on the page.");
    struct ct_intent alone = *d->intent;
    alone.kind = CT_INTENT_SCENE;
    alone.template_id = CT_TEMPLATE_NONE;
    alone.style = CT_LOOK_STYLE_NONE;
    if (alone.rig == CT_RIG_NONE)
        alone.rig = CT_RIG_studio; /* its shadow stays near */
    alone.title = alone.subtitle = alone.subject = (struct ct_slice){ 0 };
    alone.n_texts = alone.n_nodes = alone.n_edges = alone.n_values = alone.n_palette = 0;
    alone.has_backdrop_color = alone.title_room = false;
    CT_TRY(ct_scene3_compose(&scene, arena, &alone,
                             &(struct ct_scene3_params){
                                 .aspect = (float)width / (float)height,
                                 .transparent = true,
                                 .seed = seed,
                                 .candidates = ct_scene3_candidates(rq->quality, rq->thinking),
                                 .style = rq->style,
                             },
                             err));
    ct_drawing_progress(d, 0.1, "rendering");
    ct_world_init(&world);
    world.cancel = d->draw->cancel;
    ct_code rc = ct_scene3_build(&world, scene, err);
    if (rc == CT_OK)
        rc = ct_render(out, &world,
                       &(struct ct_render_params){
                           .width = width,
                           .height = height,
                           .samples = ct_render_samples((int)rq->quality, width, height),
                           .seed = scene->seed,
                           .pool = d->draw->pool,
                           .cancel = d->draw->cancel,
                       },
                       err);
    ct_world_release(&world);
    return rc;
}

ct_code ct_drawing_render(struct ct_image **out, struct ct_drawing *d,
                          const struct ct_scene3 *scene, struct ct_err *err)
{
    const struct ct_image_request *rq = d->draw->request;
    struct ct_world world;
    ct_drawing_progress(d, 0, "building");
    ct_world_init(&world);
    world.cancel = d->draw->cancel;
    ct_code rc = ct_scene3_build(&world, scene, err);
    if (rc == CT_OK)
        sketch(d, &world, scene->seed);
    if (rc == CT_OK)
        rc = ct_drawing_world(
            out, d, &world,
            &(struct ct_render_params){
                .width = rq->width,
                .height = rq->height,
                .samples = ct_render_samples((int)rq->quality, rq->width, rq->height),
                .seed = scene->seed,
                .pool = d->draw->pool,
                .cancel = d->draw->cancel,
                .ctx = d,
                .pass = on_render_pass,
            },
            err);
    ct_world_release(&world);
    return rc;
}

ct_code ct_drawing_compose_scene(const struct ct_scene3 **out, struct ct_arena *arena,
                                 const struct ct_image_request *rq, const struct ct_intent *intent,
                                 uint32_t seed, struct ct_err *err)
{
    return ct_scene3_compose(out, arena, intent,
                             &(struct ct_scene3_params){
                                 .aspect = (float)rq->width / (float)rq->height,
                                 .transparent = rq->background == CT_BACKGROUND_TRANSPARENT,
                                 .seed = seed,
                                 .candidates = ct_scene3_candidates(rq->quality, rq->thinking),
                                 .style = rq->style,
                             },
                             err);
}

static ct_code compose_page(const struct ct_page **out, struct ct_arena *arena,
                            const struct ct_image_request *rq, const struct ct_intent *intent,
                            uint32_t seed, struct ct_type *type, struct ct_err *err)
{
    return ct_page_compose(out, arena, intent,
                           &(struct ct_page_params){
                               .width = rq->width,
                               .height = rq->height,
                               .seed = seed,
                               .transparent = rq->background == CT_BACKGROUND_TRANSPARENT,
                               .pictures = rq->format != CT_FORMAT_SVG,
                               .candidates = ct_page_candidates(rq->quality, rq->thinking),
                               .style = rq->style,
                               .type = type,
                           },
                           err);
}

ct_code ct_drawing_compose_page(const struct ct_page **out, struct ct_arena *arena,
                                const struct ct_image_request *rq, const struct ct_intent *intent,
                                uint32_t seed, struct ct_err *err)
{
    return compose_page(out, arena, rq, intent, seed, NULL, err);
}

static ct_code draw_composed(struct ct_image **out, struct ct_drawing *d,
                             const struct ct_page *page, uint32_t seed, struct ct_type *type,
                             struct ct_err *err)
{
    struct ct_image *hero = NULL;
    int width, height;
    if (ct_page_has_picture(page, &width, &height))
        CT_TRY(render_hero(&hero, d, width, height, seed, err));
    ct_code rc = ct_page_draw(out, page,
                              &(struct ct_page_draw){
                                  .type = type,
                                  .picture = hero,
                                  .cancel = d->draw->cancel,
                                  .ctx = d,
                                  .layer = on_page_layer,
                              },
                              err);
    ct_image_unref(&hero);
    return rc;
}

/* The fonts that were measured with are those that are drawn with: finding them is most of the
 * work of a page with little on it. */
ct_code ct_drawing_page(struct ct_image **out, struct ct_drawing *d, struct ct_arena *arena,
                        const struct ct_image_request *rq, const struct ct_intent *intent,
                        uint32_t seed, struct ct_err *err)
{
    const struct ct_page *page = NULL;
    struct ct_type *type = NULL;
    CT_TRY(ct_type_new(&type, err));
    ct_code rc = compose_page(&page, arena, rq, intent, seed, type, err);
    if (rc == CT_OK)
        rc = draw_composed(out, d, page, seed, type, err);
    ct_type_free(&type);
    return rc;
}

static void hand_out_recipe(struct ct_drawing *d, const struct ct_scene3 *scene, uint32_t seed)
{
    const struct ct_image_request *rq = d->draw->request;
    struct ct_buf b;
    ct_buf_init(&b, CT_RECIPE_BYTES);
    ct_scene_recipe_write(
        &b,
        &(struct ct_scene_recipe){
            .width = rq->width,
            .height = rq->height,
            .quality = rq->quality,
            .thinking = rq->thinking,
            .style = rq->style,
            .transparent = scene ? scene->transparent : rq->background == CT_BACKGROUND_TRANSPARENT,
            .seed = seed,
            .intent = d->intent,
            .scene = scene,
        });
    if (!b.failed) /* a very long page travels without: it cannot be edited, only drawn again */
        d->draw->sink->recipe(d->draw->sink->ctx, d->index, ct_buf_slice(&b));
    ct_buf_release(&b);
}

ct_code ct_drawing_deliver(struct ct_drawing *d, struct ct_image *image,
                           const struct ct_scene3 *scene, uint32_t seed, struct ct_err *err)
{
    const struct ct_draw_sink *sink = d->draw->sink;
    if (sink->recipe)
        hand_out_recipe(d, scene, seed);
    return sink->picture(sink->ctx, d->index, image, err);
}
