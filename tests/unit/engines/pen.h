/* A red pen over a transparent sheet: markups for tests. */
#ifndef CT_TESTS_PEN_H
#define CT_TESTS_PEN_H

#include "image/image.h"

struct ct_image *pen_sheet(int width, int height); /* transparent; NULL without memory */
void pen_line(struct ct_image *sheet, float x0, float y0, float x1, float y1, float thick);
/* Around (x, y), from one angle to another in turns, clockwise from the right. */
void pen_arc(struct ct_image *sheet, float x, float y, float rx, float ry, float from, float to,
             float thick);
/* A shaft and two barbs that end in (x1, y1). */
void pen_arrow(struct ct_image *sheet, float x0, float y0, float x1, float y1, float thick);

#endif
