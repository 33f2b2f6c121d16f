/* What the strokes of a markup mean: the things of a picture of ours that they are on, or the area
 * of a foreign one. The strokes themselves are never drawn. */
#ifndef CT_SCENE_EDIT_MARKUP_H
#define CT_SCENE_EDIT_MARKUP_H

#include "engines/scene/edit/recipe.h"
#include "engines/scene/prompt/reader.h"
#include "engines/scene/retouch/strokes.h"

/* Of a rendering of ours. */
struct ct_marked {
    bool entity[CT_INTENT_ENTITIES]; /* the strokes are on its things */
    int n;                           /* of those */
    bool has_place;                  /* they lie on the ground, too */
    ct_v3 place;                     /* there, in the world */
};

/* Finds them in recipe->scene, which must be there. Where only some of several like things are
 * marked, these become an entity of their own: *recipe then has another intent and scene, in the
 * arena. CT_E_MEMORY, CT_E_CANCELLED. */
CT_MUSTCHECK ct_code ct_markup_pick(struct ct_marked *out, struct ct_scene_recipe *recipe,
                                    struct ct_arena *arena, const struct ct_strokes *strokes,
                                    const struct ct_retouch *with, struct ct_err *err);

/* Where a foreign picture may change, with a soft edge; and *thing, the part of it that a thing
 * covers, or NULL when none stands out there. CT_E_EDIT, naming "markup", when the strokes point at
 * nothing that can be found. */
CT_MUSTCHECK ct_code ct_markup_region(struct ct_mask **region, struct ct_mask **thing,
                                      const struct ct_image *image,
                                      const struct ct_strokes *strokes,
                                      const struct ct_retouch *with, struct ct_err *err);

#endif
