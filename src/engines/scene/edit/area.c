/* Which pixels a phrase means: what an edit would change, as a mask that it takes back.
 *
 *   a rendering of ours: the coverage of the things that the phrase names, or of none of them
 *   any other picture:   the subject that stands out, what is around it, the sky, or what has the
 *                        colour that the phrase names
 *
 * The phrase is read as the edit "remove PHRASE", so it names things as edits do. Called by
 * `calotype mask` through the engine, on the caller's thread. */
#include "engines/scene/edit/area.h"

#include "engines/scene/edit/edit.h"
#include "engines/scene/render/coverage.h"
#include "engines/scene/retouch/segment.h"

#include <stdio.h>

#define ARENA_BYTES ((size_t)16 << 20)
#define PHRASE_MAX 400

struct asked {
    bool chosen[CT_SCENE3_MAX_OBJECTS];
    bool inverse; /* the background */
};

static bool says(struct ct_slice what, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= what.len; i++)
        if (ct_slice_ieq(ct_slice_sub(what, i, i + n), ct_slice(word)))
            return true;
    return false;
}

/* "the background" is everything but the things. */
static bool is_background(struct ct_slice what)
{
    return says(what, "background") || says(what, "backdrop") || says(what, "surroundings");
}

static void invert(struct ct_mask *mask)
{
    for (size_t i = 0; i < (size_t)mask->width * (size_t)mask->height; i++)
        mask->px[i] = (uint8_t)(255 - mask->px[i]);
}

static ct_code choose(struct asked *asked, struct ct_arena *arena,
                      const struct ct_scene_recipe *of, struct ct_slice what, struct ct_err *err)
{
    char prompt[PHRASE_MAX + 16];
    const struct ct_edit *edit;
    bool any = false;
    bool all = is_background(what) || says(what, "subject") || says(what, "everything");
    asked->inverse = is_background(what);
    snprintf(prompt, sizeof(prompt), "remove %.*s", CT_SARG(what));
    CT_TRY(ct_edit_read(&edit, arena, &(struct ct_edit_context){ .of = of->intent },
                        ct_slice(prompt), err));
    for (int i = 0; i < of->scene->n_objects; i++) {
        int entity = of->scene->objects[i].entity;
        asked->chosen[i] = all && entity >= 0;
        for (int k = 0; k < edit->n_ops && !all; k++)
            asked->chosen[i] |= edit->ops[k].kind == CT_EDIT_REMOVE && entity >= 0 &&
                                edit->ops[k].target == entity;
        any |= asked->chosen[i];
    }
    return any ? CT_OK
               : ct_fail(err, CT_E_EDIT, NULL, "There is no \"%.*s\" in the picture's scene.",
                         CT_SARG(what));
}

static ct_code area_of_scene(struct ct_mask **out, struct ct_arena *arena,
                             const struct ct_scene_recipe *of, const struct ct_image *image,
                             struct ct_slice what, struct ct_err *err)
{
    struct asked asked = { .inverse = false };
    struct ct_world world;
    const struct ct_render_params params = { .width = image->width,
                                             .height = image->height,
                                             .seed = of->scene->seed };
    CT_TRY(choose(&asked, arena, of, what, err));
    ct_world_init(&world);
    ct_code rc = ct_scene3_build(&world, of->scene, err);
    if (rc == CT_OK)
        rc = ct_render_coverage(out, &world, asked.chosen, CT_SCENE3_MAX_OBJECTS, &params, err);
    ct_world_release(&world);
    if (rc == CT_OK && asked.inverse)
        invert(*out);
    return rc;
}

static bool is_subject(struct ct_slice what)
{
    return says(what, "subject") || says(what, "foreground") || says(what, "main object");
}

/* What a phrase says of a photograph that can be found in pixels: its ground, its sky, a colour. */
static ct_code plan(struct ct_segment_params *how, struct ct_arena *arena, struct ct_slice what,
                    struct ct_err *err)
{
    char prompt[PHRASE_MAX + 16];
    const struct ct_edit *edit;
    *how = (struct ct_segment_params){ .what = CT_SEGMENT_SUBJECT };
    if (is_background(what) || is_subject(what))
        return CT_OK;
    snprintf(prompt, sizeof(prompt), "remove %.*s", CT_SARG(what));
    CT_TRY(ct_edit_read(&edit, arena, &(struct ct_edit_context){ .of = NULL }, ct_slice(prompt),
                        err));
    int target = edit->n_ops > 0 ? edit->ops[0].target : -1;
    if (edit->sky) {
        how->what = CT_SEGMENT_SKY;
    } else if (target >= 0 && target < CT_EDIT_THINGS && edit->is_seen[target]) {
        struct ct_rgb c = edit->seen[target];
        struct ct_slice noun = edit->intent->entities[target].noun;
        how->what = CT_SEGMENT_COLOR;
        how->color = (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
        how->all = ct_slice_ends(noun, "s");
    } else {
        return ct_fail(err, CT_E_EDIT, NULL,
                       "\"%.*s\" cannot be found in a photograph by its name. Say \"the subject\", "
                       "\"the background\", \"the sky\", or what colour it has: \"the red cup\".",
                       CT_SARG(what));
    }
    return CT_OK;
}

static ct_code area_of_pixels(struct ct_mask **out, float *confidence, struct ct_arena *arena,
                              const struct ct_image *image, struct ct_slice what,
                              struct ct_err *err)
{
    static const char *const none[] = {
        [CT_SEGMENT_SUBJECT] = "Nothing stands out in this picture",
        [CT_SEGMENT_COLOR] = "Nothing of that colour was found in this picture",
        [CT_SEGMENT_SKY] = "No sky was found at the upper edge of this picture",
    };
    const struct ct_retouch alone = { NULL, NULL };
    struct ct_segment_params how;
    CT_TRY(plan(&how, arena, what, err));
    CT_TRY(ct_segment_subject(out, confidence, image, &how, &alone, err));
    if (*confidence <= 0) {
        ct_mask_free(out);
        return ct_fail(err, CT_E_EDIT, NULL, "%s: the mask has to be painted by hand.",
                       none[how.what]);
    }
    if (is_background(what))
        invert(*out);
    return CT_OK;
}

/* The API's mask: white, and transparent where it may change. */
static ct_code to_alpha(struct ct_image **out, const struct ct_mask *mask, struct ct_err *err)
{
    CT_TRY(ct_image_new(out, mask->width, mask->height, 4, err));
    for (size_t i = 0; i < (size_t)mask->width * (size_t)mask->height; i++) {
        memset((*out)->px + 4 * i, 255, 3);
        (*out)->px[4 * i + 3] = (uint8_t)(255 - mask->px[i]);
    }
    return CT_OK;
}

ct_code ct_edit_area(struct ct_image **out, float *confidence, const struct ct_image *image,
                     struct ct_slice recipe, struct ct_slice what, struct ct_err *err)
{
    struct ct_scene_recipe of = { .scene = NULL };
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    CT_CLEANUP(ct_arena_free) struct ct_arena *arena = ct_arena_new(ARENA_BYTES);
    *out = NULL;
    *confidence = 1;
    if (!arena)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the picture.");
    if (what.len == 0 || what.len > PHRASE_MAX)
        return ct_fail(err, CT_E_VALUE, NULL,
                       "Name a thing of the picture, or \"the background\".");
    bool ours = recipe.len > 0 && ct_scene_recipe_read(&of, arena, recipe, NULL) == CT_OK &&
                of.scene && of.width == image->width && of.height == image->height;
    CT_TRY(ours ? area_of_scene(&mask, arena, &of, image, what, err)
                : area_of_pixels(&mask, confidence, arena, image, what, err));
    return to_alpha(out, mask, err);
}
