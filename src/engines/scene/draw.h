/* From what is composed to pixels, with all that a draw owes its sink: progress, partials, style,
 * the recipe, the picture. Shared by generation (scene.c) and edits (edit/). One thread. */
#ifndef CT_SCENE_DRAW_H
#define CT_SCENE_DRAW_H

#include "engines/engine.h"
#include "engines/scene/edit/recipe.h"
#include "engines/scene/page/page.h"
#include "engines/scene/render/render.h"

/* One draw: what all its pictures share, and the picture in hand. */
struct ct_drawing {
    const struct ct_draw *draw;
    const struct ct_intent *intent;
    int index;         /* of the picture in hand */
    int partials_sent; /* of the picture in hand */
};

bool ct_drawing_cancelled(const struct ct_drawing *d);
CT_MUSTCHECK ct_code ct_drawing_fail_cancelled(struct ct_err *err);
void ct_drawing_progress(const struct ct_drawing *d, double fraction, const char *stage);
/* Sends a partial when one is due and the snapshot can be had. */
void ct_drawing_look(struct ct_drawing *d, double fraction, const char *stage,
                     struct ct_image *(*snapshot)(void *state), void *state);

/* Renders a scene at the size of the request. */
CT_MUSTCHECK ct_code ct_drawing_render(struct ct_image **out, struct ct_drawing *d,
                                       const struct ct_scene3 *scene, struct ct_err *err);
/* Composing as the request has it: quality and thinking say how many are tried. */
CT_MUSTCHECK ct_code ct_drawing_compose_scene(const struct ct_scene3 **out, struct ct_arena *arena,
                                              const struct ct_image_request *rq,
                                              const struct ct_intent *intent, uint32_t seed,
                                              struct ct_err *err);
CT_MUSTCHECK ct_code ct_drawing_compose_page(const struct ct_page **out, struct ct_arena *arena,
                                             const struct ct_image_request *rq,
                                             const struct ct_intent *intent, uint32_t seed,
                                             struct ct_err *err);
/* Composes a page in the arena and draws it. With the thing it shows, when it has room for one:
 * rendered as the quality asks for. */
CT_MUSTCHECK ct_code ct_drawing_page(struct ct_image **out, struct ct_drawing *d,
                                     struct ct_arena *arena, const struct ct_image_request *rq,
                                     const struct ct_intent *intent, uint32_t seed,
                                     struct ct_err *err);
/* Renders a world as the look of the intent needs it: its light, or a drawing of it. */
CT_MUSTCHECK ct_code ct_drawing_world(struct ct_image **out, const struct ct_drawing *d,
                                      const struct ct_world *world,
                                      const struct ct_render_params *params, struct ct_err *err);
/* The look named by the intent; pages are drawn in their own. */
CT_MUSTCHECK ct_code ct_drawing_style(const struct ct_drawing *d, struct ct_image *image,
                                      struct ct_err *err);
/* Hands a finished picture over, after what it is made of (scene NULL: a page). */
CT_MUSTCHECK ct_code ct_drawing_deliver(struct ct_drawing *d, struct ct_image *image,
                                        const struct ct_scene3 *scene, uint32_t seed,
                                        struct ct_err *err);

#endif
