/* Printed looks: the dots of a four-colour press, and a screen print of few inks. */
#include "engines/scene/math/fn.h"
#include "engines/scene/style/style.h"

#define PITCH_UNITS 9.0f
#define LEVELS 4.0f

/* Angles of the four screens, that no two of them beat: cyan, magenta, yellow, black. */
static const struct {
    float cos, sin;
    ct_v3 ink; /* what it leaves of white paper */
} screens[4] = {
    { 0.9659258f, 0.2588190f, { 0.10f, 0.66f, 0.90f } },
    { 0.2588190f, 0.9659258f, { 0.89f, 0.13f, 0.52f } },
    { 1.0f, 0.0f, { 1.0f, 0.90f, 0.08f } },
    { 0.7071068f, 0.7071068f, { 0.10f, 0.10f, 0.11f } },
};

/* How much of the pixel a screen's dots ink, given the tone 0..1 they are to make. */
static float dots(int k, int x, int y, float pitch, float tone)
{
    float u = ((float)x * screens[k].cos + (float)y * screens[k].sin) / pitch;
    float v = ((float)y * screens[k].cos - (float)x * screens[k].sin) / pitch;
    float spot = 0.5f + 0.25f * (ct_cosf(2 * CT_PI * u) + ct_cosf(2 * CT_PI * v)); /* 1 at a dot */
    float soft = ct_clampf(1.3f / pitch, 0.06f, 0.4f); /* a pixel's width of the slope */
    return ct_smoothstep(1 - tone - soft, 1 - tone + soft, spot) * ct_smoothstep(0, 0.06f, tone);
}

static void print_row(struct ct_canvas *canvas, int y, const void *pitch)
{
    const ct_v3 paper = v3(0.985f, 0.975f, 0.95f);
    for (int x = 0; x < canvas->width; x++) {
        size_t i = (size_t)y * (size_t)canvas->width + (size_t)x;
        ct_v3 want = v3(canvas->work[0][i], canvas->work[1][i], canvas->work[2][i]);
        float black = ct_clampf(1.35f * (1 - v3_max(want)) - 0.25f, 0, 1);
        float rest = ct_maxf(1 - 0.6f * black, 0.2f);
        const float tones[4] = { ct_clampf((1 - want.x) * rest, 0, 1),
                                 ct_clampf((1 - want.y) * rest, 0, 1),
                                 ct_clampf((1 - want.z) * rest, 0, 1), black };
        ct_v3 c = paper;
        for (int k = 0; k < 4; k++)
            c = v3_lerp(c, v3_mul(c, screens[k].ink),
                        dots(k, x, y, *(const float *)pitch, tones[k]));
        ct_canvas_put(canvas, i, c);
    }
}

void ct_style_halftone(struct ct_canvas *canvas)
{
    float pitch = ct_maxf(PITCH_UNITS * canvas->unit, 4);
    for (int c = 0; c < 3; c++)
        ct_canvas_mean(canvas, canvas->work[c], canvas->rgb[c], (int)(0.35f * pitch));
    ct_canvas_each_row(canvas, print_row, &pitch);
}

/* A step of the stair with a short ramp, so that borders are not jagged. */
static float step(float v)
{
    float t = ct_clampf(v, 0, 1) * LEVELS, base = ct_floorf(t);
    return (base + ct_smoothstep(0.44f, 0.56f, t - base)) / LEVELS;
}

static void step_row(struct ct_canvas *canvas, int y, const void *ctx)
{
    size_t first = (size_t)y * (size_t)canvas->width;
    (void)ctx;
    for (size_t i = first; i < first + (size_t)canvas->width; i++) {
        ct_v3 c = ct_canvas_get(canvas, i);
        float l = ct_canvas_luma(canvas, i);
        c = v3_add(v3(l, l, l), v3_scale(v3_sub(c, v3(l, l, l)), 1.15f));
        ct_canvas_put(canvas, i, v3(step(c.x), step(c.y), step(c.z)));
    }
}

void ct_style_posterised(struct ct_canvas *canvas)
{
    ct_canvas_flatten(canvas, 8);
    ct_canvas_flatten(canvas, 6);
    ct_canvas_each_row(canvas, step_row, NULL);
}
