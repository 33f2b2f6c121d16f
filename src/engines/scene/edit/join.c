/* ct_join_draw(): see join.h. One draw on a runner thread.
 *
 *   source -> mask of the thing -> scaled, moved -> canvas \
 *   base ---> where things stand, how large they are -------> retouch/backdrop.h -> out
 *
 * A rendering of ours knows its ground: the thing's like is put into the scene, and where that is
 * seen the photograph's thing stands. A photograph's ground is guessed from what stands on it. */
#include "engines/scene/edit/join.h"

#include "engines/scene/edit/markup.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/prompt/lexicon.h"
#include "engines/scene/render/coverage.h"
#include "engines/scene/retouch/backdrop.h"
#include "engines/scene/retouch/segment.h"
#include "engines/scene/stage/stage.h"
#include "image/resize.h"

#include <stdio.h>

#define SURE 0.5f
#define LEAST_SURE 0.25f /* below it what was found is not worth cutting out */
#define LEAST_PX 24
#define ALONE 0.42f     /* of the picture's height: a thing where nothing else stands */
#define FOOT 0.80f      /* of the height: where it stands then */
#define MOST_HIGH 0.72f /* of the height, and of the width */
#define LEAST_SHRUNK 0.6f
#define GROUND_SHARE 0.4f /* what covers so much of the width is what things stand on */

/* Where a thing goes. */
struct place {
    float x, foot; /* pixels: its middle, and what it stands on */
    float height;
};

struct joining {
    const struct ct_drawing *d;
    struct ct_arena *arena;
    const struct ct_join *join;
    const struct ct_join_picture *base, *source;
    const struct ct_strokes *strokes;
    struct ct_retouch with;
};

static void warn(const struct joining *j, const char *text)
{
    const struct ct_draw_sink *sink = j->d->draw->sink;
    if (sink->warning && j->d->index == 0)
        sink->warning(sink->ctx, text);
}

static const struct ct_entity *entity_of(const struct joining *j, int entity)
{
    return entity >= 0 ? &j->join->intent->entities[entity] : NULL;
}

static struct ct_slice noun_of(const struct joining *j, int entity)
{
    const struct ct_entity *e = entity_of(j, entity);
    return e ? e->noun : CT_S("subject");
}

/* What no table names stands as a cube in the reader's notes, and has no size that is known. */
static bool is_known(const struct ct_entity *e)
{
    return e && e->object != CT_OBJECT_NONE && e->object != CT_OBJECT_cube && !e->emoji;
}

/* --- the thing --- */

/* The entity of a picture of ours that the prompt names; -1: none. */
static int find_own(const struct ct_scene_recipe *recipe, const struct ct_entity *named)
{
    for (int i = 0; named && i < recipe->intent->n_entities; i++) {
        const struct ct_entity *e = &recipe->intent->entities[i];
        if (e->object == named->object && !e->emoji == !named->emoji &&
            (!e->emoji || strcmp(e->emoji, named->emoji) == 0))
            return i;
    }
    return -1;
}

/* Exactly, since it is known where everything stands. */
static ct_code cover_own(struct ct_mask **out, const struct joining *j, struct ct_err *err)
{
    const struct ct_scene_recipe *recipe = j->source->recipe;
    const struct ct_image *image = j->source->image;
    int entity = find_own(recipe, entity_of(j, j->join->thing));
    bool chosen[CT_SCENE3_MAX_OBJECTS] = { false };
    struct ct_world world;
    for (int i = 0; i < recipe->scene->n_objects; i++)
        chosen[i] = entity >= 0 ? recipe->scene->objects[i].entity == entity
                                : j->join->thing < 0 && recipe->scene->objects[i].entity >= 0;
    const struct ct_render_params params = { .width = image->width,
                                             .height = image->height,
                                             .seed = recipe->scene->seed,
                                             .pool = j->with.pool,
                                             .cancel = j->with.cancel };
    ct_world_init(&world);
    ct_code rc = ct_scene3_build(&world, recipe->scene, err);
    if (rc == CT_OK)
        rc = ct_render_coverage(out, &world, chosen, CT_SCENE3_MAX_OBJECTS, &params, err);
    ct_world_release(&world);
    return rc;
}

static ct_code cover_foreign(struct ct_mask **out, const struct joining *j, struct ct_err *err)
{
    const struct ct_join *join = j->join;
    const struct ct_segment_params how = {
        .what = join->is_seen ? CT_SEGMENT_COLOR : CT_SEGMENT_SUBJECT,
        .color = (uint32_t)join->seen.r << 16 | (uint32_t)join->seen.g << 8 | join->seen.b,
    };
    float confidence;
    CT_TRY(ct_segment_subject(out, &confidence, j->source->image, &how, &j->with, err));
    if (confidence < LEAST_SURE)
        ct_mask_free(out);
    else if (confidence < SURE)
        warn(j, "What was cut out of the photograph is a guess: nothing stands out clearly there.");
    return CT_OK;
}

/* Rows within the box that have nothing of the thing: what is above them would float. */
static bool falls_apart(const struct ct_mask *mask, const struct ct_mask_box *box)
{
    for (int y = box->y0; y < box->y1; y++) {
        const uint8_t *row = mask->px + (size_t)y * (size_t)mask->width;
        int x = box->x0;
        while (x < box->x1 && row[x] < 128)
            x++;
        if (x == box->x1)
            return true;
    }
    return false;
}

static ct_code find_thing(struct ct_mask **out, struct ct_mask_box *box, const struct joining *j,
                          struct ct_err *err)
{
    struct ct_slice noun = noun_of(j, j->join->thing);
    *out = NULL;
    CT_TRY(j->source->recipe ? cover_own(out, j, err) : cover_foreign(out, j, err));
    const struct ct_image *image = j->source->image;
    if (!*out || !ct_mask_bounds(*out, 128, box) || box->y1 - box->y0 < LEAST_PX ||
        box->x1 - box->x0 < LEAST_PX / 2 || box->x1 - box->x0 == image->width) {
        ct_mask_free(out);
        return ct_fail(err, CT_E_EDIT, "prompt",
                       "Nothing was found in picture %d that could be the %.*s.",
                       j->join->source + 1, CT_SARG(noun));
    }
    if (!j->source->recipe && falls_apart(*out, box)) {
        ct_mask_free(out);
        return ct_fail(
            err, CT_E_EDIT, "prompt",
            "What stands out in picture %d falls into pieces when it is cut out, as glass "
            "does, and things of the colour of what is behind them.",
            j->join->source + 1);
    }
    if (box->x0 == 0 || box->y0 == 0 || box->x1 == image->width || box->y1 == image->height)
        warn(j, "The thing is cut off at the edge of its picture, so a part of it is missing.");
    return CT_OK;
}

/* --- its place --- */

/* The middle and the lower end of what the strokes mark; height 0: a spot on the ground. */
static bool place_at_strokes(struct place *p, const struct joining *j)
{
    const struct ct_strokes *s = j->strokes;
    const struct ct_image *base = j->base->image;
    if (!s || s->n == 0)
        return false;
    const struct ct_stroke *k = &s->stroke[0];
    float sx = (float)base->width / (float)s->width, sy = (float)base->height / (float)s->height;
    float w = (float)(k->box.x1 - k->box.x0), h = (float)(k->box.y1 - k->box.y0);
    bool flat = h < 0.7f * w || k->kind >= CT_STROKE_CROSS;
    p->x = (float)(k->box.x0 + k->box.x1) / 2 * sx;
    p->foot = ((float)k->box.y1 - (flat ? h / 2 : 0)) * sy;
    p->height = flat ? 0 : h * sy;
    if (k->kind == CT_STROKE_ARROW) {
        p->x = k->tip_x * sx;
        p->foot = k->tip_y * sy;
    }
    return true;
}

/* Centimetres from foot to head. */
static float height_cm(const struct ct_entity *e)
{
    const struct ct_scene3_object o = { .object = e->object, .scale = 1 };
    struct ct_stage_box box = ct_stage_object_box(&o, 0);
    return ct_maxf(box.max.y - box.min.y, 0.5f);
}

/* The scene of the base with the thing's like in it: chosen[]. */
static ct_code add_like(struct ct_scene3 **out, bool *chosen, const struct joining *j, int side,
                        const ct_v3 *at, struct ct_err *err)
{
    const struct ct_scene_recipe *recipe = j->base->recipe;
    struct ct_scene3 *scene = ct_arena_alloc(j->arena, sizeof(*scene));
    struct ct_intent *intent = ct_arena_alloc(j->arena, sizeof(*intent));
    int n = recipe->intent->n_entities, old = recipe->scene->n_objects;
    struct ct_entity *entities = ct_arena_array(j->arena, (size_t)n + 1, sizeof(*entities));
    struct ct_relation *relation = ct_arena_array(j->arena, 1, sizeof(*relation));
    if (!scene || !intent || !entities || !relation)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while joining pictures.");
    *scene = *recipe->scene;
    *intent = *recipe->intent;
    memcpy(entities, recipe->intent->entities, (size_t)n * sizeof(*entities));
    entities[n] = *entity_of(j, j->join->thing);
    entities[n].count = 1;
    intent->entities = entities;
    intent->n_entities = n + 1;
    int beside = find_own(recipe, entity_of(j, j->join->beside));
    *relation = (struct ct_relation){ n, beside,
                                      side < 0   ? CT_RELATION_LEFT_OF
                                      : side > 0 ? CT_RELATION_RIGHT_OF
                                                 : CT_RELATION_BESIDE };
    intent->relations = relation;
    intent->n_relations = beside >= 0;
    float azimuth = ct_stage_camera_azimuth(scene);
    ct_v3 foot = at ? ct_stage_turned(*at, -azimuth) : v3(0, 0, 0);
    ct_stage_fix_middle(scene);
    ct_stage_turn(scene, -azimuth);
    ct_stage_insert(scene, intent, n, at ? &foot : NULL);
    ct_stage_turn(scene, azimuth);
    for (int i = old; i < scene->n_objects; i++)
        chosen[i] = true;
    *out = scene;
    return CT_OK;
}

/* Where the thing's like is seen on that side; *found false when it is not, whole. */
static ct_code look_in_scene(bool *found, struct place *p, const struct joining *j, int side,
                             const ct_v3 *at, struct ct_err *err)
{
    const struct ct_image *base = j->base->image;
    bool chosen[CT_SCENE3_MAX_OBJECTS] = { false };
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    struct ct_scene3 *scene = NULL;
    struct ct_world world;
    struct ct_mask_box box;
    const struct ct_render_params params = { .width = base->width,
                                             .height = base->height,
                                             .seed = j->base->recipe->scene->seed,
                                             .pool = j->with.pool,
                                             .cancel = j->with.cancel };
    CT_TRY(add_like(&scene, chosen, j, side, at, err));
    ct_world_init(&world);
    ct_code rc = ct_scene3_build(&world, scene, err);
    if (rc == CT_OK)
        rc = ct_render_coverage(&mask, &world, chosen, CT_SCENE3_MAX_OBJECTS, &params, err);
    ct_world_release(&world);
    CT_TRY(rc);
    *found = ct_mask_bounds(mask, 128, &box) && box.y1 < base->height && box.y0 > 0 &&
             (at || (box.x0 > 0 && box.x1 < base->width)) && box.y1 - box.y0 >= LEAST_PX;
    if (*found)
        *p =
            (struct place){ (float)(box.x0 + box.x1) / 2, (float)box.y1, (float)(box.y1 - box.y0) };
    return CT_OK;
}

/* In a rendering of ours: where the strokes are, else on either side of what is named. */
static ct_code place_in_scene(bool *found, struct place *p, const struct joining *j,
                              struct ct_err *err)
{
    static const int sides[] = { 0, -1, 1 };
    struct ct_scene_recipe recipe = *j->base->recipe;
    struct ct_marked marked = { .n = 0 };
    if (j->strokes)
        CT_TRY(ct_markup_pick(&marked, &recipe, j->arena, j->strokes, &j->with, err));
    for (int k = 0; k < 3 && !*found; k++) {
        bool only = j->join->side != 0 || marked.has_place;
        if (only && k > 0)
            break;
        CT_TRY(look_in_scene(found, p, j, only ? j->join->side : sides[k],
                             marked.has_place ? &marked.place : NULL, err));
    }
    return CT_OK;
}

/* Beside what stands there: on its ground, by its measure. */
static void place_beside(struct place *p, const struct joining *j, const struct ct_mask_box *there,
                         float shape)
{
    const struct ct_image *base = j->base->image;
    const struct ct_entity *thing = entity_of(j, j->join->thing);
    const struct ct_entity *other = entity_of(j, j->join->beside);
    float w = (float)base->width, h = (float)base->height, tall = (float)(there->y1 - there->y0);
    p->height = ct_minf(0.9f * tall, 0.5f * h);
    if (is_known(thing) && is_known(other))
        p->height = tall * ct_clampf(height_cm(thing) / height_cm(other), 0.25f, 4);
    p->height = ct_clampf(p->height, (float)LEAST_PX, MOST_HIGH * h);
    float wide = p->height * shape, left = (float)there->x0, right = w - (float)there->x1;
    bool to_left = j->join->side < 0 || (j->join->side == 0 && left > right);
    float room = to_left ? left : right, gap = 0.12f * wide + 0.01f * w;
    if (room < wide + 2 * gap && room > 0) { /* rather smaller than over what is there */
        float by = ct_clampf(room / (wide + 2 * gap), LEAST_SHRUNK, 1);
        p->height *= by;
        wide *= by;
        gap *= by;
    }
    p->foot = (float)there->y1;
    p->x = to_left ? left - gap - wide / 2 : (float)there->x1 + gap + wide / 2;
    if (room < wide + 2 * gap) { /* then before it, nearer to us */
        p->foot = ct_minf(p->foot + 0.06f * h, 0.96f * h);
        p->x = to_left ? ct_maxf(left - wide / 3, wide * 0.55f)
                       : ct_minf((float)there->x1 + wide / 3, w - wide * 0.55f);
    }
}

/* By what stands out in a photograph; shape: width by height of the thing. */
static ct_code place_by_looks(struct place *p, const struct joining *j, float shape,
                              struct ct_err *err)
{
    const struct ct_image *base = j->base->image;
    CT_CLEANUP(ct_mask_free) struct ct_mask *there = NULL;
    struct ct_mask_box box;
    float w = (float)base->width, h = (float)base->height, confidence;
    CT_TRY(ct_segment_subject(&there, &confidence, base, NULL, &j->with, err));
    bool any = confidence > 0 && ct_mask_bounds(there, 128, &box);
    bool ground = any && box.x1 - box.x0 > base->width * 3 / 4 && box.y1 > base->height * 9 / 10;
    *p = (struct place){ w / 2 + (float)j->join->side * w / 4, FOOT * h, ALONE * h };
    if (ground) /* a table that stands out */
        p->foot = (float)box.y0 + GROUND_SHARE * (float)(box.y1 - box.y0);
    else if (any)
        place_beside(p, j, &box, shape);
    return CT_OK;
}

static ct_code find_place(struct place *p, const struct joining *j, float shape, struct ct_err *err)
{
    const struct ct_image *base = j->base->image;
    struct place marked = { 0, 0, 0 };
    bool found = false, at = place_at_strokes(&marked, j);
    if (j->base->recipe && is_known(entity_of(j, j->join->thing)))
        CT_TRY(place_in_scene(&found, p, j, err));
    if (!found) {
        CT_TRY(place_by_looks(p, j, shape, err));
        if (!at)
            warn(j, "Where the thing stands, and how large it is, was guessed from what else is "
                    "there; a markup on the place would say it.");
    }
    if (at)
        p->x = marked.x;
    if (at && !found) {
        p->foot = marked.foot;
        p->height = marked.height > 0 ? marked.height : p->height;
    }
    float room = 2 * ct_minf(p->x, (float)base->width - p->x); /* to both sides of its middle */
    float most = ct_minf(MOST_HIGH * (float)base->height, room / ct_maxf(shape, 0.01f));
    p->height = ct_minf(p->height, ct_minf(most, p->foot - 1));
    return p->height >= LEAST_PX
               ? CT_OK
               : ct_fail(err, CT_E_EDIT, "prompt", "There is no room in picture %d for the %.*s.",
                         j->join->base + 1, CT_SARG(noun_of(j, j->join->thing)));
}

/* --- putting together --- */

/* The colour of what is around the thing in its own picture, for the canvas beyond that picture. */
static void mean_around(uint8_t mean[3], const struct ct_image *image, const struct ct_mask *mask)
{
    uint64_t sum[3] = { 0 }, n = 0;
    for (size_t i = 0; i < (size_t)mask->width * (size_t)mask->height; i++) {
        if (mask->px[i] > 0)
            continue;
        for (size_t c = 0; c < 3; c++)
            sum[c] += image->px[i * (size_t)image->channels + c];
        n++;
    }
    for (int c = 0; c < 3; c++)
        mean[c] = n > 0 ? (uint8_t)(sum[c] / n) : 128;
}

/* The source's picture and mask, scaled and moved, on a canvas of the base's size. */
static void lay(struct ct_image *canvas, struct ct_mask *canvas_mask, const struct ct_image *image,
                const struct ct_image *mask, int x0, int y0)
{
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            int to_x = x0 + x, to_y = y0 + y;
            if (to_x < 0 || to_y < 0 || to_x >= canvas->width || to_y >= canvas->height)
                continue;
            size_t to = (size_t)to_y * (size_t)canvas->width + (size_t)to_x;
            size_t from = (size_t)y * (size_t)image->width + (size_t)x;
            memcpy(canvas->px + 3 * to, image->px + from * (size_t)image->channels, 3);
            canvas_mask->px[to] = mask->px[from * (size_t)mask->channels];
        }
}

/* A mask as a picture, to be scaled like one. */
static ct_code as_image(struct ct_image **out, const struct ct_mask *mask, struct ct_err *err)
{
    CT_TRY(ct_image_new(out, mask->width, mask->height, 3, err));
    for (size_t i = 0; i < (size_t)mask->width * (size_t)mask->height; i++)
        memset((*out)->px + 3 * i, mask->px[i], 3);
    return CT_OK;
}

static ct_code put_in(struct ct_image **out, const struct joining *j, const struct ct_mask *mask,
                      const struct ct_mask_box *box, const struct place *p, struct ct_err *err)
{
    const struct ct_image *source = j->source->image, *base = j->base->image;
    float scale = p->height / (float)(box->y1 - box->y0);
    int w = (int)((float)source->width * scale + 0.5f),
        h = (int)((float)source->height * scale + 0.5f);
    int x0 = (int)(p->x - (float)(box->x0 + box->x1) / 2 * scale);
    int y0 = (int)(p->foot - (float)box->y1 * scale);
    CT_CLEANUP(ct_image_unref) struct ct_image *flat = NULL;
    CT_CLEANUP(ct_image_unref) struct ct_image *small = NULL;
    CT_CLEANUP(ct_image_unref) struct ct_image *small_mask = NULL;
    CT_CLEANUP(ct_image_unref) struct ct_image *canvas = NULL;
    CT_CLEANUP(ct_mask_free) struct ct_mask *where = NULL;
    uint8_t around[3];
    w = w < 1 ? 1 : w;
    h = h < 1 ? 1 : h;
    CT_TRY(as_image(&flat, mask, err));
    CT_TRY(ct_resize(&small, source, w, h, j->with.pool, err));
    CT_TRY(ct_resize(&small_mask, flat, w, h, j->with.pool, err));
    CT_TRY(ct_image_new(&canvas, base->width, base->height, 3, err));
    CT_TRY(ct_mask_new(&where, base->width, base->height, err));
    mean_around(around, source, mask);
    for (size_t i = 0; i < (size_t)base->width * (size_t)base->height; i++)
        memcpy(canvas->px + 3 * i, around, 3);
    lay(canvas, where, small, small_mask, x0, y0);
    const struct ct_placement how = { .no_mirror = true, .ground_light = true };
    return ct_backdrop_replace(out, canvas, where, base, &how, &j->with, err);
}

ct_code ct_join_draw(struct ct_image **out, const struct ct_drawing *d, struct ct_arena *arena,
                     const struct ct_join *join, const struct ct_join_picture *base,
                     const struct ct_join_picture *source, const struct ct_strokes *strokes,
                     struct ct_err *err)
{
    const struct joining j = { .d = d,
                               .arena = arena,
                               .join = join,
                               .base = base,
                               .source = source,
                               .strokes = strokes,
                               .with = { d->draw->pool, d->draw->cancel } };
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    struct ct_mask_box box;
    struct place place;
    *out = NULL;
    CT_TRY(find_thing(&mask, &box, &j, err));
    CT_TRY(find_place(&place, &j, (float)(box.x1 - box.x0) / (float)(box.y1 - box.y0), err));
    return put_in(out, &j, mask, &box, &place, err);
}
