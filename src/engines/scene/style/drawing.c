/* Drawn looks: ink on paper, chalk lines on a blueprint, pencil. */
#include "engines/scene/math/fn.h"
#include "engines/scene/style/style.h"

#define GRID_UNITS 32.0f
#define GRID_STRONG 5 /* every fifth line */

static void find_outlines(struct ct_canvas *canvas)
{
    ct_canvas_flatten(canvas, 8);
    ct_canvas_flatten(canvas, 6);
    ct_canvas_lines(canvas, 2.4f, 0.020f, 0.055f);
}

static void ink_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    const ct_v3 ink = v3(0.07f, 0.07f, 0.08f), paper = v3(0.99f, 0.985f, 0.97f);
    size_t first = (size_t)y * (size_t)canvas->width;
    (void)ctx;
    for (size_t i = first; i < first + (size_t)canvas->width; i++)
        ct_canvas_put(canvas, i, v3_lerp(paper, ink, canvas->work[4][i]));
}

void ct_style_inked(struct ct_canvas *canvas)
{
    ct_canvas_each_row(canvas, ink_row, NULL);
}

void ct_style_line_art(struct ct_canvas *canvas)
{
    find_outlines(canvas);
    ct_style_inked(canvas);
}

/* How much of a grid line covers pixel i, given the pitch in pixels. */
static float grid_line(int i, float pitch)
{
    int line = (int)(((float)i + 0.5f) / pitch + 0.5f);
    float away = fabsf((float)i + 0.5f - (float)line * pitch);
    float strength = line % GRID_STRONG == 0 ? 0.16f : 0.07f;
    return strength * ct_clampf(1 - away, 0, 1);
}

static void chalk_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    const ct_v3 ground = v3(0.075f, 0.235f, 0.475f), chalk = v3(0.90f, 0.95f, 1.0f);
    float pitch = ct_maxf(GRID_UNITS * canvas->unit, 4), across = grid_line(y, pitch);
    (void)ctx;
    for (int x = 0; x < canvas->width; x++) {
        size_t i = (size_t)y * (size_t)canvas->width + (size_t)x;
        float grid = ct_maxf(grid_line(x, pitch), across);
        float line = ct_maxf(0.92f * canvas->work[4][i], grid);
        ct_canvas_put(canvas, i, v3_lerp(ground, chalk, line));
    }
}

void ct_style_chalked(struct ct_canvas *canvas)
{
    ct_canvas_each_row(canvas, chalk_row, NULL);
}

void ct_style_blueprint(struct ct_canvas *canvas)
{
    find_outlines(canvas);
    ct_style_chalked(canvas);
}

/* Strokes along one diagonal: 0 on the paper between them, 1 in their middle. */
static float hatch(int x, int y, float pitch, float slope, float wave)
{
    float phase = ct_fractf(((float)x + slope * (float)y) / pitch + 0.8f * wave);
    return ct_smoothstep(0.5f, 0.1f, fabsf(phase - 0.5f));
}

static void pencil_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    const ct_v3 lead = v3(0.17f, 0.17f, 0.185f), paper = v3(0.97f, 0.965f, 0.945f);
    float pitch = *(const float *)ctx, waves[CT_CANVAS_RUN], teeth[CT_CANVAS_RUN];
    for (int x = 0, k; x < canvas->width; x++) {
        if ((k = x % CT_CANVAS_RUN) == 0) {
            ct_canvas_grains(waves, x, y, ct_canvas_run(canvas, x), 12 * pitch, 3.5f);
            ct_canvas_grains(teeth, x, y, ct_canvas_run(canvas, x), 1.6f * canvas->unit, 8.5f);
        }
        size_t i = (size_t)y * (size_t)canvas->width + (size_t)x;
        float dark = 1 - ct_canvas_luma(canvas, i);
        float shade =
            0.40f * ct_smoothstep(0.35f, 0.75f, dark) * hatch(x, y, pitch, 0.8f, waves[k]) +
            0.38f * ct_smoothstep(0.62f, 0.95f, dark) * hatch(x, y, pitch, -0.6f, waves[k]) +
            0.16f * dark;
        float tooth = 1 + 0.35f * teeth[k];
        float lay = ct_clampf((0.85f * canvas->work[4][i] + shade) * tooth, 0, 1);
        ct_canvas_put(canvas, i, v3_lerp(paper, lead, lay));
    }
}

void ct_style_sketch(struct ct_canvas *canvas)
{
    float pitch = ct_maxf(7 * canvas->unit, 3);
    ct_canvas_flatten(canvas, 5);
    ct_canvas_lines(canvas, 2.0f, 0.012f, 0.06f);
    ct_canvas_each_row(canvas, pencil_row, &pitch);
}
