/* Colours of a file's ICC profile -> sRGB, row by row, through Little CMS.
 *
 * A profile that is damaged, of another kind than the pixels, or too long counts as none: the
 * picture is then shown as every browser shows it. One that is sRGB in all but name is found out
 * and costs nothing. One object belongs to one thread. */
#ifndef CT_IMAGE_COLOUR_H
#define CT_IMAGE_COLOUR_H

#include "base/err.h"
#include "base/slice.h"

#include <stdint.h>

#define CT_PROFILE_MAX ((size_t)4 * 1024 * 1024)

enum ct_colours {
    CT_COLOURS_GREY,
    CT_COLOURS_GREY_ALPHA,
    CT_COLOURS_RGB,
    CT_COLOURS_RGB_ALPHA,
    CT_COLOURS_CMYK,          /* 255 is full ink */
    CT_COLOURS_CMYK_INVERTED, /* 0 is full ink, as Adobe writes JPEG */
};

struct ct_colour {
    enum ct_colours from;
    void *context, *transform; /* of Little CMS; NULL: no profile to apply */
};

/* Never fails: without a usable profile it converts plainly. `profile` may be empty. */
void ct_colour_open(struct ct_colour *colour, enum ct_colours from, struct ct_slice profile);
void ct_colour_close(struct ct_colour *colour);

/* One row of n pixels to RGB, or RGBA where `from` has alpha. `to` and `row` are apart, or the
 * same where both have as many channels. */
void ct_colour_row(const struct ct_colour *colour, uint8_t *to, const uint8_t *row, size_t n);

#endif
