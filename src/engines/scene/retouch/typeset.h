/* A new text where an old one stood: as large, as far apart, aligned as its lines were. */
#ifndef CT_SCENE_RETOUCH_TYPESET_H
#define CT_SCENE_RETOUCH_TYPESET_H

#include "engines/scene/retouch/reading.h"

/* Sets `to`, any script, into the picture (not shared), in the colour 0xRRGGBB and our own
 * typeface, over the place of `old`, whose letters are gone already. It is broken into lines as the
 * old one's width wants it, wider by a quarter where a single line was, and set smaller where it
 * does not fit otherwise. CT_E_EDIT for a text without letters, and for one that would be too small
 * to read; CT_E_CONFIG without fonts; CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_typeset_like(struct ct_image *image, const struct ct_reading *old,
                                     struct ct_slice to, uint32_t colour, struct ct_err *err);

#endif
