/* Where things stand: counts become groups, relations become places, and nothing meets.
 *
 * Called by compose.c. An entity's things form a group (group.c). The first group stands in the
 * middle; each further one is moved away from its anchor in the direction its relation asks for
 * until its boxes are clear of everything placed before, which always ends because every step goes
 * outwards. Things "on" and "in" others are placed on the heights the object tables give. Relations
 * that cannot be kept (on a sphere, in a bottle) become "beside". Sizes come from
 * ct_object_shape(), so no mesh is built here. */
#include "engines/scene/math/fn.h"
#include "engines/scene/math/noise.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/stage/stage.h"

#include <stddef.h>

#define CLEARANCE_CM 0.8f  /* between groups */
#define LETTERED_TURN 0.4f /* of its turn: a text is read from the front */
#define MAX_ENTITIES 24    /* with a place of their own; more would not be found in the picture */

struct group {
    int first, count; /* in scene->objects */
    bool placed;
};

struct layout {
    struct ct_scene3 *scene;
    const struct ct_intent *intent;
    struct group groups[MAX_ENTITIES];
    int n_groups;
    int n_strays; /* groups without a relation placed so far */
};

struct ct_stage_box ct_stage_object_box(const struct ct_scene3_object *object, float azimuth)
{
    const struct ct_object_shape *shape = ct_object_shape(object->object);
    struct ct_stage_box box = { object->position, object->position };
    if (!shape)
        return box;
    float s, c, k = object->scale, fs, fc;
    ct_sincosf(object->yaw - azimuth, &s, &c);
    ct_sincosf(-azimuth, &fs, &fc);
    ct_v3 p = object->position;
    ct_v3 foot = v3(p.x * fc + p.z * fs, p.y, p.z * fc - p.x * fs);
    for (int i = 0; i < 4; i++) {
        float x = i & 1 ? shape->max.x : shape->min.x, z = i & 2 ? shape->max.z : shape->min.z;
        ct_v3 corner = v3_mad(v3(x * c + z * s, 0, z * c - x * s), k, foot);
        if (i == 0)
            box.min = box.max = corner;
        box.min = v3(ct_minf(box.min.x, corner.x), 0, ct_minf(box.min.z, corner.z));
        box.max = v3(ct_maxf(box.max.x, corner.x), 0, ct_maxf(box.max.z, corner.z));
    }
    box.min.y = foot.y + k * shape->min.y;
    box.max.y = foot.y + k * shape->max.y;
    return box;
}

static struct ct_stage_box merge(struct ct_stage_box a, struct ct_stage_box b)
{
    return (struct ct_stage_box){
        v3(ct_minf(a.min.x, b.min.x), ct_minf(a.min.y, b.min.y), ct_minf(a.min.z, b.min.z)),
        v3(ct_maxf(a.max.x, b.max.x), ct_maxf(a.max.y, b.max.y), ct_maxf(a.max.z, b.max.z)),
    };
}

struct ct_stage_box ct_stage_scene_box(const struct ct_scene3 *scene, float azimuth)
{
    struct ct_stage_box box = { { -5, 0, -5 }, { 5, 10, 5 } };
    for (int i = 0; i < scene->n_objects; i++) {
        struct ct_stage_box one = ct_stage_object_box(&scene->objects[i], azimuth);
        box = i ? merge(box, one) : one;
    }
    return box;
}

static struct ct_stage_box group_box(const struct layout *l, const struct group *g)
{
    struct ct_stage_box box = ct_stage_object_box(&l->scene->objects[g->first], 0);
    for (int i = 1; i < g->count; i++)
        box = merge(box, ct_stage_object_box(&l->scene->objects[g->first + i], 0));
    return box;
}

static bool meet(const struct ct_stage_box *a, const struct ct_stage_box *b)
{
    const float gap = CLEARANCE_CM;
    return a->min.x < b->max.x + gap && b->min.x < a->max.x + gap && a->min.z < b->max.z + gap &&
           b->min.z < a->max.z + gap && a->min.y < b->max.y && b->min.y < a->max.y;
}

static void move_group(struct layout *l, const struct group *g, ct_v3 by)
{
    for (int i = 0; i < g->count; i++) {
        ct_v3 *p = &l->scene->objects[g->first + i].position;
        *p = v3_add(*p, by);
    }
}

static struct ct_scene3_object *group_object(struct layout *l, const struct group *g, int i)
{
    return &l->scene->objects[g->first + i];
}

static void add_group(struct layout *l, int entity)
{
    const struct ct_entity *e = &l->intent->entities[entity];
    struct group *g = &l->groups[l->n_groups++];
    *g = (struct group){ .first = l->scene->n_objects };
    const struct ct_object_shape *shape = ct_object_shape(e->object);
    if (!shape)
        return;
    int room = CT_SCENE3_MAX_OBJECTS - l->scene->n_objects;
    int count = e->count < 1 ? 1 : e->count;
    g->count = count < room ? count : room;
    bool books = e->object == CT_OBJECT_book; /* piled, and never quite straight */
    for (int i = 0; i < g->count; i++) {
        struct ct_scene3_object *o = &l->scene->objects[l->scene->n_objects++];
        uint32_t key = (uint32_t)(entity * 64 + i);
        *o = (struct ct_scene3_object){
            .object = e->object, .emoji = e->emoji, .entity = entity, .text = e->text
        };
        o->scale = ct_clampf(e->size > 0 ? e->size : 1, 0.3f, 3);
        o->yaw = shape->yaw + ct_stage_vary(l->scene->variant, key, shape->yaw > 0 ? 0.45f : 0.32f);
        if (e->text.ptr && shape->label.face != CT_DECAL_ROUND)
            o->yaw *= LETTERED_TURN;
        if (i > 0) /* no two alike stand exactly alike */
            o->yaw += (books ? 0.5f : 0.24f) * (ct_hash32_unit(ct_hash32(key + 5)) - 0.5f);
        ct_stage_choose_look(o, e);
    }
    ct_stage_group(l->scene, g->first, g->count, e->arrangement);
}

/* --- between groups --- */

static bool is_clear(const struct layout *l, const struct group *g)
{
    for (int i = 0; i < g->count; i++) {
        struct ct_stage_box mine = ct_stage_object_box(&l->scene->objects[g->first + i], 0);
        for (int k = 0; k < l->n_groups; k++) {
            const struct group *other = &l->groups[k];
            for (int j = 0; other->placed && other != g && j < other->count; j++) {
                struct ct_stage_box theirs =
                    ct_stage_object_box(&l->scene->objects[other->first + j], 0);
                if (meet(&mine, &theirs))
                    return false;
            }
        }
    }
    return true;
}

/* Where a search for a free place begins, measured from the anchor's middle (in its half widths;
 * in the distance that clears it), and where it goes. */
struct way_out {
    ct_v3 direction;
    float start_x, start_z;
};

/* Moves g from its starting place outwards until it is clear. */
static void move_out(struct layout *l, struct group *g, const struct group *anchor,
                     struct way_out way)
{
    const float step = 0.5f;
    struct ct_stage_box mine = group_box(l, g);
    ct_v3 from = v3(0, 0, 0);
    if (anchor) {
        struct ct_stage_box box = group_box(l, anchor);
        float clear_z = (box.max.z - box.min.z + mine.max.z - mine.min.z) / 2 + CLEARANCE_CM;
        from = v3((box.min.x + box.max.x) / 2, 0, (box.min.z + box.max.z) / 2);
        from.x += way.start_x * (box.max.x - box.min.x) / 2;
        from.z += way.start_z * clear_z;
    }
    from.x -= (mine.min.x + mine.max.x) / 2;
    from.z -= (mine.min.z + mine.max.z) / 2;
    move_group(l, g, from);
    ct_v3 by = v3_scale(v3_norm(way.direction), step);
    for (int i = 0; i < 4000 && !is_clear(l, g); i++)
        move_group(l, g, by);
    g->placed = true;
}

static struct way_out relation_way(enum ct_relation_kind kind)
{
    switch (kind) {
    case CT_RELATION_LEFT_OF:
        return (struct way_out){ { -1, 0, 0.04f }, 0, 0 };
    case CT_RELATION_BEHIND: /* aside as well, or it would be hidden */
        return (struct way_out){ { 0, 0, -1 }, 0.85f, -1 };
    case CT_RELATION_IN_FRONT_OF:
        return (struct way_out){ { 0, 0, 1 }, -0.6f, 1 };
    default:
        return (struct way_out){ { 1, 0, 0.06f }, 0, 0 };
    }
}

static float round_radius(const struct ct_scene3_object *o)
{
    const struct ct_object_shape *s = ct_object_shape(o->object);
    float x = ct_maxf(s->max.x, -s->min.x), z = ct_maxf(s->max.z, -s->min.z);
    return o->scale * ct_minf(ct_maxf(x, z), (s->max.x - s->min.x + s->max.z - s->min.z) / 2);
}

/* How far from the middle `count` round things of radius r lie when they touch in a ring. */
static float ring_radius(int count, float r)
{
    return count < 2 ? 0 : 1.03f * r / ct_sinf(CT_PI / (float)count);
}

/* Cut flowers into a neck: as tall as becomes what they stand in. */
static bool place_stems(struct layout *l, struct group *g, const struct group *target)
{
    const struct ct_scene3_object *container = &l->scene->objects[target->first];
    const struct ct_object_shape *into = ct_object_shape(container->object);
    float k = container->scale;
    for (int i = 0; i < g->count; i++) {
        struct ct_scene3_object *o = group_object(l, g, i);
        const struct ct_object_shape *shape = ct_object_shape(o->object);
        o->scale = k * ct_clampf(into->max.y / shape->stem_height, 0.45f, 1.3f);
        if (shape->stem_radius * o->scale > into->in_radius * k)
            return false;
        o->position = v3_add(container->position, v3(0, k * into->in_y, 0));
        o->held = true;
    }
    return true;
}

/* Into a container: a ring on the floor and one on top of it; the container grows to fit. */
static bool place_in(struct layout *l, struct group *g, const struct group *target)
{
    struct ct_scene3_object *container = &l->scene->objects[target->first];
    const struct ct_object_shape *shape = ct_object_shape(container->object);
    const struct ct_object_shape *thing = ct_object_shape(group_object(l, g, 0)->object);
    bool heap = thing->heap_ring > 0 && g->count == 1;
    float scale = group_object(l, g, 0)->scale;
    float r = heap ? scale * thing->heap_part : round_radius(group_object(l, g, 0));
    int in_ring = g->count < 5 ? g->count : 5;
    float ring = heap ? scale * thing->heap_ring : ring_radius(in_ring, r);
    if (shape->in_radius <= 0)
        return false;
    if (thing->stem_radius > 0)
        return place_stems(l, g, target);
    float needed = (ring + 0.98f * r) / shape->in_radius;
    if (needed > 2.2f * container->scale)
        return false;
    if (needed > container->scale)
        container->scale = needed;
    float out = (ring + 0.45f * r) / (shape->in_radius * container->scale);
    float rise = g->count > 1 || heap ? shape->in_rise * out * out : 0.06f * shape->in_rise;
    float floor_y = container->position.y + container->scale * (shape->in_y + rise);
    for (int i = 0; i < g->count; i++) {
        struct ct_scene3_object *o = group_object(l, g, i);
        int layer = i / in_ring, k = i % in_ring;
        float s, c, shrink = layer ? 0.45f : 1;
        ct_sincosf(2 * CT_PI * ((float)k + 0.25f + 0.5f * (float)layer) / (float)in_ring, &s, &c);
        shrink = heap ? 0 : shrink; /* its things stand in their ring already */
        o->position = v3_add(container->position, v3(shrink * ring * c, 0, shrink * ring * s));
        o->position.y = floor_y + 1.55f * r * (float)layer;
    }
    return true;
}

/* How wide the inside of what is worn on heads is; 0: nobody wears that. */
static float hat_radius(enum ct_object_id object)
{
    return object == CT_OBJECT_hat ? 7.9f : object == CT_OBJECT_crown ? 7.4f : 0;
}

/* A hat on a head fits it, and turns with it; one on each head. */
static bool put_on_heads(struct layout *l, struct group *g, const struct group *target)
{
    const struct ct_object_shape *shape =
        ct_object_shape(l->scene->objects[target->first].object);
    float inside = hat_radius(group_object(l, g, 0)->object), s, c;
    if (inside <= 0 || shape->head_radius <= 0 || g->count > target->count)
        return false;
    for (int i = 0; i < g->count; i++) {
        const struct ct_scene3_object *head = &l->scene->objects[target->first + i];
        struct ct_scene3_object *o = group_object(l, g, i);
        ct_v3 at = v3_scale(shape->head, head->scale);
        ct_sincosf(head->yaw, &s, &c);
        o->scale = head->scale * shape->head_radius / inside;
        o->yaw = head->yaw;
        o->position = v3_add(head->position, v3(at.x * c + at.z * s, 0, at.z * c - at.x * s));
        o->position.y += at.y - 0.34f * shape->head_radius * head->scale;
    }
    return true;
}

#define FLAT_CM 4.0f /* highest of what things are served on */
#define RIDER_CM 30.0f /* height of the people that ct_saddle.scale is for */

/* Somebody on a horse or a bicycle: as large as becomes it, going its way; one on each. */
static bool put_in_saddles(struct layout *l, struct group *g, const struct group *target)
{
    const struct ct_saddle *saddle =
        &ct_object_shape(l->scene->objects[target->first].object)->saddle;
    enum ct_object_id rider = group_object(l, g, 0)->object;
    if (saddle->scale <= 0 || !ct_stage_is_figure(rider) || g->count > target->count)
        return false;
    const struct ct_object_shape *shape = ct_object_shape(rider);
    for (int i = 0; i < g->count; i++) {
        struct ct_scene3_object *mount = &l->scene->objects[target->first + i];
        struct ct_scene3_object *o = group_object(l, g, i);
        float s, c, k = mount->scale;
        if (saddle->turn > 0) /* what is shown from its side comes nearer with a rider on it */
            mount->yaw = -mount->yaw;
        o->astride = true;
        o->scale = k * saddle->scale * RIDER_CM / shape->max.y;
        o->yaw = mount->yaw + saddle->turn;
        ct_v3 at = v3_scale(saddle->at, k);
        ct_sincosf(mount->yaw, &s, &c);
        o->position = v3_add(mount->position, v3(at.x * c + at.z * s, at.y, at.z * c - at.x * s));
        o->position.y -= shape->hips * o->scale;
    }
    return true;
}

static bool place_on(struct layout *l, struct group *g, const struct group *target)
{
    struct ct_scene3_object *support = &l->scene->objects[target->first + target->count - 1];
    const struct ct_object_shape *shape = ct_object_shape(support->object);
    if (put_on_heads(l, g, target) || put_in_saddles(l, g, target))
        return true;
    struct ct_stage_box mine = group_box(l, g);
    float reach = ct_maxf(mine.max.x - mine.min.x, mine.max.z - mine.min.z) / 2;
    /* A board or a plate is taken large enough for what lies on it. */
    float needed = reach / (1.25f * ct_maxf(shape->on_radius, 0.1f));
    bool flat = shape->max.y < FLAT_CM && target->count == 1 && shape->on_radius > 0;
    if (flat && needed > support->scale && needed < 2.4f * support->scale)
        support->scale = needed;
    if (reach > 1.7f * shape->on_radius * support->scale)
        return false;
    move_group(l, g,
               v3(support->position.x - (mine.min.x + mine.max.x) / 2,
                  support->position.y + shape->on_y * support->scale - mine.min.y,
                  support->position.z - (mine.min.z + mine.max.z) / 2));
    return true;
}

/* In the air over it, as a balloon or a lamp hangs. */
static void place_above(struct layout *l, struct group *g, const struct group *target)
{
    struct ct_stage_box mine = group_box(l, g), box = group_box(l, target);
    float height = box.max.y - box.min.y;
    move_group(l, g,
               v3((box.min.x + box.max.x - mine.min.x - mine.max.x) / 2,
                  box.max.y + ct_clampf(0.22f * height, 1.5f, 20) - mine.min.y,
                  (box.min.z + box.max.z - mine.min.z - mine.max.z) / 2));
}

/* A ring of things around others, open to the camera when they would hide them. */
static bool place_around(struct layout *l, struct group *g, const struct group *target)
{
    if (g->count < 2)
        return false;
    struct ct_stage_box box = group_box(l, target);
    float half = 0, tall = 0, s, c;
    for (int i = 0; i < g->count; i++) {
        struct ct_stage_box one = ct_stage_object_box(group_object(l, g, i), 0);
        half = ct_maxf(half, ct_hypotf(one.max.x - one.min.x, one.max.z - one.min.z) / 2);
        tall = ct_maxf(tall, one.max.y - one.min.y);
    }
    bool open = tall > 0.45f * (box.max.y - box.min.y);
    float span = open ? 1.28f * CT_PI : 2 * CT_PI, gaps = (float)(open ? g->count - 1 : g->count);
    float radius = ct_hypotf(box.max.x - box.min.x, box.max.z - box.min.z) / 2 + half;
    radius = ct_maxf(radius, half / ct_sinf(ct_minf(span / gaps, CT_PI) / 2)) + CLEARANCE_CM;
    ct_v3 middle = v3((box.min.x + box.max.x) / 2, 0, (box.min.z + box.max.z) / 2);
    for (int i = 0; i < g->count; i++) {
        struct ct_scene3_object *o = group_object(l, g, i);
        float turn =
            open ? CT_PI + span * ((float)i / gaps - 0.5f) : span * ((float)i + 0.5f) / gaps;
        ct_sincosf(turn, &s, &c);
        o->position = v3_add(middle, v3(radius * s, 0, radius * c));
    }
    return is_clear(l, g);
}

/* Half of the target's things to the left, half to the right, and g in the gap. */
static bool place_between(struct layout *l, struct group *g, struct group *target)
{
    if (target->count < 2)
        return false;
    struct ct_stage_box mine = group_box(l, g), stood = group_box(l, target);
    ct_stage_group(l->scene, target->first, target->count, CT_ARRANGEMENT_ROW);
    move_group(l, target, v3((stood.min.x + stood.max.x) / 2, 0, (stood.min.z + stood.max.z) / 2));
    float gap = mine.max.x - mine.min.x + 2 * CLEARANCE_CM;
    for (int i = 0; i < target->count; i++)
        group_object(l, target, i)->position.x += i < target->count / 2 ? -gap / 2 : gap / 2;
    struct group left = { .first = target->first, .count = target->count / 2, .placed = true };
    struct ct_stage_box of_left = group_box(l, &left), box = group_box(l, target);
    move_group(l, g,
               v3(of_left.max.x + gap / 2 - (mine.min.x + mine.max.x) / 2, 0,
                  (box.min.z + box.max.z - mine.min.z - mine.max.z) / 2));
    return is_clear(l, g);
}

static void place_related(struct layout *l, struct group *g, struct group *target,
                          enum ct_relation_kind kind)
{
    bool done = false;
    if (kind == CT_RELATION_ABOVE) {
        place_above(l, g, target);
        done = true;
    }
    if (kind == CT_RELATION_AROUND)
        done = place_around(l, g, target);
    if (kind == CT_RELATION_BETWEEN)
        done = place_between(l, g, target);
    if (kind == CT_RELATION_IN)
        done = place_in(l, g, target);
    if (kind == CT_RELATION_ON || kind == CT_RELATION_UNDER || (kind == CT_RELATION_IN && !done))
        done = place_on(l, g, target);
    if (done)
        g->placed = true;
    else
        move_out(l, g, target, relation_way(kind));
}

static void place_stray(struct layout *l, struct group *g)
{
    static const ct_v3 directions[] = { { 1, 0, -0.22f },    { -1, 0, -0.18f }, { 0.8f, 0, 0.5f },
                                        { -0.8f, 0, 0.55f }, { 0.5f, 0, -1 },   { -0.5f, 0, -1 } };
    ct_v3 d = directions[l->n_strays % 6];
    d.z += ct_stage_vary(l->scene->variant, 900u + (uint32_t)l->n_strays, 0.2f);
    if (ct_stage_vary(l->scene->variant, 990, 1) < 0)
        d.x = -d.x;
    l->n_strays++;
    move_out(l, g, NULL, (struct way_out){ d, 0, 0 });
}

/* The relation that says where entity `e` goes, given what is placed; "b is under a" puts a on b.
 * *waiting is set when there is one whose other side is not placed yet. */
static const struct ct_relation *relation_of(const struct layout *l, int e, int *other,
                                             bool *waiting)
{
    for (int i = 0; i < l->intent->n_relations; i++) {
        const struct ct_relation *r = &l->intent->relations[i];
        bool under = r->kind == CT_RELATION_UNDER;
        int mover = under ? r->b : r->a, anchor = under ? r->a : r->b;
        if (mover != e || anchor == e || anchor < 0 || anchor >= l->n_groups ||
            !l->groups[anchor].count)
            continue;
        if (!l->groups[anchor].placed) {
            *waiting = true;
            continue;
        }
        *other = anchor;
        return r;
    }
    return NULL;
}

static bool place_one(struct layout *l, bool first, bool forced)
{
    for (int e = 0; e < l->n_groups; e++) {
        struct group *g = &l->groups[e];
        bool waiting = false;
        int other = -1;
        if (g->placed || !g->count)
            continue;
        const struct ct_relation *r = relation_of(l, e, &other, &waiting);
        if (waiting && !r && !forced)
            continue;
        if (r)
            place_related(l, g, &l->groups[other], r->kind);
        else if (first)
            g->placed = true;
        else
            place_stray(l, g);
        return true;
    }
    return false;
}

void ct_stage_arrange(struct ct_scene3 *scene, const struct ct_intent *intent)
{
    struct layout l = { .scene = scene, .intent = intent };
    int n = intent->n_entities < MAX_ENTITIES ? intent->n_entities : MAX_ENTITIES;
    for (int e = 0; e < n; e++)
        add_group(&l, e);
    bool first = true;
    /* A circle of relations ("a left of b, b left of a") leaves everyone waiting: then the first
     * of them is placed as if it had none. */
    while (place_one(&l, first, false) || place_one(&l, first, true))
        first = false;
    struct ct_stage_box box = ct_stage_scene_box(scene, 0);
    ct_v3 center = v3((box.min.x + box.max.x) / 2, 0, (box.min.z + box.max.z) / 2);
    for (int i = 0; scene->n_objects > 1 && i < scene->n_objects; i++)
        scene->objects[i].position = v3_sub(scene->objects[i].position, center);
}

ct_v3 ct_stage_turned(ct_v3 p, float azimuth)
{
    float s, c;
    ct_sincosf(azimuth, &s, &c);
    return v3(p.x * c + p.z * s, p.y, p.z * c - p.x * s);
}

bool ct_stage_is_aloft(const struct ct_scene3 *scene)
{
    return scene->n_objects > 0 && scene->backdrop == CT_BACKDROP_land &&
           scene->objects[0].position.y > ct_object_shape(scene->objects[0].object)->max.y;
}

/* What flies is so high above the land that the ground is far below. */
void ct_stage_raise(struct ct_scene3 *scene, const struct ct_intent *intent)
{
    const float high = 9; /* radii */
    const struct ct_object_shape *shape =
        scene->n_objects > 0 ? ct_object_shape(scene->objects[0].object) : NULL;
    bool asked = intent->aloft || intent->land.scenery & CT_SCENERY_BIT(sky);
    if (!shape || scene->backdrop != CT_BACKDROP_land || intent->n_relations > 0 ||
        shape->flight == CT_FLIGHT_NEVER || (shape->flight == CT_FLIGHT_ASKED && !asked))
        return;
    struct ct_stage_box box = ct_stage_scene_box(scene, 0);
    float up = high * v3_len(v3_sub(box.max, box.min)) / 2;
    for (int i = 0; i < scene->n_objects; i++)
        scene->objects[i].position.y += up;
}

void ct_stage_turn(struct ct_scene3 *scene, float azimuth)
{
    for (int i = 0; i < scene->n_objects; i++) {
        struct ct_scene3_object *o = &scene->objects[i];
        o->position = ct_stage_turned(o->position, azimuth);
        o->yaw += azimuth;
    }
}

/* --- adding to what stands there --- */

/* Where the things of entity e stand in the scene: they follow each other. */
static struct group standing(const struct ct_scene3 *scene, int e)
{
    struct group g = { 0 };
    for (int i = 0; i < scene->n_objects; i++) {
        if (scene->objects[i].entity != e)
            continue;
        g.first = g.count == 0 ? i : g.first;
        g.count++;
        g.placed = true;
    }
    return g;
}

void ct_stage_insert(struct ct_scene3 *scene, const struct ct_intent *intent, int entity,
                     const ct_v3 *at)
{
    struct layout l = { .scene = scene, .intent = intent };
    int n = intent->n_entities < MAX_ENTITIES ? intent->n_entities : MAX_ENTITIES, other = -1;
    bool waiting;
    if (entity >= n)
        return;
    for (int e = 0; e < n; e++) {
        l.groups[e] = standing(scene, e);
        l.n_strays += l.groups[e].count > 0;
    }
    l.n_groups = entity;
    add_group(&l, entity);
    l.n_groups = n;
    struct group *g = &l.groups[entity];
    if (!g->count)
        return;
    const struct ct_relation *r = relation_of(&l, entity, &other, &waiting);
    if (at) {
        struct ct_stage_box box = group_box(&l, g);
        move_group(&l, g,
                   v3(at->x - (box.min.x + box.max.x) / 2, at->y - box.min.y,
                      at->z - (box.min.z + box.max.z) / 2));
    } else if (r) {
        place_related(&l, g, &l.groups[other], r->kind);
    } else if (l.n_strays > 0) {
        place_stray(&l, g);
    }
}
