/* What a picture shows of a named colour, and of the sky: where a cut may start. segment.c only. */
#ifndef CT_SCENE_RETOUCH_NAMED_H
#define CT_SCENE_RETOUCH_NAMED_H

#include "engines/scene/retouch/retouch.h"

/* How much every pixel is of the colour 0xRRGGBB, whatever light it stands in: 0..255. */
void ct_named_color(uint8_t *out, const struct ct_image *image, uint32_t color);

/* 255 on what reaches the upper edge in small steps of colour and is as bright or as blue as skies
 * are, 0 elsewhere. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_named_sky(uint8_t *out, const struct ct_image *image, struct ct_err *err);

#endif
