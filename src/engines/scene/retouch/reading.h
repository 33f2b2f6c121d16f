/* Where a text stands among the words that were read in a picture: on one line or on several. */
#ifndef CT_SCENE_RETOUCH_READING_H
#define CT_SCENE_RETOUCH_READING_H

#include "base/slice.h"
#include "engines/scene/retouch/ocr.h"

#define CT_READING_LINES 12
#define CT_READING_TEXT 400

struct ct_reading_line {
    struct ct_mask_box box; /* of its words */
    size_t at, len;         /* in struct ct_reading.text */
};

struct ct_reading {
    struct ct_reading_line line[CT_READING_LINES]; /* from the top */
    int n;
    struct ct_mask_box box; /* of all */
    char
        text[CT_READING_TEXT]; /* as it was read, words parted by blanks; lines follow each other */
};

/* Letter case, spaces and marks do not count. Words of one line stand side by side, lines below
 * each other in one column; what stands beside the column is none of it. false: it is not there, or
 * on more lines than there is room for. */
bool ct_reading_find(struct ct_reading *out, const struct ct_ocr_word *words, int n,
                     struct ct_slice text);

#endif
