/* Local edits: the things whose looks changed are drawn anew, and nothing else is touched. */
#ifndef CT_SCENE_EDIT_EXACT_H
#define CT_SCENE_EDIT_EXACT_H

#include "engines/scene/draw.h"
#include "engines/scene/edit/patch.h"

/* *out is `original` but where a changed thing is seen; it must have the size of the drawing.
 * Pixels in which no part of a changed thing is seen keep their bytes: so do its shadow and its
 * reflection elsewhere. A styled picture is drawn whole for it, since styles look around. */
CT_MUSTCHECK ct_code ct_edit_exact(struct ct_image **out, struct ct_drawing *d,
                                   const struct ct_patch *patch, const struct ct_image *original,
                                   enum ct_quality quality, struct ct_err *err);
/* *out is `changed` where it visibly differs from `original`, in the mean of a few pixels around,
 * and `original` to the byte elsewhere; both of one size. For edits that keep the rest and yet
 * move things: their shadows end somewhere, and there the old pixels go on. */
CT_MUSTCHECK ct_code ct_edit_keep_unchanged(struct ct_image **out, const struct ct_image *original,
                                            const struct ct_image *changed, struct ct_err *err);

#endif
