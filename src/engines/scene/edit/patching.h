/* Within edit/: an edit of our own picture while it is carried out (patch.c). */
#ifndef CT_SCENE_PATCHING_H
#define CT_SCENE_PATCHING_H

#include "engines/scene/edit/patch.h"
#include "engines/scene/prompt/reader.h"

struct ct_patching {
    struct ct_arena *arena;
    const struct ct_scene_recipe *of;
    const struct ct_edit *edit;
    const struct ct_scene_recipe *others; /* input i is others[i - 1] */
    const ct_v3 *mark;
    const struct ct_scene3 *lit_like; /* whose light is taken; NULL: none */
    struct ct_patch *out;
    struct ct_intent *intent; /* out->intent */
    struct ct_scene3 *scene;  /* out->scene */
    float azimuth;            /* of the camera the things were turned to */
    bool moved;               /* something stands elsewhere, or is new, or gone */
    bool staged;              /* a choice changed */
    bool reframe;
    bool gone[CT_INTENT_ENTITIES + 1];
};

/* Says what could not be done as asked. */
void ct_patching_warn(struct ct_patching *p, const char *fmt, ...) CT_PRINTF(2, 3);
/* The first of the words that name an entity's object. */
const char *ct_patching_name(const struct ct_patching *p, int entity);
bool ct_patching_has(const struct ct_patching *p, int entity);
/* Gives the things of an entity in the scene its materials anew. */
void ct_patching_relook(struct ct_patching *p, int entity);
struct ct_rgb ct_patching_rgb(ct_v3 linear);

/* One operation each, which counts itself done or warns. patch_things.c: of a thing */
void ct_patching_look(struct ct_patching *p, const struct ct_edit_op *op);
void ct_patching_tone(struct ct_patching *p, const struct ct_edit_op *op);
void ct_patching_add(struct ct_patching *p, const struct ct_edit_op *op);
void ct_patching_remove(struct ct_patching *p, int entity);
void ct_patching_replace(struct ct_patching *p, const struct ct_edit_op *op);
void ct_patching_move(struct ct_patching *p, const struct ct_edit_op *op);
void ct_patching_count(struct ct_patching *p, const struct ct_edit_op *op);
void ct_patching_size(struct ct_patching *p, const struct ct_edit_op *op);
/* patch_text.c */
void ct_patching_scene_text(struct ct_patching *p, const struct ct_edit_op *op);
void ct_patching_page_text(struct ct_patching *p, const struct ct_edit_op *op);
/* patch_whole.c: of the picture as a whole, and as another picture has it */
void ct_patching_only(struct ct_patching *p);
void ct_patching_stage(struct ct_patching *p, const struct ct_edit_op *op);
void ct_patching_like(struct ct_patching *p, const struct ct_edit_op *op);

#endif
