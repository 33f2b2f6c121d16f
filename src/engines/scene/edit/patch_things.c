/* Operations on things of our own picture (patching.h): each changes the intent and, where there is
 * a scene, the objects that stand for it. */
#include "engines/scene/edit/patching.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/stage/stage.h"

/* --- things of an entity in the scene --- */

void ct_patching_relook(struct ct_patching *p, int entity)
{
    struct ct_entity *e = &p->intent->entities[entity];
    for (int i = 0; p->scene && i < p->scene->n_objects; i++) {
        struct ct_scene3_object *o = &p->scene->objects[i];
        if (o->entity != entity)
            continue;
        o->text = e->text;
        ct_stage_choose_look(o, e);
        p->out->changed[i] = true;
    }
    p->out->n_done++;
}

/* The middle of the foot of an entity's things, in the stage frame. */
static bool find_foot(const struct ct_patching *p, int entity, ct_v3 *foot)
{
    struct ct_stage_box all = { { 0, 0, 0 }, { 0, 0, 0 } };
    bool any = false;
    for (int i = 0; i < p->scene->n_objects; i++) {
        const struct ct_scene3_object *o = &p->scene->objects[i];
        if (o->entity != entity)
            continue;
        struct ct_stage_box box = ct_stage_object_box(o, 0);
        if (!any)
            all = box;
        all.min = v3(ct_minf(all.min.x, box.min.x), ct_minf(all.min.y, box.min.y),
                     ct_minf(all.min.z, box.min.z));
        all.max = v3(ct_maxf(all.max.x, box.max.x), ct_maxf(all.max.y, box.max.y),
                     ct_maxf(all.max.z, box.max.z));
        any = true;
    }
    *foot = v3((all.min.x + all.max.x) / 2, all.min.y, (all.min.z + all.max.z) / 2);
    return any;
}

static void take_out(struct ct_patching *p, int entity)
{
    struct ct_scene3 *scene = p->scene;
    int kept = 0;
    for (int i = 0; i < scene->n_objects; i++)
        if (scene->objects[i].entity != entity) {
            p->out->changed[kept] = p->out->changed[i];
            scene->objects[kept++] = scene->objects[i];
        }
    scene->n_objects = kept;
    p->moved = true;
}

static void to_stage_frame(struct ct_patching *p)
{
    ct_stage_turn(p->scene, -p->azimuth);
}

static void to_world_frame(struct ct_patching *p)
{
    ct_stage_turn(p->scene, p->azimuth);
}

/* Things on or in an entity: they go where it goes. Called in the stage frame. */
static void follow(struct ct_patching *p, int entity)
{
    for (int k = 0; k < p->intent->n_relations; k++) {
        const struct ct_relation *r = &p->intent->relations[k];
        bool carried = (r->kind == CT_RELATION_ON || r->kind == CT_RELATION_IN) && r->b == entity;
        if (!carried || !ct_patching_has(p, r->a) || r->a == entity)
            continue;
        take_out(p, r->a);
        ct_stage_insert(p->scene, p->intent, r->a, NULL);
    }
}

/* What stood on something that is gone sinks to where that stood. */
static void sink(struct ct_patching *p, int entity, float foot_y)
{
    for (int k = 0; k < p->intent->n_relations; k++) {
        const struct ct_relation *r = &p->intent->relations[k];
        ct_v3 foot;
        if ((r->kind != CT_RELATION_ON && r->kind != CT_RELATION_IN) || r->b != entity ||
            !find_foot(p, r->a, &foot))
            continue;
        for (int i = 0; i < p->scene->n_objects; i++)
            if (p->scene->objects[i].entity == r->a)
                p->scene->objects[i].position.y -= foot.y - foot_y;
    }
}

static void drop_relations(struct ct_intent *intent, int entity, bool as_anchor)
{
    int kept = 0;
    for (int k = 0; k < intent->n_relations; k++) {
        const struct ct_relation r = intent->relations[k];
        if (r.a != entity && (!as_anchor || r.b != entity))
            intent->relations[kept++] = r;
    }
    intent->n_relations = kept;
}

static void relate(struct ct_intent *intent, int a, enum ct_relation_kind kind, int b)
{
    if (b >= 0 && a != b && intent->n_relations < CT_INTENT_RELATIONS)
        intent->relations[intent->n_relations++] = (struct ct_relation){ a, b, kind };
}

/* --- the operations --- */

static void merge_look(struct ct_entity *e, const struct ct_entity *want)
{
    if (want->has_color) {
        e->has_color = true;
        e->color = want->color;
    }
    if (want->material != CT_MATERIAL_NONE) {
        e->material = want->material;
        /* "make it gold": the old colour would paint the new material */
        e->has_color = want->has_color;
    }
    if (want->finish != CT_FINISH_UNSET)
        e->finish = want->finish;
    if (want->pattern != CT_PATTERN_NONE) {
        e->pattern = want->pattern;
        e->has_pattern_color = want->has_pattern_color;
        e->pattern_color = want->pattern_color;
    }
    if (want->contents != CT_MATERIAL_NONE)
        e->contents = want->contents;
    if (!want->part.ptr)
        return;
    e->part = want->part;
    e->has_part_color = want->has_part_color;
    e->part_color = want->part_color;
    e->part_material = want->part_material;
}

void ct_patching_look(struct ct_patching *p, const struct ct_edit_op *op)
{
    struct ct_entity *e = &p->intent->entities[op->target];
    if (op->want.part.ptr && !ct_object_has_part(e->object, op->want.part))
        ct_patching_warn(p, "The %s has no %.*s that could be changed.",
                         ct_patching_name(p, op->target), CT_SARG(op->want.part));
    else if (op->want.contents != CT_MATERIAL_NONE && p->scene == NULL)
        return;
    else {
        merge_look(e, &op->want);
        ct_patching_relook(p, op->target);
    }
}

static uint8_t tone(uint8_t c, float factor)
{
    float v = factor < 1 ? (float)c * factor : 255 - (255 - (float)c) / factor;
    return (uint8_t)(v + 0.5f);
}

static uint8_t srgb_byte(float linear)
{
    return (uint8_t)(ct_linear_to_srgb(ct_clampf(linear, 0, 1)) * 255 + 0.5f);
}

struct ct_rgb ct_patching_rgb(ct_v3 linear)
{
    return (struct ct_rgb){ srgb_byte(linear.x), srgb_byte(linear.y), srgb_byte(linear.z) };
}

static struct ct_rgb toned(ct_v3 light, float factor)
{
    return (struct ct_rgb){ tone(srgb_byte(light.x), factor), tone(srgb_byte(light.y), factor),
                            tone(srgb_byte(light.z), factor) };
}

static ct_v3 light_of(struct ct_rgb c)
{
    return ct_hex_color((uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b);
}

/* The wall or the table lighter or darker, in the scene and in what later edits know of it. */
static void tone_ground(struct ct_patching *p, const struct ct_edit_op *op)
{
    struct ct_intent *intent = p->intent;
    struct ct_scene3 *scene = p->scene;
    struct ct_material m;
    if (!scene || scene->backdrop == CT_BACKDROP_land || scene->interior) {
        ct_patching_warn(
            p, "How light its surroundings are cannot be changed by themselves, only the whole "
               "picture: \"make the picture darker\".");
        return;
    }
    if (op->ground == CT_EDIT_GROUND_BACKDROP) {
        intent->backdrop_color = toned(scene->backdrop_color, op->factor);
        intent->has_backdrop_color = true;
        scene->backdrop_color = light_of(intent->backdrop_color);
    } else {
        ct_material_make(&m, &scene->support);
        intent->support_color = toned(m.surface.base_color, op->factor);
        intent->has_support_color = true;
        scene->support.color = light_of(intent->support_color);
        scene->support.has_color = true;
    }
    p->moved = true; /* light that both give to all else changes, too */
    p->out->n_done++;
}

void ct_patching_tone(struct ct_patching *p, const struct ct_edit_op *op)
{
    if (op->ground != CT_EDIT_GROUND_NONE) {
        tone_ground(p, op);
        return;
    }
    struct ct_entity *e = &p->intent->entities[op->target];
    for (int i = 0; !e->has_color && p->scene && i < p->scene->n_objects; i++) {
        struct ct_material m;
        if (p->scene->objects[i].entity != op->target)
            continue;
        ct_material_make(&m, &p->scene->objects[i].look);
        ct_v3 c = m.surface.base_color;
        e->color = (struct ct_rgb){ srgb_byte(c.x), srgb_byte(c.y), srgb_byte(c.z) };
        e->has_color = true;
    }
    e->color = (struct ct_rgb){ tone(e->color.r, op->factor), tone(e->color.g, op->factor),
                                tone(e->color.b, op->factor) };
    ct_patching_relook(p, op->target);
}

/* "the perfume from image 2", and there is none. */
static void warn_of_missing(struct ct_patching *p, const struct ct_edit_op *op, int entity)
{
    if (op->missing)
        ct_patching_warn(p, "Picture %d has no %s that is known here; an ordinary one was added.",
                         op->image + 1, ct_patching_name(p, entity));
}

/* Where the strokes are, in the stage frame. */
static ct_v3 find_mark(struct ct_patching *p, const struct ct_edit_op *op)
{
    if (op->here && !p->mark)
        ct_patching_warn(
            p,
            "The strokes of the markup are not on the ground, so the %s went where there was "
            "room.",
            ct_patching_name(p, op->target));
    return op->here && p->mark ? ct_stage_turned(*p->mark, -p->azimuth) : v3(0, 0, 0);
}

void ct_patching_add(struct ct_patching *p, const struct ct_edit_op *op)
{
    warn_of_missing(p, op, op->target);
    if (op->related)
        relate(p->intent, op->target, op->relation, op->other);
    int before = p->scene->n_objects;
    ct_v3 at = find_mark(p, op);
    to_stage_frame(p);
    ct_stage_insert(p->scene, p->intent, op->target, op->here && p->mark ? &at : NULL);
    to_world_frame(p);
    if (p->scene->n_objects == before) {
        ct_patching_warn(p, "There is no room for more things in the scene.");
        p->gone[op->target] = true;
        return;
    }
    p->moved = true;
    p->out->n_done++;
}

void ct_patching_remove(struct ct_patching *p, int entity)
{
    ct_v3 foot;
    if (p->scene && find_foot(p, entity, &foot))
        sink(p, entity, foot.y);
    if (p->scene)
        take_out(p, entity);
    drop_relations(p->intent, entity, true);
    p->gone[entity] = true;
    p->out->n_done++;
}

/* The things of `entity` anew, around where those of `old` stood. */
static void stand_at(struct ct_patching *p, int old, int entity)
{
    ct_v3 foot;
    to_stage_frame(p);
    bool known = find_foot(p, old, &foot);
    take_out(p, old);
    ct_stage_insert(p->scene, p->intent, entity, known ? &foot : NULL);
    follow(p, entity);
    to_world_frame(p);
    p->out->n_done++;
}

void ct_patching_replace(struct ct_patching *p, const struct ct_edit_op *op)
{
    warn_of_missing(p, op, op->other);
    for (int k = 0; k < p->intent->n_relations; k++) {
        struct ct_relation *r = &p->intent->relations[k];
        r->a = r->a == op->target ? op->other : r->a;
        r->b = r->b == op->target ? op->other : r->b;
    }
    stand_at(p, op->target, op->other);
    p->gone[op->target] = true;
}

/* "move the apple here" */
static void do_move_to_mark(struct ct_patching *p, const struct ct_edit_op *op)
{
    if (!p->mark) {
        ct_patching_warn(
            p, "The strokes of the markup are not on the ground: the %s cannot stand there.",
            ct_patching_name(p, op->target));
        return;
    }
    ct_v3 at = ct_stage_turned(*p->mark, -p->azimuth);
    drop_relations(p->intent, op->target, false);
    to_stage_frame(p);
    take_out(p, op->target);
    ct_stage_insert(p->scene, p->intent, op->target, &at);
    follow(p, op->target);
    to_world_frame(p);
    p->out->n_done++;
}

void ct_patching_move(struct ct_patching *p, const struct ct_edit_op *op)
{
    if (op->here) {
        do_move_to_mark(p, op);
        return;
    }
    if (!ct_patching_has(p, op->other))
        return;
    drop_relations(p->intent, op->target, false);
    for (int k = 0; k < p->intent->n_relations; k++) /* "a beside b" says no more where b is */
        if (p->intent->relations[k].b == op->target && p->intent->relations[k].a == op->other)
            p->intent->relations[k--] = p->intent->relations[--p->intent->n_relations];
    relate(p->intent, op->target, op->relation, op->other);
    to_stage_frame(p);
    int mover = op->relation == CT_RELATION_UNDER ? op->other : op->target;
    take_out(p, mover);
    ct_stage_insert(p->scene, p->intent, mover, NULL);
    follow(p, mover);
    to_world_frame(p);
    p->out->n_done++;
}

void ct_patching_count(struct ct_patching *p, const struct ct_edit_op *op)
{
    p->intent->entities[op->target].count = op->count < 1 ? 1 : op->count;
    if (p->scene)
        stand_at(p, op->target, op->target);
}

void ct_patching_size(struct ct_patching *p, const struct ct_edit_op *op)
{
    struct ct_entity *e = &p->intent->entities[op->target];
    float size = ct_clampf(e->size * op->factor, 0.3f, 3), by = size / e->size;
    if (by > 0.999f && by < 1.001f) {
        ct_patching_warn(p, "The %s is as %s as it can be drawn.", ct_patching_name(p, op->target),
                         op->factor > 1 ? "large" : "small");
        return;
    }
    e->size = size;
    stand_at(p, op->target, op->target);
}
