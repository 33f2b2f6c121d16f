/* Text as a mask, for laying onto things: the one place where 3D asks how a text looks.
 *
 * The type is the pages' (text.h), so every script a page can set can stand on a mug. */
#ifndef CT_SCENE_PAGE_LETTERING_H
#define CT_SCENE_PAGE_LETTERING_H

#include "base/err.h"
#include "base/slice.h"
#include "engines/scene/page/text.h"

#include <stdint.h>

/* The text as large as fits, centred, in width x height pixels of 4 bytes: white, its coverage as
 * straight alpha, top row first. *out is the caller's (ct_free); NULL on failure. width and height
 * in 1..4096. CT_E_MEMORY, CT_E_CONFIG without fonts, CT_E_INTERNAL for a size out of range. Any
 * thread. */
CT_MUSTCHECK ct_code ct_page_letter(uint8_t **out, int width, int height, struct ct_slice text,
                                    struct ct_err *err);

/* A paragraph as it is styled, its top left at (x, y), in width x height pixels of one byte: its
 * coverage. *out is the caller's (ct_free); NULL on failure. Sizes as above. */
CT_MUSTCHECK ct_code ct_page_letter_block(uint8_t **out, int width, int height,
                                          struct ct_type *type, struct ct_slice text,
                                          const struct ct_text_style *style, double x, double y,
                                          struct ct_err *err);

#endif
