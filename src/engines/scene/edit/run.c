/* See run.h. One draw on a runner thread.
 *
 *   recipe of input 0 --read--> intent, scene --patch--> intent', scene' --> pixels
 *   no recipe -----------------------------------------> foreign.c
 *
 * A local edit (only looks changed) is drawn where the changed things are seen and put into the
 * picture that came in, so that every other pixel keeps its bytes. */
#include "engines/scene/edit/run.h"

#include "engines/scene/edit/exact.h"
#include "engines/scene/edit/foreign.h"
#include "engines/scene/edit/join.h"
#include "engines/scene/edit/markup.h"
#include "engines/scene/edit/patch.h"
#include "image/mask.h"
#include "image/resize.h"

#include <stdio.h>

struct run {
    struct ct_drawing d;
    struct ct_image_request request; /* as the pictures are drawn: d.draw->request */
    struct ct_draw draw;
    struct ct_arena *shared, *own;
    const struct ct_edit *edit;
    struct ct_strokes strokes; /* of the markup; none: n is 0 */
};

static void warn(const struct run *r, const char *text)
{
    if (r->draw.sink->warning)
        r->draw.sink->warning(r->draw.sink->ctx, text);
}

static void warn_of_words(const struct run *r)
{
    const char *const *warnings;
    int n = ct_intent_warnings(&warnings, r->shared, r->edit->intent);
    for (int i = 0; i < n; i++)
        warn(r, warnings[i]);
}

/* The recipe of an input; false: a foreign picture. */
static bool read_recipe(struct ct_scene_recipe *out, const struct run *r, int index)
{
    const struct ct_draw_inputs *inputs = r->draw.inputs;
    struct ct_slice text = inputs->recipe(inputs->ctx, index);
    return text.len > 0 && ct_scene_recipe_read(out, r->shared, text, NULL) == CT_OK;
}

/* The other inputs, for what an edit says of them; *out[i].intent NULL: foreign. */
static ct_code read_others(struct ct_scene_recipe **out, const struct run *r, struct ct_err *err)
{
    int n = r->request.n_inputs - 1;
    *out = ct_arena_array(r->shared, (size_t)n + 1, sizeof(**out));
    if (!*out)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the pictures.");
    for (int i = 0; i < n; i++)
        if (!read_recipe(&(*out)[i], r, i + 1))
            (*out)[i] = (struct ct_scene_recipe){ .intent = NULL };
    return CT_OK;
}

/* A picture that came along for nothing is said to have. */
static void warn_of_unused(const struct run *r)
{
    for (int i = 1; i < r->request.n_inputs; i++) {
        char text[160];
        if (r->edit->named >> i & 1)
            continue;
        snprintf(text, sizeof(text),
                 "Picture %d was not used: say what of it is wanted, as in 'in the light of "
                 "picture %d' or 'add the mug from picture %d'.",
                 i + 1, i + 1, i + 1);
        warn(r, text);
    }
}

static float aspect_of(const struct run *r)
{
    return (float)r->request.width / (float)r->request.height;
}

/* JPEG has no alpha, so it shows what is behind. */
static ct_code set_background(struct run *r, bool transparent, struct ct_err *err)
{
    r->request.background = transparent ? CT_BACKGROUND_TRANSPARENT : CT_BACKGROUND_OPAQUE;
    if (transparent && r->request.format == CT_FORMAT_JPEG)
        return ct_fail(err, CT_E_IMAGE_VALUE, "output_format",
                       "Transparent background is not supported for JPEG output format");
    return CT_OK;
}

/* The strokes of the request's markup. They are looked at, and never seen. */
static ct_code read_strokes(struct run *r, struct ct_err *err)
{
    const struct ct_draw_inputs *inputs = r->draw.inputs;
    struct ct_image *overlay = NULL;
    if (!r->request.markup.file || r->request.operation != CT_OPERATION_EDIT)
        return CT_OK;
    CT_TRY(inputs->markup(inputs->ctx, &overlay, err));
    ct_code rc = ct_strokes_read(&r->strokes, overlay, err);
    ct_image_unref(&overlay);
    return rc;
}

/* Why nothing was done, in the words of the first warning. */
static ct_code fail_nothing(const struct ct_patch *patch, struct ct_err *err)
{
    if (patch && patch->n_warnings > 0)
        return ct_fail(err, CT_E_EDIT, "prompt", "The picture was not changed. %s",
                       patch->warnings[0]);
    return ct_fail(
        err, CT_E_EDIT, "prompt",
        "Nothing in this prompt could be understood as a change to the picture. Say what "
        "to change, add, remove, replace or move, as in 'make the mug navy blue' or 'add "
        "a croissant beside the mug'.");
}

static ct_code draw_scene(struct ct_image **out, struct run *r, const struct ct_scene3 *scene,
                          struct ct_err *err)
{
    CT_TRY(ct_drawing_render(out, &r->d, scene, err));
    ct_drawing_progress(&r->d, 1.0, "finishing");
    return ct_drawing_style(&r->d, *out, err);
}

static ct_code draw_page(struct ct_image **out, struct run *r, const struct ct_intent *intent,
                         uint32_t seed, struct ct_err *err)
{
    ct_drawing_progress(&r->d, 0, "layout");
    ct_arena_reset(r->own);
    return ct_drawing_page(out, &r->d, r->own, &r->request, intent, seed, err);
}

/* --- our own pictures --- */

/* A page's pixels that composing it again does not change are taken from the picture. */
static ct_code keep_page(struct ct_image **out, struct run *r, const struct ct_scene_recipe *of,
                         const struct ct_image *original, const struct ct_image *changed,
                         struct ct_err *err)
{
    struct ct_image *before = NULL;
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    CT_TRY(draw_page(&before, r, of->intent, of->seed, err));
    ct_code rc = ct_mask_new(&mask, changed->width, changed->height, err);
    size_t channels = (size_t)changed->channels;
    bool comparable = before->channels == changed->channels;
    for (size_t i = 0; rc == CT_OK && i < (size_t)changed->width * (size_t)changed->height; i++)
        if (!comparable ||
            memcmp(before->px + i * channels, changed->px + i * channels, channels) != 0)
            mask->px[i] = 255;
    if (rc == CT_OK)
        rc = ct_mask_mix(out, original, changed, mask, err);
    ct_image_unref(&before);
    return rc;
}

/* The picture that came in, when it can be changed in part: ours, and of the wanted size. */
static ct_code load_original(struct ct_image **out, const struct run *r,
                             const struct ct_scene_recipe *of, struct ct_err *err)
{
    const struct ct_draw_inputs *inputs = r->draw.inputs;
    CT_TRY(inputs->image(inputs->ctx, out, 0, 0, err));
    bool same = (*out)->width == r->request.width && (*out)->height == r->request.height &&
                (*out)->width == of->width && (*out)->height == of->height;
    if (!same)
        ct_image_unref(out);
    return CT_OK;
}

/* The mask of the request, where there is one and the picture has its size. */
static ct_code apply_mask(struct ct_image **image, const struct run *r,
                          const struct ct_image *original, struct ct_err *err)
{
    const struct ct_draw_inputs *inputs = r->draw.inputs;
    struct ct_image *alpha = NULL, *mixed = NULL;
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    if (!r->request.mask.file || !original)
        return CT_OK;
    CT_TRY(inputs->mask(inputs->ctx, &alpha, err));
    ct_code rc = ct_mask_of_alpha(&mask, alpha, original->width, original->height, err);
    ct_image_unref(&alpha);
    if (rc == CT_OK)
        rc = ct_mask_mix(&mixed, original, *image, mask, err);
    if (rc != CT_OK)
        return rc;
    ct_image_unref(image);
    *image = mixed;
    return CT_OK;
}

/* Draws the changed picture: in part where that is enough, else anew; what shall stay stays. */
static ct_code draw_patched(struct ct_image **out, struct run *r, const struct ct_patch *patch,
                            const struct ct_scene_recipe *of, const struct ct_image *original,
                            struct ct_err *err)
{
    struct ct_image *kept = NULL;
    if (patch->scene && patch->local && original)
        CT_TRY(ct_edit_exact(out, &r->d, patch, original, of->quality, err));
    else if (patch->scene)
        CT_TRY(draw_scene(out, r, patch->scene, err));
    else
        CT_TRY(draw_page(out, r, patch->intent, of->seed, err));
    if (original && !patch->local && r->edit->keep_rest) {
        ct_code rc = patch->scene ? ct_edit_keep_unchanged(&kept, original, *out, err)
                                  : keep_page(&kept, r, of, original, *out, err);
        if (rc != CT_OK)
            return rc;
        ct_image_unref(out);
        *out = kept;
    }
    return apply_mask(out, r, original, err);
}

static ct_code deliver_patched(struct run *r, const struct ct_patch *patch,
                               const struct ct_scene_recipe *of, const struct ct_image *original,
                               struct ct_err *err)
{
    uint32_t seed = patch->scene ? patch->scene->seed : of->seed;
    struct ct_image *image = NULL;
    for (r->d.index = 0; r->d.index < r->request.n; r->d.index++) {
        r->d.partials_sent = 0;
        ct_code rc = draw_patched(&image, r, patch, of, original, err);
        if (rc == CT_OK)
            rc = ct_drawing_deliver(&r->d, image, patch->scene, seed, err);
        ct_image_unref(&image);
        CT_TRY(rc);
    }
    return CT_OK;
}

/* What a page looks like depends on how many compositions were tried: an edit at another quality
 * would arrange it anew. */
static void compose_as_before(struct run *r, const struct ct_scene_recipe *of)
{
    if (of->scene)
        return;
    r->request.quality = of->quality;
    r->request.thinking = of->thinking;
    r->request.style = of->style;
}

static ct_code foreign(struct run *r, struct ct_err *err);

/* "in the colours of picture 2", a photograph: its pixels can be asked, though it has no scene. */
static bool asks_for_pixels(const struct run *r, const struct ct_scene_recipe *others)
{
    for (int i = 0; i < r->edit->n_ops; i++)
        if (r->edit->ops[i].kind != CT_EDIT_LIKE || r->edit->ops[i].image != 1 ||
            others[0].intent || !(r->edit->ops[i].aspects & CT_ASPECT_PALETTE))
            return false;
    return r->edit->n_ops > 0;
}

/* What the markup came to, when it did not do what strokes are for. */
static void warn_of_markup(const struct run *r, const struct ct_scene_recipe *of,
                           const struct ct_marked *marked)
{
    bool placed = false;
    for (int i = 0; i < r->edit->n_ops; i++)
        placed |= r->edit->ops[i].here;
    if (r->strokes.n == 0)
        return;
    if (!of->scene)
        warn(r,
             "The markup was not used: what a page shows is told by its words. Name the text that "
             "is meant.");
    else if (marked->n == 0 && !placed)
        warn(r, "The strokes of the markup are on no thing of the scene; the prompt alone was "
                "followed.");
    else if (r->edit->unmarked)
        warn(r, "The strokes of the markup are on something else than the prompt names; the prompt "
                "was followed.");
}

/* Reads the edit and carries it out on the recipe; with a markup *of may become another one, in
 * which what is marked can be told apart. */
static ct_code patch_own(struct ct_patch *patch, struct run *r, struct ct_scene_recipe *of,
                         const struct ct_scene_recipe *others, struct ct_err *err)
{
    const struct ct_retouch tools = { r->draw.pool, r->draw.cancel };
    struct ct_marked marked = { .n = 0 };
    if (r->strokes.n > 0 && of->scene)
        CT_TRY(ct_markup_pick(&marked, of, r->shared, &r->strokes, &tools, err));
    const struct ct_edit_context context = { .of = of->intent,
                                             .others = others,
                                             .n_others = r->request.n_inputs - 1,
                                             .markup = r->strokes.n > 0 && of->scene,
                                             .marked = marked.n > 0 ? marked.entity : NULL };
    CT_TRY(ct_edit_read(&r->edit, r->shared, &context, r->request.prompt, err));
    const struct ct_patch_params params = { .others = others,
                                            .mark = marked.has_place ? &marked.place : NULL,
                                            .aspect = aspect_of(r) };
    CT_TRY(ct_patch_make(patch, r->shared, of, r->edit, &params, err));
    warn_of_markup(r, of, &marked);
    return CT_OK;
}

static ct_code edit_own(struct run *r, struct ct_scene_recipe *of, struct ct_err *err)
{
    struct ct_patch patch;
    struct ct_image *original = NULL;
    struct ct_scene_recipe *others;
    CT_TRY(read_others(&others, r, err));
    CT_TRY(patch_own(&patch, r, of, others, err));
    if (patch.n_done == 0)
        return asks_for_pixels(r, others) ? foreign(r, err) : fail_nothing(&patch, err);
    CT_TRY(set_background(r, patch.transparent, err));
    compose_as_before(r, of);
    warn_of_words(r);
    warn_of_unused(r);
    for (int i = 0; i < patch.n_warnings; i++)
        warn(r, patch.warnings[i]);
    if (r->request.n > 1)
        warn(r, "An edit of a scene has one result, so all pictures are the same.");
    r->d.intent = patch.intent;
    CT_TRY(load_original(&original, r, of, err));
    if (!original && (r->edit->keep_rest || r->request.mask.file))
        warn(r, "The picture is drawn anew at another size, so its pixels cannot be kept.");
    ct_code rc = deliver_patched(r, &patch, of, original, err);
    ct_image_unref(&original);
    return rc;
}

/* The same things, seen anew: other seeds of the same intent. */
static ct_code vary_own(struct run *r, const struct ct_scene_recipe *of, struct ct_err *err)
{
    struct ct_image *image = NULL;
    CT_TRY(set_background(r, of->transparent, err));
    r->d.intent = of->intent;
    for (r->d.index = 0; r->d.index < r->request.n; r->d.index++) {
        const struct ct_scene3 *scene = NULL;
        const struct ct_image_request next = { .seed = (int32_t)of->seed };
        uint32_t seed = (uint32_t)(r->request.seed_given
                                       ? ct_picture_seed(&r->request, r->d.index)
                                       : ct_picture_seed(&next, r->d.index + 1));
        r->d.partials_sent = 0;
        ct_arena_reset(r->own);
        ct_code rc = CT_OK;
        if (of->scene) {
            rc = ct_scene3_compose(&scene, r->own, of->intent,
                                   &(struct ct_scene3_params){ .aspect = aspect_of(r),
                                                               .transparent = of->transparent,
                                                               .seed = seed },
                                   err);
            if (rc == CT_OK)
                rc = draw_scene(&image, r, scene, err);
        } else {
            rc = draw_page(&image, r, of->intent, seed, err);
        }
        if (rc == CT_OK)
            rc = ct_drawing_deliver(&r->d, image, scene, seed, err);
        ct_image_unref(&image);
        CT_TRY(rc);
    }
    return CT_OK;
}

/* --- foreign pictures --- */

/* Once a request, though each of its pictures is looked at by itself. */
static void warn_of_pointing(const struct run *r)
{
    bool points = false;
    for (int i = 0; i < r->strokes.n; i++)
        points |= r->strokes.stroke[i].kind > CT_STROKE_PATCH;
    if (points && r->d.index == 0)
        warn(r,
             "How far the thing goes that the markup points at is a guess here; a stroke around it "
             "would make it certain.");
}

static ct_code load_foreign(struct ct_foreign *f, struct run *r, struct ct_err *err)
{
    const struct ct_draw_inputs *inputs = r->draw.inputs;
    const struct ct_retouch tools = { r->draw.pool, r->draw.cancel };
    struct ct_image *alpha = NULL;
    /* Larger than it will be shown, a picture only costs time; but a mask is of its full size. */
    int longer = r->request.width > r->request.height ? r->request.width : r->request.height;
    bool masked = r->request.mask.file && r->request.operation == CT_OPERATION_EDIT;
    *f = (struct ct_foreign){ .d = &r->d, .arena = r->own, .edit = r->edit };
    CT_TRY(inputs->image(inputs->ctx, &f->image, 0, masked ? 0 : longer > 1024 ? longer : 1024,
                         err));
    if (r->strokes.n > 0) {
        warn_of_pointing(r);
        return ct_markup_region(&f->mask, &f->thing, f->image, &r->strokes, &tools, err);
    }
    if (!masked)
        return CT_OK;
    CT_TRY(inputs->mask(inputs->ctx, &alpha, err));
    ct_code rc = ct_mask_of_alpha(&f->mask, alpha, f->image->width, f->image->height, err);
    ct_image_unref(&alpha);
    return rc;
}

static ct_code draw_foreign(struct ct_foreign *f, struct run *r, struct ct_err *err)
{
    if (r->request.operation == CT_OPERATION_VARIATION)
        return ct_foreign_vary(f, r->d.index, err);
    CT_TRY(ct_foreign_edit(f, err));
    CT_TRY(ct_foreign_fit(f, err));
    if (f->n_done == 0)
        return f->why[0] ? ct_fail(err, CT_E_EDIT, "prompt", "The picture was not changed. %s",
                                   f->why)
                         : fail_nothing(NULL, err);
    if (f->image->channels == 4 && r->request.format == CT_FORMAT_JPEG)
        return ct_fail(err, CT_E_IMAGE_VALUE, "output_format",
                       "Transparent background is not supported for JPEG output format");
    return CT_OK;
}

static ct_code foreign(struct run *r, struct ct_err *err)
{
    static const struct ct_intent none = { .kind = CT_INTENT_PAGE };
    r->d.intent = &none;
    if (r->request.operation == CT_OPERATION_EDIT) {
        CT_TRY(ct_edit_read(&r->edit, r->shared,
                            &(struct ct_edit_context){ .of = NULL, .markup = r->strokes.n > 0 },
                            r->request.prompt, err));
        warn_of_words(r);
    }
    for (r->d.index = 0; r->d.index < r->request.n; r->d.index++) {
        struct ct_foreign f;
        ct_arena_reset(r->own);
        ct_code rc = load_foreign(&f, r, err);
        if (rc == CT_OK)
            rc = draw_foreign(&f, r, err);
        if (rc == CT_OK)
            rc = r->draw.sink->picture(r->draw.sink->ctx, r->d.index, f.image, err);
        ct_foreign_release(&f);
        CT_TRY(rc);
    }
    return CT_OK;
}

/* --- a thing of one picture in another one --- */

/* An input at the size it will be shown at; its recipe counts when the picture has its shape. */
static ct_code load_for_join(struct ct_join_picture *out, struct ct_scene_recipe *recipe,
                             struct run *r, int index, bool base, struct ct_err *err)
{
    const struct ct_draw_inputs *inputs = r->draw.inputs;
    const struct ct_image_request *rq = &r->request;
    struct ct_image *image = NULL;
    int longer = rq->width > rq->height ? rq->width : rq->height;
    CT_TRY(inputs->image(inputs->ctx, &image, index, longer > 1024 ? longer : 1024, err));
    bool own = read_recipe(recipe, r, index) && recipe->scene &&
               (int64_t)recipe->width * (base ? rq->height : image->height) ==
                   (int64_t)recipe->height * (base ? rq->width : image->width);
    out->recipe = own ? recipe : NULL;
    ct_code rc = CT_OK;
    if (base && (image->width != rq->width || image->height != rq->height))
        rc = ct_resize_cover(&out->image, image, rq->width, rq->height, r->draw.pool, err);
    else
        out->image = ct_image_ref(image);
    ct_image_unref(&image);
    return rc;
}

static ct_code join(struct run *r, const struct ct_join *join, struct ct_err *err)
{
    struct ct_join_picture base = { NULL, NULL }, source = { NULL, NULL };
    struct ct_scene_recipe base_recipe, source_recipe;
    struct ct_image *image = NULL;
    const char *const *warnings;
    int n = ct_intent_warnings(&warnings, r->shared, join->intent);
    for (int i = 0; i < n; i++)
        warn(r, warnings[i]);
    if (r->request.mask.file)
        warn(r, "The mask was not used: a thing that joins a picture stands where there is room.");
    ct_drawing_progress(&r->d, 0.2, "retouching");
    ct_code rc = load_for_join(&base, &base_recipe, r, join->base, true, err);
    if (rc == CT_OK)
        rc = load_for_join(&source, &source_recipe, r, join->source, false, err);
    /* strokes lie over the first picture */
    const struct ct_strokes *strokes = r->strokes.n > 0 && join->base == 0 ? &r->strokes : NULL;
    if (rc == CT_OK)
        rc = ct_join_draw(&image, &r->d, r->shared, join, &base, &source, strokes, err);
    for (r->d.index = 0; rc == CT_OK && r->d.index < r->request.n; r->d.index++)
        rc = r->draw.sink->picture(r->draw.sink->ctx, r->d.index, image, err);
    ct_image_unref(&image);
    ct_image_unref(&base.image);
    ct_image_unref(&source.image);
    return rc;
}

/* Is a photograph one of the two? Between pictures of ours things are drawn anew. */
static ct_code read_join(struct ct_join *out, const struct run *r, struct ct_err *err)
{
    struct ct_scene_recipe recipe;
    *out = (struct ct_join){ .asked = false };
    if (r->request.operation != CT_OPERATION_EDIT || r->request.n_inputs < 2)
        return CT_OK;
    CT_TRY(ct_join_read(out, r->shared, r->request.n_inputs, r->request.prompt, err));
    out->asked = out->asked && !(read_recipe(&recipe, r, out->source) &&
                                 read_recipe(&recipe, r, out->base));
    return CT_OK;
}

static ct_code run_by_kind(struct run *r, struct ct_err *err)
{
    struct ct_scene_recipe of;
    struct ct_join joined;
    CT_TRY(read_strokes(r, err));
    CT_TRY(read_join(&joined, r, err));
    if (joined.asked)
        return join(r, &joined, err);
    if (!read_recipe(&of, r, 0))
        return foreign(r, err);
    return r->request.operation == CT_OPERATION_VARIATION ? vary_own(r, &of, err)
                                                          : edit_own(r, &of, err);
}

ct_code ct_edit_run(const struct ct_draw *draw, struct ct_arena *shared, struct ct_arena *own,
                    struct ct_err *err)
{
    struct run r = { .request = *draw->request, .draw = *draw, .shared = shared, .own = own };
    r.draw.request = &r.request;
    r.d.draw = &r.draw;
    if (!draw->inputs || draw->request->n_inputs < 1)
        return ct_fail(err, CT_E_INTERNAL, NULL, "An edit without a picture reached the engine.");
    ct_drawing_progress(&r.d, 0, "understanding");
    ct_code rc = run_by_kind(&r, err);
    ct_strokes_release(&r.strokes);
    return rc;
}
