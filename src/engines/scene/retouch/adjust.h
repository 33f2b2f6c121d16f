/* What a darkroom does to a whole picture or to a part of it. */
#ifndef CT_SCENE_RETOUCH_ADJUST_H
#define CT_SCENE_RETOUCH_ADJUST_H

#include "engines/scene/retouch/retouch.h"

struct ct_adjust {
    float contrast;   /* 1: as it is */
    float saturation; /* 1: as it is */
    float warmth;     /* 0: as it is; 1 warm, -1 cool */
    float blur;       /* radius in thousandths of the longer edge; 0: none */
};

/* *out is the picture adjusted where the mask covers it (NULL: everywhere). What is not covered
 * does not run into a blur. */
CT_MUSTCHECK ct_code ct_adjust(struct ct_image **out, const struct ct_image *image,
                               const struct ct_mask *mask, const struct ct_adjust *how,
                               struct ct_err *err);

#endif
