/* How good a composition is, before anything is rendered.
 *
 * Called by compose.c for every composition tried. Every object is its box, turned as it stands;
 * a coarse grid of rays from the camera finds which box each ray meets first and which it would
 * meet alone. From that, and from the projected middles, come the parts of the score: how much of
 * each thing is seen, how large the subject is, where the weight lies, whether relations and counts
 * can be read off the picture. Rays against at most 48 boxes cost about half a millisecond, a
 * render thousands of times that.
 *
 * A part that does not apply (no lettering, no relation) is 1, so that totals compare between
 * compositions of one prompt; they do not compare between prompts. */
#include "engines/scene/math/fn.h"
#include "engines/scene/objects/object.h"
#include "engines/scene/stage/stage.h"

#define GRID 40 /* rays along the shorter side */
#define KEY_AZIMUTH 0.96f /* where key lights stand, radians to the light's side */
#define KEY_ELEVATION 0.62f

/* One object's box in its own frame. */
struct turned_box {
    ct_v3 center, half, u, w; /* u, w: its horizontal axes */
};

struct seen {
    int alone, visible; /* rays */
    float x0, x1, y0, y1; /* projected, in half frames */
    ct_v2 middle;
    float depth;
};

struct judge {
    const struct ct_scene3 *scene;
    const struct ct_intent *intent;
    ct_v3 forward, right, up;
    float half_height, distance;
    int columns, rows, n;
    struct turned_box box[CT_SCENE3_MAX_OBJECTS];
    struct seen seen[CT_SCENE3_MAX_OBJECTS];
    float mass_x, mass_y; /* of all visible rays */
    int covered;
};

static const struct part_row {
    const char *name;
    float weight;
} parts[] = {
    [CT_SCORE_FRAME] = { "frame", 3 },         [CT_SCORE_SIZE] = { "size", 1 },
    [CT_SCORE_VISIBLE] = { "visible", 3 },     [CT_SCORE_COUNT] = { "count", 2 },
    [CT_SCORE_RELATIONS] = { "relations", 2 }, [CT_SCORE_BALANCE] = { "balance", 1.5f },
    [CT_SCORE_EDGES] = { "edges", 1 },         [CT_SCORE_LEGIBLE] = { "legible", 2 },
    [CT_SCORE_LIGHT] = { "light", 1 },
};

const char *ct_score_part_name(enum ct_score_part part)
{
    return part < CT_SCORE_PARTS ? parts[part].name : NULL;
}

static struct turned_box box_of(const struct ct_scene3_object *o)
{
    const struct ct_object_shape *s = ct_object_shape(o->object);
    struct turned_box b = { .center = o->position, .u = { 1, 0, 0 }, .w = { 0, 0, 1 } };
    float sine, cosine;
    if (!s)
        return b;
    ct_sincosf(o->yaw, &sine, &cosine);
    b.u = v3(cosine, 0, -sine);
    b.w = v3(sine, 0, cosine);
    ct_v3 middle = v3_scale(v3_add(s->min, s->max), 0.5f * o->scale);
    b.half = v3_scale(v3_sub(s->max, s->min), 0.5f * o->scale);
    b.center = v3_mad(b.u, middle.x, v3_mad(b.w, middle.z, o->position));
    b.center.y += middle.y;
    return b;
}

/* Narrows [*near, *far] to where the ray is between two planes of a box. */
static bool clip(float from, float along, float half, float *near, float *far)
{
    if (fabsf(along) < 1e-7f)
        return fabsf(from) <= half;
    float a = (-half - from) / along, b = (half - from) / along;
    *near = ct_maxf(*near, ct_minf(a, b));
    *far = ct_minf(*far, ct_maxf(a, b));
    return *near <= *far;
}

/* Distance at which the ray enters the box, negative when it misses. */
static float enters(const struct turned_box *b, ct_v3 origin, ct_v3 way)
{
    ct_v3 d = v3_sub(origin, b->center);
    float near = 0, far = 1e9f;
    if (!clip(v3_dot(d, b->u), v3_dot(way, b->u), b->half.x, &near, &far) ||
        !clip(d.y, way.y, b->half.y, &near, &far) ||
        !clip(v3_dot(d, b->w), v3_dot(way, b->w), b->half.z, &near, &far))
        return -1;
    return near;
}

static ct_v2 project(const struct judge *j, ct_v3 p, float *depth)
{
    const struct ct_camera *c = &j->scene->camera;
    ct_v3 d = v3_sub(p, c->eye);
    *depth = v3_dot(d, j->forward);
    float scale = j->half_height * (c->orthographic ? j->distance : ct_maxf(*depth, 0.01f));
    return v2((v3_dot(d, j->right) / scale - c->shift_x) / j->scene->aspect,
              v3_dot(d, j->up) / scale - c->shift_y);
}

static void project_box(struct judge *j, int i)
{
    const struct turned_box *b = &j->box[i];
    struct seen *s = &j->seen[i];
    float depth;
    s->middle = project(j, b->center, &s->depth);
    s->x0 = s->y0 = 1e9f;
    s->x1 = s->y1 = -1e9f;
    for (int corner = 0; corner < 8; corner++) {
        ct_v3 p = v3_mad(b->u, corner & 1 ? b->half.x : -b->half.x, b->center);
        p = v3_mad(b->w, corner & 2 ? b->half.z : -b->half.z, p);
        p.y += corner & 4 ? b->half.y : -b->half.y;
        ct_v2 at = project(j, p, &depth);
        s->x0 = ct_minf(s->x0, at.x);
        s->x1 = ct_maxf(s->x1, at.x);
        s->y0 = ct_minf(s->y0, at.y);
        s->y1 = ct_maxf(s->y1, at.y);
    }
}

/* What is in a bowl is inside the bowl's box and seen all the same. */
static bool is_inside(const struct judge *j, int inner, int outer)
{
    int a = j->scene->objects[inner].entity, b = j->scene->objects[outer].entity;
    for (int i = 0; i < j->intent->n_relations; i++) {
        const struct ct_relation *r = &j->intent->relations[i];
        if (r->a == a && r->b == b && r->kind == CT_RELATION_IN)
            return true;
    }
    return false;
}

static void cast(struct judge *j, float x, float y)
{
    const struct ct_camera *c = &j->scene->camera;
    ct_v3 origin = c->eye, way = j->forward;
    float px = (x * j->scene->aspect + c->shift_x) * j->half_height;
    float py = (y + c->shift_y) * j->half_height, nearest = 1e9f;
    ct_v3 offset = v3_mad(j->right, px, v3_scale(j->up, py));
    int first = -1;
    if (c->orthographic)
        origin = v3_mad(offset, j->distance, origin);
    else
        way = v3_add(way, offset);
    for (int i = 0; i < j->n; i++) {
        float t = enters(&j->box[i], origin, way);
        if (t < 0)
            continue;
        j->seen[i].alone++;
        if (first < 0 || is_inside(j, i, first) || (t < nearest && !is_inside(j, first, i))) {
            nearest = t;
            first = i;
        }
    }
    if (first < 0)
        return;
    j->seen[first].visible++;
    j->covered++;
    j->mass_x += x;
    j->mass_y += y;
}

static void look(struct judge *j)
{
    const struct ct_camera *c = &j->scene->camera;
    float aspect = j->scene->aspect;
    ct_v3 view = v3_sub(c->target, c->eye);
    j->distance = v3_len(view);
    j->forward = v3_norm(view);
    j->right = v3_norm(v3_cross(j->forward, v3(0, 1, 0)));
    j->up = v3_cross(j->right, j->forward);
    j->half_height = ct_tanf(c->fov_deg * CT_PI / 360);
    j->columns = (int)(GRID * ct_maxf(aspect, 1));
    j->rows = (int)(GRID * ct_maxf(1 / aspect, 1));
    j->n = j->scene->n_objects;
    for (int i = 0; i < j->n; i++) {
        j->box[i] = box_of(&j->scene->objects[i]);
        project_box(j, i);
    }
    for (int row = 0; row < j->rows; row++)
        for (int column = 0; column < j->columns; column++)
            cast(j, ((float)column + 0.5f) * 2 / (float)j->columns - 1,
                 1 - ((float)row + 0.5f) * 2 / (float)j->rows);
}

static float share(const struct seen *s)
{
    return s->alone ? (float)s->visible / (float)s->alone : 1;
}

static float frame_part(const struct judge *j)
{
    float worst = 1;
    for (int i = 0; i < j->n; i++) {
        const struct seen *s = &j->seen[i];
        float out = ct_maxf(ct_maxf(-s->x0, s->x1), ct_maxf(-s->y0, s->y1));
        worst = ct_minf(worst, ct_smoothstep(1.08f, 0.97f, out));
    }
    return worst;
}

/* Of the frame, by all things together: a close-up fills it, a wide view leaves it empty. */
static float size_part(const struct judge *j)
{
    float low = 0.14f, high = 0.55f;
    if (j->scene->camera_id == CT_CAMERA_close_up || j->scene->camera_id == CT_CAMERA_macro) {
        low = 0.34f;
        high = 0.9f;
    } else if (j->scene->camera_id == CT_CAMERA_wide) {
        low = 0.04f;
        high = 0.25f;
    }
    if (j->intent->title_room)
        low *= 0.5f;
    float of = (float)j->covered / (float)(j->columns * j->rows);
    return of < low ? of / low : of > high ? ct_smoothstep(1, high, of) : 1;
}

/* The subject counts as much as all others together; two thirds of a thing are enough. */
static float visible_part(const struct judge *j)
{
    float subject = 1, others = 1, sum = 0;
    int n = 0;
    for (int i = 0; i < j->n; i++) {
        float seen = ct_smoothstep(0.05f, 0.72f, share(&j->seen[i]));
        if (j->scene->objects[i].entity == j->scene->objects[0].entity) {
            subject = ct_minf(subject, seen);
        } else {
            sum += seen;
            others = ct_minf(others, seen);
            n++;
        }
    }
    return n ? 0.5f * subject + 0.25f * others + 0.25f * sum / (float)n : subject;
}

static float count_part(const struct judge *j)
{
    int counted = 0, found = 0;
    for (int i = 0; i < j->n; i++) {
        if (j->intent->entities[j->scene->objects[i].entity].count < 2)
            continue;
        counted++;
        found += share(&j->seen[i]) > 0.22f;
    }
    return counted ? (float)found / (float)counted : 1;
}

/* The middle of an entity's things in the picture; false when none stands there. */
static bool entity_at(const struct judge *j, int entity, ct_v3 *at)
{
    float n = 0;
    *at = v3(0, 0, 0);
    for (int i = 0; i < j->n; i++) {
        if (j->scene->objects[i].entity != entity)
            continue;
        *at = v3_add(*at, v3(j->seen[i].middle.x, j->seen[i].middle.y, j->seen[i].depth));
        n++;
    }
    *at = v3_scale(*at, n > 0 ? 1 / n : 0);
    return n > 0;
}

static float relation_holds(const struct judge *j, const struct ct_relation *r)
{
    ct_v3 a, b;
    if (!entity_at(j, r->a, &a) || !entity_at(j, r->b, &b))
        return 1;
    switch (r->kind) {
    case CT_RELATION_LEFT_OF:
        return ct_smoothstep(-0.02f, 0.2f, b.x - a.x);
    case CT_RELATION_RIGHT_OF:
        return ct_smoothstep(-0.02f, 0.2f, a.x - b.x);
    case CT_RELATION_BEHIND:
        return a.z > b.z ? 1 : 0;
    case CT_RELATION_IN_FRONT_OF:
        return a.z < b.z ? 1 : 0;
    case CT_RELATION_ON:
        return a.y > b.y ? 1 : 0;
    case CT_RELATION_UNDER:
        return a.y < b.y ? 1 : 0;
    default:
        return 1;
    }
}

static float relations_part(const struct judge *j)
{
    float sum = 0;
    for (int i = 0; i < j->intent->n_relations; i++)
        sum += relation_holds(j, &j->intent->relations[i]);
    return j->intent->n_relations ? sum / (float)j->intent->n_relations : 1;
}

static float balance_part(const struct judge *j)
{
    if (!j->covered)
        return 0;
    float x = j->mass_x / (float)j->covered, y = j->mass_y / (float)j->covered;
    if (j->intent->title_room) /* the weight belongs beside the words */
        return ct_smoothstep(0.05f, 0.25f, fabsf(x) + fabsf(y));
    return ct_smoothstep(0.5f, 0.06f, ct_hypotf(x, 0.7f * (y + 0.05f)));
}

/* Outlines that graze each other look like a mistake: a gap, or a clear overlap. */
static float edges_part(const struct judge *j)
{
    int grazing = 0, pairs = 0;
    for (int i = 0; i < j->n; i++) {
        for (int k = 0; k < i; k++) {
            const struct seen *a = &j->seen[i], *b = &j->seen[k];
            if (j->scene->objects[i].entity == j->scene->objects[k].entity ||
                ct_minf(a->y1, b->y1) <= ct_maxf(a->y0, b->y0))
                continue;
            float gap = ct_maxf(a->x0, b->x0) - ct_minf(a->x1, b->x1);
            pairs++;
            grazing += gap > -0.03f && gap < 0.012f;
        }
    }
    return pairs ? 1 - (float)grazing / (float)pairs : 1;
}

static float legible_part(const struct judge *j)
{
    float worst = 1;
    for (int i = 0; i < j->n; i++) {
        const struct ct_scene3_object *o = &j->scene->objects[i];
        const struct ct_object_shape *s = ct_object_shape(o->object);
        if (!o->text.ptr || !s)
            continue;
        float facing = 1; /* round things turn their text to the camera */
        if (s->label.face == CT_DECAL_FRONT)
            facing = -v3_dot(j->box[i].w, j->forward);
        else if (s->label.face == CT_DECAL_TOP)
            facing = -j->forward.y * 1.6f;
        worst = ct_minf(worst, ct_smoothstep(0.3f, 0.85f, facing) *
                                   ct_smoothstep(0.3f, 0.9f, share(&j->seen[i])));
    }
    return worst;
}

/* Does something stand between the subject and its key light? */
static float light_part(const struct judge *j)
{
    float azimuth = ct_stage_azimuth(&j->scene->camera) - j->scene->light_side * KEY_AZIMUTH;
    float s, c, es, ec, lit = 1;
    if (j->n < 2)
        return 1;
    ct_sincosf(azimuth, &s, &c);
    ct_sincosf(KEY_ELEVATION, &es, &ec);
    ct_v3 way = v3(s * ec, es, c * ec);
    for (int i = 1; i < j->n; i++)
        if (j->scene->objects[i].entity != j->scene->objects[0].entity &&
            !is_inside(j, 0, i) && enters(&j->box[i], j->box[0].center, way) > 0)
            lit = 0;
    return lit;
}

void ct_stage_score(struct ct_scene3 *scene, const struct ct_intent *intent)
{
    struct judge j = { .scene = scene, .intent = intent };
    struct ct_score *score = &scene->score;
    float sum = 0, weights = 0;
    if (scene->n_objects == 0) { /* a landscape: composed by rules of its own, one way */
        for (int i = 0; i < CT_SCORE_PARTS; i++)
            score->part[i] = 1;
        score->total = 1;
        return;
    }
    look(&j);
    *score = (struct ct_score){ .part = {
                                    [CT_SCORE_FRAME] = frame_part(&j),
                                    [CT_SCORE_SIZE] = size_part(&j),
                                    [CT_SCORE_VISIBLE] = visible_part(&j),
                                    [CT_SCORE_COUNT] = count_part(&j),
                                    [CT_SCORE_RELATIONS] = relations_part(&j),
                                    [CT_SCORE_BALANCE] = balance_part(&j),
                                    [CT_SCORE_EDGES] = edges_part(&j),
                                    [CT_SCORE_LEGIBLE] = legible_part(&j),
                                    [CT_SCORE_LIGHT] = light_part(&j),
                                } };
    for (int i = 0; i < CT_SCORE_PARTS; i++) {
        sum += parts[i].weight * score->part[i];
        weights += parts[i].weight;
    }
    score->total = sum / weights;
}
