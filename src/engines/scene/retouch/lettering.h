/* Text in foreign pictures: placing it, and replacing one text by another. */
#ifndef CT_SCENE_RETOUCH_LETTERING_H
#define CT_SCENE_RETOUCH_LETTERING_H

#include "base/slice.h"
#include "engines/scene/retouch/reading.h"

/* *out is the picture with `text`, any script, as large as fits into the box and centred in it, in
 * the colour 0xRRGGBB. CT_E_INTERNAL for a box outside the picture, CT_E_CONFIG without fonts. */
CT_MUSTCHECK ct_code ct_lettering_place(struct ct_image **out, const struct ct_image *image,
                                        struct ct_slice text, const struct ct_mask_box *box,
                                        uint32_t colour, const struct ct_retouch *with,
                                        struct ct_err *err);

/* Where `text` stands, on one line or on several (letter case and spaces do not count).
 * CT_E_NOT_FOUND, and the message says what was read instead; CT_E_CONFIG when Tesseract is not
 * installed. Blocks for 0.2 to 1 s, in which a cancel is not seen. */
CT_MUSTCHECK ct_code ct_lettering_find(struct ct_reading *out, const struct ct_image *image,
                                       struct ct_slice text, struct ct_err *err);

/* Finds `from`, fills what was under its lines, and sets `to` in the same place, size and colour
 * (in our own typeface; `to` of length 0: nothing is set). Fails as ct_lettering_find() and
 * ct_typeset_like() do. */
CT_MUSTCHECK ct_code ct_lettering_replace(struct ct_image **out, const struct ct_image *image,
                                          struct ct_slice from, struct ct_slice to,
                                          const struct ct_retouch *with, struct ct_err *err);

#endif
