/* A thing of one picture joins another one, and one of the two is a photograph: "put the bottle
 * from the first picture on the table of the second". (Between pictures of ours a thing is drawn
 * anew: reference.c.) */
#ifndef CT_SCENE_EDIT_JOIN_H
#define CT_SCENE_EDIT_JOIN_H

#include "engines/scene/draw.h"
#include "engines/scene/edit/recipe.h"
#include "engines/scene/retouch/strokes.h"

struct ct_join {
    bool asked;
    int source, base;               /* inputs: where the thing comes from, and what it joins */
    const struct ct_intent *intent; /* the things that are named; notes of the other words */
    int thing, beside;              /* entities of it, -1: none */
    int side;                       /* of `beside`, or of what is there: -1 left, 1 right, 0 any */
    bool is_seen;                   /* "the red bottle" */
    struct ct_rgb seen;
};

/* Does the prompt ask for that? Lives in the arena. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_join_read(struct ct_join *out, struct ct_arena *arena, int n_pictures,
                                  struct ct_slice prompt, struct ct_err *err);

struct ct_join_picture {
    struct ct_image *image;
    const struct ct_scene_recipe *recipe; /* NULL: a photograph, or a page */
};

/* *out: the base, which has the size of the request, with the thing of the source in it: cut out,
 * of a size that goes with what is there, on what that stands on, with a shadow, in a little of its
 * light. Where strokes are (NULL: none) it stands there. What was guessed is warned of. CT_E_EDIT
 * when there is no such thing, or no room for it. */
CT_MUSTCHECK ct_code ct_join_draw(struct ct_image **out, const struct ct_drawing *d,
                                  struct ct_arena *arena, const struct ct_join *join,
                                  const struct ct_join_picture *base,
                                  const struct ct_join_picture *source,
                                  const struct ct_strokes *strokes, struct ct_err *err);

#endif
