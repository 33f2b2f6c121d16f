/* See markup.h. Called by run.c on a runner thread.
 *
 * A rendering is looked at again on the strokes' own grid, one ray a cell: so every cell has its
 * thing, and a stroke's things are those that its area agrees with best. A photograph has no
 * things; there a stroke's area counts, and what stands out in it or where an arrow points. */
#include "engines/scene/edit/markup.h"

#include "base/mem.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/render/coverage.h"
#include "engines/scene/retouch/plane.h"
#include "engines/scene/retouch/segment.h"

/* --- pictures of ours --- */

#define LEAST_AGREEMENT 0.06f /* of a stroke's area and its things: less is passing by */
#define LEAST_CROSSED 0.12f   /* of a line's cells */
#define REACH 0.2f            /* of the longer edge: how far an arrow points */
#define UNDER 0.12f           /* how far above a line its thing may stand */
#define LEVEL_CM 1.0f         /* what lies so near the height of feet is ground */

struct picking {
    const struct ct_strokes *strokes;
    const struct ct_scene3 *scene;
    struct ct_glimpse *seen;
    int area[CT_SCENE3_MAX_OBJECTS]; /* cells */
    bool picked[CT_SCENE3_MAX_OBJECTS];
    struct ct_marked *out;
};

static const struct ct_glimpse *glimpse(const struct picking *p, int x, int y)
{
    const struct ct_strokes *s = p->strokes;
    if (x < 0 || y < 0 || x >= s->width || y >= s->height)
        return NULL;
    return &p->seen[(size_t)y * (size_t)s->width + (size_t)x];
}

/* The thing of a cell; -1 for furniture, ground and beyond. */
static int thing_at(const struct picking *p, int x, int y)
{
    const struct ct_glimpse *g = glimpse(p, x, y);
    if (!g || g->object < 0 || g->object >= p->scene->n_objects)
        return -1;
    return p->scene->objects[g->object].entity >= 0 ? g->object : -1;
}

static void note_place(struct picking *p, int x, int y)
{
    const struct ct_glimpse *g = glimpse(p, x, y);
    if (p->out->has_place || !g || !g->met || g->object >= 0 || fabsf(g->at.y) > LEVEL_CM)
        return;
    p->out->has_place = true;
    p->out->place = g->at;
}

/* How well a set of things agrees with an area: what they share by what either has. */
static float agreement(int shared, int things, int area)
{
    return (float)shared / (float)(things + area - shared);
}

/* The things that agree best with the cells of stroke `id`: the best one, then what makes it
 * better. What stands in another thing goes with its like only: lemons are not the bowl. */
static void pick_area(struct picking *p, int id)
{
    const struct ct_strokes *s = p->strokes;
    int shared[CT_SCENE3_MAX_OBJECTS] = { 0 }, area = 0, of_both = 0, of_things = 0;
    float best = LEAST_AGREEMENT;
    const struct ct_scene3_object *first = NULL;
    for (int y = s->stroke[id].box.y0; y < s->stroke[id].box.y1; y++)
        for (int x = s->stroke[id].box.x0; x < s->stroke[id].box.x1; x++) {
            if (s->of[(size_t)y * (size_t)s->width + (size_t)x] != id + 1)
                continue;
            int thing = thing_at(p, x, y);
            area++;
            if (thing >= 0)
                shared[thing]++;
        }
    for (int found = 0; found >= 0;) {
        found = -1;
        for (int i = 0; i < p->scene->n_objects; i++) {
            const struct ct_scene3_object *o = &p->scene->objects[i];
            bool joins =
                !first || (o->held == first->held && (!o->held || o->object == first->object));
            float with = agreement(of_both + shared[i], of_things + p->area[i], area);
            if (shared[i] == 0 || !joins || with <= best)
                continue;
            found = i;
            best = with;
        }
        if (found < 0)
            break;
        p->picked[found] = true;
        first = first ? first : &p->scene->objects[found];
        of_both += shared[found];
        of_things += p->area[found];
        shared[found] = 0;
    }
}

/* What a line crosses, or what stands on it. */
static void pick_line(struct picking *p, int id)
{
    const struct ct_strokes *s = p->strokes;
    const struct ct_mask_box *box = &s->stroke[id].box;
    int crossed[CT_SCENE3_MAX_OBJECTS] = { 0 }, above[CT_SCENE3_MAX_OBJECTS] = { 0 }, cells = 0;
    int reach = (int)(UNDER * (float)s->height) + 1, best = -1, columns = 0;
    for (int x = box->x0; x < box->x1; x++) {
        int top = -1;
        for (int y = box->y0; y < box->y1; y++) {
            if (s->of[(size_t)y * (size_t)s->width + (size_t)x] != id + 1)
                continue;
            int thing = thing_at(p, x, y);
            cells++;
            top = top < 0 ? y : top;
            if (thing >= 0)
                crossed[thing]++;
        }
        columns += top >= 0;
        for (int y = top - 1; top >= 0 && y >= top - reach; y--) {
            int thing = thing_at(p, x, y);
            if (thing < 0)
                continue;
            above[thing]++;
            break;
        }
    }
    for (int i = 0; i < p->scene->n_objects; i++)
        if (crossed[i] >= (int)(LEAST_CROSSED * (float)cells) + 1 &&
            (best < 0 || crossed[i] > crossed[best]))
            best = i;
    for (int i = 0; i < p->scene->n_objects && s->stroke[id].level; i++)
        if (above[i] > columns / 4 && (best < 0 || (!crossed[best] && above[i] > above[best])))
            best = i;
    if (best >= 0)
        p->picked[best] = true;
    note_place(p, (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2);
}

static void pick_pointed(struct picking *p, const struct ct_stroke *stroke)
{
    const struct ct_strokes *s = p->strokes;
    int longer = s->width > s->height ? s->width : s->height;
    bool found = false;
    for (float t = 0; t < REACH * (float)longer && !found; t += 0.5f)
        for (int aside = -1; aside <= 1 && !found; aside++) {
            int x = (int)(stroke->tip_x + stroke->way_x * t - stroke->way_y * (float)aside);
            int y = (int)(stroke->tip_y + stroke->way_y * t + stroke->way_x * (float)aside);
            int thing = thing_at(p, x, y);
            if (aside == 0)
                note_place(p, x, y);
            found = thing >= 0;
            if (found)
                p->picked[thing] = true;
        }
}

/* Where on the ground an area lies: near its middle, or lower. */
static void find_place(struct picking *p, int id)
{
    const struct ct_mask_box *box = &p->strokes->stroke[id].box;
    int x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
    for (; y < box->y1; y++)
        note_place(p, x, y);
}

static void pick_all(struct picking *p)
{
    const struct ct_strokes *s = p->strokes;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            int thing = thing_at(p, x, y);
            if (thing >= 0)
                p->area[thing]++;
        }
    for (int id = 0; id < s->n; id++) {
        if (s->stroke[id].kind == CT_STROKE_ARROW) {
            pick_pointed(p, &s->stroke[id]);
        } else if (s->stroke[id].kind == CT_STROKE_LINE) {
            pick_line(p, id);
        } else {
            pick_area(p, id);
            find_place(p, id);
        }
    }
}

/* Entity e has things that are picked and things that are not: the former become an entity of their
 * own, behind the others. Things of one entity follow each other in the scene. */
static void part(struct ct_intent *intent, struct ct_scene3 *scene, bool *picked, int e, int n)
{
    int to = intent->n_entities++, first = 0, kept = 0, moved = 0;
    struct ct_scene3_object of_both[CT_SCENE3_MAX_OBJECTS];
    intent->entities[to] = intent->entities[e];
    intent->entities[to].count = n;
    intent->entities[e].count -= n;
    for (int k = intent->n_relations - 1; k >= 0 && intent->n_relations < CT_INTENT_RELATIONS; k--)
        if (intent->relations[k].a == e && intent->relations[k].b != e) {
            struct ct_relation *r = &intent->relations[intent->n_relations++];
            *r = intent->relations[k];
            r->a = to;
        }
    while (scene->objects[first].entity != e)
        first++;
    for (int pass = 0; pass < 2; pass++)
        for (int i = first; i < scene->n_objects; i++)
            if (scene->objects[i].entity == e && picked[i] == (pass == 1)) {
                of_both[kept + moved] = scene->objects[i];
                of_both[kept + moved].entity = pass == 1 ? to : e;
                *(pass == 1 ? &moved : &kept) += 1;
            }
    int k = 0;
    for (int i = first; i < scene->n_objects; i++)
        if (scene->objects[i].entity == e) {
            picked[i] = k >= kept;
            scene->objects[i] = of_both[k++];
        }
}

static ct_code own_copy(struct ct_intent **intent, struct ct_scene3 **scene,
                        struct ct_scene_recipe *recipe, struct ct_arena *arena, struct ct_err *err)
{
    const struct ct_intent *from = recipe->intent;
    *intent = ct_arena_alloc(arena, sizeof(**intent));
    *scene = ct_arena_alloc(arena, sizeof(**scene));
    struct ct_entity *entities = ct_arena_array(arena, CT_INTENT_ENTITIES, sizeof(*entities));
    struct ct_relation *relations = ct_arena_array(arena, CT_INTENT_RELATIONS, sizeof(*relations));
    if (!*intent || !*scene || !entities || !relations)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while reading the markup.");
    **intent = *from;
    **scene = *recipe->scene;
    memcpy(entities, from->entities, (size_t)from->n_entities * sizeof(*entities));
    memcpy(relations, from->relations, (size_t)from->n_relations * sizeof(*relations));
    (*intent)->entities = entities;
    (*intent)->relations = relations;
    recipe->intent = *intent;
    recipe->scene = *scene;
    return CT_OK;
}

/* From things to entities. */
static ct_code settle(struct picking *p, struct ct_scene_recipe *recipe, struct ct_arena *arena,
                      struct ct_err *err)
{
    struct ct_intent *intent;
    struct ct_scene3 *scene;
    CT_TRY(own_copy(&intent, &scene, recipe, arena, err));
    for (int e = 0, before = intent->n_entities; e < before; e++) {
        int all = 0, some = 0;
        for (int i = 0; i < scene->n_objects; i++) {
            all += scene->objects[i].entity == e;
            some += scene->objects[i].entity == e && p->picked[i];
        }
        bool parted = some > 0 && some < all && intent->entities[e].count == all &&
                      intent->n_entities < CT_INTENT_ENTITIES;
        if (parted)
            part(intent, scene, p->picked, e, some);
        if (some == 0)
            continue;
        p->out->entity[parted ? intent->n_entities - 1 : e] = true;
        p->out->n++;
    }
    return CT_OK;
}

ct_code ct_markup_pick(struct ct_marked *out, struct ct_scene_recipe *recipe,
                       struct ct_arena *arena, const struct ct_strokes *strokes,
                       const struct ct_retouch *with, struct ct_err *err)
{
    struct picking p = { .strokes = strokes, .scene = recipe->scene, .out = out };
    struct ct_world world;
    const struct ct_render_params params = { .width = strokes->width,
                                             .height = strokes->height,
                                             .seed = recipe->scene->seed,
                                             .pool = with->pool,
                                             .cancel = with->cancel };
    *out = (struct ct_marked){ .n = 0 };
    p.seen = ct_calloc((size_t)strokes->width * (size_t)strokes->height, sizeof(*p.seen));
    if (!p.seen)
        return ct_retouch_fail_memory(err);
    ct_world_init(&world);
    ct_code rc = ct_scene3_build(&world, recipe->scene, err);
    if (rc == CT_OK)
        rc = ct_render_glimpses(p.seen, &world, &params, err);
    ct_world_release(&world);
    if (rc == CT_OK) {
        pick_all(&p);
        rc = settle(&p, recipe, arena, err);
    }
    ct_free(p.seen);
    return rc;
}

/* --- foreign pictures --- */

#define SURE 0.5f         /* confidence from which what stands out in an area is a thing */
#define TOO_LARGE 0.4f    /* of the picture: the ground, not a thing */
#define CUT_OFF 0.1f      /* of a thing's size, along the border of where it was looked for */
#define TRIES 3           /* places along an arrow, or above a line */
#define THING_GROW 0.006f /* of the longer edge, around a thing that is pointed at: its soft edge  \
                           */

struct outlining {
    const struct ct_image *image;
    const struct ct_strokes *strokes;
    const struct ct_retouch *with;
    struct ct_mask *region, *thing;
};

/* The cells of the strokes that count by their area, as pixels, smooth in between. */
static void spread_cells(struct ct_mask *mask, const struct ct_strokes *s, const bool *counts)
{
    float sx = (float)s->width / (float)mask->width, sy = (float)s->height / (float)mask->height;
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++) {
            float cx = ct_clampf(((float)x + 0.5f) * sx - 0.5f, 0, (float)(s->width - 1));
            float cy = ct_clampf(((float)y + 0.5f) * sy - 0.5f, 0, (float)(s->height - 1));
            int x0 = (int)cx, y0 = (int)cy, x1 = x0 + (x0 + 1 < s->width);
            int y1 = y0 + (y0 + 1 < s->height);
            const int corner[4][2] = { { x0, y0 }, { x1, y0 }, { x0, y1 }, { x1, y1 } };
            float fx = cx - (float)x0, fy = cy - (float)y0, v[4];
            for (int k = 0; k < 4; k++) {
                int id = s->of[(size_t)corner[k][1] * (size_t)s->width + (size_t)corner[k][0]];
                v[k] = id > 0 && counts[id - 1];
            }
            float top = v[0] + (v[1] - v[0]) * fx, low = v[2] + (v[3] - v[2]) * fx;
            mask->px[(size_t)y * (size_t)mask->width + (size_t)x] =
                (uint8_t)(255 * (top + (low - top) * fy) + 0.5f);
        }
}

static void keep_within(struct ct_mask *mask, const struct ct_mask *limit)
{
    for (size_t i = 0; i < (size_t)mask->width * (size_t)mask->height; i++)
        mask->px[i] = mask->px[i] < limit->px[i] ? mask->px[i] : limit->px[i];
}

static void add(struct ct_mask *mask, const struct ct_mask *more)
{
    for (size_t i = 0; i < (size_t)mask->width * (size_t)mask->height; i++)
        mask->px[i] = mask->px[i] > more->px[i] ? mask->px[i] : more->px[i];
}

/* Takes *mask as one more of the things. */
static void add_thing(struct outlining *o, struct ct_mask **mask)
{
    if (o->thing) {
        add(o->thing, *mask);
    } else {
        o->thing = *mask;
        *mask = NULL;
    }
}

/* What stands out within the areas that were drawn around. */
static ct_code find_enclosed(struct outlining *o, struct ct_err *err)
{
    struct ct_segment_params how = { .what = CT_SEGMENT_SUBJECT };
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    float confidence;
    if (!ct_mask_bounds(o->region, 128, &how.box))
        return CT_OK;
    CT_TRY(ct_segment_subject(&mask, &confidence, o->image, &how, o->with, err));
    if (confidence < SURE)
        return CT_OK;
    keep_within(mask, o->region);
    add_thing(o, &mask);
    return CT_OK;
}

/* Is so much of the border of the box, but where it is the picture's, in the mask that the thing
 * must go on beyond it? */
static bool goes_on(const struct ct_mask *mask, const struct ct_mask_box *box, size_t area)
{
    size_t n = 0;
    for (int y = box->y0; y < box->y1; y++)
        for (int x = box->x0; x < box->x1; x++) {
            bool border = (x == box->x0 && x > 0) || (x == box->x1 - 1 && x < mask->width - 1) ||
                          (y == box->y0 && y > 0) || (y == box->y1 - 1 && y < mask->height - 1);
            n += border && mask->px[(size_t)y * (size_t)mask->width + (size_t)x] >= 128;
        }
    return (float)n > CUT_OFF * sqrtf((float)area);
}

/* Does the mask reach two opposite sides of the picture? Then it is what things stand on or before.
 */
static bool is_ground(const struct ct_mask *mask, size_t area)
{
    struct ct_mask_box box;
    if ((float)area > TOO_LARGE * (float)mask->width * (float)mask->height ||
        !ct_mask_bounds(mask, 128, &box))
        return true;
    return (box.x0 == 0 && box.x1 == mask->width) || (box.y0 == 0 && box.y1 == mask->height);
}

/* Takes away what does not hang together with the pixel (x, y). *area: pixels that stay, 0 when the
 * mask does not have that pixel. */
static ct_code keep_component(size_t *area, struct ct_mask *mask, int x, int y, struct ct_err *err)
{
    size_t n = (size_t)mask->width * (size_t)mask->height, w = (size_t)mask->width;
    size_t seed = (size_t)y * w + (size_t)x, taken = 0;
    uint32_t *queue = ct_calloc(n, sizeof(*queue));
    uint8_t *in = ct_calloc(n, 1);
    ct_code rc = queue && in ? CT_OK : ct_retouch_fail_memory(err);
    if (rc == CT_OK && mask->px[seed] >= 128) {
        in[seed] = 1;
        queue[taken++] = (uint32_t)seed;
    }
    for (size_t k = 0; k < taken; k++) {
        size_t i = queue[k];
        const size_t next[] = { i % w > 0 ? i - 1 : i, i % w + 1 < w ? i + 1 : i,
                                i >= w ? i - w : i, i + w < n ? i + w : i };
        for (int j = 0; j < 4 && mask->px[i] >= 160; j++) /* a soft edge ends there */
            if (!in[next[j]] && mask->px[next[j]] > 0) {
                in[next[j]] = 1;
                queue[taken++] = (uint32_t)next[j];
            }
    }
    for (size_t i = 0; i < n && taken > 0; i++)
        mask->px[i] = in[i] ? mask->px[i] : 0;
    *area = taken;
    ct_free(queue);
    ct_free(in);
    return rc;
}

static uint32_t color_at(const struct ct_image *image, int x, int y)
{
    const uint8_t *px =
        image->px + ((size_t)y * (size_t)image->width + (size_t)x) * (size_t)image->channels;
    return (uint32_t)px[0] << 16 | (uint32_t)px[1] << 8 | px[2];
}

/* One way to look for the thing at pixel (x, y): what stands out within `r` pixels, or with r < 0
 * what has its colour. *mask NULL: not so. */
static ct_code try_at(struct ct_mask **mask, const struct outlining *o, int x, int y, int r,
                      struct ct_err *err)
{
    const struct ct_image *image = o->image;
    struct ct_segment_params how = { .what = r < 0 ? CT_SEGMENT_COLOR : CT_SEGMENT_SUBJECT,
                                     .color = color_at(image, x, y),
                                     .all = true };
    float confidence;
    size_t area = 0;
    if (r > 0)
        how.box = (struct ct_mask_box){ x > r ? x - r : 0, y > r ? y - r : 0,
                                        x + r < image->width ? x + r : image->width,
                                        y + r < image->height ? y + r : image->height };
    CT_TRY(ct_segment_subject(mask, &confidence, image, &how, o->with, err));
    ct_code rc = confidence >= SURE ? keep_component(&area, *mask, x, y, err) : CT_OK;
    if (rc != CT_OK || area == 0 || is_ground(*mask, area) ||
        (r > 0 && goes_on(*mask, &how.box, area)))
        ct_mask_free(mask);
    return rc;
}

/* The thing at a point of the grid, added to those found. */
static ct_code find_at(bool *found, struct outlining *o, float cell_x, float cell_y,
                       struct ct_err *err)
{
    static const float reach[] = { 0.22f, 0.42f, -1 };
    const struct ct_image *image = o->image;
    int longer = image->width > image->height ? image->width : image->height;
    int x = (int)((cell_x + 0.5f) * (float)image->width / (float)o->strokes->width);
    int y = (int)((cell_y + 0.5f) * (float)image->height / (float)o->strokes->height);
    CT_CLEANUP(ct_mask_free) struct ct_mask *mask = NULL;
    *found = false;
    if (x < 0 || y < 0 || x >= image->width || y >= image->height)
        return CT_OK;
    for (size_t k = 0; k < sizeof(reach) / sizeof(*reach) && !mask; k++)
        CT_TRY(try_at(&mask, o, x, y, (int)(reach[k] * (float)longer), err));
    *found = mask != NULL;
    if (mask)
        add_thing(o, &mask);
    return CT_OK;
}

/* The thing of a stroke that is no area: along an arrow, in a cross, on a line or above it. */
static ct_code find_pointed(bool *found, struct outlining *o, const struct ct_stroke *stroke,
                            struct ct_err *err)
{
    const struct ct_strokes *s = o->strokes;
    float step = (float)(s->width > s->height ? s->width : s->height) / 32;
    float x = (float)(stroke->box.x0 + stroke->box.x1) / 2;
    float y = (float)(stroke->box.y0 + stroke->box.y1) / 2;
    bool arrow = stroke->kind == CT_STROKE_ARROW;
    int tries = arrow || (stroke->kind == CT_STROKE_LINE && stroke->level) ? TRIES : 1;
    *found = false;
    for (int k = 0; k < tries && !*found; k++) {
        float far = step * (float)(k + arrow);
        CT_TRY(find_at(found, o, arrow ? stroke->tip_x + stroke->way_x * far : x,
                       arrow ? stroke->tip_y + stroke->way_y * far : y - far, err));
    }
    return CT_OK;
}

static ct_code find_all_pointed(bool *any, bool *counts, struct outlining *o, struct ct_err *err)
{
    for (int i = 0; i < o->strokes->n; i++) {
        const struct ct_stroke *stroke = &o->strokes->stroke[i];
        bool found;
        counts[i] = stroke->kind <= CT_STROKE_PATCH;
        if (counts[i])
            continue;
        CT_TRY(find_pointed(&found, o, stroke, err));
        *any |= found;
        counts[i] = !found && stroke->kind == CT_STROKE_CROSS; /* then what it spans */
        if (!found && !counts[i])
            return ct_fail(err, CT_E_EDIT, "markup",
                           "A stroke of the markup %s nothing that stands out from what is around "
                           "it. Draw around what is meant.",
                           stroke->kind == CT_STROKE_ARROW ? "points at" : "lies on or under");
    }
    return CT_OK;
}

/* Room around what was pointed at: the area may change, and things end softly. */
static ct_code add_room(struct outlining *o, const struct ct_mask *things, struct ct_err *err)
{
    int longer = o->image->width > o->image->height ? o->image->width : o->image->height;
    CT_CLEANUP(ct_mask_free) struct ct_mask *wide = NULL;
    CT_TRY(ct_mask_new(&wide, things->width, things->height, err));
    add(wide, things);
    CT_TRY(ct_plane_grow(wide, (int)(THING_GROW * (float)longer) + 2, err));
    CT_TRY(ct_plane_feather(wide, 2, err));
    add(o->region, wide);
    return CT_OK;
}

static ct_code outline(struct outlining *o, struct ct_err *err)
{
    const struct ct_strokes *s = o->strokes;
    bool counts[CT_STROKES_MAX], pointed = false, lasso = false;
    CT_TRY(find_all_pointed(&pointed, counts, o, err));
    CT_TRY(ct_mask_new(&o->region, o->image->width, o->image->height, err));
    spread_cells(o->region, s, counts);
    for (int i = 0; i < s->n; i++)
        lasso |= s->stroke[i].kind == CT_STROKE_LASSO;
    CT_CLEANUP(ct_mask_free) struct ct_mask *things = NULL;
    if (pointed) {
        CT_TRY(ct_mask_new(&things, o->image->width, o->image->height, err));
        add(things, o->thing);
    }
    if (lasso)
        CT_TRY(find_enclosed(o, err));
    return pointed ? add_room(o, things, err) : CT_OK;
}

ct_code ct_markup_region(struct ct_mask **region, struct ct_mask **thing,
                         const struct ct_image *image, const struct ct_strokes *strokes,
                         const struct ct_retouch *with, struct ct_err *err)
{
    struct outlining o = { .image = image, .strokes = strokes, .with = with };
    ct_code rc = outline(&o, err);
    if (rc != CT_OK) {
        ct_mask_free(&o.region);
        ct_mask_free(&o.thing);
    }
    *region = o.region;
    *thing = o.thing;
    return rc;
}
