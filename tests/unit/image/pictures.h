/* Deterministic pictures for the tests and benches of image/. */
#ifndef CT_TESTS_IMAGE_PICTURES_H
#define CT_TESTS_IMAGE_PICTURES_H

#include "image/image.h"

enum picture {
    PICTURE_PHOTO,  /* structure at every scale and sensor noise, as a camera gives */
    PICTURE_SMOOTH, /* shaded balls on a gradient, as a renderer gives */
    PICTURE_FLAT,   /* a few plain areas with hard edges, as a diagram */
    PICTURE_NOISE,  /* every byte random: cannot be compressed */
    PICTURE_COUNT
};

const char *picture_name(enum picture kind);
/* Colours, and alpha with a soft edge where channels is 4. NULL when ct_image_new() fails. */
struct ct_image *picture_new(enum picture kind, int width, int height, int channels);

/* Steps *state (any value but 0) and returns 32 random bits (xorshift, Marsaglia 2003). */
uint32_t picture_random(uint32_t *state);

#endif
