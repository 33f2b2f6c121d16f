/* Emoji as small pictures; for relief.c. */
#ifndef CT_SCENE_OBJECT_EMOJI_H
#define CT_SCENE_OBJECT_EMOJI_H

#include <stdbool.h>

enum {
    CT_EMOJI_SIZE = 148, /* pixels of a side: a glyph of 136x128 and a margin */
};

/* Straight colours 0..1 in sRGB and coverage, top row first, 4 floats a pixel. */
struct ct_emoji {
    float px[CT_EMOJI_SIZE * CT_EMOJI_SIZE][4];
};

/* Draws the emoji (UTF-8) in Noto Color Emoji at the size its bitmaps have. Colours go on a few
 * pixels beyond the rim, so that nothing dark is mixed in there. False when out of memory or when
 * nothing was drawn. Thread-safe. */
bool ct_emoji_draw(struct ct_emoji *out, const char *emoji);

#endif
