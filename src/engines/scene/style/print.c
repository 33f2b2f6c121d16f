/* Printed looks: the dots of a four-colour press, and a screen print of few inks. */
#include "engines/scene/math/fn.h"
#include "engines/scene/style/style.h"

#define PITCH_UNITS 9.0f
#define LEVELS 4.0f

/* Angles of the four screens, that no two of them beat: cyan, magenta, yellow, black. */
static const struct {
    float cos, sin;
    float ink[3]; /* what it leaves of white paper */
} screens[4] = {
    { 0.9659258f, 0.2588190f, { 0.10f, 0.66f, 0.90f } },
    { 0.2588190f, 0.9659258f, { 0.89f, 0.13f, 0.52f } },
    { 1.0f, 0.0f, { 1.0f, 0.90f, 0.08f } },
    { 0.7071068f, 0.7071068f, { 0.10f, 0.10f, 0.11f } },
};

/* cos(2 pi t): Taylor's series in the quarter around the nearest whole or half, to 2e-4. */
CT_INLINE float wave(float t)
{
    float away = 2 * (t - (float)(int32_t)(t + 0.5f)); /* -1..1; t is not negative */
    float turned = fabsf(away) > 0.5f ? 1 - fabsf(away) : fabsf(away);
    float a = CT_PI * turned, s = a * a;
    float c = 1 + s * (-0.5f + s * (1 / 24.0f + s * (-1 / 720.0f)));
    return fabsf(away) > 0.5f ? -c : c;
}

/* How much of each of n pixels a screen's dots ink, given the tones 0..1 they are to make. */
static void dots(float *ink, const float *tones, int k, int x0, int y, int n, float pitch)
{
    float soft = ct_clampf(1.3f / pitch, 0.06f, 0.4f); /* a pixel's width of the slope */
    for (int i = 0; i < n; i++) {
        float x = (float)(x0 + i), tone = tones[i];
        float u = (x * screens[k].cos + (float)y * screens[k].sin) / pitch;
        float v = ((float)y * screens[k].cos - x * screens[k].sin) / pitch + 8192;
        float spot = 0.5f + 0.25f * (wave(u) + wave(v)); /* 1 at a dot */
        ink[i] = ct_smoothstep(1 - tone - soft, 1 - tone + soft, spot) *
                 ct_smoothstep(0, 0.06f, tone);
    }
}

/* What the four inks are to make of n pixels. */
static void separate(float tones[4][CT_CANVAS_RUN], const struct ct_canvas *canvas, size_t from,
                     int n)
{
    const float *r = canvas->work[0] + from, *g = canvas->work[1] + from;
    const float *b = canvas->work[2] + from;
    for (int i = 0; i < n; i++) {
        float black = ct_clampf(1.35f * (1 - ct_maxf(r[i], ct_maxf(g[i], b[i]))) - 0.25f, 0, 1);
        float rest = ct_maxf(1 - 0.6f * black, 0.2f);
        tones[0][i] = ct_clampf((1 - r[i]) * rest, 0, 1);
        tones[1][i] = ct_clampf((1 - g[i]) * rest, 0, 1);
        tones[2][i] = ct_clampf((1 - b[i]) * rest, 0, 1);
        tones[3][i] = black;
    }
}

static void print_run(struct ct_canvas *canvas, int x, int y, int n, float pitch)
{
    static const float paper[3] = { 0.985f, 0.975f, 0.95f };
    float tones[4][CT_CANVAS_RUN], ink[4][CT_CANVAS_RUN];
    size_t at = (size_t)y * (size_t)canvas->width + (size_t)x;
    separate(tones, canvas, at, n);
    for (int k = 0; k < 4; k++)
        dots(ink[k], tones[k], k, x, y, n, pitch);
    for (int c = 0; c < 3; c++) {
        float *out = canvas->rgb[c] + at;
        for (int i = 0; i < n; i++) {
            float left = paper[c];
            for (int k = 0; k < 4; k++)
                left *= 1 - ink[k][i] * (1 - screens[k].ink[c]);
            out[i] = left;
        }
    }
}

static void print_row(struct ct_canvas *canvas, int y, const void *pitch)
{
    for (int x = 0; x < canvas->width; x += CT_CANVAS_RUN)
        print_run(canvas, x, y, ct_canvas_run(canvas, x), *(const float *)pitch);
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
