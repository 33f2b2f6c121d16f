/* Operations on our own picture as a whole (patching.h): what else may stay, where it is and in
 * which light, and what is taken from another picture of ours. */
#include "engines/scene/edit/patching.h"

#include "engines/scene/materials/material.h"
#include "engines/scene/math/fn.h"
#include "engines/scene/stage/stage.h"

/* --- the whole picture --- */

void ct_patching_only(struct ct_patching *p)
{
    for (int i = 0; i < p->edit->n_before; i++)
        if (!p->edit->only[i] && ct_patching_has(p, i))
            ct_patching_remove(p, i);
}

/* The open air takes the place of table and wall, and they that of the open air, unless the edit
 * names both: "on a wooden table at the beach". */
static void settle_place(struct ct_patching *p, const char *name)
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

void ct_patching_stage(struct ct_patching *p, const struct ct_edit_op *op)
{
    static const char *const views[] = { "camera",   "title_room", "shallow_focus", "setting",
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

/* What was composed there is wished for here: what is composed afresh then has it too. */
static void want_light(struct ct_patching *p, const struct ct_scene_recipe *like)
{
    p->intent->rig = like->scene->rig;
    p->intent->mood = like->intent->mood;
    if (like->scene->backdrop == CT_BACKDROP_land)
        p->intent->land.hour = like->scene->land.hour;
    p->lit_like = like->scene;
}

static void want_palette(struct ct_patching *p, const struct ct_scene_recipe *like)
{
    const struct ct_scene3 *from = like->scene;
    bool grounds = from->backdrop != CT_BACKDROP_land && p->scene->backdrop != CT_BACKDROP_land;
    if (!grounds) {
        ct_patching_warn(
            p, "The colours of the open air belong to its place and hour; they were not taken.");
        return;
    }
    p->intent->backdrop = p->scene->backdrop;
    p->intent->has_backdrop_color = true;
    p->intent->backdrop_color = ct_patching_rgb(from->backdrop_color);
    p->intent->support = from->support.material;
    p->intent->support_finish = from->support.finish;
    p->intent->has_support_color = from->support.has_color;
    p->intent->support_color = ct_patching_rgb(from->support.color);
}

static void want_place(struct ct_patching *p, const struct ct_scene_recipe *like)
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
    p->intent->support_color = ct_patching_rgb(like->scene->support.color);
    p->reframe = true;
}

static void page_like(struct ct_patching *p, const struct ct_edit_op *op,
                      const struct ct_intent *from)
{
    static const char *const choices[] = { "palette", "dark", "mood", "backdrop_color" };
    for (int i = 0; ct_intent_choice_name(i); i++)
        for (size_t k = 0; k < sizeof(choices) / sizeof(*choices); k++)
            if (op->aspects & CT_ASPECT_PALETTE &&
                strcmp(ct_intent_choice_name(i), choices[k]) == 0)
                ct_intent_copy_choice(p->intent, from, i);
    p->out->n_done++;
}

void ct_patching_like(struct ct_patching *p, const struct ct_edit_op *op)
{
    if (op->image < 1) {
        ct_patching_warn(
            p, "The first picture is the one that is changed: name another one to take from.");
        return;
    }
    const struct ct_scene_recipe *like = &p->others[op->image - 1];
    if (!like->intent) {
        ct_patching_warn(
            p, "Picture %d was not drawn here, so how it is lit and composed is not known.",
            op->image + 1);
        return;
    }
    if (op->aspects & CT_ASPECT_LOOK)
        p->intent->style = like->intent->style;
    if (!like->scene != !p->scene && op->aspects != CT_ASPECT_LOOK) {
        ct_patching_warn(p, "A page and a rendering share no more than a look.");
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
