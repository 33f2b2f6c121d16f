#include "pen.h"

#include <math.h>

struct ct_image *pen_sheet(int width, int height)
{
    struct ct_image *sheet = NULL;
    if (ct_image_new(&sheet, width, height, 4, NULL) == CT_OK)
        memset(sheet->px, 0, (size_t)width * (size_t)height * 4);
    return sheet;
}

static void dot(struct ct_image *sheet, float x, float y, float thick)
{
    float r = thick / 2;
    for (int j = (int)(y - r); j <= (int)(y + r); j++)
        for (int i = (int)(x - r); i <= (int)(x + r); i++) {
            if (i < 0 || j < 0 || i >= sheet->width || j >= sheet->height)
                continue;
            uint8_t *px = sheet->px + 4 * ((size_t)j * (size_t)sheet->width + (size_t)i);
            px[0] = px[3] = 255;
        }
}

void pen_line(struct ct_image *sheet, float x0, float y0, float x1, float y1, float thick)
{
    float length = hypotf(x1 - x0, y1 - y0);
    for (float t = 0; t <= length; t += 0.5f)
        dot(sheet, x0 + (x1 - x0) * t / length, y0 + (y1 - y0) * t / length, thick);
}

void pen_arc(struct ct_image *sheet, float x, float y, float rx, float ry, float from, float to,
             float thick)
{
    for (float t = from; t <= to; t += 0.001f) {
        float a = t * 6.2831853f;
        dot(sheet, x + rx * cosf(a), y + ry * sinf(a), thick);
    }
}

void pen_arrow(struct ct_image *sheet, float x0, float y0, float x1, float y1, float thick)
{
    float dx = (x1 - x0) * 0.28f, dy = (y1 - y0) * 0.28f;
    pen_line(sheet, x0, y0, x1, y1, thick);
    pen_line(sheet, x1, y1, x1 - dx + 0.6f * dy, y1 - dy - 0.6f * dx, thick);
    pen_line(sheet, x1, y1, x1 - dx - 0.6f * dy, y1 - dy + 0.6f * dx, thick);
}
