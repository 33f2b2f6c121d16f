/* Soft paint, in float and dithered: what Cairo's 8 bits would show as bands.
 *
 * Pixels are Cairo's ARGB32 (premultiplied, native order). The noise depends on the pixel only,
 * so the result does not depend on how the work is cut. */
#ifndef CT_SCENE_PAGE_RASTER_H
#define CT_SCENE_PAGE_RASTER_H

#include "engines/scene/page/items.h"

struct ct_raster {
    uint32_t *px;
    int width, height, stride; /* stride in pixels */
};

/* Paints a gradient over the rectangle; `cover` (one byte a pixel, may be NULL for all) says how
 * much of it lands on each pixel, its first byte at (x, y). */
void ct_raster_paint(struct ct_raster *to, const struct ct_paint *paint, int x, int y, int w, int h,
                     const uint8_t *cover, int cover_stride);
/* cos^2-shaped spot, bounded by the ellipse in the box. */
void ct_raster_glow(struct ct_raster *to, double x, double y, double w, double h,
                    struct ct_tint tint);
/* A box blurred by about `blur` px. */
void ct_raster_shadow(struct ct_raster *to, double x, double y, double w, double h, double blur,
                      struct ct_tint tint);

#endif
