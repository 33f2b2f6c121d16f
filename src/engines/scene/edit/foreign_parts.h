/* Within edit/: what the parts of an edit of a photograph share. */
#ifndef CT_SCENE_EDIT_FOREIGN_PARTS_H
#define CT_SCENE_EDIT_FOREIGN_PARTS_H

#include "engines/scene/edit/foreign.h"
#include "engines/scene/retouch/segment.h"

/* Warns of what could not be done as asked; the first is the reason if nothing could. */
void ct_foreign_cannot(struct ct_foreign *f, const char *fmt, ...) CT_PRINTF(2, 3);
struct ct_retouch ct_foreign_tools(const struct ct_foreign *f);
/* The picture so far gives way to the next, which is taken. */
void ct_foreign_advance(struct ct_foreign *f, struct ct_image *next);
/* What the prompt calls an entity; "subject" when it does not say. */
struct ct_slice ct_foreign_noun(const struct ct_foreign *f, int entity);
bool ct_foreign_says(struct ct_slice prompt, const char *words);

/* ---- foreign_find.c. A `const` mask is f's; *out NULL: there is none, and that was said. */
CT_MUSTCHECK ct_code ct_foreign_find_subject(const struct ct_mask **out, struct ct_foreign *f,
                                             struct ct_err *err);
/* A part that the prompt tells by its looks, into f->named; *found false: the picture has none. */
CT_MUSTCHECK ct_code ct_foreign_find_named(struct ct_foreign *f,
                                           const struct ct_segment_params *what, bool *found,
                                           struct ct_err *err);
/* Where an operation on a thing is to work. */
CT_MUSTCHECK ct_code ct_foreign_find_region(const struct ct_mask **out, struct ct_foreign *f,
                                            int entity, struct ct_err *err);
/* The same for what is painted anew: of a markup the thing within it. */
CT_MUSTCHECK ct_code ct_foreign_find_painted(const struct ct_mask **out, struct ct_foreign *f,
                                             int entity, struct ct_err *err);
/* What stays in front, and what is behind it: a new mask, the caller's. */
CT_MUSTCHECK ct_code ct_foreign_find_front(struct ct_mask **out, struct ct_foreign *f,
                                           struct ct_err *err);
CT_MUSTCHECK ct_code ct_foreign_find_behind(struct ct_mask **out, struct ct_foreign *f,
                                            struct ct_err *err);
CT_MUSTCHECK ct_code ct_foreign_copy_mask(struct ct_mask **out, const struct ct_mask *mask,
                                          bool inverse, struct ct_err *err);

#endif
