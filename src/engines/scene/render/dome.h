/* The sky of a picture under the open sky, tabulated: all around coarsely, where the camera looks
 * finely, with what is needed to sample it as a light, and the haze that distance lies in.
 *
 * Tables run over azimuth and over the height y of the direction, so all cells of one table have
 * the same solid angle (Lambert's cylindrical projection): a cell's chance is its density. Filled
 * by land/, owned by the world, immutable while it is drawn. */
#ifndef CT_SCENE_DOME_H
#define CT_SCENE_DOME_H

#include "engines/scene/math/vec.h"
#include "engines/scene/render/isa.h"

#include <stdbool.h>

#define CT_DOME_COLUMNS 256
#define CT_DOME_ROWS 128
#define CT_DOME_CELL 4 /* texels of the sampling table's cells, each way */
#define CT_DOME_CELLS (CT_DOME_COLUMNS / CT_DOME_CELL * (CT_DOME_ROWS / CT_DOME_CELL))
#define CT_DOME_HAZES 64

struct ct_sky_map {
    int width, height; /* columns, rows; row 0 is the lowest */
    float *rgb;
};

struct ct_dome {
    struct ct_sky_map all;    /* azimuth from -pi to pi, y from -1 to 1 */
    struct ct_sky_map front;  /* width 0: none */
    float front_azimuth, front_half;    /* radians: its middle, and half its width */
    float front_low, front_high;        /* y of its lower and upper edge */
    float cdf[CT_DOME_CELLS + 1];       /* cells of `all` in order, from 0 to 1 */
    ct_v3 disc_direction, disc_radiance;/* the sun as the camera sees it; cosine 1: none */
    float disc_cosine;
    float haze_density;       /* 1/cm where y = haze_base */
    float haze_base, haze_height; /* cm; height 0: as dense everywhere */
    float haze_rgb[CT_DOME_HAZES][3]; /* light it scatters towards the viewer, by azimuth */
};

/* Both tables black, to be filled. NULL when out of memory. */
struct ct_dome *ct_dome_new(int front_width, int front_height);
void ct_dome_free(struct ct_dome **dome);
/* The direction at the middle of a texel. */
ct_v3 ct_dome_direction(int column, int row);
ct_v3 ct_dome_front_direction(const struct ct_dome *dome, int column, int row);
/* Makes the sampling table from `all`; after it is filled. */
void ct_dome_prepare(struct ct_dome *dome);

#define ct_dome_radiance CT_ISA_NAME(ct_dome_radiance)
#define ct_dome_sample CT_ISA_NAME(ct_dome_sample)
#define ct_dome_pdf CT_ISA_NAME(ct_dome_pdf)
#define ct_dome_haze CT_ISA_NAME(ct_dome_haze)
#define ct_dome_disc CT_ISA_NAME(ct_dome_disc)

/* Hot and pure. The disc of the sun is not part of the radiance: it is a light of its own. */
ct_v3 ct_dome_radiance(const struct ct_dome *dome, ct_v3 direction);
/* A direction drawn in proportion to the sky's luminance, and its density per steradian. */
ct_v3 ct_dome_sample(const struct ct_dome *dome, ct_v2 u, float *pdf);
float ct_dome_pdf(const struct ct_dome *dome, ct_v3 direction);
/* Share of light that passes the haze from `origin` to `distance`; *scattered is what the haze
 * adds. */
float ct_dome_haze(const struct ct_dome *dome, ct_v3 origin, ct_v3 direction, float distance,
                   ct_v3 *scattered);
/* The sun's disc as the camera sees it. */
ct_v3 ct_dome_disc(const struct ct_dome *dome, ct_v3 direction);

#endif
