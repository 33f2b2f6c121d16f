/* See patch.h. Operations are carried out in their order on a copy of the intent and of the scene,
 * so that a later one finds what an earlier one did. Entities that go are taken out at the end:
 * until then everybody keeps his number.
 *
 * Choices about the whole picture (backdrop, support, light, camera, look, and whatever else an
 * intent may choose) are not patched one by one: the changed intent is composed afresh, and the
 * things and the camera of the old scene are put into the result. So what a generation makes of a
 * choice an edit makes of it too. */
#include "engines/scene/edit/patch.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/prompt/reader.h"
#include "engines/scene/stage/stage.h"

#include <stdarg.h>
#include <stdio.h>

struct patching {
    struct ct_arena *arena;
    const struct ct_scene_recipe *of;
    const struct ct_edit *edit;
    const struct ct_scene_recipe *others; /* input i is others[i - 1] */
    const ct_v3 *mark;
    const struct ct_scene3 *lit_like;     /* whose light is taken; NULL: none */
    struct ct_patch *out;
    struct ct_intent *intent; /* out->intent */
    struct ct_scene3 *scene;  /* out->scene */
    float azimuth;            /* of the camera the things were turned to */
    bool moved;               /* something stands elsewhere, or is new, or gone */
    bool staged;              /* a choice changed */
    bool reframe;
    bool gone[CT_INTENT_ENTITIES + 1];
};

static void warn(struct patching *p, const char *fmt, ...) CT_PRINTF(2, 3);
static void warn(struct patching *p, const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    char *copy = ct_arena_strdup(p->arena, ct_slice(text));
    if (copy && p->out->n_warnings < CT_EDIT_OPS)
        p->out->warnings[p->out->n_warnings++] = copy;
}

static const char *name_of(const struct patching *p, int entity)
{
    const struct ct_object_row *row = ct_object_info(p->intent->entities[entity].object);
    struct ct_slice word = ct_slice(row ? row->row.words : "thing"), rest;
    ct_slice_cut(word, '|', &word, &rest);
    const char *name = word.len > 0 ? ct_arena_strdup(p->arena, word) : "figure";
    return name ? name : "thing";
}

static bool is_there(const struct patching *p, int entity)
{
    return entity >= 0 && entity < p->intent->n_entities && !p->gone[entity];
}

/* --- things of an entity in the scene --- */

static void relook(struct patching *p, int entity)
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
static bool find_foot(const struct patching *p, int entity, ct_v3 *foot)
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

static void take_out(struct patching *p, int entity)
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

static void to_stage_frame(struct patching *p)
{
    ct_stage_turn(p->scene, -p->azimuth);
}

static void to_world_frame(struct patching *p)
{
    ct_stage_turn(p->scene, p->azimuth);
}

/* Things on or in an entity: they go where it goes. Called in the stage frame. */
static void follow(struct patching *p, int entity)
{
    for (int k = 0; k < p->intent->n_relations; k++) {
        const struct ct_relation *r = &p->intent->relations[k];
        bool carried = (r->kind == CT_RELATION_ON || r->kind == CT_RELATION_IN) && r->b == entity;
        if (!carried || !is_there(p, r->a) || r->a == entity)
            continue;
        take_out(p, r->a);
        ct_stage_insert(p->scene, p->intent, r->a, NULL);
    }
}

/* What stood on something that is gone sinks to where that stood. */
static void sink(struct patching *p, int entity, float foot_y)
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

static void do_look(struct patching *p, const struct ct_edit_op *op)
{
    struct ct_entity *e = &p->intent->entities[op->target];
    if (op->want.part.ptr && !ct_object_has_part(e->object, op->want.part))
        warn(p, "The %s has no %.*s that could be changed.", name_of(p, op->target),
             CT_SARG(op->want.part));
    else if (op->want.contents != CT_MATERIAL_NONE && p->scene == NULL)
        return;
    else {
        merge_look(e, &op->want);
        relook(p, op->target);
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
static void tone_ground(struct patching *p, const struct ct_edit_op *op)
{
    struct ct_intent *intent = p->intent;
    struct ct_scene3 *scene = p->scene;
    struct ct_material m;
    if (!scene || scene->backdrop == CT_BACKDROP_land || scene->interior) {
        warn(p, "How light its surroundings are cannot be changed by themselves, only the whole "
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

static void do_tone(struct patching *p, const struct ct_edit_op *op)
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
    relook(p, op->target);
}

/* "the perfume from image 2", and there is none. */
static void warn_of_missing(struct patching *p, const struct ct_edit_op *op, int entity)
{
    if (op->missing)
        warn(p, "Picture %d has no %s that is known here; an ordinary one was added.",
             op->image + 1, name_of(p, entity));
}

/* Where the strokes are, in the stage frame. */
static ct_v3 find_mark(struct patching *p, const struct ct_edit_op *op)
{
    if (op->here && !p->mark)
        warn(p, "The strokes of the markup are not on the ground, so the %s went where there was "
                "room.",
             name_of(p, op->target));
    return op->here && p->mark ? ct_stage_turned(*p->mark, -p->azimuth) : v3(0, 0, 0);
}

static void do_add(struct patching *p, const struct ct_edit_op *op)
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
        warn(p, "There is no room for more things in the scene.");
        p->gone[op->target] = true;
        return;
    }
    p->moved = true;
    p->out->n_done++;
}

static void do_remove(struct patching *p, int entity)
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
static void stand_at(struct patching *p, int old, int entity)
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

static void do_replace(struct patching *p, const struct ct_edit_op *op)
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
static void do_move_to_mark(struct patching *p, const struct ct_edit_op *op)
{
    if (!p->mark) {
        warn(p, "The strokes of the markup are not on the ground: the %s cannot stand there.",
             name_of(p, op->target));
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

static void do_move(struct patching *p, const struct ct_edit_op *op)
{
    if (op->here) {
        do_move_to_mark(p, op);
        return;
    }
    if (!is_there(p, op->other))
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

static void do_count(struct patching *p, const struct ct_edit_op *op)
{
    p->intent->entities[op->target].count = op->count < 1 ? 1 : op->count;
    if (p->scene)
        stand_at(p, op->target, op->target);
}

static void do_size(struct patching *p, const struct ct_edit_op *op)
{
    struct ct_entity *e = &p->intent->entities[op->target];
    float size = ct_clampf(e->size * op->factor, 0.3f, 3), by = size / e->size;
    if (by > 0.999f && by < 1.001f) {
        warn(p, "The %s is as %s as it can be drawn.", name_of(p, op->target),
             op->factor > 1 ? "large" : "small");
        return;
    }
    e->size = size;
    stand_at(p, op->target, op->target);
}

/* --- texts --- */

static bool same_text(struct ct_slice a, struct ct_slice b)
{
    return a.ptr && b.ptr && ct_slice_ieq(ct_slice_trim(a), ct_slice_trim(b));
}

static bool set_text(struct ct_slice *at, struct ct_slice from, struct ct_slice to)
{
    if (!same_text(*at, from))
        return false;
    *at = to.len > 0 ? to : (struct ct_slice){ NULL, 0 };
    return true;
}

/* Every place of a page that holds this text. */
static bool replace_everywhere(struct ct_intent *intent, struct ct_slice from, struct ct_slice to)
{
    bool done = set_text(&intent->title, from, to);
    done |= set_text(&intent->subtitle, from, to);
    for (int i = 0; i < intent->n_texts; i++)
        if (set_text(&intent->texts[i], from, to)) {
            done = true;
            if (to.len == 0)
                intent->texts[i--] = intent->texts[--intent->n_texts];
        }
    for (int i = 0; i < intent->n_nodes; i++)
        done |= to.len > 0 && set_text(&intent->nodes[i].label, from, to);
    for (int i = 0; i < intent->n_edges; i++)
        done |= set_text(&intent->edges[i].label, from, to);
    for (int i = 0; i < intent->n_values; i++)
        done |= to.len > 0 && (set_text(&intent->values[i].label, from, to) ||
                               set_text(&intent->values[i].text, from, to) ||
                               set_text(&intent->values[i].series, from, to));
    done |= set_text(&intent->axis_x, from, to);
    done |= set_text(&intent->axis_y, from, to);
    return done;
}

/* "add the text "Free entry"" to a page that has a title: one more of its texts. */
static void add_page_text(struct patching *p, struct ct_slice text)
{
    struct ct_intent *intent = p->intent;
    if (intent->n_texts == CT_INTENT_TEXTS) {
        warn(p, "The page has as many texts as it can hold.");
        return;
    }
    intent->texts[intent->n_texts++] = text;
    p->out->n_done++;
}

static void page_text(struct patching *p, const struct ct_edit_op *op)
{
    struct ct_intent *intent = p->intent;
    struct ct_slice from = op->from;
    bool titled = op->role == CT_ROLE_SUBTITLE ? intent->subtitle.ptr : intent->title.ptr;
    if (op->added && titled && op->to.len > 0) {
        add_page_text(p, op->to);
        return;
    }
    bool subtitle = op->role == CT_ROLE_SUBTITLE && intent->subtitle.ptr;
    if (!from.ptr)
        from = subtitle ? intent->subtitle : intent->title;
    struct ct_slice title = intent->title;
    bool done = from.ptr && op->role != CT_ROLE_SUBTITLE ? replace_everywhere(intent, from, op->to)
                : from.ptr && subtitle                   ? replace_everywhere(intent, from, op->to)
                                                         : false;
    if (!done && op->to.len > 0 && !op->from.ptr) { /* there was none yet */
        *(op->role == CT_ROLE_SUBTITLE ? &intent->subtitle : &intent->title) = op->to;
        if (intent->n_texts < CT_INTENT_TEXTS)
            intent->texts[intent->n_texts++] = op->to;
        done = true;
    }
    if (title.ptr && !intent->first_title.ptr) /* what the page is filled with stays */
        intent->first_title = title;
    if (done)
        p->out->n_done++;
    else
        warn(p, "The page has no such text: \"%.*s\".", CT_SARG(from));
}

static void scene_text(struct patching *p, const struct ct_edit_op *op)
{
    struct ct_intent *intent = p->intent;
    int at = is_there(p, op->target) ? op->target : -1;
    for (int i = 0; i < intent->n_entities && at < 0; i++)
        if (intent->entities[i].text.ptr &&
            (!op->from.ptr || same_text(intent->entities[i].text, op->from)))
            at = i;
    for (int i = 0; i < intent->n_entities && at < 0 && !op->from.ptr && op->to.len > 0; i++)
        if (ct_object_takes_lettering(intent->entities[i].object) && !p->gone[i])
            at = i;
    if (at < 0) {
        warn(p, "There is no such text in the picture.");
        return;
    }
    if (!ct_object_takes_lettering(intent->entities[at].object)) {
        warn(p, "The %s has no face that a text can be put on.", name_of(p, at));
        return;
    }
    intent->entities[at].text = op->to.len > 0 ? op->to : (struct ct_slice){ NULL, 0 };
    relook(p, at);
}

/* --- the whole picture --- */

static void do_only(struct patching *p)
{
    for (int i = 0; i < p->edit->n_before; i++)
        if (!p->edit->only[i] && is_there(p, i))
            do_remove(p, i);
}

/* The open air takes the place of table and wall, and they that of the open air, unless the edit
 * names both: "on a wooden table at the beach". */
static void settle_place(struct patching *p, const char *name)
{
    static const char *const indoors[] = { "setting", "backdrop", "support", "backdrop_color" };
    const struct ct_intent *asked = p->edit->intent;
    if (strcmp(name, "land") == 0) {
        if (asked->support == CT_MATERIAL_NONE)
            p->intent->support = CT_MATERIAL_NONE;
        p->intent->setting = asked->setting;
        p->intent->backdrop = asked->backdrop;
        p->intent->has_backdrop_color = asked->has_backdrop_color;
    }
    for (size_t k = 0; k < sizeof(indoors) / sizeof(*indoors); k++)
        if (strcmp(name, indoors[k]) == 0 && !asked->land.scenery)
            p->intent->land.scenery = 0;
}

static void do_stage(struct patching *p, const struct ct_edit_op *op)
{
    static const char *const views[] = { "camera", "title_room", "shallow_focus", "setting",
                                         "backdrop", "title_side", "land" };
    const char *name = ct_intent_choice_name(op->choice);
    ct_intent_copy_choice(p->intent, p->edit->intent, op->choice);
    for (size_t k = 0; k < sizeof(views) / sizeof(*views); k++)
        p->reframe |= strcmp(views[k], name) == 0;
    /* A named ground takes the place of a place, and a place that of a ground. */
    if (strcmp(name, "setting") == 0 && !p->edit->intent->has_backdrop_color)
        p->intent->has_backdrop_color = false;
    if (strcmp(name, "backdrop_color") == 0) {
        p->intent->setting = CT_SETTING_NONE;
        p->intent->dark = p->edit->intent->dark;
        if (p->intent->kind == CT_INTENT_SCENE && p->intent->support == CT_MATERIAL_NONE &&
            p->intent->backdrop == CT_BACKDROP_NONE && p->of->scene->backdrop != CT_BACKDROP_table)
            p->intent->backdrop = p->of->scene->backdrop;
    }
    settle_place(p, name);
    p->staged = true;
    p->out->n_done++;
}

/* --- as another picture has it --- */

static struct ct_rgb to_rgb(ct_v3 linear)
{
    return (struct ct_rgb){ srgb_byte(linear.x), srgb_byte(linear.y), srgb_byte(linear.z) };
}

/* What was composed there is wished for here: what is composed afresh then has it too. */
static void want_light(struct patching *p, const struct ct_scene_recipe *like)
{
    p->intent->rig = like->scene->rig;
    p->intent->mood = like->intent->mood;
    if (like->scene->backdrop == CT_BACKDROP_land)
        p->intent->land.hour = like->scene->land.hour;
    p->lit_like = like->scene;
}

static void want_palette(struct patching *p, const struct ct_scene_recipe *like)
{
    const struct ct_scene3 *from = like->scene;
    bool grounds = from->backdrop != CT_BACKDROP_land && p->scene->backdrop != CT_BACKDROP_land;
    if (!grounds) {
        warn(p, "The colours of the open air belong to its place and hour; they were not taken.");
        return;
    }
    p->intent->backdrop = p->scene->backdrop;
    p->intent->has_backdrop_color = true;
    p->intent->backdrop_color = to_rgb(from->backdrop_color);
    p->intent->support = from->support.material;
    p->intent->support_finish = from->support.finish;
    p->intent->has_support_color = from->support.has_color;
    p->intent->support_color = to_rgb(from->support.color);
}

static void want_place(struct patching *p, const struct ct_scene_recipe *like)
{
    const struct ct_intent *from = like->intent;
    p->intent->setting = from->setting;
    p->intent->land = from->land;
    p->intent->backdrop = from->land.scenery ? from->backdrop : like->scene->backdrop;
    p->intent->dark = from->dark;
    p->intent->has_backdrop_color = from->has_backdrop_color;
    p->intent->backdrop_color = from->backdrop_color;
    p->intent->support = like->scene->support.material;
    p->intent->support_finish = like->scene->support.finish;
    p->intent->has_support_color = like->scene->support.has_color;
    p->intent->support_color = to_rgb(like->scene->support.color);
    p->reframe = true;
}

static void page_like(struct patching *p, const struct ct_edit_op *op, const struct ct_intent *from)
{
    static const char *const choices[] = { "palette", "dark", "mood", "backdrop_color" };
    for (int i = 0; ct_intent_choice_name(i); i++)
        for (size_t k = 0; k < sizeof(choices) / sizeof(*choices); k++)
            if (op->aspects & CT_ASPECT_PALETTE &&
                strcmp(ct_intent_choice_name(i), choices[k]) == 0)
                ct_intent_copy_choice(p->intent, from, i);
    p->out->n_done++;
}

static void do_like(struct patching *p, const struct ct_edit_op *op)
{
    if (op->image < 1) {
        warn(p, "The first picture is the one that is changed: name another one to take from.");
        return;
    }
    const struct ct_scene_recipe *like = &p->others[op->image - 1];
    if (!like->intent) {
        warn(p, "Picture %d was not drawn here, so how it is lit and composed is not known.",
             op->image + 1);
        return;
    }
    if (op->aspects & CT_ASPECT_LOOK)
        p->intent->style = like->intent->style;
    if (!like->scene != !p->scene && op->aspects != CT_ASPECT_LOOK) {
        warn(p, "A page and a rendering share no more than a look.");
        p->out->n_done += like->intent->style != CT_LOOK_STYLE_NONE;
        p->staged = true;
        return;
    }
    if (!p->scene) {
        page_like(p, op, like->intent);
        return;
    }
    if (op->aspects & CT_ASPECT_LIGHT)
        want_light(p, like);
    if (op->aspects & CT_ASPECT_PLACE)
        want_place(p, like);
    else if (op->aspects & CT_ASPECT_PALETTE)
        want_palette(p, like);
    if (op->aspects & CT_ASPECT_CAMERA) {
        p->intent->camera = like->scene->camera_id;
        p->intent->shallow_focus = like->intent->shallow_focus;
        p->reframe = true;
    }
    p->staged = true;
    p->out->n_done++;
}

static void carry_out(struct patching *p, const struct ct_edit_op *op)
{
    bool needs_thing = op->kind <= CT_EDIT_SIZE && op->kind != CT_EDIT_TEXT &&
                       op->ground == CT_EDIT_GROUND_NONE;
    if (needs_thing && (!p->scene || !is_there(p, op->target)))
        return;
    switch (op->kind) {
    case CT_EDIT_LOOK:
        do_look(p, op);
        break;
    case CT_EDIT_TONE:
        do_tone(p, op);
        break;
    case CT_EDIT_TEXT:
        if (p->scene)
            scene_text(p, op);
        else
            page_text(p, op);
        break;
    case CT_EDIT_ADD:
        do_add(p, op);
        break;
    case CT_EDIT_REMOVE:
        do_remove(p, op->target);
        break;
    case CT_EDIT_REPLACE:
        do_replace(p, op);
        break;
    case CT_EDIT_MOVE:
        do_move(p, op);
        break;
    case CT_EDIT_COUNT:
        do_count(p, op);
        break;
    case CT_EDIT_SIZE:
        do_size(p, op);
        break;
    case CT_EDIT_ONLY:
        if (p->scene)
            do_only(p);
        break;
    case CT_EDIT_STAGE:
        do_stage(p, op);
        break;
    case CT_EDIT_EXPOSE:
        if (p->scene) {
            p->scene->post.exposure = ct_clampf(p->scene->post.exposure * op->factor, 0.05f, 20);
            p->moved = true; /* every pixel changes */
            p->out->n_done++;
        }
        break;
    case CT_EDIT_CUT_OUT:
        p->out->transparent = true;
        p->staged = true;
        p->out->n_done++;
        break;
    case CT_EDIT_LIKE:
        do_like(p, op);
        break;
    case CT_EDIT_ADJUST:
        warn(p, "A background in black and white behind things in colour cannot be drawn: name a "
                "colour, as in \"a grey background\", or say \"make the picture black and "
                "white\".");
        break;
    case CT_EDIT_KINDS:
        break;
    }
}

/* --- putting together --- */

/* Entities that are gone leave; the rest is renumbered. */
static void compact(struct patching *p)
{
    struct ct_intent *intent = p->intent;
    int number[CT_INTENT_ENTITIES], kept = 0;
    for (int i = 0; i < intent->n_entities; i++) {
        bool stays = !p->gone[i] && intent->entities[i].count > 0;
        number[i] = stays ? kept : -1;
        if (stays)
            intent->entities[kept++] = intent->entities[i];
    }
    int relations = 0;
    for (int k = 0; k < intent->n_relations; k++) {
        struct ct_relation r = intent->relations[k];
        if (number[r.a] >= 0 && number[r.b] >= 0)
            intent->relations[relations++] =
                (struct ct_relation){ number[r.a], number[r.b], r.kind };
    }
    intent->n_relations = relations;
    intent->n_entities = kept;
    for (int i = 0; p->scene && i < p->scene->n_objects; i++) {
        int *entity = &p->scene->objects[i].entity;
        *entity = *entity >= 0 ? number[*entity] : -1; /* -1: furniture, nobody's */
    }
}

/* A new view, and with it a new measure for what is around. */
static void reframe(struct patching *p)
{
    p->scene->middle_radius = 0;
    ct_stage_frame(p->scene, p->intent);
}

/* The changed intent composed afresh, with the things of the scene in it. */
static ct_code restage(struct patching *p, float aspect, struct ct_err *err)
{
    const struct ct_scene3 *composed;
    const struct ct_scene3 *old = p->scene;
    CT_TRY(ct_scene3_compose(&composed, p->arena, p->intent,
                             &(struct ct_scene3_params){ .aspect = aspect,
                                                         .transparent = p->out->transparent,
                                                         .seed = old->seed,
                                                         .style = p->of->style },
                             err));
    struct ct_scene3 *scene = ct_arena_alloc(p->arena, sizeof(*scene));
    if (!scene)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while changing the scene.");
    float brighter = p->of->scene->post.exposure > 0
                         ? old->post.exposure / p->of->scene->post.exposure
                         : 1;
    *scene = *composed;
    memcpy(scene->objects, old->objects, sizeof(scene->objects));
    scene->n_objects = old->n_objects;
    scene->light_side = p->lit_like ? p->lit_like->light_side : old->light_side;
    scene->variant = old->variant;
    if (p->lit_like)
        scene->post = p->lit_like->post;
    else
        scene->post.saturation = old->post.saturation;
    scene->post.exposure *= brighter;
    if (p->intent->camera == CT_CAMERA_NONE || !p->reframe)
        scene->camera_id = old->camera_id;
    scene->camera = old->camera;
    scene->middle = old->middle;
    scene->middle_radius = old->middle_radius;
    p->scene = p->out->scene = scene;
    if (p->reframe && scene->camera_id != old->camera_id) {
        ct_stage_turn(scene, -p->azimuth);
        ct_stage_turn(scene, ct_stage_camera_azimuth(scene));
    }
    return CT_OK;
}

static ct_code copy_recipe(struct patching *p, struct ct_err *err)
{
    const struct ct_intent *from = p->of->intent;
    struct ct_intent *to = ct_arena_alloc(p->arena, sizeof(*to));
    if (!to)
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while changing the scene.");
    *to = *from;
    /* The things are those of the edit: the old ones as they were, and the new ones behind. */
    to->entities = ct_arena_array(p->arena, CT_INTENT_ENTITIES, sizeof(*to->entities));
    to->relations = ct_arena_array(p->arena, CT_INTENT_RELATIONS, sizeof(*to->relations));
    to->texts = ct_arena_array(p->arena, CT_INTENT_TEXTS, sizeof(*to->texts));
    if (p->of->scene) {
        p->scene = ct_arena_alloc(p->arena, sizeof(*p->scene));
        if (p->scene)
            *p->scene = *p->of->scene;
    }
    if (ct_arena_failed(p->arena))
        return ct_fail(err, CT_E_MEMORY, NULL, "Out of memory while changing the scene.");
    to->n_entities = p->edit->intent->n_entities;
    memcpy(to->entities, p->edit->intent->entities, (size_t)to->n_entities * sizeof(*to->entities));
    memcpy(to->relations, from->relations, (size_t)from->n_relations * sizeof(*to->relations));
    memcpy(to->texts, from->texts, (size_t)from->n_texts * sizeof(*to->texts));
    p->intent = p->out->intent = to;
    p->out->scene = p->scene;
    for (int i = p->edit->n_before; i < to->n_entities; i++)
        p->gone[i] = true; /* until it is added */
    return CT_OK;
}

ct_code ct_patch_make(struct ct_patch *out, struct ct_arena *arena,
                      const struct ct_scene_recipe *of, const struct ct_edit *edit,
                      const struct ct_patch_params *params, struct ct_err *err)
{
    const float aspect = params->aspect;
    *out = (struct ct_patch){ .transparent = of->transparent };
    struct patching p = { .arena = arena,
                          .of = of,
                          .edit = edit,
                          .others = params->others,
                          .mark = params->mark,
                          .out = out };
    CT_TRY(copy_recipe(&p, err));
    p.azimuth = of->scene ? ct_stage_camera_azimuth(of->scene) : 0;
    for (int i = 0; i < edit->n_ops; i++) {
        int comes = edit->ops[i].kind == CT_EDIT_ADD ? edit->ops[i].target : edit->ops[i].other;
        if (comes >= edit->n_before && edit->ops[i].kind != CT_EDIT_MOVE)
            p.gone[comes] = false;
    }
    if (p.scene)
        ct_stage_fix_middle(p.scene);
    for (int i = 0; i < edit->n_ops; i++)
        carry_out(&p, &edit->ops[i]);
    compact(&p);
    if (!p.scene)
        return CT_OK;
    bool resized = aspect < p.scene->aspect * 0.999f || aspect > p.scene->aspect * 1.001f;
    out->local = out->n_done > 0 && !p.moved && !p.staged && !resized;
    if (p.staged)
        CT_TRY(restage(&p, aspect, err));
    p.scene->aspect = resized ? ct_clampf(aspect, 0.2f, 5) : p.scene->aspect;
    p.scene->transparent = out->transparent;
    if (out->transparent)
        p.scene->post.vignette = 0;
    if (p.reframe || resized || ((p.moved || p.staged) && !ct_stage_in_frame(p.scene)))
        reframe(&p);
    return CT_OK;
}
