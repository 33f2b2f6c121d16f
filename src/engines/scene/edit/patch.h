/* An edit carried out on a recipe: the intent and the scene of the changed picture.
 *
 * What the edit does not name stays: things keep their places to the bit, the camera stays unless
 * something would leave the frame or the edit is about the view. */
#ifndef CT_SCENE_EDIT_PATCH_H
#define CT_SCENE_EDIT_PATCH_H

#include "engines/scene/edit/edit.h"

struct ct_patch {
    struct ct_intent *intent;
    struct ct_scene3 *scene; /* NULL: a page */
    bool transparent;
    int n_done;              /* operations that changed something */
    /* Only the looks of things changed, nothing moved and no light did: objects[i] tells which. */
    bool local;
    bool changed[CT_SCENE3_MAX_OBJECTS];
    const char *warnings[CT_EDIT_OPS]; /* what could not be done, in sentences */
    int n_warnings;
};

/* What the edit was read with, and what the picture shall be like. */
struct ct_patch_params {
    const struct ct_scene_recipe *others; /* NULL: there are none */
    const ct_v3 *mark; /* where a markup's strokes are on the ground, in the world; NULL: nowhere */
    float aspect;      /* width / height */
};

/* Lives in the arena. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_patch_make(struct ct_patch *out, struct ct_arena *arena,
                                   const struct ct_scene_recipe *of, const struct ct_edit *edit,
                                   const struct ct_patch_params *params, struct ct_err *err);

#endif
