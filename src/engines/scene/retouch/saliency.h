/* How much each pixel stands out from what reaches the picture's border. segment.c only. */
#ifndef CT_SCENE_RETOUCH_SALIENCY_H
#define CT_SCENE_RETOUCH_SALIENCY_H

#include "engines/scene/retouch/retouch.h"

/* Into `out` (width * height, 0..255, the highest is 255 unless all is plain). The image is small:
 * a few hundred pixels an edge. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_saliency(uint8_t *out, const struct ct_image *image, struct ct_err *err);

/* The value that parts a histogram best (Otsu 1979). */
int ct_saliency_threshold(const uint8_t *values, size_t n);

#endif
