/* Backdrops, things and texts for photographs: small drawings of the engine's own, made by the same
 * composers as whole pictures. Called by foreign.c. */
#include "engines/scene/edit/foreign.h"

#include "engines/scene/page/items.h"
#include "image/resize.h"

#define BACKDROP_EDGE 1024 /* a backdrop is mostly soft: larger ones are scaled up */

static ct_code render(struct ct_image **out, struct ct_foreign *f, const struct ct_scene3 *scene,
                      int width, int height, struct ct_err *err)
{
    const struct ct_image_request *rq = f->d->draw->request;
    struct ct_world world;
    ct_world_init(&world);
    ct_code rc = ct_scene3_build(&world, scene, err);
    if (rc == CT_OK)
        rc = ct_render(out, &world,
                       &(struct ct_render_params){
                           .width = width,
                           .height = height,
                           .samples = ct_render_samples((int)rq->quality, width, height),
                           .seed = scene->seed,
                           .pool = f->d->draw->pool,
                           .cancel = f->d->draw->cancel,
                       },
                       err);
    ct_world_release(&world);
    return rc;
}

ct_code ct_foreign_backdrop(struct ct_image **out, struct ct_foreign *f, struct ct_err *err)
{
    const struct ct_scene3 *scene;
    struct ct_intent *intent = ct_arena_alloc(f->arena, sizeof(*intent));
    int w = f->image->width, h = f->image->height, longer = w > h ? w : h;
    *out = NULL;
    if (!intent)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a background.");
    *intent = *f->edit->intent;
    intent->kind = CT_INTENT_SCENE;
    intent->n_entities = intent->n_relations = 0;
    intent->style = CT_LOOK_STYLE_NONE;
    CT_TRY(ct_scene3_compose(&scene, f->arena, intent,
                             &(struct ct_scene3_params){
                                 .aspect = (float)w / (float)h,
                                 .seed = (uint32_t)f->d->draw->request->seed,
                             },
                             err));
    struct ct_image *small = NULL;
    float scale = longer > BACKDROP_EDGE ? (float)BACKDROP_EDGE / (float)longer : 1;
    int sw = (int)((float)w * scale), sh = (int)((float)h * scale);
    CT_TRY(render(&small, f, scene, sw < 16 ? 16 : sw, sh < 16 ? 16 : sh, err));
    ct_code rc = small->width == w && small->height == h
                     ? CT_OK
                     : ct_resize(out, small, w, h, f->d->draw->pool, err);
    if (rc == CT_OK && !*out)
        *out = ct_image_ref(small);
    ct_image_unref(&small);
    return rc;
}

ct_code ct_foreign_thing(struct ct_image **out, struct ct_foreign *f, int entity, int width,
                         int height, struct ct_err *err)
{
    const struct ct_scene3 *scene;
    struct ct_intent *intent = ct_arena_alloc(f->arena, sizeof(*intent));
    if (!intent)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a thing.");
    *intent = *f->edit->intent;
    intent->kind = CT_INTENT_SCENE;
    ct_intent_clear_choices(intent);
    intent->entities = &f->edit->intent->entities[entity];
    intent->n_entities = 1;
    intent->n_relations = 0;
    intent->camera = CT_CAMERA_close_up; /* it fills its box */
    CT_TRY(ct_scene3_compose(&scene, f->arena, intent,
                             &(struct ct_scene3_params){
                                 .aspect = (float)width / (float)height,
                                 .transparent = true,
                                 .seed = (uint32_t)f->d->draw->request->seed,
                             },
                             err));
    return render(out, f, scene, width, height, err);
}

ct_code ct_foreign_text(struct ct_image **out, struct ct_foreign *f, struct ct_slice text,
                        struct ct_rgb ink, int width, int height, struct ct_err *err)
{
    struct ct_page *page = ct_page_new(
        f->arena,
        &(struct ct_page_params){ .width = width, .height = height, .transparent = true });
    struct ct_type *type = NULL;
    const struct ct_text_style style = { .weight = 700,
                                         .size_px = height,
                                         .align = CT_ALIGN_CENTER,
                                         .wrap_px = width,
                                         .whole_words = true,
                                         .balance = true };
    const struct ct_tint tint = { (float)ink.r / 255, (float)ink.g / 255, (float)ink.b / 255, 1 };
    if (!page)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory for a text.");
    CT_TRY(ct_type_new(&type, err));
    ct_page_text(page, type, text, &style, (double[4]){ 0, 0, width, height }, 0.5, tint);
    ct_type_free(&type);
    return ct_page_draw(out, page, &(struct ct_page_draw){ .cancel = f->d->draw->cancel }, err);
}

ct_code ct_foreign_plain(struct ct_image **out, struct ct_rgb color, int width, int height,
                         struct ct_err *err)
{
    CT_TRY(ct_image_new(out, width, height, 3, err));
    for (size_t i = 0; i < (size_t)width * (size_t)height; i++)
        memcpy((*out)->px + 3 * i, &color, 3);
    return CT_OK;
}
