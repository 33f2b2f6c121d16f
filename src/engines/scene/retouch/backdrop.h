/* The subject of one picture in front of another one, as if photographed there. */
#ifndef CT_SCENE_RETOUCH_BACKDROP_H
#define CT_SCENE_RETOUCH_BACKDROP_H

#include "engines/scene/retouch/retouch.h"

struct ct_placement {
    /* The subject keeps its place and size; nothing to say yet but how it meets its new ground. */
    bool no_shadow; /* floats: skies, plain colours without a floor */
    bool no_mirror; /* the backdrop must not be turned to bring its light to the subject's side */
    bool ground_light; /* the shadow falls by the light of the backdrop, not of the subject */
};

/* *out has `backdrop` (of the picture's size) wherever the mask does not cover the subject. The
 * backdrop is mirrored when its light comes from the other side; the subject takes some of its
 * brightness and colour, its edges some of its light; a shadow joins the two where the subject
 * stands. `how` may be NULL. 0.6 s of CPU at 1024x1024. */
CT_MUSTCHECK ct_code ct_backdrop_replace(struct ct_image **out, const struct ct_image *image,
                                         const struct ct_mask *subject,
                                         const struct ct_image *backdrop,
                                         const struct ct_placement *how,
                                         const struct ct_retouch *with, struct ct_err *err);

#endif
