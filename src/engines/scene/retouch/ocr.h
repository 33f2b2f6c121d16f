/* Tesseract, where it is installed: words and their boxes. lettering.c only. */
#ifndef CT_SCENE_RETOUCH_OCR_H
#define CT_SCENE_RETOUCH_OCR_H

#include "engines/scene/retouch/retouch.h"

#define CT_OCR_WORD_MAX 64

struct ct_ocr_word {
    char text[CT_OCR_WORD_MAX]; /* UTF-8, longer ones are cut */
    struct ct_mask_box box;
};

/* At most `max` words in reading order; *n is how many. CT_E_CONFIG, saying what to install, when
 * there is no Tesseract or no data for English. */
CT_MUSTCHECK ct_code ct_ocr_read(struct ct_ocr_word *words, int max, int *n,
                                 const struct ct_image *image, struct ct_err *err);

#endif
