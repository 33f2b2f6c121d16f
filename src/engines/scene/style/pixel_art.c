/* Pixel art: large squares, few tones with ordered dither between them, few colours. */
#include "engines/scene/math/fn.h"
#include "engines/scene/style/style.h"

#define CELLS 96     /* along the shorter side */
#define TONES 9.0f   /* dithered */
#define CHROMA 10.0f /* levels of the distance from grey, not dithered: no false colours */

static const float bayer[4][4] = {
    { 0, 8, 2, 10 }, { 12, 4, 14, 6 }, { 3, 11, 1, 9 }, { 15, 7, 13, 5 }
};

static ct_v3 reduce(ct_v3 c, float threshold)
{
    float l = (c.x + c.y + c.z) / 3;
    float tone = ct_clampf(ct_floorf(l * (TONES - 1) + threshold), 0, TONES - 1) / (TONES - 1);
    ct_v3 chroma = v3_scale(v3_sub(c, v3(l, l, l)), 1.35f * CHROMA);
    chroma = v3(ct_floorf(chroma.x + 0.5f), ct_floorf(chroma.y + 0.5f), ct_floorf(chroma.z + 0.5f));
    return v3_mad(chroma, 1 / CHROMA, v3(tone, tone, tone));
}

static void fill_cell(struct ct_canvas *canvas, int cell_x, int cell_y, int size)
{
    int x0 = cell_x * size, y0 = cell_y * size;
    int x1 = x0 + size < canvas->width ? x0 + size : canvas->width;
    int y1 = y0 + size < canvas->height ? y0 + size : canvas->height;
    float threshold = 0.5f + 0.45f * ((bayer[cell_y & 3][cell_x & 3] + 0.5f) / 16 - 0.5f);
    ct_v3 sum = v3(0, 0, 0);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            sum = v3_add(sum, ct_canvas_get(canvas, (size_t)y * (size_t)canvas->width + (size_t)x));
    ct_v3 c = v3_scale(sum, 1 / (float)((x1 - x0) * (y1 - y0)));
    c = reduce(c, threshold);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            ct_canvas_put(canvas, (size_t)y * (size_t)canvas->width + (size_t)x, c);
}

void ct_style_pixel_art(struct ct_canvas *canvas)
{
    int shorter = canvas->width < canvas->height ? canvas->width : canvas->height;
    int size = shorter / CELLS > 2 ? shorter / CELLS : 2;
    for (int y = 0; y * size < canvas->height; y++)
        for (int x = 0; x * size < canvas->width; x++)
            fill_cell(canvas, x, y, size);
}
