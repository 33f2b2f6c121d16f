/* Edits of pictures without a recipe: photographs, and whatever others drew. */
#ifndef CT_SCENE_EDIT_FOREIGN_H
#define CT_SCENE_EDIT_FOREIGN_H

#include "engines/scene/draw.h"
#include "engines/scene/edit/edit.h"
#include "image/mask.h"

struct ct_foreign {
    struct ct_drawing *d; /* its draw's request is what is asked for */
    struct ct_arena *arena;
    const struct ct_edit *edit;
    struct ct_image *image;   /* so far; owned */
    struct ct_mask *mask;     /* of the request, 255 where it may change; NULL: none */
    struct ct_mask *thing;    /* of a markup: what stands out in the mask; NULL: none */
    struct ct_mask *subject;  /* found in the picture, once it was looked for */
    struct ct_mask *named;    /* the part that was last told by its colour, or the sky */
    bool looked, doubted;     /* and said to be a guess */
    float confidence;         /* of the subject */
    int n_done;
    char why[512];            /* the first thing that could not be done */
};

/* Carries out what can be done of the edit on f->image; the rest is said as warnings. CT_E_EDIT
 * when nothing could be done. f->edit, image, mask and thing are set by the caller, who releases
 * them. */
CT_MUSTCHECK ct_code ct_foreign_edit(struct ct_foreign *f, struct ct_err *err);
/* f->image in the size of the request: outpainted when the prompt asks for it, else cut and scaled.
 */
CT_MUSTCHECK ct_code ct_foreign_fit(struct ct_foreign *f, struct ct_err *err);
/* Recomposition `index` of f->image: mirrored, nearer, warmer, cooler, and combinations. */
CT_MUSTCHECK ct_code ct_foreign_vary(struct ct_foreign *f, int index, struct ct_err *err);
void ct_foreign_release(struct ct_foreign *f);

/* ---- foreign_draw.c: what the engine draws for a photograph; *out is a new picture */
/* An empty stage with the edit's choices, as large as the picture. */
CT_MUSTCHECK ct_code ct_foreign_backdrop(struct ct_image **out, struct ct_foreign *f,
                                         struct ct_err *err);
/* One thing by itself on a transparent ground. */
CT_MUSTCHECK ct_code ct_foreign_thing(struct ct_image **out, struct ct_foreign *f, int entity,
                                      int width, int height, struct ct_err *err);
/* A text that fills a box, on a transparent ground. */
CT_MUSTCHECK ct_code ct_foreign_text(struct ct_image **out, struct ct_foreign *f,
                                     struct ct_slice text, struct ct_rgb ink, int width, int height,
                                     struct ct_err *err);
CT_MUSTCHECK ct_code ct_foreign_plain(struct ct_image **out, struct ct_rgb color, int width,
                                      int height, struct ct_err *err);

#endif
