/* See patch.h. Operations are carried out in their order on a copy of the intent and of the scene,
 * so that a later one finds what an earlier one did. Entities that go are taken out at the end:
 * until then everybody keeps his number.
 *
 * Choices about the whole picture (backdrop, support, light, camera, look, and whatever else an
 * intent may choose) are not patched one by one: the changed intent is composed afresh, and the
 * things and the camera of the old scene are put into the result. So what a generation makes of a
 * choice an edit makes of it too. */
#include "engines/scene/edit/patching.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/stage/stage.h"

#include <stdarg.h>
#include <stdio.h>

void ct_patching_warn(struct ct_patching *p, const char *fmt, ...)
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

const char *ct_patching_name(const struct ct_patching *p, int entity)
{
    const struct ct_object_row *row = ct_object_info(p->intent->entities[entity].object);
    struct ct_slice word = ct_slice(row ? row->row.words : "thing"), rest;
    ct_slice_cut(word, '|', &word, &rest);
    const char *name = word.len > 0 ? ct_arena_strdup(p->arena, word) : "figure";
    return name ? name : "thing";
}

bool ct_patching_has(const struct ct_patching *p, int entity)
{
    return entity >= 0 && entity < p->intent->n_entities && !p->gone[entity];
}

/* --- the operations --- */

static void carry_out(struct ct_patching *p, const struct ct_edit_op *op)
{
    bool needs_thing =
        op->kind <= CT_EDIT_SIZE && op->kind != CT_EDIT_TEXT && op->ground == CT_EDIT_GROUND_NONE;
    if (needs_thing && (!p->scene || !ct_patching_has(p, op->target)))
        return;
    switch (op->kind) {
    case CT_EDIT_LOOK:
        ct_patching_look(p, op);
        break;
    case CT_EDIT_TONE:
        ct_patching_tone(p, op);
        break;
    case CT_EDIT_TEXT:
        if (p->scene)
            ct_patching_scene_text(p, op);
        else
            ct_patching_page_text(p, op);
        break;
    case CT_EDIT_ADD:
        ct_patching_add(p, op);
        break;
    case CT_EDIT_REMOVE:
        ct_patching_remove(p, op->target);
        break;
    case CT_EDIT_REPLACE:
        ct_patching_replace(p, op);
        break;
    case CT_EDIT_MOVE:
        ct_patching_move(p, op);
        break;
    case CT_EDIT_COUNT:
        ct_patching_count(p, op);
        break;
    case CT_EDIT_SIZE:
        ct_patching_size(p, op);
        break;
    case CT_EDIT_ONLY:
        if (p->scene)
            ct_patching_only(p);
        break;
    case CT_EDIT_STAGE:
        ct_patching_stage(p, op);
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
        ct_patching_like(p, op);
        break;
    case CT_EDIT_ADJUST:
        ct_patching_warn(
            p, "A background in black and white behind things in colour cannot be drawn: name a "
               "colour, as in \"a grey background\", or say \"make the picture black and "
               "white\".");
        break;
    case CT_EDIT_KINDS:
        break;
    }
}

/* --- putting together --- */

/* Entities that are gone leave; the rest is renumbered. */
static void compact(struct ct_patching *p)
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
static void reframe(struct ct_patching *p)
{
    p->scene->middle_radius = 0;
    ct_stage_frame(p->scene, p->intent);
}

/* The changed intent composed afresh, with the things of the scene in it. */
static ct_code restage(struct ct_patching *p, float aspect, struct ct_err *err)
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
    float brighter =
        p->of->scene->post.exposure > 0 ? old->post.exposure / p->of->scene->post.exposure : 1;
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

static ct_code copy_recipe(struct ct_patching *p, struct ct_err *err)
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
    struct ct_patching p = { .arena = arena,
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
