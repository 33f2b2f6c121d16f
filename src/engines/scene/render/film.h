/* Where samples gather: sums for each pixel, tile by tile.
 *
 * 48 bytes a pixel. Tiles have their own
 * number of samples. A tile is written by one thread at a time. */
#ifndef CT_SCENE_FILM_H
#define CT_SCENE_FILM_H

#include "base/err.h"
#include "engines/scene/math/vec.h"

#include <stdbool.h>
#include <stdint.h>

#define CT_FILM_TILE 8
/* Features are sums over the first samples only: 16 of 12 bits each fill 16 bits. */
#define CT_FILM_FEATURE_SAMPLES 16
#define CT_FILM_FEATURE_SCALE 4095.0f
#define CT_FILM_NORMAL_SCALE 2047.0f

struct ct_film_pixel {
    float diffuse[3], specular[3]; /* radiance */
    float diffuse_sq, specular_sq; /* mean of squared colours; diffuse divided by albedo first */
    float depth;                   /* cm */
    uint16_t albedo[3];
    int16_t normal[3];
};

struct ct_film_shade {
    float sum, sum_sq;
};

struct ct_film {
    int width, height, tiles_x, tiles_y;
    struct ct_film_pixel *pixels;
    uint16_t *tile_samples; /* a tile's number of paths a pixel */
    /* Samples that hit an object, all and among the first 16; NULL for an opaque picture, where
     * every sample counts. */
    uint16_t *covered;
    uint8_t *covered_features;
    /* Of the other samples of a transparent picture, how much of the light meant for the ground
     * comes past the objects: shadow.c makes an alpha of it. NULL for an opaque one. */
    struct ct_film_shade *shade;
    /* How far a point out of focus is spread: its circle has a radius of blur * |1 - focus / d|
     * pixels, where d is its distance in cm. */
    float focus, blur;
    float blurred; /* outlines with circles smaller than this do not count; 0: all do */
};

/* Zeroed. CT_E_MEMORY. */
CT_MUSTCHECK ct_code ct_film_init(struct ct_film *film, int width, int height, bool transparent,
                                  struct ct_err *err);
/* Only the counts of coverage, with room for `samples` in every tile, and nothing for an opaque
 * picture: for what is developed from another film. false: out of memory. */
CT_MUSTCHECK bool ct_film_init_coverage(struct ct_film *film, int width, int height,
                                        bool transparent, int samples);
void ct_film_release(struct ct_film *film);

/* Root mean square over a tile of the noise expected in its pixels, relative to their brightness
 * (with a floor, since noise in the dark is not seen). Infinite below two samples; 0 where a
 * transparent picture has nothing. */
float ct_film_noise(const struct ct_film *film, int tile);
/* Noise expected along the outlines in a tile from pixels that two surfaces share, relative to
 * their brightness; 0 without outlines. The denoiser cannot take it away. */
float ct_film_edges(const struct ct_film *film, int tile);

CT_INLINE size_t ct_film_index(const struct ct_film *f, int x, int y)
{
    return (size_t)y * (size_t)f->width + (size_t)x;
}
CT_INLINE int ct_film_tile_of(const struct ct_film *f, int x, int y)
{
    return y / CT_FILM_TILE * f->tiles_x + x / CT_FILM_TILE;
}
/* Samples that the sums of a pixel are over, and those of its features; may be 0. */
CT_INLINE int ct_film_count(const struct ct_film *f, int x, int y)
{
    return f->covered ? f->covered[ct_film_index(f, x, y)]
                      : f->tile_samples[ct_film_tile_of(f, x, y)];
}
CT_INLINE int ct_film_feature_count(const struct ct_film *f, int x, int y)
{
    if (f->covered_features)
        return f->covered_features[ct_film_index(f, x, y)];
    int n = f->tile_samples[ct_film_tile_of(f, x, y)];
    return n < CT_FILM_FEATURE_SAMPLES ? n : CT_FILM_FEATURE_SAMPLES;
}

#endif
