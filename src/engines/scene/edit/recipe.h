/* A recipe: all that is needed to draw a picture again, and to draw it changed.
 *
 * JSON of at most CT_RECIPE_BYTES: the size, quality and seed it was asked with, the intent (what
 * is wanted), and for a rendering the scene (where everything stands, to the last bit). The engine
 * hands it out with each picture and gets it back, authenticated, with the pictures of an edit;
 * reading is safe all the same, whoever wrote it. It holds none of the prompt's words but those
 * that are lettered. */
#ifndef CT_SCENE_EDIT_RECIPE_H
#define CT_SCENE_EDIT_RECIPE_H

#include "contract/image_request.h"
#include "engines/scene/stage/scene3.h"

#define CT_RECIPE_BYTES ((size_t)256 << 10)

struct ct_scene_recipe {
    int width, height;
    enum ct_quality quality;
    enum ct_thinking thinking; /* with the quality: how many compositions were tried */
    enum ct_style style;
    bool transparent;
    uint32_t seed;
    const struct ct_intent *intent;
    const struct ct_scene3 *scene; /* NULL: a page */
};

void ct_scene_recipe_write(struct ct_buf *b, const struct ct_scene_recipe *recipe);
/* Lives in the arena and borrows from `text`. CT_E_JSON for one that cannot be drawn, or of a
 * version this engine does not know; CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_scene_recipe_read(struct ct_scene_recipe *out, struct ct_arena *arena,
                                          struct ct_slice text, struct ct_err *err);

#endif
